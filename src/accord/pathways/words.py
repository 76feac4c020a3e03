"""How far apart the readings of one pledge lie: its range, and the firmness of its words.

The ``words`` quantile runs from the weakest reading (0) to the most ambitious (1). A stated range
is walked linearly. "At least" and "over" are one-sided: half of the draws take the figure itself,
the rest go beyond it by up to a tenth. "About" spreads a twentieth to either side.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from accord.language.target import Bound, PeakYear

Array: TypeAlias = npt.NDArray[np.float64]

BEYOND = 0.10
"""How far "at least" may be outdone, as a share of the figure."""
ABOUT = 0.05
"""Half width of "about", as a share of the figure."""
PEAK_EARLIER = 4
"""Years by which a peak may come before its latest year."""
PEAK_AROUND = 2


def figure(weak: float, strong: float, bound: Bound, q: Array) -> Array:
    """Return the figure at each ``words`` quantile ``(draw,)``.

    Parameters
    ----------
    weak, strong
        The least and the most ambitious figure as said, in the target's own unit.
    bound
        How firm the words are.
    q
        Quantile of the words ``(draw,)``.
    """
    value = weak + (strong - weak) * q
    if bound in {"at least", "over", "at most"}:
        stronger = 1.0 if bound != "at most" else -1.0
        value = value + stronger * BEYOND * abs(strong) * np.maximum(2 * q - 1, 0.0)
    elif bound == "about":
        direction = 1.0 if strong >= weak else -1.0
        value = value + direction * ABOUT * abs(strong) * (2 * q - 1)
    return value


def ends(weak: float, strong: float, bound: Bound) -> tuple[float, float, float]:
    """Return the weakest, central and strongest figure."""
    weakest, middle, strongest = figure(weak, strong, bound, np.array([0.0, 0.5, 1.0]))
    return float(weakest), float(middle), float(strongest)


def peak_years(target: PeakYear, q: Array, first_year: int) -> npt.NDArray[np.int64]:
    """Return the peak year by draw: the latest the words allow for half of them, then earlier."""
    latest = target.year - 1 if target.when == "before" else target.year
    if target.when == "around":
        year = np.rint(latest + PEAK_AROUND * (1 - 2 * q))
    elif target.when == "in":
        year = np.full(q.shape, float(latest))
    else:
        earlier = np.floor(np.maximum(2 * q - 1, 0.0) * (PEAK_EARLIER + 1))
        year = latest - np.minimum(earlier, PEAK_EARLIER)
    # a party that has not peaked by the last observed year cannot have peaked before it
    return np.maximum(year, min(first_year, latest)).astype(np.int64)
