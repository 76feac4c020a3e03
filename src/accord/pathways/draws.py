"""Low-discrepancy draws of words and economy; draw 0 is the central reading.

Source: the additive recurrence R2 of M. Roberts, "The unreasonable effectiveness of quasirandom
sequences" (2018): fractional parts of n / φ and n / φ² with φ³ = φ + 1.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]

PLASTIC = 1.324717957244746
"""φ, the real root of φ³ = φ + 1."""
FACTORS = ("words", "economy")
EDGE = 0.005
"""Quantiles stay this far from 0 and 1, so that a normal score stays within ±2.6."""


@lru_cache(maxsize=32)
def _quantiles(draws: int, seed: int) -> tuple[Array, Array]:
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    number = np.arange(draws, dtype=np.float64)
    shift = (seed * 0.6180339887498949) % 1.0
    both = []
    for axis in (1, 2):
        q = (0.5 + shift + number / PLASTIC**axis) % 1.0
        q[0] = 0.5
        q = EDGE + (1 - 2 * EDGE) * q
        q.flags.writeable = False
        both.append(q)
    return both[0], both[1]


def quantiles(draws: int, seed: int = 0) -> dict[str, Array]:
    """Return the quantile of each factor by draw, each ``(draw,)`` in (0, 1); draw 0 is 0.5.

    Parameters
    ----------
    draws
        Number of draws, the central one included.
    seed
        Shifts the sequence; the same seed gives the same draws on every machine.
    """
    words, economy = _quantiles(draws, seed)
    return {"words": words, "economy": economy}


def normal_score(q: Array) -> Array:
    """Return the standard normal quantile of ``q``, elementwise."""
    inverse = NormalDist().inv_cdf
    return np.array([inverse(float(x)) for x in q.ravel()]).reshape(q.shape)


def own_score(party: str, draws: int, seed: int = 0) -> Array:
    """Return a party's own normal score by draw ``(draw,)``, 0 in draw 0.

    It depends on the party's code only, never on the order of parties: a permutation of the
    normal scores of ``draws`` evenly spaced quantiles, by steps that the code chooses.
    """
    score = np.zeros(draws)
    if draws > 1:
        generator = np.random.default_rng([zlib.crc32(party.encode()), seed])
        score[1:] = _even_scores(draws - 1)[generator.permutation(draws - 1)]
    return score


@lru_cache(maxsize=32)
def _even_scores(n: int) -> Array:
    return normal_score((np.arange(n) + 0.5) / n)
