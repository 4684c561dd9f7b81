{# Whether a touch is early, mid or late on its path: a quarter of the touches at each end, the
   late quarter rounded up, the early one to the nearest; a lone touch is late. Example:
   journey_phase('touch_position', 'path_length') #}
{% macro journey_phase(position, length) -%}
    case
        when {{ length }} > 1 and {{ position }} <= floor({{ length }} * 0.25 + 0.5) then 'early'
        when {{ position }} > {{ length }} - ceil({{ length }} * 0.25) then 'late'
        else 'mid'
    end
{%- endmacro %}
