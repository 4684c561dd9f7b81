-- Grain: one row per conversion group, attribution model and unordered pair of channels.
-- Which channels' credits can be distinguished. The interval is that of the difference itself: it
-- takes into account the conversions that both channels have a part in.
with

statistics as (

    select * from {{ ref('assisted_conversions', 'int_model_statistics') }}
    where channel != '(unattributed)'

),

credits as (

    select * from statistics
    where channel = other_channel

),

-- Channels that share no conversion have no row as a pair: their covariance is 0.
differences as (

    select
        one.conversion_group,
        one.attribution_model,
        one.channel,
        other.channel as other_channel,
        one.credit,
        other.credit as other_credit,
        {{ true_difference('one.credit', 'other.credit') | indent(8) }} as credit_difference,
        {{ half_width(
            'one.credit_covariance + other.credit_covariance '
            ~ '- 2 * coalesce(pairs.credit_covariance, 0)',
            'one.credit + other.credit'
        ) | indent(8) }} as half_width
    from credits as one
    inner join credits as other
        on one.conversion_group = other.conversion_group
        and one.attribution_model = other.attribution_model
        and one.channel < other.channel
    left join statistics as pairs
        on one.conversion_group = pairs.conversion_group
        and one.attribution_model = pairs.attribution_model
        and one.channel = pairs.channel
        and other.channel = pairs.other_channel

),

final as (

    select
        conversion_group,
        attribution_model,
        channel,
        other_channel,

        credit,
        other_credit,
        credit_difference,
        credit_difference - half_width as difference_low,
        credit_difference + half_width as difference_high,
        abs(credit_difference) > half_width as is_distinguishable
    from differences

)

select * from final
