"""What a party does after its last target, as four named rules.

======================  ==========================================================================
``hold-level``          The level of the last target year, to 2100.
``hold-rate``           The yearly rate of change of the ten years up to the last target, at most
                        10 % a year down. A rate that is upward is held only as far as the party's
                        reference path rises too.
``hold-intensity``      The yearly change of emissions per GDP of those ten years; emissions then
                        move with GDP.
``reference``           The growth of the reference path from the level reached.
======================  ==========================================================================

Under every rule: a party at or below net zero stays where it is; one that has pledged a peak never
rises again; and unless hot air is counted nothing exceeds the reference path. If a target is closer
than ten years to the last observed year, the ten years reach back into what was observed: a party
that promises much within three years is not taken to go on like that for the rest of the century.

The choice alone moves warming in 2100 by tenths of a degree, so it is shown with every result.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from accord.ledger.convention import Extension
from accord.pathways.shape import never_rises

Array: TypeAlias = npt.NDArray[np.float64]
Index: TypeAlias = npt.NDArray[np.int64]

DECADE = 10
FASTEST = -0.10
"""Steepest yearly rate that a rule carries on (log change)."""


def extend(
    path: Array,
    reference: Array,
    gdp: Array,
    last: Index,
    rule: Extension,
    *,
    past: Array | None = None,
    past_gdp: Array | None = None,
    peak: Index | None = None,
    above_reference: bool = False,
) -> Array:
    """Continue ``path`` after its last target.

    Parameters
    ----------
    path, reference
        Emissions of the covered gases and of the same gases on the reference path ``(draw, year)``.
    gdp
        GDP ``(draw, year)``.
    last
        Year index of the last target, by draw.
    rule
        The extension rule.
    past, past_gdp
        Observed emissions of the covered gases ``(year,)`` and GDP ``(draw, year)`` in the years
        before the first of ``path``; without them rates do not reach back beyond it.
    peak
        Year index after which emissions never rise, by draw, if a peak is pledged.
    above_reference
        Whether the continuation may exceed the reference path.

    Returns
    -------
    ``(draw, year)``, equal to ``path`` up to ``last``.
    """
    draw = np.arange(path.shape[0])
    year = np.arange(path.shape[1])[None, :]
    since = year - last[:, None]
    ahead = since > 0
    steps = np.maximum(since, 0).astype(float)
    level = path[draw, last]
    positive = level > 1e-6 * np.maximum(path[:, 0], 1e-6)
    safe = np.where(positive, level, 1.0)
    grown = safe[:, None] * _growth(reference, last)

    if rule == "hold-level":
        carried = np.broadcast_to(safe[:, None], path.shape)
    elif rule == "reference":
        carried = grown
    else:
        back = 0 if past is None else min(DECADE, past.size)
        known, output = path, gdp
        if past is not None and back:
            known = np.hstack([np.broadcast_to(past[-back:], (path.shape[0], back)), path])
        if past_gdp is not None and back:
            output = np.hstack([past_gdp[:, -back:], gdp])
        before = np.maximum(last + back - DECADE, 0)
        span = np.maximum(last + back - before, 1)
        then = known[draw, before]
        usable = positive & (then > 0)
        then = np.where(usable, then, safe)
        rate = np.log(safe / then) / span
        if rule == "hold-rate":
            rate = np.clip(rate, FASTEST, None)
            carried = safe[:, None] * np.exp(rate[:, None] * steps)
            carried = np.where(rate[:, None] > 0, np.minimum(carried, grown), carried)
        else:
            begun = output[draw, before]
            growth = np.log(gdp[draw, last] / np.where(begun > 0, begun, gdp[draw, last])) / span
            held = np.clip(rate - growth, FASTEST, None)
            gdp_growth = gdp / gdp[draw, last][:, None]
            carried = safe[:, None] * gdp_growth * np.exp(held[:, None] * steps)
    carried = np.where(positive[:, None], carried, level[:, None])
    extended = np.where(ahead, carried, path)
    if not above_reference:
        extended = np.where(ahead, np.minimum(extended, reference), extended)
    if peak is not None:
        extended = never_rises(extended, np.maximum(peak, 0))
    return extended


def _growth(reference: Array, last: Index) -> Array:
    """Return the reference relative to ``last``; no growth where it is not positive there."""
    at_last = reference[np.arange(reference.shape[0]), last]
    good = at_last > 0
    ratio = np.maximum(reference, 0.0) / np.where(good, at_last, 1.0)[:, None]
    return np.where(good[:, None], ratio, 1.0)
