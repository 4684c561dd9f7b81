{#
    The last steps of a report of roles: counts, ratios and costs per conversion group and
    dimension, with a (total) row that counts each conversion once, and an (unattributed) row where
    there are conversions without a path. Each step is a CTE; the last one is `final`.
    Arguments: sums, name of a CTE in the columns of `grouped_role_sums`; shown_sums, of one that
    has those to show; unattributed, of one with the number of conversions without a path; costs,
    of one with cost_keys and cost; keys, columns of the first three that split a group;
    dimensions, columns of sums; cost_keys, those of keys and dimensions that spend is known by.
    Example: assists_report(
        'sums', 'shown_sums', 'unattributed', 'costs', [], ['channel'], ['channel']
    )
#}
{% macro assists_report(sums, shown_sums, unattributed, costs, keys, dimensions, cost_keys) -%}
{%- set by = ['conversion_group'] + keys -%}
{%- set counts = [
    'conversions', 'assisted_conversions', 'assist_only_conversions', 'last_conversions',
    'first_conversions', 'sole_conversions',
] -%}
{%- set values = ['assisted_value', 'last_value', 'first_value'] -%}
{%- set named_rows = {'(total)': 'true', '(unattributed)': 'not is_attributed'} -%}
-- Each conversion has one closer: what is said of a conversion as a whole stands there.
whole_conversions as (

    select
        {{ by | join(',\n        ') }},
        last_conversions as conversions,
        last_conversions - sole_conversions as assisted_conversions,
        accompanied_conversions as assist_only_conversions,
        last_conversions,
        last_conversions as first_conversions,
        sole_conversions,
        last_value - sole_value as assisted_value,
        last_value,
        last_value as first_value,
        true as is_attributed
    from {{ sums }}
    union all
    select
        {{ by | join(',\n        ') }},
        conversions,
        {%- for name in counts[1:] + values %}
        0 as {{ name }},
        {%- endfor %}
        false as is_attributed
    from {{ unattributed }}

),

counted as (

    select
        {{ (by + dimensions + counts + values) | join(',\n        ') }},
        introduced_conversions,
        nurtured_conversions
    from {{ shown_sums }}
    {%- for name, condition in named_rows.items() %}
    union all
    select
        {{ by | join(',\n        ') }},
        '{{ name }}' as {{ dimensions[0] }},
        {%- for dimension in dimensions[1:] %}
        null as {{ dimension }},
        {%- endfor %}
        {%- for name in counts %}
        cast(sum({{ name }}) as bigint) as {{ name }},
        {%- endfor %}
        {%- for name in values %}
        cast(sum({{ name }}) as decimal(18, 4)) as {{ name }},
        {%- endfor %}
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
