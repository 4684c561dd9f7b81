-- What: each override has an order of its own and a known channel, and its patterns are regular
--     expressions that do not match an empty text.
-- Why: a broken pattern would stop a run half-way. A pattern such as `google|` or `.*` matches
--     everything; a null pattern is the way to say so.
-- Resolve: correct the row, or the pattern that the engine's error names, in the seed
--     channel_overrides, or in the table that replaces it; or add the channel to channels.
with

channel_overrides as (

    select
        *,
        count(*) over (partition by rule_order) as times
    from {{ rule('channel_overrides') }}

),

channels as (

    select * from {{ rule('channels') }}

),

with_problem as (

    select
        overrides.rule_order,
        case
            when overrides.rule_order is null then 'rule_order is missing'
            when overrides.times > 1 then 'rule_order is there more than once'
            when channels.channel is null then 'channel is missing, or not in channels'
            {%- for field in ['source', 'medium', 'campaign'] %}
            when {{ regexp_full_match("''", 'overrides.' ~ field ~ '_pattern') }}
                then '{{ field }}_pattern matches an empty text'
            {%- endfor %}
        end as problem
    from channel_overrides as overrides
    left join channels
        on overrides.channel = channels.channel

)

select * from with_problem
where problem is not null
