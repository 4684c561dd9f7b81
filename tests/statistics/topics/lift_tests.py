"""The interval of a calibration factor."""

import calibration

TITLE = "Coverage: calibration factors"
WORLDS, FEW_WORLDS = 4000, 500
SLACK = 0.01


def rows(worlds, slack=0):
    for row in calibration.coverage(runs=worlds):
        yield {
            "true factor": row["true_factor"],
            "standard error of the test": row["measured_error"],
            "tests": f"{worlds:,}",
            "coverage": f"{row['coverage']:.1%}",
            "due": "at least 93%",
            "passes": row["coverage"] >= 0.93 - slack,
        }
