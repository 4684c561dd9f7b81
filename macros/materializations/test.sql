{#
    Data tests on DuckDB: in a build, one that passed and whose tables have not changed since is
    not run again. `dbt test` runs all.
#}
{% materialization test, adapter='duckdb' -%}
    {%- set plan = rebuild_plan(model, sql, true) if flags.WHICH in building_commands() else {} -%}
    {%- if plan.mode == 'none' -%}
        {% call statement('main', fetch_result=True) -%}
            select 0 as failures, false as should_warn, false as should_error
        {%- endcall %}
        {{ return({'relations': []}) }}
    {%- endif -%}
    {%- set result = dbt.materialization_test_default() -%}
    {%- if plan and load_result('main').table.rows[0][0] == 0 -%}
        {%- do note_step(plan, plan.run_number, plan.version, 'replaced') -%}
        {%- do adapter.commit() -%}
    {%- endif -%}
    {{ return(result) }}
{%- endmaterialization %}
