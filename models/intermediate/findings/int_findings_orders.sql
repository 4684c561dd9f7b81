-- Grain: one row per conversion group whose journeys a higher Markov order describes better.
{{ config(enabled=finding_is_on('int_findings_orders')) }}
with

orders as (

    select * from {{ ref('assisted_conversions', 'rpt_model_orders') }}

),

final as (

    select
        used.conversion_group,
        'higher_order_fits_better' as finding_kind,
        cast(null as {{ dbt.type_string() }}) as channel,
        'Markov order ' || {{ readable_number('best.markov_order') }}
        || ' fits the journeys better than order ' || {{ readable_number('used.markov_order') }}
        || ', which is used' as headline,
        'The Bayesian information criterion, where less is better, is '
        || {{ readable_number('best.bic') }} || ' for order '
        || {{ readable_number('best.markov_order') }} || ' and '
        || {{ readable_number('used.bic') }} || ' for order '
        || {{ readable_number('used.markov_order') }}
        || ': what came before the last channel matters, too.' as detail,
        'markov_order' as figure_name,
        cast(best.markov_order as {{ double_type() }}) as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        -- How much the figures would change, only a run with the other order tells.
        cast(null as {{ double_type() }}) as conversions_at_stake,
        cast(null as {{ amount_sum_type() }}) as value_at_stake,
        'Concerns the Markov figures alone. The setting markov_order chooses the order; `auto` '
        || 'takes the best.' as caution,
        'rpt_model_orders' as source_report
    from orders as used
    inner join orders as best
        on used.conversion_group = best.conversion_group
        and best.is_best
    where
        used.is_used
        and best.markov_order > used.markov_order

)

select * from final
