"""Ozone: linear in its precursors, weakened by warming.

Thornhill et al. 2021a, https://doi.org/10.5194/acp-21-853-2021, in the form of Leach et al. 2021,
https://doi.org/10.5194/gmd-14-3007-2021, with the temperature feedback of calibration 1.4.1 (Smith
et al. 2024; size as in IPCC AR6 WG1 chapter 6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accord.climate.drivers import LINEAR
from accord.climate.ensemble import ROWS
from accord.climate.species import PRECURSORS, FloatArray

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble

#: W m-2 per K of the surface temperature at the start of the year.
TEMPERATURE_FEEDBACK = -0.037


def coefficients(ensemble: Ensemble) -> FloatArray:
    """Return W m-2 per unit of each linear driver, shape (driver, member)."""
    result = np.zeros((len(LINEAR), ensemble.size))
    result[: len(PRECURSORS)] = ensemble.ozone[: len(PRECURSORS)]
    for name in ("N2O", "EESC"):
        result[LINEAR.index(name)] = ensemble.ozone[ROWS["ozone"].index(name)]
    return result


def per_ppb_ch4(ensemble: Ensemble) -> FloatArray:
    """Return W m-2 per ppb of CH4, (member,)."""
    result: FloatArray = ensemble.ozone[ROWS["ozone"].index("CH4")]
    return result
