-- What: no raw row, key or ignored value in an audit has an e-mail address in clear text, and
--     every e-mail key is a hash.
-- Why: addresses in clear text must not leave the raw tables.
-- Resolve: declare the raw column as kind `email`, or extend the pattern of macro masked_emails.
with

texts as (
    select
        'audit_rejected_rows' as model_name,
        raw_row || ' ' || coalesce(row_key, '') as shown_value
    from {{ ref('assisted_conversions', 'audit_rejected_rows') }}
    union all
    select
        'audit_ignored_values' as model_name,
        value || ' ' || coalesce(row_key, '') as shown_value
    from {{ ref('assisted_conversions', 'audit_ignored_values') }}
),

email_keys as (
    select
        'audit_shared_keys' as model_name,
        identity_key as shown_value
    from {{ ref('assisted_conversions', 'audit_shared_keys') }}
    where key_type = 'email'
)

select *
from texts
where {{ regexp_contains('shown_value', "'[A-Za-z0-9._+-]+@[A-Za-z0-9-]+[.][A-Za-z]{2,}'") }}
union all
select *
from email_keys
where not {{ regexp_full_match('shown_value', "'email:[0-9a-f]{64}'") }}
