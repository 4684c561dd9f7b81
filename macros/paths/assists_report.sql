{#
    The last steps of a report of roles: counts, ratios and costs per conversion group and
    dimension, with a (total) row that counts each conversion once, and an (unattributed) row where
    there are conversions without a path. Each step is a CTE; the last one is `final`.
    Arguments: conversions, name of a CTE in the columns of `grouped_conversions`; parts, of one in
    those of `grouped_parts`; costs, of one with cost_keys and cost; keys, columns of both that
    split a group; dimensions, columns of parts; cost_keys, those of them that spend is known by.
    Example: assists_report('conversions', 'parts', 'costs', [], ['channel'], ['channel'])
#}
{% macro assists_report(conversions, parts, costs, keys, dimensions, cost_keys) -%}
{%- set by = ['conversion_group'] + keys -%}
{%- set counts = [
    'conversions', 'assisted_conversions', 'assist_only_conversions', 'last_conversions',
    'first_conversions', 'sole_conversions',
] -%}
{%- set named_rows = {'(total)': 'true', '(unattributed)': 'not is_attributed'} -%}
-- A conversion as a whole, in the columns of one part in it.
whole_conversions as (

    select
        *,
        is_attributed as is_first,
        is_attributed as is_last,
        path_length >= 2 as is_assist,
        path_length = 1 as is_sole,
        case when path_length >= 2 then conversion_value else 0 end as assisted_value,
        case when is_attributed then conversion_value else 0 end as last_value
    from {{ conversions }}

),

counted as (

    select
        {{ (by + dimensions) | join(',\n        ') }},
        {{ role_counts() | indent(8) }},
        count(case when is_first and not is_sole then 1 end) as introduced_conversions,
        count(case when not is_first and not is_last then 1 end) as nurtured_conversions
    from {{ parts }}
    group by
        {{ (by + dimensions) | join(',\n        ') }}
    {%- for name, condition in named_rows.items() %}
    union all
    select
        {{ by | join(',\n        ') }},
        '{{ name }}' as {{ dimensions[0] }},
        {%- for dimension in dimensions[1:] %}
        null as {{ dimension }},
        {%- endfor %}
        {{ role_counts() | indent(8) }},
        null as introduced_conversions,
        null as nurtured_conversions
    from whole_conversions
    where {{ condition }}
    group by
        {{ by | join(',\n        ') }}
    {%- endfor %}

),

attributed as (

    select
        {{ by | join(',\n        ') }},
        last_conversions as attributed_conversions
    from counted
    where {{ dimensions[0] }} = '(total)'

),

final as (

    select
        {%- for column in by + dimensions %}
        counted.{{ column }},
        {%- endfor %}

        {% for count in counts -%}
        counted.{{ count }},
        {% endfor -%}
        counted.assisted_value,
        counted.last_value,
        counted.first_value,

        {{ ratio('counted.assisted_conversions', 'counted.last_conversions') }}
            as assist_to_last_ratio,
        {{ assist_share('counted.assisted_conversions', 'counted.last_conversions') }}
            as assist_share,
        {{ ratio('counted.assisted_conversions', 'attributed.attributed_conversions') }}
            as assist_rate,
        case
            when counted.introduced_conversions is not null then {{ channel_role(
                'counted.introduced_conversions',
                'counted.nurtured_conversions',
                'counted.last_conversions',
                'counted.conversions'
            ) | indent(12) }}
        end as channel_role,

        cast({{ costs }}.cost as decimal(18, 4)) as cost,
        {{ ratio(costs ~ '.cost', 'counted.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio(costs ~ '.cost', 'counted.last_conversions') }}
            as cost_per_last_conversion,

        counted.introduced_conversions,
        counted.nurtured_conversions
    from counted
    inner join attributed
        on
            {{ same_values('counted', 'attributed', by) | indent(12) }}
    left join {{ costs }}
        on
            {{ same_values('counted', costs, cost_keys) | indent(12) }}

)
{%- endmacro %}
