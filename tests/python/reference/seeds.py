"""The project's seeds, as the reference reads them."""

import csv
import re
from decimal import Decimal
from pathlib import Path


class Seeds:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.conversion_types = {
            row["conversion_type"]: {
                "conversion_class": row["conversion_class"],
                "lookback_days": int(row["lookback_days"]),
                "dedupe_minutes": int(row["dedupe_minutes"]),
                "default_value": Decimal(row["default_value"]) if row["default_value"] else None,
            }
            for row in self._rows("conversion_types")
        }
        self.channels = {row["channel"]: row for row in self._rows("channels")}
        self.direct = {
            name for name, row in self.channels.items() if row["is_direct"].lower() == "true"
        }
        self.paid = {
            name for name, row in self.channels.items() if row["is_paid"].lower() == "true"
        }
        self.overrides = sorted(
            self._rows("channel_overrides"), key=lambda row: int(row["rule_order"])
        )
        self.categories = {
            row["source"].lower(): row["category"].lower()
            for name in ("source_categories", "source_categories_supplement")
            for row in self._rows(name)
        }
        self.aliases = dict(list(row.values())[:2] for row in self._rows("source_aliases"))
        self.excluded_referrers = self._first_column("excluded_referrers")
        self.statuses = dict(list(row.values())[:2] for row in self._rows("conversion_statuses"))
        self.click_ids = sorted(self._rows("click_ids"), key=lambda row: int(row["click_order"]))
        self.paid_click_ids = {
            row["parameter"] for row in self.click_ids if row["is_paid"].lower() == "true"
        }
        self.medium_aliases = {row["alias"]: row["medium"] for row in self._rows("medium_aliases")}
        self.campaign_parameters = {
            f"utm_{field}": [
                row["parameter"]
                for row in sorted(
                    self._rows("campaign_parameters"), key=lambda row: int(row["parameter_order"])
                )
                if row["field"] == field
            ]
            for field in ("source", "medium", "campaign", "content", "term")
        }
        self.bot_patterns = [
            re.compile(pattern, re.IGNORECASE) for pattern in self._first_column("bot_patterns")
        ]
        self.platforms = self._rows("platforms")
        # A seed cannot hold `null`.
        self.junk_ids = {"null"} | {value.lower() for value in self._first_column("junk_ids")}

    def _rows(self, name):
        path = self.folder / f"{name}.csv"
        if not path.exists():
            return []
        with path.open(newline="", encoding="utf-8") as file:
            return [
                {column: value or None for column, value in row.items()}
                for row in csv.DictReader(file)
            ]

    def _first_column(self, name):
        return [next(iter(row.values())) for row in self._rows(name)]
