-- The same work as the build, in the fewest steps: what the build's time is measured against.
-- From raw Parquet files to tables, written by hand for the default settings. $raw is the raw
-- folder, $seeds the seeds'; run by floor.py.

-- step: seeds
create table conversion_types as from read_csv('$seeds/conversion_types.csv');
create table channels as from read_csv('$seeds/channels.csv');
create table click_ids as from read_csv('$seeds/click_ids.csv');
create table source_aliases as from read_csv('$seeds/source_aliases.csv');
create table excluded_referrers as from read_csv('$seeds/excluded_referrers.csv');
create table bot_patterns as from read_csv('$seeds/bot_patterns.csv');
create table junk_ids as from read_csv('$seeds/junk_ids.csv', all_varchar = true);
create table listed_sources as
select lower(source) as source, category from read_csv('$seeds/source_categories.csv')
union all
select lower(source), category from read_csv('$seeds/source_categories_supplement.csv');

-- Dear functions run only where there is something for them to do.
create macro clean_text(value) as case
    when left(value, 1) > ' ' and right(value, 1) > ' ' then value
    else nullif(trim(value, e' \t\r\n'), '')
end;
create macro decoded(value) as case
    when contains(value, '%') then coalesce(try(url_decode(replace(value, '+', ' '))), value)
    else replace(value, '+', ' ')
end;
create macro clean_utm(decoded_value) as left(lower(clean_text(decoded_value)), 500);
create macro url_utm(query, name) as if(
    contains(query, name), regexp_extract(query, '(?:^|&)' || name || '=([^&]*)', 1), null
);
create macro url_host(url) as lower(if(
    contains(url, '@'),
    regexp_extract(url, '^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/?#:@]+)', 1),
    regexp_extract(url, '^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//([^/?#:]+)', 1)
));
create macro url_page(url) as coalesce(
    nullif(regexp_extract(url, '^https?://([a-z0-9.-]+(?:/[^?#]*)?)(?:[?#]|$)', 1), ''),
    url_host(url)
    || regexp_extract(url, '^(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*)?([^?#]*)', 1)
);

-- step: sessions
create temp table repeated_sessions as
select clean_text(session_id) as session_id
from '$raw/sessions.parquet' group by all having count(*) > 1;

create temp table bot_agents as
select distinct user_agent from (select distinct user_agent from '$raw/sessions.parquet') as agents
join bot_patterns on regexp_matches(user_agent, '(?i)' || pattern);

create view usable_sessions as
with cleaned as (
    select * replace (
        clean_text(session_id) as session_id,
        clean_text(visitor_id) as visitor_id,
        clean_text(user_id) as user_id,
        lower(clean_text(email)) as email
    )
    from '$raw/sessions.parquet'
),
keyed as (
    select
        * exclude (visitor_id, user_id, email),
        'visitor:' || if(lower(visitor_id) in (from junk_ids), null, visitor_id) as visitor_key,
        'user:' || if(lower(user_id) in (from junk_ids), null, user_id) as user_key,
        'email:' || if(email in (from junk_ids), null, sha256(email)) as email_key
    from cleaned
)
select keyed.*, repeated.session_id is not null as is_repeated
from keyed left join repeated_sessions as repeated on keyed.session_id = repeated.session_id
where
    keyed.session_id is not null
    and coalesce(visitor_key, user_key, email_key) is not null
    and started_at is not null;

