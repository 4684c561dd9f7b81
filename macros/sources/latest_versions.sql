{# The latest version of each row: of a history table, or where a loader has written a row twice. Rows
   without a key, or the first of several, all stay. Arguments: rows, a name or a relation; key, a column
   or a list; changed_at, when the version was written; beside it the other columns decide.
   Example: latest_versions('campaign_history', 'id', 'updated_at', ['name']) #}
{% macro latest_versions(rows, key, changed_at, others) -%}
    {%- set keys = [key] if key is string else key -%}
    select *
    from (
        select
            *,
            row_number() over (
                partition by {{ keys | join(', ') }}
                order by {{ changed_at }} desc nulls last, {{ others | join(' nulls last, ') }} nulls last
            ) as version_rank
        from {{ rows }}
    ) as versions
    where version_rank = 1 or {{ keys[0] }} is null
{%- endmacro %}
