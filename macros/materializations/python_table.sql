{# A Python model as a table, on Postgres, whose adapter has none: scripts/engines runs the model in
   dbt's own process and writes `<name>__dbt_tmp`. Otherwise as dbt's own materialization `table`. #}
{% materialization python_table, adapter='postgres', supported_languages=['python'] -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set made_relation = make_intermediate_relation(target_relation) -%}
    {%- do drop_relation_if_exists(load_cached_relation(made_relation)) -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {% call statement('main', language='python') -%}
        {{ compiled_code }}
    {%- endcall %}

    {%- do drop_relation_if_exists(load_cached_relation(this)) -%}
    {%- do adapter.rename_relation(made_relation, target_relation) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do apply_grants(target_relation, config.get('grants'), should_revoke=true) -%}
    {%- do persist_docs(target_relation, model) -%}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}
