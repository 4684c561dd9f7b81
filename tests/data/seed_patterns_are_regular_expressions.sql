-- What: every pattern of channel_overrides and bot_patterns compiles, and none matches an empty
--     text.
-- Why: a broken pattern would stop a run half-way; a pattern like `google|` or `.*` would take in
--     everything, where a null pattern is the way to say so.
-- Resolve: correct the pattern that this returns, or that the engine's error names.
with

patterns as (

    select
        'bot_patterns' as seed,
        pattern
    from {{ ref('assisted_conversions', 'bot_patterns') }}
    {%- for field in ['source', 'medium', 'campaign'] %}
    union all
    select
        'channel_overrides' as seed,
        {{ field }}_pattern as pattern
    from {{ ref('assisted_conversions', 'channel_overrides') }}
    {%- endfor %}

)

select *
from patterns
where {{ regexp_full_match("''", 'pattern') }}
