-- Grain: one row per conversion group, lookback window and channel.
-- Assists and last touches if each conversion had this window in place of its type's own, over the
-- same conversions. All windows come from one join, at the longest.
{%- set windows = setting('sensitivity_lookback_days') | sort %}
{%- set each_is_a_path = path_rule_steps('touches', 'path').steps or setting('count_views') %}
with

touches as (

    select * from {{ ref('int_sensitivity_touches') }}

),

own_window_roles as (

    select * from {{ ref('fct_assisted_conversions') }}

),

conversion_groups as (

    select * from {{ ref('int_conversion_groups') }}

),

lookbacks as (

    {% for days in windows -%}
    select {{ days }} as lookback_days
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

roles as (

    {% set window_roles = window_roles_of_each_path if each_is_a_path
        else window_roles_of_all_touches -%}
    {{ window_roles('touches', 'lookbacks') | indent(4) }}

),

summed as (

    select
        conversion_groups.conversion_group,
        roles.lookback_days,
        roles.channel,
        count(case when roles.is_assist then 1 end) as assisted_conversions,
        count(case when roles.is_last then 1 end) as last_conversions
    from roles
    inner join conversion_groups
        on roles.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        roles.lookback_days,
        roles.channel

),

own_window as (

    select
        conversion_groups.conversion_group,
        own_window_roles.channel,
        row_number() over (
            partition by conversion_groups.conversion_group
            order by
                count(case when own_window_roles.is_assist then 1 end) desc,
                own_window_roles.channel
        ) as assist_rank
    from own_window_roles
    inner join conversion_groups
        on own_window_roles.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        own_window_roles.channel

),

ranked as (

    select
        *,
        row_number() over (
            partition by conversion_group, lookback_days
            order by assisted_conversions desc, channel
        ) as assist_rank
    from summed

),

final as (

    select
        ranked.conversion_group,
        ranked.lookback_days,
        ranked.channel,

        ranked.assisted_conversions,
        ranked.last_conversions,
        {{ ratio('ranked.assisted_conversions', 'ranked.last_conversions') }}
            as assist_to_last_ratio,
        ranked.assist_rank,
        -- Above 0 the channel stands higher than in the type's own window.
        own_window.assist_rank - ranked.assist_rank as rank_change
    from ranked
    left join own_window
        on ranked.conversion_group = own_window.conversion_group
        and ranked.channel = own_window.channel

)

select * from final
