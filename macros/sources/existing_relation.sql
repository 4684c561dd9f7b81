{# The relation that has the columns of a tool's table; none where there is none. Of shards, as BigQuery
   names them (`events_*`), it is the last one. #}
{% macro existing_relation(node) -%}
    {%- set named = source_relation(node) -%}
    {%- if not node.identifier.endswith('*') -%}{{ return(load_relation(named)) }}{%- endif -%}
    {%- set shards = {} -%}
    {%- for relation in adapter.list_relations_without_caching(named.without_identifier())
        if relation.identifier.startswith(node.identifier[:-1]) -%}
        {%- do shards.update({relation.identifier: relation}) -%}
    {%- endfor -%}
    {{ return(shards[shards | sort | last] if shards else none) }}
{%- endmacro %}
