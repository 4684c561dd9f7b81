{#
    The names of all raw tables, for models that read each: dbt must know what a model reads
    before the declaration is at hand. A test holds the list in step with it.
    Example: {% for table in raw_table_names() %}...{% endfor %}
#}
{% macro raw_table_names() -%}
    {{ return([
        'ad_spend', 'conversions', 'crm_stages', 'erasure_requests', 'exchange_rates',
        'identity_links', 'interactions', 'lift_tests', 'platform_claims', 'sessions'
    ]) }}
{%- endmacro %}


{# The raw tables whose staging model keeps one row per key. Returns a list. #}
{% macro deduplicated_raw_tables() -%}
    {{ return([
        'conversions', 'erasure_requests', 'exchange_rates', 'interactions', 'lift_tests',
        'sessions'
    ]) }}
{%- endmacro %}


{#
    The model that holds every row of a raw table, with its reason to be rejected.
    Example: base_relation('sessions') -> relation of base_sessions_parsed
#}
{% macro base_relation(table) -%}
    {{ return(ref(
        'assisted_conversions', 'base_' ~ table ~ ('_parsed' if table == 'sessions' else '')
    )) }}
{%- endmacro %}


{#
    Whether a raw row carries an identity that is to be erased, as a condition on its base model.
    Example: is_erased_row('identity_links')
#}
{% macro is_erased_row(table) -%}
    {%- if table in ['sessions', 'conversions', 'interactions'] -%}
        {{ is_erased(['visitor_key', 'user_key', 'email_key']) }}
    {%- elif table == 'identity_links' -%}
        {{ is_erased(['left_key', 'right_key']) }}
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}
