{#
    The ratios of roles; null where there is nothing to divide by.
#}

{# Share of assists among assists and closes, 0..1. Example: assist_share('a', 'l') #}
{% macro assist_share(assisted, last) -%}
    {{ ratio(assisted, '(' ~ assisted ~ ' + ' ~ last ~ ')') }}
{%- endmacro %}


{# A quotient as double; null where the divisor is 0. Example: ratio('cost', 'clicks') #}
{% macro ratio(dividend, divisor) -%}
    cast({{ dividend }} as double) / nullif({{ divisor }}, 0)
{%- endmacro %}


{#
    The role that a channel mostly plays: introducer, nurturer or closer; balanced where the
    largest share leads the next by 0.05 or less. Counted in whole conversions, so that the bound
    is exact.
    Arguments: introduced, nurtured, closed, conversions: expressions of counts.
    Example: channel_role('introduced', 'nurtured', 'closed', 'conversions')
#}
{% macro channel_role(introduced, nurtured, closed, conversions) -%}
    {%- set roles = {'introducer': introduced, 'nurturer': nurtured, 'closer': closed} -%}
    case
        {%- for role, count in roles.items() %}
        when
            {%- for other_role, other in roles.items() if other_role != role %}
            ({{ count }} - {{ other }}) * 20 > {{ conversions }}
            {{- ' and' if not loop.last }}
            {%- endfor %}
            then '{{ role }}'
        {%- endfor %}
        else 'balanced'
    end
{%- endmacro %}
