{#
    The query of a list's numbers, each beside those before it: one row per number and one for the
    end of the list, where `back_0` is null; `back_1` to `back_n` are 0 before the list's begin.
    No sorting, unlike lag().
    Arguments: relation; columns, list of those to keep; list, column; order, the n.
    Example: unnested_steps('paths', ['path_id'], 'path', 1) -> path_id, back_0, back_1
#}
{% macro unnested_steps(relation, columns, list, order) -%}
    {{ return(adapter.dispatch('unnested_steps', 'assisted_conversions')(
        relation, columns, list, order
    )) }}
{%- endmacro %}

{# Lists unnested side by side are padded with nulls to the longest. #}
{% macro duckdb__unnested_steps(relation, columns, list, order) -%}
select *
from (
    select
        {{ columns | join(', ') }},
        unnest({{ list }}) as back_0
        {%- for back in range(1, order + 1) %},
        unnest(list_concat([{{ ([0] * back) | join(', ') }}], {{ list }})) as back_{{ back }}
        {%- endfor %}
    from {{ relation }}
) as steps
where back_1 is not null
{%- endmacro %}

{% macro default__unnested_steps(relation, columns, list, order) -%}
select
    {{ columns | join(', ') }},
    get({{ list }}, place) as back_0
    {%- for back in range(1, order + 1) %},
    coalesce(get({{ list }}, place - {{ back }}), 0) as back_{{ back }}
    {%- endfor %}
from (
    select *, explode(sequence(0, size({{ list }}))) as place
    from {{ relation }}
) as places
{%- endmacro %}
