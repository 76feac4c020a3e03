"""Choose few members that carry the percentiles of the whole weighted pool.

A random 841, the usual practice, is worse than an optimised 200: sampling noise moves the 95 %
point of end-of-century warming by 0.05 K. Here a stratified sample is improved by swaps.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .constrain import weighted_percentiles

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]

LEVELS = np.concatenate([(np.arange(16) + 0.5) / 16, [0.05, 0.5, 0.95]])
LEVEL_WEIGHTS = np.concatenate([np.ones(16), np.full(3, 3.0)])


def choose(
    measures: F64,
    weights: F64,
    size: int,
    rng: np.random.Generator,
    *,
    proposals: int = 9000,
    like: tuple[F64, F64] | None = None,
) -> I64:
    """Return the sorted indices of ``size`` members whose quantiles are close to the pool's.

    Parameters
    ----------
    measures
        What must be carried over, shape ``(member, measure)``; only ranks and the pool's
        standard deviations matter, so units may differ.
    weights
        Shape ``(member,)``; proposals are drawn by them.
    proposals
        Swaps tried; one is kept when the summed squared quantile distance falls.
    like
        Measures and weights of the pool to resemble, where the members to choose from are
        themselves a choice from it; by default the given ones.

    Notes
    -----
    Start: one member per 1/size of weight along the first principal component.
    """
    share = weights / weights.sum()
    whole, whole_weights = (measures, weights) if like is None else like
    whole_share = whole_weights / whole_weights.sum()
    centre = whole_share @ whole
    spread = np.sqrt(whole_share @ (whole - centre) ** 2)
    scaled = (measures - centre) / spread
    goal = np.stack(
        [
            weighted_percentiles((column - middle) / width, whole_share, LEVELS * 100)
            for column, middle, width in zip(whole.T, centre, spread, strict=True)
        ],
        axis=1,
    )
    inside = stratified(scaled, share, size, rng)
    chosen = np.zeros(len(share), bool)
    chosen[inside] = True
    cost = _distance(scaled[inside], goal)
    candidates = rng.choice(len(share), size=proposals, p=share)
    leaving = rng.integers(size, size=proposals)
    for candidate, place in zip(candidates, leaving, strict=True):
        if chosen[candidate]:
            continue
        old = inside[place]
        inside[place] = candidate
        new_cost = _distance(scaled[inside], goal)
        if new_cost < cost:
            cost = new_cost
            chosen[old], chosen[candidate] = False, True
        else:
            inside[place] = old
    return np.sort(inside)


def stratified(scaled: F64, share: F64, size: int, rng: np.random.Generator) -> I64:
    """Draw one member from each 1/size of weight along the first principal component."""
    covariance = (scaled * share[:, None]).T @ scaled
    _, vectors = np.linalg.eigh(covariance)
    order = np.argsort(scaled @ vectors[:, -1], kind="stable")
    ends = np.cumsum(share[order])
    points = (np.arange(size) + rng.uniform(size=size)) / size
    places = np.minimum(np.searchsorted(ends, points * ends[-1]), len(order) - 1)
    taken: set[int] = set()
    for place in places:
        step = int(place)
        while step in taken:  # a heavy member met twice: its neighbour stands in
            step = step + 1 if step + 1 < len(order) else 0
        taken.add(step)
    return order[sorted(taken)]


def _distance(sample: F64, goal: F64) -> float:
    size = len(sample)
    ordered = np.sort(sample, axis=0)
    at = np.clip(LEVELS * size - 0.5, 0, size - 1)
    low = at.astype(int)
    high = np.minimum(low + 1, size - 1)
    part = (at - low)[:, None]
    quantiles = ordered[low] * (1 - part) + ordered[high] * part
    return float(LEVEL_WEIGHTS @ ((quantiles - goal) ** 2).sum(axis=1))
