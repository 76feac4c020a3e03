"""The end of history: nine numbers a member and a few shared ones, from which a deal runs on.

Also how the package keeps its ensemble on disk. Layout of ``ensemble.npz``:

``parameters``  float32 (member, column), columns in the order of ``ensemble.COLUMNS``
``columns``     their names, so that a file of another layout is refused
``nested_400``  positions of the nested 400 members (any ``nested_<size>``)
``state_<year>_members``  float64 (10, member): G0-G3, CH4, forcing state, T1-T3, reference
``state_<year>_shared``   float64: N2O, EESC, cumulated CO2, cumulated land CO2, minor gases
``edition``     one line
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from accord.climate.ensemble import COLUMNS, WHOLE, Ensemble, bundle_path
from accord.climate.species import Chemistry, FloatArray
from accord.errors import InputError, OutputError, Place


@dataclass(frozen=True, eq=False)
class Shared:
    """What all members share at the start of a year, above 1750 unless said otherwise.

    Attributes
    ----------
    n2o
        Mt.
    minor
        kt of each minor gas, shape (gas,).
    eesc
        ppt, absolute.
    co2_cumulated, land_cumulated
        GtCO2 emitted since 1750, all and from land use.
    """

    n2o: float
    minor: FloatArray
    eesc: float
    co2_cumulated: float
    land_cumulated: float


@dataclass(frozen=True, eq=False)
class State:
    """The ensemble at the start of a year.

    Attributes
    ----------
    year
        At the start (1 January) of which the state holds.
    pools
        Shape (4, member): GtCO2 above 1750 in the carbon pools.
    methane
        Shape (member,): Mt of CH4 above 1750.
    red_noise
        Shape (member,): the energy balance's own forcing state, W m-2.
    temperatures
        Shape (3, member): ocean layers above 1750, K.
    reference
        Shape (member,): mean surface temperature of 1850-1900 above 1750, K; NaN before 1901.
    shared
        What all members share.
    """

    year: int
    pools: FloatArray
    methane: FloatArray
    red_noise: FloatArray
    temperatures: FloatArray
    reference: FloatArray
    shared: Shared

    @property
    def size(self) -> int:
        """Number of members."""
        return int(self.methane.size)

    def take(self, members: Any) -> State:
        """Return the state of the members at these positions."""
        rows = _member_rows(self)[:, members]
        return _from_rows(self.year, np.ascontiguousarray(rows), self.shared)


def preindustrial(size: int, chemistry: Chemistry, year: int = 1750) -> State:
    """Return the state of ``size`` members in balance with the emissions of 1750."""
    nothing = Shared(0.0, np.zeros(len(chemistry.minor)), chemistry.eesc_baseline, 0.0, 0.0)
    rows = np.zeros((10, size))
    rows[9] = np.nan
    return _from_rows(year, rows, nothing)


@dataclass(frozen=True, eq=False)
class Bundle:
    """The ensemble that the package carries, with its subsets."""

    whole: Ensemble
    nested: Mapping[int, npt.NDArray[np.intp]]

    def ensemble(self, size: int) -> Ensemble:
        """Return the whole or a nested subset; the same object at every call.

        Raises
        ------
        InputError
            If there is no subset of this size.
        """
        return _subset(self, size)


@lru_cache(maxsize=4)
def _subset(bundle: Bundle, size: int) -> Ensemble:
    if size == bundle.whole.size:
        return bundle.whole
    if size not in bundle.nested:
        known = sorted({bundle.whole.size, *bundle.nested})
        raise InputError(
            f"no bundled ensemble of {size} members; there are {' and '.join(map(str, known))}"
        )
    return bundle.whole.take(bundle.nested[size])


@lru_cache(maxsize=1)
def bundle() -> Bundle:
    """Return what the package carries, read once."""
    return load_bundle(bundle_path())


def save_bundle(
    path: str | Path,
    ensemble: Ensemble,
    states: Sequence[State],
    *,
    nested: Mapping[int, npt.ArrayLike] | None = None,
) -> None:
    """Write an ensemble with its kept states.

    Parameters
    ----------
    ensemble
        Members whose numbers are exact in float32 (`rounded`), with the package's chemistry.
    states
        Their states, computed with these rounded numbers.
    nested
        Size to positions of the members of a subset.

    Raises
    ------
    InputError
        If the numbers are not rounded, or a state or subset does not fit.
    OutputError
        If the file cannot be written; nothing is left half-written.
    """
    table = ensemble.table()
    if not np.array_equal(table, table.astype(np.float32).astype(np.float64)):
        raise InputError("round the ensemble first (climate.state.rounded), then compute states")
    arrays: dict[str, Any] = {
        "parameters": table.astype(np.float32),
        "columns": np.array(COLUMNS),
        "edition": np.array(ensemble.edition),
    }
    for size, members in (nested or {}).items():
        positions = np.asarray(members, dtype=np.int32)
        if positions.shape != (size,) or np.unique(positions).size != size:
            raise InputError(f"the nested {size} are not {size} different members")
        arrays[f"nested_{size}"] = positions
    for state in states:
        if state.size != ensemble.size:
            raise InputError(f"the state of {state.year} has {state.size} members")
        shared = state.shared
        arrays[f"state_{state.year}_members"] = _member_rows(state)
        arrays[f"state_{state.year}_shared"] = np.concatenate(
            [
                [shared.n2o, shared.eesc, shared.co2_cumulated, shared.land_cumulated],
                shared.minor,
            ]
        )
    import tempfile

    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, suffix=".npz")
        os.close(handle)
        np.savez_compressed(name, **arrays)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror}") from error


def load_bundle(path: str | Path) -> Bundle:
    """Read what `save_bundle` wrote.

    Raises
    ------
    InputError
        If the file is missing or of another layout.
    """
    place = Place(file=str(path))
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if tuple(arrays["columns"]) != COLUMNS:
            raise InputError("other columns than this version of Accord reads", place)
        whole = Ensemble.from_table(arrays["parameters"], edition=str(arrays["edition"]))
    except FileNotFoundError:
        raise InputError("no ensemble here; tools/calibrate builds it", place) from None
    except (KeyError, ValueError, OSError) as error:
        raise InputError(f"not an ensemble of Accord ({error})", place) from error
    states, nested = [], {}
    for name, values in arrays.items():
        if name.startswith("nested_"):
            nested[int(name.split("_")[1])] = values.astype(np.intp)
        elif name.startswith("state_") and name.endswith("_members"):
            year = int(name.split("_")[1])
            n2o, eesc, co2, land, *minor = arrays[f"state_{year}_shared"].tolist()
            shared = Shared(n2o, np.array(minor), eesc, co2, land)
            states.append(_from_rows(year, values, shared))
    states.sort(key=lambda state: state.year)
    return Bundle(whole.with_states(states), nested)


def rounded(ensemble: Ensemble) -> Ensemble:
    """Return the members with every number rounded to float32, as they are stored."""
    return Ensemble.from_table(
        ensemble.table().astype(np.float32),
        seed=ensemble.seed,
        chemistry=ensemble.chemistry,
        edition=ensemble.edition,
    )


def _member_rows(state: State) -> FloatArray:
    return np.concatenate(
        [
            state.pools,
            state.methane[None],
            state.red_noise[None],
            state.temperatures,
            state.reference[None],
        ]
    )


def _from_rows(year: int, rows: FloatArray, shared: Shared) -> State:
    return State(
        year=year,
        pools=rows[:4],
        methane=rows[4],
        red_noise=rows[5],
        temperatures=rows[6:9],
        reference=rows[9],
        shared=shared,
    )


__all__ = [
    "WHOLE",
    "Bundle",
    "Shared",
    "State",
    "bundle",
    "load_bundle",
    "preindustrial",
    "rounded",
    "save_bundle",
]
