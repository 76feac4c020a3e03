"""Aerosols: their own scattering and absorption, and their effect through clouds.

Aerosol-radiation interactions are linear in emissions (and slightly in CH4 and N2O, which change
the oxidants): Smith et al. 2024, https://doi.org/10.5194/gmd-17-8569-2024.
Aerosol-cloud interactions follow the log-sum of Smith et al. 2021,
https://doi.org/10.1029/2020JD033622: beta ln(1 + sum of s_i E_i) minus the same in 1750.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accord.climate.drivers import LINEAR
from accord.climate.ensemble import ROWS
from accord.climate.species import PRECURSORS, FloatArray

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble

#: Positions of the cloud-active precursors among ``PRECURSORS``.
CLOUD = tuple(PRECURSORS.index(name) for name in ROWS["aci_shape"])


def radiation_coefficients(ensemble: Ensemble) -> FloatArray:
    """Return W m-2 per unit of each linear driver, shape (driver, member).

    Chlorine has no term: in the reference implementation its coefficient never takes effect on a
    first run, because the sum is formed before the chlorine of the year is known.
    """
    coefficients = np.zeros((len(LINEAR), ensemble.size))
    coefficients[: len(PRECURSORS)] = ensemble.ari[: len(PRECURSORS)]
    coefficients[LINEAR.index("N2O")] = ensemble.ari[ROWS["ari"].index("N2O")]
    return coefficients


def radiation_per_ppb_ch4(ensemble: Ensemble) -> FloatArray:
    """Return W m-2 per ppb of CH4, (member,)."""
    result: FloatArray = ensemble.ari[ROWS["ari"].index("CH4")]
    return result


def cloud_forcing(ensemble: Ensemble, emissions: FloatArray) -> FloatArray:
    """Return the aerosol-cloud forcing, W m-2.

    Parameters
    ----------
    emissions
        Mt a year of Sulfur, BC, OC, shape (3, …, 1) or (3, …, member).

    Returns
    -------
    Shape (…, member).
    """
    s = ensemble.aci_shape
    base = np.array([ensemble.chemistry.precursor_baseline[i] for i in CLOUD])
    total = emissions[0] * s[0]
    total += emissions[1] * s[1]
    total += emissions[2] * s[2]
    # log1p: near-linear members have shapes of 1e-7 and scales of 1e4.
    np.log1p(total, out=total)
    total -= np.log1p(base @ s)
    total *= ensemble.aci_scale
    result: FloatArray = total
    return result
