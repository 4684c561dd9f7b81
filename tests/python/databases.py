"""Compares two built databases: every public table, every column, every row."""

import math

import duckdb

PUBLIC_SCHEMAS = ["marts", "reports", "audits"]
# What tells of runs rather than of the data differs between one run and many.
EXCLUDED = {
    "audit_restatements", "audit_runs", "audit_runs_v1", "channel_figures_as_reported",
}  # fmt: skip
TOLERANCE = 1e-9
# How near to zero doubles come that are sums to zero: even two whole builds differ by so much.
NOTHING = 1e-12
NOTHING_BY_NAME = {
    "variance": 1e-9,
    # The roots of variances: that of 1e-14 is 1e-7.
    "_low": 1e-6,
    "_high": 1e-6,
    "_error": 1e-6,
    # A figure by its variance.
    "n_eff": 1e-4,
}
MONEY_BOUNDS = {"value_low", "value_high", "value_risk_low", "value_risk_high"}
SHOWN = 20


def database_differences(found_path, due_path, only=None):
    """What differs between a database and the one that is due, in words; the first of it.

    `only` names the tables that are looked at, where that is not all.
    """
    found, due = (duckdb.connect(str(path), read_only=True) for path in (found_path, due_path))
    with found, due:
        found_tables, due_tables = public_tables(found), public_tables(due)
        lines = [f"{name}: columns due {due_tables.get(name)}, found {found_tables.get(name)}"
                 for name in sorted(due_tables | found_tables)
                 if due_tables.get(name) != found_tables.get(name)]  # fmt: skip
        for name in sorted(due_tables.keys() & found_tables.keys()):
            if due_tables[name] == found_tables[name] and name in (only or due_tables):
                lines += table_differences(name, list(due_tables[name]), found, due)
    return lines


def public_tables(connection):
    """The columns and their types by table or view."""
    tables = {}
    for schema, table, column, kind in connection.execute(
        """
        select table_schema, table_name, column_name, data_type
        from information_schema.columns
        where list_contains(?, table_schema)
        order by table_schema, table_name, ordinal_position
        """,
        [PUBLIC_SCHEMAS],
    ).fetchall():
        if table not in EXCLUDED:
            tables.setdefault(f"{schema}.{table}", {})[column] = kind
    return tables


def stored_tables(connection):
    """The public tables that are no views."""
    tables = public_tables(connection)
    views = connection.execute("select schema_name || '.' || view_name from duckdb_views()")
    return sorted(tables.keys() - {row[0] for row in views.fetchall()})


def table_differences(name, columns, found, due):
    """Rows that only one side has, told by the first columns that are unique in what is due."""
    not_due, missing = unequal_rows(name, columns, found, due)
    if not not_due and not missing:
        return []
    width = key_width(name, columns, due)
    by_key = {}
    for side, rows in enumerate((not_due, missing)):
        for row in rows:
            by_key.setdefault(repr(row[:width]), ([], []))[side].append(row)
    lines = []
    for key in sorted(by_key):
        have, want = by_key[key]
        if len(have) != len(want):
            lines.append(f"{name} {key}: {len(want)} more rows due, {len(have)} more found")
        for mine, other in zip(have, want):
            lines += [
                f"{name} {key} {column}: due {right!r}, found {left!r}"
                for column, left, right in zip(columns, mine, other)
                if left != right
            ]
    head = f"{name}: {len(not_due)} rows are not due, {len(missing)} are due and not found"
    return [head, *lines[:SHOWN]]


def unequal_rows(name, columns, found, due):
    """The rows of each side that have no equal on the other; doubles may differ by a little."""
    with duckdb.connect() as memory:
        query = f"select {', '.join(map(as_compared, columns))} from {name}"
        memory.register("found", found.sql(query).to_arrow_table())
        memory.register("due", due.sql(query).to_arrow_table())
        left = memory.execute("from found except all from due").fetchall()
        right = memory.execute("from due except all from found").fetchall()
    groups = {}
    for side, rows in enumerate((left, right)):
        for row in rows:
            groups.setdefault(repr(without_doubles(row)), ([], []))[side].append(row)
    left, right = [], []
    for mine, others in groups.values():
        mine.sort(key=rounded_doubles)
        others.sort(key=rounded_doubles)
        equal = len(mine) == len(others) and all(
            nearly_equal(columns, *pair) for pair in zip(mine, others)
        )
        if not equal:
            left += mine
            right += others
    return left, right


def as_compared(column):
    """Bounds of intervals are calculated in doubles, even where they are published as decimals."""
    return f'"{column}"::double as "{column}"' if column in MONEY_BOUNDS else f'"{column}"'


def without_doubles(value):
    """The value, nested or not, with nothing where a double stood."""
    if isinstance(value, (list, tuple)):
        return [without_doubles(item) for item in value]
    if isinstance(value, dict):
        return {key: without_doubles(item) for key, item in value.items()}
    return "double" if isinstance(value, float) else value


def doubles(value):
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, (list, tuple)):
        return [value] if isinstance(value, float) else []
    return [double for item in value for double in doubles(item)]


def rounded_doubles(row):
    return [f"{double:.8e}" for double in doubles(row)]


def nearly_equal(columns, mine, other):
    return all(
        math.isclose(left, right, rel_tol=TOLERANCE, abs_tol=nothing_of(column))
        or (math.isnan(left) and math.isnan(right))
        for column, *values in zip(columns, mine, other)
        for left, right in zip(*map(doubles, values))
    )


def nothing_of(column):
    sizes = [size for name, size in NOTHING_BY_NAME.items() if name in column]
    return max(sizes, default=NOTHING)


def key_width(name, columns, due):
    """How many of the first columns it takes to tell the rows apart."""
    rows = due.execute(f"select count(*) from {name}").fetchall()[0][0]
    for width in range(1, len(columns)):
        key = ", ".join(f'"{column}"' for column in columns[:width])
        query = f"select count(*) from (select distinct {key} from {name})"
        if due.execute(query).fetchall()[0][0] == rows:
            return width
    return len(columns)
