"""History: the members from 1750 to the start of a deal, on observed emissions.

The package's emissions are observed to their last year, the same for every deal. Natural forcing
goes on after it: the CMIP6 solar reference, and volcanoes returning to their long-term mean.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from accord.climate.drivers import as_paths, drivers
from accord.climate.ensemble import DATA
from accord.climate.integration import integrate
from accord.climate.recording import Recorder, check_names
from accord.climate.species import SPECIES, FloatArray
from accord.climate.state import State, preindustrial
from accord.climate.variability import disturbances
from accord.errors import InputError

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble

FIRST_YEAR = 1750
REFERENCE = (1850, 1900)
Series = Mapping[str, FloatArray]
IntYears = npt.NDArray[np.int64]


def spin_up(
    ensemble: Ensemble,
    emissions: Mapping[str, npt.ArrayLike],
    solar: npt.ArrayLike,
    volcanic: npt.ArrayLike,
    years: npt.ArrayLike,
    *,
    state: State | None = None,
    record: Mapping[str, Sequence[int]] | None = None,
    variability: int | None = None,
) -> tuple[State, Series]:
    """Run one path of emissions and keep only the end and what is asked for.

    Parameters
    ----------
    emissions
        Every species, shape (year,) or (1, year).
    solar, volcanic
        W m-2, mean of each year, shape (year,) (`natural_forcing`).
    years
        Consecutive calendar years of the emissions.
    state
        Members at the start of the first year; in balance with 1750 if not given.
    record
        Quantity to the years wanted: ``"gmst"`` (annual mean above 1850-1900, °C) by calendar
        year; anything in ``recording.QUANTITIES`` by the turn of the year, so that 2020 is the
        start of 2020. The start of the first year itself is not recorded.
    variability
        Number of the weather to add; None for the forced response.

    Returns
    -------
    state, series
        The members at the start of the year after the last; each quantity as (year, member).

    Notes
    -----
    Beside the results, memory is (years x members) for the surface temperature plus twelve numbers
    a member per recorded turn of a year; run members in pieces (`Ensemble.take`) to bound it.
    """
    calendar = np.asarray(years, dtype=np.int64)
    if calendar.size == 0 or (np.diff(calendar) != 1).any():
        raise InputError("years must be consecutive, e.g. 1750 to 2024")
    first, last = int(calendar[0]), int(calendar[-1])
    paths = as_paths(emissions)
    if paths["CH4"].shape[1] != calendar.size or max(p.shape[0] for p in paths.values()) != 1:
        raise InputError(f"one path of {calendar.size} years is needed for {first} to {last}")
    if state is None:
        state = preindustrial(ensemble.size, ensemble.chemistry, first)
    if state.year != first or state.size != ensemble.size:
        raise InputError(
            f"the state holds {state.size} members at {state.year}; "
            f"{ensemble.size} at {first} are needed"
        )
    wanted = dict(record or {})
    gmst_years = wanted.pop("gmst", None)
    check_names(list(wanted))
    ends = {
        name: [_inside(year, first + 1, last + 1) - first for year in turns]
        for name, turns in wanted.items()
    }
    shared = drivers(
        ensemble.chemistry,
        state.shared,
        first,
        paths,
        solar=np.asarray(solar, dtype=np.float64),
        volcanic=np.asarray(volcanic, dtype=np.float64),
    )
    noise = None
    if variability is not None:
        noise = disturbances(ensemble, variability, first, calendar.size)
    run = integrate(
        ensemble,
        shared,
        state,
        noise=noise,
        snapshots=sorted({end for turns in ends.values() for end in turns}),
    )
    surface = run.surface[0]
    reference = state.reference
    if first <= REFERENCE[0] and last >= REFERENCE[1]:
        turns = surface[REFERENCE[0] - first : REFERENCE[1] + 2 - first]
        reference = (turns[1:-1].sum(axis=0) + (turns[0] + turns[-1]) / 2) / (len(turns) - 1)
    series: dict[str, FloatArray] = {}
    if gmst_years is not None:
        where = np.array([_inside(year, first, last) - first for year in gmst_years])
        series["gmst"] = (surface[where] + surface[where + 1]) / 2 - reference
    recorder = Recorder(ensemble, shared, run)
    for name, turns_kept in ends.items():
        series[name] = recorder.series(name, turns_kept)[0]
    final = run.snapshots[calendar.size]
    end = State(
        year=last + 1,
        pools=final.pools[:, 0],
        methane=final.methane[0],
        red_noise=final.red_noise[0],
        temperatures=final.temperatures[:, 0],
        reference=reference,
        shared=shared.last,
    )
    return end, series


def history(ensemble: Ensemble, year: int = 2025) -> State:
    """Return the members at the start of ``year`` on the package's observed emissions.

    Runs on from the nearest earlier state that came with the members, or from 1750.

    Raises
    ------
    InputError
        If the year lies before 1901 (no 1850-1900 mean yet) or after the observed emissions.
    """
    known, _ = _emission_table() if not any(s.year == year for s in ensemble.states) else ((), {})
    kept = [state for state in ensemble.states if state.year <= year]
    if kept and kept[-1].year == year:
        return kept[-1]
    observed = np.asarray(known)
    last = int(observed[-1])
    if not REFERENCE[1] < year <= last + 1:
        raise InputError(
            f"history can be had from {REFERENCE[1] + 1} to {last + 1}, not for {year}"
        )
    start = kept[-1] if kept else None
    years = np.arange(start.year if start else FIRST_YEAR, year)
    return spin_up(ensemble, bundled_emissions(years), *natural_forcing(years), years, state=start)[
        0
    ]


def history_percentiles(
    ensemble: Ensemble, ps: npt.ArrayLike, first: int = 1850
) -> tuple[IntYears, FloatArray]:
    """Return calendar years from ``first`` and percentiles of the members' warming, (p, year).

    Annual means above 1850-1900, on the package's observed emissions.
    """
    everything = observed_years()
    years = everything[everything >= first]
    gmst = _past(ensemble)[years - FIRST_YEAR]
    return years, np.percentile(gmst, np.atleast_1d(np.asarray(ps)), axis=1)


def observed_years() -> IntYears:
    """Return the calendar years of the package's observed emissions."""
    return np.array(_emission_table()[0], dtype=np.int64)


