"""Raw tables as files and folders of files: what is read, what is refused, what is read again."""

import gzip
import json
import os
import shutil
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from builds import parsed_project
from conftest import fetch, write_csv

# What reads the files of sessions.
STAGED_SESSIONS = ["--select", "+stg_sessions"]
COLUMNS = ["session_id", "visitor_id", "started_at", "landing_url", "utm_campaign"]
CONVERSION = {
    "conversion_id": "c", "visitor_id": "v", "conversion_type": "lead",
    "converted_at": "2026-05-03",
}  # fmt: skip


def session(number, **more):
    row = {"session_id": f"s{number}", "visitor_id": "v", "started_at": "2026-05-01 10:00:00"}
    return dict.fromkeys(COLUMNS) | row | {"landing_url": "https://a.example/x"} | more


def lines(rows, separator=","):
    """The rows as CSV text, quoted where the separator stands in a value."""
    texts = [separator.join(rows[0])]
    for row in rows:
        values = [str(value or "") for value in row.values()]
        texts.append(separator.join(f'"{v}"' if separator in v else v for v in values))
    return "\n".join([*texts, ""])


@pytest.fixture
def raw_dir(tmp_path):
    return write_csv(tmp_path / "raw", {"conversions": [CONVERSION]})


def put(raw_dir, file, content):
    path = raw_dir / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def builds():
    return parsed_project()


@pytest.fixture
def staged(builds, tmp_path):
    """What is staged of a raw folder, in a database of its own."""

    def build(raw_dir, columns="session_id, utm_campaign"):
        db_path = builds.build(tmp_path.name, raw_dir, *STAGED_SESSIONS)
        query = f"select {columns} from staging.stg_sessions order by all"
        return [tuple(row.values()) for row in fetch(db_path, query)]

    return build


@pytest.fixture
def problem(builds, tmp_path):
    """What dbt says where it stops before anything is built."""

    def run(raw_dir):
        code, output = builds.run(tmp_path.name, raw_dir)
        assert code == 1
        assert not builds.db_path(tmp_path.name).exists() or not fetch(
            builds.db_path(tmp_path.name), "from duckdb_tables() where schema_name != 'run_log'"
        )
        return output

    return run


ROWS = [session(1, utm_campaign="a,b"), session(2, utm_campaign="Z\u00fcrich; x|y")]
STAGED = [("s1", "a,b"), ("s2", "z\u00fcrich; x|y")]
JSON_LINES = "".join(json.dumps(row) + "\n" for row in ROWS)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("sessions.csv", lines(ROWS).encode()),
        ("Sessions.CSV", lines(ROWS, ";").encode()),
        ("sessions.csv", b"\xef\xbb\xbf" + lines(ROWS, "\t").encode()),
        ("sessions.csv", lines(ROWS, "|").encode()),
        ("sessions.csv", lines(ROWS, ";").encode("utf-16")),
        ("sessions.tsv", lines(ROWS, "\t").encode()),
        ("sessions.csv.gz", gzip.compress(lines(ROWS, ";").encode())),
        ("sessions.tsv.gz", gzip.compress(lines(ROWS, "\t").encode())),
        ("sessions.jsonl", JSON_LINES.encode()),
        ("sessions.ndjson.gz", gzip.compress(JSON_LINES.encode())),
        ("sessions.json", json.dumps(ROWS, indent=1).encode()),
        ("sessions.json.gz", gzip.compress(json.dumps(ROWS).encode())),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_is_a_file_of_any_format(file, content, raw_dir, staged):
    put(raw_dir, file, content)
    assert staged(raw_dir) == STAGED


def test_blank_values_beyond_the_header_are_ignored(raw_dir, staged):
    header, *rows = lines(ROWS).splitlines()
    put(raw_dir, "sessions.csv", "\n".join([header, *(f"{row},, " for row in rows)]))
    assert staged(raw_dir) == STAGED


@pytest.mark.parametrize("ending", ["csv.zst", "json.zst"])
def test_zstandard_is_read(ending, raw_dir, staged):
    format = "csv, header" if "csv" in ending else "json, array true"
    with duckdb.connect() as connection:
        connection.register("rows", pa.Table.from_pylist(ROWS))
        connection.execute(
            f"copy rows to '{raw_dir}/sessions.{ending}' (format {format}, compression zstd)"
        )
    assert staged(raw_dir) == STAGED