create table sessions as
with kept as (
    from usable_sessions where not is_repeated
    union all
    from usable_sessions where is_repeated
    qualify row_number() over (
        partition by session_id order by coalesce(loaded_at, started_at) desc, started_at desc
    ) = 1
),
parsed as (
    select
        *,
        if(
            contains(landing_url, '?'),
            regexp_extract(landing_url, '^[^?#]*[?]([^#]*)', 1), null
        ) as query,
        if(ended_at >= started_at, ended_at, null) as known_ended_at,
        if(engaged_seconds < 0, 0, engaged_seconds) as known_seconds
    from kept
),
found as (
    select
        * replace (
            decoded(utm_source) as utm_source,
            decoded(utm_medium) as utm_medium,
            decoded(utm_campaign) as utm_campaign,
            decoded(utm_content) as utm_content,
            decoded(utm_term) as utm_term
        ),
        decoded(url_utm(query, 'utm_source')) as url_source,
        decoded(url_utm(query, 'utm_medium')) as url_medium,
        decoded(url_utm(query, 'utm_campaign')) as url_campaign,
        decoded(url_utm(query, 'utm_content')) as url_content,
        decoded(url_utm(query, 'utm_term')) as url_term
    from parsed
),
tagged as (
    select
        * replace (
            coalesce(clean_utm(utm_source), clean_utm(url_source)) as utm_source,
            coalesce(clean_utm(utm_medium), clean_utm(url_medium)) as utm_medium,
            coalesce(clean_utm(utm_campaign), clean_utm(url_campaign)) as utm_campaign,
            coalesce(clean_utm(utm_content), clean_utm(url_content)) as utm_content,
            coalesce(clean_utm(utm_term), clean_utm(url_term)) as utm_term
        )
    from found
)
select
    session_id, visitor_key, user_key, email_key,
    utm_source, utm_medium, utm_campaign, utm_content, utm_term,
    coalesce(utm_source, utm_medium, utm_campaign, utm_content, utm_term) is not null as has_utm,
    if(has_utm, null, regexp_extract_all(query, '(?:^|&)([^=&]+)=[^&]', 1)) as click_parameters,
    if(has_utm, null, url_host(referrer_url)) as referrer_host,
    url_page(landing_url) as landing_page,
    if(lower(device_type) in ('desktop', 'mobile', 'tablet', 'other'), lower(device_type), null)
        as device_type,
    if(regexp_full_match(country, '[A-Za-z]{2}'), upper(country), null) as country,
    coalesce(lower(clean_text(consent_state)), 'unknown') as consent_state,
    coalesce(known_seconds, (epoch_us(known_ended_at) - epoch_us(started_at)) / 1e6)
        as engaged_seconds,
    page_views,
    coalesce(is_bot, false) or bots.user_agent is not null as is_bot,
    coalesce(is_internal, false) as is_internal,
    started_at,
    coalesce(known_ended_at, started_at + to_microseconds((known_seconds * 1e6)::bigint), started_at)
        as ended_at,
    coalesce(loaded_at, started_at) as loaded_at
from tagged
left join bot_agents as bots on tagged.user_agent = bots.user_agent;

-- step: other inputs
create table interactions as
select
    interaction_id,
    'visitor:' || visitor_id as visitor_key,
    'user:' || user_id as user_key,
    interaction_type,
    clean_utm(decoded(utm_source)) as utm_source,
    clean_utm(decoded(utm_medium)) as utm_medium,
    touched_at,
    loaded_at
from '$raw/interactions.parquet'
where coalesce(visitor_id, user_id) is not null and touched_at is not null
qualify row_number() over (partition by interaction_id order by loaded_at desc) = 1;

create table conversion_events as
with priced as (
    select
        conversions.* exclude (visitor_id, user_id, email),
        source_system || ':' || conversion_id as conversion_key,
        'visitor:' || visitor_id as visitor_key,
        'user:' || user_id as user_key,
        coalesce('order:' || order_id, 'row:' || conversion_key) as order_key,
        if(conversions.currency_code = 'USD', 1, rate) as exchange_rate,
        coalesce(value * exchange_rate, default_value::double, 0) as gross_value
    from '$raw/conversions.parquet' as conversions
    join conversion_types using (conversion_type)
    left join '$raw/exchange_rates.parquet' as rates
        on
            conversions.currency_code = rates.currency_code
            and conversions.converted_at::date = rates.rate_date
    where converted_at is not null and coalesce(visitor_id, user_id, order_id) is not null
    qualify row_number() over (
        partition by source_system, conversion_id order by updated_at desc, loaded_at desc
    ) = 1
)
select
    *,
    (gross_value - coalesce(
        refunded_value * exchange_rate, if(status = 'refunded', gross_value, 0)
    ))::decimal(18, 4) as conversion_value,
    first_value(conversion_key) over (
        partition by order_key, conversion_type
        order by list_position(['crm', 'backend', 'web'], source_system), updated_at desc, conversion_id
    ) as kept_conversion_key,
    min(converted_at) over (partition by order_key, conversion_type) as first_converted_at
