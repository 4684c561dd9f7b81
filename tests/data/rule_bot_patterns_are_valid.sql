-- What: each bot pattern is there once and is a regular expression that does not match an empty
--     text.
-- Why: a broken pattern would stop a run half-way, and one such as `bot|` makes every session a
--     bot.
-- Resolve: correct the pattern that this returns, or that the engine's error names, in the seed
--     bot_patterns, or in the table that replaces it.
with

bot_patterns as (

    select
        *,
        count(*) over (partition by pattern) as times
    from {{ rule('bot_patterns') }}

),

with_problem as (

    select
        pattern,
        case
            when pattern is null then 'pattern is missing'
            when times > 1 then 'pattern is there more than once'
            when {{ regexp_contains("''", 'pattern') }} then 'pattern matches an empty text'
        end as problem
    from bot_patterns

)

select * from with_problem
where problem is not null
