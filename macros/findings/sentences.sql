{# Building blocks for the sentences of findings. #}

{# A number of things, with their name. Example: counted('conversions', 'conversion')
   -> 1,234 conversions #}
{% macro counted(number, name) -%}
    {{ readable_number(number) }} || case when round({{ number }}) = 1 then ' {{ name }}' else ' {{ name }}s' end
{%- endmacro %}

{# A share of 0 to 1 in percent, a small one with a decimal.
   Example: in_percent('assist_share') -> 35 % #}
{% macro in_percent(share) -%}
    case
        when {{ share }} < 0.1 then {{ readable_number('100 * ' ~ share, 1) }}
        else {{ readable_number('100 * ' ~ share) }}
    end || ' %'
{%- endmacro %}

{# A ratio to 1, with more decimals the smaller it is.
   Example: in_ratio('assist_to_last_ratio') -> 24.8 #}
{% macro in_ratio(ratio) -%}
    case
        when {{ ratio }} < 10 then {{ readable_number(ratio, 2) }}
        when {{ ratio }} < 100 then {{ readable_number(ratio, 1) }}
        else {{ readable_number(ratio) }}
    end
{%- endmacro %}

{# An amount in the reporting currency. Example: in_money('cost') -> 1,234 USD #}
{% macro in_money(amount, decimals=0) -%}
    {{ readable_number(amount, decimals) }} || ' {{ setting("reporting_currency") }}'
{%- endmacro %}

{# What a number of conversions is worth, in brackets; nothing where that is 0 or unknown.
   Example: worth('assisted_value') -> (worth 1,234 USD) #}
{% macro worth(amount) -%}
    case
        when {{ amount }} != 0 then ' (worth ' || {{ in_money(amount) }} || ')'
        else ''
    end
{%- endmacro %}

{# From how many conversions on a finding is stated: below, data_flag says `too_few`. #}
{% macro fewest_conversions() -%} {{ return(30) }} {%- endmacro %}
