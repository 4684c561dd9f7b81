"""What the check of CSV files finds, against a reading of the same text one character at a time."""

import re
from types import SimpleNamespace

import duckdb
import jinja2
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

TEXTS = st.text('a ,"\n', max_size=30).map("x,y\n".__add__)


def quote_query(path, separator=",", encoding="utf-8"):
    """The query of the check, rendered as dbt does."""
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    environment.globals["path_list"] = lambda paths: "['" + paths[0].replace("'", "''") + "']"
    environment.globals["modules"] = SimpleNamespace(re=re)
    macros = environment.from_string((ROOT / "macros/engine/csv_problems.sql").read_text())
    return macros.module.unclosed_quote_query(str(path), separator, encoding)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A check of bytes: the line of the row with an open quote, and the first line refused.

    `swallowed` gives the lines that begin and end a value that swallows rows instead.
    """
    path = tmp_path_factory.mktemp("csv") / "it's.csv"
    with duckdb.connect() as connection:

        def check(content, separator=",", encoding="utf-8", swallowed=False):
            path.write_bytes(content)
            query = quote_query(path, separator, encoding)
            open_line, *lines = connection.execute(query).fetchall()[0]
            # As the macro does: an empty file leaves no table of errors.
            connection.execute(
                "create temporary table if not exists csv_errors (line int, error_type text)"
            )
            refused = connection.execute("select line, error_type from csv_errors").fetchall()
            connection.execute("drop table csv_errors; drop table if exists csv_scans")
            return tuple(lines) if swallowed else (open_line, *refused)

        yield check


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n\n\n",
        'a,b\n1,"2"',
        'a,b\r\n1,"2\r\n3"\r\n',
        'a,b\n1,"say ""2"""\n',
        'a,b\n1,5" screen\n2,3\n',
        '\ufeff"a","b"\n1,2\n',
        "a,b\n1,Zoë 😀\n",
    ],
    ids=[
        "empty", "blank_lines", "last_line_open", "line_break", "doubled", "within_a_value",
        "byte_order_mark", "not_ascii",
    ],
)  # fmt: skip
def test_files_without_a_problem(text, found):
    assert found(text.encode()) == (None,)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b\n1,"2\n3,4\n', 2),
        ('a,b\n1,2\n3, "4\n5,6\n', 3),
        ('a,b\n1,"2\n"3,"4\n5\n6\n', 2),
        ('a,b\n1,"5" screen"\n2,3\n', 2),
        ('a,b\n1,"2"",3\n4,5\n', 2),
        ('a,b\n1,"2\n3"\n4,5\n6,"', 5),
    ],
    ids=["to_the_end", "after_a_space", "over_lines", "reopened", "escaped", "after_line_breaks"],
)
def test_a_quote_that_is_never_closed_is_named_by_its_row(text, line, found):
    assert found(text.encode()) == (line,)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, separator=st.sampled_from(",;|\t"))
def test_any_quotes(text, separator, found):
    content = text.replace(",", separator).encode()
    assert found(content, separator) == (line_of_open_quote(text),)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('a,b\n1,"2\n3,4\n5,"6\n7,8\n', (2, 4)),
        ('a,b\n1,"2\n3,"4"\n', (2, 3)),
        ('a,b\n1,"x\ny"\n2,"2\n3,"4\n', (4, 5)),
        ('a,b\n1,"2\n3""4\n5" 6,7\n', (2, 4)),
    ],
    ids=["two_open_quotes", "an_open_and_a_closed_one", "after_line_breaks", "escaped_between"],
)
def test_rows_between_two_open_quotes_are_noticed(text, lines, found):
    assert found(text.encode(), swallowed=True) == lines


@pytest.mark.parametrize(
    "text",
    [
        'a,b\n1,"2\n3,4\n5"\n6,7\n',
        'a,b\n"1\n2" ,3\n',
        'a,b\n1,"say ""2\n3"" 4"\n',
        'a,b\n1,"2\n3"""\n4,5\n',
        'a,b\r\n1,"2\r\n3"\r\n',
        # What cannot be told from a value with line breaks: the second quote closes the line.
        'a,b\n1,"2\n3,"\n4,5\n',
    ],
    ids=["line_breaks", "space_after", "doubled", "doubled_at_the_end", "cr_lf", "alike"],
)
def test_values_with_line_breaks_swallow_nothing(text, found):
    assert found(text.encode(), swallowed=True) == (None, None)


def test_utf_16_is_read_as_its_mark_says(found):
    text = 'a,b\n1,"Zo\u00eb\n\u4e2d"\n2,3\n'
    assert found(text.encode("utf-16"), encoding="utf-16") == (None,)
    text += '4,"5\n'
    assert found(text.encode("utf-16"), encoding="utf-16") == (5,)


def line_of_open_quote(text):
    """The line in which the row begins whose quote is open at the end of the text."""
    state, line, row_begins = "start", 1, 1
    for character in text:
        if character == '"' and state in ("start", "after quote"):
            state = "quoted"
        elif character == '"' and state == "quoted":
            state = "after quote"
        elif character in ",\n" and state != "quoted":
            state = "start"
        elif state == "start" and character != " ":
            state = "plain"
        if character == "\n":
            line += 1
            row_begins = row_begins if state == "quoted" else line
    return row_begins if state == "quoted" else None


@settings(max_examples=200, deadline=None)
@given(lines=st.lists(st.binary(max_size=6), max_size=4))
def test_any_bytes(lines, found):
    """Up to the first line that is not UTF-8; a zero byte or a quote is not what is looked for."""
    lines = [line.translate(None, b'\r\n"\0\1') for line in lines]
    bad = [number for number, line in enumerate(lines, 1) if not is_utf8(line)]
    assert found(b"\n".join(lines)) == (None, *((line, "INVALID ENCODING") for line in bad[:1]))


def is_utf8(line):
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_a_line_that_is_too_long_is_named(found):
    assert found(b"a,b\n1," + b"x" * 3_000_000) == (None, (2, "LINE SIZE OVER MAXIMUM"))


def test_a_problem_in_the_middle_of_a_large_file_is_named_by_its_line(found):
    rows = b"".join(b"s%d,v,2026-05-01\n" % number for number in range(300_000))
    bad_row = b"s,\xfc,2026-05-01\n"
    assert found(rows + bad_row + rows) == (None, (300_001, "INVALID ENCODING"))
    assert found(rows + b's,"v,2026-05-01\n' + rows) == (300_001,)
