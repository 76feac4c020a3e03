"""The expected-utility (Challenge) model, as a replication and not as a forecast.

Bueno de Mesquita's model in the reconstruction of Scholz, Calbert & Smith (2011, Journal of
Theoretical Politics 23(4), 510-531). It oscillates and does not converge in general, so what it
prints depends on where one stops: the result says so. It is here because the literature compares
with it; on European decisions it did worse than the plain weighted mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from accord.bargaining.positions import Array
from accord.errors import InputError

WARNING = (
    "The Challenge model does not converge in general: its answer depends on the round at which "
    "one stops. Shown as a replication, not as a forecast."
)


@dataclass(frozen=True)
class ChallengeRound:
    """One round: positions after it, their weighted median and mean, and what led there.

    Attributes
    ----------
    positions, risk
        After the round; risk exponents used in it; shape ``(actor,)``.
    median, mean
        Weighted by capability times salience.
    expected
        ``E[i, j]``: what i expects of challenging j, in i's eyes.
    against
        What i believes that j expects of challenging i.
    """

    positions: Array
    risk: Array
    median: float
    mean: float
    expected: Array
    against: Array


def challenge(
    position: npt.ArrayLike, salience: npt.ArrayLike, capability: npt.ArrayLike, rounds: int = 3
) -> list[ChallengeRound]:
    """Play ``rounds`` rounds on one issue; arrays of shape ``(actor,)`` in any unit of position.

    Raises
    ------
    InputError
        If all actors stand on one point: nobody has anything to challenge.
    """
    x = np.asarray(position, dtype=np.float64).copy()
    s = np.asarray(salience, dtype=np.float64)
    c = np.asarray(capability, dtype=np.float64)
    span = float(np.ptp(x))
    if span <= 0:
        raise InputError("all actors stand on one point; the Challenge model needs two positions")
    played = []
    for _ in range(rounds):
        neutral = np.ones_like(x)
        danger = _expected(x, s, c, neutral, span)[1]
        np.fill_diagonal(danger, 0.0)
        risk = _risk(danger.sum(axis=1))
        own, against = _expected(x, s, c, risk, span)
        x = _moved(x, own, against)
        weight = c * s
        played.append(
            ChallengeRound(
                x.copy(),
                risk,
                weighted_median(x, weight),
                float((weight * x).sum() / weight.sum()),
                own,
                against,
            )
        )
    return played


def weighted_median(x: Array, weight: Array) -> float:
    """Return the lowest position at which half of the weight is reached."""
    order = np.argsort(x, kind="stable")
    reached = np.cumsum(weight[order]) >= weight.sum() / 2 - 1e-12
    return float(x[order][int(np.argmax(reached))])


def _expected(x: Array, s: Array, c: Array, r: Array, span: float) -> tuple[Array, Array]:
    """Return ``E_ij`` and ``E_ji`` as seen by i, both indexed ``[i, j]``.

    Chances: votes ``v_k(a, b) = c_k s_k (|x_k - b|^r_k - |x_k - a|^r_k)`` with distances as shares
    of ``span``; the denominator sums over all pairs, as in the replicated program (the textbook
    form, by pair, degenerates here).
    """
    apart = np.abs(x[:, None] - x[None, :]) / span
    votes = (c * s)[:, None, None] * (
        apart[:, None, :] ** r[:, None, None] - apart[:, :, None] ** r[:, None, None]
    )
    total = np.abs(votes).sum()
    win = np.where(votes > 0, votes, 0.0).sum(axis=0) / total if total > 0 else np.zeros_like(apart)
    win = np.where(apart == 0, 0.0, win)
    exponent = r[:, None]
    success = 2.0 - 4.0 * (0.5 - 0.5 * apart) ** exponent
    failure = 2.0 - 4.0 * (0.5 + 0.5 * apart) ** exponent
    same = 2.0 - 4.0 * 0.5**exponent
    own = s[None, :] * (win * success + (1 - win) * failure) + (1 - s[None, :]) * success - same
    lose = win.T
    against = s[:, None] * (lose * success + (1 - lose) * failure) + (1 - s[:, None]) * success
    return own, against - same


def _risk(danger: Array) -> Array:
    """Return risk exponents in [0.5, 2]: who is secure takes risks."""
    spread = float(np.ptp(danger))
    if spread == 0:
        return np.ones_like(danger)
    scaled = (2.0 * danger - danger.max() - danger.min()) / spread
    return np.asarray((1.0 - scaled / 3.0) / (1.0 + scaled / 3.0), dtype=np.float64)


def _moved(x: Array, own: Array, against: Array) -> Array:
    """Let everybody take the least demanding offer of the strongest class, all at once."""
    after = x.copy()
    for i in range(len(x)):
        offers: tuple[list[float], list[float], list[float]] = ([], [], [])
        for j in range(len(x)):
            if x[j] == x[i]:
                continue
            mine, theirs = own[i, j], against[i, j]
            if theirs > mine > 0:
                offers[0].append(float(x[j]))
            elif theirs > 0 > mine and theirs > abs(mine):
                offers[1].append(float(x[i] + (x[j] - x[i]) * abs(mine / theirs)))
            elif theirs > 0 > mine and theirs < abs(mine):
                offers[2].append(float(x[j]))
        for kind in offers:
            if kind:
                after[i] = min(kind, key=lambda to: abs(to - x[i]))
                break
    return after
