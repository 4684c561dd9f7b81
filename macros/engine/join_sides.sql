{# For a pre-hook: joins hold the right relation in memory, as they are written. DuckDB takes many
   conditions for so selective that it would rather hold millions of touches, and run out of memory.
   Example: pre_hook="{{ assisted_conversions.keep_join_sides() }}" #}
{% macro keep_join_sides() -%}
    {{ return(adapter.dispatch('keep_join_sides', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro duckdb__keep_join_sides() -%}
    {{ return("set disabled_optimizers = 'build_side_probe_side'") }}
{%- endmacro %}
{% macro default__keep_join_sides() -%} {{ return('') }} {%- endmacro %}

{# For a post-hook: the engine chooses the sides of joins again. #}
{% macro choose_join_sides() -%}
    {{ return(adapter.dispatch('choose_join_sides', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro duckdb__choose_join_sides() -%} {{ return("set disabled_optimizers = ''") }} {%- endmacro %}
{% macro default__choose_join_sides() -%} {{ return('') }} {%- endmacro %}
