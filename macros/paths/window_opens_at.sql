{# When a lookback window opens, UTC. With setting `window_mode: rolling`, that many times 24
   hours before the conversion; with `calendar`, at the first instant (reporting time zone) of
   the day that many days less one before the conversion's day. Arguments: converted_at,
   conversion_date, lookback_days: expressions. #}
{% macro window_opens_at(converted_at, conversion_date, lookback_days) -%}
    {%- if setting('window_mode') == 'rolling' -%}
        {{ add_days(converted_at, '-' ~ lookback_days) }}
    {%- else -%}
        {{ from_reporting_time(add_days(
            'cast(' ~ conversion_date ~ ' as timestamp)', '1 - ' ~ lookback_days
        )) }}
    {%- endif -%}
{%- endmacro %}
