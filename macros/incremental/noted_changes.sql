{#
    The last step of a model that lists keys with their fingerprints: all of them in a full build,
    else those whose fingerprint differs from the one that the table has. A key that is gone is
    kept with a null fingerprint until a complete run has ended.
    Arguments: current, name of a CTE of key and fingerprint; key, its column; and_changed, a
    CTE of keys that have changed though their fingerprint has not, if there is one.
    Example: {{ noted_changes('persons', 'person_id') }}
#}
{% macro noted_changes(current, key, and_changed=none) -%}
    {%- if builds_in_part() -%}
    select
        coalesce({{ current }}.{{ key }}, noted.{{ key }}) as {{ key }},
        {{ current }}.fingerprint,
        true as is_changed
    from {{ current }}
    full outer join {{ this }} as noted
        on {{ current }}.{{ key }} = noted.{{ key }}
    where
        not {{ is_same(current ~ '.fingerprint', 'noted.fingerprint') }}
        {%- if and_changed %}
        or {{ current }}.{{ key }} in (select {{ key }} from {{ and_changed }})
        {%- endif %}
    {%- else -%}
    select
        {{ key }},
        -- Null is what later runs note of a key that is gone, so the column must take it.
        nullif(fingerprint, null) as fingerprint,
        true as is_changed
    from {{ current }}
    {%- endif -%}
{%- endmacro %}


{#
    Forgets which keys have changed, once a complete run has brought every table up to date.
    Example: forget_changes()
#}
{% macro forget_changes() -%}
    {%- for name in ['int_person_fingerprints', 'base_session_parts'] -%}
        {%- set node = graph.nodes['model.assisted_conversions.' ~ name] -%}
        {#- Where each run makes the list anew, there is nothing to forget. #}
        {%- if not node.config.full_refresh -%}
            {%- set list = relation_of(node) -%}
            {%- do run_query('delete from ' ~ list ~ ' where fingerprint is null') -%}
            {%- do run_query('update ' ~ list ~ ' set is_changed = false where is_changed') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do commit_changes() -%}
{%- endmacro %}


{#
    A checksum of the rules that tables are made by, beside the rows of seeds: all settings, the
    code of all macros and of the models that lead to incremental ones. It is part of every
    fingerprint, so other rules change every key.
    Example: rules_fingerprint() -> 5d41402abc4b2a76b9719d911017c592
#}
{% macro rules_fingerprint() -%}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {%- set parts = [dbt_version] -%}
    {%- for name, rule in setting_rules().items() if rule.get('rebuilds', true) -%}
        {%- do parts.append(name ~ setting(name)) -%}
    {%- endfor -%}
    {%- for name, macro in assisted_conversions | dictsort -%}
        {%- do parts.append(macro.macro.macro_sql) -%}
    {%- endfor -%}
    {%- for unique_id in models_behind_incremental_ones() -%}
        {%- do parts.append(graph.nodes[unique_id].raw_code ~ graph.nodes[unique_id].config.contract) -%}
    {%- endfor -%}
    {{ return(local_md5(parts | join('\n'))) }}
{%- endmacro %}


{# A checksum of how the columns of a raw table are declared. #}
{% macro declaration_fingerprint(table) -%}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {{ return(local_md5(tojson(raw_declaration(table).columns))) }}
{%- endmacro %}


{# The incremental models and all models that they read, a sorted list of unique ids. #}
{% macro models_behind_incremental_ones() -%}
    {%- set found = [] -%}
    {%- for node in graph.nodes.values()
        if node.package_name == 'assisted_conversions' and node.config.materialized == 'incremental' -%}
        {%- do found.append(node.unique_id) -%}
    {%- endfor -%}
    {#- The list grows while it is walked, until it holds every ancestor. #}
    {%- for unique_id in found -%}
        {%- for parent in graph.nodes[unique_id].depends_on.nodes
            if parent in graph.nodes and graph.nodes[parent].resource_type == 'model'
            and parent not in found -%}
            {%- do found.append(parent) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found | sort) }}
{%- endmacro %}
