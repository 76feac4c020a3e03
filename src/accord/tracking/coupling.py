"""Is climate kept apart from the rest of the relation? Measured, ruler by ruler.

Levels of two trending series always correlate, so all of this is on monthly changes.

- *Cross-correlation* at lags -6 to 6 (positive: climate follows the rest). Band: what two series
  with the same memory but no link would show, by a moving-block bootstrap (blocks of 6 months).
- *Compartmentalisation*: 1 - R^2 of the climate series on the rest, at lags 0 to 3; adjusted for
  the number of lags, so that it is 1 on average where there is no link. 90 % interval by pairs of
  blocks; and how often as low a value comes up where there is no link (p).
- *Rolling VAR* with 2 lags over 60 months, least squares: F tests both ways.
- *Event study*: mean change of each series over the three months after a dated shock against the
  three before.

Monthly sums hide who reacted to whom, and a dozen acts a decade are few: intervals are wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

import numpy as np
import numpy.typing as npt

from accord.errors import InputError
from accord.tracking.ruler import Ruler, pearson

Array = npt.NDArray[np.float64]

LAGS = tuple(range(-6, 7))
BLOCK = 6
DRAWS = 500
MEMORY = 3
"""Lags of the rest of the relation that may explain climate."""


@dataclass(frozen=True)
class Lagged:
    """Correlation at one lag with the 95 % band of no link."""

    lag: int
    r: float
    low: float
    high: float

    @property
    def outside(self) -> bool:
        """Whether it lies outside the band."""
        return not self.low <= self.r <= self.high


@dataclass(frozen=True)
class Coupling:
    """How one issue area and the rest of the relation go together by one ruler.

    Attributes
    ----------
    lags
        Cross-correlations.
    compartment, low, high
        1 - adjusted R^2 and its 90 % interval; 1: climate is kept apart.
    p
        Share of series without a link that look as linked as this.
    months, first, last
        How many months, from when to when.
    """

    ruler: str
    area: str
    lags: tuple[Lagged, ...]
    compartment: float
    low: float
    high: float
    p: float
    months: int
    first: int
    last: int

    @property
    def linked(self) -> bool:
        """Whether as close a link would come up by chance less than once in twenty."""
        return self.p < 0.05


def coupling(
    area: Ruler, rest: Ruler, *, draws: int = DRAWS, seed: int = 0, first: int | None = None
) -> Coupling:
    """Return how an issue area moves with the rest of the relation.

    Parameters
    ----------
    area, rest
        Monthly series.
    draws, seed
        Of the bootstrap.
    first
        First month; default: the first that both have.

    Raises
    ------
    InputError
        If they share fewer than 48 months.
    """
    low = max(area.first, rest.first, first or 0)
    high = min(area.last, rest.last)
    if high - low < 48:
        raise InputError(
            f"{area.name} and {rest.name} share {max(0, high - low + 1)} months; 48 are needed"
        )
    x, y = detrended(rest.over(low, high)), detrended(area.over(low, high))
    rng = np.random.default_rng(seed)
    n = len(x)
    unlinked = [(x[_blocks(n, rng)], y[_blocks(n, rng)]) for _ in range(draws)]
    null = np.array([_lagged(a, b) for a, b in unlinked])
    observed = _lagged(x, y)
    bands = np.nanpercentile(null, (2.5, 97.5), axis=0)
    value = _compartment(x, y)
    p = float(np.mean([_compartment(a, b) <= value for a, b in unlinked]))
    spread = []
    for _ in range(draws):
        rows = _blocks(n - MEMORY, rng) + MEMORY
        spread.append(_compartment(x, y, rows))
    lags = tuple(
        Lagged(lag, float(r), float(a), float(b))
        for lag, r, a, b in zip(LAGS, observed, bands[0], bands[1], strict=True)
    )
    ends = np.nanpercentile(spread, (5, 95))
    return Coupling(
        rest.name, area.name, lags, value, float(ends[0]), float(ends[1]), p, n, low + 1, high
    )


def detrended(values: Array) -> Array:
    """Return monthly changes; a missing month makes a change of nothing, never a jump."""
    kept = values.copy()
    missing = ~np.isfinite(kept)
    if missing.any():
        places = np.arange(len(kept))
        kept[missing] = np.interp(places[missing], places[~missing], kept[~missing])
    return np.diff(kept)


def _blocks(n: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    starts = rng.integers(0, max(1, n - BLOCK + 1), size=-(-n // BLOCK))
    return np.asarray((starts[:, None] + np.arange(BLOCK)).ravel()[:n] % n)


def _lagged(x: Array, y: Array) -> Array:
    found = []
    for lag in LAGS:
        a, b = (x[: len(x) - lag], y[lag:]) if lag >= 0 else (x[-lag:], y[:lag])
        found.append(pearson(a, b))
    return np.array(found)


def _compartment(x: Array, y: Array, rows: npt.NDArray[np.int64] | None = None) -> float:
    where = np.arange(MEMORY, len(y)) if rows is None else rows
    design = np.column_stack([np.ones(len(where)), *(x[where - k] for k in range(MEMORY + 1))])
    goal = y[where]
    left = goal - design @ np.linalg.lstsq(design, goal, rcond=None)[0]
    whole = float(((goal - goal.mean()) ** 2).sum())
    if whole <= 0:
        return float("nan")
    ratio = float(left @ left) / whole
    return float(ratio * (len(where) - 1) / (len(where) - design.shape[1]))


@dataclass(frozen=True)
class Window:
    """One window of the rolling VAR: p values of no effect, both ways."""

    first: int
    last: int
    rest_to_area: float
    area_to_rest: float


def rolling_var(
    area: Ruler, rest: Ruler, *, window: int = 60, step: int = 12, lags: int = 2
) -> tuple[Window, ...]:
    """Return F tests of Granger causality both ways over rolling windows.

    Raises
    ------
    InputError
        If the window is too short for the lags.
    """
    if window < 6 * lags + 6:
        raise InputError(f"a window of {window} months is too short for {lags} lags")
    low, high = max(area.first, rest.first), min(area.last, rest.last)
    x, y = detrended(rest.over(low, high)), detrended(area.over(low, high))
    found = []
    for start in range(0, len(x) - window + 1, step):
        a, b = x[start : start + window], y[start : start + window]
        found.append(
            Window(low + 1 + start, low + start + window, granger(a, b, lags), granger(b, a, lags))
        )
    return tuple(found)


def granger(cause: Array, effect: Array, lags: int = 2) -> float:
    """Return the p value of no effect of ``cause`` on ``effect`` (F test, least squares)."""
    goal = effect[lags:]
    own = [effect[lags - k : len(effect) - k] for k in range(1, lags + 1)]
    other = [cause[lags - k : len(cause) - k] for k in range(1, lags + 1)]
    short = np.column_stack([np.ones(len(goal)), *own])
    full = np.column_stack([short, *other])
    small, large = (
        float((r := goal - m @ np.linalg.lstsq(m, goal, rcond=None)[0]) @ r) for m in (full, short)
    )
    freedom = len(goal) - full.shape[1]
    if small <= 0 or large <= 0 or freedom < 1:
        return float("nan")
    return f_tail((large - small) / lags / (small / freedom), lags, freedom)


def f_tail(value: float, upper: int, lower: int) -> float:
    """Return the upper tail of Fisher's F, by the continued fraction of the incomplete beta."""
    if value <= 0:
        return 1.0
    x = lower / (lower + upper * value)
    return _incomplete_beta(lower / 2, upper / 2, x)


