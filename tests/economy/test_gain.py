"""Damages, gains and finance: accounts that must add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.economy.damage import FUNCTIONS, coefficients, damage_share
from accord.economy.finance import Promise, net, paid
from accord.economy.gain import World, gains
from accord.errors import InputError, UnknownNameError

PARTIES = ("USA", "CHN", "IND")
YEARS = np.arange(2025, 2056)


def world(seed: int = 0, cut: float = 0.4) -> World:
    rng = np.random.default_rng(seed)
    reference = rng.uniform(2000, 10_000, (3, 5, len(YEARS)))
    deal = 1.3 + np.linspace(0, 0.5, len(YEARS)) * rng.uniform(0.8, 1.2, (20, 1))
    more = np.linspace(0, 0.3, len(YEARS))
    return World(
        PARTIES,
        YEARS,
        rng.uniform(1000, 30_000, (3, 1)) * np.ones(len(YEARS)),
        reference * (1 - cut),
        reference,
        deal,
        deal + more,
        dict.fromkeys(PARTIES, deal + more / 3),
        {"USA": np.full(len(YEARS), -10.0), "IND": np.full(len(YEARS), 10.0)},
    )


@given(st.sampled_from(FUNCTIONS), st.floats(0, 6), st.floats(0, 6))
def test_more_warming_never_does_less_damage(function: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    for party in ("USA", "IND", "MDV"):
        assert damage_share(low, party, function) <= damage_share(high, party, function)
        assert 0 <= damage_share(high, party, function) <= 1


def test_the_functions_disagree_by_a_factor_of_four() -> None:
    at_two = [float(damage_share(2.0, "WLD", f)) for f in FUNCTIONS if f != "RICE-2010"]
    assert max(at_two) / min(at_two) == pytest.approx(4.25, abs=0.05)


def test_a_code_without_a_region_has_no_damage_of_its_own() -> None:
    linear, quadratic = coefficients(("INT_AVI", "IND"), "RICE-2010")
    assert linear[0] == quadratic[0] == 0 < quadratic[1]


def test_what_a_party_saves_all_is_its_own_part_and_what_it_gives() -> None:
    w = world()
    found = gains(w, PARTIES, damage="DICE-2023")
    gdp = w.gdp.sum(axis=0)
    for code, gain in found.items():
        whole = 0.003467 * gdp * (w.without[code] ** 2 - w.deal**2)
        both = gain.own[50] + gain.given[50]
        assert both == pytest.approx(np.median(whole, axis=0), rel=1e-6)


def test_the_net_is_savings_and_finance_less_cost() -> None:
    gain = gains(world(), ["USA"])["USA"]
    assert gain.net[50] == pytest.approx(gain.avoided[50] + gain.finance - gain.cost[50])
    assert (gain.finance == -10).all()
    assert gain.present(np.ones(len(YEARS)), 2025) == 1.0
    assert gain.present(np.ones(len(YEARS))) < len(YEARS)


def test_without_cuts_there_is_no_cost() -> None:
    gain = gains(world(cut=0.0), ["CHN"])["CHN"]
    assert (gain.cost[95] == 0).all()
    assert (gain.price == 0).all()


def test_the_order_of_parties_changes_nothing() -> None:
    w = world(3)
    back = World(
        w.parties[::-1], w.years, w.gdp[::-1], w.emissions[::-1], w.reference[::-1],
        w.deal, w.nobody, w.without, w.finance,
    )  # fmt: skip
    one, other = gains(w, PARTIES), gains(back, PARTIES[::-1])
    for code in PARTIES:
        assert one[code].net[50] == pytest.approx(other[code].net[50], rel=1e-12)


def test_bad_input_of_gains_is_named() -> None:
    with pytest.raises(UnknownNameError, match="BRA"):
        gains(world(), ["BRA"])
    with pytest.raises(InputError, match="discount"):
        gains(world(), ["USA"], rate=3)
    with pytest.raises(UnknownNameError, match="DICE-2016R2"):
        gains(world(), ["USA"], damage="DICE-2016R")
    bad = {**world().__dict__, "gdp": np.ones((2, 2))}
    with pytest.raises(InputError, match="gdp has shape"):
        World(**bad)


@given(st.floats(0, 500), st.integers(2000, 2024), st.integers(2025, 2040))
def test_what_is_paid_is_received(amount: float, made: int, year: int) -> None:
    gdp = np.array([[100.0], [50.0], [20.0]]) * np.ones(len(YEARS))
    people = np.array([[3.0], [14.0], [14.0]]) * np.ones(len(YEARS))
    flows = net(
        [Promise(("USA",), amount, made, year)], PARTIES, ("CHN", "IND"), gdp, people, years=YEARS
    )
    assert sum(flows.values()) == pytest.approx(np.zeros(len(YEARS)), abs=1e-9)
    assert (flows["USA"] <= 0).all()


def test_a_part_of_a_larger_promise_is_not_counted_again() -> None:
    gdp = np.ones((3, len(YEARS)))
    both = [Promise(("USA",), 11.4, 2021, 2024), Promise(("USA",), 3.0, 2021, 2024)]
    assert paid(both, PARTIES, gdp, YEARS)[0] == pytest.approx(np.full(len(YEARS), 11.4))


def test_a_sum_over_years_flows_evenly_and_ends() -> None:
    flow = Promise(("USA",), 30.0, 2009, 2012, start=2010).flow(np.arange(2009, 2014))
    assert flow.tolist() == [0.0, 10.0, 10.0, 10.0, 0.0]


def test_a_promise_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(InputError, match="none"):
        Promise(("USA",), -5.0, 2020, 2025)
    with pytest.raises(InputError, match="before it begins"):
        Promise(("USA",), 5.0, 2020, 2025, start=2030)
