-- Grain: one row per row of the raw table erasure_requests.
-- The identity of a usable request is not kept: the number finds it in other raw tables, and the key
-- takes its place there.
with

requests as (

    {{ read_raw_rows(
        raw_relation('erasure_requests'),
        'erasure_requests',
        rule('junk_ids'),
        'reject_reason is not null'
    ) | indent(4) }}

),

final as (

    select
        {{ row_hash(['identity_key']) }} as identity_number,
        {{ erased_key('identity_key') }} as identity_key,
        case when reject_reason is not null then row_key end as row_key,
        raw_record,
        ignored_values,
        reject_reason,

        requested_at
    from requests

)

select * from final
