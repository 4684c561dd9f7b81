-- What: each source is once in the source list and its supplement together, whatever its case,
--     with a known category; and the list has at least the 819 rows that GA4 published.
-- Why: lookups ignore case, so a second row would double every touch of the source. Sources that
--     are lost from the list would become referrals without notice.
-- Resolve: correct the row in the seed source_categories_supplement, or restore
--     source_categories; what you miss in it belongs in the supplement. Or correct the table that
--     replaces one of them.
with

source_lists as (

    {% for list in ['source_categories', 'source_categories_supplement'] -%}
    select
        '{{ list }}' as list_name,
        source,
        category
    from {{ rule(list) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

with_times as (

    select
        *,
        count(*) over (partition by lower(source)) as times
    from source_lists

),

with_problem as (

    select
        list_name,
        source,
        case
            when source is null then 'source is missing'
            when times > 1 then 'source is there more than once'
            when source != trim(source) or source = ''
                then 'source is blank, or has spaces around it'
            when
                coalesce(category, '') not in (
                    'search', 'social', 'shopping', 'video', 'ai', 'email', 'ads', 'site'
                )
                then 'category is none of search, social, shopping, video, ai, email, ads and site'
        end as problem
    from with_times

)

select * from with_problem
where problem is not null
{% if 'source_categories' not in setting('rule_seeds') -%}
union all
select
    'source_categories' as list_name,
    null as source,
    'fewer than the 819 sources that GA4 published' as problem
from source_lists
where list_name = 'source_categories'
having count(*) < 819
{%- endif %}
{# With --empty no table has rows. #}
{{ 'limit 0' if flags.EMPTY }}
