"""Who a row belongs to: known persons, the devices they use, and rows of devices in between."""

from collections import defaultdict
from itertools import combinations

from .inputs import identity_keys

KIND_ORDER = {"user": 0, "email": 1, "visitor": 2}
TIMES = {"sessions": "started_at", "interactions": "touched_at", "conversions": "converted_at"}
NAMES = {
    "sessions": lambda row: f"session:{row['session_id']}",
    "interactions": lambda row: f"interaction:{row['interaction_id']}",
    "conversions": lambda row: f"conversion:{row['conversion_key']}",
}


def kind_of(key):
    return key.partition(":")[0]


def is_strong(key):
    return kind_of(key) != "visitor"


class Groups:
    """Things that turn out to be one, two at a time."""

    def __init__(self):
        self.parent = {}

    def find(self, thing):
        self.parent.setdefault(thing, thing)
        while self.parent[thing] != thing:
            thing = self.parent[thing]
        return thing

    def join(self, things):
        roots = [self.find(thing) for thing in things]
        for root in roots:
            self.parent[root] = roots[0]


class People:
    """Persons of all staged rows; afterwards erased keys name nobody."""

    def __init__(self, staged, erased, settings):
        self.staged, self.erased, self.settings = staged, erased, settings
        self.order_keys = defaultdict(set)
        for row in staged["conversions"]:
            if row["order_id"]:
                self.order_keys[row["order_id"]] |= identity_keys(row)
        self.neighbours = self._count_neighbours()
        self.shared = {
            key
            for key, others in self.neighbours.items()
            if is_strong(key) and len(others) > settings["max_links_per_key"]
        }
        self._form_known_persons_and_devices()
        self._pair_names_of_one_person()
        self._look_at_devices()
        self._name_persons()
        self._split_shared_devices()

    # ------------------------------------------------------------------ what stands together

    def all_keys(self, row):
        """A row's keys; a conversion has its order's too."""
        return identity_keys(row) | self.order_keys.get(row.get("order_id"), set())

    def together(self):
        """Per row or link its visitor keys, and its strong keys with those of its order."""
        for table in ("sessions", "interactions", "conversions", "identity_links"):
            for row in self.staged[table]:
                own = {key for key in identity_keys(row) if not is_strong(key)}
                yield own, {key for key in self.all_keys(row) if is_strong(key)} - self.shared

    def _count_neighbours(self):
        rows = [
            identity_keys(row)
            for table in ("sessions", "conversions", "interactions", "identity_links")
            for row in self.staged[table]
        ]
        neighbours = defaultdict(set)
        for keys in rows + list(self.order_keys.values()):
            for left, right in combinations(keys, 2):
                neighbours[left].add(right)
                neighbours[right].add(left)
        return neighbours

    def _form_known_persons_and_devices(self):
        self.known, self.devices = Groups(), Groups()
        for visitors, strong in self.together():
            self.known.join(sorted(strong))
            self.devices.join(sorted(visitors))
        for keys in self.order_keys.values():
            self.devices.join(sorted(key for key in keys if not is_strong(key)))
        self.uses = [
            (visitor, key)
            for visitors, strong in self.together()
            for visitor in visitors
            for key in strong
        ]

    def persons_without_orders(self):
        """Known persons as they would be if orders linked nobody, and the kinds of their keys."""
        known, kinds = Groups(), defaultdict(set)
        for table in ("sessions", "interactions", "conversions", "identity_links"):
            for row in self.staged[table]:
                known.join(sorted(filter(is_strong, identity_keys(row) - self.shared)))
        for key in list(known.parent):
            kinds[known.find(key)].add(kind_of(key))
        return known, kinds

    def users(self):
        """Per device the known persons that use it."""
        users = defaultdict(set)
        for visitor, key in self.uses:
            users[self.devices.find(visitor)].add(self.known.find(key))
        return users

    def _pair_names_of_one_person(self):
        kinds = defaultdict(set)
        for key in list(self.known.parent):
            kinds[self.known.find(key)].add(kind_of(key))
        partners = defaultdict(set)
        for persons in self.users().values():
            if sorted(map(sorted, (kinds[person] for person in persons))) == [["email"], ["user"]]:
                one, other = persons
                partners[one].add(other)
                partners[other].add(one)
        for one, others in partners.items():
            if len(others) == 1 and len(partners[min(others)]) == 1:
                self.known.join([one, *others])

    # ------------------------------------------------------------------ devices

    def _look_at_devices(self):
        self.device_users = self.users()
        self.kinds = {}
        for device, persons in self.device_users.items():
            if len(persons) > self.settings["max_users_per_visitor"]:
                self.kinds[device] = "kiosk"
            elif len(persons) > 1:
                self.kinds[device] = "shared_device"
        if self.settings["shared_devices"] == "merge":
            for device, kind in self.kinds.items():
                if kind == "shared_device":
                    self.known.join(sorted(self.device_users[device]))

    def owner_of_device(self, device):
        """Of rows without a strong key: ('known' or 'device', which); None where it is split."""
        persons = {self.known.find(person) for person in self.device_users.get(device, ())}
        if self.kinds.get(device) == "kiosk" or not persons:
            return "device", device
        return ("known", *persons) if len(persons) == 1 else None

    def owner_of_key(self, key):
        if key in self.shared:
            return "shared", key
        if is_strong(key):
            return "known", self.known.find(key)
        return self.owner_of_device(self.devices.find(key))

    def first_of(self, keys):
        """Of several keys the first: user, email, visitor, then erased ones, then as text."""
        return min(
            keys,
            key=lambda key: (KIND_ORDER[kind_of(key)], key not in self.erased, key),
            default=None,
        )

    def _name_persons(self):
        self.members = defaultdict(set)
        for key in [*self.known.parent, *self.devices.parent, *self.shared]:
            self.members[self.owner_of_key(key)].add(key)

    def name(self, owner):
        """The smallest strong key that is not erased, else the smallest visitor key."""
        left = self.members[owner] - self.erased
        strong = [key for key in left if is_strong(key)]
        return min(strong or left, default=None)

    # ------------------------------------------------------------------ rows of shared devices

    def _split_shared_devices(self):
        """Per shared device its moments at which somebody is known: (time, name, person)."""
        self.known_moments = defaultdict(list)

        def note(visitors, strong, moment, name):
            for visitor in visitors:
                device = self.devices.find(visitor)
                if strong and self.kinds.get(device) == "shared_device":
                    owner = self.owner_of_key(self.first_of(strong))
                    self.known_moments[device].append((moment, name, owner))

        for table, time in TIMES.items():
            for row in self.staged[table]:
                keys = self.all_keys(row) - self.shared
                strong = {key for key in keys if is_strong(key)}
                own = {key for key in identity_keys(row) if not is_strong(key)}
                note(own, strong, row[time], NAMES[table](row))
        for row in self.staged["identity_links"]:
            keys = identity_keys(row) - self.shared
            strong = {key for key in keys if is_strong(key)}
            key = self.first_of(strong)
            # A space, which no id begins with, comes before all that ids have.
            name = f"link:{kind_of(key)}: " if key in self.erased else f"link:{key}"
            note(keys - strong, strong, row["linked_at"], name)

    def owner_on_shared_device(self, device, moment):
        """Of the next moment at which somebody is known, else of the last one before."""
        moments = self.known_moments[device]
        dated = [known for known in moments if known[0] is not None]
        ahead = [known for known in dated if known[0] >= moment]
        if ahead:
            return min(ahead, key=lambda known: known[:2])[2]
        if dated:
            return max(dated, key=lambda known: known[:2])[2]
        return max(moments, key=lambda known: known[1])[2]

    def owner(self, keys, moment):
        """The owner of a row with these keys; None where it has none."""
        strong = {key for key in keys if is_strong(key)}
        if strong:
            return self.owner_of_key(self.first_of(strong - self.shared or strong))
        if not keys:
            return None
        device = self.devices.find(min(keys))
        return self.owner_of_device(device) or self.owner_on_shared_device(device, moment)

    def owner_of_row(self, table, row):
        return self.owner(self.all_keys(row), self.moment_of(table, row))

    def moment_of(self, table, row):
        """Of a merged conversion the earliest of its rows."""
        if table != "conversions" or not row["order_id"]:
            return row[TIMES[table]]
        return min(
            other["converted_at"]
            for other in self.staged["conversions"]
            if other["order_id"] == row["order_id"]
            and other["conversion_type"] == row["conversion_type"]
        )

    # ------------------------------------------------------------------ answers

    def person_of(self, table, row):
        owner = self.owner_of_row(table, row)
        return owner and self.name(owner)

    def leaves(self, table, row):
        """Whether a row without a strong key goes with its erased person from a shared device."""
        own, keys = identity_keys(row), self.all_keys(row)
        if any(map(is_strong, own)) or not self.erased:
            return False
        visitors = own if any(map(is_strong, keys)) else keys
        kinds = {self.kinds.get(self.devices.find(key)) for key in visitors}
        return "shared_device" in kinds and bool(
            self.members[self.owner_of_row(table, row)] & self.erased
        )

    def shared_rows(self):
        rows = [
            {"identity_key": key, "kind": "shared_key", "key_type": kind_of(key),
             "persons": None, "neighbours": len(self.neighbours[key])}
            for key in self.shared - self.erased
        ]  # fmt: skip
        device_keys = defaultdict(set)
        for key in list(self.devices.parent):
            device_keys[self.devices.find(key)].add(key)
        for device, kind in self.kinds.items():
            left = device_keys[device] - self.erased
            if left:
                rows.append(
                    {"identity_key": min(left), "kind": kind, "key_type": "visitor",
                     "persons": len(self.device_users[device]), "neighbours": None}
                )  # fmt: skip
        return rows
