{#
    The query of a daily performance fact: counts of roles and sums of credits per conversion
    date, type and the given dimensions. Conversions without a path are the channel
    (unattributed), their whole count and value as every model's credit.
    Arguments: assisted, relation of the roles at these dimensions; touches, relation of the
    touches with credits; conversions, relation of the conversions; dimensions, list of columns
    that begins with channel.
    Example: performance_daily(
        ref('assisted_conversions', 'fct_assisted_conversions'), ref('assisted_conversions', 'fct_conversion_touches'), ref('assisted_conversions', 'int_conversions'),
        ['channel']
    )
#}
{% macro performance_daily(assisted, touches, conversions, dimensions) -%}
with

assisted as (

    select * from {{ assisted }}
    where {{ is_changed('conversion_date', 'int_changed_dates', 'conversion_date') }}

),

touches as (

    select * from {{ touches }}
    where {{ only_where(
        'conversion_key in (select conversion_key from ' ~ conversions
        ~ ' where conversion_date in (select conversion_date from '
        ~ changed_keys_of('int_changed_dates') ~ '))'
    ) }}

),

conversions as (

    select * from {{ conversions }}
    where {{ is_changed('conversion_date', 'int_changed_dates', 'conversion_date') }}

),

roles as (

    select
        conversion_date,
        conversion_type,
        {%- for dimension in dimensions %}
        {{ dimension }},
        {%- endfor %}
        {{ role_counts() | indent(8) }}
    from assisted
    group by {{ range(1, 3 + dimensions | length) | join(', ') }}

),

valued as (

    {{ daily_credits('touches', 'conversions', dimensions) | indent(4) }}

),

unattributed as (

    select
        conversions.conversion_date,
        conversions.conversion_type,
        count(*) as conversions,
        cast(sum(conversions.conversion_value) as decimal(18, 4)) as conversion_value
    from conversions
    where
        not exists (
            select 1
            from assisted
            where conversions.conversion_key = assisted.conversion_key
        )
    group by
        conversions.conversion_date,
        conversions.conversion_type

),

final as (

    select
        roles.*,
        {%- for model in rule_models() %}
        valued.credit_{{ model }},
        {%- endfor %}
        {%- for model in rule_models() %}
        valued.value_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from roles
    inner join valued
        on
            roles.conversion_date = valued.conversion_date
            and roles.conversion_type = valued.conversion_type
            {%- for dimension in dimensions %}
            and roles.{{ dimension }} is not distinct from valued.{{ dimension }}
            {%- endfor %}
    union all
    select
        conversion_date,
        conversion_type,
        '(unattributed)' as channel,
        {%- for dimension in dimensions[1:] %}
        null as {{ dimension }},
        {%- endfor %}
        conversions,
        {%- for measure in ['assisted', 'assist_only', 'last', 'first', 'sole'] %}
        0 as {{ measure }}_conversions,
        {%- endfor %}
        {%- for measure in ['assisted', 'last', 'first'] %}
        0 as {{ measure }}_value,
        {%- endfor %}
        {%- for model in rule_models() %}
        conversions as credit_{{ model }},
        {%- endfor %}
        {%- for model in rule_models() %}
        conversion_value as value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from unattributed

)

select * from final
{%- endmacro %}
