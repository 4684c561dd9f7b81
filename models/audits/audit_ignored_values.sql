-- Grain: one row per optional raw value that could not be read and counts as null.
with

ignored as (

    {% for table in raw_table_names() -%}
    select
        '{{ table }}' as table_name,
        row_key,
        {{ unnested('ignored_values') }} as ignored_value
    from {{ base_relation(table) }} {{ unnest_join('ignored_values') }}
    where
        ignored_values is not null
        and reject_reason is null
        and not {{ is_erased_row(table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        ignored.table_name,
        {{ masked_emails('ignored.row_key') }} as row_key,
        {{ struct_field('ignored.ignored_value', 'column_name') }} as column_name,
        {{ masked_emails(struct_field('ignored.ignored_value', 'value')) }} as value
    from ignored
    where ignored.ignored_value is not null

)

select * from final
