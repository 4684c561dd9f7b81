{# Whether a row of Matomo is of the sites that the setting `sites` names: of any by default. #}
{% macro is_of_matomo_sites() -%}
    {%- set sites = adapter_setting('matomo', 'sites') -%}
    {{ return('1 = 1' if sites is none else 'idsite in (' ~ quoted_list(sites) ~ ')') }}
{%- endmacro %}
