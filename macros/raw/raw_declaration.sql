{#
    The declaration of one raw table, from models/staging/_raw__sources.yml.
    Arguments: table, its name there.
    Returns a mapping: name, relation, required, key (list of column names), loaded_by (timestamps
    that may say when a row was loaded, the best first), read_in_part and columns, a list of mappings: name,
    data_type, kind, meta.
    Example: raw_declaration('sessions').columns[0].name -> session_id
#}
{% macro raw_declaration(table) -%}
    {%- set found = namespace(node=none) -%}
    {%- for node in graph.sources.values()
        if node.package_name == 'assisted_conversions' and node.source_name == 'raw' and node.name == table -%}
        {%- set found.node = node -%}
    {%- endfor -%}
    {%- set columns = [] -%}
    {%- for column in found.node.columns.values() -%}
        {%- set meta = column.config.meta or column.meta or {} -%}
        {%- do columns.append({
            'name': column.name,
            'data_type': column.data_type,
            'kind': meta.get('kind', column.data_type),
            'meta': meta,
        }) -%}
    {%- endfor -%}
    {%- set meta = found.node.config.meta or found.node.meta -%}
    {{ return({
        'name': table,
        'relation': api.Relation.create(
            database=found.node.database, schema=found.node.schema,
            identifier=found.node.identifier
        ),
        'required': meta.get('required', false),
        'key': meta['key'],
        'loaded_by': meta.get('loaded_by', []),
        'read_in_part': meta.get('read_in_part', false),
        'columns': columns,
    }) }}
{%- endmacro %}


{#
    The names of all declared raw tables, sorted. Returns a list.
    Example: raw_tables()
#}
{% macro raw_tables() -%}
    {{ return(
        graph.sources.values()
        | selectattr('package_name', 'equalto', 'assisted_conversions')
        | selectattr('source_name', 'equalto', 'raw')
        | map(attribute='name') | sort | list
    ) }}
{%- endmacro %}


{#
    The columns that a raw table really has, as a mapping of lower-case name to adapter column;
    empty where the table is absent.
    Arguments: declaration, of `raw_declaration`.
    Example: found_columns(raw_declaration('sessions'))
#}
{% macro found_columns(declaration) -%}
    {%- set found = {} -%}
    {%- set relation = load_relation(declaration.relation) -%}
    {%- if relation is not none -%}
        {%- for column in adapter.get_columns_in_relation(relation) -%}
            {%- do found.update({column.name | lower | trim: column}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}
