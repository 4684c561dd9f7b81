{# How identities are read and shown: as keys, with hashes in place of e-mail addresses. #}

{# The name under which a column leaves its base model: `<name>_key` for an identity, without the
   `_id` of its raw name. #}
{% macro identity_key_name(column) -%}
    {%- if column.kind == 'typed_identity' and column.name == 'id' -%}
        {{ return('identity_key') }}
    {%- elif column.kind in ('identity', 'email', 'typed_identity') -%}
        {{ return(column.name.replace('_id', '') ~ '_key') }}
    {%- endif -%}
    {{ return(column.name) }}
{%- endmacro %}

{# The identity key of a column: `visitor:<id>`, `user:<id>` or `email:<hash>`; null where there
   is no id or it is junk. A visitor or user id that is an e-mail address is an e-mail key. Arguments:
   column, of `raw_declaration(...).columns`; junk, the list
   of junk ids. Example: identity_key(column, ['null', 'none']) #}
{% macro identity_key(column, junk) -%}
    {%- set id = 'text_' ~ column.name -%}
    {%- set email_key = "'email:' || " ~ salted_hash('lower(' ~ id ~ ')') -%}
    case
        when {{ is_one_of('lower(' ~ id ~ ')', junk) }} then null
        {%- if column.kind == 'typed_identity' %}
        {%- set type = 'lower(text_' ~ column.meta.type_column ~ ')' %}
        when {{ type }} = 'email' then {{ email_key }}
        when {{ is_email_address(id) }} then {{ email_key }}
        when {{ type }} in ('visitor', 'user') then {{ type }} || ':' || {{ id }}
        -- The row is rejected, and no request to erase the id would find it.
        else {{ type }} || ':' || {{ salted_hash(id) }}
        {%- elif column.kind == 'email' %}
        else {{ email_key }}
        {%- else %}
        when {{ is_email_address(id) }} then {{ email_key }}
        else '{{ column.name | replace("_id", "") }}:' || {{ id }}
        {%- endif %}
    end
{%- endmacro %}

{# Whether a trimmed text is an e-mail address, as a whole. Few ids have an @, so most are not matched
   with the pattern. Example: is_email_address('text_user_id') #}
{% macro is_email_address(text) -%}
    {%- set part = '[^@[:space:]\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+' -%}
    {{ text_contains(text, "'@'") }}
    and {{ regexp_full_match(text, "'" ~ part ~ '@' ~ part ~ '[.]' ~ part ~ "'") }}
{%- endmacro %}

{# A raw value as audits may show it: as it came, but an e-mail address only as its hash, and in place
   of another id as (e-mail). #}
{% macro shown_value(column) -%}
    {%- set raw = 'cast(raw_' ~ column.name ~ ' as ' ~ dbt.type_string() ~ ')' -%}
    {%- set hash = salted_hash('lower(text_' ~ column.name ~ ')') -%}
    {%- set masked = 'case when ' ~ is_email_address('text_' ~ column.name) ~ " then '(e-mail)' else "
        ~ raw ~ ' end' -%}
    {%- if column.kind == 'email' -%}
        {{ return(hash) }}
    {%- elif column.kind == 'identity' -%}
        {{ return(masked) }}
    {%- elif column.kind == 'typed_identity' -%}
        {{ return(
            'case when lower(text_' ~ column.meta.type_column ~ ") in ('visitor', 'user') then "
            ~ masked ~ ' else ' ~ hash ~ ' end'
        ) }}
    {%- endif -%}
    {{ return(raw) }}
{%- endmacro %}

{# A text in which each e-mail address is masked. Example: masked_emails('raw_record') #}
{% macro masked_emails(expression) -%}
    {%- set part = '[^ "@/?&=:;,<>]+' -%}
    {{ regexp_replace_all(expression, "'" ~ part ~ '(@|%40)' ~ part ~ "'", "'(e-mail)'") }}
{%- endmacro %}

{# The junk ids, as a list; only `null` as long as there is no seed. That one is not in the seed, for
   dbt reads it as no value. Example: junk_id_list(ref('assisted_conversions', 'junk_ids')) #}
{% macro junk_id_list(junk_ids) -%}
    {%- if is_offline() -%}{{ return(['junk_id']) }}{%- endif -%}
    {%- set seed = load_relation(junk_ids) -%}
    {%- if seed is none -%}
        {{ return(['null']) }}
    {%- endif -%}
    {{ return(
        ['null'] + run_query('select junk_id from ' ~ seed ~ ' order by 1').columns[0].values() | list
    ) }}
{%- endmacro %}
