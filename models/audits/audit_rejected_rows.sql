-- Grain: one row per raw row that could not be used.
-- The raw row is JSON with e-mail addresses hashed. Rows of erased identities are left out.
with

final as (

    {% for table in raw_table_names() -%}
    select
        '{{ table }}' as table_name,
        {{ masked_emails('row_key') }} as row_key,
        reject_reason as reason,
        {{ masked_emails('raw_record') }} as raw_row
    from {{ base_relation(table) }}
    where
        reject_reason is not null
        and not {{ is_erased_row(table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
