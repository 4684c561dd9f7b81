{#
    The state of a Markov chain: the window of a journey's last channels as one whole number, the
    newest lowest, to the base 32768 (STATE_BASE in int_markov_statistics). 0 is the start, -1
    conversion, -2 the end without one.
    Arguments: prefix of the columns <prefix>_0 (a touch's name_id), <prefix>_1 (that of the touch
    before) and so on; newest, the number of the column to begin with; order, the number of
    channels in a window.
    Example: markov_state('back', 0, 2) -> back_0 + 32768 * back_1
#}
{% macro markov_state(prefix, newest, order) -%}
    {{ prefix }}_{{ newest }}
    {%- for back in range(1, order) %} + {{ 32768 ** back }} * {{ prefix }}_{{ newest + back }}
    {%- endfor %}
{%- endmacro %}


{#
    The newest channel of a state, as name_id.
    Example: newest_of_state('from_state')
#}
{% macro newest_of_state(state) -%}
    {{ state }} % 32768
{%- endmacro %}
