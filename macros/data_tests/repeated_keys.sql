{# The query of a uniqueness test: keys that more than one row of a table has. Generic tests
   would read a table of the same name in an installing project, since dbt lets them name no
   package. Arguments: relation; columns, list of those that name a row; where, a condition.
   Example: repeated_keys(ref('assisted_conversions', 'fct_conversions'), ['conversion_key']) #}
{% macro repeated_keys(relation, columns, where='true') -%}
select
    {{ columns | join(',\n    ') }},
    count(*) as row_count
from {{ relation }}
where {{ where }}
group by
    {{ columns | join(',\n    ') }}
having count(*) > 1
{%- endmacro %}

{# For tests of large tables, a condition on person_id: true for the rows that a run may have
   changed; in `dbt test` for all rows. Example: where {{ may_have_changed() }} #}
{% macro may_have_changed() -%}
    {%- set changed = changed_keys('person_id') -%}
    {{- 'person_id in ' ~ changed
        if flags.WHICH in building_commands() and not flags.FULL_REFRESH else 'true' -}}
{%- endmacro %}
