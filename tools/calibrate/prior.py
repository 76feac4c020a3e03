"""Prior members: what published fits and assessed ranges allow before any observation.

Each block is drawn independently of the others; correlations inside a block are kept.

Sources
-------
Energy balance: three-layer fits to CMIP6 abrupt-4xCO2 runs, method of Cummins et al. 2020,
https://doi.org/10.1175/JCLI-D-19-0589.1. Carbon cycle: Leach et al. 2021, table 3,
https://doi.org/10.5194/gmd-14-3007-2021 (CC BY). Aerosol-cloud shapes: Smith et al. 2021,
https://doi.org/10.1029/2020JD033622 (CC BY). Sizes of the forcings: IPCC AR6 WG1 chapter 7 and
Thornhill et al. 2021, https://doi.org/10.5194/acp-21-853-2021; the split by species is our
rounding of them, only the sums are constrained later.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from accord.climate.ensemble import Ensemble

F64 = npt.NDArray[np.float64]
Draws = dict[str, F64]

P95 = 1.6448536269514722
"""Standard normal value at 95 %: half of a 5-95 % range in standard deviations."""

EBM = ("gamma", "c1", "c2", "c3", "k1", "k2", "k3", "eps", "sigma_eta", "sigma_xi", "f4x")
CARBON = ("r0", "r_u", "r_t", "r_a")
PRECURSORS = ("Sulfur", "BC", "OC", "NH3", "NOx", "VOC", "CO")

GTC_PER_GTCO2 = 12.011 / 44.009
# r0 [yr], r_u [yr/GtC], r_T [yr/K], r_a [yr/GtC] of eleven CMIP6 models.
CARBON_FITS = np.array(
    [
        [36.739, 0.03495, 3.037, -0.00066],  # ACCESS-ESM1-5
        [25.590, 0.00598, 5.196, 0.00439],  # BCC-CSM2-MR
        [40.705, 0.01066, 1.279, 0.00421],  # CESM2
        [38.092, 0.00058, 2.472, 0.00978],  # CNRM-ESM2-1
        [35.706, -0.00596, -0.104, 0.01812],  # CanESM5
        [34.267, 0.02186, 4.855, -0.00424],  # GFDL-ESM4
        [32.224, 0.01661, 1.069, 0.01234],  # IPSL-CM6A-LR
        [33.395, 0.01310, 3.464, 0.00399],  # MIROC-ES2L
        [33.339, 0.03104, 1.499, -0.00257],  # MPI-ESM1-2-LR
        [40.736, 0.00947, 1.563, 0.00489],  # NorESM2-LM
        [37.916, 0.02014, 2.671, 0.00181],  # UKESM1-0-LL
    ]
) * [1.0, GTC_PER_GTCO2, 1.0, GTC_PER_GTCO2]
CARBON_WIDENING = 1.5  # what a kernel estimate on eleven points amounts to

# Aerosol-cloud shapes per Mt of SO2, BC, OC: forcing = beta ln(1 + sum of shape x emissions).
CLOUD_FITS = np.array(
    [
        [0.0199, 0.407, 0.0],  # CanESM5
        [0.0106, 0.00443, 0.0278],  # E3SM
        [0.00125, 0.00426, 0.00175],  # GFDL-CM4
        [2.7e-7, 3.7e-6, 7.3e-7],  # GFDL-ESM4
        [0.00684, 0.575, 0.0],  # GISS-E2-1-G
        [0.0180, 0.0, 0.0284],  # HadGEM3-GC31-LL
        [0.00320, 0.0, 0.00284],  # IPSL-CM6A-LR
        [0.00644, 0.131, 0.0],  # MIROC6
        [0.00047, 0.00341, 0.0],  # MRI-ESM2-0
        [4.8e-7, 0.0, 1.3e-6],  # NorESM2-LM
        [0.0370, 0.0, 0.0162],  # UKESM1-0-LL
    ]
)
CLOUD_SPREAD = 0.4  # sd of the log of each shape around its fit
CLOUD_FLOOR = 1e-3  # of the model's largest shape; a kernel estimate in logs needs none to fail
CLOUD_RANGE = (-2.2, 0.0)  # W/m2, 2005-2014 mean, uniform: the constraint sets the distribution

# ERF of aerosol-radiation interactions in 2019, W/m2: mean, sd.
RADIATION_2019 = {
    "BC": (0.145, 0.12),
    "OC": (-0.072, 0.05),
    "Sulfur": (-0.29, 0.11),
    "NOx": (-0.010, 0.006),
    "VOC": (-0.003, 0.003),
    "NH3": (-0.035, 0.010),
    "N2O": (-0.002, 0.002),
    "CH4": (-0.003, 0.002),
}
# ERF of ozone in 2019, W/m2: mean, sd.
OZONE_2019 = {
    "CH4": (0.25, 0.05),
    "NOx": (0.15, 0.08),
    "VOC": (0.05, 0.03),
    "N2O": (0.05, 0.04),
    "CO": (0.03, 0.04),
    "EESC": (-0.05, 0.08),
}
# Half 5-95 % ranges of factors around one.
FACTOR_HALF_RANGE = {
    "scale_ch4": 0.20,
    "scale_n2o": 0.14,
    "scale_minor": 0.19,
    "scale_h2o": 1.00,
    "scale_land": 0.50,
    "scale_volcanic": 0.25,
    "scale_solar": 0.50,
}
# Central forcing in 2019, W/m2, that those factors apply to (AR6 WG1 table 7.8).
LAND_2019, WATER_2019, SNOW_2019 = -0.20, 0.05, 0.08
SNOW_5_50_95 = (0.0, 1.0, 2.25)  # black carbon on snow, factor on its 2019 size
CO2_HALF_RANGE = 0.12  # CO2 forcing factor, tied to the fitted 4xCO2 forcing
BASELINE_CO2 = (278.3, 2.9 / P95)  # ppm, 1750: mean, sd

EBM_SHRINK = 0.10
EBM_WIDENING = 1.3


@dataclass(frozen=True)
class Drivers:
    """How far the history's drivers rose: what turns a forcing in W/m2 into a coefficient.

    Parameters
    ----------
    rise_2019
        2019 minus baseline: Mt for emitted species, ppb for CH4 and N2O, ppt for EESC, and
        ``"land"``, the GtCO2 of land use accumulated since 1750.
    cloud
        SO2, BC, OC in Mt, 2005-2014; shape ``(3, 10)``.
    cloud_baseline
        The same at the baseline; shape ``(3,)``.
    """

    rise_2019: Mapping[str, float]
    cloud: F64
    cloud_baseline: F64


@dataclass(frozen=True)
class EnergyBalancePrior:
    """Mean and covariance of the logarithms of the eleven numbers of ``EBM``."""

    mean: F64
    covariance: F64


def energy_balance_prior(fits_csv: Path) -> EnergyBalancePrior:
    """Fit the prior of the energy balance to the sound CMIP6 fits, one vote a model.

    Parameters
    ----------
    fits_csv
        One row a run: ``model, run, …, gamma, C1 … C3, kappa1 … kappa3, epsilon, sigma_eta,
        sigma_xi, F_4xCO2``.
    """
    columns = (
        *("gamma", "C1", "C2", "C3", "kappa1", "kappa2", "kappa3"),
        *("epsilon", "sigma_eta", "sigma_xi", "F_4xCO2"),
    )
    runs: dict[str, list[F64]] = {}
    with fits_csv.open(newline="") as file:
        for row in csv.DictReader(file):
            fit = np.array([float(row[name]) for name in columns])
            if is_sound(fit):
                runs.setdefault(row["model"], []).append(np.log(fit))
    logs = np.array([np.mean(model, axis=0) for model in runs.values()])
    raw = np.cov(logs.T)
    shrunk = (1 - EBM_SHRINK) * raw + EBM_SHRINK * np.diag(np.diag(raw))
    return EnergyBalancePrior(logs.mean(axis=0), EBM_WIDENING * shrunk)


def is_sound(fit: F64) -> bool:
    """Tell whether a fit (in the order of ``EBM``) describes a physical ocean.

    Eight of 66 runs do not: layers out of order, an upper layer of a few metres, a deep-ocean
    efficacy near zero or far above any model's, or a feedback beyond 3 W/m2/K.
    """
    _, c1, c2, c3, k1, _, _, eps, *_ = fit
    return bool(1 <= c1 < c2 < c3 and 0.05 <= eps <= 5 and k1 <= 3)


def draw(size: int, rng: np.random.Generator, ebm: EnergyBalancePrior, drivers: Drivers) -> Draws:
    """Draw ``size`` prior members; every array has shape ``(size,)``.

    Keys: ``EBM``, ``CARBON`` (per GtCO2), ``scale_*``, ``baseline_co2``, ``ari_<species>``,
    ``ozone_<species>``, ``land``, ``water``, ``snow`` (W/m2 per driver unit), ``aci_beta``,
    ``aci_<SO2|BC|OC>`` and ``aci_mean``, the cloud forcing of 2005-2014 that beta was solved for.
    """
    draws: Draws = {}
    logs = _draw_energy_balance(size, rng, ebm)
    for column, name in enumerate(EBM):
        draws[name] = np.exp(logs[:, column])
    z = (logs[:, -1] - ebm.mean[-1]) / np.sqrt(ebm.covariance[-1, -1])
    draws["scale_co2"] = 1 + CO2_HALF_RANGE / P95 * z

    mean, covariance = carbon_prior()
    carbon = rng.multivariate_normal(mean, covariance, size, method="cholesky")
    for column, name in enumerate(CARBON):
        draws[name] = carbon[:, column]
    draws["baseline_co2"] = rng.normal(*BASELINE_CO2, size)

    for name, half in FACTOR_HALF_RANGE.items():
        draws[name] = rng.normal(1.0, half / P95, size)
    low, middle, high = SNOW_5_50_95
    z = rng.standard_normal(size)
    snow = middle + z * np.where(z < 0, middle - low, high - middle) / P95
    draws["snow"] = snow * SNOW_2019 / drivers.rise_2019["BC"]
    draws["water"] = draws.pop("scale_h2o") * WATER_2019 / drivers.rise_2019["CH4"]
    draws["land"] = draws.pop("scale_land") * LAND_2019 / drivers.rise_2019["land"]

    for kind, table in (("ari", RADIATION_2019), ("ozone", OZONE_2019)):
        for name, (centre, sd) in table.items():
            draws[f"{kind}_{name}"] = rng.normal(centre, sd, size) / drivers.rise_2019[name]
    draws.update(_draw_clouds(size, rng, drivers))
    return draws


def carbon_prior() -> tuple[F64, F64]:
    """Return mean and covariance of ``CARBON``."""
    return CARBON_FITS.mean(axis=0), CARBON_WIDENING * np.cov(CARBON_FITS.T)


def log_density_r0(draws: Mapping[str, F64]) -> F64:
    """Return the log prior density of r0 given the other carbon numbers, up to a constant."""
    mean, covariance = carbon_prior()
    gain = np.linalg.solve(covariance[1:, 1:], covariance[1:, 0])
    variance = covariance[0, 0] - covariance[0, 1:] @ gain
    others = np.stack([draws[name] for name in CARBON[1:]], axis=1) - mean[1:]
    result: F64 = -0.5 * (draws["r0"] - mean[0] - others @ gain) ** 2 / variance
    return result


def _draw_energy_balance(size: int, rng: np.random.Generator, ebm: EnergyBalancePrior) -> F64:
    kept: list[F64] = []
    missing = size
    while missing > 0:
        logs = rng.multivariate_normal(
            ebm.mean, ebm.covariance, int(missing * 1.6) + 64, method="cholesky"
        )
        gamma, c1, c2, c3, k1, _, _, eps = np.exp(logs[:, :8]).T
        usable = (c1 >= 2) & (c2 > c1) & (c3 > c2) & (gamma >= 0.8) & (k1 >= 0.3) & (eps <= 3)
        kept.append(logs[usable][:missing])
        missing -= len(kept[-1])
    return np.concatenate(kept)


def _draw_clouds(size: int, rng: np.random.Generator, drivers: Drivers) -> Draws:
    fits = np.maximum(CLOUD_FITS, CLOUD_FLOOR * CLOUD_FITS.max(axis=1, keepdims=True))
    shapes = fits[rng.integers(len(fits), size=size)]
    shapes = shapes * np.exp(CLOUD_SPREAD * rng.standard_normal((size, 3)))
    wanted = rng.uniform(*CLOUD_RANGE, size)
    # log1p: some fits are almost linear (shapes of 1e-7, beta of 1e4).
    present = np.log1p(shapes @ drivers.cloud).mean(axis=1)
    rise = present - np.log1p(shapes @ drivers.cloud_baseline)
    return {
        "aci_beta": wanted / rise,
        "aci_mean": wanted,
        "aci_Sulfur": shapes[:, 0],
        "aci_BC": shapes[:, 1],
        "aci_OC": shapes[:, 2],
    }


def as_ensemble(draws: Mapping[str, F64], *, edition: str = "prior") -> Ensemble:
    """Return the draws as the engine's members."""
    size = len(draws["gamma"])
    none = np.zeros(size)

    def rows(kind: str, names: tuple[str, ...]) -> F64:
        return np.stack([draws.get(f"{kind}_{name}", none) for name in names])

    return Ensemble(
        gamma=draws["gamma"],
        heat_capacity=np.stack([draws["c1"], draws["c2"], draws["c3"]]),
        heat_transfer=np.stack([draws["k1"], draws["k2"], draws["k3"]]),
        deep_ocean_efficacy=draws["eps"],
        sigma_eta=draws["sigma_eta"],
        sigma_xi=draws["sigma_xi"],
        forcing_4co2=draws["f4x"],
        co2_baseline=draws["baseline_co2"],
        iirf_0=draws["r0"],
        iirf_uptake=draws["r_u"],
        iirf_temperature=draws["r_t"],
        iirf_airborne=draws["r_a"],
        co2_scale=draws["scale_co2"],
        ch4_scale=draws["scale_ch4"],
        n2o_scale=draws["scale_n2o"],
        minor_scale=draws["scale_minor"],
        ari=rows("ari", (*PRECURSORS, "CH4", "N2O")),
        aci_shape=rows("aci", ("Sulfur", "BC", "OC")),
        aci_scale=draws["aci_beta"],
        ozone=rows("ozone", (*PRECURSORS, "CH4", "N2O", "EESC")),
        water_per_ppb_ch4=draws["water"],
        land_use_per_gtco2=draws["land"],
        snow_per_mt_bc=draws["snow"],
        solar_scale=draws["scale_solar"],
        volcanic_scale=draws["scale_volcanic"],
        seed=np.arange(size, dtype=np.uint64),
        edition=edition,
    )
