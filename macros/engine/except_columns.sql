{#
    What follows `*` to leave columns out.
    Example: select * {{ except_columns(['reject_reason']) }}
#}
{% macro except_columns(names) -%}
    {{ return(adapter.dispatch('except_columns', 'assisted_conversions')(names)) }}
{%- endmacro %}

{% macro duckdb__except_columns(names) -%}
    exclude ({{ names | join(', ') }})
{%- endmacro %}

{% macro default__except_columns(names) -%}
    except ({{ names | join(', ') }})
{%- endmacro %}
