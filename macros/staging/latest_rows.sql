{#
    The usable rows of a base model, of several rows with one key the latest alone. Only the
    repeated keys are sorted: sorting every row to find a handful of repeats is what makes
    deduplication dear.
    Arguments: relation, the base model; keys, its key columns; order_by, the order of the rows of
    one key, the row to keep first.
    Returns a query of the base model's columns and `removed_duplicates`, the number of usable
    rows of the same key that were left out; filter it by `duplicate_rank = 1`.
    Example: latest_rows(ref('base_sessions'), ['session_id'], 'loaded_at desc, raw_record')
#}
{% macro latest_rows(relation, keys, order_by) -%}
    {%- set key_list = keys | join(', ') -%}
    select
        base_rows.*,
        1 as duplicate_rank,
        0 as removed_duplicates
    from {{ relation }} as base_rows
    where
        base_rows.reject_reason is null
        and not base_rows.is_erased
        and not exists (
            select 1
            from ({{ repeated_keys(relation, keys) }}) as repeated
            where {% for key in keys -%}
                base_rows.{{ key }} = repeated.{{ key }}{{ ' and ' if not loop.last }}
            {%- endfor %}
        )
    union all
    select
        base_rows.*,
        row_number() over (partition by {{ key_list }} order by {{ order_by }}) as duplicate_rank,
        count(*) over (partition by {{ key_list }}) - 1 as removed_duplicates
    from {{ relation }} as base_rows
    where
        base_rows.reject_reason is null
        and not base_rows.is_erased
        and exists (
            select 1
            from ({{ repeated_keys(relation, keys) }}) as repeated
            where {% for key in keys -%}
                base_rows.{{ key }} = repeated.{{ key }}{{ ' and ' if not loop.last }}
            {%- endfor %}
        )
{%- endmacro %}


{#
    The keys that stand in more than one row, usable or not.
    Arguments: as of `latest_rows`.
    Example: repeated_keys(ref('base_sessions'), ['session_id'])
#}
{% macro repeated_keys(relation, keys) -%}
    select {{ keys | join(', ') }}
    from {{ relation }}
    group by {{ keys | join(', ') }}
    having count(*) > 1
{%- endmacro %}
