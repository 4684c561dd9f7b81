{# The roles of a channel, campaign or page in all conversions of one person, as aggregates over the
   rows of a roles fact, or of `pooled_roles`. Argument: roles, alias of these rows.
   Example: select channel, person_hash, person_roles('roles') from roles group by 1, 2 #}
{% macro person_roles(roles) -%}
count(case when {{ roles }}.is_assist then 1 end) as assists,
count(case when {{ roles }}.is_last then 1 end) as closes,
count(case when {{ roles }}.is_assist and {{ roles }}.is_last then 1 end) as both_roles
{%- endmacro %}

{# Ordered pairs of two different conversions of one person: pairs in which both are assisted, both
   are closed, or one is assisted and the other closed. Because of them roles vary more than if every
   conversion came from a different person. Over the rows of `person_roles`.
   Example: select channel, repeat_pairs('persons') from persons group by channel #}
{% macro repeat_pairs(persons) -%}
cast(sum({{ persons }}.assists * ({{ persons }}.assists - 1)) as bigint) as assist_pairs,
cast(sum({{ persons }}.closes * ({{ persons }}.closes - 1)) as bigint) as close_pairs,
cast(sum({{ persons }}.assists * {{ persons }}.closes - {{ persons }}.both_roles) as bigint)
    as assist_close_pairs
{%- endmacro %}

{# Half the width of the 95 % interval of an assist share s = A / (A + L), by person: the variance is
   the sum over persons of ((1 - s) A_p - s L_p)^2 / (A + L)^2, that is (L^2 sum A_p^2 - 2 A L sum A_p
   L_p + A^2 sum L_p^2) / (A + L)^4. Sums over persons are those over conversions and what pairs of
   one person's conversions add. A whole conversion that is assisted is closed, too; it has no
   introduced_conversions. Null where A and L are 0.
   Arguments: counts, relation with the columns of `role_counts`; pairs, with those of
   `repeat_pairs`, null where nobody has two conversions.
   Example: assist_share_half_width('role_counts', 'repeats') #}
{% macro assist_share_half_width(counts, pairs) -%}
    {%- set assists = 'cast(' ~ counts ~ '.assisted_conversions as ' ~ double_type() ~ ')' -%}
    {%- set closes = 'cast(' ~ counts ~ '.last_conversions as ' ~ double_type() ~ ')' -%}
    {%- set variance -%}
(
    pow({{ closes }}, 2) * ({{ assists }} + coalesce({{ pairs }}.assist_pairs, 0))
    - 2 * {{ assists }} * {{ closes }} * (
        {{ assists }}
        - case
            when {{ counts }}.introduced_conversions is null then 0
            else {{ counts }}.assist_only_conversions
        end
        + coalesce({{ pairs }}.assist_close_pairs, 0)
    )
    + pow({{ assists }}, 2) * ({{ closes }} + coalesce({{ pairs }}.close_pairs, 0))
) / nullif(pow({{ assists }} + {{ closes }}, 4), 0)
    {%- endset -%}
    {{ half_width(variance, '1') }}
{%- endmacro %}

{# The assist share, the ratio of assists to closes, and their 95 % intervals: the share's is kept
   within 0 and 1, the ratio's is s / (1 - s) at its two ends, null where s is 1.
   Arguments: counts, relation with the columns of `role_counts`, and assist_share_half_width.
   Example: assist_measures('role_counts') #}
{% macro assist_measures(counts) -%}
    {%- set assists, closes = counts ~ '.assisted_conversions', counts ~ '.last_conversions' -%}
    {%- set share = assist_share(assists, closes) -%}
    {%- set width = counts ~ '.assist_share_half_width' -%}
    {%- set low -%}
case when {{ share }} < {{ width }} then {{ as_double(0) }} else {{ share }} - {{ width }} end
    {%- endset -%}
    {%- set high -%}
case when {{ share }} + {{ width }} > 1 then {{ as_double(1) }} else {{ share }} + {{ width }} end
    {%- endset -%}
{{ ratio(assists, closes) }} as assist_to_last_ratio,
{{ ratio(low, '(1 - ' ~ low ~ ')') }} as ratio_low,
{{ ratio(high, '(1 - ' ~ high ~ ')') }} as ratio_high,
{{ share }} as assist_share,
{{ low }} as assist_share_low,
{{ high }} as assist_share_high
{%- endmacro %}
