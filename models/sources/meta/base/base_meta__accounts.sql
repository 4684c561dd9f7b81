-- Grain: one row per account.
{{ config(enabled=adapter_is_on('meta')) }}
with

account_history as (

    select * from {{ ref('assisted_conversions', 'base_meta__account_history') }}

),

final as (

    {{ latest_versions('account_history', 'id', '_fivetran_synced', ['currency']) | indent(4) }}

)

select * from final
