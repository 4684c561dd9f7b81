{# Values that add up to the value of a conversion exactly: each is the rounded running value up to
   its row less that of the rows before. Three thirds of 100 are 33.3333, 33.3334 and 33.3333. #}

{# The running sum of credits in units of 1e-15: whole numbers, so that a row's own credit can be
   taken off again without a trace. Arguments: credit; window, its definition.
   Example: credit_so_far('credit_linear', 'partition by conversion_key order by touch_position') #}
{% macro credit_so_far(credit, window) -%}
    sum({{ whole_credit(credit) }}) over ({{ window }})
{%- endmacro %}

{% macro whole_credit(credit) -%} cast(round({{ credit }} * 1e15) as bigint) {%- endmacro %}

{# A row's value. Arguments: value, of the conversion, a decimal; credit_so_far, its running sum as
   above; credit, the row's own; is_last, whether it is the last of the conversion's rows, which
   takes what is left.
   Example: value_in_turn('conversion_value', 'linear_so_far', 'credit_linear', 'is_last_touch') #}
{% macro value_in_turn(value, credit_so_far, credit, is_last) -%}
    cast(
        case when {{ is_last }} then {{ value }} else {{ money(
            'cast(' ~ value ~ ' as ' ~ double_type() ~ ') * ' ~ credit_so_far ~ ' / 1e15', amount_type()
        ) }} end
        - {{ money(
            'cast(' ~ value ~ ' as ' ~ double_type() ~ ') * (' ~ credit_so_far ~ ' - ' ~ whole_credit(credit)
            ~ ') / 1e15', amount_type()
        ) }}
        as {{ amount_type() }}
    )
{%- endmacro %}
