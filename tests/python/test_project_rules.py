"""The rules of dbt-project-evaluator, checked on the manifest, and the limits of the graph.

Each exception is named with its reason. The evaluator itself needs a warehouse of its own tables,
so its documented rules are checked here.
"""

import json
import os
import re
from collections import Counter
from functools import cache

import pytest
from builds import dbt_command
from conftest import ROOT

LONGEST_CHAIN = 40
MOST_NODES = 320
MOST_LEAVES_PER_MODEL = 3
MOST_CHAINED_VIEWS = 4
PREFIXES = {
    "staging": ("base_", "stg_"),
    "intermediate": ("int_",),
    "marts": ("fct_",),
    "reports": ("rpt_",),
    "audits": ("audit_",),
    "semantic": ("sem_",),
}
PUBLIC = ("fct_", "rpt_", "audit_")


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    folder = tmp_path_factory.mktemp("manifest")
    dbt_command(
        "--quiet", "parse", "--warn-error", "--no-partial-parse",
        "--project-dir", ROOT, "--profiles-dir", ROOT,
        "--target-path", folder, "--log-path", folder,
        cwd=ROOT, env=os.environ | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
    ).check_returncode()  # fmt: skip
    return json.loads((folder / "manifest.json").read_text())


@pytest.fixture(scope="module")
def models(manifest):
    return {
        key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"
    }


def name(key):
    """The name of a node; that of a source's table; the same for all versions of a model."""
    parts = key.split(".")
    return parts[3] if parts[0] == "source" else parts[2]


def room(node):
    return node["fqn"][1]


def parents(node):
    return node["depends_on"]["nodes"]


def test_the_longest_chain_is_short(models):
    @cache
    def length(key):
        return 1 + max((length(parent) for parent in parents(models[key]) if parent in models),
                       default=0)  # fmt: skip

    lengths = {name(key): length(key) for key in models}
    assert max(lengths.values()) <= LONGEST_CHAIN, Counter(lengths).most_common(5)


def test_a_default_build_has_few_nodes(manifest):
    kinds = Counter(node["resource_type"] for node in manifest["nodes"].values())
    assert kinds["model"] + kinds["test"] + kinds["seed"] + kinds["snapshot"] <= MOST_NODES, kinds


def test_the_semantic_layer_is_off_by_default(manifest):
    """Names of metrics are global: an installing project may have the same ones."""
    assert not manifest["metrics"]
    assert not manifest["semantic_models"]
    assert not manifest["saved_queries"]
    assert [key for key in manifest["disabled"] if key.startswith("metric.")]


def test_names_and_folders_say_the_layer(models):
    offenders = [
        name(key) for key, node in models.items() if not name(key).startswith(PREFIXES[room(node)])
    ]
    assert not offenders


def test_only_base_models_read_raw_tables(models):
    """Each raw table is read in one place, where its declaration is applied."""
    allowed = {
        # Compares the raw rows of each day, so that base_sessions_parsed reads only changed days.
        "base_session_parts",
    }
    readers = {}
    for key, node in models.items():
        for parent in parents(node):
            if parent.startswith("source."):
                readers.setdefault(name(parent), set()).add(name(key))
    assert len(readers) >= 10
    assert {source: names - allowed for source, names in readers.items()} == {
        source: {f"base_{source}"} for source in readers
    }


def test_staging_reads_staging_and_rules_only(models):
    offenders = [
        f"{name(key)} reads {name(parent)}"
        for key, node in models.items()
        for parent in parents(node)
        if room(node) == "staging" and parent in models and room(models[parent]) != "staging"
    ]
    assert not offenders


def test_staging_models_read_their_own_base_models(models):
    """The evaluator wants no staging model to read another one."""
    shared = {
        "stg_exchange_rates": "amounts are read in the reporting currency, else rows are rejected",
        "stg_erasure_requests": "rows of erased identities leave staging",
        "stg_ad_clicks": "a session takes from its ad click what the tags leave null",
    }
    offenders = [
        f"{name(key)} reads {name(parent)}"
        for key, node in models.items()
        for parent in parents(node)
        if room(node) == "staging"
        and name(parent).startswith("stg_")
        and name(parent) not in shared
    ]
    assert not offenders


def test_every_model_has_a_parent(models):
    roots = {
        "audit_runs": "reads the run log, which hooks write",
    }
    offenders = [name(key) for key, node in models.items() if not parents(node)]
    assert set(offenders) <= set(roots)


def test_no_reference_is_hard_coded(models):
    offenders = [
        name(key)
        for key, node in models.items()
        if node["language"] == "sql"
        for word in ("from staging.", "from intermediate.", "from marts.", "join marts.")
        if word in node["raw_code"].lower()
    ]
    assert not offenders


