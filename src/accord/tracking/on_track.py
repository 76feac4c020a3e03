"""Is a promise on track: what the path asks at a day, and where the trend leads, with a band.

*Path*: from the same source's position when the promise was made (else from the base) to the
weaker bound in the year due; at a constant yearly rate for intensities, which is how they are
planned, in a straight line for all else. It is an illustration: hardly any promise has legal
milestones.

*Projection*: a random walk with drift, fitted to at most the last ten years of the same source.
With changes d_i over spans s_i of in all T years, drift m = (x_n - x_0)/T and variance a year
v = sum (d_i - m s_i)^2/s_i /(n - 1); h years on, the mean is x_n + m h and the variance
v (h + h^2/T) (drift itself is uncertain). Cuts are walked as logarithms of what is left. The band
is 5-95 %, by Student's t; under three changes there is none.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from accord.language.target import IntensityCut
from accord.tracking.promise import Promise
from accord.tracking.series import Reading, Series

WINDOW = 10
"""Years behind that a trend is read from."""

_T95 = (
    6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771,
    1.761, 1.753, 1.746, 1.740, 1.734, 1.729, 1.725,
)  # fmt: skip
"""95th percentile of Student's t by degrees of freedom, from 1."""


@dataclass(frozen=True)
class Projection:
    """Where a trend leads in the year due, in the promise's unit; band 5-95 %, if there is one."""

    central: float
    low: float | None
    high: float | None
    how: str


def path_at(promise: Promise, series: Series, day: dt.date) -> tuple[float, str]:
    """Return what the path from promise to target asks on a day, and how it was drawn."""
    year = _years(day)
    end = _years(promise.begins if promise.kind != "yearly" else promise.ends)
    if promise.begins.year == promise.ends.year:
        end = _years(promise.ends)
    if year >= end:
        return promise.weak, "the target"
    start, position, since = _outset(promise, series)
    if start >= end:
        return promise.weak, "the target"
    passed = max(0.0, (year - start) / (end - start))
    target = promise.commitment.pledge.target
    if isinstance(target, IntensityCut):
        left, goal = 1 - position / 100, 1 - promise.weak / 100
        if left > 0 and goal > 0:
            rate = 100 * (1 - left * (goal / left) ** passed)
            return rate, f"constant yearly rate from {position:.1f} {since}"
    return position + (promise.weak - position) * passed, (
        f"straight line from {position:.3g} {since}"
    )


def _outset(promise: Promise, series: Series) -> tuple[float, float, str]:
    """Return when, from where and in which words the path begins."""
    made = _years(promise.commitment.date)
    # A promise of December starts from that year's figure.
    before = [r for r in series.readings if _years(r.end) <= made + 0.1]
    if before and promise.kind != "total":
        return _years(before[-1].end), before[-1].amount, f"at the end of {before[-1].end.year}"
    for pinned in promise.commitment.base_values:
        if promise.kind in {"stock", "yearly", "ceiling", "share"} and pinned.unit.startswith(
            promise.unit
        ):
            return pinned.year + 1.0, pinned.value, f"in {pinned.year}"
    base = getattr(promise.commitment.pledge.target, "base", None)
    if promise.kind == "cut" and isinstance(base, int):
        return base + 1.0, 0.0, f"in {base}, the base year"
    if promise.kind in {"ceiling", "share"} and series.readings:
        first = series.readings[0]
        return _years(first.end), first.amount, f"at the end of {first.end.year}"
    return made, 0.0, f"in {promise.commitment.date.year}, when it was made"


def projected(promise: Promise, series: Series) -> Projection | None:
    """Return where the trend leads by the year due; ``None`` if that year is known or two lack."""
    points = _points(promise, series.readings)
    if promise.kind == "total" or len(points) < 2:
        return None
    horizon = _years(promise.ends) - points[-1][0]
    if promise.begins.year != promise.ends.year and promise.kind == "cut":
        horizon = (_years(promise.begins) + _years(promise.ends)) / 2 - points[-1][0]
    if horizon <= 0:
        return None
    first, last = points[0], points[-1]
    span = last[0] - first[0]
    drift = (last[1] - first[1]) / span
    changes = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    mean = last[1] + drift * horizon
    how = f"trend of {int(first[0] - 0.5)}-{int(last[0] - 0.5)}, random walk with drift"
    if len(changes) < 3:
        return Projection(_back(promise, mean), None, None, how + "; too few figures for a band")
    variance = sum((d - drift * s) ** 2 / s for s, d in changes) / (len(changes) - 1)
    spread = math.sqrt(variance * (horizon + horizon**2 / span)) * _t95(len(changes) - 1)
    ends = sorted((_back(promise, mean - spread), _back(promise, mean + spread)))
    return Projection(_back(promise, mean), ends[0], ends[1], how)


def _points(promise: Promise, readings: Sequence[Reading]) -> list[tuple[float, float]]:
    latest: dict[float, float] = {}
    for reading in readings:
        value = reading.amount
        if promise.kind == "cut":
            if value >= 100:
                continue
            value = math.log(1 - value / 100)
        latest[_years(reading.end)] = value
    points = sorted(latest.items())
    return [p for p in points if p[0] >= points[-1][0] - WINDOW - 0.01] if points else []


def _back(promise: Promise, value: float) -> float:
    return 100 * (1 - math.exp(value)) if promise.kind == "cut" else max(value, 0.0)


def _years(day: dt.date) -> float:
    """Return a day as years: the end of 2020 is 2021.0."""
    start = dt.date(day.year, 1, 1).toordinal()
    end = dt.date(day.year + 1, 1, 1).toordinal()
    return day.year + (day.toordinal() + 1 - start) / (end - start)


def _t95(freedom: int) -> float:
    return _T95[freedom - 1] if freedom <= len(_T95) else 1.645 + 1.52 / freedom
