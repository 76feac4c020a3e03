"""What became of a promise, on a day and over time, in six words.

announced, on track, off track, met, missed, withdrawn. Every source gives its own word; the word of
the promise is that of the source named first in the case, and whether the others agree is said
beside it. In order:

1. Withdrawn before it was due (the case says withdrawn, archived or abandoned): ``withdrawn``.
2. The year due is on record: ``met`` or ``missed`` by the weaker bound.
3. What stays once it stands (capacity, sums paid) and is there already: ``met``.
4. The year due has passed and no source has its figure: the case's own word, where it says achieved
   or missed.
5. Else ``on track`` if the trend reaches the weaker bound by the year due (where no trend can be
   read: if no less is there than the path asks), and ``off track`` if not.
6. Nothing on record since it was made: ``announced``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from accord.ledger.delivery import Due
from accord.tracking.on_track import Projection, path_at, projected
from accord.tracking.pro_rating import pro_rated_sum
from accord.tracking.promise import HELD, Promise
from accord.tracking.series import Reading, Series

Word: TypeAlias = Literal["announced", "on track", "off track", "met", "missed", "withdrawn"]

GONE = frozenset({"withdrawn", "archived", "abandoned"})


@dataclass(frozen=True)
class Standing:
    """How a promise stands by one source on a day.

    Attributes
    ----------
    series
        What that source reports.
    reading
        The figure that counts.
    through
        Last day of the figure.
    amount, target, pro_rated_target, share
        Delivered; due in the end by this source's statistics; due by ``through``; delivered over
        due by then (due over delivered for a ceiling). ``None`` where nothing is due yet.
    pro_rating
        How the pro-rated target was drawn.
    word, why
        The status and its reason.
    projection
        Where the trend leads.
    """

    series: Series
    reading: Reading
    through: dt.date
    amount: float
    target: float
    pro_rated_target: float | None
    share: float | None
    pro_rating: str
    word: Word
    why: str
    projection: Projection | None


def standing(
    promise: Promise, series: Series, dues: tuple[Due, ...], as_of: dt.date, *, seasonal: bool
) -> Standing:
    """Return how a promise stands by one source's figures on a day."""
    reading = series.last
    if promise.kind in HELD or promise.kind == "yearly":
        settled = _in_the_year_due(promise, series)
        if settled is not None and as_of > promise.ends:
            reading = settled
    target, asked, how = _asked(promise, series, dues, reading.end, seasonal)
    if reading.end < promise.commitment.date and promise.kind != "total":
        asked, how = None, "nothing was due yet"
    share = None
    if asked is not None and asked > 0 and reading.amount >= 0:
        share = asked / reading.amount if promise.kind == "ceiling" else reading.amount / asked
    ahead = projected(promise, series)
    word, why = _judged(promise, series, target=target, asked=asked, ahead=ahead, as_of=as_of)
    return Standing(
        series, reading, reading.end, reading.amount, target, asked, share, how, word, why, ahead
    )


def _asked(
    promise: Promise, series: Series, dues: tuple[Due, ...], day: dt.date, seasonal: bool
) -> tuple[float, float | None, str]:
    """Return what is due in the end, what by ``day``, and how that was drawn."""
    if dues:
        total = sum(due.amount for due in dues)
        weights = seasonal and any(due.by_month and due.start <= day < due.end for due in dues)
        words = "by the months' share of the base year's trade" if weights else "every month alike"
        whole = all(due.end <= day or due.start > day for due in dues)
        return (
            total,
            pro_rated_sum(dues, day, seasonal=seasonal),
            "the target of the year" if whole else words,
        )
    if promise.kind == "total":
        even = Due(
            promise=promise.id, source="", start=max(promise.begins, dt.date(1900, 1, 1)),
            end=promise.ends, amount=_with_base(promise, series.source), unit=promise.unit,
            since=dt.date.min,
        )  # fmt: skip
        if promise.ends.year >= 2100:
            return even.amount, None, "no day is set"
        return even.amount, pro_rated_sum((even,), day), "every month alike"
    if promise.kind == "yearly" and day.year >= promise.ends.year:
        return promise.weak, promise.weak, "the target of the year"
    value, words = path_at(promise, series, day)
    return promise.weak, value, words


