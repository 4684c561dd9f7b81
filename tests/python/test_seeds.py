"""The bot patterns against user agents of people and of machines."""

import csv
import sys

import duckdb
import pytest
from conftest import ROOT
from reference import Seeds
from reference.channels import Traffic

sys.path.insert(0, str(ROOT / "scripts"))
import make_bot_patterns  # noqa: E402

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"

PEOPLE = {
    "chrome": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36",
    "edge": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    "firefox": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "safari": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/26.0 Safari/605.1.15",
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
    "like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
    "samsung": "Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
    "m_bot_phone": f"Mozilla/5.0 (Linux; Android 6.0; M bot 60 Build/MRA58K) {KIT} "
    "Chrome/62.0.3202.84 Mobile Safari/537.36",
    "m_bot_tablet": f"Mozilla/5.0 (Linux; Android 7.0; M BOT TAB 101 Build/NRD90M) {KIT} "
    "Chrome/75.0.3770.101 Safari/537.36",
    "c_bot_tablet": f"Mozilla/5.0 (Linux; Android 7.0; C Bot Tab 100) {KIT} "
    "Chrome/74.0.3729.157 Safari/537.36",
    "idbot_phone": f"Mozilla/5.0 (Linux; Android 6.0; IDbot553 Build/MRA58K) {KIT} "
    "Chrome/59.0.3071.125 Mobile Safari/537.36",
    "spider_phone": f"Mozilla/5.0 (Linux; Android 13; Spider 8) {KIT} Chrome/124.0.0.0 "
    "Safari/537.36",
    "build_of_a_phone": "Mozilla/5.0 (Linux; Android 15; CPH2655 Build/AP3A.240617.008) "
    "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.6045.163 Mobile Safari/537.36",
    "mail_program": "Mozilla/5.0 (X11; Linux x86_64; rv:29.0) Gecko/20100101 Firefox/29.0 "
    "SeaMonkey/2.26a1 Lightning/3.1a1",
    "facebook_browser": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) "
    "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS] MetaIAB Facebook",
    "paypal_app": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) "
    "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 PayPal/8.80",
    "cubot_phone": "Mozilla/5.0 (Linux; Android 13; CUBOT KINGKONG 9) AppleWebKit/537.36 (KHTML, "
    "like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    "facebook_app": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/530.0.0;FBBV/1;FBDV/iPhone15,2]",
    "instagram_app": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like "
    "Gecko) Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36 Instagram 400.0.0.0 Android",
    "google_app": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) GSA/390.0 Mobile/15E148 Safari/604.1",
    "opera": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0",
    "duckduckgo_browser": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/26.0 Safari/605.1.15 Ddg/26.0",
}

MACHINES = {
    "googlebot": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "adsbot": "AdsBot-Google (+http://www.google.com/adsbot.html)",
    "bingbot": "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "baidu": "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "yahoo": "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    "mail_ru": "Mozilla/5.0 (compatible; Linux x86_64; Mail.RU_Bot/2.0)",
    "facebook_preview": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "whatsapp_preview": "WhatsApp/2.23.20.0",
    "gptbot": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)",
    "assistant": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0",
    "claude": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0)",
    "claude_user": "Mozilla/5.0 (compatible; Claude-User/1.0)",
    "perplexity_user": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; "
    "Perplexity-User/1.0)",
    "openai_search": "Mozilla/5.0 (compatible; OAI-SearchBot/1.0)",
    "bytespider": "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Mobile Safari/537.36 (compatible; Bytespider; https://zhanzhang.toutiao.com/)",
    "mistral": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; MistralAI-User/1.0)",
    "anthropic": "anthropic-ai",
    "cohere": "cohere-ai",
    "two_words": "Linguee Bot (http://www.linguee.com/bot; bot@linguee.com)",
    "headless": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "HeadlessChrome/142.0.0.0 Safari/537.36",
    "lighthouse": "Mozilla/5.0 (Linux; Android 11) Chrome/142.0.0.0 Mobile Chrome-Lighthouse",
    "uptime_robot": "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "python": "python-requests/2.32.5",
    "curl": "curl/8.16.0",
    "go": "Go-http-client/2.0",
}


def is_bot(user_agent):
    """As staging matches them: anywhere, without regard to case."""
    with (ROOT / "seeds/bot_patterns.csv").open(newline="", encoding="utf-8") as file:
        patterns = [row["pattern"] for row in csv.DictReader(file)]
    pattern = "(?i)(?:" + ")|(?:".join(patterns) + ")"
    return duckdb.execute("select regexp_matches(?, ?)", [user_agent, pattern]).fetchone()[0]


@pytest.mark.parametrize("name", PEOPLE)
def test_people_are_no_bots(name):
    assert not is_bot(PEOPLE[name])


@pytest.mark.parametrize("name", MACHINES)
def test_machines_are_bots(name):
    assert is_bot(MACHINES[name])


def test_no_alias_loses_its_category():
    """Whatever the lists say of a source without its alias, they say of the alias."""
    seeds = Seeds(ROOT / "seeds")
    without_aliases = Seeds(ROOT / "seeds")
    without_aliases.aliases = {}
    traffic = Traffic(without_aliases)
    categories = {
        alias: (traffic.category(traffic.standard(alias)), seeds.categories.get(source))
        for alias, source in seeds.aliases.items()
    }
    assert not {alias for alias, (old, new) in categories.items() if old not in (None, new)}
    assert all(category for _, category in categories.values())


def test_the_bot_patterns_are_those_of_the_script():
    """The general patterns come first, as the script has them; the published ones follow."""
    with (ROOT / "seeds/bot_patterns.csv").open(newline="", encoding="utf-8") as file:
        rows = [(row["pattern"], row["description"]) for row in csv.DictReader(file)]
    general = list(make_bot_patterns.GENERAL.items())
    assert rows[: len(general)] == general
    assert len(rows) > len(general) + 500
    assert not [pattern for pattern, _ in rows if "\\" in pattern]


def test_the_source_list_is_as_long_as_published():
    """Sources that are lost from it would become referrals without notice."""
    assert len(Seeds(ROOT / "seeds").categories) >= 819


@pytest.mark.parametrize(
    ("published", "made"),
    [
        ({"pattern": r"New\/", "instances": ["New/1"]}, ["new/"]),
        ({"pattern": r"A\.b[\s\S]*c\d", "instances": ["A.b"]}, ["a[.]b.*c[0-9]"]),
        ({"pattern": "Somebot", "instances": ["Somebot/1"]}, []),
        ({"pattern": "Somebot", "instances": ["Somebot/1", "SomebotX"]}, ["somebot"]),
        ({"pattern": "Somebot"}, []),
        ({"pattern": "Butterfly", "instances": ["Butterfly/1"]}, []),
    ],
)
def test_published_patterns_are_taken_over_where_they_are_needed(published, made):
    assert list(make_bot_patterns.further_patterns([published])) == made
