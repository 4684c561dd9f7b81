"""The house rules that a program can check. A failure lists the offenders beside the remedy."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["sources", "staging", "intermediate", "marts", "reports", "audits", "semantic"]
COLUMN = re.compile(r"^ +[a-z_.]+,?$", re.MULTILINE)
MAX_LINES = 160
REF = re.compile(r"\bref\(\s*['\"](\w+)['\"]\s*(?:,\s*['\"](\w+)['\"])?\s*\)")


def read(*patterns):
    """The text of each file, by its path in the project."""
    found = {
        str(path.relative_to(ROOT)): path.read_text()
        for pattern in patterns
        for path in sorted(ROOT.glob(pattern))
    }
    assert found, f"no file matches {patterns}"
    return found


def name(path):
    return Path(path).stem


def room(path):
    """The folder below models/ or python_models/."""
    return Path(path).parts[1]


SQL_MODELS = read("models/**/*.sql")
PYTHON_MODELS = read("python_models/**/*.py")
MODELS = SQL_MODELS | PYTHON_MODELS
# By file: the versions of a model have one description and a file each.
DESCRIPTIONS = {
    version.get("defined_in", model["name"]): model.get("description", "")
    for text in read("models/**/*.yml", "python_models/**/*.yml").values()
    for model in (yaml.safe_load(text) or {}).get("models", [])
    for version in model.get("versions", [{}])
}


def test_each_model_states_its_grain_first():
    offenders = [
        path for path, text in SQL_MODELS.items() if not text.startswith("-- Grain: one row per ")
    ]
    assert not offenders, "write a first line: `-- Grain: one row per ...`"


def test_each_model_is_described():
    offenders = [path for path in MODELS if not DESCRIPTIONS.get(name(path), "").strip()]
    assert not offenders, "add a description to the YAML file in the model's folder"


def test_each_description_is_of_a_model():
    offenders = DESCRIPTIONS.keys() - {name(path) for path in MODELS}
    assert not offenders, "remove the description of a model that is gone"


def test_no_model_reads_a_later_room():
    """Two exceptions: aggregates of facts, such as data-driven statistics, follow marts; findings
    put reports and audits into words, so that their numbers are those of the reports."""
    room_of = {name(path): room(path) for path in MODELS}
    offenders = [
        f"{path} reads {other}"
        for path, text in MODELS.items()
        for _, other in REF.findall(text)
        if other in room_of
        and ROOMS.index(room_of[other]) > ROOMS.index(room(path))
        and not path.startswith(
            (
                "models/intermediate/aggregates/",
                "models/intermediate/data_driven/",
                "models/intermediate/findings/",
            )
        )
    ]
    assert not offenders, f"move one of the two: the rooms in their order are {ROOMS}"


def test_each_file_holds_one_idea():
    # A Python model stands alone, without helpers beside it: a whole family of statistics is one.
    texts = {path: text for path, text in MODELS.items() if path.endswith(".sql")}
    texts |= read("macros/**/*.sql")
    offenders = [
        path
        for path, text in texts.items()
        # All that differs on an engine is one page, as is what adapters make, and a list of columns
        # is no idea.
        if len(text.splitlines()) - len(COLUMN.findall(text)) > MAX_LINES
        and "other_engines" not in path
        and path != "macros/sources/adapters.sql"
    ]
    assert not offenders, f"more than {MAX_LINES} lines are two ideas: make it two files"


def test_each_singular_test_says_what_why_and_how_to_resolve():
    offenders = [
        path
        for path, text in read("tests/data/*.sql").items()
        if not all(f"-- {heading}:" in text for heading in ("What", "Why", "Resolve"))
    ]
    assert not offenders, "give it a head `-- What: ...`, `-- Why: ...`, `-- Resolve: ...`"


def test_engine_differences_stay_in_their_folder():
    offenders = [
        path
        for path, text in read("macros/**/*.sql").items()
        if "adapter.dispatch(" in text and not path.startswith("macros/engine/")
    ]
    assert not offenders, "move what dispatches by engine into macros/engine/"


def test_python_model_folders_hold_models_only():
    offenders = [path for path, text in PYTHON_MODELS.items() if "\ndef model(dbt, " not in text]
    assert not offenders, "dbt fails on a .py without model() below a model path: move it"


def test_every_ref_names_the_package():
    """An installing project may have a model of the same name, which dbt would take instead."""
    texts = MODELS | read("macros/**/*.sql", "tests/data/**/*.sql", "analyses/*.sql")
    texts |= read("models/**/*.yml", "python_models/**/*.yml", "seeds/*.yml")
    offenders = [
        f"{path} reads {one}"
        for path, text in texts.items()
        for one, other in REF.findall(text)
        if not other
    ]
    assert not offenders, "write ref('assisted_conversions', '...')"


def test_no_description_reads_a_setting():
    """dbt renders descriptions in the installing project, which does not know our settings."""
    offenders = [
        f"{path}: {line.strip()}"
        for path, text in read("models/**/*.yml", "python_models/**/*.yml", "seeds/*.yml").items()
        for line in text.splitlines()
        if "var(" in line and "description" in line
    ]
    assert not offenders, "name the setting in words"


# Constants of the code beside a unit, which some setting has as its default.
NO_DEFAULTS = {
    "7 days": "from how many days with a jump on the tracking weakens all figures",
}


def test_no_description_states_the_default_of_a_setting():
    """A project may set another value; then the sentence would be wrong."""
    settings = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
    numbers = {
        name: value
        for name, value in settings.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }
    texts = read("models/**/*__models.yml", "models/**/*__docs.md", "models/**/*__sources.yml")
    texts |= read("python_models/**/*.yml", "seeds/*.yml")
    offenders = []
    for path, text in texts.items():
        # A description may break its lines anywhere.
        text = " ".join(text.split())
        for name, value in numbers.items():
            unit = name.rsplit("_", 1)[-1]
            with_unit = re.findall(rf"(?<![\w.]){value} {unit}\b", text)
            named = re.findall(rf"\b{name}`?\)?[^.|{{]{{0,40}}?(?<![\w.]){value}(?![\w.%])", text)
            # One and zero are too common to be told from other numbers.
            offenders += [
                f"{path}: {found}"
                for found in with_unit + (named if value not in (0, 1) else [])
                if found not in NO_DEFAULTS
            ]
    assert not offenders, "name the setting without its value"


def test_nothing_built_in_is_overridden():
    pattern = re.compile(r"materialization\s+(table|view|incremental|seed|snapshot|test)\b")
    offenders = [path for path, text in read("macros/**/*.sql").items() if pattern.search(text)]
    assert not offenders, "dbt ignores built-in materializations that a package overrides"


def test_macros_are_few():
    macros = [pair for pair in read("macros/**/*.sql").items() if "other_engines" not in pair[0]]
    counted = [text for path, text in macros if not path.endswith("sources/adapters.sql")]
    lines = sum(len(text.splitlines()) for text in counted)
    assert lines <= 6620, f"macros have {lines} lines: say it in the models"


def reads_of(model, texts):
    """The models that one reads, also through ephemeral ones and `rule`."""
    found = set()
    for one, other in REF.findall(texts[model]):
        found.add(other or one)
        if "materialized='ephemeral'" in texts.get(other, ""):
            found |= reads_of(other, texts)
    return found - {"int_person_fingerprints", "base_session_parts"}


# What incremental models read beside each other and what the fingerprint itself reads. Their rows
# change only with what is in the fingerprint of the person.
CHANGE_WITH_THEIR_PERSON = {
    "int_conversions",  # made of the person's events, and of conversion types
    "int_conversion_stages",  # made of the person's events and their stages
    "int_journey_groups",  # made of conversion types
    "int_continuing_persons",  # made of the person's touches
}


def test_what_is_rebuilt_by_person_reads_only_what_the_fingerprint_covers():
    """Rows of persons that are not marked as changed would go stale."""
    texts = {name(path): text for path, text in MODELS.items()}
    by_person = {
        model for model, text in texts.items() if "delete_changed_keys('person_id')" in text
    }
    assert len(by_person) > 8
    covered = reads_of("int_person_fingerprints", texts) | by_person | CHANGE_WITH_THEIR_PERSON
    parts = {model for model, text in texts.items() if "materialized='ephemeral'" in text}
    offenders = [
        f"{model} reads {other}"
        for model in sorted(by_person)
        for other in sorted(reads_of(model, texts) - covered - parts)
    ]
    assert not offenders, "let the fingerprint read it too, or rebuild the model in full"
