from __future__ import annotations

import numpy as np
import pytest

from accord.pathways.shape import ceiling, line, never_rises, peaked

RISING = np.array([[100.0, 110, 120, 130, 140, 150]])
NONE = np.array([np.inf])
START = np.array([0])


def test_a_line_runs_straight_from_where_the_path_stands_to_the_level():
    path = line(RISING, START, 4, np.array([60.0]))
    np.testing.assert_allclose(path[0], [100, 90, 80, 70, 60, 60])


def test_a_line_departs_from_the_earlier_target():
    path = line(RISING, np.array([2]), 4, np.array([60.0]))
    np.testing.assert_allclose(path[0], [100, 110, 120, 90, 60, 60])


def test_a_peak_is_the_path_up_to_it_and_a_plateau_after():
    path = peaked(RISING, START, np.array([3]), NONE)
    np.testing.assert_allclose(path[0], [100, 110, 120, 130, 130, 130])


def test_a_peak_is_no_higher_than_what_can_come_down_to_the_next_target():
    highest = ceiling(np.array([3]), 5, np.array([112.8]))
    path = peaked(RISING, START, np.array([3]), highest)
    assert path[0, 3] == pytest.approx(112.8 / 0.94)
    assert (np.diff(path[0, :4]) > 0).all()


def test_a_path_that_falls_anyhow_is_left_alone():
    falling = RISING[:, ::-1].copy()
    np.testing.assert_allclose(peaked(falling, START, np.array([3]), NONE), falling)


def test_no_rise_after_the_peak_and_nothing_changed_before():
    path = never_rises(np.array([[1.0, 5, 3, 4, 2, 9]]), np.array([1]))
    np.testing.assert_allclose(path[0], [1, 5, 3, 3, 2, 2])
