-- What: each row of platforms names a platform and a channel of the seed channels, or none.
-- Why: a row that matches nothing makes a platform look as if it claimed without having done
--     anything.
-- Resolve: correct the row in the seed platforms, or in the table that replaces it.
with

platforms as (

    select * from {{ rule('platforms') }}

),

channels as (

    select * from {{ rule('channels') }}

),

with_problem as (

    select
        platforms.platform,
        platforms.source_pattern,
        platforms.channel,
        case
            when platforms.platform is null then 'platform is missing'
            when platforms.source_pattern is null and platforms.channel is null
                then 'source_pattern and channel are both missing'
            when platforms.channel is not null and channels.channel is null
                then 'channel is not in channels'
        end as problem
    from platforms
    left join channels
        on platforms.channel = channels.channel

)

select * from with_problem
where problem is not null
