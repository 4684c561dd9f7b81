-- Grain: one row per conversion group and conversion type that web and other systems count apart.
{{ config(enabled=finding_is_on('int_findings_drift')) }}
with

-- Days on which both sides record the type are those that are judged.
counts as (

    select
        conversion_type,
        sum(web_conversions) as web_conversions,
        sum(system_conversions) as system_conversions
    from {{ ref('assisted_conversions', 'audit_conversion_drift') }}
    where is_flagged is not null
    group by conversion_type

),

drift as (

    select
        *,
        {{ ratio('web_conversions', 'system_conversions') }} - 1 as count_drift
    from counts
    where system_conversions >= 10

),

conversions as (

    select
        conversion_type,
        count(*) as conversions,
        {{ sum_of_amounts('conversion_value') }} as conversion_value
    from {{ ref('assisted_conversions', 'fct_conversions') }}
    group by conversion_type

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

final as (

    select
        conversion_groups.conversion_group,
        'tracking_problem' as finding_kind,
        cast(null as {{ dbt.type_string() }}) as channel,
        'The web counts ' || {{ in_percent('abs(drift.count_drift)') }}
        || case when drift.count_drift < 0 then ' fewer ' else ' more ' end
        || drift.conversion_type || ' conversions than CRM and backend' as headline,
        'On the days on which both record them, the web has '
        || {{ readable_number('drift.web_conversions') }} || ' and CRM and backend have '
        || {{ readable_number('drift.system_conversions') }} || '. The type has '
        || {{ counted('conversions.conversions', 'conversion') }}
        || {{ worth('conversions.conversion_value') }} || '.' as detail,
        'count_drift' as figure_name,
        drift.count_drift as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        cast(conversions.conversions as {{ double_type() }}) as conversions_at_stake,
        greatest(conversions.conversion_value, 0) as value_at_stake,
        'Conversions that the web does not see may lack the visits before them, so their paths are '
        || 'shorter than they were.' as caution,
        'audit_conversion_drift' as source_report
    from drift
    inner join conversion_groups
        on drift.conversion_type = conversion_groups.conversion_type
    inner join conversions
        on drift.conversion_type = conversions.conversion_type
    where {{ rounded('abs(drift.count_drift)', 9) }} > {{ setting('max_conversion_drift') }}

)

select * from final
