{# The SQL of a partial rebuild, made from the compiled SQL of the whole. #}

{#
    The SQL of a partial rebuild.
    Arguments: code, compiled SQL; changed_parents, names of the tables that changed since.
    Example: changed_part(compiled_code, ['int_conversions'])
#}
{% macro changed_part(code, changed_parents) -%}
    {%- set replace = modules.re.sub -%}
    {%- set code = replace('\(true /\*only (.*?)\*/\)', '(\\1)', code, flags=16) -%}
    {%- set code = replace('\S+ /\*changed part: (\S+)\*/', '\\1', code) -%}
    {%- set code = replace(
        '\(select \*, true as is_added from \S+ where false\)\s*/\*or (\[changes of \S+\])\*/',
        '\\1', code
    ) -%}
    {{ return(with_changes(code, changed_parents)) }}
{%- endmacro %}


{#
    SQL with `[changes of X]` replaced by the changes of X, by none of them where X did not change.
    Example: with_changes('select * from [changes of "changes"."x"]', ['x'])
#}
{% macro with_changes(code, changed_parents) -%}
    {%- set found = namespace(code=code) -%}
    {%- for relation in modules.re.findall('\[changes of (\S+)\]', code) | unique -%}
        {%- set name = relation.split('.')[-1].strip('"`') -%}
        {%- set found.code = found.code.replace(
            '[changes of ' ~ relation ~ ']',
            relation if name in changed_parents else '(select * from ' ~ relation ~ ' where false)'
        ) -%}
    {%- endfor -%}
    {{ return(found.code) }}
{%- endmacro %}


{#
    What `rebuilt_by` says in compiled SQL: a mapping of key and query; none where the model is
    always rebuilt as a whole.
    Example: rebuild_key(compiled_code).key -> person_id
#}
{% macro rebuild_key(code) -%}
    {%- set found = modules.re.search('/\* rebuilt by (\w+): (.*?) \*/', code, 16) -%}
    {%- if found -%}
        {{ return({'key': found.group(1), 'query': found.group(2)}) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
