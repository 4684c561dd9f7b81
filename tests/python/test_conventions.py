"""The house rules that a program can check. A failure lists the offenders beside the remedy."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["staging", "intermediate", "marts", "reports", "audits"]
MAX_LINES = 160


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
DESCRIPTIONS = {
    model["name"]: model.get("description", "")
    for text in read("models/**/*.yml", "python_models/**/*.yml").values()
    for model in (yaml.safe_load(text) or {}).get("models", [])
}


def test_each_model_states_its_grain_first():
    offenders = [
        path for path, text in SQL_MODELS.items() if not text.startswith("-- Grain: one row per ")
    ]
    assert not offenders, "write a first line: `-- Grain: one row per ...`"


def test_each_model_is_described():
    offenders = [path for path in MODELS if not DESCRIPTIONS.get(name(path), "").strip()]
    assert not offenders, "describe it in the YAML of its folder"


def test_each_description_is_of_a_model():
    offenders = DESCRIPTIONS.keys() - {name(path) for path in MODELS}
    assert not offenders, "remove the description of a model that is gone"


def test_no_model_reads_a_later_room():
    room_of = {name(path): room(path) for path in MODELS}
    offenders = [
        f"{path} reads {other}"
        for path, text in MODELS.items()
        for other in re.findall(r"\bref\(\s*['\"](\w+)['\"]\s*\)", text)
        if other in room_of and ROOMS.index(room_of[other]) > ROOMS.index(room(path))
    ]
    assert not offenders, f"move one of the two: the rooms in their order are {ROOMS}"


def test_each_file_holds_one_idea():
    # A Python model stands alone, without helpers beside it: a whole family of statistics is one.
    texts = {path: text for path, text in MODELS.items() if path.endswith(".sql")}
    texts |= read("macros/**/*.sql")
    offenders = [path for path, text in texts.items() if len(text.splitlines()) > MAX_LINES]
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


READ_BY = re.compile(
    r"\bref\(\s*'(\w+)'\s*\)|\bonly_changed\('(\w+)'\)|\bis_changed\([^)]*?'(\w+)', '\w+'\s*\)"
    r"|\brebuilt_by\('\w+', (?:changed_hashes\(\s*'\w+', )?'(\w+)'"
)
REBUILT_BY = re.compile(
    r"\brebuilt_by\(\s*'\w+',\s+(?:(?:changed_hashes\(\s*'\w+', )?'(\w+)'"
    r"|keys_of_changes\(\s*'[\w ]+', \[([^\]]+)\])"
)


def changed_lists(text):
    """The models that say which keys of a model have changed; none where it is no such model."""
    match = REBUILT_BY.search(text)
    return re.findall(r"\w+", match.group(1) or match.group(2)) if match else []


def reads_of(model, texts):
    """The models that one reads, be it through views."""
    found = set(changed_lists(texts[model]))
    for names in READ_BY.findall(texts[model]):
        for read_model in filter(None, names):
            found.add(read_model)
            if "materialized='view'" in texts.get(read_model, ""):
                found |= reads_of(read_model, texts)
    return found


def test_what_is_rebuilt_in_part_reads_only_what_its_changed_keys_cover():
    """A model that is rebuilt by the keys of a list of changes must not read a table of which the
    list knows nothing: rows of other keys would go stale."""
    texts = {name(path): text for path, text in MODELS.items()}
    rebuilt = {model: changed for model, text in texts.items() if (changed := changed_lists(text))}
    assert len(rebuilt) > 10
    offenders = []
    for model, changed in rebuilt.items():
        covered, queue = set(), list(changed)
        while queue:
            ancestor = queue.pop()
            if ancestor not in covered and ancestor in texts:
                covered.add(ancestor)
                queue.extend(reads_of(ancestor, texts))
        offenders += [
            f"{model} reads {other}"
            for other in reads_of(model, texts)
            if other in texts
            and other not in covered
            and "materialized='view'" not in texts[other]
            and "'lookup_key'" not in texts[other]
            and "_changed_" not in other
            and other not in {m for m, lists in rebuilt.items() if covered.issuperset(lists)}
            and other not in BUILT_FROM_SEEDS | CHANGE_WITH_THEIR_PERSON
        ]
    assert not offenders, "let the list of changes read it, or give it meta lookup_key"


# Their rows change with rules alone, and then all is rebuilt.
BUILT_FROM_SEEDS = {"int_conversion_groups", "int_journey_groups"}

# Rebuilt by conversions, of which more are listed; made of int_path_candidates alone.
CHANGE_WITH_THEIR_PERSON = {"int_path_summaries"}
