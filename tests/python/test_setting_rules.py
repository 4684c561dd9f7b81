"""The settings: each var of dbt_project.yml has a rule, and each rule a var."""

from pathlib import Path

import jinja2
import yaml

ROOT = Path(__file__).resolve().parents[2]


def setting_rules():
    """What the macro of this name returns, rendered as dbt does."""
    returned = []
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    environment.globals["return"] = lambda value: returned.append(value) or ""
    environment.globals |= {"adapter_rules": dict, "var": lambda name: {}}
    sources = [ROOT / "macros/settings" / name for name in ("rule.sql", "setting_rules.sql")]
    source = "\n".join(path.read_text() for path in sources)
    # dbt's return() hands the value to the caller; here the inner one is text, and not used.
    environment.from_string(source).module.setting_rules()
    return returned[-1]


RULES = setting_rules()
DEFAULTS = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]


def test_vars_and_rules_are_in_step():
    assert DEFAULTS, "dbt_project.yml declares no vars"
    assert not DEFAULTS.keys() ^ RULES.keys(), "give each var a rule, and each rule a default"


def test_each_rule_says_what_is_allowed():
    assert not [name for name, rule in RULES.items() if not rule.get("allowed")]


def test_mappings_have_a_default_for_each_key():
    """A mapping that is empty by default needs none."""
    offenders = {
        name: DEFAULTS[name].keys() ^ rule["keys"].keys()
        for name, rule in RULES.items()
        if "keys" in rule and DEFAULTS[name] and DEFAULTS[name].keys() ^ rule["keys"].keys()
    }
    assert not offenders
