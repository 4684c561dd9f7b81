"""The rule models: what each touch of a path is credited with."""

MODELS = [
    "first_touch",
    "last_touch",
    "first_paid_touch",
    "last_paid_touch",
    "last_non_direct",
    "linear",
    "position_based",
    "j_shaped",
    "inverse_j",
    "time_decay",
    "w_shaped",
    "full_path",
]

DAY = 86_400


def path_credits(path, converted_at, stages, seeds, settings):
    """model -> one credit per touch, oldest first."""
    n = len(path)
    ends = settings["position_weights"]
    return {
        "first_touch": one_hot(n, 0),
        "last_touch": one_hot(n, n - 1),
        "first_paid_touch": one_hot(n, next(paid_positions(path, seeds.paid), 0)),
        "last_paid_touch": one_hot(n, n - 1 - next(paid_positions(path[::-1], seeds.paid), 0)),
        "last_non_direct": one_hot(n, last_non_direct(path, seeds.direct)),
        "linear": [1 / n] * n,
        "position_based": by_position(n, ends),
        "j_shaped": by_position(n, [0.2, 0.2, 0.6]),
        "inverse_j": by_position(n, [0.6, 0.2, 0.2]),
        "time_decay": time_decay(path, converted_at, settings["time_decay_half_life_days"]),
        "w_shaped": by_milestone(path, stages, 0.30, {"first"}, ends),
        "full_path": by_milestone(path, stages, 0.225, {"first", "last"}, ends),
    }


def one_hot(n, index):
    return [1.0 if i == index else 0.0 for i in range(n)]


def paid_positions(path, paid):
    return (i for i, touch in enumerate(path) if touch["channel"] in paid)


def last_non_direct(path, direct):
    others = [i for i, touch in enumerate(path) if touch["channel"] not in direct]
    return others[-1] if others else len(path) - 1


def scaled(weights):
    return [weight / sum(weights) for weight in weights]


def by_position(n, weights):
    first, middle, last = weights
    if n == 1:
        return [1.0]
    if n == 2:
        return scaled([first, last])
    return [first] + [middle / (n - 2)] * (n - 2) + [last]


def time_decay(path, converted_at, half_life):
    ages = [(converted_at - touch["touched_at"]).total_seconds() / DAY for touch in path]
    # Counted from the youngest touch, so that a short half life underflows on no path as a whole.
    return scaled([2.0 ** (-(age - ages[-1]) / half_life) for age in ages])


def by_milestone(path, stages, share, fixed, position_weights):
    """`share` to each milestone's touch, the remaining 10 % over the touches without one."""
    n = len(path)
    if not {"lead", "opportunity"} & set(stages):
        return by_position(n, position_weights)
    marks = []
    if "first" in fixed:
        marks.append(0)
    if "last" in fixed:
        marks.append(n - 1)
    for stage in ("lead", "opportunity"):
        reached = [
            i for i, touch in enumerate(path)
            if stage in stages and touch["touched_at"] <= stages[stage]
        ]  # fmt: skip
        marks += reached[-1:]
    rest = [i for i in range(n) if i not in marks]
    weights = [share * marks.count(i) for i in range(n)]
    for i in rest:
        weights[i] = 0.10 / len(rest)
    return scaled(weights)
