-- Grain: one row per account.
{{ config(enabled=adapter_is_on('google_ads')) }}
with

account_history as (

    select * from {{ ref('assisted_conversions', 'base_google_ads__account_history') }}

),

final as (

    {{ latest_versions(
        'account_history', 'id', 'updated_at',
        ['currency_code', 'tracking_url_template', 'final_url_suffix']
    ) | indent(4) }}

)

select * from final
