"""The observed history, run through the product's own engine, and what is read off it."""

from __future__ import annotations

import csv
import dataclasses
import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from accord.climate import other_forcings
from accord.climate.carbon_cycle import PPM_PER_GTCO2
from accord.climate.drivers import LINEAR, Drivers, as_paths, drivers
from accord.climate.energy_balance import ZJ_PER_W_YR_M2, heat_content
from accord.climate.ensemble import Ensemble
from accord.climate.integration import Run, Snapshot, integrate
from accord.climate.methane import PPB_PER_MT
from accord.climate.species import PRECURSORS, SPECIES, Chemistry
from accord.climate.state import preindustrial

from . import prior

F64 = npt.NDArray[np.float64]

DATA = Path(__file__).parents[2] / "src" / "accord" / "data" / "climate"
START = 1750
BASE = (1850, 1900)
CH4_2019_PPB = 1866.3  # observed, AR6 WG1 table 2.2: sets the size of coefficients only
CO2_YEARS = (1850, 1950, 1980, 2000, 2022)
HEAT_YEARS = (1971, 2006, 2018, 2020)
AEROSOL_YEARS = tuple(range(2005, 2015))
# Turns of years (1 January) whose whole state is read: a year's mean needs the two around it.
TURNS = sorted(
    {turn for year in (*CO2_YEARS, *HEAT_YEARS, 2019) for turn in (year, year + 1)}
    | {year + 1 for year in AEROSOL_YEARS}
)


@dataclass(frozen=True)
class Record:
    """The bundled history and the observations it is judged by.

    Parameters
    ----------
    emissions
        By species, 1750-2024, shape ``(year,)``.
    solar, volcanic
        W/m2, 1750-2100.
    gmst
        Observed annual surface temperature above 1850-1900, K, by year.
    co2
        Observed concentration, ppm, by year.
    shared
        What all members share, at the end of each year of the history.
    """

    emissions: Mapping[str, F64]
    solar: F64
    volcanic: F64
    gmst: Mapping[int, float]
    co2: Mapping[int, float]
    shared: Drivers

    def with_emissions(self, emissions: Mapping[str, F64]) -> Record:
        """Return the record on another estimate of past emissions (to the same last year)."""
        years = len(self.emissions["CH4"])
        other = {name: emissions[name][:years] for name in SPECIES}
        shared = shared_drivers(other, self.solar, self.volcanic)
        return dataclasses.replace(self, emissions=other, shared=shared)

    def shared_rise(self, name: str) -> F64:
        """Return a linear driver above 1750 at the end of each year."""
        rise: F64 = self.shared.linear[LINEAR.index(name), :, 0]
        return rise

    def drivers(self) -> prior.Drivers:
        """Return how far the drivers rose, for the prior's coefficients."""
        at_2019, first, last = 2019 - START, 2005 - START, 2015 - START
        rise = {
            name: float(self.emissions[name][at_2019] - self.emissions[name][0])
            for name in PRECURSORS
        }
        rise["CH4"] = CH4_2019_PPB - Chemistry().ch4_baseline_concentration
        for name in ("N2O", "EESC"):
            rise[name] = float(self.shared_rise(name)[at_2019 - 1 : at_2019 + 1].mean())
        rise["land"] = float(self.emissions["CO2 AFOLU"][: at_2019 + 1].sum())
        cloud = np.stack([self.emissions[name] for name in ("Sulfur", "BC", "OC")])
        return prior.Drivers(rise, cloud[:, first:last], cloud[:, 0])


def load_record() -> Record:
    """Read the bundled tables."""
    with gzip.open(DATA / "emissions_1750_2024.csv.gz", "rt", newline="") as file:
        rows = list(csv.reader(line for line in file if not line.startswith("#")))
    emissions = {row[0]: np.array([float(cell) for cell in row[2:]]) for row in rows[1:]}
    emissions = {name: emissions[name] for name in SPECIES}
    natural = np.array([[float(row["solar"]), float(row["volcanic"])] for row in _rows("forcing")])
    gmst, co2 = (
        {int(row["year"]): float(row[name]) for row in _rows("observed") if row[name]}
        for name in ("gmst_k", "co2_ppm")
    )
    solar, volcanic = natural.T
    shared = shared_drivers(emissions, solar, volcanic)
    return Record(emissions, solar, volcanic, gmst, co2, shared)


