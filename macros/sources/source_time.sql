{# A time that a tool writes without a zone, as UTC: its own clock is in the adapter's setting
   `time_zone`. Example: source_time('shopify', 'orders.created_at') #}
{% macro source_time(adapter_name, timestamp) -%}
    {%- set time_zone = adapter_setting(adapter_name, 'time_zone') -%}
    {{ timestamp if time_zone == 'UTC' else from_local_time(timestamp, time_zone) }}
{%- endmacro %}
