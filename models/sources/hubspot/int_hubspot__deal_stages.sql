-- Grain: one row per entry of a deal into a stage of the pipelines that count.
-- The stage that the deal is in now stands here without a time, too.
{{ config(enabled=adapter_is_on('hubspot')) }}
{%- set counted = adapter_setting('hubspot', 'pipelines') %}
with

deals as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__deal') }}

),

history as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__deal_stage') }}

),

stages as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__deal_pipeline_stage') }}

),

pipelines as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__deal_pipeline') }}

),

known_stages as (

    select
        stages.stage_id,
        stages.label,
        stages.probability = 1 and coalesce(stages.is_closed, stages.closed_won, true) as is_won,
        coalesce(
            stages.is_closed,
            coalesce(stages.closed_won, stages.probability = 1) or stages.probability = 0
        ) as is_closed,
        {%- if counted is none %}
        true as is_counted,
        {%- else %}
        coalesce(
            stages.pipeline_id in ({{ quoted_list(counted) }})
            or pipelines.label in ({{ quoted_list(counted) }}), false
        ) as is_counted,
        {%- endif %}
        row_number() over (
            partition by stages.stage_id
            order by
                case when stages._fivetran_deleted then 1 else 0 end,
                stages.pipeline_id,
                pipelines.label
        ) as stage_rank
    from stages
    left join pipelines
        on stages.pipeline_id = pipelines.pipeline_id

),

entries as (

    select
        deal_id,
        deal_pipeline_stage_id as stage_id,
        cast(null as {{ timestamp_type() }}) as entered_at,
        true as is_current
    from deals
    union all
    select
        deal_id,
        value as stage_id,
        date_entered as entered_at,
        false as is_current
    from history

),

final as (

    select
        entries.deal_id,
        entries.stage_id,
        known_stages.label,
        known_stages.is_won,
        known_stages.is_closed,
        entries.entered_at,
        entries.is_current
    from entries
    inner join known_stages
        on
            entries.stage_id = known_stages.stage_id
            and known_stages.stage_rank = 1
    where known_stages.is_counted

)

select * from final
