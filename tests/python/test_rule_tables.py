"""Rule tables with wrong rows: no model is built from one, and the error says what to mend."""

import csv
import os

import pytest
from builds import copy_project, dbt_command, write_seed
from conftest import ROOT, fetch, write_csv

# By seed: the column that names a row, and rows that are added, or replace the one that they name.
WRONG_ROWS = {
    "bot_patterns": ("pattern", [{"pattern": "a("}, {"pattern": "bot|"}]),
    "campaign_parameters": (
        "parameter",
        [{"parameter": one, "field": "terms"} for one in (
            "utm_term", "mtm_kwd", "mtm_keyword", "pk_kwd", "pk_keyword",
        )],
    ),
    "channel_overrides": (
        "rule_order",
        [
            {"rule_order": "5", "source_pattern": "goo(gle", "channel": "Paid Serch"},
            {"rule_order": "6", "medium_pattern": ".*", "channel": "Email"},
        ],
    ),
    "channels": (
        "channel",
        [
            {"channel": "(none)", "funnel_stage": "low", "is_paid": "false", "is_direct": "false"},
            {"channel": "Email", "is_direct": "true"},
        ],
    ),
    "click_ids": ("parameter", [{"parameter": "gclid", "source": "Google", "is_paid": ""}]),
    "conversion_statuses": (
        "raw_status",
        [{"raw_status": "void", "status": "gone"}, {"raw_status": "refunded", "status": "pending"}],
    ),
    "conversion_types": (
        "conversion_type",
        [
            {"conversion_type": "Sale", "conversion_class": "large", "lookback_days": "366",
             "dedupe_minutes": "-1", "owner": "", "version": "0"},
        ],
    ),
    "excluded_referrers": (
        "referrer_host",
        [{"referrer_host": "https://x.example/"}, {"referrer_host": "", "note": "A host"}],
    ),
    "interaction_types": ("interaction_type", [{"interaction_type": "Call", "is_view": ""}]),
    "junk_ids": ("junk_id", [{"junk_id": " NULL "}]),
    "medium_aliases": ("alias", [{"alias": "other", "medium": "demandgen"}]),
    "platforms": ("platform", [{"platform": "Ads", "channel": "Paid Serch"}, {"platform": "Rest"}]),
    "source_aliases": (
        "alias",
        [
            {"alias": "Facebok", "source": "facebook"},
            {"alias": "fb2", "source": "fb"},
            {"alias": "kagi", "source": "facebook"},
        ],
    ),
    "source_categories": ("source", [{"source": "BING", "category": "engines"}]),
    "source_categories_supplement": ("source", [{"source": "Yahoo", "category": "search"}]),
    "tracking_plan": (
        "value",
        [
            {"field": "medium", "value": "cpc", "valid_from": "2026-02-01",
             "valid_to": "2026-01-31"},
            {"field": "utm_source", "value": "google", "owner": "team"},
            {"field": "campaign", "value": "spring(", "owner": "team"},
        ],
    ),
}  # fmt: skip
VARS = "{removal_scenarios: {cut: [Paid Serch]}, journey_conversion_types: [trial]}"
LOWER = "must be a text in lower case without spaces around it"
PATTERN = "must be a regular expression that compiles and does not match an empty text"
SOURCE = "must be a source that is no alias itself and has the category of the alias"
EXPECTED = {
    "bot_patterns": [
        f"row `pattern = a(`: column `pattern` is `a(`, but {PATTERN}",
        f"row `pattern = bot|`: column `pattern` is `bot|`, but {PATTERN}",
    ],
    "campaign_parameters": [
        "row `parameter = utm_term`: column `field` is `terms`, "
        "but must be one of source, medium, campaign, content, term",
        "row `field = term` is absent: without a parameter the field is never read",
    ],
    "channel_overrides": [
        "row `rule_order = 5`: column `channel` is `Paid Serch`, "
        "but must be in the rule table channels; add it there or correct it here",
        f"row `rule_order = 5`: column `source_pattern` is `goo(gle`, but {PATTERN}",
        f"row `rule_order = 6`: column `medium_pattern` is `.*`, but {PATTERN}",
    ],
    "channels": [
        "row `channel = (none)`: column `channel` is `(none)`, but must be a name without",
        "row `channel = (none)`: column `funnel_stage` is `low`, but must be one of upper, mid, l",
        "row `channel = Email, is_direct = False` is absent: the default rules need it",
        "row `channel = Paid Serch` is absent: var `removal_scenarios` names it",
    ],
    "click_ids": [
        "row `parameter = gclid`: column `is_paid` is missing, but must be there",
        f"row `parameter = gclid`: column `source` is `Google`, but {LOWER}",
    ],
    "conversion_statuses": [
        "row `raw_status = refunded`: column `status` is `pending`, but must be the same",
        "row `raw_status = void`: column `status` is `gone`, but must be one of confirmed, pend",
    ],
    "conversion_types": [
        f"row `conversion_type = Sale`: column `conversion_type` is `Sale`, but {LOWER}",
        "row `conversion_type = Sale`: column `conversion_class` is `large`, but must be one of",
        "row `conversion_type = Sale`: column `lookback_days` is `366`, but must be from 1 to 365",
        "row `conversion_type = Sale`: column `dedupe_minutes` is `-1`, but must be from 0 up",
        "row `conversion_type = Sale`: column `owner` is missing, but must be a text",
        "row `conversion_type = Sale`: column `version` is `0`, but must be from 1 up",
        "row `conversion_type = trial` is absent: var `journey_conversion_types` names it",
    ],
    "excluded_referrers": [
        "row `referrer_host = https://x.example/`: column `referrer_host` is "
        "`https://x.example/`, but must be a host alone, without scheme, port and path",
        "row `note = A host`: column `referrer_host` is missing, but must be a text",
    ],
    "interaction_types": [
        f"row `interaction_type = Call`: column `interaction_type` is `Call`, but {LOWER}",
        "row `interaction_type = Call`: column `is_view` is missing, but must be there",
    ],
    "junk_ids": [
        f"row `junk_id =  NULL `: column `junk_id` is ` NULL `, but {LOWER}",
    ],
    "medium_aliases": [
        "row `alias = other`: column `medium` is `demandgen`, but must be a medium that is no",
    ],
    "platforms": [
        "row `platform = Ads`: column `channel` is `Paid Serch`, but must be in the rule table",
        "row `platform = Rest`: column `source_pattern` is missing, but must be there, or a",
    ],
    "source_aliases": [
        f"row `alias = Facebok`: column `alias` is `Facebok`, but {LOWER}",
        f"row `alias = fb2`: column `source` is `fb`, but {SOURCE}",
        f"row `alias = kagi`: column `source` is `facebook`, but {SOURCE}",
    ],
    "source_categories": [
        "is there more than once by `lower(source)`; keep one of them",
        "row `source = BING`: column `category` is `engines`, but must be one of search, social",
    ],
    "source_categories_supplement": [
        "row `source = Yahoo`: column `source` is `Yahoo`, but must be a source that source_categ",
    ],
    "tracking_plan": [
        "row `value = cpc`: column `owner` is missing, but must be a text",
        "row `value = cpc`: column `valid_to` is `2026-01-31`, but must be no day before",
        "row `value = google`: column `field` is `utm_source`, but must be one of source, med",
        "row `value = spring(`: column `value` is `spring(`, but must be a regular expression that "
        "compiles, where field = 'campaign'",
    ],
}


