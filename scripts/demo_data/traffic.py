"""Where visits come from, and how each source shows in a session's UTM fields and URLs."""

from dataclasses import dataclass
from urllib.parse import quote, quote_plus

SHOP = "northwind-outfitters.example"
HR = "peoplegrid.example"

PAGES = {
    SHOP: (
        "/",
        "/collections/boots",
        "/collections/rain-jackets",
        "/collections/new",
        "/products/fell-runner-2",
        "/products/harbour-parka",
        "/sale",
    ),
    HR: ("/", "/pricing", "/product/payroll", "/product/time-off", "/demo", "/customers"),
}
BLOG = (
    "/blog/onboarding-checklist",
    "/blog/parental-leave-by-country",
    "/blog/what-is-an-hris",
    "/guides/payroll-migration",
    "/guides/performance-reviews",
)
JOURNAL = ("/journal/how-to-layer", "/journal/boot-care", "/collections/boots")


@dataclass(frozen=True)
class Source:
    """One source of traffic. `tagged` lists the spellings of utm_source; empty: no UTM at all."""

    tagged: tuple = ()
    medium: str | None = None
    campaigns: tuple = (None,)
    contents: tuple = (None,)
    terms: tuple = (None,)
    referrers: tuple = (None,)
    click_id: str | None = None
    untagged_share: float = 0.0
    # Of the tagged visits: with the source alone, as auto-tagging leaves them; with placeholders
    # that nobody filled in.
    half_tagged_share: float = 0.0
    unfilled_share: float = 0.0
    # What somebody typed for the medium in some of the tagged links.
    mistyped_medium: str | None = None
    # Days of the year on which the source sends visits; it is quiet on all others.
    on_air: tuple = ()
    pages: tuple = ()
    platform: str | None = None


GOOGLE = ("https://www.google.com/", "https://www.google.com/", "https://www.google.co.uk/")
WEBMAIL = (
    None,
    "https://mail.google.com/",
    "https://outlook.live.com/mail/",
    "android-app://com.google.android.gm/",
)
MISTYPED_SHARE = 0.03
# Of the clicks on search ads, those that the platform exports.
REPORTED_CLICKS = 0.8
TAGS = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
PAYMENT_PAGES = ("https://checkout.stripe.com/c/pay", "https://www.paypal.com/checkoutnow")
# Payment providers and own pages refer visitors who were there already: no source of their own.
SHOP_SELF = (None,) * 12 + (
    f"https://www.{SHOP}/cart",
    "https://www.paypal.com/checkoutnow",
    "https://checkout.stripe.com/c/pay",
)
# Days of the demo year: September to December, March and April, Black Friday to Christmas and June.
AUTUMN = range(62, 184)
SPRING = range(243, 304)
SALES = (*range(140, 178), *range(335, 365))
HR_SELF = (None,) * 12 + (f"https://app.{HR}/login", "https://accounts.google.com/")

SOURCES = {
    "instagram_ads": Source(
        ("instagram",) * 8 + ("ig",),
        "paid_social",
        ("summer lookbook", "creator series", "new arrivals"),
        ("reel_trail", "reel_city", "carousel_boots", "story_sale"),
        referrers=("https://l.instagram.com/", None),
        click_id="fbclid",
        platform="instagram",
    ),
    "facebook_ads": Source(
        ("facebook", "fb", "facebook"),
        "paid_social",
        ("prospecting", "retargeting"),
        ("video_a", "video_b"),
        referrers=("https://m.facebook.com/", None),
        click_id="fbclid",
        unfilled_share=0.04,
        platform="facebook",
    ),
    "instagram_posts": Source(referrers=("https://l.instagram.com/",), click_id="igshid"),
    "google_ads": Source(
        ("google",),
        "cpc",
        ("brand", "generic outdoor"),
        terms=("northwind outfitters", "waterproof jacket", "hiking boots"),
        referrers=GOOGLE,
        click_id="gclid",
        untagged_share=0.3,
        half_tagged_share=0.1,
        platform="google",
    ),
    "google_shopping": Source(
        ("google",), "cpc", ("shopping catalogue",), referrers=GOOGLE, click_id="gclid"
    ),
    "search": Source(referrers=(*GOOGLE, "https://www.bing.com/"), pages=JOURNAL),
    "direct": Source(referrers=SHOP_SELF),
    "newsletter": Source(
        ("klaviyo",),
        "email",
        ("weekly edit", "back in stock", "basket reminder"),
        ("hero", "grid"),
        referrers=WEBMAIL,
        untagged_share=0.05,
        mistyped_medium="emal",
    ),
    "affiliate": Source(
        ("awin",), "affiliate", ("voucher sites",), click_id="awc", mistyped_medium="afiliate"
    ),
    "referral": Source(
        referrers=("https://www.trailnotes.example/gear", "https://outdoor-forum.example/t/42")
    ),
    "display": Source(
        ("dv360",),
        "display",
        ("retargeting autumn",),
        ("banner_300", "banner_728"),
        on_air=AUTUMN,
    ),
    # Many visits, and not one purchase.
    "tiktok_ads": Source(
        ("tiktok",), "paid_social", ("brand test",), click_id="ttclid", on_air=SPRING
    ),
    "assistant": Source(referrers=("https://chatgpt.com/", "https://www.perplexity.ai/")),
    "youtube": Source(referrers=("https://www.youtube.com/",)),
    "sms": Source(("attentive",), "sms", ("flash sale",), on_air=SALES),
    # A medium of the house's own making, which no channel rule knows.
    "poster": Source(("poster",), "qr", ("tube stations",)),
    "hr_blog": Source(referrers=(*GOOGLE, "https://duckduckgo.com/"), pages=BLOG),
    "hr_email": Source(
        ("hubspot",),
        "email",
        ("nurture leave laws", "product tour", "quarterly offer"),
        ("cta", "ps"),
    ),
    "hr_linkedin": Source(
        ("linkedin",),
        "paid_social",
        ("people leaders emea", "people leaders us"),
        ("case study", "calculator"),
        referrers=("https://www.linkedin.com/",),
        click_id="li_fat_id",
        pages=BLOG,
        platform="linkedin",
    ),
    "hr_google_ads": Source(
        ("google",),
        "cpc",
        ("hris brand", "hris generic"),
        terms=("hr software", "peoplegrid"),
        referrers=GOOGLE,
        click_id="gclid",
        platform="google",
    ),
    "hr_direct": Source(referrers=HR_SELF),
    "hr_reviews": Source(referrers=("https://www.g2.com/products", "https://www.capterra.com/p")),
    "hr_assistant": Source(referrers=("https://chatgpt.com/", "https://claude.ai/"), pages=BLOG),
    "hr_podcast_link": Source(referrers=(None,), click_id="spclid", pages=BLOG),
}


