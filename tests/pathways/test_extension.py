"""What happens after the last target, rule by rule, on a path of round numbers."""

from __future__ import annotations

import numpy as np
import pytest

from accord.pathways.extension import extend

YEARS = 31
TIME = np.arange(YEARS)
LAST = np.array([10])
GDP = 1.02 ** TIME[None, :]
REFERENCE = 100 * 1.01 ** TIME[None, :]


def path_to(level: float):
    """Return a path from 100 to ``level`` in ten years at a constant rate."""
    path = np.full((1, YEARS), level)
    path[0, :11] = (
        100 * (level / 100) ** (TIME[:11] / 10) if level > 0 else np.linspace(100, level, 11)
    )
    return path


def after(level, rule, **switches):
    return extend(path_to(level), REFERENCE, GDP, LAST, rule, **switches)[0]


@pytest.mark.parametrize("rule", ["hold-level", "hold-rate", "hold-intensity", "reference"])
def test_the_path_up_to_the_last_target_is_left_alone(rule):
    np.testing.assert_array_equal(after(50, rule)[:11], path_to(50)[0, :11])


def test_hold_level_keeps_the_level():
    assert (after(50, "hold-level")[10:] == 50).all()


def test_hold_rate_halves_again_in_the_next_decade():
    assert after(50, "hold-rate")[20] == pytest.approx(25)


def test_hold_rate_falls_by_no_more_than_ten_percent_a_year():
    assert after(1, "hold-rate")[11] == pytest.approx(np.exp(-0.10))


def test_hold_rate_upward_grows_no_faster_than_the_reference():
    grown = after(105, "hold-rate")
    assert grown[11] <= 105 * 1.01 + 1e-9
    faster = extend(path_to(200), REFERENCE, GDP, LAST, "hold-rate", above_reference=True)[0]
    assert faster[20] == pytest.approx(200 * 1.01**10)


def test_hold_intensity_moves_with_gdp():
    rate = np.log(0.5) / 10 - np.log(1.02)
    assert after(50, "hold-intensity")[20] == pytest.approx(50 * 1.02**10 * np.exp(10 * rate))


def test_the_reference_rule_takes_on_its_growth():
    assert after(50, "reference")[20] == pytest.approx(50 * 1.01**10)


@pytest.mark.parametrize("rule", ["hold-level", "hold-rate", "hold-intensity", "reference"])
@pytest.mark.parametrize("level", [0.0, -20.0])
def test_a_party_at_or_below_net_zero_stays_there(rule, level):
    assert after(level, rule)[10:] == pytest.approx(level)


@pytest.mark.parametrize("rule", ["hold-rate", "hold-intensity", "reference"])
def test_a_party_that_has_peaked_never_rises_again(rule):
    path = after(102, rule, peak=LAST)
    assert (np.diff(path[10:]) <= 1e-9).all()


def test_a_steep_promise_for_next_year_is_not_held_for_a_century() -> None:
    # Flat for ten years at 100, then 80 promised three years ahead: measured over ten years the
    # fall is log(80/100)/10 a year, not log(80/100)/3.
    path = np.array([[100.0, 93.0, 86.0, 80.0, *([80.0] * 40)]])
    reference = np.full_like(path, 100.0)
    last = np.array([3])
    gdp = np.ones_like(path)
    near = extend(path, reference, gdp, last, "hold-rate")
    long = extend(path, reference, gdp, last, "hold-rate", past=np.full(15, 100.0))
    assert near[0, 13] == pytest.approx(80 * 0.8 ** (10 / 3))
    assert long[0, 13] == pytest.approx(80 * 0.8)