def test_a_folder_unites_files_of_any_format_column_and_type(raw_dir, staged):
    """Partitions are columns, unless a file has the column; what a file lacks is null."""
    day = pa.array([1777629600], pa.timestamp("s", "Asia/Tokyo"))
    put(
        raw_dir,
        "sessions/utm_campaign=From%20folder/a.csv",
        lines([session(1)]).replace("utm_campaign", "other"),
    )
    put(
        raw_dir, "sessions/utm_campaign=folder/b.csv", lines([session(2, utm_campaign="file")], ";")
    )
    put(
        raw_dir,
        "sessions/2026/05.01.jsonl",
        json.dumps(
            {
                "SESSION_ID": 3,
                "visitor_id": "v",
                "Started_At": 1777629600,
                "utm_campaign": {"nested": [1]},
            }
        ),
    )
    table = pa.table({"session_id": ["s4"], "visitor_id": ["v"], "started_at": day})
    pq.write_table(table, raw_dir / "sessions/2026/c.parquet")
    table = pa.table(
        {"session_id": ["s5"], "visitor_id": [5], "started_at": day.cast("timestamp[ns]")}
    )
    pq.write_table(table, raw_dir / "sessions/2026/[d].parquet")
    put(raw_dir, "sessions/2026/_SUCCESS", "")
    put(raw_dir, "sessions/2026/.c.parquet.crc", "x")
    assert staged(raw_dir, "session_id, visitor_key, utm_campaign, started_at::text") == [
        # A value in braces reads like a template that nobody filled in.
        ("3", "visitor:v", None, "2026-05-01 10:00:00"),
        ("s1", "visitor:v", "from folder", "2026-05-01 10:00:00"),
        ("s2", "visitor:v", "file", "2026-05-01 10:00:00"),
        ("s4", "visitor:v", None, "2026-05-01 10:00:00"),
        ("s5", "visitor:5", None, "2026-05-01 10:00:00"),
    ]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"sessions.xlsx": "x"}, ["table `sessions`", "sessions.xlsx", "not read", "save it"]),
        ({"sessions.txt": "x"}, ["table `sessions`", "sessions.txt", "parquet, parquet.gz, csv"]),
        ({"Sessions.parq": "x"}, ["table `sessions`", "Sessions.parq", "another format"]),
        ({"sessions/a.csv.bz2": "x"}, ["sessions/a.csv.bz2", "move it out of the folder"]),
        ({"sessions.parquet/a.parquet": "x"}, ["folder `sessions.parquet`", "name it `sessions`"]),
        (
            {"sessions.csv": lines(ROWS), "sessions/a.csv": lines(ROWS)},
            ["table `sessions` is in several places", "sessions.csv, sessions/", "keep one"],
        ),
        (
            {"sessions/a.csv": lines(ROWS), "sessions/b/c.csv": lines(ROWS) + "s3,\"v\ns4"},
            ["table `sessions`", "sessions/b/c.csv`: in the row that begins in line 4"],
        ),
        (
            {"sessions.csv": lines(ROWS) + "s3,\"v,\ns4,v\ns5,\"v,\n"},
            ["sessions.csv`: a quote (\") that is opened in line 4 ends in line 6", "twice"],
        ),
        (
            {"sessions.csv": (lines(ROWS) + "s3,\u00fc,\n").encode("latin-1")},
            ["sessions.csv`: line 3 is not UTF-8"],
        ),
        (
            {"sessions.csv": lines([session(1, visitor_id="\U0001f600")]).encode("utf-16")},
            ["sessions.csv`: it is UTF-16 with characters", "save it as UTF-8"],
        ),
        (
            {"sessions.csv": b"\xfe\xff" + lines(ROWS).encode("utf-16-be")},
            ["sessions.csv`: it is UTF-16 in big-endian", "save it as UTF-8"],
        ),
        (
            {"sessions.csv": lines(ROWS) + "s3,v,2026-05-01,https://a.example/?a=1,2,3\n"},
            ["row 3 below the header (it begins with `s3`) has more values", "in quotes"],
        ),
        (
            {"sessions.csv": lines(ROWS, ";").replace("landing_url", "Visitor_ID")},
            ["its header has the column `visitor_id` more than once", "rename or remove"],
        ),
        ({"sessions.csv": ""}, ["sessions.csv`: the file is empty; write a header"]),
        (
            {"sessions.parquet.gz": gzip.compress(b"PAR1" * 9)},
            ["sessions.parquet.gz`: it is a Parquet file that was compressed as a whole"],
        ),
        ({"sessions.json": JSON_LINES + "{"}, ["sessions.json`: line 3 is no whole JSON object"]),
        ({"sessions.json": json.dumps(ROWS)[:-1]}, ["sessions.json`: line 1", "or one array"]),
        ({"sessions.parquet": b""}, ["table `sessions`", "too small to be a Parquet file"]),
        (
            {"sessions.csv": "session_id:visitor_id\n"},
            ["table `sessions` lacks the required column `started_at`",
             "Columns found: session_id:visitor_id"],
        ),
        ({"session.csv": lines(ROWS)}, ["table `sessions` is absent", "a folder of such files"]),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_remedy(files, words, raw_dir, problem):
    for file, content in files.items():
        put(raw_dir, file, content)
    message = problem(raw_dir)
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("s3://bucket/raw", ["`s3://bucket/raw`", "extension `httpfs`", "install httpfs"]),
        ("az://box/raw", ["`az://box/raw`", "extension `azure`"]),
        ("ftp://box/raw", ["begins with `ftp://`", "use s3://"]),
    ],
    ids=["s3", "azure", "unknown"],
)
def test_object_storage_without_its_extension_says_so(folder, words, problem):
    message = problem(folder)
    assert all(word in message for word in words), message


