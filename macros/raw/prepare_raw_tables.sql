{# Checks the raw tables before any model runs, and makes the views of those that are files.
   Stops the run where a file cannot be read or a required table or column is absent; the error
   lists every problem and its remedy. A raw table that is a model is checked where it is read.
   On-run-start hook. #}
{% macro prepare_raw_tables() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'test', 'seed', 'freshness', 'retry') -%}
        {%- set problems = [] -%}
        {%- do check_email_salt(problems) -%}
        {%- do check_raw_names(problems) -%}
        {%- set tool_files = check_sources(problems) -%}
        {%- set declarations = [] -%}
        {%- for table in raw_tables() -%}
            {%- do declarations.append(raw_declaration(table)) -%}
        {%- endfor -%}
        {%- set has_files = 'files' in declarations | map(attribute='place') -%}
        {%- set files = raw_files(problems) if has_files else {} -%}
        {#- The columns of a file that cannot be read are not asked for. #}
        {%- do stop_on_problems(problems) -%}
        {%- for declaration in declarations if declaration.place in ('files', 'tables') -%}
            {%- if declaration.place == 'tables' -%}
                {%- set names = found_columns(declaration).keys() | list -%}
            {%- else -%}
                {%- set names = file_columns(files[declaration.name])
                    if declaration.name in files else [] -%}
            {%- endif -%}
            {%- do check_raw_columns(declaration, names, problems) -%}
        {%- endfor -%}
        {%- do stop_on_problems(problems) -%}
        {%- if has_files or tool_files -%}{%- do note_raw_files(dict(files, **tool_files)) -%}{%- endif -%}
        {%- if has_files -%}{%- do make_raw_file_views(files) -%}{%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Stops the run where there are problems: a list of texts. #}
{% macro stop_on_problems(problems) -%}
    {%- if problems -%}
        {{ exceptions.raise_compiler_error('The run was stopped:\n  - ' ~ problems | unique(true) | join('\n  - ')) }}
    {%- endif -%}
{%- endmacro %}

{# Appends to `problems` the names in raw_location, raw_models and raw_identifiers that are no
   raw tables. #}
{% macro check_raw_names(problems) -%}
    {%- for name in ['raw_location', 'raw_models', 'raw_identifiers'] -%}
        {%- set value = setting(name) if setting(name) is mapping else {} -%}
        {%- set allowed = raw_tables() + (['default'] if name == 'raw_location' else []) -%}
        {%- for table in value if table not in allowed -%}
            {%- do problems.append(
                'var `' ~ name ~ '` names `' ~ table ~ '`, but there is no such raw table; allowed are: '
                ~ (allowed | join(', '))
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{# Appends to `problems` what is missing from one raw table. Arguments: declaration, of
   `raw_declaration`; names, the lower-case names of the columns found, empty where the table is
   absent; problems, a list. #}
{% macro check_raw_columns(declaration, names, problems) -%}
    {%- set table = declaration.name -%}
    {%- if not names and (declaration.required or declaration.place in ('model', 'adapters')) -%}
        {%- set places = {
            'files': 'the folder `' ~ raw_folder() ~ '` (environment variable ATTRIBUTION_RAW_DIR), '
                ~ 'where it would be a file `' ~ table ~ '.csv`, `.parquet` or another that is read, or a '
                ~ 'folder of such files',
            'tables': '`' ~ declaration.relation ~ '` (vars raw_database, raw_schema, raw_identifiers)',
            'model': 'the model `' ~ setting('raw_models').get(table) ~ '` (var raw_models)',
            'adapters': 'the model `source_' ~ table ~ '` of the adapters that are on',
        } -%}
        {%- do problems.append(
            'table `' ~ table ~ '` is absent from ' ~ places[declaration.place]
            ~ '; add it there, or say with var raw_location or raw_models where it is'
        ) -%}
    {%- elif names -%}
        {%- set found = '; add or rename it where the table is made. Columns found: '
            ~ (names | sort | join(', ')) -%}
        {%- set any_of = {} -%}
        {%- for column in declaration.columns -%}
            {%- if column.meta.get('any_of') -%}
                {%- do any_of.setdefault(column.meta.any_of, []).append(column.name) -%}
            {%- elif column.meta.get('required') and column.name not in names -%}
                {%- do problems.append(
                    'table `' ~ table ~ '` lacks the required column `' ~ column.name ~ '`' ~ found
                ) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- for column in setting('pass_through_columns')
            if table == 'conversions' and column not in names -%}
            {%- do problems.append(
                'table `conversions` lacks the column `' ~ column ~ '`, which var '
                ~ '`pass_through_columns` names' ~ found
            ) -%}
        {%- endfor -%}
        {%- for columns in any_of.values() if not columns | select('in', names) | list -%}
            {%- do problems.append(
                'table `' ~ table ~ '` needs at least one of the columns `'
                ~ (columns | join('`, `')) ~ '`' ~ found
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# Stops a base model whose raw table is a model that lacks a required column, or is absent. #}
{% macro check_raw_model(declaration, names) -%}
    {%- if declaration.place in ('model', 'adapters') and (names or flags.WHICH in ('build', 'run', 'retry')) -%}
        {%- set problems = [] -%}
        {%- do check_raw_columns(declaration, names, problems) -%}
        {%- do stop_on_problems(problems) -%}
    {%- endif -%}
{%- endmacro %}
