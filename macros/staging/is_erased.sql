{# What stands in for an identity key that is to be erased, from the base models on: it links rows as
   the key did, but does not tell the identity. Ids are trimmed, so none begins with the space.
   Example: erased_key('user_key') -> user: erased 1234567890 #}
{% macro erased_key(key) -%}
    {{ identity_type(key) }} || ': erased ' || cast({{ row_hash([key]) }} as {{ dbt.type_string() }})
{%- endmacro %}

{# The joins that find which keys of raw rows are to be erased: `<key>_erasures.identity_key` takes
   such a key's place. Arguments: rows, a name of rows; keys, their identity keys; erasures, the
   relation of the identities to erase. Example: join_erasures('rows', ['user_key'], erasures) #}
{% macro join_erasures(rows, keys, erasures) -%}
    {%- for key in keys %}
    left join {{ erasures }} as {{ key }}_erasures
        on {{ row_hash([rows ~ '.' ~ key]) }} = {{ key }}_erasures.identity_number
    {%- endfor %}
{%- endmacro %}

{# Whether a row carries an identity that is erased. Arguments: columns, its identity keys.
   Example: is_erased(['visitor_key', 'user_key', 'email_key']) #}
{% macro is_erased(columns) -%}
    {%- set conditions = [] -%}
    {%- for column in columns -%}
        {%- for type in ['visitor', 'user', 'email'] -%}
            {%- do conditions.append(column ~ " like '" ~ type ~ ": erased %'") -%}
        {%- endfor -%}
    {%- endfor -%}
    coalesce(
        {{ conditions | join('
        or ') }},
        false
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
