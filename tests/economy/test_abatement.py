"""Cost curves: what holds for any curve, and where a party gets its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.economy.abatement import BACKSTOP_DECADE, cost_curve, cost_share
from accord.economy.region import MODELS, region, region_map
from accord.errors import InputError, UnknownNameError
from accord.parties import PARTIES, partition

curves = st.sampled_from(
    [cost_curve(p, s) for p in ("USA", "CHN", "IND", "EU27", "ZAF") for s in MODELS]
)
years = st.integers(2025, 2100)


@pytest.mark.parametrize("model", MODELS)
def test_every_party_that_emits_has_a_region_once(model: str) -> None:
    wanted = {code for code in partition() if PARTIES[code].kind != "bunker"}
    assert set(region_map(model)) == wanted


def test_a_member_of_the_union_has_its_curve() -> None:
    assert region("DEU") == region("EU27") == "EU"
    assert region("GBR") == "EU"  # a member when RICE-2010 was made


@given(curves, years, st.floats(100, 20_000), st.lists(st.floats(0, 1.5), min_size=2, max_size=2))
def test_more_cut_costs_more(curve, year: int, reference: float, mus: list[float]) -> None:
    low, high = sorted(mus)
    less, more = (float(curve.cost(reference * (1 - mu), reference, year)) for mu in (low, high))
    assert 0 <= less <= more * (1 + 1e-12) + 1e-12


@given(curves, years, st.floats(100, 20_000), st.floats(0.05, 1.4))
def test_the_price_is_the_slope_of_the_cost(curve, year: int, reference: float, mu: float) -> None:
    e, step = reference * (1 - mu), reference * 1e-6
    costs = [float(curve.cost(e + sign * step, reference, year)) for sign in (1, -1)]
    slope = 1000 * (costs[1] - costs[0]) / (2 * step)
    assert slope == pytest.approx(float(curve.price(e, reference, year)), rel=1e-3)


@given(curves, years, st.floats(0, 10_000))
def test_emissions_above_the_reference_cost_and_save_nothing(curve, year: int, more: float) -> None:
    assert curve.cost(5000 + more, 5000, year) == 0
    assert curve.cost(100.0, 0.0, year) == 0


def test_the_backstop_of_rice_falls_and_that_of_c_dice_stays() -> None:
    rice, club = (cost_curve("CHN", s).backstop([2025, 2035]) for s in MODELS)
    assert rice[1] < rice[0]
    assert club[1] == club[0]
    assert BACKSTOP_DECADE < 1


def test_cost_is_told_as_a_share_of_gdp() -> None:
    share = cost_share("CHN", 2035, 9000, 14_000)
    assert 0 < share < 5
    assert cost_share("CHN", 2035, 14_000, 14_000) == 0
    assert cost_share("CHN", 2035, 9000, 14_000, "C-DICE 2015") != pytest.approx(share)


def test_bad_input_is_named() -> None:
    with pytest.raises(UnknownNameError, match="RICE-2010"):
        cost_curve("CHN", "RICE")
    with pytest.raises(UnknownNameError, match="INT_AVI"):
        cost_curve("INT_AVI")
    with pytest.raises(InputError, match="finite"):
        cost_curve("CHN").cost(np.nan, 100.0, 2030)
    with pytest.raises(InputError, match="no GDP"):
        cost_share("CHN", 1800, 1, 2)
