{# The query of sessions with the tags and the click id of their landing URL, where the columns say
   nothing. A macro, as two models read so: base_sessions_tagged all sessions, and
   base_sessions_parsed the files of a folder.
   Arguments: sessions, a relation with the columns of base_sessions.
   Example: tagged_sessions(ref('assisted_conversions', 'base_sessions')) #}
{% macro tagged_sessions(sessions) -%}
{%- set click_ids = rule_rows('click_ids', ['parameter', 'is_paid'], 'click_order') %}
{%- set medium_aliases = rule_rows('medium_aliases', ['alias', 'medium'], 'alias') %}
{%- set rows = rule_rows(
    'campaign_parameters', ['parameter', 'field', 'parameter_order'], 'parameter_order, parameter'
) %}
{%- set parameters = {} %}
{%- set others = [] %}
{%- set checks = [] %}
{%- set may_be_ignored = ['has_other_parameter'] %}
{%- for field in utm_fields() %}
    {%- do parameters.update({field: parameters_of_field(rows, field) or [field]}) %}
    {%- do others.extend(parameters[field][1:]) %}
    {%- for text in ['text_' ~ field, 'other_' ~ field] %}
        {%- do checks.append({'name': field, 'raw': text, 'condition': is_template(text)}) %}
    {%- endfor %}
    {%- do may_be_ignored.append('(known_' ~ field ~ ' is null and text_' ~ field ~ ' is not null)') %}
{%- endfor %}
{%- set tag = 'coalesce(known_' ~ utm_fields() | join(', known_') ~ ')' %}
with

sessions as (

    select
        *,
        {{ plain_page('landing_url') }} as plain_page,
        {{ url_query('landing_url') | indent(8) }} as landing_query
    from {{ sessions }}
    {{ end_of_step() }}

),

-- Parameters are cut out, decoded and cleaned one step at a time, so that no text is read twice.
-- One pattern each tells the few URLs with a click id, or a parameter that is not the first choice.
-- The first click id in the order of the seed mostly has a value, so the others are rarely read.
with_parameters as (

    select
        *,
        {%- for field in utm_fields() %}
        case
            when {{ field }} is null
                then {{ url_parameter('landing_query', "'" ~ parameters[field][0] ~ "'") | indent(16) }}
        end as url_{{ field }},
        {%- endfor %}
        case
            when not {{ has_url_parameter(
                'landing_query', click_ids | map(attribute='parameter') | list
            ) }} then null
            {%- for click_id in click_ids %}
            when {{ text_contains('landing_query', "'&" ~ click_id.parameter ~ "='") }}
                then '{{ click_id.parameter }}'
            {%- endfor %}
        end as first_click_parameter,
        {{ has_url_parameter('landing_query', others) }} as has_other_parameter
    from sessions
    {{ end_of_step() }}

),

with_texts as (

    select
        *,
        {%- for field in utm_fields() %}
        {{ tag_text('url_' ~ field) | indent(8) }} as text_{{ field }},
        case
            when has_other_parameter then {{ first_parameter_text(
                'landing_query', parameters[field][1:], tag_text,
                published_tag('read_text') ~ ' is not null'
            ) | indent(16) }}
        end as other_{{ field }},
        {%- endfor %}
        case
            when first_click_parameter is not null then {{ click_id_text(
                url_parameter('landing_query', 'first_click_parameter')
            ) | indent(16) }}
        end as first_click_id
    from with_parameters
    {{ end_of_step() }}

),

with_tags as (

    select
        *,
        {%- for field in utm_fields() %}
        coalesce(
            {{ field }},
            {{ published_tag('text_' ~ field) | indent(12) }},
            {{ published_tag('other_' ~ field) | indent(12) }}
        ) as known_{{ field }},
        {%- endfor %}
        case
            when first_click_parameter is null then null
            when first_click_id is not null and not {{ is_template('first_click_id') }}
                then first_click_parameter
            else {{ first_parameter(
                'landing_query', click_ids | map(attribute='parameter') | list, click_id_text,
                'read_text is not null and not ' ~ is_template('read_text')
            ) | indent(16) }}
        end as click_parameter
    from with_texts
    {{ end_of_step() }}

),

with_click as (

    select
        *,
        case
            when {{ may_be_ignored | join(' or ') }}
                then {{ with_ignored_values('ignored_values', checks) | indent(16) }}
            else ignored_values
        end as all_ignored_values,
        {{ is_untagged_paid_click(
            'known_utm_medium', click_ids, medium_aliases
        ) | indent(8) }} as is_paid_click,
        case
            when click_parameter = first_click_parameter
                then {{ row_hash(['click_parameter', 'first_click_id']) }}
            when click_parameter is not null then {{ row_hash([
                'click_parameter', click_id_text(url_parameter('landing_query', 'click_parameter'))
            ]) | indent(16) }}
        end as click_key
    from with_tags
    {{ end_of_step() }}

),

-- Source and medium of an untagged paid click come from the click id, and so does the evidence
-- wherever the medium does.
final as (

    select
        session_id,
        visitor_key,
        user_key,
        email_key,
        row_key,

        case when not is_paid_click then known_utm_source end as utm_source,
        case when not is_paid_click then known_utm_medium end as utm_medium,
        {%- for field in ['utm_campaign', 'utm_content', 'utm_term'] %}
        case
            when
                not is_paid_click
                or known_{{ field }} not in ('(organic)', '(referral)', '(direct)', '(not set)')
                then known_{{ field }}
        end as {{ field }},
        {%- endfor %}
        case
            when click_parameter is not null and (is_paid_click or known_utm_medium is null)
                then 'click_id'
            when {{ tag }} is not null then 'utm'
        end as traffic_evidence,
        click_parameter,
        click_key,
        referrer_url,
        landing_url,
        plain_page,
        user_agent,
        device_type,
        country,
        consent_state,
        reject_reason,
        raw_record,
        all_ignored_values as ignored_values,

        engaged_seconds,
        page_views,

        is_bot,
        is_internal,

        started_at,
        ended_at,
        loaded_at,
        raw_part
    from with_click

)

select * from final
{%- endmacro %}
