{# Whether a user agent is that of a bot: any of the patterns matches a part of it, in any case. As
   one constant pattern they cost as much as a few. Arguments: user_agent, an expression; patterns, a
   list. Example: is_bot_agent('user_agent', ['spider', '^curl/']) #}
{% macro is_bot_agent(user_agent, patterns) -%}
    {%- if not patterns -%}{{ return('false') }}{%- endif -%}
    {%- set either = '(?i)(?:' ~ (patterns | join(')|(?:')) ~ ')' -%}
    coalesce({{ regexp_contains(user_agent, quoted_list([either])) }}, false)
{%- endmacro %}
