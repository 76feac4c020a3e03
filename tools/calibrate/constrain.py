"""Weights: from members that the surface record allows to the assessed distributions.

Weights start from the prior density of the solved r0 and the likelihood of the concentration of
1980, and are raked: for one target after the other, members of each of its equal-probability bins
are scaled to the share the target gives that bin, until all targets hold at once (iterative
proportional fitting, Deming and Stephan 1940). Then they are capped: a member that stands for more
than one shipped member cannot be honoured by a selection without replacement, and moves tails by
itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from .targets import CO2_1980, Target

F64 = npt.NDArray[np.float64]

BINS = 30
TAIL = 0.0005  # probability left out at each end: no member there can be weighted sensibly
CYCLES = 60


def first_weights(found: Mapping[str, F64], *, past_co2: bool = True) -> F64:
    """Return weights before raking: prior density of the solved r0, likelihood of past CO2."""
    log_weight = found["log_weight"]
    if past_co2:
        observed, sd = CO2_1980
        log_weight = log_weight - 0.5 * ((found["co2_1980"] - observed) / sd) ** 2
    result: F64 = np.exp(log_weight)
    return result


def rake(values: Mapping[str, F64], targets: Sequence[Target], start: F64) -> F64:
    """Return weights (sum one) under which every target's bins hold their share.

    Parameters
    ----------
    values
        Diagnostic by target name, shape ``(member,)``.
    start
        Weights before, shape ``(member,)``, not negative; members with zero stay out.

    Notes
    -----
    Members outside a target's central 99.9 % get zero. Bins without members are left out, and
    their share is spread over the others.
    """
    weights = start / start.sum()
    binned: list[npt.NDArray[np.int64]] = []
    for target in targets:
        edges = target.quantile(np.linspace(TAIL, 1 - TAIL, BINS + 1))
        place = np.searchsorted(edges, values[target.name]) - 1
        outside = (place < 0) | (place >= BINS)
        weights[outside] = 0.0
        binned.append(np.where(outside, 0, place))
    for _ in range(CYCLES):
        for place in binned:
            actual = np.bincount(place, weights, minlength=BINS)
            wanted = np.where(actual > 0, 1.0, 0.0)
            wanted /= wanted.sum()
            factor = np.divide(wanted, actual, out=np.zeros(BINS), where=actual > 0)
            weights *= factor[place]
    return weights / weights.sum()


def cap(weights: F64, members: int) -> F64:
    """Return weights of which none exceeds ``1 / members``; what is cut goes to the others."""
    limit = 1 / members
    if np.count_nonzero(weights) < members:
        raise ValueError(f"{np.count_nonzero(weights)} weighted members cannot make {members}")
    capped = weights / weights.sum()
    for _ in range(100):
        over = capped > limit
        if not np.any(capped > limit * (1 + 1e-12)):
            break
        free = capped[~over].sum()
        capped = np.where(over, limit, capped * (1 - limit * over.sum()) / free)
    return capped


def effective_size(weights: F64) -> float:
    """Return the Kish effective size, 1 / sum of squared shares."""
    share = weights / weights.sum()
    return float(1 / np.sum(share**2))


def weighted_percentiles(values: F64, weights: F64, percentiles: Sequence[float]) -> F64:
    """Return percentiles of weighted values, interpolated at mid-weights."""
    order = np.argsort(values)
    share = weights[order] / weights.sum()
    middle = np.cumsum(share) - share / 2
    keep = share > 0
    return np.interp(np.asarray(percentiles) / 100, middle[keep], values[order][keep])
