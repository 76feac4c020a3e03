"""What all members share: emissions and concentrations that do not depend on the member.

Computed once per scenario, never per member.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from accord.climate.methane import shared_lifetime_factor
from accord.climate.minor_gases import N2O_PPB_PER_MT, minor_series, n2o_series
from accord.climate.species import PRECURSORS, SPECIES, FloatArray
from accord.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from accord.climate.species import Chemistry
    from accord.climate.state import Shared

#: Drivers of linear forcings, in the order of every coefficient table: precursors above 1750
#: (Mt), N2O (ppb) and EESC (ppt) above 1750, minor gases (W m-2), cumulated land CO2 (GtCO2),
#: solar and volcanic (W m-2).
LINEAR = (*PRECURSORS, "N2O", "EESC", "minor gases", "land use", "solar", "volcanic")


@dataclass(frozen=True, eq=False)
class Drivers:
    """Shared drivers; every array has shape (year, scenario).

    Attributes
    ----------
    first_year
        The year of position 0.
    co2, co2_before
        GtCO2 in the year, and cumulated since 1750 before it.
    methane
        Mt in the year above 1750.
    methane_factor
        Shared factor on the CH4 lifetime in the year.
    n2o
        ppb at the end of the year.
    linear
        Shape (driver, year, scenario) in the order of ``LINEAR``, at the end of the year; in
        memory the drivers of one year and scenario lie together, as the yearly products need.
    cloud
        Mt of Sulfur, BC, OC in the year, shape (3, year, scenario).
    last
        The shared state at the end, of scenario 0.
    """

    first_year: int
    co2: FloatArray
    co2_before: FloatArray
    methane: FloatArray
    methane_factor: FloatArray
    n2o: FloatArray
    linear: FloatArray
    cloud: FloatArray
    last: Shared

    @property
    def years(self) -> int:
        """Number of years."""
        return int(self.co2.shape[0])

    @property
    def scenarios(self) -> int:
        """Number of scenarios."""
        return int(self.co2.shape[1])


def as_paths(emissions: Mapping[str, npt.ArrayLike]) -> dict[str, FloatArray]:
    """Return emissions as (scenario, year) or (1, year) arrays after checking them.

    Raises
    ------
    UnknownNameError
        If a species is not known.
    InputError
        If a species is missing, has another number of years or scenarios than the others, or holds
        numbers that are not finite.
    """
    for name in emissions:
        if name not in SPECIES:
            raise UnknownNameError("species", str(name), SPECIES)
    missing = [name for name in SPECIES if name not in emissions]
    if missing:
        raise InputError(
            f"emissions lack {', '.join(missing[:4])}{' …' if len(missing) > 4 else ''}; "
            f"all {len(SPECIES)} species are needed"
        )
    paths = {name: np.atleast_2d(np.asarray(emissions[name], dtype=np.float64)) for name in SPECIES}
    years = paths[SPECIES[0]].shape[-1]
    scenarios = max(path.shape[0] for path in paths.values())
    for name, path in paths.items():
        if path.ndim != 2 or path.shape[1] != years or path.shape[0] not in (1, scenarios):
            raise InputError(
                f"emissions of {name} have shape {path.shape}; "
                f"({scenarios}, {years}) or (1, {years}) would be right"
            )
        if not np.isfinite(path).all():
            raise InputError(f"emissions of {name} hold numbers that are not finite")
        if name in ("CH4", "N2O") and (path < 0).any():
            raise InputError(f"emissions of {name} are negative; zero is the least possible")
        if len(path) > 1 and (path == path[0]).all():
            paths[name] = path[:1]  # what no scenario changes is run once
    if years == 0 or scenarios == 0:
        raise InputError("emissions are empty; at least one scenario and one year are needed")
    return paths


def drivers(  # noqa: PLR0917 - all six are needed at every call
    chemistry: Chemistry,
    start: Shared,
    first_year: int,
    paths: Mapping[str, FloatArray],
    solar: FloatArray,
    volcanic: FloatArray,
    scenarios: int | None = None,
) -> Drivers:
    """Run everything that members share.

    Parameters
    ----------
    start
        Shared state at the start of ``first_year``.
    paths
        As returned by `as_paths`.
    solar, volcanic
        W m-2 through each year, (year,).
    scenarios
        Number of scenarios, if paths that all share may not tell.
    """
    years = paths["CH4"].shape[1]
    many = scenarios or max(path.shape[0] for path in paths.values())
    fossil_and_land = paths["CO2 FFI"] + paths["CO2 AFOLU"]
    co2_after = start.co2_cumulated + np.cumsum(fossil_and_land, axis=1)
    land_after = start.land_cumulated + np.cumsum(paths["CO2 AFOLU"], axis=1)
    n2o_pool = n2o_series(chemistry, start.n2o, paths["N2O"])
    n2o_rise = n2o_pool * N2O_PPB_PER_MT
    minor = minor_series(chemistry, start.minor, paths)
    above = {
        name: paths[name] - base
        for name, base in zip(PRECURSORS, chemistry.precursor_baseline, strict=True)
    }
    eesc_rise = minor.eesc - chemistry.eesc_baseline
    factor = shared_lifetime_factor(
        chemistry,
        above["NOx"],
        above["VOC"],
        _delayed(n2o_rise, start.n2o * N2O_PPB_PER_MT),
        _delayed(eesc_rise, start.eesc - chemistry.eesc_baseline),
    )

    def spread(path: FloatArray) -> FloatArray:
        # ascontiguousarray: one row of all scenarios per year, read in the yearly step.
        return np.ascontiguousarray(np.broadcast_to(path, (many, years)).T)

    linear = [
        *(above[name] for name in PRECURSORS),
        *(n2o_rise, eesc_rise, minor.forcing, land_after),
        *(solar[None], volcanic[None]),
    ]
    return Drivers(
        first_year=first_year,
        co2=spread(fossil_and_land),
        co2_before=spread(_delayed(co2_after, start.co2_cumulated)),
        methane=spread(paths["CH4"] - chemistry.ch4_baseline_emissions),
        methane_factor=spread(factor),
        n2o=spread(n2o_rise + chemistry.n2o_baseline_concentration),
        linear=np.stack([spread(path) for path in linear], axis=-1).transpose(2, 0, 1),
        cloud=np.stack([spread(paths[name]) for name in ("Sulfur", "BC", "OC")]),
        last=type(start)(
            n2o=float(n2o_pool[0, -1]),
            minor=minor.last[0].copy(),
            eesc=float(minor.eesc[0, -1]),
            co2_cumulated=float(co2_after[0, -1]),
            land_cumulated=float(land_after[0, -1]),
        ),
    )


def _delayed(at_end: FloatArray, before: float) -> FloatArray:
    """Return the values at each year's start from those at its end."""
    first = np.full((at_end.shape[0], 1), before)
    return np.concatenate([first, at_end[:, :-1]], axis=1)
