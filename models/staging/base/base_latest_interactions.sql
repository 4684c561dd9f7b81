-- Grain: one row per interaction, erased or not.
-- Of several rows of one interaction the last loaded counts. A campaign alone does not say where an
-- interaction came from, but its type does.
{{ config(materialized='table') }}
with

interactions as (

    select
        *,
        coalesce(utm_source, utm_medium) is not null as has_utm,
        {{ is_erased(['visitor_key', 'user_key', 'email_key']) | indent(8) }} as is_erased
    from {{ ref('assisted_conversions', 'base_interactions') }}
    where reject_reason is null

),

ranked as (

    select
        *,
        row_number() over (
            partition by interaction_id
            order by
                coalesce(loaded_at, touched_at) desc,
                touched_at desc,
                {%- for column in [
                    'visitor_key', 'user_key', 'email_key', 'interaction_type'
                ] + utm_fields() + ['consent_state', 'is_bot'] %}
                {{ column }} nulls last{{ ',' if not loop.last }}
                {%- endfor %}
        ) as duplicate_rank,
        {{ other_rows(['interaction_id']) | indent(8) }} as removed_duplicates
    from interactions

),

final as (

    select
        interaction_id,
        visitor_key,
        user_key,
        email_key,
        {{ traffic_key(
            'utm_source', 'utm_medium', 'utm_campaign', "case when has_utm then 'utm' end",
            interaction_type='case when not has_utm then interaction_type end'
        ) }} as traffic_key,

        interaction_type,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        consent_state,

        removed_duplicates,

        has_utm,
        coalesce(is_bot, false) as is_bot,

        touched_at,
        coalesce(loaded_at, touched_at) as loaded_at
    from ranked
    where duplicate_rank = 1

)

select * from final
