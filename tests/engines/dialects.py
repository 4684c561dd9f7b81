"""The SQL of other engines: how it is compiled without one, and what in it an engine refuses.

sqlglot reads much that the engine itself would not: it takes any name for a function. So the names
of functions and types are compared with those that the engine's documentation has, as far as this
project uses them; and what the documentation rules out is looked for.
"""

import json
import os
import sys
from dataclasses import dataclass, field

import sqlglot
from builds import copy_project, dbt_command
from sqlglot import exp, tokens
from sqlglot.dialects import Dialect

# What every one of these engines has.
FUNCTIONS = """
    abs avg cast ceil coalesce count dense_rank first_value floor greatest lag last_value lead
    least length lower max min mod nullif pow power rank replace round row_number sqrt substr sum
    trim upper var_samp
"""
TYPES = "bigint date decimal integer timestamp boolean"


@dataclass
class Engine:
    """What a test knows of an engine: names beyond the common ones, and how to compile for it."""

    functions: str
    types: str
    environment: dict = field(default_factory=dict)
    vars: dict = field(default_factory=dict)
    refused: tuple = ()

    def known_functions(self):
        return set((FUNCTIONS + self.functions).split())

    def known_types(self):
        return {name.replace("_", " ") for name in (TYPES + " " + self.types).split()}


def named_windows(tree):
    """There is no clause WINDOW."""
    return [select for select in tree.find_all(exp.Select) if select.args.get("windows")]


def range_frames(tree):
    """A frame counts rows only."""
    return [
        spec
        for spec in tree.find_all(exp.WindowSpec)
        if (spec.args.get("kind") or "").upper() == "RANGE"
    ]


def windows_without_frame(tree):
    """An aggregate over an ordered window names its frame."""
    return [
        window
        for window in tree.find_all(exp.Window)
        if window.args.get("order")
        and not window.args.get("spec")
        and isinstance(window.this, (exp.AggFunc, exp.IgnoreNulls))
        and not isinstance(window.this, FREE_OF_FRAMES)
    ]


FREE_OF_FRAMES = (exp.Lag, exp.Lead, exp.RowNumber, exp.Rank, exp.DenseRank)


def distinct_from(tree):
    """IS DISTINCT FROM is unknown."""
    return list(tree.find_all(exp.NullSafeEQ, exp.NullSafeNEQ))


def filtered_aggregates(tree):
    """An aggregate has no clause FILTER."""
    return list(tree.find_all(exp.Filter))


def stars_without_columns(tree):
    """No columns can be left out of `*`."""
    return [star for star in tree.find_all(exp.Star) if star.args.get("except_")]


def rows_made_in_a_select_list(tree):
    """An array is made rows of in FROM only."""
    return [
        column
        for select in tree.find_all(exp.Select)
        for column in select.expressions
        if isinstance(column.unalias(), (exp.Unnest, exp.Explode))
    ]


def qualify(tree):
    """There is no clause QUALIFY."""
    return list(tree.find_all(exp.Qualify))


def classes_in_brackets(tree):
    """Patterns are Java's, in which `[:space:]` within brackets stands for these letters."""
    return [text for text in tree.find_all(exp.Literal) if "[:" in text.name]


def unnested_aggregates(tree):
    """UNNEST takes no aggregate."""
    return [unnest for unnest in tree.find_all(exp.Unnest) if unnest.find(exp.AggFunc)]


def structs_in_order(tree):
    """Structs have no order."""
    return [
        aggregate for aggregate in tree.find_all(exp.Max, exp.Min) if aggregate.find(exp.Struct)
    ]


def arrays_of_nothing(tree):
    """What is in `coalesce(null, [])` has no type."""
    return [
        call
        for call in tree.find_all(exp.Coalesce)
        if isinstance(call.this, exp.Null) and call.find(exp.Array)
    ]


def outer_joins_without_equality(tree):
    """An outer join needs columns of both sides that are equal."""
    return [
        join
        for join in tree.find_all(exp.Join)
        if join.side and join.args.get("on") and not any(map(is_equality, conditions(join)))
    ]


def conditions(join):
    on = join.args["on"].unnest()
    return on.flatten() if isinstance(on, exp.And) else [on]


