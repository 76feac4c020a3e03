"""What is due part of the way."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.ledger.delivery import Due
from accord.tracking.pro_rating import cumulative_share, pro_rated, pro_rated_sum


def due(amount: float = 120.0, year: int = 2020, **rest: object) -> Due:
    made = {"start": dt.date(year, 1, 1), "end": dt.date(year, 12, 31), **rest}
    return Due(promise="P", source="S", amount=amount, unit="bn USD", since=dt.date.min, **made)


@st.composite
def weights(draw: st.DrawFn) -> tuple[tuple[int, float], ...]:
    months = sorted(draw(st.sets(st.integers(1, 11), max_size=6)))
    shares = sorted(draw(st.lists(st.floats(0, 1), min_size=len(months), max_size=len(months))))
    return tuple(zip(months, shares, strict=True))


@given(weights(), st.floats(0, 1e4))
def test_uniform_and_seasonal_shares_agree_at_the_end_of_the_year(by_month, amount) -> None:
    end = dt.date(2020, 12, 31)
    seasonal = pro_rated(due(amount, by_month=by_month), end)
    assert seasonal == pytest.approx(pro_rated(due(amount), end, seasonal=False))
    assert seasonal == amount


@given(weights(), st.integers(0, 365), st.integers(0, 365))
def test_what_is_due_never_falls_in_the_course_of_the_year(by_month, one, other) -> None:
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in sorted((one, other))]
    first, second = (cumulative_share(day, by_month) for day in days)
    assert 0 <= first <= second <= 1


def test_without_weights_every_month_is_a_twelfth() -> None:
    for month in range(1, 12):
        last = dt.date(2021, month + 1, 1) - dt.timedelta(days=1)
        assert cumulative_share(last) == pytest.approx(month / 12)


def test_two_years_are_due_one_after_the_other() -> None:
    both = (due(100, 2020), due(200, 2021, by_month=((6, 0.25),)))
    assert pro_rated_sum(both, dt.date(2020, 12, 31)) == 100
    assert pro_rated_sum(both, dt.date(2021, 6, 30)) == pytest.approx(150)
    assert pro_rated_sum(both, dt.date(2021, 6, 30), seasonal=False) == pytest.approx(200)
    assert pro_rated_sum(both, dt.date(2019, 6, 30)) == 0


def test_a_period_of_several_years_is_spread_over_its_days() -> None:
    whole = due(100, start=dt.date(2021, 1, 1), end=dt.date(2024, 12, 31))
    assert pro_rated(whole, dt.date(2022, 12, 31)) == pytest.approx(100 * 730 / 1461)
