-- Grain: one row per conversion date, conversion type, channel, source, medium and campaign.
-- Conversions without a path are the channel (unattributed), with their whole count and value as
-- every model's credit.
{%- set models = rule_models() | reject('in', ['first_touch', 'last_touch']) | list %}
with

roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_campaign') }}

),

daily_credits as (

    select * from {{ ref('assisted_conversions', 'int_campaign_credits_daily') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

role_counts as (

    select
        conversion_date,
        conversion_type,
        channel,
        source,
        medium,
        campaign,
        {{ role_counts('roles') | indent(8) }}
    from roles
    group by conversion_date, conversion_type, channel, source, medium, campaign

),

final as (

    select
        role_counts.*,
        -- Two models credit whole conversions, which are counted as roles.
        cast(role_counts.first_conversions as {{ double_type() }}) as credit_first_touch,
        cast(role_counts.last_conversions as {{ double_type() }}) as credit_last_touch,
        {%- for model in models %}
        credits.credit_{{ model }},
        {%- endfor %}
        role_counts.first_value as value_first_touch,
        role_counts.last_value as value_last_touch,
        {%- for model in models %}
        credits.value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from role_counts
    inner join daily_credits as credits
        on
            {{ same_values('role_counts', 'credits', [
                'conversion_date', 'conversion_type', 'channel', 'source', 'medium', 'campaign'
            ]) | indent(12) }}
    union all
    select
        conversion_date,
        conversion_type,
        '(unattributed)' as channel,
        null as source,
        null as medium,
        null as campaign,
        count(*) as conversions,
        {%- for role in ['assisted', 'assist_only', 'last', 'first', 'sole'] %}
        0 as {{ role }}_conversions,
        {%- endfor %}
        null as introduced_conversions,
        null as nurtured_conversions,
        {%- for role in ['assisted', 'last', 'first'] %}
        0 as {{ role }}_value,
        {%- endfor %}
        {%- for model in ['first_touch', 'last_touch'] + models %}
        count(*) as credit_{{ model }},
        {%- endfor %}
        {%- for model in ['first_touch', 'last_touch'] + models %}
        {{ sum_of_amounts('conversion_value') }} as value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from conversions
    where not is_attributed
    group by conversion_date, conversion_type

)

select * from final
