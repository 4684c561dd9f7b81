-- What: each campaign parameter is there once, made of letters, digits, `_`, `-` and `.`, and
--     fills a known field in an order of its own; each field has one.
-- Why: a field without a parameter is never read from a URL. Two of one order would be tried in
--     no certain order.
-- Resolve: correct or add the row in the seed campaign_parameters, or in the table that replaces
--     it.
with

fields as (

    {% for field in utm_fields() -%}
    select '{{ field.replace("utm_", "") }}' as known_field
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

campaign_parameters as (

    select
        *,
        count(*) over (partition by parameter) as times,
        count(*) over (partition by field, parameter_order) as times_of_order
    from {{ rule('campaign_parameters') }}

),

with_problem as (

    select
        parameters.parameter,
        coalesce(parameters.field, fields.known_field) as field,
        case
            when parameters.parameter is null and fields.known_field is not null
                then 'no parameter fills the field'
            when
                not coalesce(
                    {{ regexp_full_match('parameters.parameter', "'[A-Za-z0-9_.-]+'") }}, false
                )
                then 'parameter is missing, or has other characters'
            when fields.known_field is null
                then 'field is none of source, medium, campaign, content and term'
            when parameters.times > 1 then 'parameter is there more than once'
            when parameters.parameter_order is null then 'parameter_order is missing'
            when parameters.times_of_order > 1 then 'parameter_order is there more than once'
        end as problem
    from campaign_parameters as parameters
    full join fields
        on parameters.field = fields.known_field

)

select * from with_problem
where problem is not null
{# With --empty no table has rows. #}
{{ 'limit 0' if flags.EMPTY }}
