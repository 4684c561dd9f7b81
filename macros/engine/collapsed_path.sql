{#
    The text of a path with repeats of a channel in a row counted, for people to read.
    Example: collapsed_path("'Email > Email > Direct'") -> Email x2 > Direct
#}
{% macro collapsed_path(path) -%}
    {{ return(adapter.dispatch('collapsed_path', 'assisted_conversions')(path)) }}
{%- endmacro %}
{# A list of one element gives a name to what is used more than once. #}
{% macro duckdb__collapsed_path(path) -%}
    list_transform(
        list_transform(
            [string_split({{ path }}, ' > ')],
            lambda channels: {
                'channels': channels,
                'starts': list_filter(
                    range(1, len(channels) + 2),
                    lambda place: place = 1 or channels[place] is distinct from channels[place - 1]
                )
            }
        ),
        lambda runs: array_to_string(
            list_transform(
                range(1, len(runs.starts)),
                lambda run: runs.channels[runs.starts[run]] || case
                    when runs.starts[run + 1] - runs.starts[run] > 1
                        then ' x' || (runs.starts[run + 1] - runs.starts[run])
                    else ''
                end
            ),
            ' > '
        )
    )[1]
{%- endmacro %}
{% macro spark__collapsed_path(path) -%}
    transform(
        transform(
            array(split({{ path }}, ' > ')),
            channels -> named_struct('channels', channels, 'starts', filter(
                sequence(1, size(channels) + 1),
                place -> place = 1
                    or not (get(channels, place - 1) <=> get(channels, place - 2))
            ))
        ),
        runs -> array_join(
            transform(
                sequence(1, size(runs.starts) - 1),
                run -> get(runs.channels, get(runs.starts, run - 1) - 1) || case
                    when get(runs.starts, run) - get(runs.starts, run - 1) > 1
                        then ' x' || (get(runs.starts, run) - get(runs.starts, run - 1))
                    else ''
                end
            ),
            ' > '
        )
    )[0]
{%- endmacro %}
{% macro default__collapsed_path() -%} {{ not_supported('collapsed_path', varargs) }} {%- endmacro %}
