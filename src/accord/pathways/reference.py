"""A party's reference path: where its emissions go with no further commitment.

- **Fossil CO2** = GDP × carbon intensity. The intensity goes on at the party's own trend of the
  fifteen years before the first year (least squares on the logarithm), shrunk towards the world's
  by how well the trend is known, and bends to the world's trend with an e-folding time of 25 years.
  As the own trend fades, an intensity above the world's closes the gap, with an e-folding time of
  50 years: nobody stays twice as dirty as the rest for a century. One below it keeps its lead.
- **CH4, N2O, F-gases** = population × emissions per head, whose trend, estimated the same way, dies
  out with an e-folding time of 15 years.
- **Land use** decays to zero with an e-folding time of 50 years, source or sink, from the mean of
  the last five years.

Only years before the first projected one enter. A policy already adopted counts only so far as it
shows in the trend; that is the difference from a "current policies" scenario, and
``docs/tonnes.md`` shows how far apart the two are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from accord.parties import tables
from accord.pathways.economy import END, Economy
from accord.pathways.gases import FOSSIL, GASES, LAND
from accord.pathways.history import LAND_MEAN, START, emissions, rows

Array: TypeAlias = npt.NDArray[np.float64]

WINDOW = 15
"""Years over which a trend is observed."""
BEND = {"CO2 fossil": 25.0, "CH4": 15.0, "N2O": 15.0, "F-gases": 15.0}
"""E-folding time in years of a party's own trend (fossil CO2: of its distance from the world's)."""
CLOSING = 50.0
"""E-folding time in years of an intensity's distance above the world's. Measured on references of
1997, 2001, 2005, 2010 and 2015 against the emissions of 2024 (``docs/tonnes.md``)."""
LAND_DECAY = 50.0
GDP_SINCE = 1990
"""First year of the World Bank's GDP. A trend that would reach further back begins here, so that
the trend and the growth it meets are of one series; Maddison's makes China of 1982-1996 grow more
slowly, and clean up more slowly, than the World Bank's that carries it on."""
GDP_LEAST = 5
"""With fewer years than this of the World Bank's GDP a trend takes Maddison's after all."""
TREND_SPREAD = 0.015
"""Standard deviation of true trends between parties, a year: a trend that is known no better than
this is trusted half."""
TREND_LIMITS = (-0.06, 0.03)
"""Trends outside these, a year, are breaks in a series or in a country, not trends."""


@dataclass(frozen=True, eq=False)
class Reference:
    """Reference paths of all parties.

    Attributes
    ----------
    years
        Last observed year, then every projected year to 2100.
    last
        Last observed emissions ``(gas, party)``, native units.
    trend
        Yearly rate of fossil CO2 per GDP, or of the gas per head, at the start ``(gas, party)``.
    growth
        What the trend makes of one tonne of the last observed year ``(gas, party, year)``.
    land
        Land use ``(party, year)``, MtCO2.
    economy
        GDP and population that carry it.
    past
        Observed emissions ``(gas, party, year)`` from START on.
    """

    years: npt.NDArray[np.int64]
    last: Array
    trend: Array
    growth: Array
    land: Array
    economy: Economy
    past: Array

    def of(self, party: int) -> Array:
        """Return a party's reference ``(gas, draw, year)``, native units."""
        first = int(self.years[0])
        gdp = self.economy.gdp(party, first)
        people = self.economy.people(party, first)
        gdp = gdp / gdp[:, :1]
        people = people / people[:, :1]
        path = np.empty((len(GASES), *gdp.shape))
        for g in range(len(GASES)):
            if g == LAND:
                path[g] = self.land[party]
            else:
                driver = gdp if g == FOSSIL else people
                path[g] = (self.last[g, party] * self.growth[g, party]) * driver
        return path


def _trends(emitted: Array, driver: Array) -> tuple[Array, Array]:
    """Fit log(emitted / driver) on time; return slopes and their standard errors ``(party,)``.

    The standard error is doubled: yearly residuals follow one another, so that fifteen years hold
    the information of about four.
    """
    years = emitted.shape[1]
    time = np.arange(years) - (years - 1) / 2
    good = (emitted > 1e-9) & (np.nan_to_num(driver) > 0)
    whole = good.sum(axis=1) == years
    ratio = np.log(np.where(good, emitted, 1.0) / np.where(good, driver, 1.0))
    slope = ratio @ time / (time @ time)
    residual = ratio - ratio.mean(axis=1, keepdims=True) - slope[:, None] * time
    error = 2 * np.sqrt((residual**2).sum(axis=1) / (years - 2) / (time @ time))
    return np.where(whole, slope, 0.0), np.where(whole, error, np.inf)


