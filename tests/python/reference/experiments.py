"""Calibration by lift tests: which tests count, and what credits and assists are worth by them."""

from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from math import sqrt
from zoneinfo import ZoneInfo

BASELINE = "(baseline)"
NUMBERS = ["treated_users", "treated_conversions", "control_users", "control_conversions"]


class Experiments:
    """Lift tests beside the facts.

    `tests` are staged rows, `conversions` rows of fct_conversions, `credits` rows of
    (conversion_key, attribution_model, channel, credit), `assists` pairs of (conversion_key,
    channel), `types` rows of the seed conversion_types by name, `channels` the known names.
    """

    def __init__(self, tests, conversions, credits, assists, first_touch, last_event, types,
                 channels, prior_sd=1, timezone="UTC"):  # fmt: skip
        self.tests, self.conversions, self.types = tests, conversions, types
        self.first_touch, self.prior_sd, self.zone = first_touch, prior_sd, ZoneInfo(timezone)
        self.last_day = last_event.replace(tzinfo=ZoneInfo("UTC")).astimezone(self.zone).date()
        self.known = {channel.lower(): channel for channel in channels}
        self.type_of = {row["conversion_key"]: row["conversion_type"] for row in conversions}
        self.credits = defaultdict(lambda: defaultdict(float))
        for row in credits:
            of_conversion = self.credits[row["conversion_key"]]
            of_conversion[row["attribution_model"], row["channel"]] += row["credit"]
        self.assists = Counter((self.type_of[key], channel) for key, channel in assists)
        self.macro = {name for name, row in types.items() if row["conversion_class"] == "macro"}
        own = [self.judged(test) for test in tests if test["conversion_type"]]
        self.own = [test for test in own if not test["reason"]]
        shared = [self.judged(test) for test in tests if not test["conversion_type"]]
        self.shared = [test for test in shared if not test["reason"]]
        self.judged_tests = own + shared

    def channel_of(self, test):
        return self.known.get(test["channel"].lower())

    def types_counted(self, test):
        return {test["conversion_type"]} if test["conversion_type"] else self.macro

    def types_covered(self, test):
        if test["conversion_type"]:
            return {test["conversion_type"]} & set(self.types)
        tested = {
            own["conversion_type"]
            for own in self.own
            if self.channel_of(own) == self.channel_of(test)
        }
        return self.macro - tested

    def in_test(self, test):
        return [
            row
            for row in self.conversions
            if row["conversion_type"] in self.types_counted(test)
            and test["started_on"] <= row["conversion_date"] <= test["ended_on"]
        ]

    def judged(self, test):
        counted = self.in_test(test)
        result = incremental(*(test[name] for name in NUMBERS), repeat_factor(counted))
        return test | {
            "known_channel": self.channel_of(test),
            "conversions": len(counted),
            "reason": self.reason(test, counted),
            "incremental_conversions": result and result[0],
            "incremental_error": sqrt(result[1]) if result and result[1] >= 0 else None,
        }

    def reason(self, test, counted):
        n_t, x_t, n_c, x_c = (test[name] for name in NUMBERS)
        channel = self.channel_of(test)
        if min(n_t, x_t, n_c, x_c) < 0 or 0 in (n_t, n_c) or x_t > 10 * n_t or x_c > 10 * n_c:
            return "bad_counts"
        if test["ended_on"] < test["started_on"]:
            return "bad_dates"
        if channel is None:
            return "unknown_channel"
        if test["conversion_type"] and test["conversion_type"] not in self.types:
            return "unknown_conversion_type"
        if any(self.same(test, other) and other["test_id"] < test["test_id"]
               for other in self.tests):  # fmt: skip
            return "repeated"
        midnight = datetime.combine(test["started_on"], time(), self.zone)
        starts_at = midnight.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        lookbacks = [self.types[name]["lookback_days"] for name in self.types_covered(test)]
        covered = self.first_touch + timedelta(days=max(lookbacks, default=0))
        if (lookbacks and starts_at < covered) or test["ended_on"] > self.last_day:
            return "outside_data"
        on_path = {
            name
            for row in counted
            for (_, name) in self.credits.get(row["conversion_key"], ())
        }  # fmt: skip
        if channel not in on_path:
            return "no_credit"
        if x_t + x_c > len(counted) or x_c == len(counted):
            return "more_than_data"
        return None

    def same(self, test, other):
        columns = ["conversion_type", "started_on", "ended_on", *NUMBERS]
        return self.channel_of(test) == self.channel_of(other) and all(
            test[column] == other[column] for column in columns
        )

    def factor(self, conversion_type, channel, model):
        """k, its standard error, and what the error rests on."""
        tests = [
            test for test in self.own
            if (test["conversion_type"], test["known_channel"]) == (conversion_type, channel)
        ]  # fmt: skip
        source = conversion_type
        if not tests and conversion_type in self.macro:
            tests = [test for test in self.shared if test["known_channel"] == channel]
            source = tuple(test["test_id"] for test in tests)
        results = []
        for test in tests:
            credit = sum(
                self.credits[row["conversion_key"]][model, channel] for row in self.in_test(test)
            )
            share = test["treated_conversions"] / (
                test["conversions"] - test["control_conversions"]
            )
            result = test["incremental_conversions"], test["incremental_error"] ** 2
            results.append((share * credit, *result))
        results = [result for result in results if result[0] > 0]
        return (*shrunk(results, self.prior_sd), source if results else None)

    def of_types(self):
        """Per type and model, each channel's credit, factor, error and its source."""
        credits = defaultdict(lambda: defaultdict(float))
        for key, of_conversion in self.credits.items():
            for (model, channel), credit in of_conversion.items():
                credits[self.type_of[key], model][channel] += credit
        for (conversion_type, model), by_channel in credits.items():
            rows = {
                channel: (credit, *self.factor(conversion_type, channel, model))
                for channel, credit in by_channel.items()
            }
            conversions = sum(kind == conversion_type for kind in self.type_of.values())
            yield conversion_type, model, rows, conversions

    def report(self, groups):
        """Rows of rpt_calibrated_assists; `groups` are the types of each conversion group."""
        of_types = {(kind, model): rest for kind, model, *rest in self.of_types()}
        for group, kinds in groups.items():
            conversions = sum(kind in kinds for kind in self.type_of.values())
            for model in {model for kind, model in of_types if kind in kinds}:
                cells = [(kind, *of_types[kind, model]) for kind in kinds
                         if (kind, model) in of_types]  # fmt: skip
                rows = list(self.group_rows(cells))
                is_capped = sum(row.pop("of_capped") for row in rows) > 0
                rest = conversions - sum(row["calibrated_credit"] for row in rows)
                assists = sum(
                    self.assists[kind, channel] for kind, by_channel, _ in cells
                    for channel in by_channel
                )  # fmt: skip
                rows.append(
                    {
                        "channel": BASELINE,
                        "calibrated_credit": rest,
                        "incremental_assists": assists
                        - sum(row["incremental_assists"] for row in rows),
                    }
                )
                for row in rows:
                    yield row | {
                        "conversion_group": group,
                        "attribution_model": model,
                        "is_capped": is_capped,
                    }

    def group_rows(self, cells):
        channels = {channel for _, by_channel, _ in cells for channel in by_channel}
        for channel in channels:
            credit = scaled = calibrated = assists = 0
            errors, of_capped = defaultdict(float), False
            for kind, by_channel, conversions in cells:
                of_capped |= is_excess(by_channel, conversions)
                if channel in by_channel:
                    own, k, error, source = by_channel[channel]
                    credit, scaled = credit + own, scaled + k * own
                    calibrated += k * own * cap(by_channel, conversions, k * own)
                    errors[source] += error * own
                    assists += k * self.assists[kind, channel]
            error = sqrt(sum(shared**2 for shared in errors.values()))
            yield {
                "channel": channel,
                "calibration_factor": scaled / credit if credit else None,
                "factor_low": (scaled - 1.96 * error) / credit if credit else None,
                "factor_high": (scaled + 1.96 * error) / credit if credit else None,
                "calibrated_credit": calibrated,
                "incremental_assists": assists,
                "of_capped": of_capped,
            }


