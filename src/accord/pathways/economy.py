"""GDP and population of every party, realised and projected, with their spread.

Central path: realised to the last observed year, then the growth of the convention's SSP applied to
the last observed level (``accord.parties.tables.projection``). The spread around it has two parts,
added in quadrature in the logarithm: near-term forecast error, which grows with the square root of
the lead time for ten years, and the spread between the five SSPs, which takes over later.

Parties share their luck in part: the score of a party is √ρ of the world's plus √(1-ρ) of its own.
Population moves with GDP as the SSPs make it move: by the covariance of the two between the SSPs.

As of a past day, GDP and population up to the last observed year are the realised ones, without
spread: the question is what the words of that day came to mean, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from accord.parties import tables
from accord.pathways.draws import normal_score, own_score, quantiles
from accord.pathways.history import LAST, START, rows

Array: TypeAlias = npt.NDArray[np.float64]

END = 2100
YEARS = np.arange(START, END + 1)
SSPS = ("SSP1", "SSP2", "SSP3", "SSP4", "SSP5")

NEAR_TERM = 0.03
"""Standard error of log GDP one year ahead; times √h it is 6.7 % at five years and 9.5 % at ten.
Measured on the bundled World Bank series for the 30 largest economies, 2000-2023, against growth
carried on from the ten years before: 2.8 % at one year, 4.4 % at two, 7.0 % at five, 9-13 % at
ten."""
NEAR_TERM_YEARS = 10
SHARED = 0.3
"""ρ, the correlation of forecast errors between two parties: in the same measurement 0.47 at one
year, 0.40 at two, 0.17 at five."""


@dataclass(frozen=True, eq=False)
class Economy:
    """GDP and population of all parties, by draw.

    Attributes
    ----------
    codes
        Parties, in the order of the first axis.
    draws
        Number of draws.
    last_observed
        Last year with realised GDP.
    central
        GDP ``(party, year)`` over YEARS, bn international dollars at 2021 prices.
    population
        Central population ``(party, year)``, million.
    gdp_spread, population_spread
        Log deviation per unit of score ``(party, year)``.
    score
        Normal score of each party ``(party, draw)``.
    factors
        Quantiles of words and economy by draw.
    """

    codes: tuple[str, ...]
    draws: int
    last_observed: int
    central: Array
    population: Array
    gdp_spread: Array
    population_spread: Array
    score: Array
    factors: Mapping[str, Array]

    def gdp(self, party: int, first: int) -> Array:
        """Return GDP of a party by draw ``(draw, year)``, years ``first`` to 2100."""
        use = slice(first - START, None)
        deviation = self.score[party][:, None] * self.gdp_spread[party, use]
        out: Array = self.central[party, use] * np.exp(deviation)
        return out

    def people(self, party: int, first: int) -> Array:
        """Return population of a party by draw ``(draw, year)``, million."""
        use = slice(first - START, None)
        deviation = self.score[party][:, None] * self.population_spread[party, use]
        out: Array = self.population[party, use] * np.exp(deviation)
        return out


@lru_cache(maxsize=16)
def _joined(variable: str, scenario: str, codes: tuple[str, ...]) -> Array:
    """Join history and projection ``(party, year)``; where a party has no figure it goes as WLD."""
    every = (*codes, "WLD")
    block = rows(tables.history(variable), every, START, END)
    ahead = rows(tables.projection(variable, scenario), every, START, END)
    block = np.where(np.isnan(block), ahead, block)
    world = block[-1]
    incomplete = np.isnan(block[:-1, int(np.nonzero(~np.isnan(world))[0][0]) :]).any(axis=1)
    for i in np.nonzero(incomplete)[0]:
        block[i] = _filled(block[i], world)
    block.flags.writeable = False
    return block[:-1]


def _filled(row: Array, world: Array) -> Array:
    """Fill a row's gaps: straight in the logarithm inside, with the world's growth at its ends."""
    seen = np.nonzero(~np.isnan(row))[0]
    if not seen.size:
        return world
    year = np.arange(row.size)
    inside: Array = np.exp(np.interp(year, seen, np.log(row[seen] / world[seen]))) * world
    return inside


@lru_cache(maxsize=4)
def _between_ssps(codes: tuple[str, ...]) -> tuple[Array, Array]:
    """Return the SSPs' spread of log GDP and how population goes with it ``(party, year)``."""
    gdp = np.log(np.stack([_joined("gdp_ppp", s, codes) for s in SSPS]))
    people = np.log(np.stack([_joined("population", s, codes) for s in SSPS]))
    gdp = gdp - gdp.mean(axis=0)
    people = people - people.mean(axis=0)
    spread = np.sqrt((gdp**2).mean(axis=0))
    with_it = (gdp * people).mean(axis=0) / np.maximum(spread, 1e-6)
    return spread, with_it


@lru_cache(maxsize=16)
def economy(codes: tuple[str, ...], scenario: str, draws: int, seed: int = 0) -> Economy:
    """Return GDP and population of ``codes`` under an SSP with their spread.

    Parameters
    ----------
    codes
        Parties; the result does not depend on their order.
    scenario
        ``SSP1`` to ``SSP5``: the central path.
    draws, seed
        See :func:`accord.pathways.draws.quantiles`.
    """
    central = _joined("gdp_ppp", scenario, codes)
    population = _joined("population", scenario, codes)
    history = tables.history("gdp_ppp")
    seen = ~np.all(np.isnan(history.values), axis=0)
    last_observed = min(LAST, int(np.asarray(history.years)[seen][-1]))
    factors = quantiles(draws, seed)
    if draws == 1:
        nothing = np.zeros_like(central)
        score = np.zeros((len(codes), 1))
        return Economy(
            codes, 1, last_observed, central, population, nothing, nothing, score, factors
        )
    lead = np.clip(YEARS - last_observed, 0, None)
    near = NEAR_TERM * np.sqrt(np.minimum(lead, NEAR_TERM_YEARS))
    between, people = _between_ssps(codes)
    spread = np.where(lead > 0, np.hypot(near, between), 0.0)
    shared = normal_score(factors["economy"])
    own = np.stack([own_score(code, draws, seed) for code in codes])
    score = np.sqrt(SHARED) * shared + np.sqrt(1 - SHARED) * own
    score[:, 0] = 0.0
    return Economy(
        codes,
        draws,
        last_observed,
        central,
        population,
        spread,
        np.where(lead > 0, people, 0.0),
        score,
        factors,
    )
