-- Grain: one row per ad click: parameter and click id.
-- Of several rows of one click the last loaded counts.
with

ad_clicks as (

    select * from {{ ref('assisted_conversions', 'base_ad_clicks') }}
    where reject_reason is null

),

ranked as (

    select
        *,
        row_number() over (
            partition by parameter, click_id
            order by
                loaded_at desc nulls last,
                {%- for field in utm_fields() %}
                {{ field }} nulls last{{ ',' if not loop.last }}
                {%- endfor %}
        ) as duplicate_rank,
        count(*) over (partition by parameter, click_id) - 1 as removed_duplicates
    from ad_clicks

),

final as (

    select
        parameter,
        click_id,

        {%- for field in utm_fields() %}
        {{ field }},
        {%- endfor %}

        removed_duplicates,

        loaded_at
    from ranked
    where duplicate_rank = 1

)

select * from final