from priced;

create table ad_spend as
select * replace (
    clean_utm(decoded(utm_source)) as utm_source, clean_utm(decoded(utm_medium)) as utm_medium
)
from '$raw/ad_spend.parquet' where cost >= 0;

-- step: identity
create table pairs as
with key_sets as (
    select distinct visitor_key, user_key, email_key from sessions
    where user_key is not null or email_key is not null
    union
    select visitor_key, user_key, null from interactions where user_key is not null
    union
    select visitor_key, user_key, null from conversion_events where user_key is not null
),
order_keys as (
    select order_id, visitor_key as key from conversion_events
    where order_id is not null and visitor_key is not null
    union
    select order_id, user_key from conversion_events
    where order_id is not null and user_key is not null
),
both_ways as (
    select visitor_key as one, user_key as other from key_sets
    union all
    select visitor_key, email_key from key_sets
    union all
    select user_key, email_key from key_sets
    union all
    select one.key, other.key from order_keys as one join order_keys as other using (order_id)
)
select distinct least(one, other) as smaller, greatest(one, other) as larger
from both_ways where one != other;

create table shared_keys as
with neighbours as (
    select smaller as key, larger as neighbour from pairs
    union all
    select larger, smaller from pairs
)
select key from neighbours group by key
having if(
    starts_with(key, 'visitor:'),
    count_if(not starts_with(neighbour, 'visitor:')) > 10, count(*) > 1000
);

create table persons as
with recursive
links as (
    select smaller as one, larger as other from pairs
    where smaller not in (from shared_keys) and larger not in (from shared_keys)
),
both_ways as (
    select one, other from links
    union all
    select other, one from links
),
component(identity_key, person_id) using key (identity_key) as (
    select one, min(least(one, other)) from both_ways group by one
    union
    select other, min(component.person_id)
    from component
    join both_ways on component.identity_key = one
    join recurring.component as known on known.identity_key = other
    where component.person_id < known.person_id
    group by other
)
from component;

