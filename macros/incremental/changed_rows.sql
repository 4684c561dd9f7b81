{#
    How a model says which part of it a change can touch. Each macro renders to plain SQL that
    stands for the whole table, with a comment by which the materialization `table` restricts it
    to the changed part where the rest is up to date. So a model is written, read, compiled and
    tested as a whole, and what is rebuilt in part is rebuilt by the same SQL.
#}

{#
    Head of a model that is rebuilt in part: rows of changed keys are deleted and made anew.
    Arguments: key, the column; changed, the name of a model of changed keys with a column of that
    name, or a query of one.
    Example: rebuilt_by('person_id', 'int_changed_persons')
#}
{% macro rebuilt_by(key, changed) -%}
    {%- if ' ' not in changed -%}
        {%- set changed = 'select ' ~ key ~ ' from ' ~ changed_keys_of(changed) -%}
    {%- endif -%}
    /* rebuilt by {{ key }}: {{ changed }} */
{%- endmacro %}


{#
    The keys of the rows by which tables differ from their last versions: a query for `rebuilt_by`.
    Arguments: key, a column of all of them, or one by the name of the key; models, names of models
    with meta keeps_changes.
    Example: rebuilt_by('person_id', keys_of_changes('person_id', ['int_person_conversions']))
#}
{% macro keys_of_changes(key, models) -%}
    {%- for name in models -%}
        select {{ key }} from [changes of {{ changes_relation(ref(name)) }}]
        {{- ' union ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}


{#
    A condition that holds for all rows; in a partial rebuild, for those of changed keys.
    Arguments: columns, one or a list of which any may be a changed key; changed, the name of the
    model of changed keys; key, its column.
    Example: is_changed('person_id', 'int_changed_persons', 'person_id')
#}
{% macro is_changed(columns, changed, key) -%}
    {%- set relation = changed_keys_of(changed) -%}
    {%- set conditions = [] -%}
    {%- for column in ([columns] if columns is string else columns) -%}
        {%- do conditions.append(column ~ ' in (select ' ~ key ~ ' from ' ~ relation ~ ')') -%}
    {%- endfor -%}
    {{ only_where(conditions | join(' or ')) }}
{%- endmacro %}


{#
    A condition that holds for all rows; in a partial rebuild, for those where another one does.
    Example: only_where('conversion_date in (select conversion_date from ...)')
#}
{% macro only_where(condition) -%}
    (true /*only {{ condition }}*/)
{%- endmacro %}


{#
    The relation of a model of changed keys. A unit test builds a model as a whole and need not
    give it.
    Example: changed_keys_of('int_changed_persons')
#}
{% macro changed_keys_of(name) -%}
    {{ return(
        name if execute and model.resource_type == 'unit_test' else ref(name)
    ) }}
{%- endmacro %}


{#
    A condition that holds for all rows; in a partial rebuild, for those of the model's own changed
    keys (`rebuilt_by`).
    Example: is_of_changed_key('loaded_on')
#}
{% macro is_of_changed_key(expression) -%}
    {{ only_where(expression ~ ' in (select changed_key from changed_keys)') }}
{%- endmacro %}


{#
    A condition that holds for all rows; in a partial rebuild, for those of the first of the model's
    own changed keys or a later one. Beside `is_of_changed_key`, for what is read through a view:
    the engine carries a comparison with a value into the view, and a list of keys it does not.
    Example: is_since_first_changed_key('loaded_on')
#}
{% macro is_since_first_changed_key(expression) -%}
    (true /*only {{ expression }} >= '[first changed key]'*/)
{%- endmacro %}


{#
    A view, of which a partial rebuild reads the changed part alone: a view of the same SQL with
    its own `is_changed` conditions at work.
    Arguments: view, its name.
    Example: only_changed('int_path_touches')
#}
{% macro only_changed(view) -%}
    {{ ref(view) }}
    {%- if not (execute and model.resource_type == 'unit_test') %} /*changed part: {{ changes_relation(ref(view)) }}*/{% endif -%}
{%- endmacro %}


{#
    The rows by which the last version of a table differs from the one before: its columns and
    is_added. None in a full build, when what reads this has to be built in full as well.
    Arguments: relation, a model with meta keeps_changes.
    Example: changes_of(ref('int_conversions'))
#}
{% macro changes_of(relation) -%}
    (select *, true as is_added from {{ relation }} where false)
    /*or [changes of {{ changes_relation(relation) }}]*/
{%- endmacro %}
