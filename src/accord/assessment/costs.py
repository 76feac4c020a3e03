"""What an assessed deal costs and saves the parties: pathways and degrees joined with the economy.

The climate is run with the deal, with everybody on the reference path, and without one party's
commitments at a time, on the central reading and the nested 400 members; what is then a matter of
curves and dollars is :mod:`accord.economy.gain`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from accord.economy import finance as money
from accord.economy.abatement import cost_curve
from accord.economy.gain import Gain, World, gains
from accord.errors import InputError, UnknownNameError
from accord.language.target import Finance
from accord.ledger.commitment import Commitment
from accord.parties import PARTIES, members, tables

if TYPE_CHECKING:
    from accord.pathways import WorldPathway

Array = npt.NDArray[np.float64]

CURVES, DAMAGE, RATE = "RICE-2010", "DICE-2023", 0.03
OTHER_CURVES, OTHER_DAMAGE = "C-DICE 2015", "Howard-Sterner 2017"
"""The second opinion that stands beside the first."""
MEMBERS = 400
SHOWN = (2030, 2035, 2040, 2050, 2075, 2100)


@dataclass(frozen=True)
class Costs:
    """What the deal means for the parties shown.

    Attributes
    ----------
    gains
        Code to cost, savings and finance.
    beside
        The same under the other curves and the other damage function.
    curves, damage, rate
        What was chosen for ``gains``.
    promises
        Finance that was counted, in words.
    renounced
        Parties that ended their finance and therefore pay no part of a group's promise.
    """

    gains: Mapping[str, Gain]
    beside: Mapping[str, Gain]
    curves: str
    damage: str
    rate: float
    promises: tuple[str, ...]
    renounced: tuple[str, ...] = ()

    def words(self) -> str:
        """Return how to read the figures, in one line."""
        return (
            f"2021 $; cost of fossil CO2 below the party's reference path by {self.curves}; "
            f"damages by {self.damage} on SSP GDP; present values at {100 * self.rate:g} % a year "
            "to 2100"
        )


def costs_of(
    world: WorldPathway,
    codes: Sequence[str],
    commitments: Sequence[Commitment],
    *,
    without: Collection[str] = (),
    curves: str = CURVES,
    damage: str = DAMAGE,
    rate: float = RATE,
) -> Costs:
    """Return what the deal means for the parties ``codes``.

    Parameters
    ----------
    world
        The deal as emissions.
    codes
        Parties with a path of their own.
    commitments
        Those that count; the finance among them changes hands.
    without
        Parties that pay no part of a group's promise of finance (:func:`renounced`).
    curves, damage, rate
        Cost curves, damage function and discount rate.

    Raises
    ------
    UnknownNameError
        For a set of curves, a function or a party that does not exist.
    """
    shown = tuple(code for code in dict.fromkeys(codes) if code in world.parties)
    arrays = economy_of(world, shown, commitments, without)
    other_curves = OTHER_CURVES if curves != OTHER_CURVES else CURVES
    other_damage = OTHER_DAMAGE if damage != OTHER_DAMAGE else DAMAGE
    return Costs(
        gains(arrays, shown, curves=curves, damage=damage, rate=rate),
        gains(arrays, shown, curves=other_curves, damage=other_damage, rate=rate),
        curves,
        damage,
        rate,
        tuple(one.says for one in commitments if _is_flow(one)),
        tuple(sorted(without)),
    )


def cost_in(
    world: WorldPathway, party: str, year: int, curves: str = CURVES
) -> tuple[float, float]:
    """Return a party's cost in a year, % of GDP, and its price, 2021 $/tCO2; no climate is run.

    The cheap answer for ``cost(P)`` in red lines.

    Raises
    ------
    UnknownNameError
        For a party without a path of its own or without a region.
    InputError
        For a year that is not projected.
    """
    if party not in world.parties:
        raise UnknownNameError("party with a path of its own", party, world.parties)
    (where,) = np.nonzero(world.years == year)
    if not where.size:
        raise InputError(f"{year} is not projected; {world.first_year} to 2100 are")
    n, path = int(where[0]), world.parties[party]
    kept, reference = (float(g["CO2 fossil"][0, n]) for g in (path.gases, path.reference))
    curve = cost_curve(party, curves)
    gdp = gdp_and_people(world)[0][world.basis.economy.codes.index(party), n]
    share = 100.0 * float(curve.cost(kept, reference, year)) / float(gdp)
    return share, float(curve.price(kept, reference, year))


def economy_of(
    world: WorldPathway,
    shown: Sequence[str],
    commitments: Sequence[Commitment],
    without: Collection[str] = (),
) -> World:
    """Return the arrays that the economy works on, the climate run for them included."""
    parties = world.basis.economy.codes
    gdp, people = gdp_and_people(world)
    warming = warming_without(world, shown)
    return World(
        parties,
        world.years,
        gdp,
        np.stack([world.parties[code].gases["CO2 fossil"] for code in parties]),
        np.stack([world.parties[code].reference["CO2 fossil"] for code in parties]),
        warming["deal"],
        warming["nobody"],
        {code: warming[code] for code in shown},
        money.net(
            promises_of(commitments, without),
            parties,
            members("NON_ANNEX_I"),
            gdp,
            people,
            years=world.years,
        ),
    )


def gdp_and_people(world: WorldPathway) -> tuple[Array, Array]:
    """Return central GDP (bn 2021 $) and population (million), ``(party, year)``; bunkers none.

    The pathways give a territory without GDP figures the world's growth and no level of its own;
    here its people have the world's mean income.
    """
    economy = world.basis.economy
    ahead = slice(economy.central.shape[1] - len(world.years), None)
    states = np.array([PARTIES[code].kind != "bunker" for code in economy.codes])[:, None]
    table = tables.history("gdp_ppp")
    known = np.array(
        [code in table and bool(np.isfinite(table.of(code)).any()) for code in economy.codes]
    )[:, None]
    people = np.where(states, economy.population[:, ahead], 1e-9)
    gdp = np.where(states & known, economy.central[:, ahead], 0.0)
    mean = gdp.sum(axis=0) / np.where(known, people, 0.0).sum(axis=0)
    return np.where(states & ~known, people * mean, gdp), people


def warming_without(world: WorldPathway, codes: Sequence[str]) -> dict[str, Array]:
    """Return warming ``(member, year)`` of the ``deal``, of ``nobody`` and without each party."""
    names = ["deal", "nobody", *codes]
    worlds = [world, world.without(list(world.parties)), *(world.without([c]) for c in codes)]
    return dict(zip(names, warming_of([one.species for one in worlds], world), strict=True))


def warming_of(cases: Sequence[Mapping[str, Array]], world: WorldPathway) -> Array:
    """Return warming of the central reading of each case, ``(case, member, year)``."""
    from accord import climate

    stacked = {name: np.concatenate([one[name][:1] for one in cases]) for name in world.species}
    ensemble = climate.Ensemble.bundled(MEMBERS)
    state = climate.history(ensemble, world.first_year)
    return np.asarray(climate.project(ensemble, stacked, state=state).gmst)


def renounced(on_table: Sequence[Commitment], day: dt.date) -> frozenset[str]:
    """Return parties that ended a finance promise of their own and have no other in force."""
    own = [one for one in on_table if isinstance(one.pledge.target, Finance)]
    ended = {
        one.party
        for one in own
        if (status := one.status(day)) is not None and status.word in {"abandoned", "withdrawn"}
    }
    return frozenset(ended - {one.party for one in own if one.counts(day)})


def promises_of(
    commitments: Sequence[Commitment], without: Collection[str] = ()
) -> list[money.Promise]:
    """Return the finance among ``commitments`` that is in dollars and names a year.

    Parties in ``without`` pay no part of a group's promise; the others then pay it whole.
    """
    found = []
    for one in commitments:
        target = one.pledge.target
        if not _is_flow(one) or not isinstance(target, Finance) or target.year is None:
            continue
        kind = PARTIES[one.pledge.party].kind
        group = members(one.pledge.party, one.date) if kind == "bloc" else (one.pledge.party,)
        union = set(members("EU27"))
        payers = tuple(
            "EU27" if code in union or code == "EU27" else code
            for code in group
            if kind != "bloc" or code not in without
        )
        start = target.start
        if target.rate == "total" and start is None:
            start = one.date.year
        found.append(
            money.Promise(
                payers,
                target.low,
                one.date.year,
                target.year,
                None if target.rate == "year" else start,
            )
        )
    return found


def _is_flow(one: Commitment) -> bool:
    target = one.pledge.target
    return isinstance(target, Finance) and target.year is not None and target.currency == "USD"


def to_json(costs: Costs) -> dict[str, Any]:
    """Return plain values: how to read them, then the parties, years as keys."""
    return {
        "curves": costs.curves,
        "damage": costs.damage,
        "discount_rate": costs.rate,
        "unit": "bn 2021 $ a year",
        "words": costs.words(),
        "finance_counted": list(costs.promises),
        "finance_renounced": list(costs.renounced),
        "parties": {code: _gain(gain) for code, gain in costs.gains.items()},
        "beside": {
            "curves": OTHER_CURVES if costs.curves != OTHER_CURVES else CURVES,
            "damage": OTHER_DAMAGE if costs.damage != OTHER_DAMAGE else DAMAGE,
            "parties": {code: _gain(gain) for code, gain in costs.beside.items()},
        },
    }


def _gain(gain: Gain) -> dict[str, Any]:
    use = [(n, str(year)) for n, year in enumerate(gain.years.tolist()) if year in SHOWN]

    def series(values: Array, digits: int = 2) -> dict[str, float]:
        return {year: round(float(values[n]), digits) for n, year in use}

    def ranks(points: Mapping[int, Array]) -> dict[str, dict[str, float]]:
        return {f"p{p:02d}": series(values) for p, values in points.items()}

    return {
        "cost": ranks(gain.cost),
        "cost_percent_of_gdp": series(gain.percent(gain.cost[50]), 4),
        "price_per_tco2": series(gain.price),
        "avoided_damage": ranks(gain.avoided),
        "avoided_by_own_commitments": ranks(gain.own),
        "given_to_others": ranks(gain.given),
        "finance_received": series(gain.finance),
        "net": ranks(gain.net),
        "present_value": {
            "cost": round(gain.present(gain.cost[50]), 1),
            "avoided_damage": round(gain.present(gain.avoided[50]), 1),
            "avoided_by_own_commitments": round(gain.present(gain.own[50]), 1),
            "given_to_others": round(gain.present(gain.given[50]), 1),
            "finance_received": round(gain.present(gain.finance), 1),
            "net": round(gain.present(gain.net[50]), 1),
            "net_by_own_commitments": round(gain.present(gain.alone[50]), 1),
        },
    }
