{#
    The state of a Markov chain: the window of a journey's last channels (or campaigns) as one whole
    number to the base 32768, the newest as the last digit (STATE_BASE in int_markov_statistics).
    0 is the start, -1 conversion, -2 the end without conversion.
    Arguments: newest, the number n of the column `back_<n>` that holds the newest; order, how many
    columns the window takes.
    Example: markov_state(0, 2) -> back_0 + 32768 * back_1
#}
{% macro markov_state(newest, order) -%}
    back_{{ newest }}
    {%- for back in range(1, order) %} + {{ 32768 ** back }} * back_{{ newest + back }}
    {%- endfor %}
{%- endmacro %}
