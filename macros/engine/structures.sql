{# A struct of texts, from which `json_text` makes a JSON object. Far cheaper than the JSON.
   Arguments: pairs, a list of [name, expression]. Example: text_struct([['id', 'session_id']]) #}
{% macro text_struct(pairs) -%}
    {{ return(adapter.dispatch('text_struct', 'assisted_conversions')(pairs)) }}
{%- endmacro %}
{% macro duckdb__text_struct(pairs) -%}
    {
        {%- for name, expression in pairs %}
        '{{ name }}': cast({{ expression }} as varchar){{ ',' if not loop.last }}
        {%- endfor %}
    }
{%- endmacro %}
{% macro default__text_struct() -%} {{ not_supported('text_struct', varargs) }} {%- endmacro %}

{# The same for JSON alone, which keeps its nulls; it may be no struct, and has no order. #}
{% macro json_struct(pairs) -%}
    {{ return(adapter.dispatch('json_struct', 'assisted_conversions')(pairs)) }}
{%- endmacro %}
{% macro default__json_struct(pairs) -%} {{ text_struct(pairs) }} {%- endmacro %}

{# A struct as the text of a JSON object, with its nulls.
   Example: json_text(json_struct([['id', 'session_id']])) -> {"id":"s1"} #}
{% macro json_text(struct) -%}
    {{ return(adapter.dispatch('json_text', 'assisted_conversions')(struct)) }}
{%- endmacro %}
{% macro duckdb__json_text(struct) -%} cast(to_json({{ struct }}) as varchar) {%- endmacro %}
{% macro default__json_text() -%} {{ not_supported('json_text', varargs) }} {%- endmacro %}

{# The greatest struct of texts of a group, compared field by field: an aggregate. Its first fields
   are never null and differ. Arguments: as of `text_struct`. #}
{% macro greatest_struct(pairs) -%}
    {{ return(adapter.dispatch('greatest_struct', 'assisted_conversions')(pairs)) }}
{%- endmacro %}
{% macro default__greatest_struct(pairs) -%} max({{ text_struct(pairs) }}) {%- endmacro %}

{# The struct of texts of the first row of a group by some order: an aggregate. Arguments: pairs as of
   `text_struct`; order_by, expressions that are never null.
   Example: first_struct([['url', 'page_url']], ['viewed_at', 'event_id']) #}
{% macro first_struct(pairs, order_by) -%}
    {{ return(adapter.dispatch('first_struct', 'assisted_conversions')(pairs, order_by)) }}
{%- endmacro %}
{% macro duckdb__first_struct(pairs, order_by) -%}
    min_by({{ text_struct(pairs) }}, row({{ order_by | join(', ') }}))
{%- endmacro %}
{% macro default__first_struct() -%} {{ not_supported('first_struct', varargs) }} {%- endmacro %}

{# A field of a struct. Example: struct_field('ignored_value', 'column_name') #}
{% macro struct_field(expression, field) -%}
    {{ return(adapter.dispatch('struct_field', 'assisted_conversions')(expression, field)) }}
{%- endmacro %}
{% macro default__struct_field(expression, field) -%} ({{ expression }}).{{ field }} {%- endmacro %}

{# An array of (column_name, value): one element per check, null where its condition does not
   hold. Arguments: checks, a list of mappings with name, raw (an expression) and condition.
   Example: array_of_structs([{'name': 'ended_at', 'raw': 'raw_ended_at', 'condition': 'true'}]) #}
{% macro array_of_structs(checks) -%}
    {{ return(adapter.dispatch('array_of_structs', 'assisted_conversions')(checks)) }}
{%- endmacro %}
{% macro duckdb__array_of_structs(checks) -%}
    cast([
        {%- for check in checks %}
        case
            when {{ check.condition }}
                then {'column_name': '{{ check.name }}', 'value': cast({{ check.raw }} as varchar)}
        end{{ ',' if not loop.last }}
        {%- endfor %}
    ] as struct(column_name varchar, value varchar)[])
{%- endmacro %}
{% macro default__array_of_structs() -%} {{ not_supported('array_of_structs', varargs) }} {%- endmacro %}

{# Two arrays as one; null counts as an empty array.
   Example: joined_arrays('ignored_values', 'more_values') #}
{% macro joined_arrays(left, right) -%}
    {{ return(adapter.dispatch('joined_arrays', 'assisted_conversions')(left, right)) }}
{%- endmacro %}
{% macro duckdb__joined_arrays(left, right) -%} list_concat({{ left }}, {{ right }}) {%- endmacro %}
{% macro default__joined_arrays() -%} {{ not_supported('joined_arrays', varargs) }} {%- endmacro %}

{# One row per element of an array, as a column of a select list. Goes with `unnest_join`.
   Example: select {{ unnested('values') }} as value from lists {{ unnest_join('values') }} #}
{% macro unnested(expression) -%}
    {{ return(adapter.dispatch('unnested', 'assisted_conversions')(expression)) }}
{%- endmacro %}
{% macro duckdb__unnested(expression) -%} unnest({{ expression }}) {%- endmacro %}
{% macro default__unnested() -%} {{ not_supported('unnested', varargs) }} {%- endmacro %}

{# What follows the relation whose array `unnested` reads, where rows are made there. #}
{% macro unnest_join(expression) -%}
    {{ return(adapter.dispatch('unnest_join', 'assisted_conversions')(expression)) }}
{%- endmacro %}
{% macro default__unnest_join(expression) -%} {%- endmacro %}
