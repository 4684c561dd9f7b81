"""The data-driven models as built: SQL and Python together, against the facts they come from."""

import itertools
import random
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from functools import cache

import journeys as made
import numpy as np
import pytest
from conftest import build_or_fail, fetch, write_csv
from reference.markov_orders import orders

REPORTS = [
    "rpt_model_comparison",
    "rpt_channel_differences",
    "rpt_channel_removal",
    "rpt_model_orders",
    "rpt_lookback_sensitivity",
    "rpt_calibrated_assists",
]
FACTS = ["fct_attribution_credits", "fct_data_driven_credits", "int_shapley_positions"]
# Cautious: tests that also read what is not selected stay out.
SELECTION = [
    "--indirect-selection",
    "cautious",
    "--select",
    *(f"+{model}" for model in [*REPORTS, *FACTS, "int_journey_summaries"]),
]
# The touches of journeys that are over.
JOURNEY_TOUCHES = """(
    select * from intermediate.int_person_journey_touches
    semi join intermediate.int_journey_summaries
        using (conversion_group, person_id, journey_number)
)"""
CHANNELS = {
    "Paid Search": ("google", "cpc"),
    "Paid Social": ("facebook", "cpc"),
    "Email": ("newsletter", "email"),
    "Affiliates": ("partner", "affiliate"),
    "Direct": (None, None),
}
DEFAULTS = {
    "journey_conversion_types": ["newsletter_signup"],
    "removal_scenarios": {"all that is paid": ["Paid Search", "Paid Social"]},
}
OTHER_SETTINGS = DEFAULTS | {
    "markov_order": 2,
    "markov_max_states": 3,
    "count_views": True,
    "window_mode": "calendar",
    "path_rules": {"drop_last_if_other": ["Direct"], "collapse_repeats": True},
    "sensitivity_lookback_days": [90, 30, 45],
}


def raw_tables(visitors=500, seed=5):
    """Visitors with favourite channels; some convert, twice even, or without a visit before."""
    dice = random.Random(seed)
    sessions, conversions, interactions = [], [], []
    for visitor in range(visitors):
        favourites = dice.sample(list(CHANNELS), 3)
        at = datetime(2026, 1, 1) + timedelta(days=dice.uniform(0, 60))
        for visit in range(min(int(dice.expovariate(0.35)) + 1, 12)):
            source, medium = CHANNELS[dice.choice(favourites)]
            sessions.append(
                {
                    "session_id": f"s{visitor}-{visit}",
                    "visitor_id": f"v{visitor}",
                    "started_at": at.isoformat(),
                    "utm_source": source,
                    "utm_medium": medium,
                    "utm_campaign": source and dice.choice(["spring", "summer", None]),
                }
            )
            if dice.random() < 0.12:
                conversions.append((visitor, at, dice.choice(["purchase", "lead"])))
            if dice.random() < 0.1:
                conversions.append((visitor, at, "newsletter_signup"))
            if dice.random() < 0.1:
                seen_at = at + timedelta(hours=dice.uniform(1, 30))
                interactions.append((visitor, seen_at, dice.choice(["impression", "call"])))
            at += timedelta(days=dice.expovariate(1 / 9))
        if dice.random() < 0.03:
            conversions.append((f"new{visitor}", at, "purchase"))
    # A last visit long after the others closes their journeys.
    sessions.append({"session_id": "end", "visitor_id": "end", "started_at": "2026-12-31"})
    return {
        "sessions": sessions,
        "conversions": [
            {
                "conversion_id": f"c{number}",
                "visitor_id": f"v{visitor}",
                "converted_at": (at + timedelta(minutes=5)).isoformat(),
                "conversion_type": kind,
                "value": round(dice.lognormvariate(3, 1), 2) if kind == "purchase" else None,
            }
            for number, (visitor, at, kind) in enumerate(conversions)
        ],
        "interactions": [
            {
                "interaction_id": f"i{number}",
                "visitor_id": f"v{visitor}",
                "touched_at": at.isoformat(),
                "interaction_type": kind,
            }
            for number, (visitor, at, kind) in enumerate(interactions)
        ],
    }


