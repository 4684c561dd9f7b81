{#
    The query of a daily performance fact: counts of roles and sums of credits per conversion
    date, type and the given dimensions. Conversions without a path are the channel
    (unattributed), their whole count and value as every model's credit.
    Arguments: assisted, relation of the roles at these dimensions; touches, relation of the
    touches with credits; conversions, relation of the conversions; dimensions, list of columns
    that begins with channel.
    Example: performance_daily(
        ref('fct_assisted_conversions'), ref('fct_conversion_touches'), ref('int_conversions'),
        ['channel']
    )
#}
{% macro performance_daily(assisted, touches, conversions, dimensions) -%}
with

assisted as (

    select * from {{ assisted }}

),

touches as (

    select * from {{ touches }}

),

conversions as (

    select * from {{ conversions }}

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

credits as (

    select
        conversions.conversion_date,
        conversions.conversion_type,
        {%- for dimension in dimensions %}
        touches.{{ dimension }},
        {%- endfor %}
        {%- for model in rule_models() %}
        sum(touches.credit_{{ model }}) as credit_{{ model }},
        {%- endfor %}
        {%- for model in rule_models() %}
        sum(touches.credit_{{ model }} * cast(conversions.conversion_value as double))
            as value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from touches
    inner join conversions
        on touches.conversion_key = conversions.conversion_key
    group by {{ range(1, 3 + dimensions | length) | join(', ') }}

),

-- Rounding the running value over a day's rows, and not each row's alone, keeps the day's values
-- at the day's total, whatever the model.
running as (

    select
        *,
        {%- for model in rule_models() %}
        cast(sum(value_{{ model }}) over in_order as decimal(18, 4)) as value_so_far_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from credits
    window in_order as (
        partition by conversion_date, conversion_type
        order by {{ dimensions | join(', ') }}
        rows between unbounded preceding and current row
    )

),

valued as (

    select
        conversion_date,
        conversion_type,
        {%- for dimension in dimensions %}
        {{ dimension }},
        {%- endfor %}
        {%- for model in rule_models() %}
        credit_{{ model }},
        {%- endfor %}
        {%- for model in rule_models() %}
        cast(
            value_so_far_{{ model }} - coalesce(lag(value_so_far_{{ model }}) over in_order, 0)
            as decimal(18, 4)
        ) as value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from running
    window in_order as (
        partition by conversion_date, conversion_type
        order by {{ dimensions | join(', ') }}
    )

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
            from touches
            where conversions.conversion_key = touches.conversion_key
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


{#
    Counts and values of roles, as aggregates over rows of a roles fact.
    Example: select channel, role_counts() from fct_assisted_conversions group by channel
#}
{% macro role_counts() -%}
count(*) as conversions,
count(case when is_assist then 1 end) as assisted_conversions,
count(case when is_assist_only then 1 end) as assist_only_conversions,
count(case when is_last then 1 end) as last_conversions,
count(case when is_first then 1 end) as first_conversions,
count(case when is_sole then 1 end) as sole_conversions,
cast(sum(assisted_value) as decimal(18, 4)) as assisted_value,
cast(sum(last_value) as decimal(18, 4)) as last_value,
cast(sum(case when is_first then conversion_value else 0 end) as decimal(18, 4)) as first_value
{%- endmacro %}
