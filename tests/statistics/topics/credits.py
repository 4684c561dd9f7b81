"""Credits of models whose credits are those of single conversions, their differences and shares."""

import pandas as pd
import published
import simulated_worlds as made
from coverage import coverage

TITLE = "Coverage: rule models, `shapley` and the row-level forms"
WORLDS, FEW_WORLDS = 1000, 20
SLACK = 0.15
SIZES = (80, 250, 700)  # persons: some channels fall into each class of n_eff
SHOWN = ["last_touch", "position_based", "linear", "shapley", "shapley_touch"]
FIGURES = {
    "credit": ("credit", "credit_low", "credit_high", "n_eff"),
    "share of credit": ("credit_share", "share_low", "share_high", "n_eff"),
    "credited value": ("credited_value", "value_low", "value_high", "value_n_eff"),
    "share of value": ("value_share", "value_share_low", "value_share_high", "value_n_eff"),
}


def rows(worlds, slack=0):
    sql = published.compiled()
    for kind in (made.ONCE, made.THRICE, made.THRICE_APART):
        tables, differences = [], []
        for size in SIZES:
            database = published.run(made.touches(kind, size, worlds, seed=size), sql)
            table = database.sql(
                f"from reports.rpt_model_comparison where attribution_model in {tuple(SHOWN)}"
            ).df()
            tables.append(table.assign(size=size))
            smaller = """(select conversion_group, attribution_model, channel, n_eff
                from reports.rpt_model_comparison)"""
            difference = database.sql(
                f"""select d.*, least(one.n_eff, other.n_eff) as n_eff
                from reports.rpt_channel_differences as d
                join {smaller} as one using (conversion_group, attribution_model, channel)
                join {smaller} as other on d.conversion_group = other.conversion_group
                    and d.attribution_model = other.attribution_model
                    and d.other_channel = other.channel
                where d.attribution_model in {tuple(SHOWN)}"""
            ).df()
            differences.append(difference.assign(size=size))
        table, difference = (pd.concat(parts) for parts in (tables, differences))
        names = ["size", "attribution_model", "channel"]
        for figure, (estimate, low, high, n_eff) in FIGURES.items():
            intervals = pd.DataFrame(
                {
                    "key": table[names].astype(str).agg("|".join, axis=1),
                    "estimate": table[estimate].astype(float),
                    "low": table[low].astype(float),
                    "high": table[high].astype(float),
                    "n_eff": table[n_eff],
                }
            )
            yield from coverage(figure, kind.name, intervals, slack)
        intervals = pd.DataFrame(
            {
                "key": difference[[*names, "other_channel"]].astype(str).agg("|".join, axis=1),
                "estimate": difference["credit_difference"],
                "low": difference["difference_low"],
                "high": difference["difference_high"],
                "n_eff": difference["n_eff"],
            }
        )
        yield from coverage("difference of credits", kind.name, intervals, slack)
