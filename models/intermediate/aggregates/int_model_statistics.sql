-- Grain: one row per conversion group, attribution model and unordered pair of channels; a channel,
-- or `(unattributed)`, is a pair with itself.
-- Credits and their covariances in all models, and the group's totals. With `(unattributed)`, the
-- credits of a model add up to the group's conversions.
with

touch_statistics as (

    select * from {{ ref('assisted_conversions', 'int_model_statistics_by_type') }}

),

touch_model_groups as (

    select * from {{ ref('assisted_conversions', 'int_touch_model_groups') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

conversions as (

    select
        *,
        case when is_attributed then 0 else 1 end as is_unattributed,
        cast(conversion_value as double) as value
    from {{ ref('assisted_conversions', 'fct_conversions') }}

),

{% set columns = [
    'credit', 'credited_value', 'credit_covariance', 'value_covariance', 'credit_total_covariance',
    'value_total_covariance'
] -%}
totals as (

    select
        conversion_groups.conversion_group,
        count(*) as conversions,
        cast(sum({{ exact('conversions.value') }}) as double) as conversion_value,
        sum(conversions.value * conversions.value) as value_squares,
        sum(conversions.is_unattributed) as unattributed_conversions,
        cast(sum({{ exact('conversions.is_unattributed * conversions.value') }}) as double)
            as unattributed_value,
        sum(conversions.is_unattributed * conversions.value * conversions.value)
            as unattributed_value_squares
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group

),

-- Conversions are independent of each other, so the statistics of types add up.
channels as (

    select
        touch_model_groups.conversion_group,
        touch_model_groups.attribution_model,
        touch_statistics.channel,
        touch_statistics.other_channel,
        {%- for column in columns %}
        {%- set figure = 'touch_statistics.' ~ column %}
        cast(sum({{ exact(figure) if column == 'credited_value' else figure }}) as double)
            as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from touch_statistics
    inner join conversion_groups
        on touch_statistics.conversion_type = conversion_groups.conversion_type
    inner join touch_model_groups
        on conversion_groups.conversion_group = touch_model_groups.conversion_group
        and touch_statistics.attribution_model = touch_model_groups.attribution_model
    group by
        touch_model_groups.conversion_group,
        touch_model_groups.attribution_model,
        touch_statistics.channel,
        touch_statistics.other_channel
    {%- if setting('data_driven') %}
    union all
    select
        conversion_group,
        attribution_model,
        channel,
        other_channel,
        {{ columns | join(',\n        ') }}
    from {{ ref('assisted_conversions', 'int_shapley_statistics') }}
    union all
    select
        conversion_group,
        'markov' as attribution_model,
        name as channel,
        other_name as other_channel,
        {{ columns | join(',\n        ') }}
    from {{ ref('assisted_conversions', 'int_markov_statistics') }}
    where credit_covariance is not null
    {%- endif %}

),

models as (

    select distinct
        conversion_group,
        attribution_model
    from channels

),

with_unattributed as (

    select * from channels
    union all
    select
        models.conversion_group,
        models.attribution_model,
        '(unattributed)' as channel,
        '(unattributed)' as other_channel,
        totals.unattributed_conversions as credit,
        totals.unattributed_value as credited_value,
        totals.unattributed_conversions as credit_covariance,
        totals.unattributed_value_squares as value_covariance,
        totals.unattributed_conversions as credit_total_covariance,
        totals.unattributed_value_squares as value_total_covariance
    from models
    inner join totals
        on models.conversion_group = totals.conversion_group
    where totals.unattributed_conversions > 0

),

final as (

    select
        statistics.*,
        totals.conversions,
        totals.conversion_value,
        totals.value_squares
    from with_unattributed as statistics
    inner join totals
        on statistics.conversion_group = totals.conversion_group

)

select * from final
