{#
    Pairs of channels to show, of few persons pooled. Several pooled channels may have assisted one
    conversion, which counts once: pools are made from conversions, not from sums.
    Arguments: sums, name of a relation of pairs with their conversions and conversion_value; people,
    of one of conversions by group and closing_channel; assisted, relation of
    fct_assisted_conversions; closers, the arguments of `pooled_values` for closing channels.
    Example: pooled_pairs('pair_sums', 'people', ref('assisted_conversions', 'fct_assisted_conversions'), closers)
#}
{% macro pooled_pairs(sums, people, assisted, closers) -%}
{%- if setting('min_group_size') == 1 -%}
select * from {{ sums }}
{%- else -%}
with

pooled_closers as (

    {{ pooled_values(people, **closers) | indent(4) }}

),

pairs as (

    select
        closers.conversion_group,
        closers.closing_channel,
        closers.conversion_key,
        closers.person_id,
        closers.conversion_value,
        assisted.channel as assisting_channel
    from pooled_closers as closers
    inner join {{ assisted }} as assisted
        on closers.conversion_key = assisted.conversion_key
    where assisted.is_assist

),

pooled_assists as (

    {{ pooled_values(
        'pairs', ['conversion_group', 'closing_channel'], ['assisting_channel'], closers.other
    ) | indent(4) }}

)

select distinct
    conversion_group,
    assisting_channel,
    closing_channel,
    conversion_key,
    1 as conversions,
    conversion_value
from pooled_assists
{%- endif -%}
{%- endmacro %}
