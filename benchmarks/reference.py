"""The reference implementation, set up on the published calibration, deterministic or as published.

Shared by ``equality.py`` and ``climate.py`` and by the tests. Needs fair 2.2.5 and the published
files; nothing of the product depends on it.
"""

from __future__ import annotations

import csv
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from accord import climate

PARAMETERS = "calibrated_constrained_parameters_calibration1.4.1.csv"
PROPERTIES = "species_configs_properties_calibration1.4.1.csv"
FIRST = 1750


@dataclass(frozen=True)
class Source:
    """A file of emission scenarios and the file of natural forcing that belongs to it."""

    emissions: str
    natural: str


SOURCES = (
    Source("ssp_emissions_rcmip510_fair_1750-2500.csv.gz", "volcanic_solar_ssp.csv"),
    Source("extensions_1750-2500.csv", "volcanic_solar.csv"),
)


def scenarios(folder: Path) -> dict[str, Source]:
    """Return the name of every scenario in the folder and where it stands."""
    found = {}
    for source in SOURCES:
        with (folder / source.natural).open(newline="", encoding="utf-8-sig") as file:
            found.update({row["Scenario"]: source for row in csv.DictReader(file)})
    return found


def reference(
    folder: Path,
    names: list[str],
    source: Source,
    *,
    every: int = 1,
    begin: int = FIRST,
    end: int = 2101,
    stochastic: bool = False,
    own_reader: bool = True,
) -> Any:
    """Return a fair.FAIR ready to run: every n-th member, from the start of ``begin`` to ``end``.

    ``own_reader``: let it read the emission files by itself (2 s a scenario); otherwise the arrays
    of `inputs` are put in.
    """
    import pandas as pd
    from fair import FAIR
    from fair.interface import fill, initialise
    from fair.io import read_properties

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = FAIR(ch4_method="thornhill2021")
        model.define_time(begin, end, 1)
        model.define_scenarios(names)
        members = pd.read_csv(folder / PARAMETERS, index_col=0, usecols=[0]).index[::every]
        model.define_configs(list(members))
        species, properties = read_properties(str(folder / PROPERTIES))
        model.define_species(species, properties)
        model.allocate()
        if own_reader:
            model.fill_from_csv(
                emissions_file=str(folder / source.emissions),
                forcing_file=str(folder / source.natural),
            )
        else:
            _fill(model, folder, source, begin=begin, end=end)
        model.fill_species_configs(str(folder / PROPERTIES))
        model.override_defaults(str(folder / PARAMETERS))
    if not stochastic:
        fill(model.climate_configs["stochastic_run"], False)
    scale = model.species_configs["forcing_scale"]
    for name in ("Volcanic", "Solar"):
        scaled = model.forcing.sel(specie=name) * scale.sel(specie=name)
        fill(model.forcing, scaled, specie=name)
    initialise(model.concentration, model.species_configs["baseline_concentration"])
    for quantity in (
        model.forcing,
        model.temperature,
        model.cumulative_emissions,
        model.airborne_emissions,
        model.ocean_heat_content_change,
    ):
        initialise(quantity, 0)
    return model


def _fill(model: Any, folder: Path, source: Source, *, begin: int, end: int) -> None:
    skip = begin - FIRST
    for name in model.scenarios:
        emissions, solar, volcanic, _ = inputs(folder, name, source, end)
        solar, volcanic = solar[skip:], volcanic[skip:]
        for specie, path in emissions.items():
            model.emissions.loc[{"scenario": name, "specie": specie}] = path[skip:, None]
        for specie, path in (("Solar", solar), ("Volcanic", volcanic)):
            turns = np.concatenate([[0.0], path])[:, None]
            model.forcing.loc[{"scenario": name, "specie": specie}] = turns


def inputs(
    folder: Path, name: str, source: Source, end: int = 2101
) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray, np.ndarray]:
    """Return the same scenario for Accord: emissions, solar, volcanic, years."""
    import pandas as pd

    years = np.arange(FIRST, end)
    table = pd.read_csv(folder / source.emissions)
    table = table[table["scenario"] == name].set_index("variable")
    columns = [f"{year}.5" for year in years]
    emissions = {s: table.loc[s, columns].to_numpy(float) for s in climate.species.SPECIES}
    natural = pd.read_csv(folder / source.natural, encoding="utf-8-sig")
    natural = natural[natural["Scenario"] == name].set_index("Variable")
    turns = [str(year + 1) for year in years]
    solar, volcanic = (natural.loc[v, turns].to_numpy(float) for v in ("Solar", "Volcanic"))
    return emissions, solar, volcanic, years


def ensemble(folder: Path, every: int = 1) -> climate.Ensemble:
    """Return the same members for Accord."""
    return climate.Ensemble.from_fair_calibration(
        folder / PARAMETERS, folder / PROPERTIES, slice(None, None, every)
    )
