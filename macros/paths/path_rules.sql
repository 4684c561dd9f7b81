{#
    The rules that take touches off a path, one macro each, and the order in which they apply.
    Each rule takes the name of a relation of touches (touched_at, touchpoint_id, channel) and the
    column that names the path, and returns the query of the touches that stay.
#}

{#
    The CTEs of those rules that var `path_rules` switches on.
    Arguments: touches, name of the CTE to begin with; path, the column that names the path.
    Returns a mapping: steps, a list of mappings of name and query; last, the last step's name.
    Example: path_rule_steps('candidates', 'conversion_key').last -> candidates, with no rule on
#}
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
        {%- do steps.append({'name': name, 'query': rule(last.name, path, value)}) -%}
        {%- set last.name = name -%}
    {%- endfor -%}
    {{ return({'steps': steps, 'last': last.name}) }}
{%- endmacro %}


{#
    Touches of these channels leave a path that has any other.
    Example: drop_if_other('candidates', 'conversion_key', ['Direct'])
#}
{% macro drop_if_other(touches, path, channels) -%}
    {%- set is_other = 'channel not in (' ~ quoted_list(channels) ~ ')' -%}
select * {{ except_columns(['others']) }}
from (
    select
        *,
        count(case when {{ is_other }} then 1 end) over (partition by {{ path }}) as others
    from {{ touches }}
) as counted
where
    others = 0
    or {{ is_other }}
{%- endmacro %}


{#
    While the last touch is of these channels and the path has any other, that touch leaves.
    Example: drop_last_if_other('candidates', 'conversion_key', ['Direct'])
#}
{% macro drop_last_if_other(touches, path, channels) -%}
    {%- set is_other = 'channel not in (' ~ quoted_list(channels) ~ ')' -%}
select * {{ except_columns(['others', 'others_from_here']) }}
from (
    select
        *,
        count(case when {{ is_other }} then 1 end) over (partition by {{ path }}) as others,
        count(case when {{ is_other }} then 1 end) over (
            partition by {{ path }}
            order by touched_at, touchpoint_id
            rows between current row and unbounded following
        ) as others_from_here
    from {{ touches }}
) as counted
where
    others = 0
    or others_from_here > 0
{%- endmacro %}


{#
    Of consecutive touches of one channel the last one stays.
    Example: collapse_repeats('candidates', 'conversion_key', true)
#}
{% macro collapse_repeats(touches, path, _) -%}
select * {{ except_columns(['next_channel']) }}
from (
    select
        *,
        lead(channel) over (
            partition by {{ path }} order by touched_at, touchpoint_id
        ) as next_channel
    from {{ touches }}
) as compared
where
    next_channel is null
    or next_channel != channel
{%- endmacro %}


{#
    Of each channel the first touch stays.
    Example: first_occurrence_only('candidates', 'conversion_key', true)
#}
{% macro first_occurrence_only(touches, path, _) -%}
select * {{ except_columns(['occurrence']) }}
from (
    select
        *,
        row_number() over (
            partition by {{ path }}, channel order by touched_at, touchpoint_id
        ) as occurrence
    from {{ touches }}
) as counted
where occurrence = 1
{%- endmacro %}


{#
    The touches nearest the conversion stay.
    Example: max_touches('candidates', 'conversion_key', 10)
#}
{% macro max_touches(touches, path, most) -%}
select * {{ except_columns(['touches_from_here']) }}
from (
    select
        *,
        row_number() over (
            partition by {{ path }} order by touched_at desc, touchpoint_id desc
        ) as touches_from_here
    from {{ touches }}
) as counted
where touches_from_here <= {{ most }}
{%- endmacro %}


{#
    The touches with touch_position, from 1 for the oldest, and path_length.
    Example: numbered_touches('candidates', 'conversion_key')
#}
{% macro numbered_touches(touches, path) -%}
select
    *,
    row_number() over (
        partition by {{ path }} order by touched_at, touchpoint_id
    ) as touch_position,
    count(*) over (partition by {{ path }}) as path_length
from {{ touches }}
{%- endmacro %}


{#
    Values as a list of SQL literals.
    Example: quoted_list(['Direct']) -> 'Direct'
#}
{% macro quoted_list(values) -%}
    {%- for value in values -%}
        '{{ value | replace("'", "''") }}'{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
