"""Who should pay how much of a sum: contributors' shares by metrics and weights.

Two published formulas that disagree: the mean of the shares in income, cumulative emissions and
population among the developed parties (Colenbrander et al., ODI, 2021-2025), and cumulative
emissions times income per head among all parties (Mitchell et al., CGD), by which a fifth to a
third falls on parties outside Annex II. Who counts as developed is a switch, not a result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from accord.errors import InputError, UnknownNameError

Array = npt.NDArray[np.float64]


def mean_share(metrics: Sequence[Array], weights: Sequence[float] | None = None) -> Array:
    """Return the weighted mean of each metric's shares, ``(party,)``; it sums to 1."""
    shares = np.stack([_share(metric) for metric in metrics])
    return np.asarray(np.average(shares, axis=0, weights=weights))


def product_share(metrics: Sequence[Array], powers: Sequence[float] | None = None) -> Array:
    """Return shares in proportion to the product of the metrics, ``(party,)``."""
    exponents = powers if powers is not None else [1.0] * len(metrics)
    product = np.ones_like(metrics[0])
    for metric, power in zip(metrics, exponents, strict=True):
        product = product * np.clip(metric, 0.0, None) ** power
    return _share(product)


def _share(metric: Array) -> Array:
    held = np.clip(metric, 0.0, None)
    total = float(held.sum())
    if not (np.isfinite(held).all() and total > 0):
        raise InputError("a metric that adds up to nothing cannot be shared; check the inputs")
    return np.asarray(held / total)


def delivered_against(
    shares: Mapping[str, float], pool: float, delivered: Mapping[str, float]
) -> dict[str, float]:
    """Return what each contributor delivered less its share of ``pool``, bn $.

    Raises
    ------
    UnknownNameError
        For a contributor without a share.
    """
    for name in delivered:
        if name not in shares:
            raise UnknownNameError("contributor", name, shares)
    return {name: amount - shares[name] * pool for name, amount in delivered.items()}
