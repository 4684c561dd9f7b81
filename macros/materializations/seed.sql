{#
    Seeds on DuckDB, loaded anew only where the file or its column types have changed.
#}
{% materialization seed, adapter='duckdb' -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set plan = rebuild_plan(
        model, model.checksum.checksum ~ (config.get('column_types') or {}), existing is not none
    ) -%}
    {%- if plan.mode == 'none' -%}
        {%- do store_raw_result('agate_table', message='OK') -%}
        {% call noop_statement('main', 'UP TO DATE', 'UP TO DATE', 0) %}{% endcall %}
        {{ return({'relations': [this.incorporate(type='table')]}) }}
    {%- endif -%}
    {%- if existing is not none -%}
        {#- Its columns may be others. #}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {%- set result = dbt.materialization_seed_default() -%}
    {%- do note_step(plan, plan.run_number, plan.version, 'replaced') -%}
    {{ return(result) }}
{%- endmaterialization %}