# ---------------------------------------------------------------------------- types of Parquet

NOON = datetime(2026, 5, 1, 12)
VISITOR = UUID("660e8400-e29b-41d4-a716-446655440000")
TIMES = {
    **{
        f"{unit}_{zone}": pa.array([NOON], pa.timestamp(unit, zone))
        for unit in ("s", "ms", "us", "ns")
        for zone in (None, "UTC", "Japan")
    },
    **{
        f"epoch_{unit}": pa.array([1777636800 * 10**digits], pa.int64())
        for unit, digits in {"s": 0, "ms": 3, "us": 6, "ns": 9}.items()
    },
    "epoch_as_double": pa.array([1777636800.0]),
    "epoch_as_decimal": pa.array([Decimal(1777636800)], pa.decimal128(18, 0)),
    "text": pa.array(["2026-05-01T12:00:00Z"]),
    "large_text": pa.array(["2026-05-01 14:00:00 +02:00"], pa.large_string()),
    "dictionary": pa.array(["2026-05-01 12:00:00 UTC"]).dictionary_encode(),
    "binary": pa.array([b"2026-05-01 12:00:00"]),
}


def test_any_type_of_a_parquet_column_is_read(raw_dir, staged):
    """Each file has its own type of time; ids are bytes, and columns of no use are nested."""
    folder = raw_dir / "sessions"
    folder.mkdir()
    for name, times in TIMES.items():
        table = pa.table(
            {
                "session_id": pa.array([name]).dictionary_encode(),
                "visitor_id": pa.array([VISITOR.bytes], pa.binary(16)),
                "started_at": times,
                "loaded_at": times,
                "engaged_seconds": pa.array([Decimal("12.5")], pa.decimal128(38, 9)),
                "page_views": pa.array([2], pa.uint64()),
                "is_bot": pa.array([False]),
                "tags": pa.array([["a", None]], pa.list_(pa.string())),
                "extra": pa.array([{"a": {"b": [1]}}]),
                "pairs": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int32())),
                "none": pa.nulls(1),
            }
        )
        pq.write_table(table, folder / f"{name}.parquet")
    # The twelve-byte timestamps of old Spark and Impala.
    old = pa.table(
        {"session_id": ["int96"], "visitor_id": [VISITOR.bytes], "started_at": TIMES["ns_None"]}
    )
    pq.write_table(old, folder / "int96.parquet", use_deprecated_int96_timestamps=True)
    found = staged(raw_dir, "session_id, visitor_key, started_at, is_bot")
    visitor = f"visitor:{VISITOR}"
    assert found == [(name, visitor, NOON, False) for name in sorted([*TIMES, "int96"])]


IDS = {
    "double": pa.array([880002.0, None, 1.5]),
    "decimal": pa.array([Decimal(880002), None, Decimal("1.5")], pa.decimal128(38, 10)),
    "integer": pa.array([880002, None, 7]),
    "text": pa.array(["880002", None, "1.5"]),
}


@pytest.mark.parametrize("types", [["double"], ["decimal"], list(IDS)], ids=",".join)
def test_whole_numbers_in_text_columns_have_no_decimals(types, raw_dir, staged):
    """pandas writes whole numbers with gaps as floating point; other files hold them as text."""
    (raw_dir / "sessions").mkdir()
    for name in types:
        columns = {
            "session_id": [f"{name}{number}" for number in range(3)],
            "visitor_id": ["v"] * 3,
            "user_id": IDS[name],
            "utm_campaign": IDS[name],
            "started_at": [NOON] * 3,
        }
        pq.write_table(pa.table(columns), raw_dir / f"sessions/{name}.parquet")
    third = {"double": "1.5", "decimal": "1.5000000000", "integer": "7", "text": "1.5"}
    assert staged(raw_dir, "session_id, user_key, utm_campaign") == [
        row
        for name in sorted(types)
        for row in [
            (f"{name}0", "user:880002", "880002"),
            (f"{name}1", None, None),
            (f"{name}2", f"user:{third[name]}", third[name]),
        ]
    ]


