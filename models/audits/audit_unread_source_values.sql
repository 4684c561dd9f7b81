-- Grain: one row per column of a tool's table and value that could not be read and counts as null.
{{ config(enabled=setting('adapters') | length > 0) }}
with

unread as (

    {{ unread_source_values() | trim | indent(4) }}

),

masked as (

    select
        adapter,
        table_name,
        column_name,
        {{ masked_emails('value') }} as value
    from unread

),

final as (

    select
        adapter,
        table_name,
        column_name,
        value,
        count(*) as row_count
    from masked
    group by adapter, table_name, column_name, value

)

select * from final
