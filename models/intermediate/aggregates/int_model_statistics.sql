-- Grain: one row per conversion group, attribution model and unordered pair of channels; a channel,
-- or `(unattributed)`, is a pair with itself.
-- Credits and their covariances in all models, and the group's totals. With `(unattributed)`, the
-- credits of a model add up to the group's conversions.
with

credit_statistics as (

    select * from {{ ref('assisted_conversions', 'int_credit_statistics') }}

),

touch_model_groups as (

    select * from {{ ref('assisted_conversions', 'int_touch_model_groups') }}

),

totals as (

    select * from {{ ref('assisted_conversions', 'int_group_totals') }}

),

{% set columns = [
    'credit', 'credited_value', 'credit_covariance', 'value_covariance', 'credit_total_covariance',
    'value_total_covariance'
] -%}
-- A group has a model of single touches where each of its types has it, and the closed form of
-- Shapley always.
channels as (

    select
        credit_statistics.conversion_group,
        credit_statistics.attribution_model,
        credit_statistics.channel,
        credit_statistics.other_channel,
        {%- for column in columns %}
        credit_statistics.{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from credit_statistics
    left join touch_model_groups
        on credit_statistics.conversion_group = touch_model_groups.conversion_group
        and credit_statistics.attribution_model = touch_model_groups.attribution_model
    where
        touch_model_groups.attribution_model is not null
        or credit_statistics.attribution_model = 'shapley'
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
        totals.unattributed_squares as credit_covariance,
        totals.unattributed_value_squares as value_covariance,
        totals.unattributed_total_products as credit_total_covariance,
        totals.unattributed_value_total_products as value_total_covariance
    from models
    inner join totals
        on models.conversion_group = totals.conversion_group
    where totals.unattributed_conversions > 0

),

final as (

    select
        statistics.*,
        totals.conversions,
        totals.conversion_squares,
        totals.conversion_value,
        totals.value_squares
    from with_unattributed as statistics
    inner join totals
        on statistics.conversion_group = totals.conversion_group

)

select * from final
