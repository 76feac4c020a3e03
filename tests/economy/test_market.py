"""Laws of carbon markets that hold for any regions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.economy.market import Region, clear
from accord.errors import InputError

regions = st.lists(
    st.tuples(
        st.floats(1e-4, 0.5), st.floats(0, 5), st.floats(-200, 500), st.sampled_from([0.2, 1.0])
    ),
    min_size=2,
    max_size=6,
).map(lambda rows: [Region(f"r{i}", a, b, q, s) for i, (a, b, q, s) in enumerate(rows)])


@given(regions)
def test_what_is_bought_is_sold(rows: list[Region]) -> None:
    market = clear(rows)
    if market.price > 0:
        assert sum(p.bought for p in market.positions.values()) == pytest.approx(0, abs=1e-6)


@given(regions)
def test_trade_never_makes_anybody_worse_off(rows: list[Region]) -> None:
    assert all(p.gain >= -1e-6 for p in clear(rows).positions.values())


@given(regions)
def test_the_order_of_regions_does_not_matter(rows: list[Region]) -> None:
    assert clear(rows).price == pytest.approx(clear(rows[::-1]).price, abs=1e-9)


def test_a_falling_cost_curve_is_refused() -> None:
    with pytest.raises(InputError, match="no rising cost curve"):
        Region("odd", -0.1, 2.0, 10)
