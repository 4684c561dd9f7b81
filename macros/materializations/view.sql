{#
    Views on DuckDB, made anew only where their code has changed. A view with `is_changed`
    conditions gets a second one of the same name in schema `changes`, in which they hold: what
    models read through `only_changed`.
#}
{% materialization view, adapter='duckdb' -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set plan = rebuild_plan(model, sql, existing is not none and existing.is_view) -%}
    {%- if not plan.is_new_code -%}
        {% call noop_statement('main', 'UP TO DATE', 'UP TO DATE', 0) %}{% endcall %}
        {{ return({'relations': [target_relation]}) }}
    {%- endif -%}
    {%- set result = dbt.materialization_view_default() -%}
    {%- set part = changed_part(sql, []) -%}
    {%- if part != sql and not flags.EMPTY -%}
        {%- do run_query('create or replace view ' ~ changes_relation(this) ~ ' as ' ~ part) -%}
    {%- endif -%}
    {%- do note_step(plan, plan.run_number, plan.version, 'replaced') -%}
    {{ return(result) }}
{%- endmaterialization %}
