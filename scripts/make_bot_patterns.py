"""Makes seeds/bot_patterns.csv from the published list crawler-user-agents.

    python scripts/make_bot_patterns.py crawler-user-agents.json > seeds/bot_patterns.csv

The list (https://github.com/monperrus/crawler-user-agents, MIT) is a JSON array of patterns with
user agents that each matches. A few general patterns come first; of the published ones those
follow that match an agent which the general ones miss. Patterns match anywhere, in any case, and
are written without backslashes, which engines read differently.
"""

import argparse
import csv
import json
import re
import sys
from pathlib import Path

# The version of the list that the seed was made from.
VERSION = "crawler-user-agents, commit 7c7f9f2 of 2026-07-02"

GENERAL = {
    "(^|[^ux _]|[^c]u|[a-z]x)bot([^a-z0-9]|$)": "Names that end in bot; the phones Cubot, XBot and "
    "IDbot553 are none",
    "(^|[^a-z]|[a-z][a-z][^e]r|[a-z][a-z][a-qs-z])[ _]bot([^a-z0-9]|$)": "The same of two words; "
    "the phones M bot, B BOT, C Bot Tab, VR BOT and POWER BOT are none",
    "crawl": "Crawlers",
    "[^ ]spider|spider([^ ]|$)": "Spiders; the phone Spider 8 is none",
    "bot[.]htm": "Pages about a bot",
    "https?://[^ ;)]*(bot|crawler)": "Addresses of pages about a bot",
    "slurp": "Yahoo",
    "ia_archiver": "Internet Archive",
    "archive[.]org": "Internet Archive",
    "mediapartners-google": "Google AdSense",
    "feedfetcher": "Google",
    "google-inspectiontool": "Google",
    "googleother": "Google",
    "bingpreview": "Bing",
    "facebookexternalhit": "Link previews of Facebook",
    "meta-external": "Meta",
    "^whatsapp/": "Link previews of WhatsApp",
    "skypeuripreview": "Link previews of Skype",
    "(chatgpt|claude|perplexity|mistralai|manus)-?user": "Fetches of an AI assistant",
    "claude-web": "Fetches of an AI assistant",
    "headlesschrome": "Automated browsers",
    "phantomjs": "Automated browsers",
    "puppeteer": "Automated browsers",
    "playwright": "Automated browsers",
    "selenium": "Automated browsers",
    "cypress/": "Automated browsers",
    "chrome-lighthouse": "Speed tests",
    "pagespeed": "Speed tests",
    "gtmetrix": "Speed tests",
    "ptst/": "Speed tests",
    "pingdom": "Monitoring",
    "uptime": "Monitoring",
    "statuscake": "Monitoring",
    "site24x7": "Monitoring",
    "newrelic": "Monitoring",
    "datadog": "Monitoring",
    "dynatrace": "Monitoring",
    "screaming frog": "Site audits",
    "siteaudit": "Site audits",
    "^curl": "Scripts",
    "^wget": "Scripts",
    "python-?(requests|urllib|httpx)": "Scripts",
    "aiohttp": "Scripts",
    "scrapy": "Scripts",
    "go-http-client": "Scripts",
    "^java/": "Scripts",
    "apache-httpclient": "Scripts",
    "libwww-perl": "Scripts",
    "node-fetch": "Scripts",
    "^axios": "Scripts",
    "^ruby": "Scripts",
    "guzzlehttp": "Scripts",
    "postmanruntime": "Scripts",
    "insomnia/": "Scripts",
    "zgrab": "Scanners",
    "masscan": "Scanners",
    "nmap scripting": "Scanners",
    "nikto": "Scanners",
    "sqlmap": "Scanners",
}

# Published patterns that are left out, by the reason.
LEFT_OUT = {
    "a part of phones and of their builds": [
        r"AP3A\.240617\.008", "Butterfly", "Fever", r"008\/", "ds9", "Expanse",
    ],
    "a part of browsers and of browsers inside apps": [
        "Fluid", r"NING\/", "Viber", "MetaIAB Facebook", r"PayPal\/", r"Daum\/", "Blackboard",
        r"Salesforce\.com", r"Tumblr\/", r"Notion\/", r"Overcast\/", r"upday\/", r"Instapaper\/",
        r"Asana\/", r"Grammarly\/", r"Code\/1\.", r"Trae\/", r"BW\/", r"Make\/", "WhatsApp",
    ],
    "words that anybody may use": [
        "Adventurer", "Charlotte", "Determ", "Devin", "Hello World", "Hotjar", "HubSpot",
        "Magellan", "Trove", "Webflow", "Goodreads", "Disqus", "Tweakers",
    ],
}  # fmt: skip


def portable(pattern):
    """The same pattern without backslashes."""
    pattern = pattern.replace(r"[\s\S]*", ".*").replace(r"\d", "[0-9]").replace(r"\/", "/")
    return re.sub(r"\\([^A-Za-z0-9])", r"[\1]", pattern)


def matches(pattern, agent):
    return re.search(pattern, agent, re.IGNORECASE) is not None


def further_patterns(published):
    """The published patterns that are needed beside the general ones."""
    general = re.compile("|".join(f"(?:{pattern})" for pattern in GENERAL), re.IGNORECASE)
    left_out = {pattern for patterns in LEFT_OUT.values() for pattern in patterns}
    for entry in published:
        pattern = portable(entry["pattern"]).strip().lower()
        agents = entry.get("instances", [])
        # A pattern without an agent is known by itself.
        if entry["pattern"] in left_out or all(general.search(one) for one in agents or [pattern]):
            continue
        yield pattern


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("list", type=Path)
    published = json.loads(parser.parse_args().list.read_text(encoding="utf-8"))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["pattern", "description"])
    writer.writerows(GENERAL.items())
    seen = set(GENERAL)
    for pattern in further_patterns(published):
        if pattern not in seen:
            seen.add(pattern)
            writer.writerow([pattern, VERSION.split(",")[0]])
