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

{# A checksum of the rows of a rule table, as a scalar subquery.
   Example: rule_checksum('junk_ids', ['junk_id']) #}
{% macro rule_checksum(name, columns) -%}
    (select {{ rows_checksum(columns) }} from {{ rule(name) }})
{%- endmacro %}

{# The rule tables that setting `rule_seeds` may replace. #}
{% macro rule_tables() -%}
    {{ return([
        'bot_patterns', 'channel_overrides', 'channels', 'click_ids', 'conversion_statuses',
        'conversion_types', 'excluded_referrers', 'interaction_types', 'junk_ids', 'source_aliases',
        'source_categories', 'source_categories_supplement'
    ]) }}
{%- endmacro %}
