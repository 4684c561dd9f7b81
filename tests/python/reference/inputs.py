"""Raw rows to staged rows: cleaning, rejects, erasure, duplicates."""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

REASONS = [
    "missing_key",
    "no_identity",
    "bad_timestamp",
    "bad_number",
    "bad_value",
    "unknown_conversion_type",
    "no_exchange_rate",
    "negative_cost",
]

UTM_FIELDS = ["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"]
VIEWS = {"impression", "email_open"}
INTERACTION_TYPES = VIEWS | {
    "email_click", "call", "event", "podcast", "direct_mail", "survey", "other",
}  # fmt: skip
ID_TYPES = {"visitor", "user", "email"}
STATUSES = {"confirmed", "pending", "cancelled", "refunded"}
DEVICES = {"desktop", "mobile", "tablet", "other"}

# Per table: column -> kind; a `!` says that the column is required, `{}` names what it allows.
IDENTITY = {"visitor_id": "identity", "user_id": "identity", "email": "email"}
UTM = dict.fromkeys(UTM_FIELDS, "utm")
TABLES = {
    "exchange_rates": {"rate_date": "date!", "currency_code": "code!", "rate": "number!"},
    "erasure_requests": {"id_type": "word!", "id": "identity!", "requested_at": "timestamp"},
    "sessions": {
        "session_id": "key!", **IDENTITY, "started_at": "timestamp!", "ended_at": "timestamp",
        "engaged_seconds": "number", "page_views": "integer", "landing_url": "text",
        "referrer_url": "text", **UTM, "device_type": "word", "country": "code",
        "user_agent": "text", "is_bot": "boolean", "is_internal": "boolean",
        "consent_state": "word", "loaded_at": "timestamp",
    },
    "conversions": {
        "conversion_id": "key!", "source_system": "word", **IDENTITY, "order_id": "key",
        "conversion_type": "word", "converted_at": "moment!", "value": "amount",
        "currency_code": "code", "status": "word", "refunded_value": "amount",
        "product_category": "text", "plan_tier": "text", "lead_stage": "text",
        "audience": "text", "updated_at": "timestamp", "loaded_at": "timestamp",
    },
    "ad_spend": {
        "spend_date": "date!", "utm_source": "utm!", "utm_medium": "utm!",
        "utm_campaign": "utm", "utm_content": "utm", "impressions": "integer",
        "clicks": "integer", "cost": "amount!", "currency_code": "code",
        "loaded_at": "timestamp",
    },
    "interactions": {
        "interaction_id": "key!", **IDENTITY, "touched_at": "timestamp!",
        "interaction_type": "word!", **UTM, "is_bot": "boolean", "consent_state": "word",
        "loaded_at": "timestamp",
    },
    "identity_links": {
        "left_type": "word!", "left_id": "identity!", "right_type": "word!",
        "right_id": "identity!", "linked_at": "timestamp",
    },
    "crm_stages": {
        "conversion_id": "key", "source_system": "word", "order_id": "key", "stage": "word!",
        "entered_at": "timestamp!",
    },
    "lift_tests": {
        "test_id": "key!", "channel": "text!", "started_on": "date!", "ended_on": "date!",
        "conversion_type": "word", "treated_users": "number!", "treated_conversions": "number!",
        "control_users": "number!", "control_conversions": "number!",
    },
    "platform_claims": {
        "claim_date": "date!", "platform": "text!", "conversion_type": "word!",
        "claimed_conversions": "number!", "claimed_value": "amount",
    },
    "ad_clicks": {
        "parameter": "key!", "click_id": "key!", **UTM, "loaded_at": "timestamp",
    },
}  # fmt: skip

ALLOWED = {
    "interaction_type": INTERACTION_TYPES,
    "left_type": ID_TYPES,
    "right_type": ID_TYPES,
    "id_type": ID_TYPES,
}

REQUIRED_REASON = {
    "timestamp": "bad_timestamp",
    "moment": "bad_timestamp",
    "date": "bad_timestamp",
    "number": "bad_number",
    "integer": "bad_number",
    "amount": "bad_number",
}

# An amount of this size or more, in its own currency or in the reporting one, cannot be read.
TOO_LARGE = 10**12

