{# Whether a journey is over: its last touch is at least the lookback before the data's end, so
   nobody can still convert within it. With setting `count_open_journeys` all are. Arguments:
   journeys, alias of rows with last_touched_at and lookback_days; data_end, of int_data_end. #}
{% macro is_over(journeys, data_end) -%}
    {%- if setting('count_open_journeys') -%}
        true
    {%- else -%}
        {{ seconds_between(journeys ~ '.last_touched_at', data_end ~ '.ends_at') }}
        >= {{ journeys }}.lookback_days * 86400
    {%- endif -%}
{%- endmacro %}
