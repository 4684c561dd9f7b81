-- What: what a channel or campaign takes part in = what it closes + what it assists without
--     closing, in every row; over the rows, what is closed is the attributed conversions.
-- Why: the identity that lets assists stand beside last touches without counting twice.
-- Resolve: look at is_assist_only in assisted_conversions_by and at role_counts.
{%- set models = ['fct_channel_performance_daily', 'fct_campaign_performance_daily'] %}
{%- set columns = 'conversions, last_conversions, assist_only_conversions' %}
with

participation as (
    select
        'rpt_channel_assists' as model_name,
        conversion_group,
        {{ columns }}
    from {{ ref('assisted_conversions', 'rpt_channel_assists') }}
    where channel not in ('(total)', '(unattributed)')
    {%- for model in models %}
    union all
    select
        '{{ model }}' as model_name,
        conversion_type as conversion_group,
        {{ columns }}
    from {{ ref('assisted_conversions', model) }}
    where channel != '(unattributed)'
    {%- endfor %}
),

compared as (
    select
        model_name,
        conversion_group,
        sum(last_conversions) as last_conversions,
        count(case
            when conversions != last_conversions + assist_only_conversions then 1
        end) as broken_rows
    from participation
    group by
        model_name,
        conversion_group
),

attributed as (
    select
        conversion_groups.conversion_group,
        count(*) as conversions
    from {{ ref('assisted_conversions', 'fct_conversions') }} as conversions
    inner join {{ ref('assisted_conversions', 'int_conversion_groups') }} as conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    where conversions.is_attributed
    group by conversion_groups.conversion_group
),

due as (
    select
        'rpt_channel_assists' as model_name,
        conversion_group,
        conversions
    from attributed
    {%- for model in models %}
    union all
    select
        '{{ model }}' as model_name,
        conversion_group,
        conversions
    from attributed
    where conversion_group not in ('(all macro)', '(all micro)')
    {%- endfor %}
),

matched as (
    select
        due.model_name,
        due.conversion_group,
        due.conversions,
        compared.last_conversions,
        compared.broken_rows
    from due
    full join compared
        on due.model_name = compared.model_name
        and due.conversion_group = compared.conversion_group
)

select *
from matched
where
    coalesce(conversions, 0) != coalesce(last_conversions, 0)
    or broken_rows > 0
