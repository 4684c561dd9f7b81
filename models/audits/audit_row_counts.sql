-- Grain: one row per raw table.
-- Rows read = rows staged + rejected + removed as duplicates of a key + erased; a test checks this.
{%- set one_row_per_key = [
    'ad_clicks', 'conversions', 'erasure_requests', 'exchange_rates', 'interactions', 'lift_tests',
    'sessions'
] %}
with

rejected_rows as (

    select * from {{ ref('assisted_conversions', 'audit_rejected_rows') }}

),

rows_read as (

    {% for table in raw_table_names() -%}
    select
        '{{ table }}' as table_name,
        count(*) as rows_read,
        count(case when {{ is_erased_row(table) }} then 1 end) as rows_erased
    from {{ base_relation(table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

rows_staged as (

    {% for table in raw_table_names() -%}
    select
        '{{ table }}' as table_name,
        count(*) as rows_staged,
        {{ 'coalesce(sum(removed_duplicates), 0)' if table in one_row_per_key else 0 }}
            as rows_removed_as_duplicates
    from {{ ref('assisted_conversions', 'stg_' ~ table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

rejections as (

    select
        table_name,
        count(*) as rows_rejected
    from rejected_rows
    group by table_name

),

final as (

    select
        rows_read.table_name,

        rows_read.rows_read,
        rows_staged.rows_staged,
        coalesce(rejections.rows_rejected, 0) as rows_rejected,
        cast(rows_staged.rows_removed_as_duplicates as bigint) as rows_removed_as_duplicates,
        rows_read.rows_erased
    from rows_read
    inner join rows_staged
        on rows_read.table_name = rows_staged.table_name
    left join rejections
        on rows_read.table_name = rejections.table_name

)

select * from final
