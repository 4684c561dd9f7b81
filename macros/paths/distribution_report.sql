{#
    The query of a distribution: conversions and value per conversion group and bucket, every
    bucket present, and (unattributed) last where there are conversions without a path.
    Arguments: conversions, conversion_groups: relations; bucket, the column of fct_conversions;
    buckets, the names of all buckets in order.
    Example: distribution_report(
        ref('assisted_conversions', 'fct_conversions'), ref('assisted_conversions', 'int_conversion_groups'), 'path_length_bucket',
        path_length_buckets()
    )
#}
{% macro distribution_report(conversions, conversion_groups, bucket, buckets) -%}
with

conversions as (

    select * from {{ conversions }}

),

conversion_groups as (

    select * from {{ conversion_groups }}

),

buckets as (

    {% for name in buckets -%}
    select
        '{{ name }}' as bucket,
        {{ loop.index }} as bucket_order
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

counted as (

    select
        conversion_groups.conversion_group,
        coalesce(conversions.{{ bucket }}, '(unattributed)') as bucket,
        count(*) as conversions,
        cast(sum(conversions.conversion_value) as decimal(18, 4)) as conversion_value
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        coalesce(conversions.{{ bucket }}, '(unattributed)')

),

all_buckets as (

    select
        groups.conversion_group,
        buckets.bucket,
        buckets.bucket_order
    from (select distinct conversion_group from counted) as groups
    cross join buckets
    union all
    select
        conversion_group,
        bucket,
        {{ buckets | length + 1 }} as bucket_order
    from counted
    where bucket = '(unattributed)'

),

final as (

    select
        all_buckets.conversion_group,
        all_buckets.bucket,
        all_buckets.bucket_order,

        coalesce(counted.conversions, 0) as conversions,
        coalesce(counted.conversion_value, 0) as conversion_value,
        coalesce({{ ratio(
            'counted.conversions',
            'sum(counted.conversions) over (partition by all_buckets.conversion_group)'
        ) }}, 0) as share_of_conversions
    from all_buckets
    left join counted
        on
            all_buckets.conversion_group = counted.conversion_group
            and all_buckets.bucket = counted.bucket

)

select * from final
{%- endmacro %}
