"""What is known about the climate: the distributions that the ensemble must reproduce.

Sources
-------
ECS, TCR, aerosol forcing 2005-2014: IPCC AR6 WG1 chapter 7 (assessed very likely ranges).
Warming 2003-2022 and ocean heat 1971-2020: Indicators of Global Climate Change 2023,
https://doi.org/10.5194/essd-16-2625-2024. CO2 2022: the same. The set is the one of
fair-calibrate 1.4.1 (Smith et al. 2024, https://doi.org/10.5194/gmd-17-8569-2024) without its
future-warming target, see docs/ensemble.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

F64 = npt.NDArray[np.float64]
P95 = 1.6448536269514722
PERCENTILES = (5, 17, 50, 83, 95)


@dataclass(frozen=True)
class Target:
    """One constraint: a normal or skew-normal distribution given by 5, 50, 95 %.

    Parameters
    ----------
    name
        Key of the diagnostic, e.g. ``"ecs"``.
    title, unit
        For tables and plots.
    p05, p50, p95
        The assessed range; symmetric ones become normal distributions.
    """

    name: str
    title: str
    unit: str
    p05: float
    p50: float
    p95: float

    @cached_property
    def quantile(self) -> Callable[[F64], F64]:
        """Inverse cumulative distribution."""
        low, high = self.p50 - self.p05, self.p95 - self.p50
        if abs(low - high) < 1e-9 * max(low, high):
            return stats.norm(self.p50, high / P95).ppf  # type: ignore[no-any-return]
        return skew_normal(self.p05, self.p50, self.p95).ppf  # type: ignore[no-any-return]

    def percentiles(self) -> F64:
        """Values at ``PERCENTILES``."""
        return np.asarray(self.quantile(np.array(PERCENTILES) / 100))


def skew_normal(p05: float, p50: float, p95: float) -> stats.distributions.rv_frozen:
    """Return the skew-normal distribution with these three percentiles.

    Raises
    ------
    ValueError
        If no skew-normal distribution comes within 1 % of the range's width.
    """

    def misfit(x: F64) -> F64:
        return stats.skewnorm.ppf([0.05, 0.5, 0.95], x[0], x[1], np.exp(x[2])) - wanted

    wanted = np.array([p05, p50, p95])
    right = p95 - p50 > p50 - p05
    start = [3.0 if right else -3.0, p50, np.log((p95 - p05) / 3)]
    fit = optimize.least_squares(misfit, start)
    if np.max(np.abs(fit.fun)) > 0.01 * (p95 - p05):
        raise ValueError(f"no skew normal has 5, 50, 95 % at {p05}, {p50}, {p95}")
    return stats.skewnorm(fit.x[0], fit.x[1], np.exp(fit.x[2]))


def _around(name: str, title: str, unit: str, centre: float, half: float) -> Target:
    return Target(name, title, unit, centre - half, centre, centre + half)


TARGETS = (
    Target("ecs", "Equilibrium climate sensitivity", "K", 2.0, 3.0, 5.0),
    _around("tcr", "Transient climate response", "K", 1.8, 0.6),
    Target("warming_2003_2022", "Warming 2003-2022 above 1850-1900", "K", 0.87, 1.03, 1.13),
    _around("heat_1971_2020", "Earth's heat uptake 1971-2020", "ZJ", 465.3, 108.5),
    _around("erf_ari", "Aerosol-radiation forcing 2005-2014", "W/m2", -0.3, 0.3),
    _around("erf_aci", "Aerosol-cloud forcing 2005-2014", "W/m2", -1.0, 0.7),
    _around("erf_aerosol", "Aerosol forcing 2005-2014", "W/m2", -1.3, 0.76),
    _around("co2_2022", "CO2 2022", "ppm", 417.0, 0.5 * P95),
)

RMSE_LIMIT = 0.17
"""K; annual surface temperature 1850-2022 against IGCC, both above 1850-1900."""

CO2_TARGET = (417.0, 0.5)
"""ppm, mean and sd of the 2022 concentration that each member's r0 is solved for."""

CO2_1980 = (338.9, 2.0)
"""ppm, observed concentration of 1980 and how far past emissions leave it open (sd).

Two published emission histories, each calibrated to the same concentration in 2022, differ by
2.8 ppm in 1980 (docs/ensemble.md). Honoured as a likelihood, not as a distribution to reach.
"""
