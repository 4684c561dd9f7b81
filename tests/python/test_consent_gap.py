"""The interval of the consent gap, in worlds whose truth is known.

The reference's formula is tried; that the build has the same figures, test_properties says.
"""

import random
from datetime import date, timedelta

import pytest
from reference.audits import consent_rows

WORLDS = 200


def world(rng, persons, hidden_share, rates):
    """Conversions, one to three a person, and how many hidden ones the channel truly assisted.

    The rate of assists depends on device and country, and persons are alike in what they do.
    """
    conversions, truth = [], 0
    for person in range(persons):
        is_hidden = rng.random() < hidden_share
        cell = rng.choice(["mobile", "desktop"]), rng.choice(["DE", "US", None])
        rate = rates[cell[0]] * (1 if cell[1] == "DE" else 0.6)
        # Beta-distributed around it: the conversions of one person go together.
        own_rate = rng.betavariate(2 * rate, 2 * (1 - rate))
        for _ in range(rng.choice([1, 1, 2, 3])):
            week = (date(2026, 1, 5) + timedelta(days=rng.randrange(180))).isocalendar()[:2]
            is_assisted = rng.random() < own_rate
            truth += is_hidden and is_assisted
            conversions.append(
                {
                    "conversion_type": "purchase",
                    "person_id": person,
                    "cell": (*cell, week),
                    "is_hidden": is_hidden,
                    "channels": {"A"},
                    "assists": {"A"} if is_assisted and not is_hidden else set(),
                }
            )
    return conversions, truth


@pytest.mark.parametrize(
    ("persons", "hidden_share"), [(60, 0.3), (150, 0.2), (300, 0.1), (200, 0.6)]
)
def test_the_interval_covers_what_is_hidden(persons, hidden_share):
    rng = random.Random(persons)
    covered, errors = 0, []
    for _ in range(WORLDS):
        conversions, truth = world(rng, persons, hidden_share, {"mobile": 0.5, "desktop": 0.2})
        (row,) = consent_rows(conversions)
        covered += row["estimated_low"] <= truth <= row["estimated_high"]
        errors.append(row["estimated_assists"] - truth)
    assert covered / WORLDS >= 0.93
    spread = (sum(error**2 for error in errors) / WORLDS) ** 0.5
    assert abs(sum(errors) / WORLDS) < 4 * spread / WORLDS**0.5


def test_an_interval_of_what_is_certain_is_that_alone():
    conversions, _ = world(random.Random(1), 50, 0, {"mobile": 0.5, "desktop": 0.2})
    (row,) = consent_rows(conversions)
    assert row["estimated_low"] == row["estimated_assists"] == row["estimated_high"] == 0
    assert row["consented_share"] == 1
