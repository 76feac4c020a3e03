"""Who gains: what a deal costs each party, what it saves it, and what changes hands.

Cost is the area under the party's cost curve (:mod:`accord.economy.abatement`); what is saved is
damage avoided (:mod:`accord.economy.damage`), member by member of the climate ensemble, so that its
range is that of the climate. Three savings are kept apart, because they answer three questions:

- ``avoided``: what the whole deal saves the party, against everybody on the reference path;
- ``own``: what its own commitments save it (the deal against the deal without them): what it has to
  set against its cost if all others keep their word whatever it does;
- ``given``: what its own commitments save everybody else.

That ``own`` is as a rule far below ``cost``, and ``avoided`` above it, is the free-rider problem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from accord.economy.abatement import cost_curve
from accord.economy.damage import coefficients
from accord.errors import InputError, UnknownNameError

Array = npt.NDArray[np.float64]
Points = Mapping[int, Array]

RANKS = (5, 50, 95)
"""Percentiles that are kept."""


@dataclass(frozen=True)
class World:
    """What :func:`gains` needs to know, as plain arrays.

    Attributes
    ----------
    parties
        Codes of all parties, in the order of the rows; together they are the world.
    years
        ``(year,)``.
    gdp
        bn 2021 $ a year, ``(party, year)``.
    emissions, reference
        CO2 from fossil fuels and industry with the deal and without, Mt a year,
        ``(party, draw, year)``; draw 0 is the central one.
    deal, nobody
        Warming with the deal, and with everybody on the reference path, °C above 1850-1900,
        ``(member, year)``.
    without
        Code to the warming of the deal without that party's commitments, ``(member, year)``.
    finance
        Code to what it receives net, bn $ a year, ``(year,)``; payers below 0.
    """

    parties: tuple[str, ...]
    years: npt.NDArray[np.int64]
    gdp: Array
    emissions: Array
    reference: Array
    deal: Array
    nobody: Array
    without: Mapping[str, Array]
    finance: Mapping[str, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n, t = len(self.parties), len(self.years)
        if self.gdp.shape != (n, t):
            raise InputError(f"gdp has shape {self.gdp.shape}; {(n, t)} would be right")
        if self.emissions.shape != self.reference.shape or self.emissions.shape[::2] != (n, t):
            raise InputError("emissions and reference need the shape (party, draw, year)")
        for name, warming in (("deal", self.deal), ("nobody", self.nobody), *self.without.items()):
            if warming.shape != self.deal.shape or warming.shape[-1] != t:
                raise InputError(f"warming {name!r} needs the shape (member, year)")
            if not np.isfinite(warming).all():
                raise InputError(f"warming {name!r} must be finite numbers")


@dataclass(frozen=True)
class Gain:
    """What a deal means for one party, bn 2021 $ a year, by year.

    Attributes
    ----------
    party, years
        Who and when.
    gdp
        bn 2021 $ a year.
    cost
        Percentiles over words and economy.
    price
        Cost of the last tonne at the central reading, 2021 $/tCO2.
    avoided, own, given
        Percentiles over the climate; see the module.
    finance
        Received net of what is paid.
    rate
        Discount rate of :meth:`present`, a year.
    """

    party: str
    years: npt.NDArray[np.int64]
    gdp: Array
    cost: Points
    price: Array
    avoided: Points
    own: Points
    given: Points
    finance: Array
    rate: float

    @property
    def net(self) -> Points:
        """Avoided damages plus finance minus the median cost; percentiles over the climate."""
        return {p: saved + self.finance - self.cost[50] for p, saved in self.avoided.items()}

    @property
    def alone(self) -> Points:
        """The same with what its own commitments save: the incentive to keep them."""
        return {p: saved + self.finance - self.cost[50] for p, saved in self.own.items()}

    def percent(self, values: Array) -> Array:
        """Return ``values`` as per cent of GDP."""
        return np.asarray(100.0 * values / np.where(self.gdp > 0, self.gdp, np.inf))

    def present(self, values: Array, last: int = 2100) -> float:
        """Return the sum to ``last``, discounted to the first year, bn 2021 $."""
        ahead = self.years - self.years[0]
        return float((values * (1.0 + self.rate) ** -ahead)[self.years <= last].sum())


def gains(
    w: World,
    parties: Sequence[str],
    *,
    curves: str = "RICE-2010",
    damage: str = "DICE-2023",
    rate: float = 0.03,
) -> dict[str, Gain]:
    """Return what the deal means for ``parties``.

    Parameters
    ----------
    w
        The arrays.
    parties
        Codes; each needs its warming in ``w.without``.
    curves, damage
        See :func:`accord.economy.abatement.cost_curve` and
        :data:`accord.economy.damage.FUNCTIONS`.
    rate
        Discount rate a year, 0.03 for 3 %.

    Notes
    -----
    Percentiles of what is saved are those of the yearly values, member by member at the central
    emissions: the same members with and without the deal, so climate uncertainty common to both
    worlds cancels as far as it must.

    Raises
    ------
    UnknownNameError
        For a party without a row or a warming, a set of curves or a function that does not exist.
    InputError
        For a discount rate outside 0 to 0.2.
    """
    if not 0.0 <= rate <= 0.2:
        raise InputError(f"a discount rate of {rate:g} is outside 0 to 0.2; write 0.03 for 3 %")
    linear, quadratic = coefficients(w.parties, damage)
    first, second = w.deal, w.deal**2
    world_linear, world_quadratic = linear @ w.gdp, quadratic @ w.gdp
    found = {}
    for party in parties:
        if party not in w.parties or party not in w.without:
            raise UnknownNameError("party of this deal", party, w.without)
        row = w.parties.index(party)
        curve = cost_curve(party, curves)
        gdp = w.gdp[row]

        def saved(other: Array, row: int = row, gdp: Array = gdp) -> Array:
            """Damage at ``other`` minus damage under the deal, ``(member, year)``."""
            rise, square = linear[row] * (other - first), quadratic[row] * (other**2 - second)
            return np.asarray(gdp * (rise + square))

        alone = w.without[party]
        whole = world_linear * (alone - first) + world_quadratic * (alone**2 - second)
        own = saved(alone)
        costs = curve.cost(w.emissions[row], w.reference[row], w.years)
        low, high = np.percentile(costs, (5, 95), axis=0)
        found[party] = Gain(
            party,
            w.years,
            gdp,
            {5: np.minimum(low, costs[0]), 50: costs[0], 95: np.maximum(high, costs[0])},
            curve.price(w.emissions[row, 0], w.reference[row, 0], w.years),
            _ranks(saved(w.nobody)),
            _ranks(own),
            _ranks(whole - own),
            w.finance.get(party, np.zeros(len(w.years))),
            rate,
        )
    return found


def _ranks(values: Array) -> Points:
    return dict(zip(RANKS, np.percentile(values, RANKS, axis=0), strict=True))
