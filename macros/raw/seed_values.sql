{#
    The values of one column of a small seed, as a list, for use as literals in SQL.
    Arguments: relation, the seed; column.
    Example: seed_values(ref('assisted_conversions', 'junk_ids'), 'junk_id') -> ['null', 'none', ...]
#}
{% macro seed_values(relation, column) -%}
    {%- set seed = load_relation(relation) -%}
    {%- if seed is none -%}
        {{ return([]) }}
    {%- endif -%}
    {{ return(
        run_query('select ' ~ column ~ ' from ' ~ seed ~ ' order by 1').columns[0].values() | list
    ) }}
{%- endmacro %}
