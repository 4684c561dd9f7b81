{# The UTM fields, in the order of their columns. Example: utm_fields()[0] -> utm_source #}
{% macro utm_fields() -%}
    {{ return(['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term']) }}
{%- endmacro %}

{# A tagged value as text: `&amp;` is `&`, `+` is a space, percent-decoded until nothing changes,
   three times at most, and trimmed; blank is null. The first half of the cleaning: queries do it in
   a step of its own, so that no value is decoded twice. Few values have anything to decode.
   Example: tag_text('raw_utm_source') #}
{% macro tag_text(expression) -%}
    case
        when {{ text_contains(expression, "'%'") }}
            or {{ text_contains(expression, "'+'") }}
            or {{ text_contains(expression, "'&'") }}
            then {{ with_value(
                "replace(replace(" ~ expression ~ ", '&amp;', '&'), '+', ' ')",
                'coded',
                with_value(decoded_text('coded', 3), 'clear', trimmed_text('clear'))
            ) }}
        else {{ trimmed_text(expression) }}
    end
{%- endmacro %}

{# A text that is decoded so many times, as long as it has a `%`. Arguments: text, a name; times.
   Example: decoded_text('coded', 3) #}
{% macro decoded_text(text, times) -%}
    {%- if times == 1 -%}
        {{ percent_decoded(text) }}
    {%- else -%}
        case
            when {{ text_contains(text, "'%'") }} then {{ with_value(
                percent_decoded(text), 'decoded_' ~ times, decoded_text('decoded_' ~ times, times - 1)
            ) }}
            else {{ text }}
        end
    {%- endif -%}
{%- endmacro %}

{# The text of a tag as published: lower-cased, cut at 500 characters, e-mail addresses masked; null
   where it is a template or one of the words that programs write for nothing. The first character
   rules most texts out. Example: published_tag('text_utm_source') #}
{% macro published_tag(text) -%}
    {%- set published = 'substr(lower(' ~ text ~ '), 1, 500)' -%}
    case
        when case
            when {{ text_contains("'{$%[_nNuU'", "substr(" ~ text ~ ", 1, 1)") }}
                then {{ is_template(text) }}
                or lower({{ text }}) in ('null', 'undefined', 'nan', '[object object]')
            else false
        end then null
        when {{ text_contains(text, "'@'") }} or {{ text_contains(text, "'%40'") }}
            then {{ without_addresses(published) }}
        else {{ published }}
    end
{%- endmacro %}

{# Whether a text is, as a whole, a template that nobody filled in: `{...}`, `{{...}}`, `${...}`,
   `%%...%%`, `[...]` or `__NAME__`. The first character rules most texts out. (DuckDB would make a
   join of a list of five, and try the two halves of an `and` in any order.)
   Example: is_template("'{{campaign.name}}'") #}
{% macro is_template(text) -%}
    case
        when {{ text_contains("'{$%[_'", "substr(" ~ text ~ ", 1, 1)") }} then {{ regexp_full_match(
            text,
            text_literal('(?s)[$]?[{].*[}]|%%.*%%|\\[[^\\[\\]]*\\]|__[A-Za-z0-9_]+__')
        ) }}
        else false
    end
{%- endmacro %}

{# A text in which each e-mail address is `(e-mail)`. Example: without_addresses('landing_page') #}
{% macro without_addresses(expression) -%}
    {{ regexp_replace_all(
        expression, "'(?i)[a-z0-9._%+-]+(?:@|%40)[a-z0-9-]+(?:[.][a-z0-9-]+)+'", "'(e-mail)'"
    ) }}
{%- endmacro %}

{# The campaign parameters of a URL that fill a UTM field, the first tried first. Arguments: rows,
   the rows of the rule table campaign_parameters; field.
   Example: parameters_of_field(rows, 'utm_term') -> ['utm_term', 'mtm_kwd'] #}
{% macro parameters_of_field(rows, field) -%}
    {{ return(
        rows | selectattr('field', 'equalto', field.replace('utm_', ''))
        | sort(attribute='parameter_order') | map(attribute='parameter') | list
    ) }}
{%- endmacro %}

{# Whether the click decides about source and medium: it was paid for, and the tags say nothing
   else. Arguments: click_ids and medium_aliases, rows of the rule tables.
   Example: is_untagged_paid_click(click_ids, medium_aliases) #}
{% macro is_untagged_paid_click(medium, click_ids, medium_aliases) -%}
    {%- set unpaid = ['organic', 'referral', '(none)', '(not set)'] -%}
    {%- set own_names = unpaid | reject('in', medium_aliases | map(attribute='alias') | list) | list -%}
    {%- set aliases = medium_aliases | selectattr('medium', 'in', unpaid)
        | map(attribute='alias') | list -%}
    {%- set paid = click_ids | selectattr('is_paid') | map(attribute='parameter') | list -%}
    case
        when click_parameter is null then false
        when not {{ is_one_of('click_parameter', paid) }} then false
        else {{ medium }} is null or {{ is_one_of(medium, own_names + aliases) }}
    end
{%- endmacro %}

{# Whether a text is one of several words. DuckDB makes a join of a list of more than four, for all
   rows, even those that a CASE leaves out; that is only worth it for a long one.
   Example: is_one_of('click_parameter', ['gclid']) #}
{% macro is_one_of(text, words) -%}
    {%- if words | length > 50 -%}{{ return(text ~ ' in (' ~ quoted_list(words) ~ ')') }}{%- endif -%}
    (
        {%- for word in words %}
        {{ text }} = {{ quoted_list([word]) }}{{ ' or' if not loop.last }}
        {%- else %}
        false
        {%- endfor %}
    )
{%- endmacro %}
