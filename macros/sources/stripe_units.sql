{# An amount of Stripe, which counts a currency's smallest units, in units of the currency. The lists
   are those of docs.stripe.com/currencies. ISK and UGX have no decimals any more, but Stripe still
   writes two. Example: stripe_units('amount', 'currency'): 1000 of usd -> 10, 1000 of jpy -> 1000 #}
{% macro stripe_units(amount, currency) -%}
    {%- set without_decimals = [
        'bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf'
    ] -%}
    {%- set with_three_decimals = ['bhd', 'jod', 'kwd', 'omr', 'tnd'] -%}
    cast(
        {{ amount }} * case
            when lower({{ currency }}) in ({{ quoted_list(without_decimals) }})
                then cast(1 as {{ exact_type(4, 3) }})
            when lower({{ currency }}) in ({{ quoted_list(with_three_decimals) }})
                then cast(0.001 as {{ exact_type(4, 3) }})
            else cast(0.01 as {{ exact_type(4, 3) }})
        end as {{ amount_type() }}
    )
{%- endmacro %}