def test_models_do_not_fan_out_into_many_leaves(manifest, models):
    """Facts are made to be read by many reports; groups name them all."""
    read_by_many = {
        "fct_conversions", "fct_assisted_conversions", "fct_channel_performance_daily",
        "fct_ad_spend_daily", "int_conversion_groups", "fct_conversion_touches",
        "int_conversions", "int_touch_model_groups", "int_model_statistics",
        # What weakens figures stands beside all of them.
        "int_data_cautions",
        # Audits look at every base and staging model.
        *(name(key) for key, node in models.items() if room(node) == "staging"),
    }  # fmt: skip
    children = {}
    for key, node in models.items():
        for parent in parents(node):
            children.setdefault(parent, set()).add(key)
    leaves = {key for key in models if key not in children}
    offenders = {
        name(key): sorted(name(child) for child in readers & leaves)
        for key, readers in children.items()
        if key in models
        and len(readers & leaves) > MOST_LEAVES_PER_MODEL
        and name(key) not in read_by_many
    }
    assert not offenders


def test_a_report_reads_no_report(models):
    offenders = [
        f"{name(key)} reads {name(parent)}"
        for key, node in models.items()
        for parent in parents(node)
        if room(node) == "reports" and parent in models and room(models[parent]) == "reports"
    ]
    assert not offenders


def test_views_are_not_chained(models):
    @cache
    def views(key):
        node = models[key]
        if node["config"]["materialized"] not in ("view", "ephemeral"):
            return 0
        return 1 + max((views(parent) for parent in parents(node) if parent in models), default=0)

    assert {name(key): views(key) for key in models if views(key) > MOST_CHAINED_VIEWS} == {}


def test_public_models_have_contracts_and_descriptions_of_each_column(models):
    for key, node in models.items():
        if name(key).startswith(PUBLIC):
            assert node["contract"]["enforced"], name(key)
            lacking = [column for column, about in node["columns"].items()
                       if not about["description"].strip()]  # fmt: skip
            assert node["columns"], name(key)
            assert not lacking, f"{name(key)}: {lacking}"


def test_every_measure_says_whether_it_adds_up(models):
    """Of facts and reports, which BI tools sum without being asked."""
    no_measures = re.compile(
        r"(_position|_rank|_order|_number|lookback_days|cut_share)$|^(rank_low|rank_high|rank_change)$"
    )
    offenders = [
        f"{name(key)}.{column}"
        for key, node in models.items()
        if room(node) in ("marts", "reports") and "Nothing here adds up" not in node["description"]
        for column, about in node["columns"].items()
        if re.match("bigint|int|double|decimal", about["data_type"] or "")
        and not no_measures.search(column)
        and not re.search(r"[Aa]dds?\s+up|[Ss]ums\s+to", about["description"])
    ]
    assert not offenders


def test_every_public_model_has_a_uniqueness_test(manifest, models):
    """They are singular: dbt would let a generic test of a package read the installing project's
    model of the same name."""
    without_key = {
        "audit_rejected_rows": "equal raw rows are each listed",
        "audit_ignored_values": "equal raw rows are each listed",
    }
    tested = {
        name(parent)
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "test" and node["name"].endswith("_has_unique_rows")
        for parent in parents(node)
    }
    public = {name(key) for key in models if name(key).startswith(PUBLIC)}
    assert public - tested == set(without_key)


def test_models_sources_and_seeds_are_described(manifest, models):
    lacking = [name(key) for key, node in models.items() if not node["description"].strip()]
    lacking += [
        key
        for key, source in manifest["sources"].items()
        if not source["description"].strip() and "_raw_files." not in key
    ]
    lacking += [
        name(key)
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "seed" and not node["description"].strip()
    ]
    assert not lacking


def test_exposures_have_owners_and_read_public_tables(manifest, models):
    assert {name(key) for key in manifest["exposures"]} == {"report_page", "dashboard"}
    for key, exposure in manifest["exposures"].items():
        assert exposure["owner"]["name"], key
        assert exposure["description"].strip(), key
        read = {name(parent) for parent in parents(exposure)}
        assert "rpt_findings" in read
        assert all(one.startswith(PUBLIC) for one in read)
    # Whatever report there is can be shown.
    reports = {name(key) for key in models if name(key).startswith("rpt_")}
    assert reports <= {name(parent) for parent in parents(manifest["exposures"][key])}


def test_the_landing_page_links_to_models_that_exist(manifest, models):
    text = manifest["docs"]["doc.assisted_conversions.__overview__"]["block_contents"]
    links = set(re.findall(r"#!/model/([\w.]+)\)", text))
    assert len(links) > 15
    assert links <= set(models)


def test_parts_of_findings_are_those_that_are_listed_with_the_reports_that_they_read(models):
    """What the list lacks would be read although it is switched off, and dbt would fail."""
    text = (ROOT / "macros/findings/finding_parts.sql").read_text()
    listed = {
        part: set(re.findall(r"'(\w+)'", reports))
        for part, reports in re.findall(r"'(int_findings_\w+)': \[(.*?)\]", text)
    }
    read = {
        name(key): {
            name(parent) for parent in parents(node) if name(parent).startswith(("rpt_", "audit_"))
        }
        for key, node in models.items()
        if "findings" in node["fqn"]
    }
    assert listed == read
    findings = models["model.assisted_conversions.rpt_findings"]
    assert set(read) <= {name(parent) for parent in parents(findings)}