def repeat_factor(conversions):
    counts = Counter(row["person_id"] for row in conversions).values()
    return sum(m**2 for m in counts) / sum(counts) if counts else None


def incremental(n_t, x_t, n_c, x_c, phi):
    """I and V; None where the data or a group are empty."""
    if phi is None or 0 in (n_t, n_c):
        return None
    difference = n_t * (x_t / n_t - x_c / n_c)
    if -2 in (n_t, n_c):
        return difference, -1  # no variance: such counts are of no use
    p_t, p_c = (x_t + 1) / (n_t + 2), (x_c + 1) / (n_c + 2)
    return difference, n_t**2 * phi * (p_t / (n_t + 2) + p_c / (n_c + 2))


def shrunk(results, tau):
    """k and its standard error from (E, I, V) of each test."""
    if not results:
        return 1, tau
    weight = sum(e**2 / v for e, _, v in results)
    raw = sum(e * i / v for e, i, v in results) / weight
    variance = 1 / weight
    k = 1 + (raw - 1) * tau**2 / (tau**2 + variance)
    return k, tau * sqrt(variance) / sqrt(tau**2 + variance)


def is_excess(by_channel, conversions):
    return sum(credit * k for credit, k, *_ in by_channel.values()) > conversions + 1e-6


def cap(by_channel, conversions, scaled):
    if scaled <= 0 or not is_excess(by_channel, conversions):
        return 1
    all_scaled = [credit * k for credit, k, *_ in by_channel.values()]
    negative = sum(value for value in all_scaled if value < 0)
    return (conversions - negative) / sum(value for value in all_scaled if value > 0)
