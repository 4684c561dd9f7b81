{# Optional values that are there but cannot be read: they count as null and are listed in
   audit_ignored_values. #}

{# The optional columns that can have such a value, as a list of entries of `columns`. Arguments:
   columns, of `raw_declaration`; raw_types, a mapping of column to its raw type.
   Example: parsed_columns(columns, {'ended_at': 'VARCHAR'}) #}
{% macro parsed_columns(columns, raw_types) -%}
    {%- set parsed = [] -%}
    {%- for column in columns if not column.meta.get('required') -%}
        {%- set is_parsed = column.data_type in ('number', 'integer', 'boolean')
            or column.data_type in ('timestamp', 'date')
            and raw_types[column.name] not in ('TIMESTAMP', 'DATE') -%}
        {%- set has_rule = column.meta.get('default') is none
            and (column.meta.get('allowed') or column.meta.get('pattern')) is not none -%}
        {%- if has_rule or is_parsed or column.kind == 'utm' -%}
            {%- do parsed.append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(parsed) }}
{%- endmacro %}

{# The values of a row that cannot be read, as an array of (column_name, value); null where there
   are none. Making an array for each row would be expensive. Arguments: columns, of
   `parsed_columns`. Example: ignored_values(parsed_columns(columns, raw_types)) #}
{% macro ignored_values(columns) -%}
    {%- set checks = [] -%}
    {%- for column in columns -%}
        {%- set text = 'text_' ~ column.name -%}
        {%- do checks.append({
            'name': column.name,
            'raw': 'raw_' ~ column.name,
            'condition': '(' ~ text ~ ' is not null and ' ~ column.name ~ ' is null'
                ~ (' and ' ~ is_template(text) if column.kind == 'utm' else '') ~ ')',
        }) -%}
    {%- endfor -%}
    {{ with_ignored_values('null', checks) }}
{%- endmacro %}

{# Ignored values and those of further checks. Arguments: values, an array of `ignored_values`;
   checks, of `array_of_structs`.
   Example: with_ignored_values('ignored_values', [{'name': 'value', 'raw': ..., 'condition': ...}]) #}
{% macro with_ignored_values(values, checks) -%}
    case
        when {{ checks | map(attribute='condition') | join(' or ') or 'false' }}
            then {{ joined_arrays(values, array_of_structs(checks)) | indent(12) }}
        else {{ values }}
    end
{%- endmacro %}
