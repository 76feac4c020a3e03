"""What cutting emissions costs: published cost curves, applied to a party's own reference path.

Every curve has the form of the DICE family: cutting the share ``mu = 1 - E / E_ref`` of the
reference emissions costs ``p E_ref mu^theta / theta`` a year, where ``p`` is the backstop price at
which the last tonne goes. Two sets of parameters can be chosen:

- ``RICE-2010`` (Nordhaus 2010): twelve regions, ``theta = 2.8``; the backstop falls from its 2005
  level towards a tenth of it, by 5 % of the remainder in ten years.
- ``C-DICE 2015`` (Nordhaus 2015, on McKinsey's curves): fifteen regions, ``theta = 2``; the
  backstop ``2 a GDP / CO2`` of 2011 is held in real terms, as the model is of that one year.

Money is in 2021 dollars, as the bundled GDP is. The curves are those of CO2 from fossil fuels and
industry; for land use and other gases neither model has one. Above ``mu = 1`` every further tonne
costs the backstop; emissions above the reference cost and save nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from accord.economy.region import region, rows_of
from accord.errors import InputError, UnknownNameError
from accord.parties import tables

Array = npt.NDArray[np.float64]
Set = Literal["RICE-2010", "C-DICE 2015"]

CARBON_PER_CO2 = 12.0 / 44.0
DOLLARS_OF = {2005: 1.36, 2011: 1.21, 2021: 1.0}
"""Dollars of 2021 for one of the year: the US GDP price index (BEA, NIPA table 1.1.4), rounded."""
COST_SCALE = 0.837
"""Factor of C-DICE on the McKinsey-based coefficients (Nordhaus 2015, appendix)."""
BACKSTOP_FLOOR, BACKSTOP_DECADE = 0.1, 0.95
"""RICE-2010: the part of the backstop that never goes, and what ten years leave of the rest."""


@dataclass(frozen=True)
class CostCurve:
    """The cost curve of one region.

    Attributes
    ----------
    model, region
        Where it is from.
    backstop_price
        2021 $/tCO2 in ``year``.
    year
        Year of that price.
    falling
        Whether the price falls as in RICE-2010; otherwise it stays.
    theta
        Exponent of the cost; the marginal cost rises with ``theta - 1``.
    """

    model: Set
    region: str
    backstop_price: float
    year: int
    falling: bool
    theta: float

    def backstop(self, years: npt.ArrayLike) -> Array:
        """Return the backstop price in ``years``, 2021 $/tCO2."""
        since = np.asarray(years, dtype=np.float64) - self.year
        if not self.falling:
            return np.full(since.shape, self.backstop_price)
        left = BACKSTOP_FLOOR + (1 - BACKSTOP_FLOOR) * BACKSTOP_DECADE ** (since / 10)
        return np.asarray(self.backstop_price * left)

    def cost(
        self, emissions: npt.ArrayLike, reference: npt.ArrayLike, years: npt.ArrayLike
    ) -> Array:
        """Return what staying at ``emissions`` costs, bn 2021 $ a year.

        Parameters
        ----------
        emissions, reference
            MtCO2 a year, shapes that broadcast with ``years`` (last axis).
        years
            Calendar years.
        """
        e, ref = _pair(emissions, reference)
        mu = _control(e, ref)
        share = np.minimum(mu, 1.0) ** self.theta / self.theta + np.maximum(mu - 1.0, 0.0)
        return np.asarray(self.backstop(years) * np.maximum(ref, 0.0) * share / 1000.0)

    def price(
        self, emissions: npt.ArrayLike, reference: npt.ArrayLike, years: npt.ArrayLike
    ) -> Array:
        """Return the cost of the last tonne, 2021 $/tCO2."""
        mu = np.minimum(_control(*_pair(emissions, reference)), 1.0)
        return np.asarray(self.backstop(years) * mu ** (self.theta - 1.0))


def _pair(emissions: npt.ArrayLike, reference: npt.ArrayLike) -> tuple[Array, Array]:
    e = np.asarray(emissions, dtype=np.float64)
    ref = np.asarray(reference, dtype=np.float64)
    if not (np.isfinite(e).all() and np.isfinite(ref).all()):
        raise InputError("emissions and reference must be finite numbers, Mt a year")
    return e, ref


def _control(emissions: Array, reference: Array) -> Array:
    """Return ``mu``, 0 where nothing is cut or the reference emits nothing."""
    safe = np.where(reference > 0, reference, 1.0)
    return np.asarray(np.where(reference > 0, np.maximum(1.0 - emissions / safe, 0.0), 0.0))


@cache
def _rice() -> dict[str, CostCurve]:
    per_tonne = 1000.0 * CARBON_PER_CO2 * DOLLARS_OF[2005]
    return {
        row["region"]: CostCurve(
            "RICE-2010", row["region"], float(row["backstop_2005"]) * per_tonne, 2005, True, 2.8
        )
        for row in rows_of("rice-2010.csv")
    }


@cache
def _cdice() -> dict[str, CostCurve]:
    curves = {}
    for row in rows_of("cdice-regions.csv", "bargaining"):
        intensity = float(row["co2_mt"]) / float(row["gdp_bn"])
        price = 2000.0 * COST_SCALE * float(row["alpha"]) / intensity * DOLLARS_OF[2011]
        curves[row["region"]] = CostCurve("C-DICE 2015", row["region"], price, 2011, False, 2.0)
    return curves


def cost_curve(party: str, curves: str = "RICE-2010") -> CostCurve:
    """Return the cost curve that stands for ``party``.

    Parameters
    ----------
    party
        Code of a state, a territory, EU27 or a member of it.
    curves
        ``RICE-2010`` or ``C-DICE 2015``.

    Raises
    ------
    UnknownNameError
        For another set, or a code without a region (bunkers, groups).
    """
    if curves not in get_args(Set):
        raise UnknownNameError("set of cost curves", curves, get_args(Set))
    known = _rice() if curves == "RICE-2010" else _cdice()
    return known[region(party, curves)]


def cost_share(  # noqa: PLR0917 - a red line's cost(P) calls it by position
    party: str,
    year: int,
    emissions: float,
    reference: float,
    curves: str = "RICE-2010",
    scenario: str = "SSP2",
) -> float:
    """Return what a party's emissions in a year cost it, % of its GDP of that year.

    Parameters
    ----------
    party
        Code.
    year
        From 1990 to 2100.
    emissions, reference
        With and without the deal, Mt a year, on one and the same accounting.
    curves
        Set of cost curves.
    scenario
        GDP after the last observed year.

    Raises
    ------
    InputError
        If the party's GDP of the year is not known.
    """
    gdp = tables.projection("gdp_ppp", scenario).at(party, year)
    if not np.isfinite(gdp):
        gdp = tables.history("gdp_ppp").at(party, year)
    if not np.isfinite(gdp):
        raise InputError(f"no GDP of {party} in {year} is known; give a year from 1990 to 2100")
    cost = cost_curve(party, curves).cost(emissions, reference, year)
    return float(100.0 * cost / gdp)