def _incomplete_beta(a: float, b: float, x: float) -> float:
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1.0 - _incomplete_beta(b, a, 1 - x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x)) / a
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1.0 / (d if abs(d) > 1e-300 else 1e-300)
    h = d
    for m in range(1, 200):
        for top in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + top * d
            c = 1.0 + top / c
            d = 1.0 / (d if abs(d) > 1e-300 else 1e-300)
            h *= d * c
        if abs(d * c - 1) < 1e-12:
            break
    return front * h


@dataclass(frozen=True)
class Shock:
    """What a dated shock did: change of the mean of three months, and how rare such a change is.

    ``rank`` is the share of all months whose change is at least as far from nought.
    """

    month: int
    name: str
    area_change: float
    rest_change: float
    area_rank: float
    rest_rank: float


def event_study(
    area: Ruler, rest: Ruler, shocks: Sequence[tuple[int, str]], *, span: int = 3
) -> tuple[Shock, ...]:
    """Return what followed each shock that both series cover."""
    found = []
    for month, name in shocks:
        inside = all(r.first + span <= month <= r.last - span + 1 for r in (area, rest))
        if not inside:
            continue
        a, b = _step(area, month, span), _step(rest, month, span)
        found.append(Shock(month, name, a, b, _rank(area, a, span), _rank(rest, b, span)))
    return tuple(found)


def _step(series: Ruler, month: int, span: int) -> float:
    after = np.nanmean(series.over(month, month + span - 1))
    before = np.nanmean(series.over(month - span, month - 1))
    return float(after - before)


def _rank(series: Ruler, change: float, span: int) -> float:
    filled = np.cumsum(np.concatenate([[0.0], detrended(series.values)])) + float(series.values[0])
    sums = np.convolve(filled, np.ones(span) / span, mode="valid")
    steps = np.abs(sums[span:] - sums[:-span])
    return float((steps >= abs(change) - 1e-12).mean()) if len(steps) else float("nan")
