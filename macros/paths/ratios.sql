{# A quotient as double; null where the divisor is 0. Example: ratio('cost', 'clicks') #}
{% macro ratio(dividend, divisor) -%}
    cast({{ dividend }} as {{ double_type() }}) / nullif({{ divisor }}, 0)
{%- endmacro %}

{# Share of assists among assists and closes, 0 to 1. Example: assist_share('a', 'l') #}
{% macro assist_share(assisted, last) -%}
    {{ ratio(assisted, '(' ~ assisted ~ ' + ' ~ last ~ ')') }}
{%- endmacro %}

{# The role that a channel mostly plays: introducer, nurturer or closer; balanced where the
   largest share leads the next by 0.05 or less. It compares whole counts, so that the bound is
   exact. Null for the rows (total) and (unattributed), which introduce and nurture nothing, and for
   what takes part in no conversion.
   Arguments: counts, name of a relation with the columns of `role_counts`. #}
{% macro channel_role(counts) -%}
    {%- set roles = {
        'introducer': counts ~ '.introduced_conversions',
        'nurturer': counts ~ '.nurtured_conversions',
        'closer': counts ~ '.last_conversions'
    } -%}
    case
        when {{ roles.nurturer }} is null or {{ counts }}.conversions = 0 then null
        {%- for role, count in roles.items() %}
        when
            {%- for other_role, other in roles.items() if other_role != role %}
            ({{ count }} - {{ other }}) * 20 > {{ counts }}.conversions
            {{- ' and' if not loop.last }}
            {%- endfor %}
            then '{{ role }}'
        {%- endfor %}
        else 'balanced'
    end
{%- endmacro %}
