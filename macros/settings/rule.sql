{# The relation of a rule table, for a model that reads it: the seed of this project, or the seed or
   model of the installing project that setting `rule_seeds` names in its place. A run stops here
   where the table holds rows that cannot be used.
   Example: select * from {{ rule('conversion_types') }} #}
{% macro rule(name) -%}
    {%- set relation = rule_relation(name) -%}
    {%- if not execute -%}
        {#- What its rows are checked against is built before the model too. #}
        {%- for other in {
            'channel_overrides': ['channels'],
            'platforms': ['channels'],
            'source_aliases': ['source_categories', 'source_categories_supplement'],
            'source_categories_supplement': ['source_categories'],
        }.get(name, []) -%}
            {%- do rule_relation(other) -%}
        {%- endfor -%}
    {%- elif flags.WHICH in ('build', 'run', 'retry') and not flags.EMPTY
        and model.resource_type in ('model', 'snapshot') -%}
        {%- do check_rule_table(name) -%}
    {%- endif -%}
    {{ return(relation) }}
{%- endmacro %}

{# The same relation, unchecked. #}
{% macro rule_relation(name) -%}
    {%- set own = setting('rule_seeds') -%}
    {%- if name in own -%}
        {{ return(ref(project_name, own[name])) }}
    {%- endif -%}
    {{ return(ref('assisted_conversions', name)) }}
{%- endmacro %}

{# The node of a rule table, wherever it comes from. #}
{% macro rule_node(name) -%}
    {%- set own = setting('rule_seeds').get(name) -%}
    {%- for node in graph.nodes.values() if node.name == (own or name)
        and node.package_name == (project_name if own else 'assisted_conversions')
        and node.resource_type in ('model', 'seed', 'snapshot') -%}
        {{ return(node) }}
    {%- endfor -%}
{%- endmacro %}

{# The relation of a rule table for a model that depends on it by another model already. #}
{% macro stored_rule(name) -%}
    {{ return(relation_of(rule_node(name))) }}
{%- endmacro %}

{# A column that the rule table of an installing project may lack: null where it does.
   Example: optional_column('conversion_types', 'version', 'integer') #}
{% macro optional_column(name, column, type) -%}
    {%- if execute and model.resource_type == 'model' and not is_offline() -%}
        {%- set stored = load_relation(rule_relation(name)) -%}
        {%- set found = adapter.get_columns_in_relation(stored) if stored else [] -%}
        {%- if stored and column not in found | map(attribute='name') | map('lower') -%}
            {{ return('cast(null as ' ~ type ~ ')') }}
        {%- endif -%}
    {%- endif -%}
    {{ return('cast(' ~ column ~ ' as ' ~ type ~ ')') }}
{%- endmacro %}

{# The rows of a rule table, for models whose SQL is made from them: a list of mappings, empty as long
   as there is no table. A unit test has those of the seed as shipped.
   Arguments: name; columns; order_by, the columns by which they are sorted.
   Example: rule_rows('click_ids', ['parameter', 'is_paid'], 'click_order') #}
{% macro rule_rows(name, columns, order_by) -%}
    {%- if not execute or model.resource_type != 'unit_test' -%}
        {%- set table = rule(name) -%}
    {%- else -%}
        {%- set table = own_relation('seeds', name) -%}
    {%- endif -%}
    {%- if execute and is_offline() -%}
        {{ return([dict(zip(columns, columns))]) }}
    {%- elif not execute or load_relation(table) is none -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set rows = [] -%}
    {%- for row in run_query(
        'select ' ~ (columns | join(', ')) ~ ' from ' ~ load_relation(table) ~ ' order by ' ~ order_by
    ).rows -%}
        {%- do rows.append(dict(zip(columns, row.values()))) -%}
    {%- endfor -%}
    {{ return(rows) }}
{%- endmacro %}

{# A checksum of the rows of a rule table, as a scalar subquery.
   Example: rule_checksum('junk_ids', ['junk_id']) #}
{% macro rule_checksum(name, columns) -%}
    (select {{ rows_checksum(columns) }} from {{ rule(name) }})
{%- endmacro %}

{# The rule tables that setting `rule_seeds` may replace. #}
{% macro rule_tables() -%}
    {{ return([
        'bot_patterns', 'campaign_parameters', 'channel_overrides', 'channels', 'click_ids',
        'conversion_statuses', 'conversion_types', 'excluded_referrers', 'interaction_types',
        'junk_ids', 'medium_aliases', 'platforms', 'source_aliases', 'source_categories',
        'source_categories_supplement', 'tracking_plan'
    ]) }}
{%- endmacro %}
