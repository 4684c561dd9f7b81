{#
    A journey's touches as one list of whole numbers, each of position, channel and campaign: sorting
    packed numbers is far cheaper than ordering rows or texts.
#}

{#
    An aggregate: the list, oldest touch first.
    Arguments: position, channel_id, campaign_id: expressions of whole numbers, the position from
    1, the others below 32768.
    Example: touches_in_order('touch_position', 'channel_id', 'campaign_id')
#}
{% macro touches_in_order(position, channel_id, campaign_id) -%}
    {{ return(adapter.dispatch('touches_in_order', 'assisted_conversions')(
        position, channel_id, campaign_id
    )) }}
{%- endmacro %}

{% macro duckdb__touches_in_order(position, channel_id, campaign_id) -%}
list_sort(list({{ position }} * 1073741824 + {{ channel_id }} * 32768 + {{ campaign_id }}))
{%- endmacro %}

{% macro default__touches_in_order(position, channel_id, campaign_id) -%}
array_sort(
    collect_list({{ position }} * 1073741824 + {{ channel_id }} * 32768 + {{ campaign_id }})
)
{%- endmacro %}


{# The list of its channels. Example: each_channel('touches') -> [3, 1, 3] #}
{% macro each_channel(touches) -%}
    {{ return(adapter.dispatch('each_channel', 'assisted_conversions')(touches)) }}
{%- endmacro %}

{% macro duckdb__each_channel(touches) -%}
    list_transform({{ touches }}, lambda touch: (touch >> 15) & 32767)
{%- endmacro %}

{% macro default__each_channel(touches) -%}
    transform({{ touches }}, touch -> shiftright(touch, 15) & 32767)
{%- endmacro %}


{# The list of its channels and campaigns. Example: each_campaign('touches') -> [8, 1, 9] #}
{% macro each_campaign(touches) -%}
    {{ return(adapter.dispatch('each_campaign', 'assisted_conversions')(touches)) }}
{%- endmacro %}

{% macro duckdb__each_campaign(touches) -%}
    list_transform({{ touches }}, lambda touch: touch & 32767)
{%- endmacro %}

{% macro default__each_campaign(touches) -%}
    transform({{ touches }}, touch -> touch & 32767)
{%- endmacro %}
