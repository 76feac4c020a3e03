from __future__ import annotations

import numpy as np
import pytest

from accord.language.target import PeakYear
from accord.pathways.draws import quantiles
from accord.pathways.words import ends, figure, peak_years

Q = np.array([0.0, 0.25, 0.5, 0.75, 1.0])


def test_a_range_is_walked_from_the_weaker_to_the_stronger_figure():
    np.testing.assert_allclose(figure(26, 28, "exactly", Q), [26, 26.5, 27, 27.5, 28])


def test_at_least_is_the_figure_itself_for_half_and_up_to_a_tenth_more_for_the_rest():
    np.testing.assert_allclose(figure(55, 55, "at least", Q), [55, 55, 55, 57.75, 60.5])


def test_about_spreads_to_both_sides():
    assert ends(20, 20, "about") == pytest.approx((19, 20, 21))


@pytest.mark.parametrize(
    ("when", "years"),
    [
        ("before", [2029, 2029, 2029, 2027, 2025]),
        ("by", [2030, 2030, 2030, 2028, 2026]),
        ("in", [2030] * 5),
        ("around", [2032, 2031, 2030, 2029, 2028]),
    ],
)
def test_a_peak_comes_in_its_last_year_or_earlier(when, years):
    done = peak_years(PeakYear(year=2030, when=when), Q, 2025)
    assert np.maximum(done, 2025).tolist() == [max(2025, y) for y in years]


def test_draw_zero_is_central_and_the_draws_fill_the_square_evenly():
    factors = quantiles(40)
    assert all(q[0] == 0.5 for q in factors.values())
    for q in factors.values():
        counts, _ = np.histogram(q, bins=4, range=(0, 1))
        assert counts.min() >= 8
    assert abs(np.corrcoef(factors["words"], factors["economy"])[0, 1]) < 0.2


def test_a_seed_shifts_the_draws_but_not_the_central_one():
    assert quantiles(10, 1)["words"][0] == 0.5
    assert not np.allclose(quantiles(10, 1)["words"][1:], quantiles(10)["words"][1:])
