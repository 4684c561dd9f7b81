"""Which conversions count, and what each is worth."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from .identity import is_strong
from .inputs import identity_keys, local_date, to_money


def count(staged, people, seeds, settings):
    """The counted conversions, and the rows that do not count with their reason."""
    merged, excluded = merge_orders(staged["conversions"], settings)
    candidates = []
    for row in merged:
        person = people.person_of("conversions", row["kept_row"])
        row["person_id"] = person or f"conversion:{row['conversion_key']}"
        if row["status"] == "cancelled":
            excluded.append((row, "cancelled"))
        elif row["status"] == "pending" and not settings["count_pending"]:
            excluded.append((row, "pending"))
        else:
            candidates.append(row)
    repeats = find_repeats(candidates, seeds)
    counted = [
        finish(row, seeds, settings) for row in candidates if row["conversion_key"] not in repeats
    ]
    excluded += [(row, "repeat") for row in candidates if row["conversion_key"] in repeats]
    return counted, [
        {"conversion_key": row["conversion_key"], "reason": reason} for row, reason in excluded
    ]


def merge_orders(rows, settings):
    """Rows of one order and type become one: the most trusted row, the earliest moment."""
    groups = defaultdict(list)
    for row in rows:
        alone = None if row["order_id"] else row["conversion_key"]
        groups[row["order_id"], row["conversion_type"], alone].append(row)
    merged, excluded = [], []
    for group in groups.values():
        kept = min(group, key=lambda row: trust(row, settings))
        excluded += [(row, "merged") for row in group if row is not kept]
        merged.append(
            kept
            | {
                "kept_row": kept,
                "converted_at": min(row["converted_at"] for row in group),
                "stage_keys": {row["conversion_key"] for row in group},
            }
        )
    return merged, excluded


def conflicting_orders(rows, people, seeds, settings):
    """Orders whose rows name different known persons, or lie more than a week apart."""
    known, kinds = people.persons_without_orders()
    persons, groups = defaultdict(set), defaultdict(list)
    for row in rows:
        if row["order_id"]:
            keys = filter(is_strong, identity_keys(row) - people.shared)
            persons[row["order_id"]] |= {known.find(key) for key in keys}
            groups[row["order_id"], row["conversion_type"]].append(row)
    for (order_id, conversion_type), group in groups.items():
        found = persons[order_id]
        is_one = sorted(sorted(kinds[person]) for person in found) == [["email"], ["user"]]
        moments = [row["converted_at"] for row in group]
        apart = max(moments) - min(moments)
        if (len(found) > 1 and not is_one) or apart > timedelta(days=7):
            (merged,), _ = merge_orders(group, settings)
            value = finish(merged, seeds, settings)["conversion_value"]
            yield {
                "order_id": order_id,
                "conversion_type": conversion_type,
                "rows": len(group),
                "persons": 1 if is_one else len(found),
                "days_apart": apart / timedelta(days=1),
                "conversion_value": value,
            }


def trust(row, settings):
    """Sorts the most trusted row first."""
    priority = settings["system_priority"]
    system = row["source_system"]
    rank = priority.index(system) if system in priority else len(priority)
    newest_first = timedelta.max - (row["updated_at"] - row["updated_at"].min)
    return rank, system, newest_first, row["conversion_id"]


def find_repeats(rows, seeds):
    """Keys of the conversions that follow the previous one of their person and type too soon."""
    histories = defaultdict(list)
    for row in rows:
        histories[row["person_id"], row["conversion_type"]].append(row)
    repeats = set()
    for (_, conversion_type), history in histories.items():
        minutes = seeds.conversion_types[conversion_type]["dedupe_minutes"]
        history.sort(
            key=lambda row: (row["converted_at"], row["conversion_id"], row["source_system"])
        )
        for previous, row in zip(history, history[1:]):
            if row["converted_at"] - previous["converted_at"] < timedelta(minutes=minutes):
                repeats.add(row["conversion_key"])
    return repeats


def finish(row, seeds, settings):
    """Value, class, window and date of a counted conversion."""
    kind = seeds.conversion_types[row["conversion_type"]]
    if row["value"] is not None:
        full_value = row["value"] * row["rate"]
    else:
        full_value = kind["default_value"] or Decimal(0)
    if row["refunded_value"] is not None:
        refund = row["refunded_value"] * row["rate"]
    else:
        refund = full_value if row["status"] == "refunded" else Decimal(0)
    return row | {
        "conversion_class": kind["conversion_class"],
        "lookback_days": kind["lookback_days"],
        "conversion_value": to_money(full_value - refund),
        "conversion_date": local_date(row["converted_at"], settings),
    }
