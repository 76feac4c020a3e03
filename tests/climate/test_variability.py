"""Annual variability on request."""

from __future__ import annotations

import numpy as np
import pytest

from accord import climate
from accord.climate.variability import standard_normals


def test_weather_is_a_members_own(members, state, held):
    whole = climate.project(members, held, state=state, variability=7)
    few = [3, 11, 40]
    part = climate.project(members.take(few), held, state=state.take(few), variability=7)
    assert np.abs(whole.annual[:, :, few] - part.annual).max() < 1e-11


def test_another_number_is_another_weather(members, state, held):
    one, two = (climate.project(members, held, state=state, variability=n) for n in (1, 2))
    assert np.abs(one.annual - two.annual).max() > 0.05


def test_years_keep_their_draws_however_many_are_drawn(members):
    long = standard_normals(members, 0, 2000, 60)
    late = standard_normals(members, 0, 2030, 30)
    assert np.array_equal(long[30:], late)


def test_draws_are_standard_normal(members):
    draws = standard_normals(members, 0, 1800, 300).ravel()
    assert draws.mean() == pytest.approx(0, abs=0.02)
    assert draws.std() == pytest.approx(1, abs=0.02)


def test_variability_spreads_years_and_leaves_the_mean(members, state, held):
    calm = climate.project(members, held, state=state)
    noisy = climate.project(members, held, state=state, variability=0)
    difference = noisy.annual - calm.annual
    assert "variability" in noisy.convention
    assert "variability" not in calm.convention
    assert abs(difference.mean()) < 0.03
    # Observed year-to-year variability of the global mean is about 0.1 K.
    assert 0.05 < difference[0].std(axis=1).mean() < 0.25
    assert difference[0, 0].std() == pytest.approx(difference[0, -1].std(), rel=0.5)
