{# For a filter: whether a row carries an identity that is to be erased. Arguments: columns, its
   identity keys. Example: is_erased(['visitor_key', 'user_key', 'email_key']) #}
{% macro is_erased(columns) -%}
    {%- set requests = ref('assisted_conversions', 'stg_erasure_requests') -%}
    (
        {%- for column in columns %}
        coalesce({{ column }} in (select identity_key from {{ requests }}), false)
        {{- ' or' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# For a select list, where some engines take no subquery: the joins of rows with the requests to
   erase their identities, and whether there is one. Arguments: rows, the name of a CTE; columns, its
   identity keys. Example: from rows {{ erasures_of('rows', ['user_key']) }} #}
{% macro erasures_of(rows, columns) -%}
    {%- for column in columns %}
    left join {{ ref('assisted_conversions', 'stg_erasure_requests') }} as erased_{{ column }}
        on {{ rows }}.{{ column }} = erased_{{ column }}.identity_key
    {%- endfor %}
{%- endmacro %}
{% macro has_erasure(columns) -%}
    (
        {%- for column in columns %}
        erased_{{ column }}.identity_key is not null{{ ' or' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# Whether a row without an identity that is to be erased leaves all the same, because on a shared
   device it belonged to a person who is erased. Arguments: row_type, `session`, `interaction` or
   `conversion`; row_id, its id (of a conversion the key).
   Example: leaves_with_its_person('session', 'session_id') #}
{% macro leaves_with_its_person(row_type, row_id) -%}
    {{ row_id }} in (
        select row_id
        from {{ ref('assisted_conversions', 'int_erased_rows') }}
        where row_type = '{{ row_type }}'
    )
{%- endmacro %}

{# How many other usable rows of a key there are that are counted as duplicates, a window function:
   rows with an erased identity are counted as erased instead. Arguments: key, list of columns;
   is_erased, the column that says which rows these are. Example: other_rows(['interaction_id']) #}
{% macro other_rows(key, is_erased='is_erased') -%}
    count(case when not {{ is_erased }} then 1 end) over (partition by {{ key | join(', ') }})
    - case when {{ is_erased }} then 0 else 1 end
{%- endmacro %}