@pytest.fixture(scope="module", params=[DEFAULTS, OTHER_SETTINGS], ids=["default", "other"])
def built(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("data_driven")
    db_path = folder / "attribution.duckdb"
    build_or_fail(write_csv(folder / "raw", raw_tables()), db_path, *SELECTION, vars=request.param)

    def query(text):
        return fetch(db_path, text)

    query.settings = request.param
    return query


@cache
def groups(query):
    """The conversion types of each group."""
    types = defaultdict(set)
    for row in query("select * from intermediate.int_conversion_groups"):
        types[row["conversion_group"]].add(row["conversion_type"])
    return types


def paths_of(query, group, channel="channel"):
    """Channels and value of each converting path, and the channels of each other journey."""
    paths, values = defaultdict(list), {}
    types = groups(query)[group]
    for row in query(
        f"""select conversion_key, conversion_type, conversion_value, {channel} as channel
        from marts.fct_conversion_touches join intermediate.int_conversions using (conversion_key)
        order by conversion_key, touch_position"""
    ):
        if row["conversion_type"] in types:
            paths[row["conversion_key"]].append(row["channel"])
            values[row["conversion_key"]] = float(row["conversion_value"])
    others = defaultdict(list)
    for row in query(
        f"""select person_id, journey_number, {channel} as channel
        from {JOURNEY_TOUCHES} where conversion_group = '{group}'
        order by person_id, journey_number, touch_position"""
    ):
        others[row["person_id"], row["journey_number"]].append(row["channel"])
    return [(paths[key], values[key]) for key in paths], list(others.values())


def numbered_journeys(query, group, channel="channel"):
    """The same as tests/python/journeys.py has them, and the number of each channel."""
    converting, others = paths_of(query, group, channel)
    channels = {channel for path, _ in converting for channel in path}
    channels |= {channel for path in others for channel in path}
    number = {channel: place for place, channel in enumerate(sorted(channels), start=1)}
    rows = [([number[c] for c in path], value, 1) for path, value in converting]
    return rows + [([number[c] for c in path], None, 1) for path in others], number


MARKOV_GROUPS = ["(all macro)", "newsletter_signup"]


def test_credits_add_up_to_the_conversions_of_each_group(built):
    totals = built(
        """select conversion_group, count(*) as conversions,
            sum(conversion_value) as conversion_value
        from marts.fct_conversions join intermediate.int_conversion_groups using (conversion_type)
        group by conversion_group"""
    )
    expected = {row["conversion_group"]: row for row in totals}
    sums = built(
        """select conversion_group, attribution_model, sum(credit) as credit,
            sum(credited_value) as credited_value, sum(credit_share) as credit_share
        from reports.rpt_model_comparison group by all"""
    )
    assert {row["conversion_group"] for row in sums} == set(expected)
    for row in sums:
        total = expected[row["conversion_group"]]
        assert row["credit"] == pytest.approx(total["conversions"], abs=1e-6), row
        value = float(total["conversion_value"])
        assert float(row["credited_value"]) == pytest.approx(value, abs=0.005), row
        assert row["credit_share"] == pytest.approx(1, abs=1e-9), row


def test_models_exist_where_they_can(built):
    models = defaultdict(set)
    for row in built("from reports.rpt_model_comparison"):
        models[row["attribution_model"]].add(row["conversion_group"])
    everywhere = {"(all macro)", "(all micro)", "purchase", "lead", "newsletter_signup"}
    assert models["linear"] == models["shapley"] == models["shapley_touch"] == everywhere
    assert models["markov"] == models["shapley_rate"] == set(MARKOV_GROUPS)
    assert models["markov_touch"] == everywhere


def test_row_level_credits_are_the_published_ones(built):
    published = {
        (row["attribution_model"], row["conversion_group"], row["channel"]): row
        for row in built("from reports.rpt_model_comparison where channel != '(unattributed)'")
        if row["attribution_model"] not in ("markov", "shapley", "shapley_rate")
    }
    found = built(
        """select attribution_model, conversion_group, channel, sum(credit) as credit,
            sum(credit * conversion_value) as credited_value,
            sum(credit) filter (credit < 0 or credit > 1) as outside
        from marts.fct_attribution_credits
        join intermediate.int_conversions using (conversion_key)
        join intermediate.int_conversion_groups using (conversion_type)
        group by all"""
    )
    assert len(found) == len(published)
    for row in found:
        expected = published[row["attribution_model"], row["conversion_group"], row["channel"]]
        assert row["credit"] == pytest.approx(expected["credit"], abs=1e-6)
        assert row["credited_value"] == pytest.approx(float(expected["credited_value"]), abs=1e-3)
        assert row["outside"] is None
    per_conversion = built(
        """select attribution_model, conversion_key, sum(credit) as credit
        from marts.fct_attribution_credits group by all having abs(sum(credit) - 1) > 1e-9"""
    )
    assert not per_conversion


def person_sums(query, group):
    """Model -> person -> channel -> credits and credited value of all the person's conversions, of
    the models that credit single conversions; and person -> number and value of conversions."""
    conversions, persons = {}, defaultdict(lambda: np.zeros(2))
    for row in query("from marts.fct_conversions"):
        if row["conversion_type"] in groups(query)[group]:
            conversions[row["conversion_key"]] = row
            persons[row["person_id"]] += [1, float(row["conversion_value"])]
    shares = query(
        """select attribution_model, conversion_key, channel, sum(credit) as credit
        from marts.fct_attribution_credits group by all
        union all
        select 'shapley', conversion_key, channel,
            1 / count(*) over (partition by conversion_key)
        from (select distinct conversion_key, channel from marts.fct_conversion_touches)"""
    )
    sums = defaultdict(lambda: defaultdict(lambda: defaultdict(lambda: np.zeros(2))))
    for row in shares:
        if row["conversion_key"] in conversions:
            conversion = conversions[row["conversion_key"]]
            credit = row["credit"] * np.array([1, float(conversion["conversion_value"])])
            sums[row["attribution_model"]][conversion["person_id"]][row["channel"]] += credit
    for row in conversions.values():
        if not row["is_attributed"]:
            credit = np.array([1, float(row["conversion_value"])])
            for model in sums:
                sums[model][row["person_id"]]["(unattributed)"] += credit
    return sums, persons


@pytest.mark.parametrize("group", ["(all macro)", "purchase", "newsletter_signup"])
def test_persons_are_the_units_of_intervals(built, group):
    published = {
        (row["attribution_model"], row["channel"]): row
        for row in built("from reports.rpt_model_comparison")
        if row["conversion_group"] == group
    }
    sums, persons = person_sums(built, group)
    assert len(persons) < sum(count for count, _ in persons.values()), "nobody converts twice"
    total = sum(persons.values())
    for model, by_person in sums.items():
        for channel in {channel for own in by_person.values() for channel in own}:
            row = published.pop((model, channel))
            own = {person: by_person[person][channel] for person in persons}
            credit = sum(own.values())
            assert row["credit"] == pytest.approx(credit[0])
            half = 1.959964 * np.sqrt(sum(figure**2 for figure in own.values()))
            assert row["credit_high"] - row["credit"] == pytest.approx(half[0])
            assert row["credit"] - row["credit_low"] == pytest.approx(half[0])
            assert float(row["value_high"] - row["credited_value"]) == pytest.approx(
                half[1], abs=1e-3
            )
            squares = sum(figure[0] ** 2 for figure in own.values())
            effective = credit[0] ** 2 / squares if squares else 0
            assert row["n_eff"] == (pytest.approx(effective) if squares else None)
            flag = "too_few" if effective < 30 else "low" if effective < 100 else "ok"
            assert row["data_flag"] == flag
            # Of a share also those who give the channel nothing vary: sum v^2 (a - s)^2 / T^2.
            with np.errstate(invalid="ignore"):
                share = credit / total
                gaps = sum((own[person] - share * persons[person]) ** 2 for person in persons)
                half = 1.959964 * np.sqrt(gaps) / total
            assert row["share_high"] - row["credit_share"] == pytest.approx(half[0], abs=1e-9)
            if row["value_share"] is not None:
                assert row["value_share_high"] - row["value_share"] == pytest.approx(
                    half[1], abs=1e-9
                )
    left = {model for model, channel in published}
    assert left <= {"markov", "shapley_rate"}


@pytest.mark.parametrize("group", ["(all macro)", "purchase"])
def test_differences_have_the_errors_of_differences_and_say_which_ranks_are_open(built, group):
    found = {
        (row["attribution_model"], row["channel"], row["other_channel"]): row
        for row in built("from reports.rpt_channel_differences")
        if row["conversion_group"] == group
    }
    ranks = {
        (row["attribution_model"], row["channel"]): row
        for row in built("from reports.rpt_model_comparison")
        if row["conversion_group"] == group
    }
    sums, _ = person_sums(built, group)
    for model, by_person in sums.items():
        credits = Counter()
        for own in by_person.values():
            credits.update({channel: credit[0] for channel, credit in own.items()})
        assert ranks[model, "(unattributed)"]["rank_low"] is None
        del credits["(unattributed)"]
        larger, smaller = Counter(), Counter()
        for one, other in itertools.combinations(sorted(credits), 2):
            gaps = [own[one][0] - own[other][0] for own in by_person.values()]
            half = 1.959964 * sum(gap**2 for gap in gaps) ** 0.5
            row = found[model, one, other]
            difference = credits[one] - credits[other]
            assert row["difference_high"] - row["credit_difference"] == pytest.approx(half)
            assert row["is_distinguishable"] == (abs(difference) > half)
            if row["is_distinguishable"]:
                better, worse = (one, other) if difference > 0 else (other, one)
                larger[worse] += 1
                smaller[better] += 1
        for channel in credits:
            row = ranks[model, channel]
            assert row["rank_low"] == 1 + larger[channel]
            assert row["rank_high"] == len(credits) - smaller[channel]
            assert row["rank_low"] <= row["credit_rank"] <= row["rank_high"]


def dispersions(query, group):
    """phi of counts and of values, over the persons of the group."""
    _, persons = person_sums(query, group)
    by_person = np.array(list(persons.values()))
    squares = sum(
        float(row["conversion_value"]) ** 2
        for row in query("from marts.fct_conversions")
        if row["conversion_type"] in groups(query)[group]
    )
    counts, values = (by_person**2).sum(axis=0)
    return np.array([counts / by_person[:, 0].sum(), values / squares if squares else 1.0])


@pytest.mark.parametrize("group", MARKOV_GROUPS)
def test_markov_is_that_of_the_paths(built, markov, group):
    some_journeys, number = numbered_journeys(built, group)
    order = built.settings.get("markov_order", 1)
    chosen = made.scenarios(some_journeys)
    table = markov.markov_statistics(
        made.transitions(some_journeys, order),
        made.moments(some_journeys, order),
        chosen,
        {made.GROUP: dispersions(built, group)},
    ).set_index("scenario_id")
    scenario = dict(zip(chosen["name_id"], chosen["scenario_id"]))
    removals = {
        row["scenario"]: row
        for row in built("from reports.rpt_channel_removal where scenario_kind = 'channel'")
        if row["conversion_group"] == group and row["cut_share"] == 1
    }
    credits = {
        row["channel"]: row
        for row in built("from reports.rpt_model_comparison where attribution_model = 'markov'")
        if row["conversion_group"] == group
    }
    assert set(removals) == set(number)
    for channel, name_id in number.items():
        expected, removal = table.loc[scenario[name_id]], removals[channel]
        assert removal["removal_effect"] == pytest.approx(expected["removal_effect"], abs=1e-9)
        bound = removal["conversions_with_channel"]
        risk, half = expected[["conversions_at_risk", "conversions_at_risk_error"]]
        assert removal["conversions_at_risk"] == pytest.approx(min(risk, bound))
        assert removal["risk_high"] == pytest.approx(min(risk + 1.959964 * half, bound))
        assert removal["risk_low"] == pytest.approx(min(risk - 1.959964 * half, bound))
        assert removal["is_capped"] == (risk > bound + 1e-6)
        assert removal["normalised_credit"] == pytest.approx(expected["credit"])
        assert credits[channel]["credit"] == pytest.approx(expected["credit"])
        half = 1.959964 * expected["credit_covariance"] ** 0.5
        assert credits[channel]["credit_high"] - credits[channel]["credit"] == pytest.approx(half)


@pytest.mark.parametrize("group", MARKOV_GROUPS)
def test_campaign_markov_is_that_of_the_named_paths(built, markov, group):
    most = built.settings.get("markov_max_states", 500)
    touches = Counter()
    for row in built(
        f"""select channel, campaign from marts.fct_conversion_touches
        union all select channel, campaign from {JOURNEY_TOUCHES}"""
    ):
        touches[row["channel"], row["campaign"]] += 1
    named = sorted((key for key in touches if key[1]), key=lambda key: (-touches[key], key))[:most]
    pool = " || ' / ' || case when campaign is null then '(no campaign)' {} end"
    listed = " ".join(
        f"when channel = '{channel}' and campaign = '{campaign}' then campaign"
        for channel, campaign in named
    )
    name = "channel" + pool.format(f"{listed} else '(other campaigns)'")
    some_journeys, number = numbered_journeys(built, group, name)
    order = built.settings.get("markov_order", 1)
    chosen = made.scenarios(some_journeys)
    nothing = made.moments(some_journeys[:1]).iloc[:0]
    table = markov.markov_statistics(made.transitions(some_journeys, order), nothing, chosen)
    expected = {row.name_id: credit for row, credit in zip(chosen.itertuples(), table["credit"])}
    found = {
        f"{row['channel']} / {row['campaign']}": row["credit"]
        for row in built("from marts.fct_data_driven_credits where level = 'campaign'")
        if row["conversion_group"] == group
    }
    assert found == pytest.approx({key: expected[number[key]] for key in number}, abs=1e-6)


def test_shapley_shares_each_path_among_its_channels(built):
    found = {
        (row["conversion_group"], row["channel"]): row["credit"]
        for row in built("from reports.rpt_model_comparison where attribution_model = 'shapley'")
        if row["channel"] != "(unattributed)"
    }
    positions = defaultdict(float)
    for row in built("from intermediate.int_shapley_positions"):
        positions[row["conversion_group"], row["channel"]] += row["credit"]
    expected = defaultdict(float)
    for group in groups(built):
        for path, _ in paths_of(built, group)[0]:
            for channel in set(path):
                expected[group, channel] += 1 / len(set(path))
    assert found == pytest.approx(dict(expected))
    assert positions == pytest.approx(dict(expected))


@pytest.mark.parametrize("group", MARKOV_GROUPS)
def test_rate_form_is_that_of_all_coalitions(built, group):
    converting, others = paths_of(built, group)
    journeys = [(set(path), 1) for path, _ in converting] + [(set(path), 0) for path in others]
    players = sorted(set().union(*(channels for channels, _ in journeys)))

    def worth(coalition):
        within = [converted for channels, converted in journeys if channels <= set(coalition)]
        return sum(within) / len(within) * len(journeys) if within else 0

    sequences = list(itertools.permutations(players))
    gains = Counter()
    known = {
        frozenset(coalition): worth(coalition)
        for size in range(len(players) + 1)
        for coalition in itertools.combinations(players, size)
    }
    for order in sequences:
        for place, player in enumerate(order):
            joined, before = frozenset(order[: place + 1]), frozenset(order[:place])
            gains[player] += (known[joined] - known[before]) / len(sequences)
    found = {
        row["channel"]: row["credit"]
        for row in built(
            "from reports.rpt_model_comparison where attribution_model = 'shapley_rate'"
        )
        if row["conversion_group"] == group and row["channel"] != "(unattributed)"
    }
    assert found == pytest.approx(dict(gains))


def test_removal_scenarios_cover_shares_sets_and_pairs(built):
    rows = [
        row
        for row in built("from reports.rpt_channel_removal")
        if row["conversion_group"] == "(all macro)"
    ]
    kinds = Counter(row["scenario_kind"] for row in rows)
    channels = kinds["channel"] // 10
    assert kinds == {"channel": 10 * channels, "pair": channels * (channels - 1) // 2, "set": 10}
    by_name = {(row["scenario"], row["cut_share"]): row for row in rows}
    conversions = len(paths_of(built, "(all macro)")[0])
    for row in rows:
        if row["scenario_kind"] == "pair":
            one, other = (by_name[name, 1.0] for name in row["channels"].split(" + "))
            effect = one["removal_effect"] + other["removal_effect"] - row["removal_effect"]
            assert row["overlap_conversions"] == pytest.approx(conversions * effect)
    paid = by_name["all that is paid", 1.0]
    assert paid["channels"] == "Paid Search + Paid Social"
    pair = by_name["Paid Search + Paid Social", 1.0]
    assert paid["conversions_at_risk"] == pytest.approx(pair["conversions_at_risk"])
    risks = [by_name["Email", tenths / 10]["conversions_at_risk"] for tenths in range(1, 11)]
    assert risks == sorted(risks)


@pytest.mark.parametrize("group", MARKOV_GROUPS)
def test_no_more_is_at_risk_than_has_the_channels_on_its_path(built, group):
    converting, _ = paths_of(built, group)
    rows = built(f"select * from reports.rpt_channel_removal where conversion_group = '{group}'")
    assert {row["scenario_kind"] for row in rows} == {"channel", "pair", "set"}
    for row in rows:
        cut = set(row["channels"].split(" + "))
        values = [value for path, value in converting if cut & set(path)]
        assert row["conversions_with_channel"] == len(values)
        assert row["conversions_at_risk"] <= len(values)
        assert row["risk_high"] <= len(values)
        assert float(row["value_at_risk"]) <= sum(values) + 1e-3
        assert float(row["value_risk_high"]) <= sum(values) + 1e-3


@pytest.mark.parametrize("group", MARKOV_GROUPS)
def test_orders_are_judged_as_in_the_reference(built, group):
    converting, others = paths_of(built, group)
    rows = built(
        f"select * from reports.rpt_model_orders where conversion_group = '{group}' "
        "order by markov_order"
    )
    for found, due in zip(rows, orders([path for path, _ in converting], others), strict=True):
        assert {name: found[name] for name in due} == pytest.approx(due)
        assert found["is_used"] == (found["markov_order"] == built.settings.get("markov_order", 1))


def test_classic_values_add_up_to_the_last_decimal(built):
    totals = {
        row["conversion_group"]: row["value"]
        for row in built(
            """select conversion_group, sum(conversion_value) as value
            from marts.fct_conversions join intermediate.int_conversion_groups
                using (conversion_type)
            where is_attributed group by all"""
        )
    }
    sums = built(
        """select conversion_group, level, attribution_model, sum(credited_value) as value
        from marts.fct_data_driven_credits group by all
        union all
        select conversion_group, 'report', attribution_model, sum(credited_value)
        from reports.rpt_model_comparison
        where attribution_model in ('markov', 'shapley', 'shapley_rate')
            and channel != '(unattributed)'
        group by all"""
    )
    assert {row["level"] for row in sums} == {"channel", "campaign", "report"}
    for row in sums:
        assert row["value"] == totals[row["conversion_group"]], row


def test_a_window_equal_to_the_own_one_changes_nothing(built):
    own = {
        (row["conversion_group"], row["channel"]): (row["assisted"], row["last"])
        for row in built(
            """select conversion_type as conversion_group, channel,
                count(*) filter (is_assist) as assisted, count(*) filter (is_last) as last
            from marts.fct_assisted_conversions group by all"""
        )
    }
    compared = 0
    for row in built(
        """select sensitivity.* from reports.rpt_lookback_sensitivity as sensitivity
        join seeds.conversion_types as types
            on conversion_group = conversion_type
            and sensitivity.lookback_days = types.lookback_days"""
    ):
        compared += 1
        key = row["conversion_group"], row["channel"]
        assert own[key] == (row["assisted_conversions"], row["last_conversions"])
        assert row["rank_change"] == 0
    assert compared >= 15


def test_longer_windows_hold_what_shorter_ones_hold(built):
    if "path_rules" in built.settings:
        pytest.skip("a path rule can take an assist off a longer path")
    assisted = defaultdict(list)
    for row in built("from reports.rpt_lookback_sensitivity order by lookback_days"):
        key = row["conversion_group"], row["channel"]
        assisted[key].append(row["assisted_conversions"])
    assert all(counts == sorted(counts) for counts in assisted.values())


def test_switched_off_leaves_the_rule_models_as_they_are(tmp_path, built):
    if built.settings != DEFAULTS:
        pytest.skip("one build is enough")
    settings = DEFAULTS | {"data_driven": False}
    db_path = tmp_path / "attribution.duckdb"
    build_or_fail(write_csv(tmp_path / "raw", raw_tables()), db_path, *SELECTION, vars=settings)
    tables = {row["table_name"] for row in fetch(db_path, "from duckdb_tables() select table_name")}
    assert not tables & {"fct_data_driven_credits", "rpt_channel_removal", "int_markov_statistics"}
    data_driven = "('markov', 'markov_touch', 'shapley', 'shapley_rate', 'shapley_touch')"
    for table in (
        "marts.fct_attribution_credits",
        "reports.rpt_model_comparison",
        "reports.rpt_channel_differences",
        "reports.rpt_calibrated_assists",
    ):
        rows = f"select count(*) as rows, sum(hash(attribution_model, channel)) as sum from {table}"
        assert fetch(db_path, rows) == built(f"{rows} where attribution_model not in {data_driven}")


def test_rule_models_are_those_of_channel_attribution(built):
    package = pytest.importorskip("ChannelAttribution", exc_type=ImportError)
    import pandas as pd

    converting, _ = paths_of(built, "(all macro)")
    paths = pd.DataFrame(
        {"path": " > ".join(path), "conversions": 1, "value": value} for path, value in converting
    )
    theirs = package.heuristic_models(
        paths, "path", "conversions", var_value="value", sep=">", flg_pro=False
    ).set_index("channel_name")
    ours = {
        (row["attribution_model"], row["channel"]): row
        for row in built("from reports.rpt_model_comparison")
        if row["conversion_group"] == "(all macro)"
    }
    names = {"first_touch": "first_touch", "last_touch": "last_touch", "linear": "linear_touch"}
    for model, column in names.items():
        for channel in theirs.index:
            row = ours[model, channel]
            assert row["credit"] == pytest.approx(theirs.loc[channel, f"{column}_conversions"])
            assert float(row["credited_value"]) == pytest.approx(
                theirs.loc[channel, f"{column}_value"], abs=1e-3
            )
