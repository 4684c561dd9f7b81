-- Grain: one row per raw table.
-- Rows read = rows staged + rejected + removed as duplicates of a key + erased; a test checks this.
{#- Where the rows of a table that were removed as duplicates are counted. #}
{%- set counted_in = {
    'ad_clicks': 'stg_ad_clicks',
    'conversions': 'base_latest_conversions',
    'erasure_requests': 'stg_erasure_requests',
    'exchange_rates': 'stg_exchange_rates',
    'interactions': 'base_latest_interactions',
    'lift_tests': 'stg_lift_tests',
    'sessions': 'base_latest_sessions',
} %}
with

rejected_rows as (

    select * from {{ ref('assisted_conversions', 'audit_rejected_rows') }}

),

rows_read as (

    {% for table in raw_table_names() -%}
    select
        '{{ table }}' as table_name,
        count(*) as rows_read
    from {{ base_relation(table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

rows_erased as (

    {% for table in raw_table_names() -%}
    select
        '{{ table }}' as table_name,
        count(*) as rows_erased
    from {{ base_relation(table) }}
    where {{ is_erased_row(table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

rows_staged as (

    {% for table in raw_table_names() -%}
    select
        '{{ table }}' as table_name,
        count(*) as rows_staged
    from {{ ref('assisted_conversions', 'stg_' ~ table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

duplicates as (

    {% for table, relation in counted_in.items() -%}
    select
        '{{ table }}' as table_name,
        coalesce(sum(removed_duplicates), 0) as rows_removed_as_duplicates
    from {{ ref('assisted_conversions', relation) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- Rows that left with the person they belonged to on a shared device.
erased_with_person as (

    select
        row_type || 's' as table_name,
        count(*) as rows_erased
    from {{ ref('assisted_conversions', 'int_erased_rows') }}
    group by row_type

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
        rows_staged.rows_staged - coalesce(erased_with_person.rows_erased, 0) as rows_staged,
        coalesce(rejections.rows_rejected, 0) as rows_rejected,
        cast(coalesce(duplicates.rows_removed_as_duplicates, 0) as bigint)
            as rows_removed_as_duplicates,
        rows_erased.rows_erased + coalesce(erased_with_person.rows_erased, 0) as rows_erased
    from rows_read
    inner join rows_erased
        on rows_read.table_name = rows_erased.table_name
    inner join rows_staged
        on rows_read.table_name = rows_staged.table_name
    left join rejections
        on rows_read.table_name = rejections.table_name
    left join duplicates
        on rows_read.table_name = duplicates.table_name
    left join erased_with_person
        on rows_read.table_name = erased_with_person.table_name

)

select * from final
