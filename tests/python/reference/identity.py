"""Identity keys to persons: connected components, without what shared keys would join."""

from collections import defaultdict
from itertools import combinations

from .inputs import identity_keys

# A row's person is that of its first non-shared key in this order.
KIND_ORDER = {"user": 0, "email": 1, "visitor": 2}


def kind_of(key):
    return key.partition(":")[0]


class People:
    def __init__(self, staged, settings):
        self.order_keys = defaultdict(set)
        for row in staged["conversions"]:
            if row["order_id"]:
                self.order_keys[row["order_id"]] |= identity_keys(row)
        self.neighbours = self._link(staged)
        self.shared = {key for key in self.neighbours if self._limit_passed(key, settings)}
        self.person_of_key = self._components()

    def _link(self, staged):
        """Per key the set of its neighbours."""
        groups = [
            identity_keys(row)
            for table in ("sessions", "conversions", "interactions", "identity_links")
            for row in staged[table]
        ]
        neighbours = defaultdict(set)
        for keys in groups + list(self.order_keys.values()):
            for key in keys:
                neighbours[key]  # a key without neighbours is a person too
            for left, right in combinations(keys, 2):
                neighbours[left].add(right)
                neighbours[right].add(left)
        return dict(neighbours)

    def counted(self, key):
        """How many neighbours count: of a visitor its users and e-mails, of others all."""
        is_visitor = kind_of(key) == "visitor"
        return sum(
            not (is_visitor and kind_of(other) == "visitor") for other in self.neighbours[key]
        )

    def _limit_passed(self, key, settings):
        limit = "max_users_per_visitor" if kind_of(key) == "visitor" else "max_links_per_key"
        return self.counted(key) > settings[limit]

    def _components(self):
        person = {key: key for key in self.shared}
        for start in sorted(set(self.neighbours) - self.shared):
            if start in person:
                continue
            # Starts come in binary order, so the first to reach a component is its smallest key.
            person[start], todo = start, [start]
            while todo:
                for key in self.neighbours[todo.pop()] - self.shared:
                    if key not in person:
                        person[key] = start
                        todo.append(key)
        return person

    def of_keys(self, keys):
        """The person of a row (or of all rows of an order) by its identity keys."""
        ranked = sorted(keys, key=lambda key: (key in self.shared, KIND_ORDER[kind_of(key)], key))
        return self.person_of_key[ranked[0]] if ranked else None

    def of_conversion(self, row):
        keys = self.order_keys[row["order_id"]] if row["order_id"] else identity_keys(row)
        return self.of_keys(keys) or f"conversion:{row['conversion_key']}"

    def shared_rows(self):
        return [
            {"identity_key": key, "key_type": kind_of(key), "neighbours": self.counted(key)}
            for key in self.shared
        ]
