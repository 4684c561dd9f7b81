-- Grain: one row per conversion group, model that credits single conversions and unordered pair of
-- channels that take part in conversions of one person; a channel is a pair with itself.
-- Persons are the independent units. With a and b the credits of two channels over all conversions
-- of a person, their covariance is the sum of a b over persons; of values likewise. Only the pair
-- of a channel with itself has the other figures.
{%- set figures = [
    'credit', 'credited_value', 'credit_covariance', 'value_covariance',
    'credit_total_covariance', 'value_total_covariance'
] %}
{%- set models = touch_models() + (['shapley'] if setting('data_driven') else []) %}
with

person_channels as (

    select * from {{ ref('assisted_conversions', 'int_person_credits') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

persons as (

    select
        conversion_groups.conversion_group,
        {{ row_hash(['conversions.person_id']) }} as person_hash,
        count(*) as conversions,
        cast(sum(conversions.conversion_value) as {{ double_type() }}) as conversion_value
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        {{ row_hash(['conversions.person_id']) }}

),

own as (

    select
        person_channels.conversion_group,
        person_channels.channel,
        {%- for model in models %}
        {%- set credit = 'person_channels.credit_' ~ model %}
        {%- set value = 'person_channels.value_' ~ model %}
        sum({{ credit }}) as credit_{{ model }},
        cast(sum({{ exact(value) }}) as {{ double_type() }}) as credited_value_{{ model }},
        sum({{ credit }} * {{ credit }}) as credit_covariance_{{ model }},
        sum({{ value }} * {{ value }}) as value_covariance_{{ model }},
        sum({{ credit }} * persons.conversions) as credit_total_covariance_{{ model }},
        sum({{ value }} * persons.conversion_value) as value_total_covariance_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from person_channels
    inner join persons
        on person_channels.conversion_group = persons.conversion_group
        and person_channels.person_hash = persons.person_hash
    group by
        person_channels.conversion_group,
        person_channels.channel

),

pairs as (

    select
        one.conversion_group,
        one.channel,
        other.channel as other_channel,
        {%- for model in models %}
        sum(one.credit_{{ model }} * other.credit_{{ model }}) as credit_covariance_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from person_channels as one
    inner join person_channels as other
        on one.conversion_group = other.conversion_group
        and one.person_hash = other.person_hash
        and one.channel < other.channel
    group by
        one.conversion_group,
        one.channel,
        other.channel

),

model_names as (

    {% for model in models -%}
    select '{{ model }}' as attribution_model
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- A row of each model, by a join: a union would have Spark calculate the sums once for each model.
by_model as (

    select
        own.conversion_group,
        model_names.attribution_model,
        own.channel,
        own.channel as other_channel,
        {% for figure in figures -%}
        {{ figure_of_model(figure, models) | indent(8) }} as {{ figure }}{{ ',' if not loop.last }}
        {% endfor %}
    from own
    cross join model_names
    union all
    select
        pairs.conversion_group,
        model_names.attribution_model,
        pairs.channel,
        pairs.other_channel,
        null as credit,
        null as credited_value,
        {{ figure_of_model('credit_covariance', models) | indent(8) }} as credit_covariance,
        null as value_covariance,
        null as credit_total_covariance,
        null as value_total_covariance
    from pairs
    cross join model_names

),

final as (

    select *
    from by_model
    where credit_covariance is not null

)

select * from final
