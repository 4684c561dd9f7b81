{#
    The privacy rule: what fewer than var `min_group_size` persons share is shown with others of its
    kind under one name, and never left out.
#}

{#
    Rows with the values that few persons share pooled, by group.
    Arguments: rows, name of a relation; by, columns that name the group; columns, those to pool,
    together; other, the name of the pool; kept, a condition that keeps a row out; people, name of
    a relation of the same columns with person_id, where rows, being sums, have none.
    Example: pooled_values('paths', ['conversion_group'], ['path'], '(other paths)', 'path is null')
#}
{% macro pooled_values(rows, by, columns, other, kept='false', people=none) -%}
{%- if setting('min_group_size') == 1 -%}
select * from {{ rows }}
{%- else -%}
select
    {{ rows }}.* {{ except_columns(columns) }},
    {%- for column in columns %}
    case
        when sizes.persons < {{ setting('min_group_size') }} and not ({{ kept }}) then '{{ other }}'
        else {{ rows }}.{{ column }}
    end as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ rows }}
inner join (
    select
        {{ (by + columns) | join(',\n        ') }},
        count(distinct person_id) as persons
    from {{ people or rows }}
    group by
        {{ (by + columns) | join(',\n        ') }}
) as sizes
    on
        {{ same_values(rows, 'sizes', by + columns) | indent(8) }}
{%- endif -%}
{%- endmacro %}


{#
    Sums of roles with small dimensions pooled; the pool takes part in a conversion once, so that
    it is counted anew from the parts in conversions.
    Arguments: sums, name of a CTE of `grouped_role_sums`; parts, of one of `grouped_parts`; by,
    columns that name the group; columns, those of the dimension that are pooled, together; other,
    the name of the pool.
    Example: pooled_role_sums(
        'sums', 'parts', ['conversion_group'], ['channel'], '(other channels)'
    )
#}
{% macro pooled_role_sums(sums, parts, by, columns, other) -%}
{%- if setting('min_group_size') == 1 -%}
select * from {{ sums }}
{%- else -%}
select
    {{ (by + columns) | join(',\n    ') }},
    {{ shown_role_counts() | indent(4) }}
from (
    select
        *,
        is_assist and not is_last as is_assist_only,
        case when is_assist then conversion_value else 0 end as assisted_value,
        case when is_last then conversion_value else 0 end as last_value
    from (
        select
            {{ (by + columns) | join(',\n            ') }},
            conversion_key,
            bool_or(is_assist) as is_assist,
            bool_or(is_last) as is_last,
            bool_or(is_first) as is_first,
            bool_or(is_sole) as is_sole,
            max(conversion_value) as conversion_value
        from (
            {{ pooled_values(parts, by, columns, other) | indent(12) }}
        ) as pooled
        group by
            {{ (by + columns) | join(',\n            ') }},
            conversion_key
    ) as merged
) as valued
group by
    {{ (by + columns) | join(',\n    ') }}
{%- endif -%}
{%- endmacro %}


{#
    The paths that many enough persons took to be shown as they are.
    Arguments: paths, name of a relation of distinct paths; journeys, of one of their journeys with
    person_id; path, the columns of both that name a path.
    Example: showable_paths('path_totals', 'journey_paths', ['path_hash', 'path_length'])
#}
{% macro showable_paths(paths, journeys, path) -%}
select {{ paths }}.*
from {{ paths }}
{%- if setting('min_group_size') > 1 %}
inner join (
    select {{ path | join(', ') }}
    from {{ journeys }}
    group by {{ path | join(', ') }}
    having count(distinct person_id) >= {{ setting('min_group_size') }}
) as showable
    on {{ equal_columns(paths, 'showable', path) }}
{%- endif %}
{%- endmacro %}
