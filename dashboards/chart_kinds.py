"""The kinds of charts that the definitions name, each as a function to Superset's own settings.

A kind gets the definition of a chart and the formats of its dataset, and returns `viz_type` and the
settings that differ from chart to chart. What all charts share is in `settings`.
"""

import json

GRAINS = {"week": "P1W", "month": "P1M"}
FORMATS = {
    "count": ",.0f",
    "money": ",.0f",
    "number": ",.2f",
    "share": ".1%",
}
# Enough for every channel, and for the longest table that somebody reads.
LIMIT = 1000


def first_format(chart: dict, formats: dict) -> str:
    """The format of a chart with one axis of values."""
    metric = chart["metric"] if "metric" in chart else chart["metrics"][0]
    return formats[metric]


def number(chart: dict, formats: dict) -> dict:
    return {
        "viz_type": "big_number_total",
        "metric": chart["metric"],
        "header_font_size": 0.4,
        "y_axis_format": first_format(chart, formats),
    }


def series(chart: dict, formats: dict) -> dict:
    """What bars and lines share."""
    return {
        "metrics": chart["metrics"],
        "groupby": [chart["split"]] if "split" in chart else [],
        "order_desc": True,
        "row_limit": 10000,
        # The series with the most of `largest_by`
        "limit": chart.get("limit", 0),
        "timeseries_limit_metric": chart.get("largest_by"),
        "y_axis_format": first_format(chart, formats),
        "show_legend": True,
        "legendType": "scroll",
        "legendOrientation": "top",
        "rich_tooltip": True,
        "truncate_metric": True,
    }


def shown(column: str) -> str:
    """The label of a column that is cut: not its name, which Superset would translate."""
    return f"shown {column}"


def short(column: str) -> dict:
    """A column whose long values are cut to leave room for bars; no two become one."""
    cut = f"left({column}, 32) || '… ' || left(md5({column}), 4)"
    return {
        "expressionType": "SQL",
        "label": shown(column),
        "sqlExpression": f"case when length({column}) > 40 then {cut} else {column} end",
    }


def bars(chart: dict, formats: dict) -> dict:
    """One bar for each value of `by`: across, by size; or, if `upright`, in the values' order."""
    upright = chart.get("upright", False)
    return {
        **series(chart, formats),
        "viz_type": "echarts_timeseries_bar",
        "x_axis": short(chart["by"]),
        "xAxisForceCategorical": True,
        "orientation": "vertical" if upright else "horizontal",
        **order_of_bars(chart, upright),
        # Else the larger measure comes first, here assists and there closes.
        "sort_series_type": "name",
        "sort_series_ascending": True,
        "logAxis": chart.get("logarithmic", False),
    }


def order_of_bars(chart: dict, upright: bool) -> dict:
    """By the values of the axis, if upright; else by size, the largest on top."""
    if upright:
        return {"x_axis_sort": shown(chart["by"]), "x_axis_sort_asc": True}
    if "split" in chart:
        return {"x_axis_sort": "sum", "x_axis_sort_asc": True}
    return {"x_axis_sort": chart["metrics"][0], "x_axis_sort_asc": True}


def steps(chart: dict, formats: dict) -> dict:
    """A line over numbers that are no dates."""
    return {
        **series(chart, formats),
        "viz_type": "echarts_timeseries_line",
        "x_axis": chart["by"],
        "xAxisForceCategorical": True,
        "x_axis_sort": chart["by"],
        "x_axis_sort_asc": True,
        "markerEnabled": True,
    }


def lines(chart: dict, formats: dict) -> dict:
    """A line over time for each metric or each value of `by`."""
    return {
        **series(chart, formats),
        "viz_type": "echarts_timeseries_line",
        "x_axis": chart["time"],
        "time_grain_sqla": GRAINS[chart["grain"]],
        "groupby": [chart["by"]] if "by" in chart else [],
        "x_axis_time_format": "smart_date",
    }


def table(chart: dict, formats: dict) -> dict:
    """One row for each combination of `by`, by the first metric."""
    return {
        "viz_type": "table",
        "query_mode": "aggregate",
        "groupby": chart["by"],
        "metrics": chart["metrics"],
        "order_desc": True,
        **table_look(chart, chart["metrics"], formats),
    }


