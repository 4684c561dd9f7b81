-- What: rpt_model_orders has one row per conversion group and Markov order.
-- Why: a group must have one chain of one order.
-- Resolve: find the join in int_markov_orders that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_model_orders'),
    ['conversion_group', 'markov_order']
) }}