# ---------------------------------------------------------------------------- what is read again


def spoil(path):
    """Other bytes of the same size and time of change: whoever opens the file fails."""
    stat = path.stat()
    path.write_bytes(b"x" * stat.st_size)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.fixture
def run(builds):
    """A run of sessions that ends as a complete run does; the path of the database."""

    def build(name, raw_dir):
        db_path = builds.build(name, raw_dir, *STAGED_SESSIONS)
        builds.forget_changes(name)
        return db_path

    return build


def parts(db_path):
    query = "select raw_part, fingerprint is null as is_gone from staging.base_session_parts"
    return {row["raw_part"]: row["is_gone"] for row in fetch(db_path, query)}


def test_files_that_have_not_changed_are_not_opened(run, tmp_path):
    raw_dir = write_csv(tmp_path / "raw", {"conversions": [CONVERSION]})
    folder = raw_dir / "sessions"
    folder.mkdir()

    def write(file, ids):
        rows = [session(number) for number in ids]
        path = folder / file
        if path.suffix == ".parquet":
            pq.write_table(pa.Table.from_pylist(rows), path)
        elif path.suffix == ".csv":
            path.write_text(lines(rows))
        else:
            path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return path

    def ids():
        query = "select session_id from staging.stg_sessions order by 1"
        return [row["session_id"] for row in fetch(db_path, query)]

    endings = ("csv", "jsonl", "parquet")
    old = [write(f"{ending}.{ending}", [f"{ending[0]}1"]) for ending in endings]
    gone = write("gone.csv", ["gone"])
    db_path = run("opened", raw_dir)
    assert ids() == ["sc1", "sgone", "sj1", "sp1"]
    files = {"sessions/csv.csv", "sessions/jsonl.jsonl", "sessions/parquet.parquet"}
    assert parts(db_path) == dict.fromkeys(files | {"sessions/gone.csv"}, False)

    for path in old:
        spoil(path)
    gone.unlink()
    new = [write(f"new.{ending}", [f"{ending[0]}2", "c1"]) for ending in endings]
    run("opened", raw_dir)
    assert ids() == ["sc1", "sc2", "sj1", "sj2", "sp1", "sp2"]
    assert parts(db_path) == dict.fromkeys(files | {f"sessions/{path.name}" for path in new}, False)

    # Nothing new, and nothing is opened.
    for path in new:
        spoil(path)
    run("opened", raw_dir)
    assert ids() == ["sc1", "sc2", "sj1", "sj2", "sp1", "sp2"]


def test_a_folder_may_become_a_file_and_a_file_a_folder(run, tmp_path):
    raw_dir = write_csv(tmp_path / "raw", {"conversions": [CONVERSION]})
    ids = "select session_id from staging.stg_sessions order by 1"
    put(raw_dir, "sessions/a.csv", lines([session(1)]))
    put(raw_dir, "sessions/b.csv", lines([session(2)]))
    db_path = run("turns", raw_dir)
    shutil.rmtree(raw_dir / "sessions")
    put(raw_dir, "sessions.csv", lines([session(2), session(3)]))
    run("turns", raw_dir)
    assert [row["session_id"] for row in fetch(db_path, ids)] == ["s2", "s3"]
    assert list(parts(db_path)) == ["2026-05-01"]
    (raw_dir / "sessions.csv").unlink()
    put(raw_dir, "sessions/c.csv", lines([session(4)], ";"))
    run("turns", raw_dir)
    assert [row["session_id"] for row in fetch(db_path, ids)] == ["s4"]
    assert list(parts(db_path)) == ["sessions/c.csv"]


def test_files_are_read_whatever_was_built_before(builds, run, tmp_path):
    """The list alone is built first, then the sessions alone, then these in full."""
    raw_dir = write_csv(tmp_path / "raw", {"conversions": [CONVERSION]})
    ids = "select session_id from staging.stg_sessions order by 1"
    put(raw_dir, "sessions/a.csv", lines([session(1)]))
    db_path = run("partly", raw_dir)
    put(raw_dir, "sessions/b.csv", lines([session(2)]))
    builds.build("partly", raw_dir, "--select", "base_session_parts")
    put(raw_dir, "sessions/c.csv", lines([session(3)]))
    builds.build("partly", raw_dir, "--select", "base_session_parts", "base_sessions_parsed")
    assert [row["session_id"] for row in fetch(db_path, ids)] == ["s1", "s2", "s3"]
    run("partly", raw_dir)
    assert [row["session_id"] for row in fetch(db_path, ids)] == ["s1", "s2", "s3"]
    builds.build("partly", raw_dir, "--select", "base_sessions_parsed", "--full-refresh")
    assert [row["session_id"] for row in fetch(db_path, ids)] == ["s1", "s2", "s3"]
