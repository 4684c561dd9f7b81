{# Reads one setting (a var of dbt_project.yml) and checks it against `setting_rules`. The only
   place that calls `var`, so that no default is repeated and no bad value gets past.
   Example: setting('min_engaged_seconds') -> 10 #}
{% macro setting(name) -%}
    {%- set value = var(name) -%}
    {%- if not setting_is_valid(value, setting_rules()[name]) -%}
        {{ exceptions.raise_compiler_error(
            setting_problems() | join('\n  ') ~ '\n  Set it in dbt_project.yml or with --vars.'
        ) }}
    {%- endif -%}
    {{ return(value) }}
{%- endmacro %}

{# What is wrong with the settings, all of them, so that one run names every bad value. #}
{% macro setting_problems() -%}
    {%- set problems = [] -%}
    {%- for name, rule in setting_rules().items() if not setting_is_valid(var(name), rule) -%}
        {%- set value = var(name) | string if rule.kind == 'date' else var(name) -%}
        {%- do problems.extend(
            setting_faults(name, value, rule) if name == 'adapters' and value is mapping
            else ['Var `' ~ name ~ '` is ' ~ tojson(value) ~ ', but it must be ' ~ rule.allowed ~ '.']
        ) -%}
    {%- endfor -%}
    {{ return(problems) }}
{%- endmacro %}

{# Checks every setting before any model runs, and that --vars names no unknown one. #}
{% macro validate_settings() -%}
    {%- if execute -%}
        {%- for name in setting_rules() -%}
            {%- do setting(name) -%}
        {%- endfor -%}
        {%- if not timezone_exists(setting('reporting_timezone')) -%}
            {{ exceptions.raise_compiler_error(
                "Var `reporting_timezone` is \"" ~ setting('reporting_timezone') ~ "\", but the "
                ~ "warehouse knows no time zone of that name. Allowed is: the name of a time zone, "
                ~ "as Europe/Berlin."
            ) }}
        {%- endif -%}
        {#- Where the project is installed as a package, the vars of others are none of its business. #}
        {%- for name in invocation_args_dict.get('vars') or {}
            if project_name == 'assisted_conversions' and name not in setting_rules() -%}
            {{ exceptions.raise_compiler_error(
                "There is no setting `" ~ name ~ "`, which --vars gives. The settings are: "
                ~ (setting_rules() | sort | join(', ')) ~ "."
            ) }}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# Whether a value keeps a rule, an entry of `setting_rules`.
   Example: setting_is_valid(10, {'kind': 'integer', 'least': 0}) -> true #}
{% macro setting_is_valid(value, rule) -%}
    {%- set is_number = value is number and value is not boolean -%}
    {%- set kind = rule.kind -%}
    {%- set valid = namespace(so_far=true) -%}
    {%- if value is none -%}
        {{ return(rule.get('nullable', false)) }}
    {%- elif rule.get('or') and setting_is_valid(value, rule['or']) -%}
        {{ return(true) }}
    {%- elif kind in ('integer', 'number') -%}
        {%- set valid.so_far = is_number and (kind == 'number' or value is integer)
            and value >= rule.get('least', value) and value <= rule.get('most', value)
            and value > rule.get('above', value - 1) -%}
    {%- elif kind == 'boolean' -%}
        {%- set valid.so_far = value is boolean -%}
    {%- elif kind == 'choice' -%}
        {%- set valid.so_far = value in rule.choices -%}
    {%- elif kind == 'text' -%}
        {%- set valid.so_far = value is string
            and modules.re.fullmatch(rule.pattern, value) is not none -%}
    {%- elif kind == 'date' -%}
        {#- YAML reads an unquoted date as one. #}
        {%- set valid.so_far = modules.re.fullmatch(
            '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])', value | string
        ) is not none -%}
    {%- elif kind == 'mapping' -%}
        {%- set valid.so_far = value is mapping -%}
        {%- for key in (value if valid.so_far else []) if valid.so_far -%}
            {%- if rule.get('keys') is none -%}
                {%- set valid.so_far = setting_is_valid(
                    value[key], rule['values']
                ) -%}
            {%- else -%}
                {%- set valid.so_far = key in rule['keys'] and setting_is_valid(
                    value[key], rule['keys'][key]
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- elif kind == 'list' -%}
        {%- set valid.so_far = value is sequence and value is not string and value is not mapping
            and (value | length) >= rule.get('min_length', 0)
            and (value | length) <= rule.get('max_length', value | length)
            and not (rule.get('distinct')
                and (value | unique(case_sensitive=true) | list | length) != (value | length)) -%}
        {%- for item in (value if valid.so_far else []) if valid.so_far -%}
            {%- set valid.so_far = setting_is_valid(item, rule['items']) -%}
        {%- endfor -%}
        {%- if valid.so_far and rule.get('is_weights') -%}
            {%- set valid.so_far = ((value | sum) - 1) | abs < 1e-9 and value[0] + value[2] > 0 -%}
        {%- endif -%}
    {%- endif -%}
    {{ return(valid.so_far) }}
{%- endmacro %}
