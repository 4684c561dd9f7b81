{# Building blocks for closing_lines. #}

{# The three channels with most of a measure, as texts. Arguments: report, the relation of
   rpt_channel_assists; measure, a column of it. #}
{% macro top_channels(report, measure) -%}
    {%- set channels = [] -%}
    {%- for row in run_query(
        'select channel, ' ~ measure ~ ' as number from ' ~ report
        ~ " where conversion_group = '(all macro)' and channel not in ('(total)', '(unattributed)')"
        ~ ' and ' ~ measure ~ ' > 0 order by ' ~ measure ~ ' desc, channel limit 3'
    ).rows -%}
        {%- do channels.append(shortened(row['channel'], 40) ~ ' ' ~ '{:,}'.format(row['number'] | int)) -%}
    {%- endfor -%}
    {{ return(channels) }}
{%- endmacro %}

{# What changed since the last run that counted conversions, as a line. #}
{% macro change_since_last_run(figures) -%}
    {%- set runs = run_query(
        'select run_number, cast(started_at as ' ~ dbt.type_string() ~ ') as started_at,'
        ~ ' conversions, assisted_conversions from ' ~ own_relation('run_log', 'runs')
        ~ " where conversions is not null and invocation_id != '" ~ invocation_id ~ "'"
        ~ ' order by run_number desc limit 1'
    ).rows -%}
    {%- if not runs -%}
        {{ return('Since the last run: this is the first one') }}
    {%- endif -%}
    {%- set changes = [] -%}
    {%- for name in ['conversions', 'assisted_conversions'] -%}
        {%- set change = figures[name] - (runs[0][name] | int) -%}
        {%- do changes.append('{:+,}'.format(change) if change else 'no change of') -%}
    {%- endfor -%}
    {{ return(
        'Since run ' ~ (runs[0]['run_number'] | int) ~ ' (' ~ runs[0]['started_at'] ~ '): '
        ~ (changes[0] ~ ' conversions, ' ~ changes[1] ~ ' assisted'
            if (changes | unique | list) != ['no change of'] else 'no change')
    ) }}
{%- endmacro %}

{# How many names there are, and the first three. #}
{% macro counted_names(names) -%}
    {%- if names -%}
        {{ return(
            (names | length) ~ ' (' ~ (names[:3] | map('truncate', 80) | join('; '))
            ~ ('; ...' if (names | length) > 3 else '') ~ ')'
        ) }}
    {%- endif -%}
{%- endmacro %}

{# A text on one line, cut where it is longer than so many characters. #}
{% macro shortened(text, characters) -%}
    {{ return(text.split() | join(' ') | truncate(characters)) }}
{%- endmacro %}
