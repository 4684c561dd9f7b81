{# Why a row without a good value in a column is rejected. Arguments: column, of
   `raw_declaration(...).columns`. Example: reject_reason(column) -> bad_timestamp #}
{% macro reject_reason(column) -%}
    {%- set by_type = {
        'timestamp': 'bad_timestamp', 'date': 'bad_timestamp', 'number': 'bad_number',
        'integer': 'bad_number', 'boolean': 'bad_value', 'text': 'missing_key'
    } -%}
    {{ return(
        column.meta.get('reason')
        or ('no_identity' if column.meta.get('any_of'))
        or ('bad_value' if column.meta.get('allowed'))
        or by_type[column.data_type]
    ) }}
{%- endmacro %}

{# The first reason to reject a row; null where the row is good. Arguments: columns, of
   `raw_declaration`. Example: reject_reasons(raw_declaration('sessions').columns) #}
{% macro reject_reasons(columns) -%}
    {%- set conditions = {} -%}
    {%- set any_of = {} -%}
    {%- for column in columns -%}
        {%- set name = 'read_rows.' ~ identity_key_name(column) -%}
        {%- if column.meta.get('any_of') -%}
            {%- do any_of.setdefault(reject_reason(column), []).append(name) -%}
        {%- elif column.meta.get('required') -%}
            {%- do conditions.setdefault(reject_reason(column), []).append(name ~ ' is null') -%}
        {%- endif -%}
        {%- if column.meta.get('bounded') -%}
            {%- do conditions.setdefault('bad_timestamp', []).append(
                is_out_of_bounds(name, 'read_rows.loaded_at')
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for reason, names in any_of.items() -%}
        {%- do conditions.setdefault(reason, []).append(
            'coalesce(' ~ (names | join(', ')) ~ ') is null'
        ) -%}
    {%- endfor -%}
case
    {%- for reason in [
        'missing_key', 'no_identity', 'bad_timestamp', 'bad_number', 'bad_value',
        'unknown_conversion_type'
    ] if reason in conditions %}
    when {{ conditions[reason] | join(' or ') }} then '{{ reason }}'
    {%- endfor %}
end
{%- endmacro %}

{# Whether an event's time cannot be true: before setting `earliest_event_date`, after the day
   `latest_event_date` (both UTC), or more than 48 hours after the row was loaded. Arguments: time
   and loaded_at, expressions. (Days are taken off the time, since it is bounded, and loaded_at is
   not.) Example: is_out_of_bounds('read_rows.started_at', 'read_rows.loaded_at') #}
{% macro is_out_of_bounds(time, loaded_at) -%}
    case
        when {{ time }} < timestamp '{{ setting("earliest_event_date") }}' then true
        {%- if setting('latest_event_date') is not none %}
        when cast({{ time }} as date) > date '{{ setting("latest_event_date") }}' then true
        {%- endif %}
        else coalesce({{ add_days(time, -2) }} > {{ loaded_at }}, false)
    end
{%- endmacro %}
