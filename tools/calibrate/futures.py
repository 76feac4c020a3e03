"""Futures for choosing members and for comparing the result with published ranges.

Every scenario can be run twice: spliced (the bundled history to 2024, the scenario after it: what
the product does with a deal), and whole (the scenario's own history too: what published runs of
the SSPs did). Emissions: RCMIP 5.1.0 for the SSPs (Nicholls et al. 2020,
https://doi.org/10.5194/gmd-13-5175-2020); draft CMIP7 ScenarioMIP for ``medium-extension``.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from accord.climate.carbon_cycle import PPM_PER_GTCO2
from accord.climate.ensemble import Ensemble
from accord.climate.species import SPECIES

from .history import START, Record, period, run, shared_drivers, surface_warming

F64 = npt.NDArray[np.float64]
Emissions = dict[str, F64]

LAST = 2100
SSPS = ("ssp119", "ssp126", "ssp245", "ssp370", "ssp585")
TRAINING = ("ssp126", "ssp245", "ssp585")
UNSEEN = ("ssp119", "ssp370", "medium-extension")
PERIODS = ((2021, 2040), (2041, 2060), (2061, 2080), (2081, 2100))
ASSESSED = ((2021, 2040), (2041, 2060), (2081, 2100))

# Assessed warming above 1850-1900 in the periods of ASSESSED: 5 %, best estimate, 95 %
# (AR6 WG1 table SPM.1).
AR6_WARMING: Mapping[str, tuple[tuple[float, float, float], ...]] = {
    "ssp119": ((1.2, 1.5, 1.7), (1.2, 1.6, 2.0), (1.0, 1.4, 1.8)),
    "ssp126": ((1.2, 1.5, 1.8), (1.3, 1.7, 2.2), (1.3, 1.8, 2.4)),
    "ssp245": ((1.2, 1.5, 1.8), (1.6, 2.0, 2.5), (2.1, 2.7, 3.5)),
    "ssp370": ((1.2, 1.5, 1.8), (1.7, 2.1, 2.6), (2.8, 3.6, 4.6)),
    "ssp585": ((1.3, 1.6, 1.9), (1.9, 2.4, 3.0), (3.3, 4.4, 5.7)),
}
# CO2 in 2100, ppm, that AR6's projections were assessed with (Meinshausen et al. 2020,
# https://doi.org/10.5194/gmd-13-3571-2020).
AR6_CO2_2100 = {
    "ssp119": 393.5,
    "ssp126": 445.6,
    "ssp245": 602.8,
    "ssp370": 867.2,
    "ssp585": 1135.2,
}
GTC_10_A_YEAR = 10 * 44.009 / 12.011  # GtCO2


def read_scenarios(upstream: Path) -> dict[str, Emissions]:
    """Read all scenarios, 1750-2100, in the units of the climate engine."""
    folder = upstream / "data" / "fair"
    wanted = {*TRAINING, *UNSEEN, *SSPS}
    found: dict[str, Emissions] = {}
    for name in ("ssp_emissions_rcmip510_fair_1750-2500.csv.gz", "extensions_1750-2500.csv"):
        path = folder / name
        packed = path.suffix == ".gz"
        with gzip.open(path, "rt", newline="") if packed else path.open(newline="") as file:
            for row in csv.DictReader(file):
                if row["scenario"] in wanted:
                    years = [float(row[f"{year}.5"]) for year in range(START, LAST + 1)]
                    found.setdefault(row["scenario"], {})[row["variable"]] = np.array(years)
    return found


def splice(history: Mapping[str, F64], scenario: Mapping[str, F64]) -> Emissions:
    """Return the bundled history followed by the scenario from the first year after it."""
    return {
        name: np.concatenate([history[name], scenario[name][len(history[name]) :]])
        for name in SPECIES
    }


def period_means(
    ensemble: Ensemble, paths: Sequence[Emissions], record: Record, *, batch: int = 2000
) -> F64:
    """Return warming in ``PERIODS``, K above 1850-1900, ``(path, period, member)``."""
    shared = [
        shared_drivers(path, record.solar, record.volcanic, ensemble.chemistry) for path in paths
    ]
    means = np.empty((len(paths), len(PERIODS), ensemble.size))
    for start in range(0, ensemble.size, batch):
        members = slice(start, start + batch)
        part = ensemble.take(members)
        for place, path in enumerate(shared):
            warming = surface_warming(run(part, path))
            for column, (first, last) in enumerate(PERIODS):
                means[place, column, members] = period(warming, first, last)
    return means


def with_concentration(
    ensemble: Ensemble, path: Emissions, record: Record, ppm: float
) -> tuple[Emissions, float]:
    """Scale fossil CO2 after the history until the members' median reaches ``ppm`` in 2100.

    Returns the path and the factor (negative emissions are divided by it).
    """
    after = np.arange(len(path["CO2 FFI"])) >= len(record.emissions["CO2 FFI"])
    fossil = path["CO2 FFI"]

    def scaled(factor: float) -> Emissions:
        more = np.where(fossil > 0, fossil * factor, fossil / factor)
        return {**path, "CO2 FFI": np.where(after, more, fossil)}

    low, high = 0.5, 3.0
    for _ in range(14):
        factor = (low + high) / 2
        if np.median(co2_in_2100(ensemble, scaled(factor), record)) < ppm:
            low = factor
        else:
            high = factor
    return scaled(factor), factor


def co2_in_2100(ensemble: Ensemble, path: Emissions, record: Record) -> F64:
    """Return the mean concentration of 2100, ppm, shape ``(member,)``."""
    shared = shared_drivers(path, record.solar, record.volcanic, ensemble.chemistry)
    at = run(ensemble, shared, (LAST, LAST + 1)).snapshots
    airborne = sum(at[turn - START].pools[:, 0].sum(axis=0) for turn in (LAST, LAST + 1)) / 2
    result: F64 = ensemble.co2_baseline + airborne * PPM_PER_GTCO2
    return result


def carbon_response(ensemble: Ensemble, record: Record) -> dict[str, F64]:
    """Return warming by cumulated CO2 alone and what follows when emissions stop.

    10 GtC of fossil CO2 a year for a century, then none; everything else as in 1750, no natural
    forcing. ``tcre``: K per 1000 GtC at the stop; ``zec_50``, ``zec_100``: change since, K
    (mean of the twenty years around, as in Jones et al. 2019,
    https://doi.org/10.5194/gmd-12-4375-2019).
    """
    years = 250
    path = {name: np.full(years, values[0]) for name, values in record.emissions.items()}
    path["CO2 AFOLU"] = np.zeros(years)
    path["CO2 FFI"] = np.where(np.arange(years) < 100, GTC_10_A_YEAR, 0.0)
    quiet = np.zeros(years)
    turns = run(ensemble, shared_drivers(path, quiet, quiet, ensemble.chemistry)).surface[0]
    at_stop = turns[90:111].mean(axis=0)
    return {
        "tcre": turns[100],
        "zec_50": turns[140:161].mean(axis=0) - at_stop,
        "zec_100": turns[190:211].mean(axis=0) - at_stop,
    }
