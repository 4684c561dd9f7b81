"""Write dashboards/superset, which Superset imports, from the definitions.

    python dashboards/make_assets.py

Superset's own files repeat a lot: eleven filters on each dashboard, every column of every
dataset, the place of each chart under several keys, ids that must agree. The definitions say each
thing once, and a change of a chart is a change of a line. The same names give the same ids, so an
import updates what an earlier one made.
"""

import math
import shutil
import uuid
from pathlib import Path

import yaml
from chart_kinds import FORMATS, settings

HERE = Path(__file__).parent
DEFINITIONS = HERE / "definitions"
ASSETS = HERE / "superset"
VERSION = "1.0.0"
COLUMNS_OF_A_ROW = 12
TYPES = {
    "text": "VARCHAR",
    "count": "BIGINT",
    "money": "DECIMAL(28, 4)",
    "number": "DOUBLE",
    "share": "DOUBLE",
    "flag": "BOOLEAN",
    "date": "DATE",
    "time": "TIMESTAMP",
}
# The same measure has the same colour on every chart.
COLOURS_OF_MEASURES = {
    "conversions": "#454E7C",
    "assisted_conversions": "#1FA8C9",
    "last_conversions": "#FF7F44",
    "introduce_share": "#1FA8C9",
    "nurture_share": "#5AC189",
    "close_share": "#FF7F44",
    "cost_per_assisted_conversion": "#1FA8C9",
    "cost_per_last_conversion": "#FF7F44",
    "web_conversions": "#1FA8C9",
    "system_conversions": "#454E7C",
    "claimed_conversions": "#E04355",
}
# So has the same channel. Others than these get a colour from Superset, which may give it twice.
COLOURS_OF_CHANNELS = {
    "Direct": "#666666",
    "Paid Search": "#454E7C",
    "Paid Social": "#1FA8C9",
    "Paid Shopping": "#A868B7",
    "Paid Video": "#D3B3DA",
    "Display": "#EFA1AA",
    "Organic Search": "#5AC189",
    "Organic Social": "#8FD3E4",
    "Organic Video": "#D1C6BC",
    "AI Assistant": "#3CCCCB",
    "Referral": "#E04355",
    "Email": "#FF7F44",
    "Affiliates": "#FCC700",
    "Audio": "#A38F79",
    "SMS": "#FDE380",
    "Offline": "#A1A6BD",
    "Unassigned": "#B2B2B2",
}
# On the left side of a flow, a channel's name ends in an arrow.
COLOURS = (
    COLOURS_OF_MEASURES
    | COLOURS_OF_CHANNELS
    | {f"{channel} →": colour for channel, colour in COLOURS_OF_CHANNELS.items()}
)
# Notes stand below their charts, as part of them.
NOTES_CSS = """\
.dashboard-markdown .dashboard-component-chart-holder { padding: 0 16px 8px; font-size: 12px; }
"""
CHARACTERS_OF_A_TWELFTH = 11
DATABASE = "Assisted conversions"
# The conversion group that is chosen when a dashboard opens
GROUP = "(all macro)"


