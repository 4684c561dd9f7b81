"""The assist share and the ratio of assists to closes."""

import pandas as pd
import published
import simulated_worlds as made
from coverage import coverage

TITLE = "Coverage: assist share and ratio of assists to closes"
WORLDS, FEW_WORLDS = 1500, 20
SLACK = 0.15
SIZES = (80, 250, 700)

# How many persons the share rests on, each as much as it takes part.
PERSONS = """
    select conversion_group, channel, sum(n) ** 2 / sum(n * n) as n_eff from (
        select conversion_type as conversion_group, channel, person_id,
            sum(is_assist::int + is_last::int) as n
        from marts.fct_assisted_conversions group by all
    ) group by all
"""


def rows(worlds, slack=0):
    sql = published.compiled()
    for kind in (made.ONCE, made.THRICE, made.THRICE_APART):
        tables = []
        for size in SIZES:
            database = published.run(made.touches(kind, size, worlds, seed=size), sql)
            tables.append(
                database.sql(
                    f"""select * from reports.rpt_channel_assists
                    join ({PERSONS}) using (conversion_group, channel)"""
                )
                .df()
                .assign(size=size)
            )
        table = pd.concat(tables)
        key = table["size"].astype(str) + table["channel"]
        # The truth is that of the counts: shares of small samples lean to one side.
        sums = table.groupby(key)[["assisted_conversions", "last_conversions"]].transform("sum")
        ratio = sums["assisted_conversions"] / sums["last_conversions"]
        for figure, truth, low, high in (
            ("assist share", ratio / (1 + ratio), "assist_share_low", "assist_share_high"),
            ("ratio of assists to closes", ratio, "ratio_low", "ratio_high"),
        ):
            intervals = pd.DataFrame(
                {
                    "key": key,
                    "truth": truth,
                    "low": table[low],
                    "high": table[high].fillna(float("inf")),
                    "n_eff": table["n_eff"],
                }
            )
            yield from coverage(figure, kind.name, intervals, slack)
