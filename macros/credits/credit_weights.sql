{# The weight of a touch before weights are normalised over the path, as one of three: of the first
   touch, of all between together, of the last touch. Two touches share by the ends alone.
   Example: position_weight('touch_position', 'path_length', [0.4, 0.2, 0.4]) #}
{% macro position_weight(position, length, weights) -%}
    case
        when {{ length }} = 1 then {{ as_double(1) }}
        when {{ position }} = 1 then {{ as_double(weights[0]) }}
        when {{ position }} = {{ length }} then {{ as_double(weights[2]) }}
        else {{ as_double(weights[1]) }} / ({{ length }} - 2)
    end
{%- endmacro %}

{# Milestones share alike, the touches that are none share the rest. Milestones on one touch add
   up. Arguments: milestones, list of expressions of positions, null where the path has no touch for
   it; weight, of each; rest_weight, of the other touches together; others, their number.
   Example: milestone_weight('touch_position', ['1', 'lead_position'], 0.3, 0.1, 'others') #}
{% macro milestone_weight(position, milestones, weight, rest_weight, others) -%}
    case
        when {{ position }} in ({{ milestones | join(', ') }})
            then cast({% for milestone in milestones -%}
                case when {{ position }} = {{ milestone }} then {{ weight }} else 0.0 end
                {%- if not loop.last %} + {% endif -%}
            {%- endfor %} as {{ double_type() }})
        else {{ as_double(rest_weight) }} / {{ others }}
    end
{%- endmacro %}

{# The number of different touches that milestones, expressions of positions, lie on; the first is
   never null. Example: distinct_milestones(['1', 'lead_position']) #}
{% macro distinct_milestones(milestones) -%}
    (
        1
        {%- for milestone in milestones[1:] %}
        + case
            when {{ milestone }} is null
                {%- for earlier in milestones[:loop.index] %}
                or {{ milestone }} = {{ earlier }}
                {%- endfor %} then 0
            else 1
        end
        {%- endfor %}
    )
{%- endmacro %}
