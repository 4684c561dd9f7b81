{#
    What the data say of a figure's exactness. All take expressions.
#}

{#
    A variance as far as it is one: below a millionth of a millionth of the figure's square, or of 1,
    it is what rounding has left of 0, and would make a figure look unsure or countless from run to
    run.
    Example: true_variance('credit_variance', 'credit')
#}
{% macro true_variance(variance, figure) -%}
    case
        when {{ variance }} <= 1e-12 * greatest(({{ figure }}) * ({{ figure }}), 1) then 0
        else {{ variance }}
    end
{%- endmacro %}


{#
    Half the width of the 95 % interval of a figure; null where the variance is.
    Arguments: variance, figure: expressions.
    Example: half_width('credit_variance', 'credit') -> 1.959964 * sqrt(...)
#}
{% macro half_width(variance, figure) -%}
    1.959964 * sqrt({{ true_variance(variance, figure) }})
{%- endmacro %}


{#
    How many equal, independent conversions would make a figure as exact as it is; null where it is
    exact.
    Example: effective_conversions('credit', 'credit_variance')
#}
{% macro effective_conversions(figure, variance) -%}
    {{ figure }} * {{ figure }} / nullif({{ true_variance(variance, figure) }}, 0)
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
