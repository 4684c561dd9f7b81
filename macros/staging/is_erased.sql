{# Whether a row carries an identity that is to be erased. Arguments: columns, its identity keys.
   Example: is_erased(['visitor_key', 'user_key', 'email_key']) #}
{% macro is_erased(columns) -%}
    {%- set requests = ref('assisted_conversions', 'stg_erasure_requests') -%}
    (
        {%- for column in columns %}
        coalesce({{ column }} in (select identity_key from {{ requests }}), false)
        {{- ' or' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# How many other usable rows of a key there are that are counted as duplicates, a window function:
   rows with an erased identity are counted as erased instead. Arguments: key, list of columns;
   is_erased, the column that says which rows these are. Example: other_rows(['interaction_id']) #}
{% macro other_rows(key, is_erased='is_erased') -%}
    count(case when not {{ is_erased }} then 1 end) over (partition by {{ key | join(', ') }})
    - case when {{ is_erased }} then 0 else 1 end
{%- endmacro %}
