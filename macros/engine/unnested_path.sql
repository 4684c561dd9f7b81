{#
    The query of a list's numbers with their positions: one row per number, columns
    `touch_position`, from 1, and `name_id`.
    Arguments: relation; columns, list of those to keep; list, column.
    Example: unnested_path('paths', ['path_id'], 'path') -> path_id, touch_position, name_id
#}
{% macro unnested_path(relation, columns, list) -%}
    {{ return(adapter.dispatch('unnested_path', 'assisted_conversions')(relation, columns, list)) }}
{%- endmacro %}

{% macro duckdb__unnested_path(relation, columns, list) -%}
select
    {{ columns | join(', ') }},
    generate_subscripts({{ list }}, 1) as touch_position,
    unnest({{ list }}) as name_id
from {{ relation }}
{%- endmacro %}

{% macro default__unnested_path(relation, columns, list) -%}
select
    {{ columns | join(', ') }},
    place + 1 as touch_position,
    name_id
from {{ relation }}
lateral view posexplode({{ list }}) as place, name_id
{%- endmacro %}
