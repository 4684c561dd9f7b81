{#
    Tables on DuckDB, kept up to date: left alone where nothing that they hang on has changed,
    rebuilt in part where the model says how (`rebuilt_by`), else rebuilt as a whole. Content and
    run log change in one transaction, so a run that dies leaves both as they were.
    Meta of a model:
        keeps_changes   the rows by which a new version differs from the last stay in schema
                        `changes`, for models that read `changes_of` it; a version that does not
                        differ is none. With `always`, also where other rules made it
        lists_changes   the table lists what changed since the last run, for models that are
                        rebuilt in part by it; empty in a full build
        lookup_key      columns by which others look rows up: as long as no key's row changes,
                        those who looked it up need not do so again
#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set grant_config = config.get('grants') -%}
    {%- set exists = existing is not none and existing.is_table -%}
    {%- set plan = rebuild_plan(model, compiled_code, exists) -%}
    {%- set part = rebuild_key(compiled_code) if plan.mode == 'part' else none -%}

    {%- if plan.mode == 'none' -%}
        {% call noop_statement('main', 'UP TO DATE', 'UP TO DATE', 0) %}{% endcall %}
        {{ return({'relations': [target_relation]}) }}
    {%- endif -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if part -%}
        {%- do rebuild_part(target_relation, plan, part) -%}
    {%- else -%}
        {%- set new_relation = make_intermediate_relation(target_relation) -%}
        {%- do run_query('drop table if exists ' ~ new_relation) -%}
        {#- dbt runs Python from here alone, and not from a macro. #}
        {% call statement('main', language=model['language']) -%}
            {{- create_table_as(
                False, new_relation,
                changed_part(compiled_code, plan.changed_parents) if lists_changes(plan)
                else compiled_code,
                model['language']
            ) }}
        {%- endcall %}
        {%- do put_in_place(existing, new_relation, target_relation, plan) -%}
    {%- endif -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do apply_grants(
        target_relation, grant_config, should_revoke=should_revoke(existing, not part)
    ) -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do adapter.commit() -%}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}


{#
    Whether the table is made anew as the list of what changed since the last run.
    Example: lists_changes(plan)
#}
{% macro lists_changes(plan) -%}
    {{ return(plan.mode == 'part' and config.get('meta', {}).get('lists_changes')) }}
{%- endmacro %}


{#
    Deletes the rows of changed keys and makes them anew.
    Arguments: target_relation; plan, of `rebuild_plan`; part, of `rebuild_key`.
    Example: rebuild_part(this, plan, {'key': 'person_id', 'query': 'select ...'})
#}
{% macro rebuild_part(target_relation, plan, part) -%}
    {%- set of_changed_keys = part.key ~ ' in (select changed_key from changed_keys)' -%}
    {% call statement('changed_keys') -%}
        create or replace temporary table changed_keys as
        select distinct {{ part.key }} as changed_key
        from ({{ with_changes(part.query, plan.changed_parents) }}) as keys
    {%- endcall %}
    {%- set keys = run_query(
        'select count(*), cast(min(changed_key) as varchar) from changed_keys'
    ).rows[0].values() -%}
    {%- if keys[0] == 0 or not reads_changed_keys(part.query, plan) -%}
        {% call noop_statement('main', 'UP TO DATE', 'UP TO DATE', 0) %}{% endcall %}
        {%- do note_step(plan, plan.version, plan.previous_version, plan.kind) -%}
        {{ return('') }}
    {%- endif -%}
    {%- set found_code = with_found_rows(compiled_code) -%}
    {% call statement('new_rows') -%}
        create or replace temporary table new_rows as
        {{ changed_part(found_code, plan.changed_parents).replace(
            '[first changed key]', keys[1]
        ) }}
    {%- endcall %}
    {%- set changes = none -%}
    {%- if config.get('meta', {}).get('keeps_changes') -%}
        {%- set old_rows = with_found_rows(
            'select * from ' ~ target_relation ~ ' where (true /*only ' ~ of_changed_keys ~ '*/)'
        ) -%}
        {%- set changes = compare_rows('(' ~ old_rows ~ ')', 'new_rows') -%}
    {%- endif -%}
    {%- if changes and changes.removed + changes.added == 0 -%}
        {% call noop_statement('main', 'UP TO DATE', 'UP TO DATE', 0) %}{% endcall %}
        {%- do note_step(plan, plan.version, plan.previous_version, plan.kind, 0, 0) -%}
        {{ return('') }}
    {%- endif -%}
    {%- if changes -%}
        {%- do keep_changes(target_relation) -%}
    {%- endif -%}
    {%- do run_query('delete from ' ~ target_relation ~ ' where ' ~ of_changed_keys) -%}
    {% call statement('main') -%}
        insert into {{ target_relation }} by name select * from new_rows
    {%- endcall %}
    {%- do note_step(
        plan, plan.run_number, plan.version, 'described',
        changes.removed if changes else none, changes.added if changes else none
    ) -%}
{%- endmacro %}


{#
    Puts a new table in the place of the old one; where it keeps changes and has not changed, the
    old one stays.
    Arguments: existing, the old relation or none; new_relation; target_relation; plan, of
    `rebuild_plan`.
    Example: put_in_place(load_cached_relation(this), make_intermediate_relation(this), this, plan)
#}
{% macro put_in_place(existing, new_relation, target_relation, plan) -%}
    {%- set meta = config.get('meta', {}) -%}
    {%- set changes = none -%}
    {%- set is_described = not flags.FULL_REFRESH and not rebuild_key(compiled_code) -%}
    {%- if meta.get('keeps_changes') and existing is not none
        and (is_described or meta.keeps_changes == 'always')
        and same_columns(existing, new_relation) -%}
        {%- set changes = compare_rows(existing, new_relation) -%}
    {%- endif -%}
    {%- if changes and changes.removed + changes.added == 0 -%}
        {%- do run_query('drop table ' ~ new_relation) -%}
        {%- if load_relation(changes_relation(target_relation)) is none -%}
            {%- do keep_no_changes(target_relation) -%}
        {%- endif -%}
        {%- do note_step(plan, plan.version, plan.previous_version, plan.kind, 0, 0) -%}
        {{ return('') }}
    {%- endif -%}
    {%- if existing is not none -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
    {%- do adapter.rename_relation(new_relation, target_relation) -%}
    {%- set kind = 'described'
        if lists_changes(plan)
        or (changes and is_described and not changed_lookups(meta.get('lookup_key')))
        else 'replaced' -%}
    {%- if changes -%}
        {%- do keep_changes(target_relation) -%}
    {%- elif meta.get('keeps_changes') -%}
        {%- do keep_no_changes(target_relation) -%}
    {%- endif -%}
    {%- do note_step(
        plan, plan.run_number, plan.version, kind,
        changes.removed if changes else none, changes.added if changes else none
    ) -%}
{%- endmacro %}
