{# Whether a row is not too old to be kept (setting `retention_days`, counted back from the day of the
   run). A row whose time cannot be read stays, for the audit of rejected rows.
   Example: is_retained('started_at') #}
{% macro is_retained(time) -%}
    {%- if setting('retention_days') is none -%}{{ return('true') }}{%- endif -%}
    {%- set clock = setting('run_clock') or run_started_at.strftime('%Y-%m-%d %H:%M:%S') -%}
    {%- set first_day = modules.datetime.datetime.strptime(clock[:10], '%Y-%m-%d')
        - modules.datetime.timedelta(days=setting('retention_days')) -%}
    coalesce({{ time }} >= timestamp '{{ first_day.strftime('%Y-%m-%d') }}', true)
{%- endmacro %}

{# A statement that deletes rows which have become too old since they were read, in parts of the raw
   table that no run reads again; a full build reads none. Example:
   delete_what_is_too_old(this, 'started_at') #}
{% macro delete_what_is_too_old(relation, time) -%}
    {%- if setting('retention_days') is not none and builds_in_part() -%}
    delete from {{ relation }} where not {{ is_retained(time) }}
    {%- endif -%}
{%- endmacro %}
