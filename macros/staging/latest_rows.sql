{#
    The usable rows of a base model, of several rows with one key the latest alone. Only rows of
    repeated keys are sorted: sorting every row to find a handful of repeats is what makes
    deduplication dear.
    Arguments: relation, the base model; keys, its key columns; order_by, expressions that order
    the rows of one key, the row to keep first; they must name every column that is used, so that
    the choice never hangs on the order of the raw rows; scope, a condition on the base model's
    rows, `is_changed` where the model is rebuilt in part.
    Returns a query of the base model's columns, `duplicate_rank`, 1 on the row to keep, and
    `removed_duplicates`, the number of usable rows of the same key that are left out.
    Example: latest_rows(ref('base_lift_tests'), ['test_id'], ['channel', 'started_on'])
#}
{% macro latest_rows(relation, keys, order_by, scope='true') -%}
    {%- set key_list = keys | join(', ') -%}
    with

    repeated_keys as (

        select {{ key_list }}
        from {{ relation }}
        where
            {{ scope }}
            and reject_reason is null
            and not is_erased
        group by {{ key_list }}
        having count(*) > 1

    )

    select
        base_rows.*,
        1 as duplicate_rank,
        0 as removed_duplicates
    from (select * from {{ relation }} where {{ scope }}) as base_rows
    left join repeated_keys
        on {{ equal_columns('base_rows', 'repeated_keys', keys) }}
    where
        base_rows.reject_reason is null
        and not base_rows.is_erased
        and repeated_keys.{{ keys[0] }} is null
    union all
    select
        base_rows.*,
        row_number() over (
            partition by {{ prefixed('base_rows', keys) }}
            order by {{ order_by | join(', ') }}
        ) as duplicate_rank,
        count(*) over (partition by {{ prefixed('base_rows', keys) }}) - 1 as removed_duplicates
    from (select * from {{ relation }} where {{ scope }}) as base_rows
    inner join repeated_keys
        on {{ equal_columns('base_rows', 'repeated_keys', keys) }}
    where
        base_rows.reject_reason is null
        and not base_rows.is_erased
{%- endmacro %}


{# Equality of columns of two aliases. Example: equal_columns('a', 'b', ['x']) -> a.x = b.x #}
{% macro equal_columns(left, right, columns) -%}
    {%- for column in columns -%}
        {{ left }}.{{ column }} = {{ right }}.{{ column }}{{ ' and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}


{# Columns of one alias. Example: prefixed('a', ['x', 'y']) -> a.x, a.y #}
{% macro prefixed(alias, columns) -%}
    {%- for column in columns -%}
        {{ alias }}.{{ column }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
