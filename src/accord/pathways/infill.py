"""Every species the climate needs, from the world's sums of the five gases that parties have.

- CO2, CH4, N2O: the world's sum plus the difference, in the last observed year, between the
  climate's global history and that sum. For CO2 the difference fades to zero by 2050 (it is a
  matter of editions); for CH4 and N2O it stays (it is biomass burning and other sources outside
  national accounts).
- Aerosol and ozone precursors: by their relation to fossil CO2 in the eight SSP emission scenarios
  (``data/infill.csv``), taken as change from the last observed year, so that the first year joins
  the history without a step.
- Gases of the Montreal Protocol: the scenarios' common path, likewise.
- HFCs, PFCs, SF6, NF3 and SO2F2: each in proportion to the parties' F-gases together.

Sources: RCMIP 5.1.0 SSP emissions (Nicholls et al. 2020), CC BY 4.0; the method is a linear version
of the "lead variable" infilling of Lamboll et al. 2020 (doi:10.5194/gmd-13-5259-2020).
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]

HISTORY = "climate/emissions_1750_2024.csv.gz"
DIRECT = {"CO2 FFI": "CO2 fossil", "CO2 AFOLU": "CO2 land", "CH4": "CH4", "N2O": "N2O"}
"""Climate species that parties have themselves, and the gas of theirs that gives it."""
CO2_FADES_BY = 2050
BASE = 2020
"""Year to which the relations of ``infill.csv`` refer."""


@dataclass(frozen=True, eq=False)
class GlobalHistory:
    """Global emissions that the climate model's past was run with.

    Attributes
    ----------
    species, units
        Names and units, e.g. ``CO2 FFI`` in GtCO2.
    years
        Years of the columns.
    values
        ``(species, year)``.
    """

    species: tuple[str, ...]
    units: tuple[str, ...]
    years: npt.NDArray[np.int64]
    values: Array

    def at(self, year: int) -> dict[str, float]:
        """Return every species' emissions in ``year``."""
        column = year - int(self.years[0])
        return dict(zip(self.species, self.values[:, column].tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class Relation:
    """A species' relation to fossil CO2 over the years after BASE; see ``infill.csv``."""

    years: Array
    a: Array
    b: Array
    low: Array
    high: Array


@lru_cache(maxsize=1)
def global_history() -> GlobalHistory:
    """Return the climate model's history of global emissions."""
    data = files("accord").joinpath("data", HISTORY).read_bytes()
    lines = [line for line in gzip.decompress(data).decode().splitlines() if line[:1] != "#"]
    years = np.array([int(cell) for cell in lines[0].split(",")[2:]])
    heads = [line.split(",", 2) for line in lines[1:]]
    values = np.array([np.fromstring(rest, sep=",") for _, _, rest in heads])
    return GlobalHistory(tuple(h[0] for h in heads), tuple(h[1] for h in heads), years, values)


@lru_cache(maxsize=1)
def relations() -> Mapping[str, Relation]:
    """Return the relation of each infilled species, by name."""
    text = files("accord").joinpath("data", "infill.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if line[:1] != "#"))
    found: dict[str, Relation] = {}
    for name in dict.fromkeys(row["species"] for row in rows):
        own = [row for row in rows if row["species"] == name]
        column = {
            key: np.array([float(row[key] or default) for row in own])
            for key, default in (("year", 0), ("a", 0), ("b", 0), ("x_low", 1), ("x_high", 1))
        }
        found[name] = Relation(
            np.concatenate([[float(BASE)], column["year"]]),
            np.concatenate([[0.0], column["a"]]),
            np.concatenate([[0.0], column["b"]]),
            np.concatenate([[1.0], column["x_low"]]),
            np.concatenate([[1.0], column["x_high"]]),
        )
    return found


def offsets(last: int, sums: Mapping[str, float], years: npt.NDArray[np.int64]) -> dict[str, Array]:
    """Return what is added to each gas of the parties to meet the global history ``(year,)``.

    Parameters
    ----------
    last
        Last observed year.
    sums
        The parties' emissions together in that year, by gas, Mt.
    years
        Projected years.
    """
    known = global_history().at(last)
    added: dict[str, Array] = {}
    for species, gas in DIRECT.items():
        scale = 1000.0 if species.startswith("CO2") else 1.0
        gap = known[species] * scale - sums[gas]
        fade = np.clip((CO2_FADES_BY - years) / max(CO2_FADES_BY - last, 1), 0.0, 1.0)
        added[gas] = gap * fade if species.startswith("CO2") else np.full(years.shape, gap)
    return added


def complete(
    gases: Mapping[str, Array], sums: Mapping[str, float], last: int, years: npt.NDArray[np.int64]
) -> dict[str, Array]:
    """Return emissions of every climate species, in its unit, ``(draw, year)``.

    Parameters
    ----------
    gases
        The world's emissions by gas ``(draw, year)``, Mt (F-gases MtCO2e).
    sums
        The same in the last observed year.
    last
        Last observed year.
    years
        Projected years.
    """
    history = global_history()
    known = history.at(last)
    added = offsets(last, sums, years)
    done: dict[str, Array] = {}
    for species, gas in DIRECT.items():
        scale = 1000.0 if species.startswith("CO2") else 1.0
        done[species] = (gases[gas] + added[gas]) / scale

    lead = done["CO2 FFI"] / known["CO2 FFI"]
    fluorinated = gases["F-gases"] / max(sums["F-gases"], 1e-9)
    for species in history.species:
        if species in done:
            continue
        relation = relations().get(species)
        if relation is None:
            done[species] = known[species] * fluorinated
            continue
        time = years.astype(float)
        a = np.interp(time, relation.years, relation.a)
        a = a - np.interp(float(last), relation.years, relation.a)
        b = np.interp(time, relation.years, relation.b)
        if not b.any():
            done[species] = np.broadcast_to(known[species] * np.exp(a), lead.shape)
            continue
        low = np.interp(time, relation.years, relation.low)
        high = np.interp(time, relation.years, relation.high)
        x = np.clip(lead, np.minimum(low, 1.0), np.maximum(high, 1.0))
        done[species] = known[species] * np.exp(a + b * (x - 1.0))
    return done
