-- Grain: one row per level and state: a channel (level `channel`), or a channel and campaign (level
-- `campaign`).
-- The campaigns with the most touches (setting `markov_max_states`) keep their names; the others of
-- a channel share one.
{{ config(enabled=setting('data_driven')) }}
with

path_touches as (

    select * from {{ ref('assisted_conversions', 'int_path_candidates') }}

),

journey_touches as (

    select * from {{ ref('assisted_conversions', 'int_person_journey_touches') }}

),

data_end as (

    select * from {{ ref('assisted_conversions', 'int_data_end') }}

),

touches as (

    select
        channel,
        campaign
    from path_touches
    union all
    select
        journey_touches.channel,
        journey_touches.campaign
    from journey_touches
    cross join data_end
    where {{ is_over('journey_touches', 'data_end') }}

),

campaign_touches as (

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
    from campaign_touches

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
        ) as bigint) as name_id,
        cast(dense_rank() over (order by channel) as bigint) as channel_id
    from named

)

select * from final
