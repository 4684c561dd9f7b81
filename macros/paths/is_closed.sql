{#
    Whether a journey has ended: its last touch is at least the lookback before the end of the data.
    Arguments: last_touched_at, ends_at, lookback_days: expressions.
    Example: is_closed('journeys.last_touched_at', 'data_end.ends_at', 'journeys.lookback_days')
#}
{% macro is_closed(last_touched_at, ends_at, lookback_days) -%}
    {{ seconds_between(last_touched_at, ends_at) }} >= {{ lookback_days }} * 86400
{%- endmacro %}
