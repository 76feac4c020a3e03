"""A party's reference path: where its emissions go with no further commitment.

- **Fossil CO2** = GDP × carbon intensity. The intensity goes on at the party's own trend of the
  fifteen years before the first year (least squares on the logarithm), shrunk towards the world's
  by how well the trend is known, and bends to the world's trend with an e-folding time of 25 years.
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
LAND_DECAY = 50.0
GDP_SINCE = 1990
"""First year of the World Bank's GDP; trends that reach further back use Maddison's."""
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

    gdp = economy.central[:, window]
    if last - WINDOW + 1 < GDP_SINCE:
        # before the World Bank's series begins; for a trend any one series will do
        since = max(last - WINDOW + 1, START)
        gdp = rows(tables.history("gdp_maddison"), economy.codes, since, last)
    trend = np.zeros((len(GASES), parties))
    growth = np.ones((len(GASES), parties, years.size))
    for g, gas in enumerate(GASES):
        if g == LAND:
            continue
        driver = gdp if g == FOSSIL else economy.population[:, window]
        observed = past[g][:, window]
        slope, error = _trends(observed, driver)
        emits = (observed[:, -1] > 0) & (np.nan_to_num(driver) > 0).all(axis=1)
        world, _ = _trends(
            observed[emits].sum(axis=0, keepdims=True), driver[emits].sum(axis=0, keepdims=True)
        )
        weight = TREND_SPREAD**2 / (TREND_SPREAD**2 + error**2)
        trend[g] = np.clip(world + weight * (slope - world), *TREND_LIMITS)
        faded = BEND[gas] * -np.expm1(-time / BEND[gas])
        if g == FOSSIL:
            growth[g] = np.exp(world * time + (trend[g] - world)[:, None] * faded)
        else:
            growth[g] = np.exp(trend[g][:, None] * faded)

    observed_land = past[LAND][:, : last + 1 - START]
    level = observed_land[:, -LAND_MEAN:].mean(axis=1)
    land = level[:, None] * np.exp(-time / LAND_DECAY)
    land[:, 0] = observed_land[:, -1]
    return Reference(years, past[:, :, last - START], trend, growth, land, economy, past)
