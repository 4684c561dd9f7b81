{#
    The state of a Markov chain at a touch: the window of its last channels as one whole number,
    the newest lowest, to the base 32768 (STATE_BASE in int_markov_statistics). 0 is the start,
    -1 conversion, -2 the end without one.
    Arguments: name_id, path, position: columns; order, the number of channels in a window.
    Example: markov_state('name_id', 'path_id', 'touch_position', 1) -> name_id
#}
{% macro markov_state(name_id, path, position, order) -%}
    {{ name_id }}
    {%- for back in range(1, order) %}
    + {{ 32768 ** back }} * coalesce(lag({{ name_id }}, {{ back }}) over (
        partition by {{ path }} order by {{ position }}
    ), 0)
    {%- endfor %}
{%- endmacro %}


{#
    The newest channel of a state, as name_id.
    Example: newest_of_state('from_state')
#}
{% macro newest_of_state(state) -%}
    {{ state }} % 32768
{%- endmacro %}
