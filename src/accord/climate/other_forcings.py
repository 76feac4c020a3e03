"""Land use, black carbon on snow, stratospheric water, minor gases, the Sun, volcanoes: linear.

Smith et al. 2024, https://doi.org/10.5194/gmd-17-8569-2024. Land use follows
cumulated land CO2; water vapour follows methane. Volcanic forcing warms with an efficacy of 0.6
(Leach et al. 2021 and references there); solar and volcanic forcing are given, not computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accord.climate.drivers import LINEAR
from accord.climate.species import FloatArray

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble

VOLCANIC_EFFICACY = 0.6

#: Each forcing of this file and the driver it follows.
FOLLOWS = {
    "black carbon on snow": "BC",
    "minor gases": "minor gases",
    "land use": "land use",
    "solar": "solar",
    "volcanic": "volcanic",
}


def coefficient(ensemble: Ensemble, forcing: str) -> FloatArray:
    """Return W m-2 per unit of the driver it follows, (member,); efficacy not included."""
    return {
        "black carbon on snow": ensemble.snow_per_mt_bc,
        "minor gases": ensemble.minor_scale,
        "land use": ensemble.land_use_per_gtco2,
        "solar": ensemble.solar_scale,
        "volcanic": ensemble.volcanic_scale,
    }[forcing]


def coefficients(ensemble: Ensemble, *, volcanic_efficacy: float) -> FloatArray:
    """Return W m-2 per unit of each linear driver, shape (driver, member)."""
    result = np.zeros((len(LINEAR), ensemble.size))
    for forcing, driver in FOLLOWS.items():
        efficacy = volcanic_efficacy if forcing == "volcanic" else 1.0
        result[LINEAR.index(driver)] = efficacy * coefficient(ensemble, forcing)
    return result


def water_per_ppb_ch4(ensemble: Ensemble) -> FloatArray:
    """Return W m-2 of stratospheric water vapour per ppb of CH4, (member,)."""
    return ensemble.water_per_ppb_ch4