-- step: channels
create table traffic as
with combinations as (
    select distinct
        utm_source, utm_medium, utm_campaign, has_utm, click_parameters, referrer_host,
        null::varchar as interaction_type
    from sessions
    union
    select
        utm_source, utm_medium, null, coalesce(utm_source, utm_medium) is not null, null, null,
        if(coalesce(utm_source, utm_medium) is null, interaction_type, null)
    from interactions
    union
    select utm_source, utm_medium, utm_campaign, true, null, null, null from ad_spend
),
evidence as (
    select
        combinations.*,
        aliases.source as alias_source,
        (
            select min_by(click_ids, click_order) from click_ids
            where list_contains(combinations.click_parameters, parameter)
        ) as click,
        exists (
            select 1 from excluded_referrers as excluded
            where suffix('.' || combinations.referrer_host, '.' || excluded.referrer_host)
        ) as is_excluded
    from combinations
    left join source_aliases as aliases on combinations.utm_source = aliases.alias
),
decided as (
    select
        *,
        case
            when has_utm then 'utm'
            when interaction_type is not null then 'interaction'
            when click is not null then 'click_id'
            when referrer_host is not null and not is_excluded then 'referrer'
            else 'none'
        end as traffic_evidence,
        case traffic_evidence
            when 'utm' then coalesce(alias_source, utm_source, '(not set)')
            when 'interaction' then '(not set)'
            when 'click_id' then click.source
            when 'referrer' then referrer_host
            else '(direct)'
        end as raw_source,
        regexp_extract(raw_source, '^(?:(?:www|m|l|lm|out)[.])+([^.]+[.].+)$', 1) as bare_host,
        regexp_extract(
            raw_source,
            '([^.]+)[.](?:(?:co|com|net|org|gov|edu|ac|or|ne|go|gob|gouv)[.][a-z][a-z]'
            || '|[^. 0-9][^. /]*)$', 1
        ) as host_name
    from evidence
),
looked_up as (
    select
        decided.*,
        coalesce(written.source, bare.source, named.source) as listed_source,
        coalesce(written.category, bare.category, named.category, '') as category
    from decided
    left join listed_sources as written on raw_source = written.source
    left join listed_sources as bare on bare_host = bare.source
    left join listed_sources as named on host_name = named.source
),
named as (
    select
        *,
        if(traffic_evidence = 'referrer', coalesce(listed_source, raw_source), raw_source)
            as source,
        case traffic_evidence
            when 'utm' then coalesce(utm_medium, '(not set)')
            when 'interaction' then case interaction_type
                when 'email_open' then 'email' when 'email_click' then 'email'
                when 'podcast' then 'audio' when 'impression' then 'display'
                when 'other' then '(not set)' else interaction_type
            end
            when 'click_id' then click.medium
            when 'none' then '(none)'
            else case category
                when 'search' then 'organic' when 'ai' then 'ai-assistant'
                when '' then 'referral' else category
            end
        end as medium,
        if(traffic_evidence = 'click_id', click.campaign, utm_campaign) as campaign,
        regexp_full_match(medium, '.*cp.*|ppc|retargeting|paid.*') as is_paid,
        coalesce(regexp_full_match(campaign, '.*(([^a-df-z]|^)shop|shopping).*'), false) as is_shop
    from looked_up
),
classified as (
    select
        *,
        case
            when source = '(direct)' and medium in ('(none)', '(not set)') then 'Direct'
            when campaign like '%cross-network%' then 'Cross-network'
            when (category = 'shopping' or is_shop) and is_paid then 'Paid Shopping'
            when category = 'search' and is_paid then 'Paid Search'
            when category = 'social' and is_paid then 'Paid Social'
            when category = 'video' and is_paid then 'Paid Video'
            when medium in ('display', 'banner', 'expandable', 'interstitial', 'cpm') then 'Display'
            when is_paid then 'Paid Other'
            when category = 'shopping' or is_shop then 'Organic Shopping'
            when
                category = 'social'
                or medium in (
                    'social', 'social-network', 'social-media', 'sm', 'social network',
                    'social media'
                )
                then 'Organic Social'
            when category = 'video' or medium like '%video%' then 'Organic Video'
            when category = 'search' or medium = 'organic' then 'Organic Search'
            when category = 'ai' or medium = 'ai-assistant' then 'AI Assistant'
            when medium in ('referral', 'app', 'link') then 'Referral'
            when
                source in ('email', 'e-mail', 'e_mail', 'e mail')
                or medium in ('email', 'e-mail', 'e_mail', 'e mail')
                then 'Email'
            when medium in ('affiliate', 'affiliates') then 'Affiliates'
            when medium = 'audio' then 'Audio'
            when source = 'sms' or medium = 'sms' then 'SMS'
            when
                source = 'firebase' or medium like '%push' or medium like '%mobile%'
                or medium like '%notification%'
                then 'Mobile Push Notifications'
            when medium in ('call', 'event', 'direct_mail', 'survey') then 'Offline'
            else 'Unassigned'
        end as channel
    from named
)
select
    utm_source, utm_medium, utm_campaign, has_utm, click_parameters, referrer_host,
    interaction_type, source, medium, campaign, traffic_evidence, channel, funnel_stage, is_direct
from classified join channels using (channel);

