"""The generated page of definitions: everything that it lists is taken from its source."""

import sys

import pytest
import yaml
from conftest import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import make_definitions  # noqa: E402

SETTINGS = (ROOT / "docs/settings.md").read_text()


def column(name, data_type, description="", blocks=()):
    return {
        "name": name,
        "data_type": data_type,
        "description": description,
        "doc_blocks": [f"doc.p.{block}" for block in blocks],
    }


def model(name, columns, access="public", version=None, latest_version=None):
    return {
        "name": name,
        "resource_type": "model",
        "access": access,
        "version": version,
        "latest_version": latest_version,
        "columns": {one["name"]: one for one in columns},
        "config": {
            "meta": {"personal_columns": {"identity": ["person_id"], "content": ["a.value"]}}
        },
    }


def in_catalog(name, columns):
    return {"metadata": {"schema": "marts", "name": name}, "columns": dict.fromkeys(columns)}


MANIFEST = {
    "nodes": {
        "a": model(
            "a",
            [
                column("credit", "double", "Text of this model.", ["credit"]),
                column("rows", "bigint", "Rows | of it."),
                column("person_id", "string", "Whose it is."),
            ],
        ),
        "b": model("b", [column("credit", "double", "", ["credit"])]),
        "old": model("a", [column("gone", "bigint", "Was.")], version=1, latest_version=2),
        "inner": model("inner", [column("inner", "bigint", "Inner.")], access="protected"),
    },
    "docs": {"doc.p.credit": {"block_contents": "Share of\na conversion."}},
    "groups": {"g": {"name": "g", "owner": {"name": "A team"}, "description": "All of it."}},
}
CATALOG = {
    "nodes": {
        "a": in_catalog("a", ["person_id", "value"]),
        "b": in_catalog("b", ["PERSON_ID", "value"]),
    },
    "sources": {},
}


@pytest.fixture(scope="module")
def page():
    return make_definitions.page(MANIFEST, CATALOG, ROOT / "seeds", SETTINGS)


def test_a_measure_is_listed_once_with_its_meaning_and_the_public_models_that_have_it(page):
    assert "| `credit` | Share of a conversion. | a, b |" in page
    assert "| `rows` | Rows \\| of it. | a |" in page
    assert not [name for name in ("`person_id` | Whose", "`gone`", "`inner`") if name in page]


def test_each_channel_and_conversion_type_of_the_seeds_is_listed(page):
    for name in ("channels", "conversion_types"):
        (key, *_) = (ROOT / f"seeds/{name}.csv").read_text().split(",", 1)
        rows = make_definitions.seed_rows(ROOT / "seeds", name, [key])
        assert rows
        assert not [row for row in rows if f"\n| {row[0]} | " not in page]


def test_each_setting_is_listed(page):
    listed = {
        name for names, _, _ in make_definitions.settings(SETTINGS) for name in names.split(", ")
    }
    assert listed == yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"].keys()
    assert "| markov_order | " in page


def test_columns_with_personal_data_are_found_by_name_or_table_and_name(page):
    assert make_definitions.personal_columns(MANIFEST, CATALOG) == [
        ("marts", "a", "`person_id`", "identity"),
        ("marts", "a", "`value`", "content"),
        ("marts", "b", "`PERSON_ID`", "identity"),
    ]
    assert "| g | A team | All of it. |" in page
