"""Agreement with other people's packages (requirements-optional.in); skipped without them."""

import journeys as made
import numpy as np
import pandas as pd
import pytest

SEPARATOR = ">"  # ChannelAttribution's sign; names must not hold it


def optional(module):
    try:
        return pytest.importorskip(module, exc_type=ImportError)
    except ImportError as error:  # pragma: no cover - an import that fails half way
        pytest.skip(f"{module} cannot be imported: {error}")


@pytest.fixture(scope="module")
def some_journeys():
    return made.made_journeys(seed=31, channels=6, distinct=150, most=7)


@pytest.fixture(scope="module")
def paths(some_journeys):
    """One row per distinct path, as both packages read them."""
    return pd.DataFrame(
        {
            "path": f" {SEPARATOR} ".join(f"c{channel}" for channel in channels),
            "conversions": count if value is not None else 0,
            "value": (value or 0.0) * count,
            "nulls": 0 if value is not None else count,
        }
        for channels, value, count in some_journeys
    )


@pytest.fixture(scope="module")
def ours(markov, some_journeys):
    return channel_results(markov, some_journeys)


def channel_results(markov, some_journeys):
    chosen = made.scenarios(some_journeys)
    table = markov.markov_statistics(
        made.transitions(some_journeys), made.moments(some_journeys), chosen
    )
    channels = "c" + chosen.set_index("scenario_id")["name_id"].astype(str)
    return table.assign(channel=table["scenario_id"].map(channels)).set_index("channel")


def test_rule_models_are_those_of_channel_attribution(some_journeys, paths):
    package = optional("ChannelAttribution")
    found = package.heuristic_models(
        paths, "path", "conversions", var_value="value", sep=SEPARATOR, flg_pro=False
    ).set_index("channel_name")
    # The rules as 4_models has them: 1 on the first, on the last, 1/n on each of the touches.
    rules = {
        "first_touch": lambda position, length: float(position == 1),
        "last_touch": lambda position, length: float(position == length),
        "linear_touch": lambda position, length: 1 / length,
    }
    for name, credit in rules.items():
        for figure, weight in (("conversions", lambda value: 1), ("value", lambda value: value)):
            expected = dict.fromkeys(found.index, 0.0)
            for channels, value, count in some_journeys:
                if value is not None:
                    for position, channel in enumerate(channels, start=1):
                        share = credit(position, len(channels))
                        expected[f"c{channel}"] += share * weight(value) * count
            assert found[f"{name}_{figure}"].to_dict() == pytest.approx(expected, rel=1e-9)


def test_markov_credits_are_those_of_channel_attribution_up_to_its_simulation(ours, paths):
    package = optional("ChannelAttribution")
    found = package.markov_model(
        paths,
        "path",
        "conversions",
        var_value="value",
        var_null="nulls",
        sep=SEPARATOR,
        nsim_start=1_000_000,
        max_step=1000,  # its own bound, the longest path given, cuts simulated ones short
        conv_par=0.01,
        out_more=True,
        flg_pro=False,
        verbose=False,
    )
    credits = found["result"].set_index("channel_name")
    effects = found["removal_effects"].set_index("channel_name")
    for theirs, mine in (
        (credits["total_conversions"], ours["credit"]),
        (credits["total_conversion_value"], ours["credited_value"]),
        (effects["removal_effects_conversion"], ours["removal_effect"]),
    ):
        gaps = theirs / mine.astype(float)[theirs.index] - 1
        assert np.abs(gaps).max() < 0.03


def test_removal_effects_are_those_of_marketing_attribution_models(markov, some_journeys):
    package = optional("mam.models.markov")
    polars = optional("polars")
    # It reads each conversion's own weight; a path repeated is a row with a weight.
    frame = polars.DataFrame(
        {
            "channels": [[f"c{c}" for c in channels] for channels, _, _ in some_journeys],
            "has_conversion": [value is not None for _, value, _ in some_journeys],
            "weight": [count for _, _, count in some_journeys],
        }
    )
    model = package.MarkovModel()
    model._compute_markov(frame)
    theirs = model.removal_effect_df["removal_effect"]
    mine = channel_results(markov, some_journeys)["removal_effect"]
    assert mine[theirs.index].tolist() == pytest.approx(theirs.tolist(), abs=1e-9)
