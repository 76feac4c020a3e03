from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from accord.language.target import Neutrality
from accord.pathways import project
from accord.pathways.infill import complete, global_history, offsets, relations

YEARS = np.arange(2025, 2101)
SUMS = {"CO2 fossil": 38000.0, "CO2 land": 4000.0, "CH4": 350.0, "N2O": 9.0, "F-gases": 1500.0}


def constant(scale: float = 1.0):
    return {gas: np.full((1, YEARS.size), value * scale) for gas, value in SUMS.items()}


def test_every_species_of_the_global_history_is_given_and_joins_it_without_a_step():
    known = global_history().at(2024)
    done = complete(constant(), SUMS, 2024, YEARS)
    assert set(done) == set(global_history().species)
    for name, series in done.items():
        # what the Montreal Protocol phases out may lose a fifth within a year, nothing else so much
        phased_out = name in relations() and not relations()[name].b.any()
        near = 0.2 if phased_out else 0.05
        assert series[0, 0] == pytest.approx(known[name], rel=near, abs=1e-3), name


def test_harmonisation_meets_the_history_and_fades_for_co2_only():
    known = global_history().at(2024)
    added = offsets(2024, SUMS, np.arange(2024, 2101))
    assert SUMS["CO2 fossil"] + added["CO2 fossil"][0] == pytest.approx(known["CO2 FFI"] * 1000)
    assert added["CO2 fossil"][2050 - 2024] == 0
    assert added["CH4"][-1] == added["CH4"][0] == pytest.approx(known["CH4"] - 350)


def test_sulphur_falls_with_fossil_co2_and_montreal_gases_do_not():
    less = complete(constant() | {"CO2 fossil": constant(0.5)["CO2 fossil"]}, SUMS, 2024, YEARS)
    same = complete(constant(), SUMS, 2024, YEARS)
    at = 2050 - 2025
    assert less["Sulfur"][0, at] < 0.85 * same["Sulfur"][0, at]
    assert less["CFC-11"][0, at] == same["CFC-11"][0, at]


def test_f_gases_go_by_species_with_the_sum_of_the_parties():
    half = constant() | {"F-gases": constant(0.5)["F-gases"]}
    done = complete(half, SUMS, 2024, YEARS)
    assert done["HFC-134a"][0, 10] == pytest.approx(0.5 * global_history().at(2024)["HFC-134a"])


def test_nothing_but_co2_turns_negative_when_the_world_goes_to_net_zero(commit, today):
    codes = ["CHN", "USA", "IND", "EU27", "RUS", "JPN", "BRA", "IDN", "IRN", "SAU"]
    zero = [commit(code, Neutrality(scope="GHG", year=2050)) for code in codes]
    world = project(zero, today, draws=3)
    for name, series in world.species.items():
        if not name.startswith("CO2"):
            assert (series >= 0).all(), name


def test_without_a_party_is_the_world_with_it_on_its_reference(commit, today):
    zero = [commit(code, Neutrality(scope="GHG", year=2050)) for code in ("CHN", "IND")]
    both, one = project(zero, today, draws=2), project(zero[1:], today, draws=2)
    for name, series in both.without(["CHN"]).species.items():
        np.testing.assert_allclose(series, one.species[name], rtol=1e-9, atol=1e-9)


def test_the_table_is_what_its_builder_makes_of_the_scenarios(upstream, tmp_path):
    root = Path(__file__).parents[2]
    spec = importlib.util.spec_from_file_location("build", root / "tools/build_infill.py")
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    build.main(upstream, tmp_path / "infill.csv")
    shipped = (root / "src/accord/data/infill.csv").read_text()
    assert (tmp_path / "infill.csv").read_text() == shipped
    assert relations()["Sulfur"].b[1] > 0
