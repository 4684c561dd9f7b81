-- Grain: one row per conversion group and touch of a non-converting journey, after path rules.
{{ config(materialized='view') }}
with

journeys as (

    select * from {{ ref('int_cut_journeys') }}
    where {{ is_changed('person_id', 'int_changed_journey_persons', 'person_id') }}

),

data_end as (

    select * from {{ ref('int_data_end') }}

),

-- Who was here less than a lookback ago may still convert.
final as (

    select journeys.*
    from journeys
    {%- if not setting('count_open_journeys') %}
    cross join data_end
    where {{ is_closed('journeys.last_touched_at', 'data_end.ends_at', 'journeys.lookback_days') }}
    {%- endif %}

)

select * from final
