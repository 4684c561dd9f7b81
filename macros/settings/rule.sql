{# The relation of a rule table: the seed of this project, or the seed or model of the installing
   project that setting `rule_seeds` names in its place.
   Example: select * from {{ rule('conversion_types') }} #}
{% macro rule(name) -%}
    {%- set own = setting('rule_seeds') -%}
    {%- if name in own -%}
        {{ return(ref(project_name, own[name])) }}
    {%- endif -%}
    {{ return(ref('assisted_conversions', name)) }}
{%- endmacro %}

{# The same relation for a model that depends on the rule table by another model already. #}
{% macro stored_rule(name) -%}
    {%- set own = setting('rule_seeds').get(name) -%}
    {%- for node in graph.nodes.values() if node.name == (own or name)
        and node.package_name == (project_name if own else 'assisted_conversions')
        and node.resource_type in ('model', 'seed', 'snapshot') -%}
        {{ return(relation_of(node)) }}
    {%- endfor -%}
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
    {%- if not execute or load_relation(table) is none -%}
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