# The time of the event that a row tells of: bounded, so that one wrong row moves no report.
EVENT_TIMES = {
    "sessions": "started_at",
    "interactions": "touched_at",
    "conversions": "converted_at",
}
EPOCH = datetime(1970, 1, 1)

# ---------------------------------------------------------------------------- values


BLANK = {
    *map(chr, [*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)]),
    *map(chr, [0x2028, 0x2029, 0x202F, 0x205F, 0x3000]),  # so far the white space of Unicode
    *map(chr, [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]),  # and what has no width
}


def trimmed(value):
    return (value or "").strip("".join(BLANK)) or None


def parse_timestamp(value):
    """Naive UTC: ISO, with an offset or not, or a whole number; a date alone is its midnight."""
    text = trimmed(value) or ""
    return parse_iso(text) or parse_whole_number(text)


def parse_iso(text):
    match = re.fullmatch(
        r"(?a:(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)"
        r"( ?(?:UTC|Z|[+-]\d\d(?::?\d\d)?))?)?)",
        text,
    )
    if not match:
        return None
    day, time, offset = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{(time or '00:00')[:15]}")
    except ValueError:
        return None
    if offset and offset.strip()[0] in "+-":
        digits = offset.strip()[1:].replace(":", "").ljust(4, "0")
        shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        moment += shift if offset.strip()[0] == "-" else -shift
    return moment


