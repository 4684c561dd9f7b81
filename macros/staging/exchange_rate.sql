{# The rate into the reporting currency: 1 for that currency and for a missing code, else the
   rate found; null where there is none. #}
{% macro exchange_rate(currency_code, rate) -%}
    case
        when coalesce({{ currency_code }}, '{{ setting("reporting_currency") }}')
            = '{{ setting("reporting_currency") }}' then cast(1 as decimal(22, 12))
        else {{ rate }}
    end
{%- endmacro %}

{# Whether an amount is too large to be real: 1e12 or more in size. It then counts as unreadable.
   Example: is_too_large('cost * exchange_rate') #}
{% macro is_too_large(amount) -%} abs({{ amount }}) >= 1000000000000 {%- endmacro %}
