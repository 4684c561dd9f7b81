{# The names of all raw tables, as a list. dbt asks for them before it has read the declaration;
   a test keeps the two in step. Example: raw_table_names()[0] -> ad_spend #}
{% macro raw_table_names() -%}
    {{ return([
        'ad_clicks', 'ad_spend', 'conversions', 'crm_stages', 'erasure_requests',
        'exchange_rates', 'identity_links', 'interactions', 'lift_tests', 'platform_claims',
        'sessions'
    ]) }}
{%- endmacro %}

{# The model that holds every row of a raw table, with its reason to be rejected.
   Example: base_relation('sessions') -> relation of base_sessions_parsed #}
{% macro base_relation(table) -%}
    {%- set endings = {
        'sessions': '_parsed', 'conversions': '_priced', 'ad_spend': '_priced'
    } -%}
    {{ return(ref('assisted_conversions', 'base_' ~ table ~ endings.get(table, ''))) }}
{%- endmacro %}

{# Whether a raw row has an identity that is to be erased, as a condition on its base model. #}
{% macro is_erased_row(table) -%}
    {%- if table in ['sessions', 'conversions', 'interactions'] -%}
        {{ is_erased(['visitor_key', 'user_key', 'email_key']) }}
    {%- elif table == 'identity_links' -%}
        {{ is_erased(['left_key', 'right_key']) }}
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}

{# The names of all declared raw tables, sorted, as a list. #}
{% macro raw_tables() -%}
    {{ return(
        graph.sources.values() | selectattr('source_name', 'equalto', 'assisted_conversions_raw')
        | map(attribute='name') | sort | list
    ) }}
{%- endmacro %}

{# The declaration of one raw table. Returns a mapping: name, place (of `raw_place`), relation,
   required, key (list of column names), loaded_by (timestamps that may say when a row was
   loaded, the best first), read_in_part and columns, a list of mappings: name, data_type, kind,
   meta. Example: raw_declaration('sessions').columns[0].name -> session_id #}
{% macro raw_declaration(table) -%}
    {%- set sources = 'source.assisted_conversions.assisted_conversions_raw' -%}
    {%- set node = graph.sources[sources ~ '.' ~ table] -%}
    {%- set place = raw_place(table) -%}
    {%- set stored = {'node': node} -%}
    {%- if place == 'files' -%}
        {%- do stored.update({'node': graph.sources[sources ~ '_files.' ~ table]}) -%}
    {%- elif place in ('model', 'adapters') -%}
        {%- set owner = project_name if place == 'model' else 'assisted_conversions' -%}
        {%- set name = setting('raw_models').get(table, 'source_' ~ table) -%}
        {%- for model in graph.nodes.values() if model.package_name == owner and model.name == name
            and model.resource_type in ('model', 'seed', 'snapshot') -%}
            {%- do stored.update({'node': model}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set columns = [] -%}
    {%- for column in node.columns.values() -%}
        {%- set meta = column.config.meta or column.meta or {} -%}
        {%- do columns.append({
            'name': column.name,
            'data_type': column.data_type,
            'kind': meta.get('kind', column.data_type),
            'meta': meta,
        }) -%}
    {%- endfor -%}
    {%- for name in setting('pass_through_columns') if table == 'conversions' -%}
        {%- do columns.append({'name': name, 'data_type': 'text', 'kind': 'text', 'meta': {}}) -%}
    {%- endfor -%}
    {%- set meta = node.config.meta or node.meta -%}
    {{ return({
        'name': table,
        'place': place,
        'relation': api.Relation.create(
            database=stored.node.database, schema=stored.node.schema,
            identifier=stored.node.alias or stored.node.identifier
        ),
        'required': meta.get('required', false),
        'key': meta['key'],
        'loaded_by': meta.get('loaded_by', []),
        'read_in_part': meta.get('read_in_part', false),
        'columns': columns,
    }) }}
{%- endmacro %}

{# The columns that a raw table really has, as a mapping of lower-case name to adapter column;
   empty where the table is absent. Arguments: declaration, of `raw_declaration`; relation, where
   it is not the declared one, or a query in brackets, empty where there is nothing to read.
   Example: found_columns(raw_declaration('sessions')) #}
{% macro found_columns(declaration, relation=none) -%}
    {%- set found = {} -%}
    {%- set columns = [] -%}
    {%- if is_offline() -%}
        {%- for column in declaration.columns -%}
            {%- do columns.append(api.Column(column.name, dbt.type_string())) -%}
        {%- endfor -%}
    {%- elif relation is string -%}
        {%- if relation -%}
            {%- for column in get_column_schema_from_query('select * from ' ~ relation) -%}
                {%- do columns.append(column) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- else -%}
        {%- set stored = load_relation(relation or declaration.relation) -%}
        {%- if stored is not none -%}
            {%- do columns.extend(adapter.get_columns_in_relation(stored)) -%}
        {%- endif -%}
    {%- endif -%}
    {%- for column in columns -%}
        {%- do found.update({column.name | lower | trim: column}) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