def _with_base(promise: Promise, source: str) -> float:
    """Return the weaker bound, with the base year's trade where purchases are promised above it."""
    base = getattr(promise.commitment.pledge.target, "base", None)
    if base is None:
        return promise.weak
    pinned = promise.commitment.base_values
    own = [b for b in pinned if b.series == source] or list(pinned[:1] if len(pinned) == 1 else ())
    years = promise.ends.year - promise.begins.year + 1
    return promise.weak + (own[0].value * years if own else 0.0)


def _judged(
    promise: Promise,
    series: Series,
    *,
    target: float,
    asked: float | None,
    ahead: Projection | None,
    as_of: dt.date,
) -> tuple[Word, str]:
    last = series.last
    gone = _gone(promise, as_of)
    if gone is not None and gone <= promise.ends:
        return "withdrawn", f"since {gone}"
    if promise.kind in {"stock", "total"}:
        there = [r for r in series.readings if r.amount >= target - 1e-9]
        if there and there[0].end <= promise.ends:
            return "met", f"{there[0].amount:.4g} of {target:.4g} {promise.unit} by {there[0].end}"
    final = _in_the_year_due(promise, series)
    if final is not None and as_of > promise.ends:
        enough = promise.kind in HELD | {"yearly"} and promise.reached(final.amount)
        late = promise.kind not in HELD and last.end > promise.ends
        return ("met" if enough else "missed"), (
            f"{final.amount:.4g} against {target:.4g} {promise.unit} by {final.end}"
            + (f"; {last.amount:.4g} by {last.end}" if late else "")
        )
    since_made = last.end >= promise.commitment.date
    if not since_made:
        return "announced", "nothing on record since it was made"
    if ahead is not None:
        word: Word = "on track" if promise.reached(ahead.central) else "off track"
        band = "" if ahead.low is None else f" ({ahead.low:.4g} to {ahead.high:.4g})"
        return word, f"the trend leads to {ahead.central:.4g}{band} {promise.unit}"
    if asked is None:
        return "announced", "no day is set by which it is due"
    enough = last.amount <= asked if promise.kind == "ceiling" else last.amount >= asked
    return ("on track" if enough else "off track"), (
        f"{last.amount:.4g} where {asked:.4g} {promise.unit} was due by {last.end}"
    )


def _in_the_year_due(promise: Promise, series: Series) -> Reading | None:
    """Return the figure that settles the promise, if it is there.

    Of a total that is the last one within the period, once a later one (or the period's own end)
    shows that nothing is missing; of a yearly flow a whole year, fiscal years by their end.
    """
    if promise.kind in {"total", "stock"}:
        inside = [r for r in series.readings if r.end <= promise.ends]
        whole = series.last.end >= promise.ends or (
            promise.kind == "stock" and series.last.end.year == promise.ends.year
        )
        return inside[-1] if inside and whole else None
    found = [r for r in series.readings if r.end.year == promise.ends.year]
    if promise.kind == "yearly":
        found = [r for r in found if (r.end - r.start).days >= 360]
    return found[-1] if found else None


def _gone(promise: Promise, as_of: dt.date) -> dt.date | None:
    status = promise.commitment.status(as_of)
    return status.since if status is not None and status.word in GONE else None


def recorded(promise: Promise, as_of: dt.date) -> Word | None:
    """Return the case's own word on whether a promise was kept, if it has one by a day."""
    words = [s.word for s in promise.commitment.statuses if s.since <= as_of]
    if "achieved" in words:
        return "met"
    return "missed" if "missed" in words else None


def without_figures(promise: Promise, as_of: dt.date) -> tuple[Word, str]:
    """Return the status of a promise on which nobody reports anything."""
    gone = _gone(promise, as_of)
    if gone is not None and gone <= promise.ends:
        return "withdrawn", f"since {gone}"
    fate = recorded(promise, as_of)
    if fate is not None:
        return fate, "as the case records; no deliveries are on file"
    return "announced", "no deliveries are on file"
