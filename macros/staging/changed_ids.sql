{#
    The query of the ids of which a raw row has changed since the last run, each with the days on
    which its raw rows were and are loaded. Columns: the id and loaded_on.
    Arguments: base, relation of the base model; id, column.
    Example: changed_ids(ref('base_sessions'), 'session_id')
#}
{% macro changed_ids(base, id) -%}
with

changed_rows as (

    select * from {{ changes_of(base) }}

),

base_rows as (

    select * from {{ base }}

),

final as (

    select
        {{ id }},
        loaded_on
    from base_rows
    where {{ id }} in (select {{ id }} from changed_rows)
    union
    select
        {{ id }},
        loaded_on
    from changed_rows
    where {{ id }} is not null

)

select * from final
{%- endmacro %}