def stable_id(kind: str, name: str) -> str:
    """The same id for the same name, always."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"assisted-conversions/{kind}/{name}"))


def indented(text: str, width: int) -> str:
    """A fragment of SQL at the indentation of the line that names it."""
    return text.strip().replace("\n", "\n" + " " * width).replace("\n" + " " * width + "\n", "\n\n")


class Definitions:
    """The definitions, and what follows from them for one dataset or chart."""

    def __init__(self) -> None:
        datasets = yaml.safe_load((DEFINITIONS / "datasets.yml").read_text())
        dashboards = yaml.safe_load((DEFINITIONS / "dashboards.yml").read_text())
        self.shared = datasets["shared"]
        self.labels = datasets["labels"]
        self.datasets = datasets["datasets"]
        self.filters = dashboards["filters"]
        self.dashboards = dashboards["dashboards"]
        self.segments = [name for name, entry in self.filters.items() if entry.get("segment")]

    def label(self, name: str) -> str:
        """A column's or metric's name as people read it."""
        return self.labels.get(name, name.replace("_", " ").capitalize())

    def columns(self, dataset: str) -> dict[str, str]:
        """Columns of a dataset with their kinds."""
        return {
            column: kind
            for kind, names in self.datasets[dataset].get("columns", {}).items()
            for column in names.replace("{segments}", " ".join(self.segments)).split()
        }

    def metrics(self, dataset: str) -> list[tuple[str, str, str]]:
        """Metrics of a dataset: name, kind and expression."""
        return [
            (metric, kind, expression)
            for kind, metrics in self.datasets[dataset].get("metrics", {}).items()
            for metric, expression in metrics.items()
        ]

    def formats(self, dataset: str) -> dict[str, str]:
        """Formats of a dataset's columns and metrics; a metric has its column's name at times."""
        columns = {
            column: FORMATS[kind]
            for column, kind in self.columns(dataset).items()
            if kind in FORMATS
        }
        return columns | {metric: FORMATS[kind] for metric, kind, _ in self.metrics(dataset)}

    def follows(self, dataset: str, filter_name: str) -> bool:
        """Does a chart of the dataset follow the filter?"""
        if filter_name == "dates":
            return "time" in self.datasets[dataset]
        return filter_name in self.columns(dataset)

    def filters_of(self, dashboard: dict) -> list[str]:
        """The filters of a dashboard."""
        with_segments = dashboard.get("segments", True)
        return [name for name in self.filters if with_segments or name not in self.segments]

    def note(self, chart: dict, dashboard: dict) -> str:
        """A chart's note, and which of the dashboard's filters it does not follow."""
        ignored = [
            name for name in self.filters_of(dashboard) if not self.follows(chart["data"], name)
        ]
        names = [
            self.filters[name]["label"].lower() for name in ignored if name not in self.segments
        ]
        names += ["segments"] if set(ignored) & set(self.segments) else []
        if not names:
            return chart["note"]
        return f"{chart['note']} *Does not follow: {', '.join(names)}.*"


def database_asset() -> dict:
    return {
        "database_name": DATABASE,
        # The copy that scripts/publish.py makes. Superset opens it for each query anew, so it
        # notices the next one.
        "sqlalchemy_uri": "duckdb:///target/published/attribution.duckdb",
        "cache_timeout": None,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_csv_upload": False,
        "extra": {
            "engine_params": {
                "connect_args": {"read_only": True, "config": {"enable_external_access": False}}
            },
            "allows_virtual_table_explore": True,
        },
        "uuid": stable_id("database", DATABASE),
        "version": VERSION,
    }


def dataset_asset(name: str, definitions: Definitions) -> dict:
    dataset = definitions.datasets[name]
    sql = dataset["sql"]
    for fragment, text in definitions.shared.items():
        sql = "\n".join(
            line.replace(f"{{{fragment}}}", indented(text, len(line) - len(line.lstrip())))
            for line in sql.splitlines()
        )
    return {
        "table_name": name,
        "description": dataset["description"],
        "main_dttm_col": dataset.get("time"),
        "sql": sql,
        "columns": [
            {
                "column_name": column,
                "verbose_name": definitions.label(column),
                "type": TYPES[kind],
                "is_dttm": kind in ("date", "time"),
            }
            for column, kind in definitions.columns(name).items()
        ],
        "metrics": [
            {
                "metric_name": metric,
                "verbose_name": definitions.label(metric),
                "expression": expression,
                "d3format": FORMATS[kind],
            }
            for metric, kind, expression in definitions.metrics(name)
        ],
        "filter_select_enabled": True,
        "uuid": stable_id("dataset", name),
        "database_uuid": stable_id("database", DATABASE),
        "version": VERSION,
    }


def chart_asset(chart: dict, dashboard: dict, definitions: Definitions) -> dict:
    time = definitions.datasets[chart["data"]].get("time")
    params = settings({**chart, "time": time}, definitions.formats(chart["data"]))
    return {
        "slice_name": chart["title"],
        "description": definitions.note(chart, dashboard),
        "viz_type": params["viz_type"],
        "params": params,
        "uuid": chart_id(chart, dashboard),
        "dataset_uuid": stable_id("dataset", chart["data"]),
        "version": VERSION,
    }


def chart_id(chart: dict, dashboard: dict) -> str:
    return stable_id("chart", f"{dashboard['title']}/{chart['title']}")


def numbered_charts(dashboard: dict) -> list[tuple[int, dict]]:
    """The charts of a dashboard, numbered as its layout and its filters name them."""
    charts = [chart for row in dashboard["rows"] for chart in row["charts"]]
    return list(enumerate(charts, start=1))


def note_height(note: str, width: int) -> int:
    """Rows of eight pixels that a note needs in a column so many twelfths wide."""
    return 3 + 2 * math.ceil(len(note) / (CHARACTERS_OF_A_TWELFTH * width))


def layout(dashboard: dict, definitions: Definitions) -> dict:
    """Places of charts, each with its note below it: rows in a grid of twelve columns."""
    places = {"DASHBOARD_VERSION_KEY": "v2"}

    def place(kind: str, name: str, parents: list[str], **meta: object) -> list[str]:
        """Put a component into the last of its parents; the parents of what it will hold."""
        places[name] = {"type": kind, "id": name, "parents": parents, "children": [], "meta": meta}
        if parents:
            places[parents[-1]]["children"].append(name)
        return [*parents, name]

    grid = place("GRID", "GRID_ID", place("ROOT", "ROOT_ID", []))
    place("HEADER", "HEADER_ID", [], text=dashboard["title"])
    charts = iter(numbered_charts(dashboard))
    for row_number, row in enumerate(dashboard["rows"], start=1):
        in_row = place("ROW", f"ROW-{row_number}", grid, background="BACKGROUND_TRANSPARENT")
        shared_width = COLUMNS_OF_A_ROW // len(row["charts"])
        notes = [definitions.note(chart, dashboard) for chart in row["charts"]]
        widths = [chart.get("width", shared_width) for chart in row["charts"]]
        height_of_notes = max(map(note_height, notes, widths))
        for note, width in zip(notes, widths):
            number, chart = next(charts)
            column = place(
                "COLUMN", f"COLUMN-{number}", in_row, background="BACKGROUND_WHITE", width=width
            )
            place(
                "CHART",
                f"CHART-{number}",
                column,
                chartId=number,
                uuid=chart_id(chart, dashboard),
                sliceName=chart["title"],
                width=width,
                height=row["height"],
            )
            place(
                "MARKDOWN",
                f"MARKDOWN-{number}",
                column,
                code=note,
                width=width,
                height=height_of_notes,
            )
    return places


def chosen(column: str, value: str) -> dict:
    """The state of a filter in which one value is chosen."""
    return {
        "extraFormData": {"filters": [{"col": column, "op": "IN", "val": [value]}]},
        "filterState": {"label": value, "value": [value]},
        "ownState": {},
    }


def filter_asset(name: str, dashboard: dict, definitions: Definitions) -> dict:
    """A filter that reaches the charts whose dataset has its column."""
    entry = definitions.filters[name]
    time = entry["kind"] == "time"
    one = entry["kind"] == "one"
    source = "roles" if definitions.follows("roles", name) else None
    return {
        "id": f"NATIVE_FILTER-{name}",
        "name": entry["label"],
        "type": "NATIVE_FILTER",
        "filterType": "filter_time" if time else "filter_select",
        "targets": [{}]
        if time
        else [{"datasetUuid": stable_id("dataset", source), "column": {"name": name}}],
        "defaultDataMask": chosen(name, GROUP)
        if one
        else {"extraFormData": {}, "filterState": {}, "ownState": {}},
        # One conversion group at a time, and always one: a conversion is in several.
        "controlValues": {}
        if time
        else {
            "enableEmptyFilter": one,
            "defaultToFirstItem": False,
            "multiSelect": not one,
            "sortAscending": True,
            "searchAllOptions": False,
            "inverseSelection": False,
        },
        "cascadeParentIds": [],
        "scope": {
            "rootPath": ["ROOT_ID"],
            "excluded": [
                number
                for number, chart in numbered_charts(dashboard)
                if not definitions.follows(chart["data"], name)
            ],
        },
        "description": "",
    }


def dashboard_asset(slug: str, definitions: Definitions) -> dict:
    dashboard = definitions.dashboards[slug]
    return {
        "dashboard_title": dashboard["title"],
        "slug": slug,
        "published": True,
        "css": NOTES_CSS,
        "position": layout(dashboard, definitions),
        "metadata": {
            "native_filter_configuration": [
                filter_asset(name, dashboard, definitions)
                for name in definitions.filters_of(dashboard)
            ],
            # A click on a bar filters nothing: not every chart would follow, and none would say so.
            "cross_filters_enabled": False,
            "color_scheme": "supersetColors",
            "label_colors": COLOURS,
            "refresh_frequency": 0,
        },
        "uuid": stable_id("dashboard", slug),
        "version": VERSION,
    }


def assets() -> dict[str, dict]:
    """All assets by their path under dashboards/superset."""
    definitions = Definitions()
    files = {
        # A fixed time: the same definitions give the same files.
        "metadata.yaml": {"version": VERSION, "type": "assets", "timestamp": "2026-01-01T00:00:00"},
        "databases/assisted_conversions.yaml": database_asset(),
    }
    for name in definitions.datasets:
        files[f"datasets/assisted_conversions/{name}.yaml"] = dataset_asset(name, definitions)
    for slug, dashboard in definitions.dashboards.items():
        files[f"dashboards/{slug}.yaml"] = dashboard_asset(slug, definitions)
        for _, chart in numbered_charts(dashboard):
            file = chart["title"].lower().replace(" ", "_").replace(",", "").replace("?", "")
            files[f"charts/{slug}/{file}.yaml"] = chart_asset(chart, dashboard, definitions)
    return files


class Dumper(yaml.SafeDumper):
    """Writes texts of several lines as such, so that SQL stays readable, and repeats no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def as_text(asset: dict) -> str:
    return yaml.dump(asset, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)


def main() -> None:
    shutil.rmtree(ASSETS, ignore_errors=True)
    for path, asset in assets().items():
        file = ASSETS / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_text(asset))


if __name__ == "__main__":
    main()
