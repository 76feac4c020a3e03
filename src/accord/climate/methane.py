"""Methane: one pool whose lifetime depends on chemistry, warmth and methane itself.

Thornhill et al. 2021b, https://doi.org/10.5194/acp-21-1105-2021, in the product form of Leach et
al. 2021: lifetime = 16.8 years x product of (1 + sensitivity x departure from 1750)
over NOx and VOC emissions of the year and CH4, N2O, EESC and temperature at its start, each
factor at least 0.01.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accord.climate.species import FloatArray, by_year, concentration_per_emission, constant

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble
    from accord.climate.species import Chemistry

FACTOR_FLOOR = 0.01
#: ppb of CH4 per Mt.
PPB_PER_MT = concentration_per_emission(16.043)


def shared_lifetime_factor(
    chemistry: Chemistry, nox: FloatArray, voc: FloatArray, n2o: FloatArray, eesc: FloatArray
) -> FloatArray:
    """Return the factors on the lifetime that all members share, as one product.

    Parameters
    ----------
    nox, voc
        Departure from 1750 in the year, Mt.
    n2o, eesc
        Departure from 1750 at the start of the year, ppb and ppt.
    """
    factor: FloatArray = np.asarray(1.0)
    for name, departure in (("NOx", nox), ("VOC", voc), ("N2O", n2o), ("EESC", eesc)):
        sensitivity = chemistry.ch4_sensitivity[name]
        factor = factor * np.maximum(1 + departure * sensitivity, FACTOR_FLOOR)
    return factor


class Methane:
    """Methane of a block of runs, stepped in place.

    Parameters
    ----------
    ensemble
        The members of the block.
    burden
        Shape (…, member), Mt above 1750; taken over and changed.
    emissions
        Shape (year, …, member or 1): Mt in the year above those of 1750.
    shared_factor
        Same shape: `shared_lifetime_factor`.
    """

    def __init__(
        self,
        ensemble: Ensemble,
        burden: FloatArray,
        emissions: FloatArray,
        shared_factor: FloatArray,
    ) -> None:
        chemistry = ensemble.chemistry
        self.burden = burden
        self._emissions = by_year(emissions)
        self._lifetime = by_year(chemistry.ch4_lifetime * shared_factor)
        self._per_mt = constant(chemistry.ch4_sensitivity["CH4"] * PPB_PER_MT)
        self._per_kelvin = constant(chemistry.ch4_temperature_sensitivity)
        self._one, self._minus_one = constant(1.0), constant(-1.0)
        self._floor = np.full(burden.shape, FACTOR_FLOOR)
        self._residence = np.empty_like(burden)
        self._work = np.empty_like(burden)

    def step(self, year: int, surface: FloatArray) -> None:
        """Advance the burden through the year at this position, given T1 at its start (K)."""
        burden, residence, work = self.burden, self._residence, self._work
        np.multiply(burden, self._per_mt, out=residence)
        np.add(residence, self._one, out=residence)
        np.multiply(surface, self._per_kelvin, out=work)
        np.add(work, self._one, out=work)
        np.maximum(work, self._floor, out=work)
        np.multiply(residence, work, out=residence)
        np.multiply(residence, self._lifetime[year], out=residence)
        # burden' = B + (burden - B) exp(-1/lifetime) with B = E x lifetime.
        np.divide(self._minus_one, residence, out=work)
        np.exp(work, out=work)
        np.multiply(residence, self._emissions[year], out=residence)
        np.subtract(burden, residence, out=burden)
        np.multiply(burden, work, out=burden)
        np.add(burden, residence, out=burden)
