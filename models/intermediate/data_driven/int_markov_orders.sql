-- Grain: one row per conversion group that has journeys without conversion, and Markov order.
-- How well a chain of each order explains the next channel, by the Bayesian information criterion.
-- Consecutive touches of one channel count as one, so that all orders explain the same events.
{{ config(enabled=setting('data_driven')) }}
{%- set highest_order = 4 %}
with

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}
    where has_journeys

),

paths as (

    select
        journey_type,
        is_converting,
        journeys,
        {{ without_repeats('states') }} as states -- noqa: PRS
    from {{ ref('assisted_conversions', 'int_distinct_paths') }}
    where
        level = 'channel'
        and journey_type in (select path_groups.journey_type from path_groups)

),

steps as (

    select
        journey_type,
        is_converting,
        journeys,
        {{ step_columns('states', highest_order) | indent(8) }} -- noqa: PRS
    from paths {{ step_join('states') }}

),

type_transitions as (

    select
        journey_type,
        is_converting,
        {{ markov_state(1, highest_order) }} as from_window,
        case when back_0 is not null then back_0 when is_converting then -1 else -2 end as to_state,
        sum(journeys) as transitions
    from steps
    group by
        journey_type,
        is_converting,
        {{ markov_state(1, highest_order) }},
        case when back_0 is not null then back_0 when is_converting then -1 else -2 end

),

-- The window of an order is the last digits of the longest one.
transitions as (

    {% for order in range(1, highest_order + 1) -%}
    select
        path_groups.conversion_group,
        {{ order }} as markov_order,
        mod(type_transitions.from_window, {{ 32768 ** order }}) as from_state,
        type_transitions.to_state,
        sum(type_transitions.transitions) as transitions
    from type_transitions
    inner join path_groups
        on type_transitions.journey_type = path_groups.journey_type
        and type_transitions.is_converting = path_groups.is_converting
    group by
        path_groups.conversion_group,
        mod(type_transitions.from_window, {{ 32768 ** order }}),
        type_transitions.to_state
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

states as (

    select
        conversion_group,
        markov_order,
        count(*) - 1 as parameters,
        cast(sum(transitions) as {{ double_type() }}) as visits,
        sum(transitions * ln(transitions)) as log_sum
    from transitions
    group by
        conversion_group,
        markov_order,
        from_state

),

orders as (

    select
        conversion_group,
        markov_order,
        cast(sum(parameters) as bigint) as parameters,
        sum(log_sum - visits * ln(visits)) as log_likelihood,
        sum(parameters) * ln(sum(visits)) - 2 * sum(log_sum - visits * ln(visits)) as bic
    from states
    group by
        conversion_group,
        markov_order

),

-- Without what depends on the order of the rows: where orders tie, the lower one is best.
ranked as (

    select
        *,
        row_number() over (
            partition by conversion_group
            order by {{ rounded('bic', 6) }}, markov_order
        ) as bic_rank
    from orders

),

final as (

    select
        conversion_group,
        markov_order,

        parameters,
        log_likelihood,
        bic,
        bic_rank = 1 as is_best,
        {% if setting('markov_order') == 'auto' -%}
        bic_rank = 1
        {%- else -%}
        markov_order = {{ setting('markov_order') }}
        {%- endif %} as is_used
    from ranked

)

select * from final
