"""The simple forecasts, and the naive ones that every forecast must be seen beside.

The compromise model (van den Bos 1991; Achen 2006 shows that it approximates the asymmetric Nash
bargaining solution when no deal is bad for all) is the mean of the positions weighted by capability
times salience; on European decisions it beat every formal model (Thomson et al. 2006, ch. 10).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from accord.bargaining.positions import Array, Positions


@dataclass(frozen=True)
class Band:
    """The 5-95 % range of a forecast when its inputs are jittered.

    Attributes
    ----------
    low, high
        Shape ``(issue,)``.
    draws
        Number of jittered tables.
    """

    low: Array
    high: Array
    draws: int


def compromise(p: Positions) -> Array:
    """Return the weighted mean position per issue, shape ``(issue,)``.

    ``O = sum(c s x) / sum(c s)``.
    """
    return np.asarray((p.weight * p.filled).sum(axis=0) / p.weight.sum(axis=0))


def weighted_median(p: Positions) -> Array:
    """Return the position of the weighted median voter per issue, shape ``(issue,)``.

    The smallest position whose cumulated weight reaches half of the total. At exactly one half
    every point up to the next position would do; the lower end is taken.
    """
    result = np.empty(len(p.issues))
    for d in range(len(p.issues)):
        here = p.present[:, d]
        order = np.argsort(p.x[here, d], kind="stable")
        weight = p.weight[here, d][order]
        reached = np.cumsum(weight) >= weight.sum() / 2 - 1e-12 * weight.sum()
        result[d] = p.x[here, d][order][int(np.argmax(reached))]
    return result


def naive(p: Positions) -> Mapping[str, Array]:
    """Return the forecasts that need no model, each of shape ``(issue,)``.

    ``midpoint`` (50), ``mean`` (unweighted), ``capability_mean``, ``salience_mean``, ``largest``
    (position of the most capable actor) and ``two_largest`` (mean of the two most capable).
    """

    def mean(weight: Array) -> Array:
        weight = np.where(p.present, weight, 0.0)
        total = weight.sum(axis=0)
        plain = p.present.sum(axis=0)
        weighed = (weight * p.filled).sum(axis=0) / np.where(total > 0, total, 1.0)
        return np.asarray(np.where(total > 0, weighed, p.filled.sum(axis=0) / plain))

    rank = np.argsort(-np.where(p.present, p.c, -1.0), axis=0, kind="stable")
    columns = np.arange(len(p.issues))
    first = p.filled[rank[0], columns]
    second = p.filled[rank[min(1, len(p.actors) - 1)], columns]
    two = np.where(p.present.sum(axis=0) > 1, (first + second) / 2, first)
    return {
        "midpoint": np.full(len(p.issues), 50.0),
        "mean": mean(np.ones_like(p.s)),
        "capability_mean": mean(p.c),
        "salience_mean": mean(p.s),
        "largest": first,
        "two_largest": two,
    }


def influence(p: Positions) -> Array:
    """Return how far the compromise moves per point that an actor moves, ``(actor, issue)``.

    ``dO/dx_i = w_i / W``; the columns sum to 1.
    """
    return np.asarray(p.weight / p.weight.sum(axis=0))


def without_actor(p: Positions) -> Array:
    """Return the compromise when one actor is left out, ``(actor, issue)``.

    Where nobody else has weight, the compromise with the actor is kept.
    """
    total = p.weight.sum(axis=0)
    pull = (p.weight * p.filled).sum(axis=0)
    rest = total - p.weight
    left = np.where(rest > 0, rest, 1.0)
    return np.asarray(np.where(rest > 0, (pull - p.weight * p.filled) / left, pull / total))


def jittered(
    p: Positions, draws: int, seed: int, *, points: float = 10.0, factor: float = 1.25
) -> list[Positions]:
    """Return tables whose inputs were moved at random within what experts can tell apart.

    Positions by up to ``points`` either way (kept on the scale), salience and capability by up to
    ``factor`` either way (uniform in the logarithm; salience kept at most 1).
    """
    rng = np.random.default_rng(seed)
    span = float(np.log(factor))
    tables = []
    for _ in range(draws):
        x = np.clip(p.x + rng.uniform(-points, points, p.x.shape), 0.0, 100.0)
        s = np.minimum(p.s * np.exp(rng.uniform(-span, span, p.s.shape)), 1.0)
        c = p.c * np.exp(rng.uniform(-span, span, (len(p.actors), 1)))
        tables.append(Positions(p.actors, p.issues, x, s, c, p.titles, p.scales, p.source))
    return tables


def band(p: Positions, *, draws: int = 500, seed: int = 0) -> Band:
    """Return the 5-95 % range of the compromise under jittered inputs."""
    values = np.stack([compromise(table) for table in jittered(p, draws, seed)])
    low, high = np.percentile(values, (5, 95), axis=0)
    return Band(low, high, draws)


def distance(outcome: npt.NDArray[np.float64], forecast: Array) -> float:
    """Return the mean absolute distance on the scale over issues with an outcome (not NaN)."""
    known = ~np.isnan(outcome)
    return float(np.abs(outcome[known] - forecast[known]).mean())
