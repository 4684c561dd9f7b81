{# The latest version of each row: of a history table, or where a loader has written a row twice. Rows
   without a key all stay. Arguments: rows, a name or a relation; key, a column; changed_at, when the
   version was written; beside it the other columns decide.
   Example: latest_versions('campaign_history', 'id', 'updated_at', ['name']) #}
{% macro latest_versions(rows, key, changed_at, others) -%}
    select *
    from (
        select
            *,
            row_number() over (
                partition by {{ key }}
                order by {{ changed_at }} desc nulls last, {{ others | join(' nulls last, ') }} nulls last
            ) as version_rank
        from {{ rows }}
    ) as versions
    where version_rank = 1 or {{ key }} is null
{%- endmacro %}
