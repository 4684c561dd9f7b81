-- Grain: one row per day, page, query and kind of search; Google writes some in several parts.
{{ config(enabled=adapter_is_on('search_console')) }}
{{ source_rows('search_console', 'searchdata_url_impression') }}
