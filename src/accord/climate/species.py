"""The emitted species: names, units, lifetimes, radiative efficiencies, baselines of 1750.

One table for every member. A member of the ensemble changes the strength of forcings and the
carbon cycle, never the chemistry of a minor gas.

Sources
-------
Lifetimes, radiative efficiencies and molecular weights: IPCC AR6 WG1, Table 7.SM.7 (Hodnebrog et
al. 2020, doi:10.1029/2019RG000691); tropospheric adjustments of CFC-11 and CFC-12: AR6 WG1
section 7.3.2; fractional release, baselines of 1750 and the sensitivities of the methane lifetime
(Thornhill et al. 2021): the figures of calibration 1.4.1 (Smith et al. 2024,
doi:10.5194/gmd-17-8569-2024).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

#: Mass of the atmosphere (Zg) and molecular weight of dry air (g/mol).
ATMOSPHERE_MASS_ZG = 5.1352
AIR_MOLECULAR_WEIGHT = 28.97

#: Emission inputs of aerosol and ozone chemistry, in the order of every array over precursors.
PRECURSORS = ("Sulfur", "BC", "OC", "NH3", "NOx", "VOC", "CO")


def concentration_per_emission(molecular_weight: float) -> float:
    """Return ppm per Gt (ppb per Mt, ppt per kt) of a gas that stays in the air."""
    return 1.0 / (ATMOSPHERE_MASS_ZG * molecular_weight / AIR_MOLECULAR_WEIGHT)


def constant(value: float) -> FloatArray:
    """Return a number as an array of no dimension, which NumPy need not convert at every use."""
    return np.array(value, dtype=np.float64)


def by_year(path: FloatArray) -> list[FloatArray]:
    """Return the years of a path; a year of one number as an array of no dimension."""
    return [year.reshape(()) if year.size == 1 else year for year in path]


class MinorGas(NamedTuple):
    """A gas whose lifetime does not change: one pool, linear forcing.

    Attributes
    ----------
    name
        As in the emissions.
    molecular_weight
        g/mol.
    lifetime
        Years.
    baseline_concentration
        ppt in 1750.
    baseline_emissions
        kt a year that hold the baseline (natural sources).
    radiative_efficiency
        W m-2 ppb-1.
    adjustment
        Tropospheric adjustment, a fraction of the radiative forcing.
    chlorine, bromine
        Atoms per molecule; zero for gases that do not reach the stratosphere as halogen source.
    release
        Fraction released in the stratosphere (3-year-old air).
    """

    name: str
    molecular_weight: float
    lifetime: float
    baseline_concentration: float
    baseline_emissions: float
    radiative_efficiency: float
    adjustment: float
    chlorine: int
    bromine: int
    release: float


MINOR_GASES: tuple[MinorGas, ...] = tuple(
    MinorGas(*row)
    for row in (
        ("CFC-11", 137.36, 52, 0, 0, 0.25941, 0.13, 3, 0, 0.47),
        ("CFC-12", 120.91, 102, 0, 0, 0.31998, 0.12, 2, 0, 0.23),
        ("CFC-113", 187.37, 93, 0, 0, 0.30142, 0, 3, 0, 0.29),
        ("CFC-114", 170.92, 189, 0, 0, 0.31433, 0, 2, 0, 0.12),
        ("CFC-115", 154.46, 540, 0, 0, 0.24625, 0, 1, 0, 0.04),
        ("HCFC-22", 86.47, 11.9, 0, 0, 0.21385, 0, 1, 0, 0.13),
        ("HCFC-141b", 116.95, 9.4, 0, 0, 0.16065, 0, 2, 0, 0.34),
        ("HCFC-142b", 100.49, 18, 0, 0, 0.19329, 0, 1, 0, 0.17),
        ("CCl4", 153.8, 32, 0.025, 0.021566776, 0.16616, 0, 4, 0, 0.56),
        ("CHCl3", 119.37, 0.501, 4.8, 204.4237338, 0.07357, 0, 3, 0, 0),
        ("CH2Cl2", 84.93, 0.493, 6.91, 207.4912296, 0.02882, 0, 2, 0, 0),
        ("CH3Cl", 50.49, 0.9, 457, 4407.598453, 0.00466, 0, 1, 0, 0.44),
        ("CH3CCl3", 133.4, 5, 0, 0, 0.06454, 0, 3, 0, 0.67),
        ("CH3Br", 94.94, 0.8, 5.3, 106.6891725, 0.00432, 0, 0, 1, 0.6),
        ("Halon-1211", 165.36, 16, 0.00445, 0.008275908, 0.30014, 0, 1, 1, 0.62),
        ("Halon-1301", 148.91, 72, 0, 0, 0.29943, 0, 0, 1, 0.28),
        ("Halon-2402", 259.82, 28, 0, 0, 0.31169, 0, 0, 2, 0.65),
        ("CF4", 88.004, 50000, 34.05, 0.010071225, 0.09859, 0, 0, 0, 0),
        ("C2F6", 138.01, 10000, 0, 0, 0.26105, 0, 0, 0, 0),
        ("C3F8", 188.02, 2600, 0, 0, 0.26999, 0, 0, 0, 0),
        ("c-C4F8", 200.03, 3200, 0, 0, 0.31392, 0, 0, 0, 0),
        ("C4F10", 238.03, 2600, 0, 0, 0.36874, 0, 0, 0, 0),
        ("C5F12", 288.03, 4100, 0, 0, 0.4076, 0, 0, 0, 0),
        ("C6F14", 338.04, 3100, 0, 0, 0.44888, 0, 0, 0, 0),
        ("C7F16", 388.05, 3000, 0, 0, 0.50312, 0, 0, 0, 0),
        ("C8F18", 438.06, 3000, 0, 0, 0.55787, 0, 0, 0, 0),
        ("NF3", 71.002, 569, 0, 0, 0.20448, 0, 0, 0, 0),
        ("SF6", 146.06, 3200, 0, 0, 0.56657, 0, 0, 0, 0),
        ("SO2F2", 102.06, 36, 0, 1.06e-05, 0.21074, 0, 0, 0, 0),
        ("HFC-125", 120.02, 30, 0, 0, 0.23378, 0, 0, 0, 0),
        ("HFC-134a", 102.03, 14, 0, 0, 0.16714, 0, 0, 0, 0),
        ("HFC-143a", 84.04, 51, 0, 0, 0.168, 0, 0, 0, 0),
        ("HFC-152a", 66.05, 1.6, 0, 0, 0.10174, 0, 0, 0, 0),
        ("HFC-227ea", 170.03, 36, 0, 0, 0.27325, 0, 0, 0, 0),
        ("HFC-23", 78.014, 228, 0, 0, 0.19111, 0, 0, 0, 0),
        ("HFC-236fa", 152.04, 213, 0, 0, 0.25069, 0, 0, 0, 0),
        ("HFC-245fa", 134.05, 7.9, 0, 0, 0.24498, 0, 0, 0, 0),
        ("HFC-32", 52.023, 5.4, 0, 0, 0.11144, 0, 0, 0, 0),
        ("HFC-365mfc", 148.07, 8.9, 0, 0, 0.22813, 0, 0, 0, 0),
        ("HFC-4310mee", 252.05, 17, 0, 0, 0.35731, 0, 0, 0, 0),
    )
)

#: Unit of each emitted species, per year. NOx as NO2, Sulfur as SO2.
UNITS: Mapping[str, str] = MappingProxyType(
    {
        "CO2 FFI": "GtCO2",
        "CO2 AFOLU": "GtCO2",
        "CH4": "Mt",
        "N2O": "Mt",
        **dict.fromkeys(PRECURSORS, "Mt"),
        **{gas.name: "kt" for gas in MINOR_GASES},
    }
)

#: Every emitted species, in the order of the tables.
SPECIES: tuple[str, ...] = tuple(UNITS)


@dataclass(frozen=True)
class Chemistry:
    """The numbers of the gas cycles that all members share.

    The defaults are the table of this module. A published calibration may bring its own rounded
    lifetime factors (`Ensemble.from_fair_calibration`).

    Attributes
    ----------
    minor
        Minor gases in the order of every array over gases.
    minor_lifetime_factor
        Shape (gas,). Constant factor on the lifetime; 1 but for rounding in a published table.
    co2_partition, co2_lifetime
        Fractions and lifetimes (years) of the four carbon pools.
    co2_g0, co2_g1
        Constants of the lifetime factor (Leach et al. 2021, eq. 4 and 5); computed if not given.
    ch4_lifetime
        Years, at the baseline.
    ch4_sensitivity
        Change of the CH4 lifetime per unit of NOx, VOC (Mt/yr), CH4, N2O (ppb), EESC (ppt).
    ch4_temperature_sensitivity
        The same per K.
    precursor_baseline
        Mt a year of 1750 in the order of ``PRECURSORS``.
    eesc_baseline
        ppt in 1750.
    """

    minor: tuple[MinorGas, ...] = MINOR_GASES
    minor_lifetime_factor: FloatArray = field(default_factory=lambda: np.ones(len(MINOR_GASES)))
    co2_partition: tuple[float, ...] = (0.2173, 0.224, 0.2824, 0.2763)
    co2_lifetime: tuple[float, ...] = (1e9, 394.4, 36.54, 4.304)
    co2_g0: float | None = None
    co2_g1: float | None = None
    ch4_lifetime: float = 16.78837799
    ch4_baseline_concentration: float = 729.2
    ch4_baseline_emissions: float = 38.246272
    ch4_sensitivity: Mapping[str, float] = field(
        default_factory=lambda: {
            "NOx": -0.0034188,
            "VOC": 0.00019837,
            "CH4": 0.000167283,
            "N2O": -0.000949891,
            "EESC": 2.53e-05,
        }
    )
    ch4_temperature_sensitivity: float = -0.0463
    n2o_lifetime: float = 109.0
    n2o_lifetime_factor: float = 1.0
    n2o_baseline_concentration: float = 270.1
    n2o_baseline_emissions: float = 1.00046404
    precursor_baseline: tuple[float, ...] = (
        2.293964929,
        2.096765609,
        15.44571911,
        6.656462698,
        19.4168329,
        60.62284009,
        348.4549732,
    )
    eesc_baseline: float = 344.3627591

    @cached_property
    def co2_lifetime_constants(self) -> tuple[float, float]:
        """Return (g0, g1) of Leach et al. 2021, eq. 4 and 5, horizon 100 years."""
        if self.co2_g0 is not None and self.co2_g1 is not None:
            return self.co2_g0, self.co2_g1
        a, tau = np.array(self.co2_partition), np.array(self.co2_lifetime)
        # -expm1 keeps the pool of 1e9 years, whose terms are differences of nearly equal numbers.
        gone = -np.expm1(-100.0 / tau)
        g1 = float(np.sum(a * (tau * gone - 100.0 * np.exp(-100.0 / tau))))
        g0 = float(np.exp(-np.sum(a * tau * gone) / g1))
        return g0, g1

    @cached_property
    def minor_baseline_emissions(self) -> FloatArray:
        """Return kt a year, shape (gas,)."""
        return np.array([gas.baseline_emissions for gas in self.minor])

    @cached_property
    def minor_per_emission(self) -> FloatArray:
        """Return ppt per kt, shape (gas,)."""
        return np.array([concentration_per_emission(gas.molecular_weight) for gas in self.minor])

    @cached_property
    def minor_residence(self) -> FloatArray:
        """Return the effective lifetime in years, shape (gas,)."""
        return np.array([gas.lifetime for gas in self.minor]) * self.minor_lifetime_factor

    @cached_property
    def minor_forcing_per_ppt(self) -> FloatArray:
        """Return W m-2 per ppt, adjustments included, shape (gas,)."""
        return np.array([g.radiative_efficiency * 1e-3 * (1 + g.adjustment) for g in self.minor])

    @cached_property
    def minor_eesc_per_ppt(self) -> FloatArray:
        """Return ppt of equivalent chlorine per ppt of gas: (Cl + 45 Br) x release, (gas,)."""
        return np.array([(g.chlorine + 45.0 * g.bromine) * g.release for g in self.minor])

    @cached_property
    def minor_baseline_concentration(self) -> FloatArray:
        """Return ppt in 1750, shape (gas,)."""
        return np.array([gas.baseline_concentration for gas in self.minor])
