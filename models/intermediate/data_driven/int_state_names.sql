-- Grain: one row per level and what it tells apart: a channel (level `channel`), a channel and
-- campaign (level `campaign`). Campaigns beyond the largest share one name in their channel.
{{ config(meta={'keeps_changes': true, 'lookup_key': ['level', 'channel', 'campaign']}) }}
with

path_touches as (

    select * from {{ ref('assisted_conversions', 'int_path_candidates') }}

),

journey_touches as (

    select * from {{ ref('assisted_conversions', 'int_journey_touches') }}

),

touches as (

    select
        channel,
        campaign
    from path_touches
    union all
    select
        channel,
        campaign
    from journey_touches

),

counted as (

    select
        channel,
        campaign,
        count(*) as touches
    from touches
    group by
        channel,
        campaign

),

ranked as (

    select
        *,
        row_number() over (
            order by case when campaign is null then 1 else 0 end, touches desc, channel, campaign
        ) as campaign_rank
    from counted

),

named as (

    select distinct
        'channel' as level,
        channel,
        cast(null as {{ dbt.type_string() }}) as campaign,
        cast(null as {{ dbt.type_string() }}) as campaign_name
    from ranked
    union all
    select
        'campaign' as level,
        channel,
        campaign,
        case
            when campaign is null then '(no campaign)'
            when campaign_rank <= {{ setting('markov_max_states') }} then campaign
            else '(other campaigns)'
        end as campaign_name
    from ranked

),

final as (

    select
        level,
        channel,
        campaign,
        campaign_name,
        channel || coalesce(' / ' || campaign_name, '') as name,
        cast(dense_rank() over (
            partition by level order by channel, campaign_name
        ) as bigint) as name_id
    from named

)

select * from final
