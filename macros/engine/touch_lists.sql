{#
    A journey's touches as one list of whole numbers, each of position, channel and campaign: sorting
    packed numbers is far cheaper than ordering rows or texts.
#}

{#
    One touch as a whole number.
    Arguments: position, channel_id, campaign_id: expressions of whole numbers, the position from
    1, the others below 32768.
    Example: packed_touch('touch_position', 'channel_id', 'campaign_id')
#}
{% macro packed_touch(position, channel_id, campaign_id) -%}
{{ position }} * 1073741824 + {{ channel_id }} * 32768 + {{ campaign_id }}
{%- endmacro %}


{# An aggregate: a group's numbers as a list, in any order. Example: number_list('touch') #}
{% macro number_list(number) -%}
    {{ return(adapter.dispatch('number_list', 'assisted_conversions')(number)) }}
{%- endmacro %}

{% macro duckdb__number_list(number) -%}
    list({{ number }})
{%- endmacro %}

{% macro default__number_list(number) -%}
    collect_list({{ number }})
{%- endmacro %}


{# A list's numbers in ascending order. Example: numbers_in_order('touches') -> [1, 3] of [3, 1] #}
{% macro numbers_in_order(list) -%}
    {{ return(adapter.dispatch('numbers_in_order', 'assisted_conversions')(list)) }}
{%- endmacro %}

{% macro duckdb__numbers_in_order(list) -%}
    list_sort({{ list }})
{%- endmacro %}

{% macro default__numbers_in_order(list) -%}
    array_sort({{ list }})
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
