{# The rules of setting `path_rules` that are switched on, in the order in which they apply, as a
   mapping: steps, a list of mappings of name and query, the query of the touches that stay; last,
   the name of the last step. Arguments: touches, name of a CTE with touched_at, touchpoint_id and
   channel; path, the columns that name a path. #}
{% macro path_rule_steps(touches, path) -%}
    {%- set rules = setting('path_rules') -%}
    {%- set last = namespace(name=touches) -%}
    {%- set steps = [] -%}
    {%- for name, value, rule in [
        ('drop_if_other', rules.get('drop_if_other'), drop_if_other),
        ('drop_last_if_other', rules.get('drop_last_if_other'), drop_last_if_other),
        ('collapse_repeats', rules.get('collapse_repeats'), collapse_repeats),
        ('first_occurrence_only', rules.get('first_occurrence_only'), first_occurrence_only),
        ('max_touches', rules.get('max_touches'), max_touches),
    ] if value -%}
        {%- set query -%}
select *
from (
    select
        *,
        {{ rule(path, value) | indent(8) }} as stays_by_{{ name }}
    from {{ last.name }}
) as candidates
where stays_by_{{ name }}
        {%- endset -%}
        {%- do steps.append({'name': name, 'query': query}) -%}
        {%- set last.name = name -%}
    {%- endfor -%}
    {{ return({'steps': steps, 'last': last.name}) }}
{%- endmacro %}

{# Touches of these channels leave a path that has any other. #}
{% macro drop_if_other(path, channels) -%}
    {%- set is_other = 'channel not in (' ~ quoted_list(channels) ~ ')' -%}
{{ is_other }}
or count(case when {{ is_other }} then 1 end) over (partition by {{ path }}) = 0
{%- endmacro %}

{# While the last touch is of these channels and the path has any other, that touch leaves. #}
{% macro drop_last_if_other(path, channels) -%}
    {%- set other = 'case when channel not in (' ~ quoted_list(channels) ~ ') then 1 end' -%}
count({{ other }}) over (partition by {{ path }}) = 0
or count({{ other }}) over (
    partition by {{ path }}
    order by touched_at, touchpoint_id
    rows between current row and unbounded following
) > 0
{%- endmacro %}

{# Of consecutive touches of one channel the last one stays. #}
{% macro collapse_repeats(path, _) -%}
coalesce(
    channel != lead(channel) over (partition by {{ path }} order by touched_at, touchpoint_id),
    true
)
{%- endmacro %}

{# Of each channel the first touch stays. #}
{% macro first_occurrence_only(path, _) -%}
row_number() over (partition by {{ path }}, channel order by touched_at, touchpoint_id) = 1
{%- endmacro %}

{# The touches nearest the conversion stay. #}
{% macro max_touches(path, most) -%}
row_number() over (
    partition by {{ path }} order by touched_at desc, touchpoint_id desc
) <= {{ most }}
{%- endmacro %}

{# The touches with touch_position, from 1 for the oldest, and path_length.
   Example: numbered_touches('candidates', 'conversion_key') #}
{% macro numbered_touches(touches, path) -%}
select
    *,
    cast(row_number() over (
        partition by {{ path }} order by touched_at, touchpoint_id
    ) as {{ dbt.type_bigint() }}) as touch_position,
    count(*) over (partition by {{ path }}) as path_length
from {{ touches }}
{%- endmacro %}

{# Values as a list of SQL literals. Example: quoted_list(['Direct']) -> 'Direct' #}
{% macro quoted_list(values) -%}
    {%- for value in values -%}
        {{ text_literal(value) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
