{# One whole number of 64 bits for several columns: a key that is cheaper than texts to group,
   join and sort by. Two of ten million keys agree by chance once in 100,000 runs. Arguments:
   columns, a list of expressions. Example: row_hash(['person_id', 'journey_number']) #}
{% macro row_hash(columns) -%}
    {{ return(adapter.dispatch('row_hash', 'assisted_conversions')(columns)) }}
{%- endmacro %}
{% macro duckdb__row_hash(columns) -%} hash({{ columns | join(', ') }}) {%- endmacro %}
{% macro default__row_hash() -%} {{ not_supported('row_hash', varargs) }} {%- endmacro %}

{# The SHA-256 of the e-mail salt followed by a text, in hexadecimal. The engine holds the salt
   as a variable, so that it never shows in compiled SQL or a log.
   Example: salted_hash('lower(email)') #}
{% macro salted_hash(expression) -%}
    {{ return(adapter.dispatch('salted_hash', 'assisted_conversions')(expression)) }}
{%- endmacro %}
{% macro duckdb__salted_hash(expression) -%}
    sha256(coalesce(getvariable('email_salt'), '') || {{ expression }})
{%- endmacro %}
{% macro default__salted_hash() -%} {{ not_supported('salted_hash', varargs) }} {%- endmacro %}

{# Notes a problem where a salt is set in the environment but unknown to the engine: hashes
   without the salt could be guessed. On DuckDB a plugin of the profile hands it over. #}
{% macro check_email_salt(problems) -%}
    {{ return(adapter.dispatch('check_email_salt', 'assisted_conversions')(problems)) }}
{%- endmacro %}
{% macro duckdb__check_email_salt(problems) -%}
    {%- if env_var('ATTRIBUTION_EMAIL_SALT', '') -%}
        {%- set is_missing = run_query(
            "select coalesce(getvariable('email_salt'), '') = ''"
        ).rows[0][0] -%}
        {%- if is_missing -%}
            {%- do problems.append(
                'environment variable ATTRIBUTION_EMAIL_SALT is set, but the profile does not hand '
                ~ 'it to DuckDB; add two lines to this output of profiles.yml: '
                ~ '`module_paths: [dbt_packages/assisted_conversions/scripts]` and '
                ~ '`plugins: [{module: duckdb_email_salt}]`'
            ) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
{% macro default__check_email_salt(problems) -%}
    {%- if env_var('ATTRIBUTION_EMAIL_SALT', '') -%}
        {%- do problems.append(
            'environment variable ATTRIBUTION_EMAIL_SALT is set, but e-mail addresses are hashed without '
            ~ 'a salt on ' ~ target.type ~ '; hash them before they are loaded, and leave the variable out'
        ) -%}
    {%- endif -%}
{%- endmacro %}
