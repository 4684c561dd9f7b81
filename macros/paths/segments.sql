{# The columns of fct_conversions that hold a segment, in a list; those of the setting
   `pass_through_columns` come last. Example: segment_columns()[1] -> device_type #}
{% macro segment_columns() -%}
    {{ return(
        ['is_new_visitor', 'conversion_number', 'device_type', 'country'] + segment_attributes()
    ) }}
{%- endmacro %}

{# The name of the segment that a column holds, as rpt_segments shows it.
   Example: segment_name('is_new_visitor') -> new_or_returning #}
{% macro segment_name(column) -%}
    {{ return({
        'is_new_visitor': 'new_or_returning', 'conversion_number': 'first_or_repeat'
    }.get(column, column)) }}
{%- endmacro %}

{# A conversion's value of a segment, as text. Arguments: segment, expression of the segment's
   name; relation, name of a relation with the segment columns.
   Example: segment_value('segments.segment', 'conversions') #}
{% macro segment_value(segment, relation) -%}
    case {{ segment }}
        {%- for column in segment_columns() %}
        {%- set value = relation ~ '.' ~ column %}
        when '{{ segment_name(column) }}' then {{ {
            'is_new_visitor': 'case when ' ~ value ~ " then 'new' else 'returning' end",
            'conversion_number': 'case when ' ~ value ~ " = 1 then 'first' else 'repeat' end",
        }.get(column, value) }}
        {%- endfor %}
    end
{%- endmacro %}

{# A query of the names of all segments, a row each: the column segment. #}
{% macro segment_names() -%}
    {%- for column in segment_columns() -%}
select '{{ segment_name(column) }}' as segment
{{ 'union all\n' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
