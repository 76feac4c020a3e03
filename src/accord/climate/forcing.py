"""The sum of all forcings, in the order that costs least.

What does not depend on the temperature of a run is summed before its years begin; a step adds CO2,
CH4, what follows methane, and the ozone feedback. `recording` computes every forcing by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from accord.climate import aerosol, ozone
from accord.climate import greenhouse_forcing as ghg
from accord.climate.carbon_cycle import PPM_PER_GTCO2
from accord.climate.methane import PPB_PER_MT
from accord.climate.species import FloatArray, constant

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble
    from accord.climate.integration import BlockDrivers


class TotalForcing:
    """Effective forcing of a block of runs from CO2, CH4 and all that follows them.

    Meinshausen et al. 2020 rearranged so that a step needs one logarithm and two roots: with
    r = CO2 / reference, what multiplies log r, sqrt r, sqrt CH4 and CH4 is known beforehand.
    """

    def __init__(self, ensemble: Ensemble, block: BlockDrivers, ch4_linear: FloatArray) -> None:
        e, chemistry = ensemble, ensemble.chemistry
        root_n2o = np.sqrt(block.n2o)
        f_co2 = e.co2_scale * ghg.CO2_ADJUSTED
        f_ch4 = e.ch4_scale * ghg.CH4_ADJUSTED
        f_n2o = e.n2o_scale * ghg.N2O_ADJUSTED
        reference = ghg.CO2_REFERENCE
        root_ch4_0, root_n2o_0 = np.sqrt(ghg.CH4_REFERENCE), np.sqrt(ghg.N2O_REFERENCE)

        self._ratio_0 = e.co2_baseline / reference
        self._ratio_per_gt = constant(PPM_PER_GTCO2 / reference)
        self._one = constant(1.0)
        self._ratio_limit = constant(1.0 + ghg.CO2_RISE_LIMIT / reference)
        # strength = D1 + C1 sqrt(N2O) + (B1 + A1 d) d with d = reference (r - 1).
        a = f_co2 * ghg.A1 * reference**2
        b = f_co2 * ghg.B1 * reference
        self._co2_square = a
        self._co2_linear = b - 2 * a
        self._co2_fixed = root_n2o * (f_co2 * ghg.C1)
        self._co2_fixed += f_co2 * ghg.D1 + a - b
        self._co2_root = (root_n2o - root_n2o_0) * (f_n2o * (ghg.A2 * np.sqrt(reference)))

        self._ppb_per_mt = constant(PPB_PER_MT)
        self._ch4_0 = constant(chemistry.ch4_baseline_concentration)
        self._ch4_root = root_n2o * (f_ch4 * ghg.B3 + f_n2o * ghg.C2)
        self._ch4_root += f_ch4 * (ghg.D3 - ghg.A3 * root_ch4_0) - f_n2o * (ghg.C2 * root_n2o_0)
        # A3 sqrt(CH4) x sqrt(CH4) is linear in CH4.
        self._per_mt = (ch4_linear + ghg.A3 * f_ch4) * PPB_PER_MT
        self._per_kelvin = constant(ozone.TEMPERATURE_FEEDBACK)

        fixed = block.linear
        fixed += aerosol.cloud_forcing(e, block.cloud)
        fixed += (root_n2o - root_n2o_0) * (ghg.B2 * root_n2o + ghg.D2) * f_n2o
        fixed -= root_n2o * (f_ch4 * (root_ch4_0 * ghg.B3))
        fixed += f_ch4 * (
            ghg.A3 * chemistry.ch4_baseline_concentration - root_ch4_0 * ghg.D3
        ) - sum(ghg.baseline_forcing(e))
        self._fixed = fixed

        self._ratio, self._work, self._strength = (np.empty(block.shape) for _ in range(3))

    def at(
        self,
        year: int,
        airborne: FloatArray,
        burden: FloatArray,
        surface: FloatArray,
        total: FloatArray,
    ) -> None:
        """Write the forcing at the end of the year at this position, W m-2.

        Parameters
        ----------
        airborne, burden
            CO2 (GtCO2) and CH4 (Mt) above 1750 at its end.
        surface
            T1 at its start, K.
        total
            Where to write.
        """
        ratio, work, strength = self._ratio, self._work, self._strength
        np.multiply(airborne, self._ratio_per_gt, out=ratio)
        np.add(ratio, self._ratio_0, out=ratio)
        np.maximum(ratio, self._one, out=work)
        np.minimum(work, self._ratio_limit, out=work)
        np.multiply(work, self._co2_square, out=strength)
        np.add(strength, self._co2_linear, out=strength)
        np.multiply(strength, work, out=strength)
        np.add(strength, self._co2_fixed[year], out=strength)
        np.log(ratio, out=work)
        np.multiply(strength, work, out=total)
        np.add(total, self._fixed[year], out=total)
        np.sqrt(ratio, out=ratio)
        np.multiply(ratio, self._co2_root[year], out=ratio)
        np.add(total, ratio, out=total)
        np.multiply(burden, self._ppb_per_mt, out=work)
        np.add(work, self._ch4_0, out=work)
        np.sqrt(work, out=work)
        np.multiply(work, self._ch4_root[year], out=work)
        np.add(total, work, out=total)
        np.multiply(burden, self._per_mt, out=work)
        np.add(total, work, out=total)
        np.multiply(surface, self._per_kelvin, out=work)
        np.add(total, work, out=total)
