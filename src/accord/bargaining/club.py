"""Climate clubs: a common carbon price inside, a tariff on those outside.

The C-DICE model of Nordhaus 2015 (American Economic Review 105(4), 1339-1370): regions choose once
whether to join; members abate to the target price and put a uniform tariff on imports from
non-members. All 2^15 coalitions are evaluated, so every Nash equilibrium is found.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from accord.bargaining.coalition import Game, membership
from accord.bargaining.positions import Array
from accord.errors import InputError

COST_SCALE = 0.837
"""Factor on the McKinsey-based cost coefficients (Nordhaus 2015, appendix)."""


MODEL = (
    "C-DICE (Nordhaus 2015), 15 regions, 2011 dollars and emissions; all 2^15 coalitions; "
    "gains against no abatement at all"
)


@dataclass(frozen=True, eq=False)
class Regions:
    """The regions of the club model, base year 2011.

    Attributes
    ----------
    names
        Region names.
    gdp
        bn US$, shape ``(region,)``.
    co2
        Mt, shape ``(region,)``.
    cost
        Abatement-cost coefficient: cost is ``gdp * cost * mu^2``.
    imports
        bn US$, ``imports[k, j]`` is what ``j`` buys from ``k``.
    tariff_gain, tariff_loss
        ``A`` and ``B``: a tariff of ``t`` brings the importer ``t A - t^2 B`` per dollar of imports
        and costs the exporter ``t A``.
    """

    names: tuple[str, ...]
    gdp: Array
    co2: Array
    cost: Array
    imports: Array
    tariff_gain: Array
    tariff_loss: Array


@dataclass(frozen=True)
class Equilibrium:
    """A club that nobody gains by leaving or joining alone.

    Attributes
    ----------
    members, out
        Names.
    payoff
        Net gain of every region over no abatement at all, bn US$ a year, ``(region,)``.
    world_gain
        Their sum.
    abatement
        Share of world CO2 abated.
    """

    members: tuple[str, ...]
    out: tuple[str, ...]
    payoff: Array
    world_gain: float
    abatement: float


@cache
def bundled_regions() -> Regions:
    """Return the 15 regions of C-DICE as published."""
    text = (resources.files("accord.data") / "bargaining" / "cdice-regions.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    names = tuple(row["region"] for row in rows)

    def column(name: str) -> Array:
        return np.array([float(row[name]) for row in rows])

    return Regions(
        names,
        column("gdp_bn"),
        column("co2_mt"),
        COST_SCALE * column("alpha"),
        np.array([[float(row[f"to_{name}"]) for name in names] for row in rows]),
        column("A"),
        column("B"),
    )


def club_game(price: float, tariff: float, regions: Regions | None = None) -> Game:
    """Return the payoffs of every coalition at ``price`` ($/tCO2) and ``tariff`` (%).

    ``mu = P s / (2 a)`` inside and ``SCC_i s / (2 a)`` outside, with ``s`` the CO2 intensity and
    ``SCC_i`` the region's part of the price by its share of GDP; the price is the global social
    cost of carbon.

    Raises
    ------
    InputError
        For a price or tariff outside what the quadratic forms can carry.
    """
    r = regions if regions is not None else bundled_regions()
    if not 0 <= price <= 1000:
        raise InputError(f"a price of {price:g} $/tCO2 is outside 0 to 1000")
    if not 0 <= tariff <= 50:
        raise InputError(f"a tariff of {tariff:g} % is outside 0 to 50; write 5 for 5 %")
    mu = _abatement(price, r)[1]
    scc = price * r.gdp / r.gdp.sum()
    from_outside, to_members = _trade(r)
    rate = tariff / 100.0
    payoff = from_outside * (rate * r.tariff_gain - rate**2 * r.tariff_loss)
    payoff -= rate * to_members
    payoff += (mu @ r.co2)[:, None] * scc / 1000.0
    payoff -= r.gdp * r.cost * mu**2
    return Game(r.names, payoff)


@cache
def _trade(r: Regions) -> tuple[Array, Array]:
    """Return what is traded over the edge of every coalition, both ``(2**n, n)``, bn $ a year.

    A member's imports from outside, and an outsider's exports to members, each dollar weighed by
    the importer's ``A``. Neither depends on price or tariff.
    """
    inside = membership(len(r.names))
    within = inside.astype(np.float64)
    from_outside = within * ((1.0 - within) @ r.imports)
    to_members = (1.0 - within) * (within @ (r.tariff_gain * r.imports).T)
    return from_outside, to_members


def equilibria(
    price: float,
    tariff: float,
    regions: Regions | None = None,
    *,
    good: Mapping[str, float] | None = None,
) -> list[Equilibrium]:
    """Return every Nash equilibrium at ``price`` ($/tCO2) and ``tariff`` (%), best first.

    ``good`` gives what a region enjoys as a member beside the climate, bn $ a year (issue linkage).
    """
    r = regions if regions is not None else bundled_regions()
    game = club_game(price, tariff, r)
    if good:
        game = game.linked(good)
    within, outside = _rates(price, r)
    found = []
    for number in np.flatnonzero(game.stable()):
        members = game.members(int(number))
        payoff = game.payoff[number]
        found.append(
            Equilibrium(
                members,
                tuple(name for name in r.names if name not in members),
                payoff,
                float(payoff.sum()),
                float(np.where(game.inside()[number], within, outside) @ r.co2 / r.co2.sum()),
            )
        )
    return sorted(found, key=lambda one: -one.world_gain)


def best_with_transfers(game: Game) -> dict[str, Any]:
    """Return the coalition of most gain that transfers among its members can hold.

    Potentially internally stable: it earns together what its members would by leaving one at a
    time.
    """
    able = np.flatnonzero(game.surplus() >= 0)
    total = game.payoff.sum(axis=1)
    best = int(able[np.argmax(total[able])])
    return {
        "members": list(game.members(best)),
        "out": [name for name in game.players if name not in game.members(best)],
        "world_gain_bn": round(float(total[best]), 4),
        "surplus_bn": round(float(game.surplus()[best]), 4),
        "coalitions_that_transfers_can_hold": int(able.size),
    }


def sweep(
    prices: Sequence[float], tariffs: Sequence[float], regions: Regions | None = None
) -> list[dict[str, Any]]:
    """Return one row per price and tariff: number of members, world gain, how many equilibria."""
    rows = []
    for price in prices:
        for tariff in tariffs:
            found = equilibria(price, tariff, regions)
            best = found[0] if found else None
            rows.append(
                {
                    "price": price,
                    "tariff": tariff,
                    "equilibria": len(found),
                    "members": len(best.members) if best else None,
                    "world_gain_bn": best.world_gain if best else None,
                    "abatement": best.abatement if best else None,
                }
            )
    return rows


def _rates(price: float, r: Regions) -> tuple[Array, Array]:
    """Return every region's control rate inside a club and outside one, both ``(region,)``.

    As in the paper the rate is not held below 1: at 100 $/t cheap regions remove more than they
    emit.
    """
    within = price * r.co2 / r.gdp / (2.0 * r.cost) / 1000.0
    return within, within * r.gdp / r.gdp.sum()


def _abatement(price: float, r: Regions) -> tuple[Any, Array]:
    """Return membership and control rates of every coalition, both ``(2**n, n)``."""
    inside = membership(len(r.names))
    return inside, np.where(inside, *_rates(price, r))