def edit_seed(path, key, changes):
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        columns, rows = reader.fieldnames, list(reader)
    by_key = {row[key]: row for row in rows}
    for change in changes:
        by_key[change[key]] = by_key.get(change[key], {}) | change
    write_seed(path, columns, [dict.fromkeys(columns, "") | row for row in by_key.values()])


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project whose every seed has wrong rows."""
    folder = tmp_path_factory.mktemp("rules")
    copy_project(folder / "project")
    session = {"session_id": "s", "visitor_id": "v", "started_at": "2025-06-01"}
    conversion = session | {"conversion_id": "c", "conversion_type": "lead"}
    conversion["converted_at"] = conversion.pop("started_at")
    write_csv(folder / "raw", {"sessions": [session], "conversions": [conversion]})
    for name, (key, rows) in WRONG_ROWS.items():
        edit_seed(folder / f"project/seeds/{name}.csv", key, rows)
    return folder


def dbt(folder, *args):
    return dbt_command(
        *args, "--vars", VARS, "--project-dir", ".", "--profiles-dir", ".",
        "--target-path", "../target", "--log-path", "../logs",
        cwd=folder / "project",
        env=os.environ | {
            "ATTRIBUTION_RAW_DIR": str(folder / "raw"),
            "ATTRIBUTION_DB": str(folder / "attribution.duckdb"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def build(project):
    """What a build with a selection says; its models read nothing but a rule table each."""
    return dbt(
        project, "build", "--select", "resource_type:seed", "int_conversion_groups",
        "int_journey_groups", "base_erasure_requests", "base_exchange_rates", "audit_runs",
    )  # fmt: skip


def test_no_model_is_built_from_a_rule_table_with_wrong_rows(project, build):
    assert build.returncode == 1
    built = fetch(
        project / "attribution.duckdb",
        "select table_name from information_schema.tables "
        "where table_schema in ('staging', 'intermediate', 'audits')",
    )
    assert {row["table_name"] for row in built} == {"audit_runs", "audit_runs_v1"}
    for table in ("conversion_types", "junk_ids"):
        assert f"Correct seeds/{table}.csv of the project assisted_conversions" in build.stdout
        assert [line for line in EXPECTED[table] if line not in build.stdout] == []


@pytest.fixture(scope="module")
def checked(project, build):
    """What the operation says that checks all rule tables."""
    result = dbt(project, "run-operation", "check_rule_tables")
    assert result.returncode == 1
    messages = result.stdout.split("The rule table `")[1:]
    return {message.split("`")[0]: message for message in messages}


@pytest.mark.parametrize("table", EXPECTED)
def test_the_error_names_the_file_the_row_the_value_and_the_remedy(checked, table):
    message = checked[table]
    assert f"Correct seeds/{table}.csv of the project assisted_conversions" in message
    assert [line for line in EXPECTED[table] if line not in message] == []


def test_every_seed_has_wrong_rows_here():
    seeds = {path.stem for path in (ROOT / "seeds").glob("*.csv")}
    assert WRONG_ROWS.keys() == EXPECTED.keys() == seeds
