"""Makes a raw folder of any number of sessions, as Parquet files, in seconds per million.

    python benchmarks/generate.py --sessions 1000000 --out target/benchmarks/raw

Plain DuckDB SQL over row numbers and hashes of them, so the same number of sessions always gives
the same rows. The shape is that of a shop with a CRM: a year of visits in the order of their
loading, three to a visitor, few of them often and most once; 4 % of the visits convert, the
often-seen visitors more so; tags, click ids and referrers in a few thousand combinations; orders
that web and CRM both report; and the dirt that cleaning is for: bots, repeats, bad rows.
"""

import argparse
import time
from pathlib import Path

import duckdb

MACROS = """
-- A number in 0..1, a word of a text and an id, each drawn by a key and a salt.
create macro draw(key, salt) as hash(key, salt) / 18446744073709551616::double;
create macro pick(words, key, salt) as
    split(words, ' ')[1 + (hash(key, salt) % len(split(words, ' '))::ubigint)::int];
create macro id(key, salt) as lower(to_hex(hash(key, salt)));
"""

# A visitor is active for a stretch of the year: who visits at a time is drawn from those.
VISITS = """
create table visits as
with numbered as (
    select
        n,
        draw(n, 'often') < 0.4 as is_often,
        timestamp '2025-01-01' + to_microseconds((n / $sessions * 365 * 86400e6)::bigint)
            as started_at,
        draw(n, 'traffic') as traffic
    from range(($sessions * $share)::bigint) as numbers(n)
),
visited as (
    select
        *,
        if(is_often, 0, 10_000_000_000) + floor(
            if(is_often, $sessions / 60, $sessions * 0.32)
            * (n / $sessions + draw(n, 'visitor') * if(is_often, 0.3, 0.1))
        )::bigint as visitor
    from numbered
)
select
    *,
    if(
        draw(visitor, 'has user') < 0.14,
        (hash(visitor, 'user') % greatest($sessions * 0.04, 1)::bigint), null
    ) as customer,
    draw(n, 'logged in') < 0.7 as is_logged_in,
    draw(n, 'converts') < if(is_often, 0.07, 0.02) as is_converting
from visited
"""

# Tags stand in columns or in the URL; the rest has a click id, a referrer or nothing.
SESSIONS = """
with tagged as (
    select
        *,
        case
            when traffic < 0.26 then 'column'
            when traffic < 0.50 then 'url'
            when traffic < 0.62 then 'click'
            when traffic < 0.80 then 'referrer'
        end as evidence,
        pick(
            'google/cpc google/cpc facebook/paid_social fb/cpc instagram/paid_social bing/cpc '
            'tiktok/paid_social youtube/cpv linkedin/paid_social newsletter/email crm/Email '
            'partner-net/affiliate dv360/display spotify/audio push/web_push sms/sms '
            'podcast/sponsoring pinterest/social shopping/paid+shopping google/organic',
            n, 'tag'
        ) as tag,
        'campaign_' || (hash(n, 'campaign') % 15) as campaign,
        'creative+' || (hash(n, 'content') % 200) as content
    from visits
),

clean as (
    select
        id(n, 'session') as session_id,
        id(visitor, 'visitor') as visitor_id,
        if(is_logged_in, 'U-' || customer, null) as user_id,
        if(
            is_logged_in and draw(n, 'email') < 0.5,
            'Customer.' || customer || '@mail.example', null
        ) as email,
        started_at,
        if(draw(n, 'ended') < 0.8, started_at + to_seconds(hash(n, 'ended') % 1800), null)
            as ended_at,
        floor(pow(draw(n, 'engaged'), 3) * 600) as engaged_seconds,
        1 + floor(pow(draw(n, 'pages'), 4) * 12)::integer as page_views,
        'https://www.shop.example/' || pick('products blog offers help', n, 'folder')
        || '/' || (hash(n, 'page') % 300)
        || case evidence
            when 'url' then
                '?utm_source=' || replace(tag, '/', '&utm_medium=')
                || '&utm_campaign=' || campaign || '&utm_content=' || replace(content, '+', '%20')
            when 'click' then
                '?' || pick('gclid gclid fbclid msclkid ttclid mc_cid', n, 'click')
                || '=' || id(n, 'click id')
            else ''
        end as landing_url,
        case
            when evidence in ('referrer', 'click') and draw(n, 'known') < 0.8
                then 'https://www.' || pick(
                    'google.com google.co.uk bing.com duckduckgo.com m.facebook.com t.co '
                    'youtube.com chatgpt.com perplexity.ai reddit.com checkout.stripe.com',
                    n, 'host'
                ) || '/'
            when evidence in ('referrer', 'click')
                then 'https://site' || (hash(n, 'host') % 2000) || '.org/' || (n % 1000)
        end as referrer_url,
        if(evidence = 'column', split_part(tag, '/', 1), null) as utm_source,
        if(evidence = 'column', split_part(tag, '/', 2), null) as utm_medium,
        if(evidence = 'column', campaign, null) as utm_campaign,
        if(evidence = 'column', content, null) as utm_content,
        if(evidence = 'column' and suffix(tag, '/cpc'), 'keyword ' || (hash(n, 'term') % 500), null)
            as utm_term,
        if(
            draw(n, 'odd device') < 0.005, 'fridge',
            pick('mobile mobile Desktop tablet', n, 'device')
        ) as device_type,
        pick('us US DE GB FR JP', n, 'country') as country,
        'Mozilla/5.0 (X' || (hash(n, 'agent') % 300) || ') '
        || if(draw(n, 'bot') < 0.02, 'Googlebot/2.1', 'Safari/605') as user_agent,
        draw(n, 'flagged bot') < 0.01 as is_bot,
        draw(n, 'internal') < 0.005 as is_internal,
        nullif(pick('granted granted granted ? ? denied', n, 'consent'), '?') as consent_state,
        started_at + interval 1 hour as loaded_at,
        draw(n, 'bad') as bad,
        n
    from tagged
)

select * exclude (bad, n) replace (
    if(bad < 0.002, null, session_id) as session_id,
    case when bad between 0.002 and 0.006 then 'undefined' else visitor_id end as visitor_id,
    if(bad between 0.002 and 0.006, null, user_id) as user_id,
    if(bad between 0.002 and 0.006, null, email) as email,
    if(bad between 0.006 and 0.01, null, started_at) as started_at
)
from clean
union all
-- The same visits, sent again when more of them was known.
select * exclude (bad, n) replace (
    engaged_seconds + 30 as engaged_seconds, loaded_at + interval 1 day as loaded_at
)
from clean
where draw(n, 'again') < 0.01
"""

