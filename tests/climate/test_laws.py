"""Laws that hold for any emissions and any members."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord import climate

EXACT = 1e-11


def scaled(held, **factors):
    return {
        name: path * factors.get(name.replace(" ", "_").lower(), 1.0) for name, path in held.items()
    }


def stacked(held, many, rng):
    """Random scenarios around held emissions; most minor gases stay common to all."""
    varied = ("CO2 FFI", "CO2 AFOLU", "CH4", "N2O", "Sulfur", "NOx", "HFC-134a")
    return {
        name: path * rng.uniform(0.2, 1.5, (many, 1)) if name in varied else path
        for name, path in held.items()
    }


def test_carbon_is_conserved_pool_by_pool(members):
    """Without feedbacks a pool is a convolution; what it lost is what is no longer airborne."""
    years = np.arange(1750, 1950)
    nothing = np.zeros(members.size)
    plain = replace(
        members, iirf_uptake=nothing, iirf_temperature=nothing, iirf_airborne=nothing, states=()
    )
    emissions = climate.bundled_emissions(years)
    end, _ = climate.spin_up(plain, emissions, *climate.natural_forcing(years), years)

    g0, g1 = plain.chemistry.co2_lifetime_constants
    alpha = g0 * np.exp(plain.iirf_0 / g1)
    emitted = emissions["CO2 FFI"] + emissions["CO2 AFOLU"]
    age = np.arange(200)[::-1, None]
    lost = np.zeros(members.size)
    for pool, share, tau in zip(
        end.pools, plain.chemistry.co2_partition, plain.chemistry.co2_lifetime, strict=True
    ):
        rate = 1 / (alpha * tau)
        left = -np.expm1(-rate) / rate * np.exp(-rate * age)
        assert np.abs(pool - share * emitted @ left).max() < 1e-9
        lost += share * emitted @ (1 - left)
    assert np.abs(end.pools.sum(axis=0) + lost - end.shared.co2_cumulated).max() < 1e-9


def test_carbon_pools_sum_to_the_concentration(members):
    years = np.arange(1750, 2025)
    end, series = climate.spin_up(
        members,
        climate.bundled_emissions(),
        *climate.natural_forcing(years),
        years,
        record={"co2": [2025]},
    )
    ppm = members.co2_baseline + end.pools.sum(axis=0) * climate.carbon_cycle.PPM_PER_GTCO2
    assert np.abs(series["co2"][0] - ppm).max() < EXACT
    assert (end.pools.sum(axis=0) < end.shared.co2_cumulated).all()


def test_without_emissions_above_1750_nothing_warms(members):
    chemistry = members.chemistry
    quiet = dict.fromkeys(climate.species.SPECIES, np.zeros(200))
    base = dict(zip(climate.species.PRECURSORS, chemistry.precursor_baseline, strict=True))
    base |= {gas.name: gas.baseline_emissions for gas in chemistry.minor}
    base |= {"CH4": chemistry.ch4_baseline_emissions, "N2O": chemistry.n2o_baseline_emissions}
    quiet |= {name: np.full(200, value) for name, value in base.items()}
    years = np.arange(1750, 1950)
    end, _ = climate.spin_up(members, quiet, np.zeros(200), np.zeros(200), years)
    assert np.abs(end.pools).max() == 0
    # The 1750 chlorine of the table and the sum over its gases differ in the eighth digit.
    assert np.abs(end.temperatures).max() < 1e-6


@pytest.mark.parametrize("start", [1992, 2010, 2025])
def test_a_kept_state_continues_as_the_uninterrupted_run(members, held, start):
    observed = climate.bundled_emissions()
    emissions = {name: np.concatenate([observed[name], held[name]]) for name in held}
    years = np.arange(1750, 2101)
    solar, volcanic = climate.natural_forcing(years)
    _, whole = climate.spin_up(
        members, emissions, solar, volcanic, years, record={"gmst": list(range(start, 2101))}
    )
    ahead = climate.project(
        members,
        {name: path[start - 1750 :] for name, path in emissions.items()},
        state=climate.history(members, start),
    )
    assert np.abs(ahead.annual[0] - whole["gmst"]).max() < 1e-12


@settings(deadline=None, max_examples=15)
@given(less=st.floats(0, 2), more=st.floats(0, 2), year=st.integers(0, 60))
def test_more_co2_never_cools_the_median(members, state, held, less, more, year):
    low, high = sorted((less, more))
    path = held["CO2 FFI"]
    both = np.stack([path, path])
    both[:, year:] *= np.array([[low], [high]])
    run = climate.project(members, {**held, "CO2 FFI": both}, state=state)
    median = run.percentiles([50])[:, 0]
    assert (median[1] >= median[0] - EXACT).all()


def test_members_do_not_know_of_each_other(members, state, held):
    order = np.random.default_rng(1).permutation(members.size)
    plain = climate.project(members, held, state=state)
    mixed = climate.project(members.take(order), held, state=state.take(order))
    assert np.abs(plain.annual[:, :, order] - mixed.annual).max() < EXACT


def test_a_batch_answers_as_each_scenario_alone(members, state, held):
    many = stacked(held, 7, np.random.default_rng(2))
    together = climate.project(members, many, state=state)
    for one in range(7):
        alone = {name: path[one] if path.ndim == 2 else path for name, path in many.items()}
        apart = climate.project(members, alone, state=state)
        assert np.abs(together.annual[one] - apart.annual[0]).max() < EXACT


def test_scenarios_that_agree_are_each_answered(members, state, held):
    same = {name: np.stack([path] * 3) for name, path in held.items()}
    one = climate.project(members, held, state=state)
    three = climate.project(members, same, state=state)
    assert three.annual.shape == (3, 76, members.size)
    assert np.abs(three.annual - one.annual).max() < EXACT


def test_paired_runs_are_the_diagonal_of_all_with_all(members, state, held):
    rng = np.random.default_rng(3)
    many = stacked(held, 5, rng)
    own = rng.integers(0, 5, members.size)
    product = climate.project(members, many, state=state, record=["co2", "forcing ozone"])
    paired = climate.project(
        members, many, state=state, scenario_of_member=own, record=["co2", "forcing ozone"]
    )
    each = np.arange(members.size)
    assert paired.annual.shape == (1, 76, members.size)
    assert np.abs(product.annual[own, :, each].T - paired.annual[0]).max() < EXACT
    for name, series in paired.series.items():
        assert np.abs(product.series[name][own, :, each].T - series[0]).max() < EXACT


def test_blocks_do_not_change_the_answer(members, state, held, monkeypatch):
    many = stacked(held, 5, np.random.default_rng(4))
    whole = climate.project(members, many, state=state)
    monkeypatch.setattr("accord.climate.integration.BLOCK", 37)
    pieces = climate.project(members, many, state=state)
    assert np.abs(whole.annual - pieces.annual).max() < EXACT


def test_the_forcings_add_up(members, state, held):
    from accord.climate.recording import FORCINGS

    names = [f"forcing {name}" for name in FORCINGS]
    run = climate.project(members, held, state=state, record=["forcing", *names])
    total = sum(run.series[name] for name in names)
    assert np.abs(total - run.series["forcing"]).max() < 1e-12


def test_heat_gained_is_the_imbalance_summed(members, held):
    """Layer heat and radiation close to a few per cent: the imbalance is sampled once a year."""
    years = np.arange(1750, 2025)
    turns = list(range(1975, 2026))
    _, series = climate.spin_up(
        members,
        climate.bundled_emissions(),
        *climate.natural_forcing(years),
        years,
        record={"heat": turns, "imbalance": turns},
    )
    gained = series["heat"][-1] - series["heat"][0]
    summed = series["imbalance"][1:].sum(axis=0) * climate.energy_balance.ZJ_PER_W_YR_M2
    assert np.median(gained / summed) == pytest.approx(1.0, abs=0.1)
