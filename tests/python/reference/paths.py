"""Which touches lie on which path, in which order; and the journeys that convert nobody."""

import math
from collections import Counter, defaultdict
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from .inputs import conversion_key

MACRO_GROUP = "(all macro)"


def order_of(touch):
    return touch["touched_at"], touch["touchpoint_id"]


# ---------------------------------------------------------------------------- windows


def window_opens_at(conversion, days, settings):
    """The earliest moment of the window of `days`: of two midnights the first."""
    if settings["window_mode"] == "rolling":
        return conversion["converted_at"] - timedelta(days=days)
    zone = ZoneInfo(settings["reporting_timezone"])
    day = conversion["conversion_date"] - timedelta(days=days - 1)
    midnight = datetime.combine(day, time(fold=0), zone)
    return midnight.astimezone(UTC).replace(tzinfo=None)


def may_stand_on_path(touch, conversion):
    """Engaged ones, and the visit during which the conversion happened."""
    happened_during = touch["touched_at"] <= conversion["converted_at"] <= touch["ended_at"]
    return touch["is_engaged"] or (touch["touch_type"] == "session" and happened_during)


def window_touches(conversion, touches, settings):
    """The path before path_rules: touches inside the window, views as far as they count."""
    opens_at = window_opens_at(conversion, conversion["lookback_days"], settings)
    views_open_at = max(
        opens_at, window_opens_at(conversion, settings["view_lookback_days"], settings)
    )
    inside = [
        touch
        for touch in sorted(touches, key=order_of)
        if (views_open_at if touch["is_view"] else opens_at)
        <= touch["touched_at"]
        <= conversion["converted_at"]
        and may_stand_on_path(touch, conversion)
    ]
    others = [touch for touch in inside if not touch["is_view"]]
    if not settings["count_views"]:
        return others
    if not others:
        return inside
    return [touch for touch in inside if order_of(touch) <= order_of(others[-1])]


def apply_path_rules(path, rules):
    """The path rules, in their fixed order."""

    def has_other(touches, channels):
        return any(touch["channel"] not in channels for touch in touches)

    drop = rules.get("drop_if_other") or []
    if has_other(path, drop):
        path = [touch for touch in path if touch["channel"] not in drop]
    drop_last = rules.get("drop_last_if_other") or []
    while path and path[-1]["channel"] in drop_last and has_other(path, drop_last):
        path = path[:-1]
    if rules.get("collapse_repeats"):
        path = [
            touch
            for touch, following in zip(path, path[1:] + [None])
            if following is None or following["channel"] != touch["channel"]
        ]
    if rules.get("first_occurrence_only"):
        channels = [touch["channel"] for touch in path]
        path = [touch for i, touch in enumerate(path) if touch["channel"] not in channels[:i]]
    if rules.get("max_touches"):
        path = path[-rules["max_touches"] :]
    return path


# ---------------------------------------------------------------------------- paths


def attach(conversions, touchpoints, staged, seeds, settings):
    """Gives each conversion its path, its stages and whether its visitor is new.

    Returns the non-converting journeys, which need the paths before path_rules.
    """
    touches_of = defaultdict(list)
    for touch in touchpoints:
        touches_of[touch["person_id"]].append(touch)
    for conversion in conversions:
        touches = touches_of[conversion["person_id"]]
        conversion["window"] = window_touches(conversion, touches, settings)
        conversion["touches"] = apply_path_rules(conversion["window"], settings["path_rules"])
        conversion["stages"] = stages_of(conversion, staged["crm_stages"])
        conversion["is_new_visitor"] = is_new_visitor(conversion, touches)
    return journeys(conversions, touchpoints, touches_of, seeds, settings)


def stages_of(conversion, stage_rows):
    """stage -> the earliest moment that any of the conversion's rows, or its order, entered it."""
    stages = {}
    for row in stage_rows:
        own = conversion_key(row) in conversion["stage_keys"]
        of_order = row["order_id"] is not None and row["order_id"] == conversion["order_id"]
        if (row["conversion_id"] and own) or of_order:
            entered_at = stages.get(row["stage"], row["entered_at"])
            stages[row["stage"]] = min(entered_at, row["entered_at"])
    return stages


def is_new_visitor(conversion, touches):
    path = conversion["touches"]
    start = path[0]["touched_at"] if path else conversion["converted_at"]
    return not any(
        touch["touch_type"] == "session" and touch["touched_at"] < start for touch in touches
    )


def path_text(channels):
    return " > ".join(channels) or None


def collapsed_text(channels):
    runs = [(channel, len(list(run))) for channel, run in groupby(channels)]
    return path_text([f"{channel} x{n}" if n > 1 else channel for channel, n in runs])


def journey_phase(position, length):
    early = 0 if length == 1 else math.floor(length / 4 + 0.5)
    late = math.ceil(length / 4)
    return "early" if position <= early else "late" if position > length - late else "mid"


# ---------------------------------------------------------------------------- journeys


def journeys(conversions, touchpoints, touches_of, seeds, settings):
    moments = [touch["touched_at"] for touch in touchpoints]
    moments += [conversion["converted_at"] for conversion in conversions]
    data_end = max(moments, default=None)
    macro = {
        name for name, kind in seeds.conversion_types.items()
        if kind["conversion_class"] == "macro"
    }  # fmt: skip
    groups = {MACRO_GROUP: macro} | {name: {name} for name in settings["journey_conversion_types"]}
    rows = []
    for group, types in groups.items():
        lookback = timedelta(
            days=max(seeds.conversion_types[name]["lookback_days"] for name in types)
        )
        converted = defaultdict(list)
        for conversion in conversions:
            if conversion["conversion_type"] in types:
                converted[conversion["person_id"]].append(conversion)
        for person, touches in touches_of.items():
            for journey in split_journeys(touches, converted[person], lookback):
                is_open = data_end - journey[-1]["touched_at"] < lookback
                if settings["count_open_journeys"] or not is_open:
                    kept = apply_path_rules(journey, settings["path_rules"])
                    rows.append(
                        {
                            "conversion_group": group,
                            "person_id": person,
                            "started_at": kept[0]["touched_at"],
                            "ended_at": kept[-1]["touched_at"],
                            "path_length": len(kept),
                            "path": path_text([touch["channel"] for touch in kept]),
                        }
                    )
    return rows


def split_journeys(touches, conversions, lookback):
    """A person's engaged touches that lie on no path of the group, cut into journeys."""
    used = Counter(touch["touchpoint_id"] for c in conversions for touch in c["window"])
    free = [
        touch
        for touch in sorted(touches, key=order_of)
        if touch["is_engaged"] and not touch["is_view"] and touch["touchpoint_id"] not in used
    ]
    result = []
    for touch in free:
        previous = result[-1][-1]["touched_at"] if result else None
        starts_anew = (
            previous is None
            or touch["touched_at"] - previous > lookback
            or any(previous < c["converted_at"] <= touch["touched_at"] for c in conversions)
        )
        if starts_anew:
            result.append([])
        result[-1].append(touch)
    return result
