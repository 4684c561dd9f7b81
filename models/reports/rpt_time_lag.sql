-- Grain: one row per conversion group and bucket of days from the first touch to the conversion.
-- Every bucket has a row, also the empty ones; (unattributed) comes last.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

buckets as (

    {% for bucket in days_buckets() + ['(unattributed)'] -%}
    select
        '{{ bucket }}' as bucket,
        {{ loop.index }} as bucket_order
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

bucket_counts as (

    select
        conversion_groups.conversion_group,
        coalesce(conversions.days_to_conversion_bucket, '(unattributed)') as bucket,
        count(*) as conversions,
        {{ sum_of_amounts('conversions.conversion_value') }} as conversion_value
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        coalesce(conversions.days_to_conversion_bucket, '(unattributed)')

),

group_totals as (

    select
        conversion_group,
        sum(conversions) as conversions
    from bucket_counts
    group by conversion_group

),

final as (

    select
        group_totals.conversion_group,
        buckets.bucket,
        buckets.bucket_order,

        coalesce(bucket_counts.conversions, 0) as conversions,
        coalesce(bucket_counts.conversion_value, 0) as conversion_value,
        {{ ratio(
            'coalesce(bucket_counts.conversions, 0)', 'group_totals.conversions'
        ) }} as share_of_conversions
    from group_totals
    cross join buckets
    left join bucket_counts
        on group_totals.conversion_group = bucket_counts.conversion_group
        and buckets.bucket = bucket_counts.bucket
    where
        buckets.bucket != '(unattributed)'
        or bucket_counts.conversions > 0

)

select * from final
