{#
    Makes the raw tables ready and stops the run, before any model runs, where a file can't be read,
    or a required table or column is absent. On-run-start hook.
    Errors: a compiler error that names the file and line, or the table, the column and the columns
    found, and the remedy.
    Example: on-run-start: "{{ prepare_raw_tables() }}"
#}
{% macro prepare_raw_tables() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'test', 'seed', 'freshness', 'retry') -%}
        {%- set problems = unreadable_raw_files() -%}
        {%- if not problems -%}
            {%- set available = available_raw_columns(problems) -%}
            {%- for table in raw_tables() -%}
                {%- do collect_raw_problems(
                    raw_declaration(table), available.get(table), problems
                ) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- if problems -%}
            {{ exceptions.raise_compiler_error(
                'The raw tables cannot be used:\n  - ' ~ problems | join('\n  - ')
            ) }}
        {%- endif -%}
        {%- do expose_raw_tables() -%}
    {%- endif -%}
{%- endmacro %}


{#
    Appends to `problems` what is wrong with one raw table.
    Arguments: declaration, of `raw_declaration`; names, the lower-case names of the columns found,
    none where the table is absent; problems, a list.
    Example: collect_raw_problems(raw_declaration('sessions'), ['session_id'], problems)
#}
{% macro collect_raw_problems(declaration, names, problems) -%}
    {%- if names is none -%}
        {%- if declaration.required -%}
            {%- do problems.append(
                'required table `' ~ declaration.name ~ '` is absent from '
                ~ raw_location() ~ '; add it there'
            ) -%}
        {%- endif -%}
    {%- else -%}
        {%- set found = 'columns found: ' ~ (names | sort | join(', ')) -%}
        {%- set any_of = {} -%}
        {%- for column in declaration.columns -%}
            {%- if column.meta.get('any_of') -%}
                {%- do any_of.setdefault(column.meta.any_of, []).append(column.name) -%}
            {%- elif column.meta.get('required') and column.name not in names -%}
                {%- do problems.append(
                    'table `' ~ declaration.name ~ '` lacks the required column `' ~ column.name
                    ~ '`; ' ~ found
                ) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- for columns in any_of.values()
            if (columns | select('in', names) | list | length) == 0 -%}
            {%- do problems.append(
                'table `' ~ declaration.name ~ '` needs at least one of the columns `'
                ~ (columns | join('`, `')) ~ '`; ' ~ found
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
