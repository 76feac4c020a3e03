"""Published results beside ours: each keeps its own probability, year and scope.

Two studies that seem to disagree often state different things: UNEP the level that warming stays
below with a 66 % chance over the century, CAT the median of 2100. So ours is given again under the
convention of each, and where the words counted are others too, in their scope.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from accord.assessment import Assessment

NOT_PLEDGES = frozenset({"scenario", "policies", "optimistic", "observed"})
"""Scopes that state something else than what parties have pledged; ours would be no match."""


FRESH = dt.timedelta(days=800)
"""Older results speak of other pledges; about two editions of a yearly report."""


@dataclass(frozen=True)
class Published:
    """A published figure as ``src/accord/data/published.csv`` holds it (units there)."""

    id: str
    publisher: str
    edition: str
    date: dt.date
    quantity: str
    scope: str
    words: str
    value: float | None
    low: float | None
    high: float | None
    percentile: int | None
    when: str
    reference: str
    lulucf: str
    gwp: str
    source: str
    verified: bool
    note: str

    @property
    def central(self) -> float:
        """The stated value, else the middle of the stated range."""
        if self.value is not None:
            return self.value
        assert self.low is not None and self.high is not None
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Beside:
    """A published figure and ours under its convention.

    Attributes
    ----------
    published
        What others say.
    ours
        Our figure under the same scope, probability and year, unrounded.
    key
        Stable name of ours, e.g. ``warming-2100-p50``.
    """

    published: Published
    ours: float
    key: str


def read_published() -> tuple[Published, ...]:
    """Return all published figures that ship with the package."""
    text = (files("accord") / "data" / "published.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]

    def number(cell: str) -> float | None:
        return float(cell) if cell else None

    return tuple(
        Published(
            id=row["id"],
            publisher=row["publisher"],
            edition=row["edition"],
            date=dt.date.fromisoformat(f"{row['date']}-01"),
            quantity=row["quantity"],
            scope=row["scope"],
            words=row["words"],
            value=number(row["value"]),
            low=number(row["low"]),
            high=number(row["high"]),
            percentile=int(row["percentile"]) if row["percentile"] else None,
            when=row["when"],
            reference=row["reference"],
            lulucf=row["lulucf"],
            gwp=row["gwp"],
            source=row["source"],
            verified=row["verified"] == "yes",
            note=row["note"],
        )
        for row in csv.DictReader(lines)
    )


def latest(items: tuple[Published, ...], day: dt.date) -> tuple[Published, ...]:
    """Keep what was published by ``day``: of each publisher, scope and year the newest."""
    newest: dict[tuple[str, ...], Published] = {}
    for item in items:
        if not day - FRESH <= item.date <= day:
            continue
        key = (item.publisher, item.quantity, item.scope, item.when, item.lulucf)
        if key not in newest or item.date > newest[key].date:
            newest[key] = item
    # Of a publisher's warming figures only its newest edition stands.
    last: dict[tuple[str, str], dt.date] = {}
    for item in newest.values():
        group = (item.publisher, item.quantity)
        last[group] = max(last.get(group, item.date), item.date)
    return tuple(
        item
        for item in newest.values()
        if item.quantity != "warming" or item.date == last[item.publisher, item.quantity]
    )


def warming_beside(result: Assessment) -> tuple[Beside, ...]:
    """Return published warming for pledges as of the day, with ours under each convention."""
    found = []
    for item in latest(read_published(), result.as_of):
        if item.quantity != "warming" or item.scope in NOT_PLEDGES:
            continue
        if item.scope not in result.scopes and not _is_scope_of(result, item.scope):
            continue
        ours = _our_warming(item, result)
        if ours is not None:
            found.append(Beside(item, ours[0], ours[1]))
    order = {s: i for i, s in enumerate(("pledges", "conditional-pledges", "unconditional"))}
    return tuple(
        sorted(found, key=lambda b: (order.get(b.published.scope, 9), b.published.publisher))
    )


def _is_scope_of(result: Assessment, scope: str) -> bool:
    """Tell whether the result as it stands counts what a study of this scope counts."""
    conditional = {"conditional", "conditional-pledges"}
    return scope == "pledges" or (scope in conditional) == result.convention.conditional


def _our_warming(item: Published, result: Assessment) -> tuple[float, str] | None:
    key = {("century", 66): "century-p66", ("century", 50): "peak-p50", ("2100", 50): "2100-p50"}
    name = key.get((item.when, item.percentile or 0))
    if name is not None and item.scope in result.scopes:
        return result.scopes[item.scope][name], f"warming-{name}-{item.scope}"
    warming = result.warming
    if item.when == "century" and item.percentile == 66:
        return warming.p66_peak, "warming-century-p66"
    if item.when == "century" and item.percentile == 50:
        return warming.peak[50], "warming-peak-p50"
    if item.when == "2100" and item.percentile == 50:
        return warming.at_2100[50], "warming-2100-p50"
    return None


def emissions_beside(result: Assessment) -> tuple[Beside, ...]:
    """Return published world emissions (GtCO2e a year) whose land-use accounting is ours."""
    found = []
    for item in latest(read_published(), result.as_of):
        if item.quantity != "emissions" or item.scope == "observed":
            continue
        if item.lulucf and item.lulucf != result.convention.lulucf:
            continue
        year = int(item.when)
        try:
            ours = result.world.ghg.at(year)[50] / 1000
        except KeyError:
            continue
        found.append(Beside(item, ours, f"world-{year}-p50"))
    return tuple(found)


@dataclass(frozen=True)
class Path:
    """World emissions that a temperature goal needs in ``year``, GtCO2e a year."""

    goal: str
    year: int
    gt: float
    cut: float
    source: str


def needed_paths(result: Assessment, year: int) -> tuple[Path, ...]:
    """Return what 1.5 and 2 °C need in ``year``: a published cut, applied to our 2019 world.

    Empty where no cut was published by the day, for that year, or with land use counted otherwise.
    """
    if result.convention.lulucf != "included":
        return ()
    base = {
        int(y): float(v) / 1000
        for y, v in zip(result.world.history_years, result.world.history_ghg, strict=True)
    }.get(2019)
    if base is None:
        return ()
    return tuple(
        Path(
            goal=goal,
            year=year,
            gt=base * (1 - item.central / 100),
            cut=item.central,
            source=item.source,
        )
        for goal, item in needed_cuts(result.as_of, year).items()
    )


def needed_cuts(as_of: dt.date, year: int) -> Mapping[str, Published]:
    """Return the published cut of ``year`` below 2019 for each goal (``"1.5"``, ``"2"``)."""
    return {
        "1.5" if item.scope == "needed-1.5" else "2": item
        for item in latest(read_published(), as_of)
        if item.quantity == "cut" and item.when == str(year)
    }