-- step: touchpoints
create table touchpoints as
with touches as (
    select
        'session:' || session_id as touchpoint_id,
        user_key, email_key, visitor_key, 'session' as touch_type,
        utm_source, utm_medium, utm_campaign, has_utm, click_parameters, referrer_host,
        null::varchar as interaction_type,
        utm_content as content, utm_term as term, landing_page, device_type, country,
        false as is_view,
        coalesce(engaged_seconds >= 10, false) or coalesce(page_views >= 2, false)
        or (engaged_seconds is null and page_views is null) as is_engaged,
        started_at as touched_at, ended_at
    from sessions
    where not is_bot and not is_internal and consent_state != 'denied'
    union all
    select
        'interaction:' || interaction_id, user_key, null, visitor_key, interaction_type,
        utm_source, utm_medium, null, coalesce(utm_source, utm_medium) is not null, null, null,
        if(coalesce(utm_source, utm_medium) is null, interaction_type, null),
        null, null, null, null, null,
        interaction_type in ('impression', 'email_open'), true, touched_at, touched_at
    from interactions
),
keyed as (
    select
        touches.*,
        coalesce(
            if(shared_users.key is null, user_key, null),
            if(shared_emails.key is null, email_key, null),
            if(shared_visitors.key is null, visitor_key, null),
            user_key, email_key, visitor_key
        ) as identity_key
    from touches
    left join shared_keys as shared_users on user_key = shared_users.key
    left join shared_keys as shared_emails on email_key = shared_emails.key
    left join shared_keys as shared_visitors on visitor_key = shared_visitors.key
)
select
    touchpoint_id, coalesce(person_id, keyed.identity_key) as person_id, touch_type,
    channel, funnel_stage, source, medium, campaign, content, term, landing_page,
    traffic_evidence, device_type, country, is_view, is_engaged, is_direct, touched_at, ended_at
from keyed
left join persons on keyed.identity_key = persons.identity_key
join traffic
    on
        keyed.utm_source is not distinct from traffic.utm_source
        and keyed.utm_medium is not distinct from traffic.utm_medium
        and keyed.utm_campaign is not distinct from traffic.utm_campaign
        and keyed.has_utm = traffic.has_utm
        and keyed.click_parameters is not distinct from traffic.click_parameters
        and keyed.referrer_host is not distinct from traffic.referrer_host
        and keyed.interaction_type is not distinct from traffic.interaction_type;

-- step: conversions
create table counted_conversions as
with order_keys as (
    select order_key, user_key as key, 1 as type_rank from conversion_events
    where user_key is not null
    union all
    select order_key, visitor_key, 3 from conversion_events where visitor_key is not null
),
order_persons as (
    select order_key, coalesce(person_id, leading_key) as person_id
    from (
        select
            order_key,
            min_by(
                key,
                {'is_shared': key in (from shared_keys), 'type_rank': type_rank, 'key': key}
            ) as leading_key
        from order_keys group by order_key
    )
    left join persons on leading_key = identity_key
),
candidates as (
    select
        events.*, conversion_class, lookback_days, dedupe_minutes,
        coalesce(person_id, 'conversion:' || conversion_key) as person_id
    from conversion_events as events
    left join order_persons using (order_key)
    join conversion_types using (conversion_type)
    where
        conversion_key = kept_conversion_key
        and coalesce(status, 'confirmed') not in ('cancelled', 'pending')
)
select
    conversion_key, conversion_id, source_system, person_id, conversion_type, conversion_class,
    first_converted_at as converted_at, first_converted_at::date as conversion_date,
    conversion_value, lookback_days, product_category,
    first_converted_at - to_hours(24 * lookback_days) as window_opens_at
from candidates
qualify coalesce(
    epoch_us(first_converted_at) - epoch_us(lag(first_converted_at) over (
        partition by person_id, conversion_type
        order by first_converted_at, conversion_id, source_system
    )) >= dedupe_minutes * 60e6, true
);

-- step: paths
create table path_touches as
with candidates as (
    select
        conversion_key, conversion_type, conversion_date, conversion_value, converted_at,
        touchpoints.*
    from touchpoints
    join counted_conversions as conversions
        on
            touchpoints.person_id = conversions.person_id
            and touched_at between window_opens_at and converted_at
    where (is_engaged or ended_at >= converted_at) and not is_view
)
select
    *,
    row_number() over (partition by conversion_key order by touched_at, touchpoint_id)
        as touch_position,
    count(*) over (partition by conversion_key) as path_length
from candidates;

