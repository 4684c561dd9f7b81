{#
    What the data say of a figure's exactness. All take expressions.
#}

{#
    Half the width of the 95 % interval of a figure; null where the variance is.
    Example: half_width('credit_variance') -> 1.959964 * sqrt(...)
#}
{% macro half_width(variance) -%}
    {# Rounding can leave -1e-20 of a variance of 0. -#}
    1.959964 * sqrt(case when {{ variance }} < 0 then 0 else {{ variance }} end)
{%- endmacro %}


{#
    How many equal, independent conversions would make a figure as exact as it is.
    Example: effective_conversions('credit', 'credit_variance')
#}
{% macro effective_conversions(figure, variance) -%}
    {{ figure }} * {{ figure }} / nullif({{ variance }}, 0)
{%- endmacro %}


{#
    Whether there are enough of them to read anything from a figure.
    Example: data_flag('n_eff')
#}
{% macro data_flag(effective) -%}
    case
        when coalesce({{ effective }}, 0) < 30 then 'too_few'
        when {{ effective }} < 100 then 'low'
        else 'ok'
    end
{%- endmacro %}