def link(rng, name, site):
    """The landing_url, referrer_url and utm_* fields of a visit from the named source.

    Also whether the URL ends with a click id, which the caller adds: it is never seen twice.
    """
    source = SOURCES[name]
    url = f"https://www.{site}{rng.choice(source.pages or PAGES[site])}"
    query, fields = [], {}
    if source.tagged and rng.random() >= source.untagged_share:
        tags = {
            "utm_source": rng.choice(source.tagged),
            "utm_medium": source.medium,
            "utm_campaign": rng.choice(source.campaigns),
            "utm_content": rng.choice(source.contents),
            "utm_term": rng.choice(source.terms),
        }
        tags = {field: spell(rng, value) for field, value in tags.items() if value}
        tags = flawed(rng, source, tags)
        # Some collectors parse the URL, some keep it whole, some do both.
        kept = rng.choices(("fields", "url", "both"), (40, 35, 25))[0]
        fields = tags if kept != "url" else {}
        escape = rng.choice((quote, quote_plus))
        query = [f"{field}={escape(value)}" for field, value in tags.items() if kept != "fields"]
    # Without a medium the click id alone has to tell the source.
    is_click = bool(source.click_id) and ("utm_medium" not in fields or rng.random() < 0.5)
    if is_click:
        query.append(f"{source.click_id}=")
    if query:
        url += "?" + "&".join(query)
    return {"landing_url": url, "referrer_url": rng.choice(source.referrers), **fields}, is_click


def arrival(rng, name, site):
    """As `link`, with the click id in its place, and the id by itself."""
    arrived, is_click = link(rng, name, site)
    if not is_click:
        return arrived, None
    click_id = f"{rng.getrandbits(60):x}"
    return arrived | {"landing_url": arrived["landing_url"] + click_id}, click_id


def sources_on(weights, day):
    """The weights of the sources that send visits on a day of the year."""
    return {
        name: weight
        for name, weight in weights.items()
        if not SOURCES[name].on_air or int(day) in SOURCES[name].on_air
    }


def reported_click(rng, name, click_id):
    """What the ad platform knows about a click, if it exports clicks at all."""
    source = SOURCES[name]
    return {
        "parameter": source.click_id,
        "click_id": click_id,
        "utm_campaign": rng.choice(source.campaigns),
        "utm_term": rng.choice(source.terms),
    }


def flawed(rng, source, tags):
    """The tags as the platform leaves them where somebody forgot a setting."""
    draw = rng.random()
    if draw < source.half_tagged_share:
        return {"utm_source": tags["utm_source"]}
    if draw < source.half_tagged_share + source.unfilled_share:
        return tags | {"utm_campaign": "{{campaign.name}}", "utm_content": "{{ad.name}}"}
    if source.mistyped_medium and draw > 1 - MISTYPED_SHARE:
        return tags | {"utm_medium": source.mistyped_medium}
    return tags


def spell(rng, value):
    """The value as people type it: mostly right, now and then in capitals or with stray blanks."""
    draw = rng.random()
    if draw < 0.03:
        return value.upper()
    if draw < 0.05:
        return value.title()
    return f" {value} " if draw < 0.06 else value
