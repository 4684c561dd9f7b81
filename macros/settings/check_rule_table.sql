{# Stops a model that reads a rule table with rows that cannot be used, before the model is made. The
   error lists the file, the row, the column, the value and what it must be. `rule` calls it, so it
   holds for every model that reads the table, whatever a run selects, and for the seed or model of
   an installing project too. What a rule table may hold is declared in seeds/_seeds.yml.
   Example: check_rule_table('conversion_types') #}
{% macro check_rule_table(name) -%}
    {%- set problems = rule_table_problems(name) -%}
    {%- if problems -%}
        {{ exceptions.raise_compiler_error(problems) }}
    {%- endif -%}
{%- endmacro %}

{# Checks all rule tables, as they were last loaded, and builds nothing:
   dbt seed && dbt run-operation check_rule_tables #}
{% macro check_rule_tables() -%}
    {%- set problems = [] -%}
    {%- for name in rule_tables() -%}
        {%- do problems.append(rule_table_problems(name)) -%}
    {%- endfor -%}
    {%- if problems | select | list -%}
        {{ exceptions.raise_compiler_error(problems | select | join('\n')) }}
    {%- endif -%}
{%- endmacro %}

{# What is wrong with a rule table, as a text for people; an empty text where nothing is. #}
{% macro rule_table_problems(name) -%}
    {%- set declared = graph.nodes.get('seed.assisted_conversions.' ~ name) -%}
    {%- set node = rule_node(name) -%}
    {%- if declared is none or node.config.materialized == 'ephemeral' -%}{{ return('') }}{%- endif -%}
    {%- set stored = load_relation(rule_relation(name)) -%}
    {%- if stored is none -%}
        {{ return('The rule table `' ~ name ~ '` is not there: build `' ~ node.name ~ '` first') }}
    {%- endif -%}
    {%- set found = adapter.get_columns_in_relation(stored) | map(attribute='name') | map('lower') | list -%}
    {%- set problems = [] -%}
    {%- for column in declared.columns.values()
        if column.name not in found and not column_meta(column).get('optional') -%}
        {%- do problems.append('column `' ~ column.name ~ '` is missing: add it') -%}
    {%- endfor -%}
    {%- if not problems -%}
        {%- for row in run_query(wrong_rules(name, declared, found, stored)).rows -%}
            {%- do problems.append('row `' ~ row['row_name'] ~ '`' ~ row['problem']) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if not problems -%}{{ return('') }}{%- endif -%}
    {%- set rest = ['and ' ~ (problems | length - 20) ~ ' more'] if problems | length > 20 else [] -%}
    {{ return(
        'The rule table `' ~ name ~ '` cannot be used, and nothing is built from it. Correct '
        ~ node.original_file_path ~ ' of the project ' ~ node.package_name ~ ', and run again:\n  - '
        ~ ((problems[:20] + rest) | join('\n  - '))
    ) }}
{%- endmacro %}

{# What a column of a seed or raw table is declared to hold, a mapping. #}
{% macro column_meta(column) -%}
    {{ return(column.config.meta or column.meta or {}) }}
{%- endmacro %}
