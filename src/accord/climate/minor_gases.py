"""N2O and the 40 minor gases: one pool each with a constant lifetime, the same for all members.

Leach et al. 2021, https://doi.org/10.5194/gmd-14-3007-2021, eq. 1 with one pool. Forcing is
linear in the concentration; equivalent effective stratospheric chlorine is the sum of (Cl + 45
Br) x release x concentration (Newman et al. 2007; Leach et al. 2021).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from accord.climate.species import FloatArray, concentration_per_emission

if TYPE_CHECKING:
    from accord.climate.species import Chemistry

#: ppb of N2O per Mt.
N2O_PPB_PER_MT = concentration_per_emission(44.013)


class MinorSeries(NamedTuple):
    """What the minor gases do: forcing (W m-2, scale one) and EESC (ppt) at each year's end.

    ``forcing`` and ``eesc`` have shape (scenario, year); ``last`` holds the pools in kt above
    1750 at the end, shape (scenario, gas).
    """

    forcing: FloatArray
    eesc: FloatArray
    last: FloatArray


def accumulate(pool: FloatArray, emissions: FloatArray, residence: FloatArray) -> FloatArray:
    """Return the pools at the end of each year.

    Parameters
    ----------
    pool
        Shape (gas,): at the start, above 1750.
    emissions
        Shape (scenario, year, gas): above those of 1750.
    residence
        Shape (gas,): lifetime in years.

    Returns
    -------
    Shape (scenario, year, gas).
    """
    kept = np.exp(-1.0 / residence)
    # expm1: CF4 stays 50,000 years.
    pools = emissions * (-residence * np.expm1(-1.0 / residence))
    before: FloatArray = pool
    for year in range(pools.shape[1]):
        pools[:, year] += before * kept
        before = pools[:, year]
    return pools


def n2o_series(chemistry: Chemistry, pool: float, emissions: FloatArray) -> FloatArray:
    """Return N2O in Mt above 1750 at the end of each year, (scenario, year).

    ``emissions`` are Mt a year, natural sources of 1750 not included in the rise.
    """
    residence = np.array([chemistry.n2o_lifetime * chemistry.n2o_lifetime_factor])
    above = (emissions - chemistry.n2o_baseline_emissions)[..., None]
    return accumulate(np.array([pool]), above, residence)[..., 0]


def minor_series(
    chemistry: Chemistry, pools: FloatArray, emissions: Mapping[str, FloatArray]
) -> MinorSeries:
    """Run the minor gases; those with one path for all scenarios are run once.

    Parameters
    ----------
    pools
        Shape (gas,): kt above 1750 at the start.
    emissions
        kt a year by gas, shape (scenario, year), or (1, year) where all scenarios agree.
    """
    gases = chemistry.minor
    years = emissions[gases[0].name].shape[1]
    many = max(emissions[gas.name].shape[0] for gas in gases)
    varying = np.array([emissions[gas.name].shape[0] > 1 for gas in gases])
    base_eesc = float(chemistry.minor_eesc_per_ppt @ chemistry.minor_baseline_concentration)
    forcing = np.zeros((1, years))
    eesc = np.full((1, years), base_eesc)
    last = np.empty((many, len(gases)))
    for group in (varying, ~varying):
        if not group.any():
            continue
        names = [gas.name for gas, chosen in zip(gases, group, strict=True) if chosen]
        above = np.stack([emissions[name] for name in names], axis=-1)
        above -= chemistry.minor_baseline_emissions[group]
        burden = accumulate(pools[group], above, chemistry.minor_residence[group])
        per_kt = chemistry.minor_per_emission[group]
        forcing = forcing + burden @ (per_kt * chemistry.minor_forcing_per_ppt[group])
        eesc = eesc + burden @ (per_kt * chemistry.minor_eesc_per_ppt[group])
        last[:, group] = burden[:, -1]
    return MinorSeries(forcing, eesc, last)
