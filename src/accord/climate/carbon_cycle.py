"""The carbon cycle: four pools whose lifetimes lengthen with uptake, warmth and airborne carbon.

Leach et al. 2021, https://doi.org/10.5194/gmd-14-3007-2021, eq. 1-5. With G_i the CO2 in pool i
above 1750 and E the emissions of a year,

    iIRF   = r0 + ru (cumulated - airborne) + rT T1 + ra airborne            (at most 100 years)
    alpha  = g0 exp(iIRF / g1)
    G_i(t+1) = a_i E alpha tau_i (1 - exp(-1/(alpha tau_i))) + G_i(t) exp(-1/(alpha tau_i))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accord.climate.species import FloatArray, by_year, concentration_per_emission, constant

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble

#: Longest integrated airborne fraction, years (its horizon).
IIRF_LIMIT = 100.0
#: ppm of CO2 per GtCO2.
PPM_PER_GTCO2 = concentration_per_emission(44.009)


class CarbonCycle:
    """The pools of a block of runs, stepped in place.

    Parameters
    ----------
    ensemble
        The members of the block.
    pools
        Shape (4, …, member), GtCO2 above 1750; taken over and changed.
    emissions, cumulated
        Shape (year, …, member or 1): GtCO2 in the year, and before it since 1750.

    Attributes
    ----------
    airborne
        Shape (…, member): GtCO2 above 1750, always the sum of the pools.
    """

    def __init__(
        self, ensemble: Ensemble, pools: FloatArray, emissions: FloatArray, cumulated: FloatArray
    ) -> None:
        g0, g1 = ensemble.chemistry.co2_lifetime_constants
        tau = np.array(ensemble.chemistry.co2_lifetime)
        share = np.array(ensemble.chemistry.co2_partition)
        # Everything works on -log(alpha), so that one exp gives 1 / alpha.
        self._fixed = cumulated * (-ensemble.iirf_uptake / g1)
        self._fixed += -ensemble.iirf_0 / g1 - np.log(g0)
        self._per_airborne = (ensemble.iirf_uptake - ensemble.iirf_airborne) / g1
        self._per_kelvin = -ensemble.iirf_temperature / g1
        self._least = np.full(pools.shape[1:], -IIRF_LIMIT / g1 - np.log(g0))
        self._emissions = by_year(emissions)
        self._entering = by_year(emissions * share[0])
        self._permanent_rate = constant(-1.0 / tau[0])
        self._entering_half = by_year(emissions * (share[0] / 2))
        self._rates = tuple(constant(-1.0 / years) for years in tau[1:])
        self._shares = tuple(constant(part) for part in (share * tau)[1:])
        self.pools, self.permanent, self.passing = pools, pools[0], pools[1:]
        self.airborne = pools.sum(axis=0)
        self._inverse = np.empty_like(self.airborne)
        self._work = np.empty_like(self.airborne)
        self._kept = np.empty_like(self.passing)
        self._filled = np.empty_like(self.passing)

    def step(self, year: int, surface: FloatArray) -> None:
        """Advance the pools through the year at this position, given T1 at its start (K)."""
        inverse, work, kept, filled = self._inverse, self._work, self._kept, self._filled
        permanent, passing, airborne = self.permanent, self.passing, self.airborne

        np.multiply(self._per_airborne, airborne, out=inverse)
        np.add(inverse, self._fixed[year], out=inverse)
        np.multiply(self._per_kelvin, surface, out=work)
        np.add(inverse, work, out=inverse)
        np.maximum(inverse, self._least, out=inverse)
        np.exp(inverse, out=inverse)

        # G' = B + (G - B) exp(-1/(alpha tau)) with B = a E alpha tau.
        np.divide(self._emissions[year], inverse, out=work)
        for pool in range(3):
            np.multiply(work, self._shares[pool], out=filled[pool])
            np.multiply(inverse, self._rates[pool], out=kept[pool])
        np.exp(kept, out=kept)
        np.subtract(passing, filled, out=passing)
        np.multiply(passing, kept, out=passing)
        np.add(passing, filled, out=passing)

        # The pool of 1e9 years: first order in 1/(alpha tau), where the exact form cancels.
        entering = self._entering[year]
        np.add(permanent, self._entering_half[year], out=work)
        np.multiply(work, inverse, out=work)
        np.multiply(work, self._permanent_rate, out=work)
        np.add(permanent, entering, out=permanent)
        np.add(permanent, work, out=permanent)

        np.add(passing[0], passing[1], out=airborne)
        np.add(airborne, passing[2], out=airborne)
        np.add(airborne, permanent, out=airborne)