def parse_whole_number(text):
    """A day of eight digits, or so many seconds, milli-, micro- or nanoseconds since 1970."""
    match = re.fullmatch(r"(?a:(\d+)(?:\.0*)?)", text)
    if not match:
        return None
    digits = match.group(1)
    if len(digits) == 8:
        try:
            return datetime.strptime(digits, "%Y%m%d")
        except ValueError:
            return None
    per_second = {9: 1, 10: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 18: 10**9, 19: 10**9}
    if len(digits) not in per_second:
        return None
    return EPOCH + timedelta(microseconds=int(digits) * 10**6 // per_second[len(digits)])


def is_date_alone(value):
    return re.fullmatch(r"(?a:\d{4}-\d\d-\d\d|\d{8}(\.0*)?)", trimmed(value) or "") is not None


def parse_moment(value, zone):
    """As `parse_timestamp`, but a date alone is the last microsecond of that day in a zone."""
    moment = parse_timestamp(value)
    if moment is None or not is_date_alone(value):
        return moment
    last = datetime.combine(moment.date(), datetime.max.time(), ZoneInfo(zone)).replace(fold=1)
    try:
        return last.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return None


def parse_number(value):
    plain = re.fullmatch(r"(?a:[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)", trimmed(value) or "")
    return Decimal(plain.group()) if plain else None


def parse_amount(value):
    """An amount of money, to four decimals."""
    number = parse_number(value)
    if number is None or abs(number) >= TOO_LARGE or abs(to_money(number)) >= TOO_LARGE:
        return None
    return number


def to_money(value):
    return Decimal(value).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def parse_date(value):
    moment = parse_timestamp(value)
    return moment.date() if moment else None


def parse_boolean(value):
    word = (trimmed(value) or "").lower()
    return (
        True
        if word in {"true", "t", "1", "yes", "y"}
        else (False if word in {"false", "f", "0", "no", "n"} else None)
    )


def percent_decoded(text):
    """Decode once. Where the bytes are no UTF-8, only escapes up to %7F are decoded."""
    escape = re.compile(rb"%([0-9a-fA-F]{2})")
    coded = text.encode()
    try:
        return escape.sub(lambda match: bytes.fromhex(match[1].decode()), coded).decode()
    except UnicodeDecodeError:
        return re.sub("%([0-7][0-9a-fA-F])", lambda match: chr(int(match[1], 16)), text)


TEMPLATES = [r"\{.*\}", r"\$\{.*\}", "%%.*%%", r"\[[^\[\]]*\]", "__[A-Za-z0-9_]+__"]
NO_TAGS = {"null", "undefined", "nan", "[object object]"}
ADDRESS = re.compile(r"[a-z0-9._%+-]+(@|%40)[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)


def is_template(text):
    return any(re.fullmatch(form, text, re.DOTALL) for form in TEMPLATES)


def tag_text(value):
    """A tagged value in clear, or None."""
    text = (value or "").replace("&amp;", "&").replace("+", " ")
    for _ in range(3):
        text = percent_decoded(text)
    return trimmed(text)


def clean_utm(value):
    text = tag_text(value)
    if text is None or is_template(text) or text.lower() in NO_TAGS:
        return None
    return without_addresses(text.lower()[:500])


def without_addresses(text):
    return ADDRESS.sub("(e-mail)", text)


class Cleaner:
    """Turns one raw value into one of the kinds that the tables declare."""

    def __init__(self, seeds, settings, salt):
        self.junk_ids = seeds.junk_ids
        self.settings = settings
        self.salt = salt

    def __call__(self, kind, value):
        return getattr(self, kind)(value)

    def text(self, value):
        return trimmed(value)

    key = text

    def word(self, value):
        return trimmed((value or "").lower())

    def code(self, value):
        return trimmed((value or "").upper())

    def identity(self, value):
        value = self.known(value)
        if value and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
            return HashedAddress(f"email:{self.hashed(value)}")
        return value

    def known(self, value):
        value = trimmed(value)
        return None if value is None or value.lower() in self.junk_ids else value

    def email(self, value):
        return self.known(value) and self.hashed(value)

    def hashed(self, value):
        return hashlib.sha256((self.salt + trimmed(value).lower()).encode()).hexdigest()

    utm = staticmethod(clean_utm)
    timestamp = staticmethod(parse_timestamp)
    date = staticmethod(parse_date)
    number = staticmethod(parse_number)
    amount = staticmethod(parse_amount)
    boolean = staticmethod(parse_boolean)

    def moment(self, value):
        return parse_moment(value, self.settings["reporting_timezone"])

    def integer(self, value):
        number = parse_number(value)
        return None if number is None else int(number)


# ---------------------------------------------------------------------------- rows


def local_date(moment, settings):
    """The day of a UTC moment in the reporting time zone."""
    zone = ZoneInfo(settings["reporting_timezone"])
    return moment.replace(tzinfo=UTC).astimezone(zone).date()


def identity_keys(row):
    """The identity keys that stand in one row, as `kind:id`."""
    pairs = [("visitor", "visitor_id"), ("user", "user_id"), ("email", "email")]
    keys = {(kind, row[column]) for kind, column in pairs if row.get(column)}
    for side in ("left", "right"):
        if row.get(f"{side}_type") and row.get(f"{side}_id"):
            keys.add((row[f"{side}_type"], row[f"{side}_id"]))
    if row.get("id_type") and row.get("id"):
        keys.add((row["id_type"], row["id"]))
    return {key if isinstance(key, HashedAddress) else f"{kind}:{key}" for kind, key in keys}


class HashedAddress(str):
    """An e-mail address that stood in the place of a visitor or user id, as the key that it is."""

    __slots__ = ()


def clean_row(table, raw, cleaner):
    """The typed row, and the reasons that speak against it."""
    raw = {column.lower(): value for column, value in raw.items()}
    row, reasons = {}, set()
    for column, declared in TABLES[table].items():
        kind = declared.rstrip("!")
        row[column] = cleaner(kind, raw.get(column))
        if row[column] is None and declared.endswith("!"):
            reasons.add(REQUIRED_REASON.get(kind, "missing_key"))
        elif column in ALLOWED and row[column] not in ALLOWED[column]:
            reasons.add("bad_value")
    for side in ("left_", "right_", ""):
        value, kind = row.get(f"{side}id"), row.get(f"{side}type" if side else "id_type")
        if value and kind == "email" and not isinstance(value, HashedAddress):
            row[f"{side}id"] = cleaner.email(value)
    return row, reasons


def finish_session(row):
    started, ended, seconds = row["started_at"], row["ended_at"], row["engaged_seconds"]
    if ended is not None and ended < started:
        ended = None
    if seconds is not None:
        seconds = max(seconds, Decimal(0))
    elif ended is not None:
        seconds = Decimal((ended - started) // timedelta(microseconds=1)) / 10**6
    if ended is None:
        ended = started + timedelta(microseconds=int((seconds or 0) * 10**6))
    row |= {"ended_at": ended, "engaged_seconds": seconds}
    row["loaded_at"] = row["loaded_at"] or started
    if row["device_type"] not in DEVICES:
        row["device_type"] = None
    if not re.fullmatch("[A-Z]{2}", row["country"] or ""):
        row["country"] = None
    return row


class Stager:
    def __init__(self, seeds, settings, salt):
        self.seeds, self.settings = seeds, settings
        self.cleaner = Cleaner(seeds, settings, salt)
        self.rates = []
        self.erased = set()

    def table_reasons(self, table, row):
        """The reasons that only one table knows."""
        if table in ("sessions", "interactions") and not identity_keys(row):
            yield "no_identity"
        if table == "conversions":
            if not identity_keys(row) and row["order_id"] is None:
                yield "no_identity"
            if row["conversion_type"] not in self.seeds.conversion_types:
                yield "unknown_conversion_type"
            if row["converted_at"] and self.rate(row, self.day(row["converted_at"])) is None:
                yield "no_exchange_rate"
        if table == "ad_spend":
            if row["spend_date"] and self.rate(row, row["spend_date"]) is None:
                yield "no_exchange_rate"
            if row["cost"] is not None and row["cost"] < 0:
                yield "negative_cost"
            if row["spend_date"] and self.is_too_large(row, "cost", row["spend_date"]):
                yield "bad_number"
        if table in EVENT_TIMES and not self.is_possible(row[EVENT_TIMES[table]], row["loaded_at"]):
            yield "bad_timestamp"
        if table == "crm_stages" and not (row["conversion_id"] or row["order_id"]):
            yield "missing_key"

    def is_possible(self, moment, loaded_at):
        """Whether an event's time is within the days that count, and not long after its loading."""
        first, last = self.settings["earliest_event_date"], self.settings["latest_event_date"]
        return (
            moment is not None
            and moment.date() >= date.fromisoformat(first)
            and (last is None or moment.date() <= date.fromisoformat(last))
            and (loaded_at is None or moment - loaded_at <= timedelta(hours=48))
        )

    def day(self, moment):
        return local_date(moment, self.settings)

    def rate(self, row, day):
        """Units of the reporting currency for 1 unit, or None: the latest on or before the day."""
        currency = row["currency_code"] or self.settings["reporting_currency"]
        if currency == self.settings["reporting_currency"]:
            return Decimal(1)
        known = [
            (rate["rate_date"], rate["rate"])
            for rate in self.rates
            if rate["currency_code"] == currency and rate["rate_date"] <= day
        ]
        return max(known)[1] if known else None

    def is_too_large(self, row, column, day):
        """Whether an amount is too large in the reporting currency."""
        rate = self.rate(row, day)
        amount = row[column]
        return amount is not None and rate is not None and abs(amount * rate) >= TOO_LARGE

    def finish(self, table, row):
        """Defaults and derived values of a good row."""
        if table == "sessions":
            return finish_session(row)
        if table == "interactions":
            row["loaded_at"] = row["loaded_at"] or row["touched_at"]
        if table == "conversions":
            row["source_system"] = row["source_system"] or "web"
            row["conversion_key"] = conversion_key(row)
            if row["status"] not in STATUSES:
                row["status"] = self.seeds.statuses.get(row["status"], "confirmed")
            for column in ("updated_at", "loaded_at"):
                row[column] = row[column] or row["converted_at"]
            day = self.day(row["converted_at"])
            row["rate"] = self.rate(row, day)
            for column in ("value", "refunded_value"):
                if self.is_too_large(row, column, day):
                    row[column] = None
        if table == "crm_stages":
            row["source_system"] = row["source_system"] or "web"
        if table == "ad_clicks":
            row["click"] = (row["parameter"], row["click_id"])
            row["loaded_at"] = row["loaded_at"] or datetime.min
        if table == "ad_spend":
            row["cost"] = to_money(row["cost"] * self.rate(row, row["spend_date"]))
        return row

    def stage(self, table, raw_rows):
        """Good rows, erased or not, rejects as (raw row, reason), and the number of erased rows."""
        good, rejected, erased = [], [], 0
        for raw in raw_rows:
            row, reasons = clean_row(table, raw, self.cleaner)
            is_erased = self.is_erased(table, row)
            erased += is_erased
            reasons |= set(self.table_reasons(table, row))
            if not reasons:
                good.append(self.finish(table, row))
            elif not is_erased:
                rejected.append((raw, min(reasons, key=REASONS.index)))
        return good, rejected, erased

    def is_erased(self, table, row):
        return table != "erasure_requests" and bool(identity_keys(row) & self.erased)


def conversion_key(row):
    """Source system and id, the system's own `%` and `:` escaped."""
    system = row["source_system"].replace("%", "%25").replace(":", "%3a")
    return f"{system}:{row['conversion_id']}"


# Per table its key and what decides between rows of one key: the latest stays.
NEWEST = {
    "sessions": ("session_id", "loaded_at", "started_at"),
    "interactions": ("interaction_id", "loaded_at", "touched_at"),
    "conversions": ("conversion_key", "updated_at", "loaded_at"),
    "ad_clicks": ("click", "loaded_at", "loaded_at"),
}


def newest_per_key(table, rows):
    if table not in NEWEST:
        return rows
    key, first, second = NEWEST[table]
    kept = {}
    for row in sorted(rows, key=lambda row: (row[first], row[second], repr(row))):
        kept[row[key]] = row
    return list(kept.values())


# What names a row in the audits, as it stands in the raw row.
ROW_KEYS = {
    "sessions": ["session_id"],
    "conversions": ["source_system", "conversion_id"],
    "ad_spend": ["spend_date", "utm_source", "utm_medium", "utm_campaign", "utm_content"],
    "interactions": ["interaction_id"],
    "identity_links": ["left_type", "left_id", "right_type", "right_id"],
    "crm_stages": ["source_system", "conversion_id", "order_id", "stage"],
    "exchange_rates": ["rate_date", "currency_code"],
    "lift_tests": ["test_id", "channel", "conversion_type"],
    "platform_claims": ["claim_date", "platform", "conversion_type"],
    "erasure_requests": ["id_type", "id"],
    "ad_clicks": ["parameter", "click_id"],
}


def stage(raw, seeds, settings, salt):
    """All staged tables, and the audits of what was not staged."""
    stager = Stager(seeds, settings, salt)
    staged, rejected_rows, counts = {}, [], []
    for table in TABLES:
        rows = raw.get(table, [])
        good, rejected, erased = stager.stage(table, rows)
        staged[table] = newest_per_key(table, good)
        if table == "exchange_rates":
            stager.rates = staged[table]
        if table == "erasure_requests":
            stager.erased = set().union(*map(identity_keys, staged[table]))
        rejected_rows += [
            {"table_name": table, "row_key": row_key(table, row, stager.cleaner), "reason": reason}
            for row, reason in rejected
        ]
        counts.append(
            {
                "table_name": table,
                "rows_read": len(rows),
                "rows_rejected": len(rejected),
                "rows_removed_as_duplicates": sum(not stager.is_erased(table, row) for row in good)
                - sum(not stager.is_erased(table, row) for row in staged[table]),
                "rows_erased": erased,
            }
        )
    audits = {"audit_rejected_rows": rejected_rows, "audit_row_counts": counts}
    return staged, stager.erased, audits


def without_erased(staged, erased, people, counts):
    """The rows that are left once erased identities, and what was theirs, have gone."""
    left = {}
    for table, rows in staged.items():
        if table != "erasure_requests":
            rows = [row for row in rows if not identity_keys(row) & erased]
        if table in ("sessions", "interactions", "conversions"):
            remaining = [row for row in rows if not people.leaves(table, row)]
        else:
            remaining = rows
        left[table] = remaining
        (count,) = [count for count in counts if count["table_name"] == table]
        count["rows_erased"] += len(rows) - len(remaining)
        count["rows_staged"] = len(remaining)
    return left


def row_key(table, raw, cleaner):
    """The raw values of the table's key, e-mail addresses hashed or masked."""
    raw = {column.lower(): value or None for column, value in raw.items()}
    for side in ("left_", "right_", ""):
        kind = raw.get(f"{side}type" if side else "id_type")
        if raw.get(f"{side}id") and cleaner.word(kind) not in {"visitor", "user"}:
            raw[f"{side}id"] = cleaner.hashed(raw[f"{side}id"])
    text = ":".join(raw[column] for column in ROW_KEYS[table] if raw.get(column)) or None
    part = r'[^ "@/?&=:;,<>]+'
    return text and re.sub(f"{part}(@|%40){part}", "(e-mail)", text)
