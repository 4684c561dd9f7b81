{# Whether a session is engaged: long enough, or two page views, or neither is known. Arguments:
   engaged_seconds, page_views: expressions, null where unknown. #}
{% macro is_engaged(engaged_seconds, page_views) -%}
    coalesce({{ engaged_seconds }} >= {{ setting('min_engaged_seconds') }}, false)
        or coalesce({{ page_views }} >= 2, false)
        or ({{ engaged_seconds }} is null and {{ page_views }} is null)
{%- endmacro %}
