-- Grain: one row or more per day, page, query and kind of search.
{{ config(enabled=adapter_is_on('search_console')) }}
{{ source_rows('search_console', 'searchdata_url_impression') }}
