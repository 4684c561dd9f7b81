{# A variance, or 0 where it is only what rounding leaves of 0: less than 1e-12 of the figure's
   square, or of 1. Such a rest would make a figure look uncertain, differently in each run.
   Example: true_variance('credit_variance', 'credit') #}
{% macro true_variance(variance, figure) -%}
    case
        when {{ variance }} <= 1e-12 * greatest(({{ figure }}) * ({{ figure }}), 1)
            then {{ as_double(0) }}
        else {{ variance }}
    end
{%- endmacro %}

{# Half the width of the 95 % interval of a figure; null where the variance is null.
   Example: half_width('credit_variance', 'credit') -> 1.959964 * sqrt(...) #}
{% macro half_width(variance, figure) -%}
    1.959964 * sqrt({{ true_variance(variance, figure) }})
{%- endmacro %}

{# The number of equal, independent conversions that would make a figure as exact as it is; null
   where the variance is 0. Example: effective_conversions('credit', 'credit_variance') #}
{% macro effective_conversions(figure, variance) -%}
    {{ figure }} * {{ figure }} / nullif({{ true_variance(variance, figure) }}, 0)
{%- endmacro %}

{# Whether there are enough effective conversions to read anything from a figure.
   Example: data_flag('n_eff') #}
{% macro data_flag(effective) -%}
    case
        when coalesce({{ effective }}, 0) < 30 then 'too_few'
        when {{ effective }} < 100 then 'low'
        else 'ok'
    end
{%- endmacro %}

{# The difference of two figures, 0 where it is only what rounding leaves.
   Example: true_difference('one.credit', 'other.credit') #}
{% macro true_difference(one, other) -%}
    case
        when abs({{ one }} - {{ other }}) <= 1e-9 * greatest(abs({{ one }}), 1)
            then {{ as_double(0) }}
        else {{ one }} - {{ other }}
    end
{%- endmacro %}
