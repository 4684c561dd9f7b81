{# What a run changed in figures that had been published before. #}

{# The measures of fct_channel_performance_daily that audit_restatements compares. #}
{% macro restated_measures() -%}
    {{ return([
        {'name': 'conversions', 'type': 'bigint'},
        {'name': 'assisted_conversions', 'type': 'bigint'},
        {'name': 'last_conversions', 'type': 'bigint'},
        {'name': 'assisted_value', 'type': 'decimal(18, 4)'},
        {'name': 'last_value', 'type': 'decimal(18, 4)'},
    ]) }}
{%- endmacro %}


{#
    Notes what this run changed on conversion dates that had rows before. Post-hook of
    fct_channel_performance_daily, in the transaction that changes it.
    Arguments: conversions, name of the model whose changes tell whether conversions themselves
    changed, and not their touches.
    Example: post_hook: "{{ note_restatements('int_conversions') }}"
#}
{% macro note_restatements(conversions) -%}
{%- set steps = latest_steps([
    model.unique_id, model.unique_id.replace(model.name, conversions)
]) if execute else {} -%}
{%- set own = steps.get(model.unique_id) -%}
{%- set their = steps.get(model.unique_id.replace(model.name, conversions)) -%}
{%- if own and own.version == own.run_number and own.version == this_run() -%}
{%- set changes = changes_relation(this) -%}
insert into {{ run_log('restatements') }}
with

changes as (

    select * from {{ changes }}

),

published_dates as (

    select conversion_date
    from (
        select
            conversion_date,
            1 as rows_before
        from {{ this }}
        union all
        select
            conversion_date,
            -1 as rows_before
        from changes
        where is_added
        union all
        select
            conversion_date,
            1 as rows_before
        from changes
        where not is_added
    ) as counted
    group by conversion_date
    having sum(rows_before) > 0

),

dates_of_changed_conversions as (

    {% if their and their.version == own.run_number and their.kind == 'described' -%}
    select distinct conversion_date from {{ own_relation('changes', conversions) }}
    {%- else -%}
    select conversion_date from changes where false
    {%- endif %}

)

select
    {{ own.run_number }} as run_number,
    changes.conversion_date,
    changes.conversion_type,
    changes.channel,
    case
        when '{{ own.kind }}' = 'replaced' then 'rules'
        when changes.conversion_date in (
            select conversion_date from dates_of_changed_conversions
        ) then 'conversions'
        else 'touches'
    end as cause,
    {%- for measure in restated_measures() %}
    {%- for side, condition in {'as_reported': 'not is_added', 'as_restated': 'is_added'}.items() %}
    coalesce(max(case when {{ condition }} then changes.{{ measure.name }} end), 0)
        as {{ measure.name }}_{{ side }},
    {%- endfor %}
    {%- endfor %}
from changes
inner join published_dates
    on changes.conversion_date = published_dates.conversion_date
group by
    changes.conversion_date,
    changes.conversion_type,
    changes.channel
having
    {%- for measure in restated_measures() %}
    {{ 'or' if not loop.first }} {{ measure.name }}_as_reported != {{ measure.name }}_as_restated
    {%- endfor %}
{%- endif -%}
{%- endmacro %}
