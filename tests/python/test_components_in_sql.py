"""Setting `components_in: sql` makes the same persons as Python does."""

import random

from builds import WITHOUT_TESTS
from conftest import build_or_fail, fetch, write_csv

KEYS = """
select identity_key, component_number, row_component_number from intermediate.int_identity_keys
"""
PERSONS = "select identity_key, person_id from intermediate.int_identity_persons"


def linked_keys():
    """A long chain in random order, a star, random links, a link to itself; all of users."""
    choose = random.Random(1)
    chain = [f"chain_{number}" for number in range(400)]
    choose.shuffle(chain)
    scattered = [f"scattered_{number}" for number in range(300)]
    pairs = [*zip(chain, chain[1:], strict=False), ("alone", "alone")]
    pairs += [("centre", f"ray_{number}") for number in range(50)]
    pairs += [choose.sample(scattered, 2) for _ in range(200)]
    # Each chain goes on through addresses: user 1, address 2, user 2, address 3.
    return [link(left, right) for left, right in pairs] + [link(key, key) for key in chain]


def link(user, address):
    values = ("user", user, "email", f"{address}@example.com")
    return dict(zip(("left_type", "left_id", "right_type", "right_id"), values, strict=True))


def orders_and_devices():
    """Orders that link two users each, and devices that several users share."""
    day = "2026-05-01T10:00:00Z"
    conversions = [
        {
            "conversion_id": f"{order}-{part}", "order_id": f"order {order}",
            "user_id": f"buyer {order + part}", "conversion_type": "purchase",
            "converted_at": day, "value": 10, "currency": "USD",
        }
        for order in range(0, 40, 3) for part in (0, 1)
    ]  # fmt: skip
    sessions = [
        {
            "session_id": f"{device}-{user}", "visitor_id": f"device {device}",
            "user_id": f"buyer {device + user}", "started_at": day,
        }
        for device in range(0, 40, 2) for user in (0, 1, 2)
    ]  # fmt: skip
    return {"conversions": conversions, "sessions": sessions}


def test_persons_are_the_same(tmp_path):
    raw = write_csv(tmp_path / "raw", {"identity_links": linked_keys(), **orders_and_devices()})
    db_path = tmp_path / "attribution.duckdb"
    found = []
    for components_in in ("python", "sql"):
        settings = {"components_in": components_in, "shared_devices": "merge"}
        build_or_fail(
            raw, db_path, *WITHOUT_TESTS, "--select", "+int_identity_persons", vars=settings
        )
        found.append([rows(db_path, query) for query in (KEYS, PERSONS)])
    assert found[0] == found[1]
    keys, persons = found[0]
    assert len({component for key, component, _ in keys if "chain" in key}) == 1
    assert any(component != of_rows for _, component, of_rows in keys)
    assert len({person for _, person in persons}) < len(persons)
    assert not fetch(db_path, "from duckdb_tables() where table_name like '%_in_sql_%'")


def rows(db_path, query):
    return sorted(tuple(row.values()) for row in fetch(db_path, query))
