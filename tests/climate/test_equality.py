"""Our engine is the reference implementation's, member by member, on the published calibration.

A subset of members and scenarios; ``benchmarks/equality.py`` runs all 841 on all fifteen.
"""

from __future__ import annotations

import csv
import importlib.util
import sys
import types
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from accord import climate
from accord.climate.recording import FORCINGS

EVERY = 30
TOLERANCE_K = 1e-6  # the reference itself loses 1e-8 K by cancellation in its oldest carbon pool
# ssp585 leaves the range where CO2's strength grows; ssp119 comes back from a peak.
SCENARIOS = ("ssp119", "ssp370", "ssp585", "high-overshoot")
NAMES_THERE = {
    "aerosol-radiation": "Aerosol-radiation interactions",
    "aerosol-cloud": "Aerosol-cloud interactions",
    "ozone": "Ozone",
    "stratospheric water": "Stratospheric water vapour",
    "land use": "Land use",
    "black carbon on snow": "Light absorbing particles on snow and ice",
    "solar": "Solar",
    "volcanic": "Volcanic",
}


@pytest.fixture(scope="module")
def bench() -> types.ModuleType:
    pytest.importorskip("fair", reason="the reference implementation is not installed")
    path = Path(__file__).parents[2] / "benchmarks" / "reference.py"
    spec = importlib.util.spec_from_file_location("reference", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["reference"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def runs(bench: types.ModuleType, upstream: Path) -> dict[str, Any]:
    """Run the reference once per file of scenarios; give each scenario its slice."""
    folder = upstream / "data" / "fair"
    where = bench.scenarios(folder)
    found = {}
    for source in set(where.values()):
        names = [name for name in SCENARIOS if where[name] == source]
        model = bench.reference(folder, names, source, every=EVERY, own_reader=False)
        model.run(progress=False)
        for name in names:
            found[name] = (model, bench.inputs(folder, name, source))
    return found


@pytest.fixture(scope="module")
def published(bench: types.ModuleType, upstream: Path) -> climate.Ensemble:
    return bench.ensemble(upstream / "data" / "fair", EVERY)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_member_warms_as_in_the_reference(name, runs, published):
    model, (emissions, solar, volcanic, years) = runs[name]
    turns = list(years + 1)
    _, ours = climate.spin_up(
        published, emissions, solar, volcanic, years, record={"surface": turns, "imbalance": turns}
    )
    theirs = model.temperature.sel(scenario=name).to_numpy()[1:, :, 0]
    assert np.abs(ours["surface"] - theirs).max() < TOLERANCE_K
    theirs = model.toa_imbalance.sel(scenario=name).to_numpy()[1:]
    assert np.abs(ours["imbalance"] - theirs).max() < TOLERANCE_K


def test_every_forcing_is_the_references(runs, published):
    model, (emissions, solar, volcanic, years) = runs["ssp370"]
    turns = [1800, 1884, 1992, 2020, 2060, 2101]
    record = {f"forcing {name}": turns for name in FORCINGS} | {"forcing": turns}
    _, ours = climate.spin_up(published, emissions, solar, volcanic, years, record=record)
    where = [turn - 1750 for turn in turns]
    forcing = model.forcing.sel(scenario="ssp370")
    for name in FORCINGS:
        if name == "minor gases":
            gases = [gas.name for gas in climate.species.MINOR_GASES]
            theirs = forcing.sel(specie=gases).sum("specie").to_numpy()[where]
        else:
            theirs = forcing.sel(specie=NAMES_THERE.get(name, name)).to_numpy()[where]
        assert np.abs(ours[f"forcing {name}"] - theirs).max() < 1e-6, name
    theirs = model.forcing_sum.sel(scenario="ssp370").to_numpy()[where]
    assert np.abs(ours["forcing"] - theirs).max() < 1e-6


def test_a_continuation_from_2025_is_the_references_whole_run(runs, published):
    model, (emissions, solar, volcanic, years) = runs["ssp119"]
    split = 2025 - 1750
    state, _ = climate.spin_up(
        published,
        {name: path[:split] for name, path in emissions.items()},
        solar[:split],
        volcanic[:split],
        years[:split],
    )
    ahead = climate.project(
        published,
        {name: path[split:] for name, path in emissions.items()},
        state=state,
        solar=solar[split:],
        volcanic=volcanic[split:],
    )
    turns = model.temperature.sel(scenario="ssp119").to_numpy()[:, :, 0]
    half = np.ones(52)
    half[[0, -1]] = 0.5
    reference = half @ turns[100:152] / 51
    annual = (turns[split:-1] + turns[split + 1 :]) / 2 - reference
    assert np.abs(ahead.annual[0] - annual).max() < TOLERANCE_K


def test_with_the_references_noise_the_same_weather_follows(bench, upstream, published):
    """The forcing state that carries the red noise is kept apart from the forcing itself."""
    from accord.climate.drivers import as_paths, drivers
    from accord.climate.integration import integrate
    from accord.climate.state import preindustrial

    folder = upstream / "data" / "fair"
    source = bench.scenarios(folder)["ssp245"]
    model = bench.reference(
        folder, ["ssp245"], source, every=EVERY, end=1900, stochastic=True, own_reader=False
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.run(progress=False)
    emissions, solar, volcanic, _ = bench.inputs(folder, "ssp245", source, 1900)
    start = preindustrial(published.size, published.chemistry)
    shared = drivers(published.chemistry, start.shared, 1750, as_paths(emissions), solar, volcanic)
    weather = model.ebms["stochastic_d"].to_numpy()[1:].transpose(0, 2, 1)
    run = integrate(published, shared, start, noise=weather)
    theirs = model.temperature.to_numpy()[:, 0, :, 0]
    assert np.abs(run.surface[0] - theirs).max() < TOLERANCE_K


def test_our_own_weather_spreads_as_the_references(bench, upstream):
    """Stored percentiles of a noisy reference run, all 841 members; other draws, same law."""
    folder = upstream / "data" / "fair"
    with (folder / "reference_run_gmst_percentiles_fair225_841.csv").open(newline="") as file:
        stored = {
            int(row["year"]): [float(row[p]) for p in ("p05", "p50", "p95")]
            for row in csv.DictReader(file)
            if row["scenario"] == "ssp245"
        }
    source = bench.scenarios(folder)["ssp245"]
    emissions, solar, volcanic, years = bench.inputs(folder, "ssp245", source)
    asked = list(range(1860, 2101, 20))
    _, ours = climate.spin_up(
        bench.ensemble(folder),
        emissions,
        solar,
        volcanic,
        years,
        record={"gmst": asked},
        variability=0,
    )
    found = np.percentile(ours["gmst"], [5, 50, 95], axis=1).T
    # 841 draws scatter the 5 and 95 % points by 0.02 K in the past and 0.05 K in 2100.
    assert np.abs(found - [stored[year] for year in asked]).max() < 0.1


def test_the_published_ensemble_has_its_published_sensitivity(published):
    assert np.median(published.ecs) == pytest.approx(3.0, abs=0.3)
    assert np.median(published.tcr) == pytest.approx(1.8, abs=0.15)
