"""Would the case's own deal hold? Payoffs of its coalitions through the cost and climate engines.

The players are the main parties; everybody else keeps its commitments throughout. In a coalition
its members keep theirs and the other players fall back to their reference paths. A player's payoff
is the damage that the coalition avoids for it, against no player keeping anything, less its own
cost as a member: present values. All coalitions are run through the climate ensemble.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from accord.assessment.costs import CURVES, DAMAGE, RATE, gdp_and_people, warming_of
from accord.bargaining.coalition import Game, describe
from accord.economy.abatement import cost_curve
from accord.economy.damage import coefficients
from accord.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from accord.pathways import WorldPathway

Array = npt.NDArray[np.float64]

MOST = 8
"""Players at most: every further one doubles the runs of the climate."""


@dataclass(frozen=True)
class DealGame:
    """The game of keeping a deal.

    Attributes
    ----------
    game
        Payoffs of all coalitions, bn 2021 $ present value to 2100.
    warming
        Median warming in 2100 under every coalition, °C, ``(coalition,)``.
    cost
        Player to the present value of its cost as a member, bn 2021 $.
    curves, damage, rate
        What was assumed.
    """

    game: Game
    warming: Array
    cost: Mapping[str, float]
    curves: str
    damage: str
    rate: float


def main_players(world: WorldPathway, first: Sequence[str], count: int = 6) -> tuple[str, ...]:
    """Return the parties whose commitments cut most by 2050, those of ``first`` before all."""
    (where,) = np.nonzero(world.years == 2050)
    cut = {
        code: float((path.reference_ghg() - path.ghg())[0, : where[0] + 1].sum())
        for code, path in world.parties.items()
    }
    rest = sorted((c for c in cut if c not in first and cut[c] > 0), key=lambda c: -cut[c])
    return tuple([c for c in first if c in cut and cut[c] > 0] + rest)[:count]


def deal_game(
    world: WorldPathway,
    players: Sequence[str],
    *,
    curves: str = CURVES,
    damage: str = DAMAGE,
    rate: float = RATE,
) -> DealGame:
    """Evaluate all coalitions of ``players``.

    Parameters
    ----------
    world
        The deal as emissions; its central reading is used.
    players
        Codes, at most 8.
    curves, damage, rate
        Cost curves, damage function, discount rate.

    Raises
    ------
    UnknownNameError
        For a player without a path of its own.
    InputError
        For none or more than 8 players, or one named twice.
    """
    for code in players:
        if code not in world.parties:
            raise UnknownNameError("party with a path of its own", code, world.parties)
    if not 1 <= len(players) <= MOST or len(set(players)) < len(players):
        raise InputError(f"{len(players)} players; give 1 to {MOST}, each once")
    n = len(players)
    cases = [
        world.without([p for i, p in enumerate(players) if not number >> i & 1]).species
        for number in range(2**n)
    ]
    warming = warming_of(cases, world)
    weight = (1.0 + rate) ** -(world.years - world.years[0]).astype(np.float64)
    gdp, _ = gdp_and_people(world)
    rows = [world.basis.economy.codes.index(code) for code in players]
    linear, quadratic = coefficients(players, damage)
    payoff = np.empty((2**n, n))
    costs = {}
    for i, (code, row) in enumerate(zip(players, rows, strict=True)):
        weighed = gdp[row] * weight
        lost = warming @ (linear[i] * weighed) + warming**2 @ (quadratic[i] * weighed)
        # Member by member first: the climate's uncertainty is common to both worlds.
        payoff[:, i] = np.median(lost[:1] - lost, axis=1)
        path = world.parties[code]
        yearly = cost_curve(code, curves).cost(
            path.gases["CO2 fossil"][0], path.reference["CO2 fossil"][0], world.years
        )
        costs[code] = float(yearly @ weight)
        inside = (np.arange(2**n) >> i & 1).astype(bool)
        payoff[inside, i] -= costs[code]
    return DealGame(
        Game(tuple(players), payoff),
        np.median(warming[:, :, -1], axis=1),
        costs,
        curves,
        damage,
        rate,
    )


def to_json(found: DealGame, good: Mapping[str, float] | None = None) -> dict[str, Any]:
    """Return plain values: stable coalitions without and with transfers, and with a club good."""
    answer = describe(found.game.linked(good) if good else found.game)
    for row in (*answer["equilibria"], *(answer[k] for k in ("with_transfers", "all_keep",
                                                               "nobody_keeps"))):  # fmt: skip
        number = found.game.number(row["members"])
        row["warming_2100"] = round(float(found.warming[number]), 3)
    return {
        **answer,
        "cost_bn": {p: round(v, 1) for p, v in found.cost.items()},
        "club_good_bn": dict(good or {}),
        "words": f"present values to 2100 in bn 2021 $ at {100 * found.rate:g} % a year; costs by "
        f"{found.curves}, damages by {found.damage}; all others keep their commitments",
    }