-- step: credits
create table conversion_touches as
with milestones as (
    select
        conversion_key,
        max(if(touched_at <= lead_at, touch_position, null)) as lead_position,
        max(if(touched_at <= opportunity_at, touch_position, null)) as opportunity_position
    from path_touches
    join (
        select
            kept_conversion_key as conversion_key,
            min(if(stage = 'lead', entered_at, null)) as lead_at,
            min(if(stage = 'opportunity', entered_at, null)) as opportunity_at
        from '$raw/crm_stages.parquet' as stages
        join conversion_events using (source_system, conversion_id)
        group by all
    ) using (conversion_key)
    group by conversion_key
),
placed as (
    select
        path_touches.*,
        milestones.conversion_key is not null as has_stages,
        lead_position, opportunity_position,
        (epoch_us(converted_at) - epoch_us(touched_at)) / 86400e6 as days_before_conversion,
        max(touched_at) over path as last_touch_at,
        coalesce(max(if(is_direct, null, touch_position)) over path, path_length)
            as last_non_direct_position,
        touch_position in (1, lead_position, opportunity_position) as is_w_milestone,
        touch_position in (1, lead_position, opportunity_position, path_length)
            as is_full_milestone
    from path_touches
    left join milestones using (conversion_key)
    window path as (partition by conversion_key)
),
weighted as (
    select
        *,
        case
            when path_length = 1 then 1.0 when touch_position = 1 then 0.4
            when touch_position = path_length then 0.4 else 0.2 / (path_length - 2)
        end as position_based,
        case
            when path_length = 1 then 1.0 when touch_position = 1 then 0.2
            when touch_position = path_length then 0.6 else 0.2 / (path_length - 2)
        end as j_shaped,
        case
            when path_length = 1 then 1.0 when touch_position = 1 then 0.6
            when touch_position = path_length then 0.2 else 0.2 / (path_length - 2)
        end as inverse_j,
        pow(2.0, (epoch_us(touched_at) - epoch_us(last_touch_at)) / 86400e6 / 7) as time_decay,
        case
            when not has_stages then position_based
            when coalesce(is_w_milestone, false)
                then 0.3 * (
                    (touch_position = 1)::int + coalesce((touch_position = lead_position)::int, 0)
                    + coalesce((touch_position = opportunity_position)::int, 0)
                )
            else 0.1 / count_if(not coalesce(is_w_milestone, false)) over path
        end as w_shaped,
        case
            when not has_stages then position_based
            when coalesce(is_full_milestone, false)
                then 0.225 * (
                    (touch_position = 1)::int + coalesce((touch_position = lead_position)::int, 0)
                    + coalesce((touch_position = opportunity_position)::int, 0)
                    + (touch_position = path_length)::int
                )
            else 0.1 / count_if(not coalesce(is_full_milestone, false)) over path
        end as full_path
    from placed
    window path as (partition by conversion_key)
)
select
    conversion_key, touchpoint_id, touch_position, path_length, touched_at,
    days_before_conversion, channel, source, medium, campaign, content, term, landing_page,
    funnel_stage, touch_type, device_type, country,
    case
        when path_length > 1 and touch_position <= floor(path_length * 0.25 + 0.5) then 'early'
        when touch_position > path_length - ceil(path_length * 0.25) then 'late'
        else 'mid'
    end as journey_phase,
    touch_position = 1 as is_first_touch,
    touch_position = path_length as is_last_touch,
    touch_position < path_length as is_assist,
    (touch_position = 1)::int::double as credit_first_touch,
    (touch_position = path_length)::int::double as credit_last_touch,
    (touch_position = last_non_direct_position)::int::double as credit_last_non_direct,
    1 / path_length as credit_linear,
    position_based / sum(position_based) over path as credit_position_based,
    j_shaped / sum(j_shaped) over path as credit_j_shaped,
    inverse_j / sum(inverse_j) over path as credit_inverse_j,
    time_decay / sum(time_decay) over path as credit_time_decay,
    w_shaped / sum(w_shaped) over path as credit_w_shaped,
    full_path / sum(full_path) over path as credit_full_path
from weighted
window path as (partition by conversion_key);

