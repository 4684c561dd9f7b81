{# A query that joins conversions with the touches in the window before them. Views are included if
   the setting `count_views` is true; their own, shorter window is not applied here.

   A busy person with 100,000 touches and 1,000 conversions would make 100 million rows, so their
   conversions join only the nearest `max_touches_per_path` visits. Visits are ranked by time and
   numbered in blocks of that many: the nearest ones are in the last block or the one before.
   Arguments: touchpoints and conversions, relations or queries in parentheses (DuckDB would
   materialize a CTE that is read twice); opens_at, the column of conversions that holds the start
   of the window; columns, the columns of conversions to keep. Returns these columns, the columns of
   touchpoints, and for busy persons alone visit_rank and visits_left_out: how many visits in the
   window were dropped. #}
{% macro touches_in_window(touchpoints, conversions, opens_at, columns) -%}
{%- set most = setting('max_touches_per_path') -%}
{%- set may_count -%}
    (touchpoints.is_engaged or touchpoints.ended_at >= conversions.converted_at)
    {%- if not setting('count_views') %} and not touchpoints.is_view{% endif -%}
{%- endset -%}
{%- set block = 'cast(floor((rank - 1) / ' ~ most ~ ') as bigint)' -%}
{%- set is_visit = 'touchpoints.is_engaged and not touchpoints.is_view' -%}
with

busy_persons as (

    select person_id
    from {{ touchpoints }} as touchpoints
    group by person_id
    having count(*) > {{ most }}

),

busy_touchpoints as (

    select
        touchpoints.*,
        case when {{ is_visit }} then count(case when {{ is_visit }} then 1 end) over (
            partition by touchpoints.person_id
            order by touchpoints.touched_at, touchpoints.touchpoint_id
            rows between unbounded preceding and current row
        ) end as visit_rank
    from {{ touchpoints }} as touchpoints
    inner join busy_persons
        on touchpoints.person_id = busy_persons.person_id

),

-- How many visits of the person lie before each window, and up to each conversion.
moments as (

    select
        person_id,
        touched_at as happened_at,
        1 as kind,
        case when visit_rank is not null then 1 end as is_visit,
        null as conversion_key
    from busy_touchpoints
    {%- for kind, happened_at in {0: opens_at, 2: 'converted_at'}.items() %}
    union all
    select
        conversions.person_id,
        conversions.{{ happened_at }} as happened_at,
        {{ kind }} as kind,
        null as is_visit,
        conversions.conversion_key
    from {{ conversions }} as conversions
    inner join busy_persons
        on conversions.person_id = busy_persons.person_id
    {%- endfor %}

),

ranks as (

    select
        conversion_key,
        min(visits) as visits_before,
        max(visits) as last_rank
    from (
        select
            conversion_key,
            count(is_visit) over (
                partition by person_id
                order by happened_at, kind
                rows between unbounded preceding and current row
            ) as visits
        from moments
    ) as counted
    where conversion_key is not null
    group by conversion_key

),

blocks as (

    select
        *,
        {{ block.replace('rank', 'last_rank') }} - blocks_back.blocks_back as rank_block
    from ranks
    cross join (select 0 as blocks_back union all select 1 as blocks_back) as blocks_back

)

select
    {{ prefixed('conversions', columns) }},
    touchpoints.*,
    cast(null as bigint) as visit_rank,
    cast(null as bigint) as visits_left_out
from {{ touchpoints }} as touchpoints
inner join {{ conversions }} as conversions
    on
        touchpoints.person_id = conversions.person_id
        and touchpoints.touched_at <= conversions.converted_at
        and touchpoints.touched_at >= conversions.{{ opens_at }}
left join busy_persons
    on conversions.person_id = busy_persons.person_id
where
    busy_persons.person_id is null
    and {{ may_count }}
{%- for limits, condition in {
    'blocks': block.replace('rank', 'touchpoints.visit_rank') ~ ' = blocks.rank_block
        and touchpoints.visit_rank <= blocks.last_rank
        and touchpoints.visit_rank > greatest(blocks.visits_before, blocks.last_rank - ' ~ most ~ ')',
    'ranks': 'touchpoints.visit_rank is null and ' ~ may_count,
}.items() %}
union all
select
    {{ prefixed('conversions', columns) }},
    touchpoints.*,
    greatest({{ limits }}.last_rank - {{ limits }}.visits_before - {{ most }}, 0) as visits_left_out
from busy_touchpoints as touchpoints
inner join {{ conversions }} as conversions
    on
        touchpoints.person_id = conversions.person_id
        and touchpoints.touched_at <= conversions.converted_at
        and touchpoints.touched_at >= conversions.{{ opens_at }}
inner join {{ limits }}
    on
        conversions.conversion_key = {{ limits }}.conversion_key
        and {{ condition }}
{%- endfor %}
{%- endmacro %}
