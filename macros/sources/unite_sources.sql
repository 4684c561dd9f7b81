{# The rows of one raw table that adapters make, and models that `source_models` names, as one table
   with all declared columns. Adapters give the ids of their tools: here each gets the adapter's name
   before it, so that order 7 of one shop is not order 7 of another. Order ids stay as they are, for
   they are what systems have in common; so do visitor ids, which are random.
   Example: unite_sources('interactions') #}
{% macro unite_sources(table) -%}
    {%- set parts = [] -%}
    {%- for name in adapters_of(table) -%}
        {%- do parts.append({
            'adapter': name, 'relation': ref('assisted_conversions', name ~ '_' ~ table)
        }) -%}
    {%- endfor -%}
    {%- for name in setting('source_models').get(table, []) -%}
        {%- do parts.append({'adapter': none, 'relation': ref(project_name, name)}) -%}
    {%- endfor -%}
    {%- set junk_table = rule('junk_ids') -%}
    {%- if not execute -%}{{ return('select 1') }}{%- endif -%}
    {%- set declaration = raw_declaration(table) -%}
    {%- set junk_ids = junk_id_list(junk_table) -%}
    {%- set types = {} -%}
    {%- for part in parts -%}
        {%- do part.update({'found': found_columns(declaration, part.relation)}) -%}
        {%- for column in declaration.columns if column.name in part.found -%}
            {%- do types.setdefault(column.name, []).append(part.found[column.name].dtype) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for part in parts %}
select
    {%- for column in declaration.columns %}
    {{ united_column(column, part, types.get(column.name, []), junk_ids) | indent(4) }} as {{ column.name }}
    {{- ',' if not loop.last }}
    {%- endfor %}
from {{ part.relation }}
    {%- if not loop.last %}
union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}

{# One column of `unite_sources`. Arguments: column, of `raw_declaration`; part, with adapter and found;
   types, those that the column has in all parts: where they differ it becomes text. #}
{% macro united_column(column, part, types, junk_ids) -%}
    {%- set of_one_type = types | unique | list | length == 1 -%}
    {%- if column.name in part.found -%}
        {%- set value = adapter.quote(part.found[column.name].name) -%}
        {%- set value = value if of_one_type else 'cast(' ~ value ~ ' as ' ~ dbt.type_string() ~ ')' -%}
    {%- else -%}
        {%- set value = 'cast(null as ' ~ (types | first if of_one_type else dbt.type_string()) ~ ')' -%}
    {%- endif -%}
    {%- if part.adapter is none -%}
        {{ return(value) }}
    {%- elif column.name == 'source_system' -%}
        {%- set system = quote_text(adapters()[part.adapter].source_system) -%}
        {{ return('coalesce(' ~ value ~ ', ' ~ system ~ ')' if column.name in part.found else system) }}
    {%- elif column.name not in part.found -%}
        {{ return(value) }}
    {%- elif column.name in ('session_id', 'conversion_id', 'interaction_id') -%}
        {{ return("'" ~ part.adapter ~ ":' || " ~ value) }}
    {%- endif -%}
    {%- set user_ids = adapter_settings(part.adapter).get('user_ids', adapters()[part.adapter].user_ids) -%}
    {%- if not user_ids or column.name not in ('user_id', 'left_id', 'right_id') -%}
        {{ return(value) }}
    {%- endif -%}
    case
        {%- if column.kind == 'typed_identity' %}
        when {{ column.meta.type_column }} != 'user' then {{ value }}
        {%- endif %}
        when lower({{ value }}) in ({{ quoted_list(junk_ids) }}) or {{ is_email_address(value) }} then {{ value }}
        else '{{ user_ids }}:' || {{ value }}
    end
{%- endmacro %}

{# A text as a literal; null where there is none. #}
{% macro quote_text(value) -%}
    {{ return('cast(null as ' ~ dbt.type_string() ~ ')' if value is none else quoted_list([value])) }}
{%- endmacro %}