-- step: conversions with paths
create table conversions as
with runs as (
    select conversion_key, run, min(channel) as channel, count(*) as touches
    from (
        select *, sum(starts_run) over (
            partition by conversion_key order by touch_position
        ) as run
        from (
            select
                conversion_key, channel, touch_position,
                (channel is distinct from lag(channel) over (
                    partition by conversion_key order by touch_position
                ))::int as starts_run
            from conversion_touches
        )
    )
    group by all
),
collapsed as (
    select
        conversion_key,
        string_agg(if(touches > 1, channel || ' x' || touches, channel), ' > ' order by run)
            as path_collapsed
    from runs group by all
),
paths as (
    select
        conversion_key,
        max(path_length) as path_length,
        count(distinct channel) as channel_count,
        max(if(is_first_touch, channel, null)) as first_channel,
        max(if(is_last_touch, channel, null)) as last_channel,
        string_agg(channel, ' > ' order by touch_position) as path,
        min(touched_at) as first_touch_at,
        max(touched_at) as last_touch_at,
        max(if(is_last_touch, device_type, null)) as device_type,
        max(if(is_last_touch, country, null)) as country
    from conversion_touches group by all
),
first_sessions as (
    select person_id, min(touched_at) as first_session_at
    from touchpoints where touch_type = 'session' group by all
)
select
    conversions.*,
    paths.* exclude (conversion_key),
    path_collapsed,
    (epoch_us(converted_at) - epoch_us(first_touch_at)) / 86400e6 as days_to_conversion,
    coalesce(first_session_at >= coalesce(first_touch_at, converted_at), true) as is_new_visitor
from counted_conversions as conversions
left join paths using (conversion_key)
left join collapsed using (conversion_key)
left join first_sessions using (person_id);

-- step: roles
create macro roles(touches) as table
select
    conversion_key, conversion_type, conversion_date, part,
    conversion_value,
    bool_or(is_assist) as is_assist,
    bool_or(is_last_touch) as is_last,
    bool_or(is_first_touch) as is_first,
    bool_or(not is_first_touch and not is_last_touch) as is_nurture,
    min(path_length) = 1 as is_sole,
    count(*) as touch_count,
    count_if(is_assist) as assist_touch_count,
    min(touch_position) as first_position,
    max(touch_position) as last_position
from query_table(touches)
join counted_conversions using (conversion_key)
group by all;

create view touches_by_channel as select *, channel as part from conversion_touches;
create view touches_by_campaign as
select *, {'channel': channel, 'source': source, 'medium': medium, 'campaign': campaign} as part
from conversion_touches;

create table assisted_by_channel as from roles('touches_by_channel');
create table assisted_by_campaign as from roles('touches_by_campaign');
create table assisted_by_content as
with leveled as (
    select
        conversion_key, is_assist, is_first_touch, is_last_touch, touch_position, path_length,
        unnest([
            {'level': 'landing_page', 'part': landing_page},
            {'level': 'content', 'part': content},
            {'level': 'term', 'part': term},
            {'level': 'source_medium', 'part': source || ' / ' || medium},
            {'level': 'funnel_stage', 'part': funnel_stage},
            {'level': 'touch_type', 'part': touch_type}
        ], recursive := true)
    from conversion_touches
)
select
    conversion_key, conversion_type, conversion_date, level, part,
    conversion_value,
    bool_or(is_assist) as is_assist,
    bool_or(is_last_touch) as is_last,
    bool_or(is_first_touch) as is_first,
    bool_or(not is_first_touch and not is_last_touch) as is_nurture,
    min(path_length) = 1 as is_sole,
    count(*) as touch_count,
    count_if(is_assist) as assist_touch_count,
    min(touch_position) as first_position,
    max(touch_position) as last_position
from leveled
join counted_conversions using (conversion_key)
group by all;

