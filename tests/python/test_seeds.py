"""The bot patterns against user agents of people and of machines."""

import csv

import duckdb
import pytest
from conftest import ROOT

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
    query = "select bool_or(regexp_matches(?, '(?i)' || p)) from (select unnest(?) as p)"
    return duckdb.execute(query, [user_agent, patterns]).fetchone()[0]


@pytest.mark.parametrize("name", PEOPLE)
def test_people_are_no_bots(name):
    assert not is_bot(PEOPLE[name])


@pytest.mark.parametrize("name", MACHINES)
def test_machines_are_bots(name):
    assert is_bot(MACHINES[name])
