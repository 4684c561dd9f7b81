{#
    Connected components in SQL: for more links than the memory of dbt's process holds. A pre-hook
    of a model makes a table, the model reads it, and a post-hook drops it.

    Each key begins with its own number. In a round, it takes the smallest number of its neighbours,
    then the number that the key of that number has taken. Links whose two keys differ remain for
    another round; there are about as many rounds as the longest chain of links has binary digits.
    Arguments: name, of the table; links, the relation; one and other, the columns of its keys, which
    are numbers; condition, for the links that count.
    Example: pre_hook="{{ assisted_conversions.make_components('all', ref(...), 'a', 'b', 'true') }}"
#}
{% macro make_components(name, links, one, other, condition) -%}
    {%- if execute -%}
        {%- set components = components_table(name) -%}
        {%- set links = '(select ' ~ one ~ ' as one, ' ~ other ~ ' as other from ' ~ links
            ~ ' where ' ~ condition ~ ')' -%}
        {%- do replace_table(components, smallest_neighbours(links)) -%}
        {%- do run_rounds(components, links) -%}
    {%- endif -%}
{%- endmacro %}

{# A model of components, in Python or in SQL. Example: components_ref('int_merged_persons') #}
{% macro components_ref(name) -%}
    {{ return(ref(
        'assisted_conversions', name ~ ('_in_sql' if setting('components_in') == 'sql' else '')
    )) }}
{%- endmacro %}

{# The table of components of this model with that name: key_number, component_number. #}
{% macro components_table(name) -%}
    {{ return(this.incorporate(path={'identifier': this.identifier ~ '_' ~ name})) }}
{%- endmacro %}

{# For a post-hook. Example: drop_components('all') #}
{% macro drop_components(name) -%}
    drop table if exists {{ components_table(name) }}
{%- endmacro %}

{# For each key of links the smallest number of itself and its neighbours. #}
{% macro smallest_neighbours(links) -%}
    select
        key_number,
        min(least(key_number, neighbour_number)) as component_number
    from (
        select one as key_number, other as neighbour_number from {{ links }} as links
        union all
        select other as key_number, one as neighbour_number from {{ links }} as links
    ) as neighbours
    group by key_number
{%- endmacro %}

{# Rounds until no link has two components. #}
{% macro run_rounds(components, links) -%}
    {%- set open_links -%}
        (
            select distinct
                one.component_number as one,
                other.component_number as other
            from {{ links }} as links
            inner join {{ components }} as one
                on links.one = one.key_number
            inner join {{ components }} as other
                on links.other = other.key_number
            where one.component_number != other.component_number
        )
    {%- endset -%}
    {%- if run_query('select 1 as one from ' ~ open_links ~ ' as open_links limit 1').rows -%}
        {%- set next = components_table('next') -%}
        {%- do replace_table(next, with_smaller(components, smallest_neighbours(open_links))) -%}
        {%- do replace_table(components, with_smaller(next, 'select * from ' ~ next)) -%}
        {%- do run_query('drop table ' ~ next) -%}
        {%- do run_rounds(components, links) -%}
    {%- endif -%}
{%- endmacro %}

{# Components, each in turn replaced by the component that its own number has in other ones. #}
{% macro with_smaller(components, others) -%}
    select
        components.key_number,
        coalesce(others.component_number, components.component_number) as component_number
    from {{ components }} as components
    left join ({{ others }}) as others
        on components.component_number = others.key_number
{%- endmacro %}