-- step: daily performance
create macro performance(assisted, touches) as table
with roles as (
    select
        conversion_date, conversion_type, part,
        count(*) as conversions,
        count_if(is_assist) as assisted_conversions,
        count_if(is_assist and not is_last) as assist_only_conversions,
        count_if(is_last) as last_conversions,
        count_if(is_first) as first_conversions,
        count_if(is_sole) as sole_conversions,
        sum(if(is_assist, conversion_value, 0)) as assisted_value,
        sum(if(is_last, conversion_value, 0)) as last_value,
        sum(if(is_first, conversion_value, 0)) as first_value
    from query_table(assisted) group by all
),
credits as (
    select
        conversion_date, conversion_type, part,
        sum(columns('credit_(.*)')) as 'credit_\1',
        sum(columns('credit_(.*)') * conversion_value::double)::decimal(18, 4) as 'value_\1'
    from query_table(touches)
    join counted_conversions using (conversion_key)
    group by all
)
select *
from roles join credits
    on
        roles.conversion_date = credits.conversion_date
        and roles.conversion_type = credits.conversion_type
        and roles.part is not distinct from credits.part;

create table channel_performance_daily as
from performance('assisted_by_channel', 'touches_by_channel');
create table campaign_performance_daily as
from performance('assisted_by_campaign', 'touches_by_campaign');

-- step: non-converting journeys
create table journeys as
with events as (
    select person_id, touchpoint_id, channel, touched_at as happened_at, false as is_conversion
    from touchpoints
    where
        is_engaged and not is_view
        and touchpoint_id not in (
            select touchpoint_id from path_touches join conversion_types using (conversion_type)
            where conversion_class = 'macro'
        )
    union all
    select person_id, null, null, converted_at, true
    from counted_conversions where conversion_class = 'macro'
),
cut as (
    select
        *,
        coalesce(
            lag(is_conversion) over person
            or epoch_us(happened_at) - epoch_us(lag(happened_at) over person) > 180 * 86400e6,
            true
        ) as starts_journey
    from events
    window person as (
        partition by person_id order by happened_at, is_conversion desc, touchpoint_id
    )
),
numbered as (
    select *, count_if(starts_journey) over (
        partition by person_id order by happened_at, is_conversion desc, touchpoint_id
        rows unbounded preceding
    ) as journey_number
    from cut
)
select
    person_id, min(happened_at) as started_at, max(happened_at) as ended_at,
    count(*) as path_length,
    string_agg(channel, ' > ' order by happened_at, touchpoint_id) as path
from numbered
where not is_conversion
group by person_id, journey_number
having epoch_us((
    select max(ends_at) from (
        select max(touched_at) as ends_at from touchpoints
        union all
        select max(converted_at) from counted_conversions
    )
)) - epoch_us(ended_at) >= 180 * 86400e6;

-- step: reports
create table groups as
select conversion_type as conversion_group, conversion_type from conversion_types
union all
select '(all ' || conversion_class || ')', conversion_type from conversion_types;

create table channel_assists as
with costs as (
    select channel, sum(cost) as cost
    from ad_spend
    join traffic
        on
            ad_spend.utm_source = traffic.utm_source and ad_spend.utm_medium = traffic.utm_medium
            and ad_spend.utm_campaign = traffic.utm_campaign and has_utm
    group by channel
)
select
    conversion_group, part as channel,
    count(*) as conversions,
    count_if(is_assist) as assisted_conversions,
    count_if(is_last) as last_conversions,
    count_if(is_first) as first_conversions,
    sum(if(is_assist, conversion_value, 0)) as assisted_value,
    any_value(cost) as cost
from assisted_by_channel
join groups using (conversion_type)
left join costs on part = channel
group by all;

create table channel_pairs as
select
    conversion_group, assisting.part as assisting_channel, closing.part as closing_channel,
    count(*) as conversions, sum(closing.conversion_value) as conversion_value
from assisted_by_channel as closing
join assisted_by_channel as assisting using (conversion_key)
join groups on closing.conversion_type = groups.conversion_type
where closing.is_last and assisting.is_assist
group by all;

create table top_paths as
select
    conversion_group, path_collapsed, count(*) as conversions,
    count(distinct person_id) as persons, sum(conversion_value) as conversion_value,
    avg(path_length) as average_path_length, avg(days_to_conversion) as average_days
from conversions join groups using (conversion_type)
group by all;

create table distributions as
select
    conversion_group, least(path_length, 12) as length_bucket, floor(days_to_conversion) as days,
    count(*) as conversions, sum(conversion_value) as conversion_value
from conversions join groups using (conversion_type)
group by all;
