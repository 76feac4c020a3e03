"""Every principle shares out exactly what there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.economy.fair_share import (
    RULES,
    World,
    allocate,
    budget_by_head,
    equal_cumulative,
    responsibility_capability,
)
from accord.errors import UnknownNameError


def world(seed: int, n: int = 4) -> World:
    rng = np.random.default_rng(seed)
    years, past_years = np.arange(2020, 2101), np.arange(1950, 2020)
    start = rng.uniform(10, 1000, n)
    people = rng.uniform(1, 500, n)
    return World(
        tuple(f"P{i}" for i in range(n)),
        years,
        start[:, None] * np.linspace(1, 1.4, len(years)),
        people[:, None] * np.linspace(1, 1.2, len(years)),
        (people * rng.uniform(2, 60, n))[:, None] * np.linspace(1, 3, len(years)),
        np.linspace(start.sum(), 0, len(years)),
        past_years,
        start[:, None] * np.linspace(0.2, 1, len(past_years)),
        people[:, None] * np.linspace(0.5, 1, len(past_years)),
    )


@given(st.sampled_from(sorted(RULES)), st.integers(0, 10_000))
def test_allocations_sum_to_the_goal(rule: str, seed: int) -> None:
    w = world(seed)
    assert allocate(w, rule).sum(axis=0) == pytest.approx(w.goal, abs=1e-6)


@given(st.integers(0, 10_000))
def test_responsibility_and_capability_are_shares(seed: int) -> None:
    shares = responsibility_capability(world(seed))
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()


def test_half_the_weight_each_is_the_mean_of_the_two() -> None:
    # As in the published calculator: 37.42 % capability and 33.79 % responsibility give 35.605 %.
    w = world(1)
    both = responsibility_capability(w, weight=0.5)
    only = [responsibility_capability(w, weight=x) for x in (0.0, 1.0)]
    assert both == pytest.approx((only[0] + only[1]) / 2)


def test_who_emitted_more_per_head_in_the_past_gets_less() -> None:
    w = world(3)
    more = w.past.copy()
    more[0] *= 3
    heavier = World(**{**w.__dict__, "past": more})
    assert equal_cumulative(heavier)[0].sum() < equal_cumulative(w)[0].sum()


def test_a_budget_by_head_runs_out_where_the_triangle_closes() -> None:
    w = world(5)
    share, year = budget_by_head(w, 10_000.0)
    assert share.sum() == pytest.approx(10_000)
    spent = w.baseline[:, 0] * (year - w.years[0] + 1) / 2
    assert spent == pytest.approx(share)


def test_an_unknown_rule_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="per capita"):
        allocate(world(0), "per-capita")
