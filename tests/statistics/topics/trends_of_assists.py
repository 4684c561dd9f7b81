"""False alarms and detection of the trends of assists."""

import importlib.util
from pathlib import Path

import trends

TITLE = "Trends: false alarms and detection"
WORLDS, FEW_WORLDS = 2000, 50
SLACK = 0.06
MODEL = Path(__file__).resolve().parents[3] / "python_models/intermediate/int_assist_trends.py"


def rows(worlds, slack=0):
    specification = importlib.util.spec_from_file_location("int_assist_trends", MODEL)
    model = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(model)
    for row in trends.results(model, channels=worlds):
        at_most, at_least = row["at_most"], row["at_least"]
        due = "-" if at_most is None else f"at most {at_most}"
        yield {
            "figure": row["promise"],
            "channels": row["world"],
            "conversions a week": f"{row['conversions_a_week']:,}",
            "measured": f"{row['measured']:.3f}",
            "due": due if at_least is None else f"at least {at_least}",
            "passes": (at_most is None or row["measured"] <= at_most + slack)
            and (at_least is None or row["measured"] >= at_least - slack),
        }
