"""How a path goes through its points: straight between them, up to a peak and down after it."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Index: TypeAlias = npt.NDArray[np.int64]

DESCENT = 0.03
"""Fastest yearly fall, as a share of the peak level, between a peak and the next target: a path
that knows its next target does not climb past what it can come down from."""


def line(path: Array, start: Index, end: int, level: Array) -> Array:
    """Return the straight line from where ``path`` stands in ``start`` to ``level`` in ``end``.

    Parameters
    ----------
    path
        Emissions ``(draw, year)``.
    start
        Year index at which the line departs, by draw.
    end
        Year index at which it arrives.
    level
        Emissions there ``(draw,)``.

    Returns
    -------
    ``(draw, year)``; the path itself up to ``start`` and the level after ``end``.
    """
    year = np.arange(path.shape[1])
    departure = path[np.arange(path.shape[0]), start]
    done = (year[None, :] - start[:, None]) / np.maximum(end - start, 1)[:, None]
    straight = departure[:, None] + (level - departure)[:, None] * np.clip(done, 0.0, 1.0)
    return np.where(year[None, :] <= start[:, None], path, straight)


def ceiling(peak: Index, year: int, level: Array) -> Array:
    """Return how high a peak may be to come down to ``level`` in ``year`` by :data:`DESCENT`."""
    gap = np.maximum(year - peak, 1)
    highest: Array = level / np.maximum(1 - DESCENT * gap, 0.05)
    return highest


def peaked(path: Array, start: Index, peak: Index, highest: Array) -> Array:
    """Return ``path`` with its maximum in ``peak``: no fall before, no rise after.

    The peak level is the path's own in that year, but no higher than ``highest`` and no lower than
    where the line departs. A path that falls anyhow stays as it is.

    Parameters
    ----------
    path
        Emissions without the peak ``(draw, year)``.
    start
        Year index from which the constraint holds, by draw.
    peak
        Year index of the peak, by draw.
    highest
        What the peak may be for the sake of the targets after it ``(draw,)``; infinite for none.
    """
    draw = np.arange(path.shape[0])
    year = np.arange(path.shape[1])[None, :]
    departure = path[draw, start]
    own = path[draw, peak]
    level = np.maximum(np.minimum(own, highest), np.minimum(departure, own))
    span = np.maximum(peak - start, 1)[:, None]
    done = np.clip((year - start[:, None]) / span, 0.0, 1.0)
    rise = departure[:, None] + (level - departure)[:, None] * done
    before = (year > start[:, None]) & (year <= peak[:, None])
    after = year > peak[:, None]
    shaped = np.where(before, np.minimum(path, rise), path)
    shaped = np.where(after, np.minimum(path, level[:, None]), shaped)
    return never_rises(shaped, peak)


def never_rises(path: Array, since: Index) -> Array:
    """Return ``path`` with every rise after ``since`` taken out."""
    year = np.arange(path.shape[1])[None, :]
    tail = np.where(year >= since[:, None], path, np.inf)
    return np.where(year >= since[:, None], np.minimum.accumulate(tail, axis=1), path)