def rows(chart: dict, formats: dict) -> dict:
    """The rows of the dataset, ordered by one or more columns (`-column`: largest first)."""
    order = chart.get("order", chart["columns"][0])
    order = [order] if isinstance(order, str) else order
    return {
        "viz_type": "table",
        "query_mode": "raw",
        "all_columns": chart["columns"],
        "order_by_cols": [json.dumps([name.lstrip("-"), name[0] != "-"]) for name in order],
        **table_look(chart, chart["columns"], formats),
    }


def table_look(chart: dict, columns: list[str], formats: dict) -> dict:
    return {
        # Names of campaigns and pages are text, whatever they look like.
        "allow_render_html": False,
        "row_limit": chart.get("limit", LIMIT),
        "page_length": 0,
        "include_search": True,
        "show_cell_bars": False,
        "table_timestamp_format": "%Y-%m-%d",
        "column_config": {
            column: {"d3NumberFormat": formats[column], "d3SmallNumberFormat": formats[column]}
            for column in columns
            if column in formats
        }
        | {column: {"truncateLongCells": True} for column in chart.get("one_line", [])},
    }


def pivot(chart: dict, formats: dict) -> dict:
    """A table of `by` down and `across` across."""
    return {
        "viz_type": "pivot_table_v2",
        "groupbyRows": chart["by"],
        "groupbyColumns": chart["across"],
        "metrics": chart["metrics"],
        "metricsLayout": "COLUMNS",
        "aggregateFunction": "Sum",
        "colTotals": chart.get("totals", True),
        "rowTotals": False,
        "rowOrder": "value_z_to_a",
        "row_limit": 10000,
        "valueFormat": first_format(chart, formats),
    }


def heat(chart: dict, formats: dict) -> dict:
    return {
        "viz_type": "heatmap_v2",
        "x_axis": chart["x"],
        "groupby": chart["y"],
        "metric": chart["metric"],
        "linear_color_scheme": "schemeBlues",
        "normalize_across": "heatmap",
        "sort_x_axis": "alpha_asc",
        "sort_y_axis": "alpha_desc",
        "row_limit": 10000,
        "show_legend": False,
        "show_values": False,
        "xscale_interval": 1,
        "yscale_interval": 1,
        "xAxisLabelRotation": 45,
        "left_margin": 110,
        "bottom_margin": "auto",
        "y_axis_format": first_format(chart, formats),
    }


def flow(chart: dict, formats: dict) -> dict:
    return {
        "viz_type": "sankey_v2",
        "source": chart["source"],
        "target": chart["target"],
        "metric": chart["metric"],
        "row_limit": chart["limit"],
        "sort_by_metric": True,
    }


def bubbles(chart: dict, formats: dict) -> dict:
    return {
        "viz_type": "bubble_v2",
        # One conversion group is chosen, so each value of `by` is one bubble.
        "entity": "conversion_group",
        "series": chart["by"],
        "x": chart["x"],
        "y": chart["y"],
        "size": chart["size"],
        "max_bubble_size": "25",
        "opacity": 0.6,
        "row_limit": LIMIT,
        "show_legend": True,
        "legendType": "scroll",
        # Bubbles have no names on them, so all channels stand beside them.
        "legendOrientation": "right",
        # Else Superset asks for numbers at the ends of the axis alone.
        "xAxisLabelInterval": None,
        "xAxisLabelRotation": 45,
        "xAxisFormat": formats[chart["x"]],
        "y_axis_format": formats[chart["y"]],
        "tooltipSizeFormat": formats[chart["size"]],
        "x_axis_label": chart["axes"][0],
        "x_axis_title_margin": 50,
        "y_axis_label": chart["axes"][1],
        "y_axis_title_margin": 50,
    }


KINDS = {
    kind.__name__: kind
    for kind in (number, bars, steps, lines, table, rows, pivot, heat, flow, bubbles)
}


def settings(chart: dict, formats: dict) -> dict:
    """The settings of a chart: those of its kind, its conditions, and what all charts share."""
    conditions = []
    if chart["time"]:
        conditions.append(
            {
                "expressionType": "SIMPLE",
                "clause": "WHERE",
                "subject": chart["time"],
                "operator": "TEMPORAL_RANGE",
                "comparator": "No filter",
            }
        )
    conditions += [
        {"expressionType": "SQL", "clause": key.upper(), "sqlExpression": chart[key]}
        for key in ("where", "having")
        if key in chart
    ]
    return {
        **KINDS[chart["kind"]](chart, formats),
        "adhoc_filters": conditions,
        "color_scheme": "supersetColors",
    }
