-- Grain: one row per conversion group, attribution model and unordered pair of channels.
-- Which channels' credits can be told apart. What two channels share of the same conversions is
-- taken into account: the interval is that of the difference itself.
with

statistics as (

    select * from {{ ref('assisted_conversions', 'fct_model_statistics') }}

),

credits as (

    select * from statistics
    where channel = other_channel

),

compared as (

    select
        one.conversion_group,
        one.attribution_model,
        one.channel,
        other.channel as other_channel,
        one.credit,
        other.credit as other_credit,
        -- Rounding leaves 1e-16 of a difference of 0.
        case
            when abs(one.credit - other.credit) <= 1e-9 * greatest(abs(one.credit), 1) then 0
            else one.credit - other.credit
        end as credit_difference,
        {{ half_width(
            'one.credit_covariance + other.credit_covariance '
            ~ '- 2 * coalesce(pairs.credit_covariance, 0)',
            'one.credit + other.credit'
        ) }} as half_width
    from credits as one
    inner join credits as other
        on one.conversion_group = other.conversion_group
        and one.attribution_model = other.attribution_model
        and one.channel < other.channel
    -- Channels that share no conversion have no row: their covariance is 0.
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
    from compared

)

select * from final
