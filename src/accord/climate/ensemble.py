"""The ensemble: what differs between members, as a structure of arrays.

A member is one set of numbers that reproduces the observed past: its energy balance, its carbon
cycle, the strength of each of its forcings. Everything else (chemistry) is shared.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from accord.climate.species import PRECURSORS, Chemistry, FloatArray
from accord.errors import InputError

if TYPE_CHECKING:
    from accord.climate.energy_balance import Propagators
    from accord.climate.state import State

#: Fields of one number per member, in the order of the stored table.
SCALARS = (
    "gamma",
    "deep_ocean_efficacy",
    "sigma_eta",
    "sigma_xi",
    "forcing_4co2",
    "co2_baseline",
    "iirf_0",
    "iirf_uptake",
    "iirf_temperature",
    "iirf_airborne",
    "co2_scale",
    "ch4_scale",
    "n2o_scale",
    "minor_scale",
    "aci_scale",
    "water_per_ppb_ch4",
    "land_use_per_gtco2",
    "snow_per_mt_bc",
    "solar_scale",
    "volcanic_scale",
)
#: Fields with several rows, and what the rows are.
ROWS: Mapping[str, tuple[str, ...]] = {
    "heat_capacity": ("1", "2", "3"),
    "heat_transfer": ("1", "2", "3"),
    "ari": (*PRECURSORS, "CH4", "N2O"),
    "aci_shape": ("Sulfur", "BC", "OC"),
    "ozone": (*PRECURSORS, "CH4", "N2O", "EESC"),
}
#: Name of every stored number of a member, e.g. ``gamma`` or ``ozone[CH4]``.
COLUMNS: tuple[str, ...] = (
    *SCALARS,
    *(f"{name}[{row}]" for name, rows in ROWS.items() for row in rows),
)
#: Where the package keeps its climate tables (a plain path: importlib.resources costs 20 ms).
DATA = Path(__file__).parents[1] / "data" / "climate"
BUNDLE = "ensemble.npz"
WHOLE = 841


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Members of the climate ensemble; every array is float64 with the member as last axis.

    Parameters
    ----------
    gamma
        Decay of the red-noise forcing state, 1/yr.
    heat_capacity, heat_transfer
        Shape (3, member), top layer first: W m-2 yr K-1 and W m-2 K-1; the first heat transfer is
        the climate feedback parameter (positive = stabilising).
    deep_ocean_efficacy
        Efficacy of the deepest layer's heat uptake.
    sigma_eta, sigma_xi
        Standard deviations of the stochastic forcing and of the surface disturbance, W m-2.
    forcing_4co2
        Effective forcing of the 4xCO2 fit, W m-2 (kept for the record; nothing here uses it).
    co2_baseline
        ppm in 1750.
    iirf_0, iirf_uptake, iirf_temperature, iirf_airborne
        100-year integrated airborne fraction: yr, yr/GtCO2, yr/K, yr/GtCO2.
    co2_scale, ch4_scale, n2o_scale, minor_scale
        Factors on the greenhouse forcings.
    ari
        Shape (9, member): aerosol-radiation forcing per Mt/yr of the seven precursors, then per
        ppb of CH4 and N2O.
    aci_shape, aci_scale
        Aerosol-cloud forcing: 1/Mt of Sulfur, BC, OC, shape (3, member); W m-2.
    ozone
        Shape (10, member): per Mt/yr of the precursors, per ppb of CH4 and N2O, per ppt of EESC.
    water_per_ppb_ch4, land_use_per_gtco2, snow_per_mt_bc
        W m-2 per unit: stratospheric water vapour, land use, black carbon on snow.
    solar_scale, volcanic_scale
        Factors on the given solar and volcanic forcing.
    seed
        Key of the member's own random numbers, used only for optional variability.
    chemistry
        What all members share.
    edition
        Where the members come from, for the foot of a page.
    states
        States on the package's own history that came with the members, by year.

    Raises
    ------
    InputError
        If arrays disagree in length or hold numbers that no member can have.
    """

    gamma: FloatArray
    heat_capacity: FloatArray
    heat_transfer: FloatArray
    deep_ocean_efficacy: FloatArray
    sigma_eta: FloatArray
    sigma_xi: FloatArray
    forcing_4co2: FloatArray
    co2_baseline: FloatArray
    iirf_0: FloatArray
    iirf_uptake: FloatArray
    iirf_temperature: FloatArray
    iirf_airborne: FloatArray
    co2_scale: FloatArray
    ch4_scale: FloatArray
    n2o_scale: FloatArray
    minor_scale: FloatArray
    ari: FloatArray
    aci_shape: FloatArray
    aci_scale: FloatArray
    ozone: FloatArray
    water_per_ppb_ch4: FloatArray
    land_use_per_gtco2: FloatArray
    snow_per_mt_bc: FloatArray
    solar_scale: FloatArray
    volcanic_scale: FloatArray
    seed: npt.NDArray[np.uint64]
    chemistry: Chemistry = field(default_factory=Chemistry)
    edition: str = ""
    states: tuple[State, ...] = ()

    def __post_init__(self) -> None:
        size = np.shape(self.gamma)[-1]
        for name in (*SCALARS, *ROWS):
            given = np.ascontiguousarray(getattr(self, name), dtype=np.float64)
            shape = (len(ROWS[name]), size) if name in ROWS else (size,)
            if given.shape != shape:
                raise InputError(f"ensemble.{name} has shape {given.shape}; {shape} would be right")
            if not np.isfinite(given).all():
                raise InputError(f"ensemble.{name} holds numbers that are not finite")
            object.__setattr__(self, name, given)
        for name in ("gamma", "heat_capacity", "heat_transfer", "co2_baseline"):
            if not (getattr(self, name) > 0).all():
                raise InputError(f"ensemble.{name} must be positive for every member")
        object.__setattr__(self, "seed", np.asarray(self.seed, dtype=np.uint64))

    @property
    def size(self) -> int:
        """Number of members."""
        return int(self.gamma.size)

    def __repr__(self) -> str:
        return f"Ensemble({self.size} members, {self.edition or 'no edition stated'})"

    @cached_property
    def forcing_2co2(self) -> FloatArray:
        """Effective forcing of doubled CO2 in each member, W m-2 (member,)."""
        from accord.climate.greenhouse_forcing import doubling_forcing

        return doubling_forcing(self.co2_scale)

    @cached_property
    def ecs(self) -> FloatArray:
        """Equilibrium climate sensitivity, K: the member's own 2xCO2 forcing over its feedback."""
        result: FloatArray = self.forcing_2co2 / self.heat_transfer[0]
        return result

    @cached_property
    def tcr(self) -> FloatArray:
        """Transient climate response, K: mean of years 61-80 under CO2 rising 1 % a year."""
        from accord.climate.energy_balance import transient_response

        return transient_response(self)

    @cached_property
    def propagators(self) -> Propagators:
        """Exact one-year propagators of the energy balance, computed once."""
        from accord.climate.energy_balance import propagators

        return propagators(self)

    def take(self, members: npt.ArrayLike | slice) -> Ensemble:
        """Return the members at these positions, in this order.

        Propagators that were already computed are handed on.
        """
        where: Any = members if isinstance(members, slice) else np.asarray(members)
        chosen = {name: getattr(self, name)[..., where] for name in (*SCALARS, *ROWS, "seed")}
        chosen["states"] = tuple(state.take(where) for state in self.states)
        taken = dataclasses.replace(self, **chosen)
        if "propagators" in self.__dict__:
            taken.__dict__["propagators"] = self.propagators.take(where)
        return taken

    def with_states(self, states: Sequence[State]) -> Ensemble:
        """Return the same members with these kept states."""
        return dataclasses.replace(self, states=tuple(states))

    def table(self) -> FloatArray:
        """Return all numbers as (member, column) in the order of ``COLUMNS``."""
        rows = [getattr(self, name) for name in SCALARS]
        rows += [row for name in ROWS for row in getattr(self, name)]
        return np.stack(rows, axis=1)

    @classmethod
    def from_table(
        cls,
        table: npt.ArrayLike,
        *,
        seed: npt.ArrayLike | None = None,
        chemistry: Chemistry | None = None,
        edition: str = "",
    ) -> Ensemble:
        """Build members from numbers in the order of ``COLUMNS``, shape (member, column)."""
        columns = np.asarray(table, dtype=np.float64).T
        if columns.shape[0] != len(COLUMNS):
            raise InputError(
                f"a table of members has {len(COLUMNS)} columns, not {columns.shape[0]}"
            )
        arrays: dict[str, Any] = dict(zip(SCALARS, columns, strict=False))
        start = len(SCALARS)
        for name, rows in ROWS.items():
            arrays[name] = columns[start : start + len(rows)]
            start += len(rows)
        if seed is None:
            seed = np.arange(columns.shape[1])
        return cls(
            **arrays,
            seed=np.asarray(seed, dtype=np.uint64),
            chemistry=chemistry or Chemistry(),
            edition=edition,
        )

    @classmethod
    def bundled(cls, size: int = WHOLE) -> Ensemble:
        """Return Accord's own constrained ensemble.

        Parameters
        ----------
        size
            841, the reference set, or the 400 nested in it for interactive use. Every call with
            the same size returns the same object, so that what it caches is computed once.

        Raises
        ------
        InputError
            If the size is not one of those that were chosen and checked.
        """
        from accord.climate.state import bundle

        return bundle().ensemble(size)

    @classmethod
    def from_fair_calibration(
        cls,
        parameters_csv: str | Path,
        species_csv: str | Path,
        members: Sequence[int] | slice | None = None,
    ) -> Ensemble:
        """Read a published calibration of the FaIR model (1.4.x layout, Smith et al. 2024).

        Parameters
        ----------
        parameters_csv
            One row a member, as published with the calibration.
        species_csv
            Its species properties.
        members
            Positions of the rows to keep; all if not given.

        Raises
        ------
        InputError
            If a column is missing, or minor gases do not share one scale.
        """
        from accord.climate.published import read

        ensemble = read(Path(parameters_csv), Path(species_csv))
        return ensemble if members is None else ensemble.take(members)


def bundle_path() -> Path:
    """Return where the package keeps its ensemble."""
    return DATA / BUNDLE
