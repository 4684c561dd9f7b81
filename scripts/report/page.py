"""Puts the page together: data, chart library, code and looks in one file."""

import base64
import hashlib
import json
from decimal import Decimal
from pathlib import Path

import jinja2

from report.data import Limits, definitions, page_data

FOLDER = Path(__file__).parent
MOST_BYTES = 5_000_000
DEFINED = [
    "conversion_group", "conversions", "assisted_conversions", "last_conversions",
    "first_conversions", "assist_to_last_ratio", "assist_share", "channel_role", "assisted_value",
    "credit", "cost", "cost_per_assisted_conversion", "data_caution",
]  # fmt: skip


def number(value):
    """Amounts as they are; of other numbers ten digits, more than any chart or table shows."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float):
        return float(f"{value:.10g}") if abs(value) != float("inf") and value == value else None
    return value


def encoded(table):
    """A table by column; of text, each different value once, since names may be long."""
    columns = {}
    for name, values in table.items():
        if any(isinstance(value, str) for value in values):
            places = {value: place for place, value in enumerate(dict.fromkeys(values))}
            columns[name] = {"values": list(places), "places": [places[value] for value in values]}
        else:
            columns[name] = [number(value) for value in values]
    return columns


def as_json(value):
    """JSON that can't end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def as_script(code):
    """Code that can't end the script element it stands in."""
    return code.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def hashed(code):
    """What the page's policy calls a script: only those of the page may run."""
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def definition_list(models):
    """Name and meaning of what the page shows."""
    meanings = definitions()
    names = [*DEFINED, *(f"model_{model}" for model in models)]
    return [(name.removeprefix("model_").replace("_", " "), meanings[name]) for name in names]


def render(data, library, currency, timezone):
    """The page as text."""
    content = data | {
        "currency": currency,
        "tables": {name: encoded(table) for name, table in data["tables"].items()},
    }
    own_code = "\n".join(
        (FOLDER / name).read_text(encoding="utf-8")
        for name in ("charts.js", "sections.js", "page.js")
    )
    library, code = as_script(library), as_script(own_code)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("page.html").render(
        css=(FOLDER / "page.css").read_text(encoding="utf-8"),
        library=library,
        code=code,
        policy=f"{hashed(library)} {hashed(code)}",
        data=as_json(content),
        first_day=data["first_day"],
        last_day=data["last_day"],
        months=data["months"],
        groups=data["groups"],
        missing=data["missing"],
        definitions=definition_list(data["rule_models"]),
        currency=currency,
        timezone=timezone,
    )


def fitting_page(build, library, currency, timezone):
    """The page with as much of long lists as fits into 5 MB."""
    limits = Limits()
    while True:
        text = render(page_data(build, limits), library, currency, timezone)
        if len(text.encode()) < MOST_BYTES:
            return text
        if limits == limits.halved():
            raise SystemExit("the report has more than 5 MB even with the shortest lists")
        limits = limits.halved()
