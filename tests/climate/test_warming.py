"""What a projection answers."""

from __future__ import annotations

import numpy as np
import pytest

from accord import climate
from accord.climate.warming import Warming
from accord.errors import InputError, UnknownNameError


def warming(values) -> Warming:
    annual = np.asarray(values, dtype=float).T[None]  # given as (member, year)
    return Warming(np.arange(2025, 2025 + annual.shape[1]), annual)


def test_percentiles_are_numpys(members, state, held):
    run = climate.project(members, held, state=state)
    ps = [0, 5, 16.7, 50, 95, 100]
    expected = np.percentile(run.gmst[0], ps, axis=0)
    assert np.abs(run.percentiles(ps)[0] - expected).max() < 1e-12
    assert run.gmst.shape == (1, members.size, 76)


def test_crossing_is_the_first_year_at_the_threshold():
    run = warming([[1.2, 1.5, 1.4], [1.6, 1.7, 1.8], [1.0, 1.1, 1.2]])
    assert run.crossing_year(1.5)[0, :2].tolist() == [2026, 2025]
    assert np.isnan(run.crossing_year(1.5)[0, 2])


def test_an_overshoot_does_not_count_as_staying_below():
    run = warming([[1.4, 1.6, 1.3], [1.2, 1.3, 1.4]])
    assert run.prob_below(1.5).tolist() == [0.5]
    assert run.peak()[0].tolist() == [1.6, 1.4]
    assert run.peak_year()[0].tolist() == [2026, 2027]
    assert run.at(2027)[0].tolist() == [1.3, 1.4]


def test_a_year_outside_the_projection_is_refused():
    with pytest.raises(InputError, match="2025 to 2027"):
        warming([[1, 2, 3]]).at(2024)


def test_the_reference_counts_the_turns_of_1850_and_1901_half(members):
    years = np.arange(1750, 1950)
    turns = list(range(1850, 1902))
    end, series = climate.spin_up(
        members,
        climate.bundled_emissions(years),
        *climate.natural_forcing(years),
        years,
        record={"surface": turns, "gmst": list(range(1850, 1901))},
    )
    weights = np.ones(52)
    weights[[0, -1]] = 0.5
    assert end.reference == pytest.approx(weights @ series["surface"] / 51, abs=1e-12)
    assert np.abs(series["gmst"].mean(axis=0)).max() < 1e-12


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"CH4": None}, "lack CH4"),
        ({"CO2 FFI": np.full(76, np.nan)}, "not finite"),
        ({"CO2 FFI": np.zeros(70)}, r"\(1, 76\)|\(1, 70\)"),
        ({"N2O": np.full(76, -1.0)}, "negative"),
    ],
)
def test_emissions_that_cannot_be_are_refused(members, state, held, change, words):
    wrong = {**held, **change}
    wrong = {name: path for name, path in wrong.items() if path is not None}
    with pytest.raises(InputError, match=words):
        climate.project(members, wrong, state=state)


def test_more_removal_than_there_is_carbon_is_refused(members, state, held):
    with pytest.raises(InputError, match="out of the range"):
        climate.project(members, {**held, "CO2 FFI": np.full(76, -500.0)}, state=state)


def test_a_misspelt_species_gets_its_near_name(members, state, held):
    with pytest.raises(UnknownNameError, match="did you mean CO2 FFI"):
        climate.project(members, {**held, "CO2 FFL": held["CO2 FFI"]}, state=state)


def test_a_scenario_that_is_not_there_is_refused(members, state, held):
    with pytest.raises(InputError, match="outside 0 to 0"):
        own = np.ones(members.size, dtype=int)
        climate.project(members, held, state=state, scenario_of_member=own)
