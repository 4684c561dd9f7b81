-- Grain: one row per conversion group, attribution model and channel, and (unattributed).
-- Credits of a model add up, with (unattributed), to the conversions of the group. Beside them what
-- their intervals are made of.
with

statistics as (

    select * from {{ ref('assisted_conversions', 'fct_model_statistics') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

{% set is_unattributed = 'case when conversions.is_attributed then 0 else 1 end' -%}
{% set value = 'cast(conversions.conversion_value as double)' -%}
totals as (

    select
        conversion_groups.conversion_group,
        count(*) as conversions,
        sum({{ value }}) as conversion_value,
        sum({{ value }} * {{ value }}) as value_squares,
        sum({{ is_unattributed }}) as unattributed_conversions,
        sum({{ is_unattributed }} * {{ value }}) as unattributed_value,
        sum({{ is_unattributed }} * {{ value }} * {{ value }}) as unattributed_value_squares
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group

),

credits as (

    select
        conversion_group,
        attribution_model,
        channel,
        credit,
        credited_value,
        credit_covariance as credit_variance,
        value_covariance as value_variance,
        credit_total_covariance,
        value_total_covariance
    from statistics
    where channel = other_channel
    union all
    select
        models.conversion_group,
        models.attribution_model,
        '(unattributed)' as channel,
        totals.unattributed_conversions as credit,
        totals.unattributed_value as credited_value,
        totals.unattributed_conversions as credit_variance,
        totals.unattributed_value_squares as value_variance,
        totals.unattributed_conversions as credit_total_covariance,
        totals.unattributed_value_squares as value_total_covariance
    from (select distinct
        conversion_group,
        attribution_model
    from statistics) as models
    inner join totals
        on models.conversion_group = totals.conversion_group
    where totals.unattributed_conversions > 0

),

final as (

    select
        credits.*,
        {{ ratio('credits.credit', 'totals.conversions') }} as credit_share,
        {{ ratio('credits.credited_value', 'totals.conversion_value') }} as value_share,
        totals.conversions,
        totals.conversion_value,
        totals.value_squares
    from credits
    inner join totals
        on credits.conversion_group = totals.conversion_group

)

select * from final
