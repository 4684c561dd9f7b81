{# How many neighbours an identity key may have and still link persons.
   Example: max_neighbours("'visitor:42'") #}
{% macro max_neighbours(identity_key) -%}
    case
        when {{ identity_type(identity_key) }} = 'visitor' then {{ setting('max_users_per_visitor') }}
        else {{ setting('max_links_per_key') }}
    end
{%- endmacro %}