def bundled_emissions(years: npt.ArrayLike | None = None) -> dict[str, FloatArray]:
    """Return observed global emissions by species, (year,), in the units of ``species.UNITS``.

    Parameters
    ----------
    years
        Calendar years; all from 1750 to the last observed if not given.
    """
    known, table = _emission_table()
    if years is None:
        return dict(table)
    where = np.array([_inside(y, known[0], known[-1]) - known[0] for y in np.asarray(years)])
    return {name: path[where] for name, path in table.items()}


def natural_forcing(years: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return solar and volcanic forcing of these calendar years, W m-2.

    A year's mean forcing drives the step through that year, as its emissions do. (The reference
    reads the same tables at the turns of years, so that each entry acts a year earlier.) Beyond
    the table its nearest entry holds.
    """
    first, solar, volcanic = _forcing_table()
    where = np.clip(np.asarray(years) - first, 0, solar.size - 1)
    return solar[where], volcanic[where]


@lru_cache(maxsize=1)
def observed_warming() -> tuple[IntYears, FloatArray]:
    """Return years and observed annual warming above 1850-1900, °C (IGCC 2024)."""
    rows = [row for row in _table_rows("observed.csv") if row["gmst_k"]]
    years = np.array([int(row["year"]) for row in rows], dtype=np.int64)
    return years, np.array([float(row["gmst_k"]) for row in rows])


@lru_cache(maxsize=4)
def _past(ensemble: Ensemble) -> FloatArray:
    years = observed_years()
    _, series = spin_up(
        ensemble,
        bundled_emissions(),
        *natural_forcing(years),
        years,
        record={"gmst": list(years)},
    )
    return series["gmst"]


@lru_cache(maxsize=1)
def _emission_table() -> tuple[tuple[int, ...], Mapping[str, FloatArray]]:
    name = "emissions_1750_2024.csv.gz"
    text = gzip.decompress((DATA / name).read_bytes()).decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    header = lines[0].split(",")
    years = tuple(int(year) for year in header[2:])
    paths = {}
    for line in lines[1:]:
        species, _, values = line.split(",", 2)
        paths[species] = np.array(values.split(","), dtype=np.float64)
    return years, MappingProxyType({species: paths[species] for species in SPECIES})


@lru_cache(maxsize=1)
def _forcing_table() -> tuple[int, FloatArray, FloatArray]:
    rows = _table_rows("forcing_1750_2100.csv")
    solar = np.array([float(row["solar"]) for row in rows])
    return int(rows[0]["year"]), solar, np.array([float(row["volcanic"]) for row in rows])


def _table_rows(name: str) -> list[dict[str, str]]:
    text = (DATA / name).read_text()
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _inside(year: int, first: int, last: int) -> int:
    if not first <= year <= last:
        raise InputError(f"{year} lies outside {first} to {last}")
    return int(year)
