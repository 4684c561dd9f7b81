{#
    The query of a list of changed keys as numbers, for models that keep numbers in place of long
    texts.
    Arguments: hash, the column of the numbers; changed, the name of a model of changed keys; key,
    its column.
    Example: changed_hashes('person_hash', 'int_changed_persons', 'person_id')
#}
{% macro changed_hashes(hash, changed, key) -%}
    select {{ row_hash([key]) }} as {{ hash }} from {{ changed_keys_of(changed) }}
{%- endmacro %}
