"""Effective forcing of CO2, CH4 and N2O with their overlaps, and of the minor gases.

Meinshausen et al. 2020, https://doi.org/10.5194/gmd-13-3571-2020, Table 3 (coefficients) with the
tropospheric adjustments of IPCC AR6 WG1 section 7.3.2. The formula counts from its reference
concentrations; every member's forcing is taken minus the same at the member's own baseline, so
that 1750 has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accord.climate.species import FloatArray

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble

#: Reference concentrations of the formula: ppm, ppb, ppb.
CO2_REFERENCE, CH4_REFERENCE, N2O_REFERENCE = 277.15, 731.41, 273.87
#: 1 + tropospheric adjustment.
CO2_ADJUSTED, CH4_ADJUSTED, N2O_ADJUSTED = 1.05, 0.86, 1.07

# Meinshausen et al. 2020, Table 3.
A1, B1, C1, D1 = -2.4785e-07, 0.00075906, -0.0021492, 5.2488
A2, B2, C2, D2 = -0.00034197, 0.00025455, -0.00024357, 0.12173
A3, B3, D3 = -8.9603e-05, -0.00012462, 0.045194
#: Rise of CO2 (ppm) above the reference at which its strength stops growing.
CO2_RISE_LIMIT = -B1 / (2 * A1)


def co2_forcing(co2: FloatArray, n2o: FloatArray | float) -> FloatArray:
    """Return the forcing of CO2 (ppm) beside N2O (ppb), W m-2, scale one."""
    rise = np.clip(co2 - CO2_REFERENCE, 0.0, CO2_RISE_LIMIT)
    strength = D1 + (B1 + A1 * rise) * rise + C1 * np.sqrt(n2o)
    result: FloatArray = CO2_ADJUSTED * strength * np.log(co2 / CO2_REFERENCE)
    return result


def ch4_forcing(ch4: FloatArray | float, n2o: FloatArray | float) -> FloatArray:
    """Return the forcing of CH4 (ppb) beside N2O (ppb), W m-2, scale one."""
    root = np.sqrt(ch4)
    strength = A3 * root + B3 * np.sqrt(n2o) + D3
    return np.asarray(CH4_ADJUSTED * strength * (root - np.sqrt(CH4_REFERENCE)))


def n2o_forcing(n2o: FloatArray | float, co2: FloatArray, ch4: FloatArray | float) -> FloatArray:
    """Return the forcing of N2O (ppb) beside CO2 (ppm) and CH4 (ppb), W m-2, scale one."""
    strength = A2 * np.sqrt(co2) + B2 * np.sqrt(n2o) + C2 * np.sqrt(ch4) + D2
    return np.asarray(N2O_ADJUSTED * strength * (np.sqrt(n2o) - np.sqrt(N2O_REFERENCE)))


def baseline_forcing(ensemble: Ensemble) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the forcing of CO2, CH4 and N2O at the members' baselines, scaled, (member,) each."""
    chemistry = ensemble.chemistry
    ch4, n2o = chemistry.ch4_baseline_concentration, chemistry.n2o_baseline_concentration
    return (
        ensemble.co2_scale * co2_forcing(ensemble.co2_baseline, n2o),
        ensemble.ch4_scale * ch4_forcing(ch4, n2o),
        ensemble.n2o_scale * n2o_forcing(n2o, ensemble.co2_baseline, ch4),
    )


def co2_forcing_of_ratio(ratio: FloatArray | float) -> FloatArray:
    """Return the forcing of CO2 at ``ratio`` times the reference, N2O at its reference."""
    return co2_forcing(np.asarray(ratio) * CO2_REFERENCE, N2O_REFERENCE)


def doubling_forcing(co2_scale: FloatArray) -> FloatArray:
    """Return each member's forcing of doubled CO2, W m-2."""
    result: FloatArray = co2_scale * co2_forcing_of_ratio(2.0)
    return result
