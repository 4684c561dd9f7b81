{# A condition on a group of rows: it has at least as many persons as the setting
   `min_group_size` asks for. Reports show smaller groups together under one name. Without a
   minimum the condition is simply true, so that nothing has to be counted.
   Example: having not {{ enough_persons('conversions.person_id') }} #}
{% macro enough_persons(person_id) -%}
    {%- if setting('min_group_size') > 1 -%}
    (count(distinct {{ person_id }}) >= {{ setting('min_group_size') }})
    {%- else -%} (true) {%- endif -%}
{%- endmacro %}

{# The values of lists that reports show together under one name, as a query: those of fewer persons
   than the setting `min_group_size`, smallest first, and more after them until the pool holds two
   values and as many persons as the setting asks for, or the whole list. A pool of one value, or of
   few persons, could be read off as what the other rows leave of the total.
   Arguments: members, name of a relation with a row per person and value, or more; lists, columns
   that name a list; value, columns that name a value of it, null being one.
   Example: {{ pooled_values('members', ['conversion_group'], ['path_collapsed']) }} #}
{% macro pooled_values(members, lists, value) -%}
{%- set columns = (lists + value) | join(', ') -%}
{%- set in_list = 'partition by ' ~ lists | join(', ') -%}
{%- set least = setting('min_group_size') -%}
with

ranked as (
    select
        {{ columns }},
        row_number() over (
            {{ in_list }}
            order by count(distinct person_id), {{ value | join(' nulls last, ') }} nulls last
        ) as size_rank,
        sum(case when count(distinct person_id) < {{ least }} then 1 else 0 end)
            over ({{ in_list }}) as small_values
    from {{ members }}
    {{ 'where false' if least <= 1 }}
    group by {{ columns }}
),

-- A person counts once in a pool: with the smallest of their values.
first_values as (
    select
        members.{{ lists | join(', members.') }},
        members.person_id,
        min(ranked.size_rank) as size_rank
    from {{ members }} as members
    inner join ranked
        on {{ same_values('members', 'ranked', lists + value) | indent(8) }}
    group by members.{{ lists | join(', members.') }}, members.person_id
),

new_persons as (
    select {{ lists | join(', ') }}, size_rank, count(*) as persons
    from first_values
    group by {{ lists | join(', ') }}, size_rank
),

growing_pools as (
    select
        ranked.*,
        sum(coalesce(new_persons.persons, 0)) over (
            partition by ranked.{{ lists | join(', ranked.') }}
            order by ranked.size_rank
            rows between unbounded preceding and current row
        ) as pool_persons
    from ranked
    left join new_persons
        on {{ same_values('ranked', 'new_persons', lists + ['size_rank']) | indent(8) }}
),

pools as (
    select
        *,
        min(case
            when size_rank >= greatest(small_values, 2) and pool_persons >= {{ least }}
                then size_rank
        end) over ({{ in_list }}) as pool_values
    from growing_pools
)

select {{ columns }}
from pools
where small_values > 0 and size_rank <= coalesce(pool_values, size_rank)
{%- endmacro %}

{# The roles of several values of a dimension taken together, as columns of one row per
   conversion: a pool takes part in a conversion once, however many of its values do. Arguments:
   roles, name of a relation in the columns of a roles fact, grouped by conversion.
   Example: select channel, conversion_key, pooled_roles('roles') group by channel, conversion_key #}
{% macro pooled_roles(roles) -%}
{%- set is_assist = dbt.bool_or(roles ~ '.is_assist') | trim -%}
{%- set is_last = dbt.bool_or(roles ~ '.is_last') | trim -%}
{%- set value = 'max(' ~ roles ~ '.conversion_value)' -%}
{{ is_assist }} as is_assist,
{{ is_assist }} and not {{ is_last }} as is_assist_only,
{{ is_last }} as is_last,
{{ dbt.bool_or(roles ~ '.is_first') | trim }} as is_first,
{{ dbt.bool_or(roles ~ '.is_sole') | trim }} as is_sole,
{{ value }} as conversion_value,
case when {{ is_assist }} then {{ value }} else 0 end as assisted_value,
case when {{ is_last }} then {{ value }} else 0 end as last_value
{%- endmacro %}
