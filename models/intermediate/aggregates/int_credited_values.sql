-- Grain: one row per conversion group, attribution model and channel.
-- Credited values as amounts that add up to the group's value exactly: those of models of single
-- touches are rounded within each conversion, those of the classic models over the channels.
with

daily_credits as (

    select * from {{ ref('assisted_conversions', 'int_attribution_credits_daily') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

final as (

    select
        conversion_groups.conversion_group,
        daily_credits.attribution_model,
        daily_credits.channel,
        {{ sum_of_amounts('daily_credits.credited_value') }} as credited_value
    from daily_credits
    inner join conversion_groups
        on daily_credits.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        daily_credits.attribution_model,
        daily_credits.channel
    {%- if setting('data_driven') %}
    union all
    select
        conversion_group,
        attribution_model,
        name as channel,
        credited_value
    from {{ ref('assisted_conversions', 'int_data_driven_values') }}
    where level = 'channel'
    {%- endif %}

)

select * from final
