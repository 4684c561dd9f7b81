{# What is wrong in a setting that is a mapping, a text for each fault; called only where
   `setting_is_valid` says that something is. Arguments: path, the setting's name; value; its rule.
   Example: setting_faults('adapters', {'ga': {}}, rule)
     -> ['`adapters` has `ga`, which is no adapter: did you mean `ga4`? The adapters are: ...'] #}
{% macro setting_faults(path, value, rule) -%}
    {%- set faults = [] -%}
    {%- set keys = rule.get('keys') -%}
    {%- if rule.kind != 'mapping' or value is not mapping -%}
        {#- Not all as JSON: YAML turns an unquoted date into a date object, which tojson cannot write. #}
        {%- set shown = tojson(value) if value in ('', none) or value is boolean else value | string -%}
        {%- do faults.append('`' ~ path ~ '` is `' ~ shown ~ '`, but must be ' ~ allowed_words(rule) ~ '.') -%}
    {%- else -%}
        {%- for key in value -%}
            {%- set inner = rule.get('values') if keys is none else keys.get(key) -%}
            {%- if inner is none -%}
                {%- set meant = similar_name(key | string, keys) -%}
                {%- do faults.append(
                    ('`adapters` has `' ~ key ~ '`, which is no adapter' if path == 'adapters'
                        else '`' ~ path ~ '.' ~ key ~ '` is no setting of ' ~ path.split('.')[-1])
                    ~ (': did you mean `' ~ meant ~ '`? ' if meant else '. ')
                    ~ ('The adapters are: ' if path == 'adapters' else 'Its settings are: ')
                    ~ (keys | sort | join(', ')) ~ '.'
                ) -%}
            {%- elif not setting_is_valid(value[key], inner) -%}
                {%- do faults.extend(setting_faults(path ~ '.' ~ key, value[key], inner)) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(faults) }}
{%- endmacro %}

{# What a rule allows, in words.
   Example: allowed_words({'kind': 'choice', 'choices': ['name', 'id']}) -> 'one of name, id' #}
{% macro allowed_words(rule) -%}
    {%- if rule.get('allowed') or rule.kind == 'choice' -%}
        {%- set words = rule.get('allowed') or 'one of ' ~ (rule.choices | join(', ')) -%}
    {%- elif rule.kind == 'list' -%}
        {%- set words = 'a list' ~ (' without repeated items' if rule.get('distinct') else '')
            ~ '; each item must be ' ~ allowed_words(rule['items']) -%}
    {%- elif rule.kind == 'mapping' -%}
        {%- set words = 'a mapping' ~ ('; each value must be ' ~ allowed_words(rule['values'])
            if 'values' in rule else ' with any of the keys ' ~ (rule['keys'] | sort | join(', '))) -%}
    {%- else -%}
        {%- set words = 'a text that is not empty, in quotes if it is a number' -%}
    {%- endif -%}
    {{ return(('null or ' if rule.get('nullable') else '') ~ words) }}
{%- endmacro %}

{# The name that is most like one that was misspelled, by pairs of letters; none if none is like it.
   Example: similar_name('segmnet', ['segment', 'stripe']) -> 'segment' #}
{% macro similar_name(name, names) -%}
    {%- set alike = [] -%}
    {%- for other in names -%}
        {%- set pairs = [] -%}
        {%- for text in (name, other) -%}
            {%- set ends = '^' ~ text ~ '$' -%}
            {%- do pairs.append(zip(ends, ends[1:]) | list) -%}
        {%- endfor -%}
        {%- set likeness = 1 if name and (name.startswith(other) or other.startswith(name))
            else 2 * (pairs[0] | select('in', pairs[1]) | list | length)
                / (pairs[0] + pairs[1]) | length -%}
        {%- do alike.append([likeness, other]) if likeness >= 0.6 -%}
    {%- endfor -%}
    {{ return((alike | sort | last)[1] if alike else none) }}
{%- endmacro %}