def is_equality(condition):
    sides = (condition.left, condition.right) if isinstance(condition, exp.EQ) else ()
    return bool(sides) and all(side.find(exp.Column) for side in sides)


def compiled(engine, name, folder):
    """Compiles all SQL for a target without any warehouse; the texts by their path.

    Raises an error with dbt's output where that fails.
    """
    project = folder / "project"
    copy_project(project, with_adapters=True, with_engines=True)
    credentials = folder / "credentials.json"
    credentials.write_text(
        json.dumps(
            {
                "type": "authorized_user",
                "client_id": "none",
                "client_secret": "none",
                "refresh_token": "none",
            }
        )
    )
    environment = os.environ | {
        "DBT_PROFILES_DIR": str(project),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        # The client of BigQuery wants credentials before it is asked anything.
        "GOOGLE_APPLICATION_CREDENTIALS": str(credentials),
        "NO_GCE_CHECK": "true",
        **engine.environment,
    }
    done = dbt_command(
        "--no-partial-parse", "--quiet", "compile", "--no-introspect", "--no-populate-cache",
        "--exclude", "path:python_models", "--target", name, "--vars", json.dumps(engine.vars),
        cwd=project, env=environment,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stdout[-3000:] + done.stderr[-3000:])
    root = folder / "target/compiled/assisted_conversions"
    texts = {str(path.relative_to(root)): path.read_text() for path in sorted(root.rglob("*.sql"))}
    return {path: text for path, text in texts.items() if text.strip()}


def problems(engine, dialect, sql):
    """What the engine would refuse in a query, as texts."""
    # sqlglot descends into each bracket, and some expressions have many.
    sys.setrecursionlimit(20_000)
    try:
        trees = sqlglot.parse(sql, dialect=dialect)
    except sqlglot.errors.SqlglotError as error:
        return [f"is not read by sqlglot: {str(error)[:300]}"]
    found = [
        f"{rule.__doc__} {node.sql(dialect)[:100]}"
        for rule in engine.refused
        for tree in trees
        for node in rule(tree)
    ]
    functions, types = names(dialect, sql)
    found += [f"unknown function {name}" for name in sorted(functions - engine.known_functions())]
    found += [f"unknown type {name}" for name in sorted(types - engine.known_types())]
    if dialect == "bigquery" and any(
        token.token_type == tokens.TokenType.MOD for token in parts(dialect, sql)
    ):
        found.append("The sign % is no operator.")
    return found


def parts(dialect, sql):
    return Dialect.get_or_raise(dialect).tokenize(sql)


# Words that stand before a bracket and are no functions.
KEYWORDS = """
    all and as by case distinct else except exists from group having in interval is join lateral
    like limit not offset on or order over select set then union using values when where with within
"""
CASTS = {"cast", "try_cast", "safe_cast"}


def names(dialect, sql):
    """The functions that a query calls and the types that it casts to, in lower case.

    By its words, as written: in sqlglot's tree, functions that engines name differently are one.
    """
    functions, types, brackets = set(), set(), []
    words = parts(dialect, sql)
    for place, token in enumerate(words):
        before = words[place - 1] if place else None
        if token.token_type == tokens.TokenType.L_PAREN:
            name = before.text.lower() if before and is_word(before) else ""
            is_alias = place > 1 and words[place - 2].text.lower() in ("as", ")")
            called = name if name and name not in KEYWORDS.split() and not is_alias else ""
            if called:
                functions.add(called)
            brackets.append(called)
        elif token.token_type == tokens.TokenType.R_PAREN and brackets:
            brackets.pop()
        elif before and before.text.lower() == "as" and brackets and brackets[-1] in CASTS:
            types.add(token.text.lower())
    return functions - TYPES_WITH_LENGTH, types


# Types that have a bracket of their own.
TYPES_WITH_LENGTH = {"decimal", "bignumeric", "varchar", "timestamp"}


def is_word(token):
    return (
        token.token_type not in (tokens.TokenType.STRING, tokens.TokenType.IDENTIFIER)
        and token.text.replace("_", "a").isalnum()
        and not token.text[0].isdigit()
    )