# Web conversions, and CRM's record of the same orders an hour later.
CONVERSIONS = """
with web as (
    select
        id(n, 'conversion') as conversion_id,
        'web' as source_system,
        id(visitor, 'visitor') as visitor_id,
        if(is_logged_in, 'U-' || customer, null) as user_id,
        null::varchar as email,
        if(draw(n, 'order') < 0.5, 'O-' || n, null) as order_id,
        pick(
            'purchase purchase purchase purchase purchase lead trial_start newsletter_signup '
            'content_download product_view demo_request enterprise_deal',
            n, 'type'
        ) as conversion_type,
        started_at + to_seconds(hash(n, 'converted') % 1200) as converted_at,
        round(draw(n, 'value') * 200, 2) as value,
        if(draw(n, 'currency') < 0.1, 'EUR', 'USD') as currency_code,
        pick('confirmed confirmed confirmed confirmed confirmed pending cancelled', n, 'status')
            as status,
        if(draw(n, 'refund') < 0.02, 5.0, null) as refunded_value,
        pick('shoes coats tents', n, 'category') as product_category,
        started_at + interval 2 hours as updated_at,
        started_at + interval 3 hours as loaded_at,
        n
    from visits
    where is_converting
)
select * exclude (n) replace (
    if(draw(n, 'bad conversion') < 0.01, 'page_scroll', conversion_type) as conversion_type
)
from web
union all
select * exclude (n) replace (
    id(n, 'crm') as conversion_id, 'crm' as source_system,
    if(draw(n, 'crm user') < 0.5, user_id, null) as user_id, null as visitor_id,
    converted_at + interval 1 hour as converted_at, null as status,
    updated_at + interval 1 day as updated_at, loaded_at + interval 1 day as loaded_at
)
from web
where order_id is not null and draw(n, 'in crm') < 0.6
"""

INTERACTIONS = """
select
    id(n, 'interaction') as interaction_id,
    id(visitor, 'visitor') as visitor_id,
    if(is_logged_in, 'U-' || customer, null) as user_id,
    started_at - to_seconds(hash(n, 'interaction at') % 864000) as touched_at,
    pick('impression impression email_open email_click call podcast', n, 'kind')
        as interaction_type,
    if(draw(n, 'interaction tag') < 0.5, 'newsletter', null) as utm_source,
    if(draw(n, 'interaction tag') < 0.5, 'email', null) as utm_medium,
    started_at as loaded_at
from visits
where draw(n, 'interacts') < 0.03
"""

CRM_STAGES = """
select
    id(n, 'conversion') as conversion_id,
    'web' as source_system,
    stage,
    started_at - to_seconds(hash(n, stage) % 7776000) as entered_at
from visits cross join (values ('lead'), ('opportunity')) as stages(stage)
where is_converting and draw(n, 'has stages') < 0.1
"""

AD_SPEND = """
select
    date '2025-01-01' + day::integer as spend_date,
    source as utm_source,
    medium as utm_medium,
    'campaign_' || campaign as utm_campaign,
    hash(day, source, campaign) % 5000 as clicks,
    round(draw(day, source || campaign) * 300, 2) as cost
from range((365 * $share)::bigint) as days(day)
cross join range(15) as campaigns(campaign)
cross join (values
    ('google', 'cpc'), ('facebook', 'paid_social'), ('bing', 'cpc'), ('youtube', 'cpv')
) as tags(source, medium)
"""

EXCHANGE_RATES = """
select date '2024-12-31' + day::integer as rate_date, 'EUR' as currency_code, 1.1 as rate
from range((366 * $share)::bigint) as days(day)
"""

TABLES = {
    "sessions": SESSIONS,
    "conversions": CONVERSIONS,
    "interactions": INTERACTIONS,
    "crm_stages": CRM_STAGES,
    "ad_spend": AD_SPEND,
    "exchange_rates": EXCHANGE_RATES,
}
REQUIRED_TABLES = ("sessions", "conversions")


def generate(sessions: int, folder: Path, share: float = 1) -> None:
    """Write the raw tables, or with no sessions only the headers of the required ones.

    `share` is how much of the year has passed: the folder of 0.9 is that of 1 some weeks earlier.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '4GB'; set temp_directory = '{folder}/.temp'")
        connection.execute(MACROS)
        connection.execute(VISITS, {"sessions": max(sessions, 1), "share": share})
        for name in TABLES if sessions else REQUIRED_TABLES:
            started = time.perf_counter()
            rows = TABLES[name] if sessions else f"select * from ({TABLES[name]}) limit 0"
            rows = rows.replace("$share", str(share))
            connection.execute(f"copy ({rows}) to '{folder}/{name}.parquet' (compression zstd)")
            print(f"  {name}: {time.perf_counter() - started:.1f} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--share", type=float, default=1, help="of the year that has passed")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    generate(arguments.sessions, arguments.out, arguments.share)
