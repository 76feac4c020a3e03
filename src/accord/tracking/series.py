"""A promise's figures by source: what each reports, period by period, and what is added up.

Stated conventions:

- A source's readings of one running period (year to date) are not added: the longest counts.
- Amounts of a total are added over consecutive periods up to the first gap; what lies behind it is
  listed and not counted.
- A source with parts is added up only where it gives no whole for the same period; where it gives
  both, the whole counts and must agree with its parts within one per cent.
- A source that publishes no amount but only its share of what was due by then (unit ``% of due``)
  is turned into an amount by the pro-rated target of the day of publication, and says so.
- Levels (Mt, tonnes a head) become percentages against the same source's figure of the base year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accord.errors import InputError, Place
from accord.language.target import IntensityCut, RelativeCut
from accord.ledger.delivery import DELIVERIES, OF_DUE, Deliveries, Delivery, converted
from accord.tracking.pro_rating import pro_rated_sum
from accord.tracking.promise import Promise


@dataclass(frozen=True)
class Reading:
    """One figure: from when to when, how much in the promise's unit, since when it is known.

    ``parts``: component -> amount, where the source gives parts.
    """

    start: dt.date
    end: dt.date
    amount: float
    published: dt.date
    evidence: str = ""
    verified: bool = False
    note: str = ""
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Series:
    """What one source reports on one promise.

    Attributes
    ----------
    source
        Who counts.
    readings
        In order of time.
    remarks
        Conversions, gaps and other things a reader must know.
    """

    source: str
    readings: tuple[Reading, ...]
    remarks: tuple[str, ...] = ()

    @property
    def last(self) -> Reading:
        """The latest reading."""
        return self.readings[-1]

    def on(self, day: dt.date) -> Series | None:
        """Return what was known on a day."""
        known = tuple(r for r in self.readings if r.published <= day)
        return Series(self.source, known, self.remarks) if known else None


def reported(promise: Promise, deliveries: Deliveries, as_of: dt.date) -> tuple[Series, ...]:
    """Return one series a source from the case's deliveries known on a day, in order of the file.

    Raises
    ------
    InputError
        If a source's parts do not add up to its whole, or levels lack their base year.
    """
    rows = deliveries.of(promise.id, as_of)
    order = list(dict.fromkeys(r.source for r in deliveries.rows if r.promise == promise.id))
    found = []
    for source in order:
        own = [r for r in rows if r.source == source]
        if own:
            found.append(_series(promise, source, own, deliveries))
    return tuple(found)


def _series(
    promise: Promise, source: str, rows: Sequence[Delivery], deliveries: Deliveries
) -> Series:
    remarks: list[str] = []
    amounts: dict[tuple[dt.date, dt.date], dict[str, Delivery]] = {}
    for row in rows:
        amounts.setdefault((row.start, row.end), {})[row.component] = row
    readings = []
    for (start, end), by_part in sorted(amounts.items(), key=lambda item: (item[0][1], item[0][0])):
        figures = {
            part: _in_unit(promise, row, rows, deliveries, remarks) for part, row in by_part.items()
        }
        parts_of = {part: value for part, value in figures.items() if part}
        if "" in figures:
            total = figures[""]
            if len(parts_of) > 1 and abs(sum(parts_of.values()) - total) > 0.01 * abs(total):
                row = by_part[""]
                raise InputError(
                    f"{promise.id} by {source}: the parts of {start.year} add up to "
                    f"{sum(parts_of.values()):g}, the whole is {total:g} {promise.unit}",
                    Place(DELIVERIES, row.line, "amount"),
                )
        else:
            total = sum(parts_of.values())
        one = by_part.get("", next(iter(by_part.values())))
        readings.append(
            Reading(
                start, end, total, max(r.published for r in by_part.values()),
                one.evidence,
                one.verified if "" in by_part else all(r.verified for r in by_part.values()),
                one.note,
                parts_of,
            )
        )  # fmt: skip
    if promise.kind == "total":
        readings = _added_up(readings, remarks, promise.unit)
    base = _base_year(promise)
    kept = tuple(r for r in readings if not (base and r.end.year == base and r.amount == 0))
    return Series(source, kept or tuple(readings), tuple(dict.fromkeys(remarks)))


def _base_year(promise: Promise) -> int | None:
    base = getattr(promise.commitment.pledge.target, "base", None)
    return base if isinstance(base, int) else None


def _in_unit(
    promise: Promise,
    row: Delivery,
    rows: Sequence[Delivery],
    deliveries: Deliveries,
    remarks: list[str],
) -> float:
    if row.currency is not None:
        amount, words = converted(row, promise.unit.removeprefix("bn "), deliveries.prices)
        if words:
            remarks.append(words)
        return amount
    if row.unit == promise.unit:
        return row.amount
    if row.unit == OF_DUE:
        dues = deliveries.due(promise.id, row.source, row.published)
        if not dues:
            raise InputError(
                f"{promise.id} by {row.source}: a share of what is due needs the source's target "
                "in targets.csv",
                Place(DELIVERIES, row.line, "unit"),
            )
        remarks.append(
            f"{row.source} publishes only {row.amount:g} % of what was due by {row.end}; the "
            "amount is computed from the pro-rated target"
        )
        return row.amount / 100 * pro_rated_sum(dues, row.end)
    target = promise.commitment.pledge.target
    if isinstance(target, RelativeCut | IntensityCut) and isinstance(target.base, int):
        base = [
            r for r in rows
            if r.unit == row.unit and r.component == row.component and r.end.year == target.base
        ]  # fmt: skip
        if not base or base[0].amount == 0:
            raise InputError(
                f"{promise.id} by {row.source}: {row.unit} of {row.end.year} says nothing of a cut "
                f"without the same source's figure of {target.base}; add that row, or give the cut "
                "in %",
                Place(DELIVERIES, row.line, "unit"),
            )
        remarks.append(f"cut computed from {row.unit} against {base[0].amount:g} in {target.base}")
        return 100 * (1 - row.amount / base[0].amount)
    raise InputError(
        f"{promise.id} by {row.source}: {row.unit!r}; the promise is counted in {promise.unit}",
        Place(DELIVERIES, row.line, "unit"),
    )


def _added_up(readings: list[Reading], remarks: list[str], unit: str) -> list[Reading]:
    """Return running sums over consecutive periods, up to the first gap."""
    if not readings:
        return []
    first = min(r.start for r in readings)
    done = sorted((r for r in readings if r.start == first), key=lambda r: r.end)
    total, reached = done[-1].amount, done[-1].end
    later = sorted((r for r in readings if r.start != first), key=lambda r: (r.start, r.end))
    while later:
        following = [r for r in later if r.start == reached + dt.timedelta(days=1)]
        if not following:
            lost = ", ".join(f"{r.amount:g} {unit} {r.start} to {r.end}" for r in later)
            remarks.append(f"not counted behind a gap after {reached}: {lost}")
            break
        for r in following:
            done.append(
                Reading(first, r.end, total + r.amount, r.published, r.evidence, r.verified, r.note)
            )
        total, reached = done[-1].amount, done[-1].end
        later = [r for r in later if r not in following]
    return done