def _rows(name: str) -> list[dict[str, str]]:
    (path,) = DATA.glob(f"{name}*.csv")
    with path.open(newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def shared_drivers(
    emissions: Mapping[str, F64], solar: F64, volcanic: F64, chemistry: Chemistry | None = None
) -> Drivers:
    """Run what members share, from 1750; natural forcing may be longer than the emissions."""
    chemistry = chemistry or Chemistry()
    paths = as_paths(emissions)
    years = paths["CH4"].shape[1]
    start = preindustrial(1, chemistry).shared
    return drivers(chemistry, start, START, paths, solar=solar[:years], volcanic=volcanic[:years])


def run(ensemble: Ensemble, shared: Drivers, turns: Sequence[int] = ()) -> Run:
    """Run members from 1750; keep whole states at ``turns`` (calendar years, 1 January)."""
    start = preindustrial(ensemble.size, ensemble.chemistry)
    return integrate(ensemble, shared, start, snapshots=[turn - START for turn in turns])


def surface_warming(result: Run) -> F64:
    """Return annual surface temperature above 1850-1900, K, shape ``(year, member)``."""
    turns = result.surface[0]
    years = (turns[1:] + turns[:-1]) / 2
    years -= period(years, *BASE)
    return years


def period(years: F64, first: int, last: int) -> F64:
    """Return the mean over calendar years ``first`` to ``last``, both included."""
    result: F64 = years[first - START : last - START + 1].mean(axis=0)
    return result


def diagnose(ensemble: Ensemble, record: Record) -> dict[str, F64]:
    """Run the history and return everything a target or a check needs, ``(member,)`` each."""
    result = run(ensemble, record.shared, TURNS)
    warming = surface_warming(result)
    at = {turn: result.snapshots[turn - START] for turn in TURNS}
    known = np.array([record.gmst[year] for year in range(1850, 2023)])
    miss = warming[1850 - START : 2023 - START] - known[:, None]
    found = {
        "rmse": np.sqrt((miss**2).mean(axis=0)),
        "ecs": ensemble.ecs,
        "tcr": ensemble.tcr,
        **{
            f"warming_{first}_{last}": period(warming, first, last)
            for first, last in ((2003, 2022), (1995, 2014), (2011, 2020), (2015, 2024))
        },
        **{f"co2_{year}": _co2_mean(ensemble, at, year) for year in CO2_YEARS},
        "ch4_2019": (_ch4(ensemble, at[2019]) + _ch4(ensemble, at[2020])) / 2,
    }
    heat = {
        year: (_heat(ensemble, at[year]) + _heat(ensemble, at[year + 1])) / 2 for year in HEAT_YEARS
    }
    found["heat_1971_2020"] = heat[2020] - heat[1971]
    found["heat_1971_2018"] = heat[2018] - heat[1971]
    found["imbalance_2006_2018"] = (heat[2018] - heat[2006]) / 12 / ZJ_PER_W_YR_M2
    found["erf_2019"] = at[2020].forcing[0] - (
        ensemble.solar_scale * record.solar[2019 - START]
        + ensemble.volcanic_scale * record.volcanic[2019 - START] * other_forcings.VOLCANIC_EFFICACY
    )
    found.update(_aerosol_forcing(ensemble, at, record))
    return found


def _co2_mean(ensemble: Ensemble, at: Mapping[int, Snapshot], year: int) -> F64:
    airborne = (at[year].pools[:, 0].sum(axis=0) + at[year + 1].pools[:, 0].sum(axis=0)) / 2
    result: F64 = ensemble.co2_baseline + airborne * PPM_PER_GTCO2
    return result


def _ch4(ensemble: Ensemble, snapshot: Snapshot) -> F64:
    rise: F64 = snapshot.methane[0] * PPB_PER_MT
    return rise + ensemble.chemistry.ch4_baseline_concentration


def _heat(ensemble: Ensemble, snapshot: Snapshot) -> F64:
    return heat_content(ensemble, snapshot.temperatures[:, 0])


def _aerosol_forcing(
    ensemble: Ensemble, at: Mapping[int, Snapshot], record: Record
) -> dict[str, F64]:
    """Return aerosol forcings of 2005-2014 against 1750, W/m2.

    Emissions act within their year; gases at its end, as in the engine.
    """
    first, last = AEROSOL_YEARS[0] - START, AEROSOL_YEARS[-1] + 1 - START
    base = np.array(ensemble.chemistry.precursor_baseline)
    rise = np.array([record.shared_rise(name)[first:last].mean() for name in PRECURSORS])
    ch4 = np.mean([_ch4(ensemble, at[year + 1]) for year in AEROSOL_YEARS], axis=0)
    ch4 -= ensemble.chemistry.ch4_baseline_concentration
    n2o = record.shared_rise("N2O")[first:last].mean()
    ari = rise @ ensemble.ari[:-2] + ensemble.ari[-2] * ch4 + ensemble.ari[-1] * n2o
    cloud = np.stack([record.emissions[name] for name in ("Sulfur", "BC", "OC")])[:, first:last]
    present = np.log1p(np.einsum("sm,sy->ym", ensemble.aci_shape, cloud)).mean(axis=0)
    aci = ensemble.aci_scale * (present - np.log1p(base[:3] @ ensemble.aci_shape))
    return {"erf_ari": ari, "erf_aci": aci, "erf_aerosol": ari + aci}
