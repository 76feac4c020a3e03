"""How likely each position is to win a pairwise vote against the others.

After the probabilistic Condorcet election of KTAB (KAPSARC): coalitions of actors who gain push one
option against another, strength decides the odds, and the odds of all pairs give each option's
chance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from accord.bargaining.positions import Array, Positions

Rule = Literal["proportional", "binary", "mixed", "cubic", "prospect"]

VOTES: dict[str, Callable[[Array], Array]] = {
    "proportional": lambda du: du,
    "binary": np.sign,
    "mixed": lambda du: 0.8 * du + 0.2 * np.sign(du),
    "cubic": lambda du: du**3,
    "prospect": lambda du: np.where(du < 0, du, du * 2 / 3),
}
"""How strongly an actor pushes for a gain of ``du`` (a share of the scale)."""


@dataclass(frozen=True)
class Election:
    """Chances of the options of one issue.

    Attributes
    ----------
    options
        The positions held by anybody, ascending.
    pairwise
        ``P(row beats column)``; 0.5 where nobody pushes.
    chance
        Each option's chance to be the outcome; they sum to 1.
    """

    options: Array
    pairwise: Array
    chance: Array


def elect(p: Positions, issue: str, *, rule: Rule = "proportional", power: float = 2.0) -> Election:
    """Hold the election on ``issue``.

    Parameters
    ----------
    p
        The table of positions.
    issue
        Its name.
    rule
        How strongly an actor pushes.
    power
        Exponent that turns coalition strength into odds: 1 is lenient, 4 nearly decisive.

    Notes
    -----
    ``c_ab`` is the weight of those who gain by ``a`` over ``b`` times how much they gain,
    ``P(a > b) = c_ab^k / (c_ab^k + c_ba^k)``; chances are the stationary solution of
    ``p_a = (1/n) sum_b P(a > b) (p_a + p_b)``.
    """
    d = p.issue(issue)
    here = p.present[:, d]
    x, weight = p.x[here, d], p.weight[here, d]
    options = np.unique(x)
    utility = -np.abs(x[:, None] - options[None, :]) / 100.0
    gain = utility[:, :, None] - utility[:, None, :]
    push = weight[:, None, None] * VOTES[rule](gain)
    strength = np.where(push > 0, push, 0.0).sum(axis=0) ** power
    both = strength + strength.T
    pairwise = np.where(both > 0, strength / np.where(both > 0, both, 1.0), 0.5)
    return Election(options, pairwise, _stationary(pairwise))


def _stationary(pairwise: Array) -> Array:
    """Solve the fixed point as the stationary law of a chain that moves to the winner."""
    n = len(pairwise)
    move = pairwise.T / n
    np.fill_diagonal(move, 0.0)
    np.fill_diagonal(move, 1.0 - move.sum(axis=1))
    system = np.vstack([move.T - np.eye(n), np.ones(n)])
    target = np.zeros(n + 1)
    target[-1] = 1.0
    chance = np.linalg.lstsq(system, target, rcond=None)[0]
    chance = np.clip(chance, 0.0, None)
    return np.asarray(chance / chance.sum(), dtype=np.float64)
