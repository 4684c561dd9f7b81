{# How identities are read and shown: keys outside, hashes instead of e-mail addresses. #}

{#
    The name under which a column leaves its base model: `<name>_key` for an identity, without
    the `_id` of its raw name.
    Example: identity_key_name(column) -> visitor_key for visitor_id
#}
{% macro identity_key_name(column) -%}
    {%- if column.kind == 'typed_identity' and column.name == 'id' -%}
        {{ return('identity_key') }}
    {%- elif column.kind in ('identity', 'email', 'typed_identity') -%}
        {{ return(column.name.replace('_id', '') ~ '_key') }}
    {%- endif -%}
    {{ return(column.name) }}
{%- endmacro %}


{#
    The identity key of a column: `visitor:<id>`, `user:<id>` or `email:<hash>`; null where there
    is no id or it is junk.
    Arguments: column, an entry of `raw_declaration(...).columns`; rows, alias of the raw rows;
    junk, alias of the junk ids joined on the column.
    Example: identity_key(column, 'source_rows', 'junk_visitor_id')
#}
{% macro identity_key(column, rows, junk) -%}
    {%- set id = trimmed_text(rows ~ '.' ~ column.name) -%}
    {%- set email_key = "'email:' || " ~ salted_hash('lower(' ~ id ~ ')') -%}
    case
        when {{ junk }}.junk_id is not null then null
        {%- if column.kind == 'email' %}
        else {{ email_key }}
        {%- elif column.kind == 'identity' %}
        else '{{ column.name | replace("_id", "") }}:' || {{ id }}
        {%- else %}
        {%- set type = 'lower(' ~ trimmed_text(rows ~ '.' ~ column.meta.type_column) ~ ')' %}
        when {{ type }} = 'email' then {{ email_key }}
        else {{ type }} || ':' || {{ id }}
        {%- endif %}
    end
{%- endmacro %}


{#
    A raw value as audits may show it: as it came, but an e-mail address only as its hash.
    Arguments: column, an entry of `raw_declaration(...).columns`; rows, alias of the raw rows.
    Example: shown_value(column, 'source_rows')
#}
{% macro shown_value(column, rows) -%}
    {%- set raw = 'cast(' ~ rows ~ '.' ~ column.name ~ ' as ' ~ dbt.type_string() ~ ')' -%}
    {%- set hash = salted_hash(
        'lower(' ~ trimmed_text(rows ~ '.' ~ column.name) ~ ')'
    ) -%}
    {%- if column.kind == 'email' -%}
        {{ return(hash) }}
    {%- elif column.kind == 'typed_identity' -%}
        {%- set type = trimmed_text(rows ~ '.' ~ column.meta.type_column) -%}
        {{ return(
            'case when lower(' ~ type ~ ") in ('visitor', 'user') then " ~ raw
            ~ ' else ' ~ hash ~ ' end'
        ) }}
    {%- endif -%}
    {{ return(raw) }}
{%- endmacro %}
