"""How often 95 % intervals hold the truth."""

import pandas as pd

BOUNDS = {"100 and more": (0.93, 0.97), "30 to 100": (0.92, 1.0)}
# Where an interval is known to be too wide rather than too narrow.
AT_LEAST = {"100 and more": (0.93, 1.0), "30 to 100": (0.92, 1.0)}


def coverage(figure, persons, table, slack, bounds=BOUNDS):
    """Rows of the results' table, by class of n_eff.

    `table` has one row per interval: key, which says what is estimated, low, high, n_eff, and
    estimate or truth; without a truth it is the mean over all worlds. The class is that of the
    median: by their own n_eff the larger estimates would stand apart from the smaller ones. Few
    worlds tell less: then the coverage may lie outside of its bounds by the slack.
    """
    table = table.dropna(subset=["low", "high", "n_eff"])
    if "truth" not in table:
        table = table.assign(truth=table.groupby("key")["estimate"].transform("mean"))
    covers = table["truth"].between(table["low"], table["high"])
    n_eff = table.groupby("key")["n_eff"].transform("median")
    classes = pd.cut(n_eff, [30, 100, float("inf")], right=False)
    names = dict(zip(classes.cat.categories, ["30 to 100", "100 and more"], strict=True))
    for interval, of_class in covers.groupby(classes, observed=True):
        name = names[interval]
        low, high = bounds[name]
        share = of_class.mean()
        yield {
            "figure": figure,
            "persons": persons,
            "n_eff": name,
            "intervals": f"{len(of_class):,}",
            "coverage": f"{share:.1%}",
            "due": f"{low:.0%} to {high:.0%}" if high < 1 else f"at least {low:.0%}",
            "passes": low - slack <= share <= high + slack,
        }