def _gdp_for_trends(economy: Economy, last: int) -> Array:
    """Return GDP of the years before the first ``(party, year)``, all of one series."""
    since = max(last - WINDOW + 1, START)
    if since >= GDP_SINCE:
        return economy.central[:, since - START : last + 1 - START]
    if last - GDP_SINCE + 1 >= GDP_LEAST:
        return economy.central[:, GDP_SINCE - START : last + 1 - START]
    return rows(tables.history("gdp_maddison"), economy.codes, since, last)


def _above_the_world(economy: Economy, fossil: Array, last: int) -> Array:
    """Return log of fossil CO2 per GDP over the world's in the last year ``(party,)``.

    Nought where a party has no GDP of its own: bunkers go with the world's.
    """
    table = tables.history("gdp_ppp")
    year = max(last, GDP_SINCE)
    known = np.array([code in table.parties for code in economy.codes])
    gdp, emitted = economy.central[:, year - START], fossil[:, last - START]
    whole = float(table.at("WLD", year))
    good = known & (emitted > 0)
    ratio = np.where(good, emitted / gdp, 1.0) / (emitted.sum() / whole)
    return np.where(good, np.log(ratio), 0.0)


def _closing(above: Array, faster: Array, faded: Array, time: Array) -> Array:
    """Return how far log intensity parts from the world's trend ``(party, year)``, 0 at first.

    The own trend dies out; what stands above the world's level closes in as it does.
    """
    apart = above.copy()
    path = np.zeros((above.size, time.size))
    for t in range(1, time.size):
        apart += faster * (faded[t] - faded[t - 1])
        settled = -np.expm1(-(time[t] - 0.5) / BEND["CO2 fossil"])
        apart -= settled / CLOSING * np.maximum(apart, 0.0)
        path[:, t] = apart - above
    return path


@lru_cache(maxsize=16)
def reference(economy: Economy, first_year: int) -> Reference:
    """Return the reference paths of an economy's parties from ``first_year`` on.

    Parameters
    ----------
    economy
        GDP and population, by draw.
    first_year
        First projected year; only earlier emissions are used.
    """
    past = emissions(economy.codes)
    last = first_year - 1
    years = np.arange(last, END + 1)
    time = (years - last).astype(float)
    window = slice(max(0, last - WINDOW + 1 - START), last + 1 - START)
    parties = len(economy.codes)

    gdp = _gdp_for_trends(economy, last)
    trend = np.zeros((len(GASES), parties))
    growth = np.ones((len(GASES), parties, years.size))
    for g, gas in enumerate(GASES):
        if g == LAND:
            continue
        driver = gdp if g == FOSSIL else economy.population[:, window]
        observed = past[g][:, : last + 1 - START][:, -driver.shape[1] :]
        slope, error = _trends(observed, driver)
        emits = (observed[:, -1] > 0) & (np.nan_to_num(driver) > 0).all(axis=1)
        world, _ = _trends(
            observed[emits].sum(axis=0, keepdims=True), driver[emits].sum(axis=0, keepdims=True)
        )
        weight = TREND_SPREAD**2 / (TREND_SPREAD**2 + error**2)
        trend[g] = np.clip(world + weight * (slope - world), *TREND_LIMITS)
        faded = BEND[gas] * -np.expm1(-time / BEND[gas])
        if g == FOSSIL:
            above = _above_the_world(economy, past[FOSSIL], last)
            apart = _closing(above, trend[g] - world, faded, time)
            growth[g] = np.exp(world * time + apart)
        else:
            growth[g] = np.exp(trend[g][:, None] * faded)

    observed_land = past[LAND][:, : last + 1 - START]
    level = observed_land[:, -LAND_MEAN:].mean(axis=1)
    land = level[:, None] * np.exp(-time / LAND_DECAY)
    land[:, 0] = observed_land[:, -1]
    return Reference(years, past[:, :, last - START], trend, growth, land, economy, past)
