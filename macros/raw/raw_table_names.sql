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
    The base model in which a raw table's reasons to reject are complete.
    Example: base_relation('sessions') -> relation of base_sessions
#}
{% macro base_relation(table) -%}
    {{ return(ref(
        'base_' ~ table ~ ('_priced' if table in ['conversions', 'ad_spend'] else '')
    )) }}
{%- endmacro %}
