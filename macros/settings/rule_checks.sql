{# A query of the rows that are wrong in a rule table, or absent: row_name, and problem. Arguments: name;
   declared, the node of the shipped seed; found, the columns that there are; stored, the relation. #}
{% macro wrong_rules(name, declared, found, stored) -%}
    {%- set meta = declared.config.meta or declared.meta -%}
    {%- set text = dbt.type_string() -%}
    {%- set named_values = [] -%}
    {%- for column in found -%}
        {%- do named_values.append("'" ~ column ~ " = ' || cast(" ~ column ~ ' as ' ~ text ~ ')') -%}
    {%- endfor -%}
with

rules as (

    select
        *,
        case
            when {{ meta.key }} is not null then '{{ meta.key }} = ' || cast({{ meta.key }} as {{ text }})
            -- A row without its key is named by all that it holds.
            else {{ joined_texts("', '", named_values) }}
        end as row_name
    from {{ stored }}

),

problems as (

    {%- for check in rule_checks(declared, found) %}
    select
        row_name,
        {{ quoted_list([': column `' ~ check.column ~ '` is ']) }}
        || coalesce('`' || cast({{ check.column }} as {{ text }}) || '`', 'missing')
        || {{ quoted_list([', but must be ' ~ check.must]) }} as problem
    from rules
    where not coalesce({{ check.right }}, {{ not check.required }})
    union all
    {%- endfor %}
    {%- for columns in meta.unique %}
    select
        min(row_name) as row_name,
        {{ quoted_list([' is there more than once by `' ~ columns ~ '`; keep one of them']) }} as problem
    from rules
    where {{ meta.key }} is not null
    group by {{ columns }}
    having count(*) > 1
    union all
    {%- endfor %}
    {%- for needed in needed_rows(name, meta) %}
    {%- set conditions = [] %}
    {%- for column, value in needed.row.items() %}
    {%- do conditions.append(column ~ ' = ' ~ (quoted_list([value]) if value is string else value)) %}
    {%- endfor %}
    select
        {{ quoted_list([conditions | join(', ') | replace("'", '')]) }} as row_name,
        {{ quoted_list([' is absent: ' ~ needed.why]) }} as problem
    from rules
    having count(case when {{ conditions | join(' and ') }} then 1 end) = 0
    union all
    {%- endfor %}
    select
        row_name,
        '' as problem
    from rules
    where false

)

select * from problems
order by row_name, problem
{%- endmacro %}

{# What is checked of each row of a rule table, from what its columns are declared to hold: a list of
   column, right (a condition), required (whether a null is wrong) and must (the same in words). #}
{% macro rule_checks(declared, found) -%}
    {%- set checks = [] -%}
    {%- for column in declared.columns.values() if column.name in found -%}
        {%- set meta = column_meta(column) -%}
        {%- set name = column.name -%}
        {%- set rights = [] -%}
        {%- if meta.get('text') == 'lower' -%}
            {%- do rights.append([name ~ ' = lower(trim(' ~ name ~ ')) and ' ~ name ~ " != ''",
                'a text in lower case without spaces around it']) -%}
        {%- elif meta.get('text') == 'trimmed' -%}
            {%- do rights.append([name ~ ' = trim(' ~ name ~ ') and ' ~ name ~ " != ''",
                'a text without spaces around it']) -%}
        {%- elif meta.get('text') == 'regular_expression' -%}
            {%- do rights.append([is_usable_pattern(name),
                'a regular expression that compiles and does not match an empty text']) -%}
        {%- elif meta.get('required') -%}
            {%- do rights.append([name ~ ' is not null', 'there']) -%}
        {%- endif -%}
        {%- if meta.get('pattern') -%}
            {%- do rights.append([regexp_full_match(name, quoted_list([meta.pattern])), meta.pattern_says]) -%}
        {%- endif -%}
        {%- if meta.get('allowed') -%}
            {%- do rights.append([name ~ ' in (' ~ quoted_list(meta.allowed) ~ ')',
                'one of ' ~ (meta.allowed | join(', '))]) -%}
        {%- endif -%}
        {%- if meta.get('least') is not none -%}
            {%- do rights.append([name ~ ' between ' ~ meta.least ~ ' and ' ~ meta.get('most', 1000000000),
                'from ' ~ meta.least ~ (' to ' ~ meta.most if meta.get('most') else ' up')]) -%}
        {%- endif -%}
        {%- if meta.get('regular_expression_where') -%}
            {%- do rights.append(['case when ' ~ meta.regular_expression_where ~ ' then '
                ~ is_usable_pattern(name) ~ ' else true end',
                'a regular expression that compiles, where ' ~ meta.regular_expression_where]) -%}
        {%- endif -%}
        {%- if meta.get('column_of') -%}
            {%- do rights.append(['case when ' ~ name ~ ' is not null then ' ~ name ~ ' in (select ' ~ name
                ~ ' from ' ~ rule_relation(meta.column_of) ~ ') end',
                'in the rule table ' ~ meta.column_of ~ '; add it there or correct it here']) -%}
        {%- endif -%}
        {%- if meta.get('right') -%}
            {%- set right = namespace(sql=meta.right) -%}
            {%- for table in rule_tables() if '{' ~ table ~ '}' in right.sql -%}
                {%- set right.sql = right.sql.replace('{' ~ table ~ '}', rule_relation(table) | string) -%}
            {%- endfor -%}
            {%- do rights.append([right.sql, meta.right_says]) -%}
        {%- endif -%}
        {%- for right in rights -%}
            {%- do checks.append({'column': name, 'right': right[0], 'must': right[1],
                'required': meta.get('required', false) and loop.first}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(checks) }}
{%- endmacro %}

{# The rows that a rule table must have, a list of row (a mapping of columns to values) and why. #}
{% macro needed_rows(name, meta) -%}
    {%- set needed = [] -%}
    {%- for row in meta.get('rows', []) -%}
        {%- do needed.append({'row': row, 'why': meta.rows_say}) -%}
    {%- endfor -%}
    {%- set named = {} -%}
    {%- if name == 'channels' -%}
        {%- do named.update({
            'path_rules': setting('path_rules').get('drop_if_other', [])
                + setting('path_rules').get('drop_last_if_other', []),
            'removal_scenarios': setting('removal_scenarios').values() | sum(start=[]),
        }) -%}
    {%- elif name == 'conversion_types' -%}
        {%- do named.update({'journey_conversion_types': setting('journey_conversion_types')}) -%}
        {%- do named.update(conversion_types_of_adapters()) -%}
    {%- endif -%}
    {%- for setting_name, values in named.items() -%}
        {%- for value in values -%}
            {%- do needed.append({'row': {meta.key: value},
                'why': 'var `' ~ setting_name ~ '` names it; correct that, or add the row'}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if name == 'interaction_types' -%}
        {%- for column in raw_declaration('interactions').columns if column.name == 'interaction_type' -%}
            {%- for value in column.meta.allowed -%}
                {%- do needed.append({'row': {meta.key: value},
                    'why': 'raw interactions may have it; add the row'}) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(needed) }}
{%- endmacro %}
