{# How rows of incremental models are replaced. #}

{# The incremental strategy `changed_keys`, or where an adapter takes no strategies of a project's
   own, the one that only adds rows: a pre-hook deletes before it.
   Example: incremental_strategy=changed_keys_strategy() #}
{% macro changed_keys_strategy() -%}
    {{ return(adapter.dispatch('changed_keys_strategy', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro default__changed_keys_strategy() -%} {{ return('changed_keys') }} {%- endmacro %}

{# The incremental strategy that replaces the rows of the model's `unique_key`.
   Example: incremental_strategy=replace_strategy() #}
{% macro replace_strategy() -%}
    {{ return(adapter.dispatch('replace_strategy', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro default__replace_strategy() -%} {{ return('delete+insert') }} {%- endmacro %}

{# A statement that deletes the rows of some keys from a table, and all its rows where no other key
   is there. Arguments: table; key, a column; keys and other_keys, subqueries. #}
{% macro delete_rows_of_keys(table, key, keys, other_keys) -%}
    {{ return(adapter.dispatch('delete_rows_of_keys', 'assisted_conversions')(
        table, key, keys, other_keys
    )) }}
{%- endmacro %}
{% macro default__delete_rows_of_keys(table, key, keys, other_keys) -%}
    delete from {{ table }}
    where
        {{ key }} in {{ keys }}
        or not exists {{ other_keys }}
{%- endmacro %}
