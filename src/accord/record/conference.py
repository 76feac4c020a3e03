"""The climate conferences by number and city, so that "Copenhagen" has a date."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import re
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Conference:
    """One Conference of the Parties (or Rio summit): its name, place and days."""

    name: str
    city: str
    country: str
    start: dt.date
    end: dt.date

    @property
    def month(self) -> str:
        """The month in which it closed, as an ISO prefix; its year where it crossed a month."""
        if self.start.month == self.end.month:
            return self.start.isoformat()[:7]
        return self.end.isoformat()[:7] if self.end.day > 5 else self.start.isoformat()[:7]


@functools.cache
def conferences() -> tuple[Conference, ...]:
    """All conferences of the table, oldest first."""
    text = (files("accord") / "data" / "conferences.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Conference(
            row["name"],
            row["city"],
            row["country"],
            dt.date.fromisoformat(row["start"]),
            dt.date.fromisoformat(row["end"]),
        )
        for row in rows
    )


NUMBER = re.compile(r"\bCOP[ -]?(\d{1,2})(bis)?\b")


def by_number(number: str) -> Conference | None:
    """Return COP ``number`` ("26")."""
    return next((c for c in conferences() if c.name == f"COP{number}"), None)


def by_place(place: str, near: dt.date | None = None) -> Conference | None:
    """Return the conference in a city or country, the one nearest to ``near`` of several."""
    folded = place.casefold()
    found = [c for c in conferences() if folded in (c.city.casefold(), c.country.casefold())]
    if not found:
        return None
    if near is None:
        return found[-1]
    return min(found, key=lambda c: abs((c.start - near).days))
