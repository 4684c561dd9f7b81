{#
    Data tests on DuckDB: in a build, one that passed and whose tables have not changed since is
    not run again; one with `is_changed` conditions looks at what has changed since alone, and at
    all where it finds something. `dbt test` runs all.
#}
{% materialization test, adapter='duckdb' -%}
    {%- set plan = rebuild_plan(model, sql, true) if flags.WHICH in building_commands() else {} -%}
    {%- set passes = plan.mode == 'none' or (plan.mode == 'part' and passes_in_part(sql, plan)) -%}
    {%- if passes -%}
        {% call statement('main', fetch_result=True) -%}
            select 0 as failures, false as should_warn, false as should_error
        {%- endcall %}
        {%- set result = {'relations': []} -%}
    {%- else -%}
        {%- set result = dbt.materialization_test_default() -%}
    {%- endif -%}
    {%- if plan and plan.mode != 'none' and load_result('main').table.rows[0][0] == 0 -%}
        {%- do note_step(plan, plan.run_number, plan.version, 'replaced') -%}
        {%- do adapter.commit() -%}
    {%- endif -%}
    {{ return(result) }}
{%- endmaterialization %}


{#
    Whether a test has `is_changed` conditions and finds nothing among what has changed.
    Arguments: code, the compiled test; plan, of `rebuild_plan`.
    Example: passes_in_part(sql, plan)
#}
{% macro passes_in_part(code, plan) -%}
    {%- set part = changed_part(with_found_rows(code), plan.changed_parents) -%}
    {{ return(
        part != code
        and run_query('select count(*) from (' ~ part ~ '\n) as found').columns[0].values()[0] == 0
    ) }}
{%- endmacro %}
