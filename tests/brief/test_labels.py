"""Direct labels keep clear of each other and stay inside the drawing."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.brief.labels import Box, place, spread, text_box
from accord.brief.scale import Scale, round_domain

places = st.lists(st.floats(-50, 350), min_size=1, max_size=40)


@given(places)
def test_spread_labels_keep_their_distance_inside_the_limits(wished: list[float]) -> None:
    moved = spread(wished, 12.0, 0.0, 600.0)
    ordered = sorted(moved)
    assert all(b - a >= 12.0 - 1e-6 for a, b in itertools.pairwise(ordered))
    assert ordered[0] >= -1e-6
    assert ordered[-1] <= 600.0 + 1e-6


@given(places)
def test_spread_labels_keep_their_order(wished: list[float]) -> None:
    moved = spread(wished, 12.0, 0.0, 600.0)
    for i, a in enumerate(wished):
        for j, b in enumerate(wished):
            if a < b:
                assert moved[i] < moved[j]


def test_labels_with_room_stay_where_they_wish() -> None:
    assert spread([10.0, 100.0, 50.0], 12.0, 0.0, 200.0) == [10.0, 100.0, 50.0]


def test_two_hundred_labels_share_a_short_axis_evenly() -> None:
    moved = sorted(spread([5.0] * 200, 12.0, 0.0, 240.0))
    assert moved[0] == 0.0
    assert moved[-1] == pytest.approx(240.0)


def test_a_label_goes_where_it_covers_no_line_and_no_other_label() -> None:
    inside = Box(0, 0, 300, 200)
    taken = [text_box("taken", 108, 104, 12)]
    line = [(float(x), 80.0) for x in range(100, 200, 3)]
    found = place(
        [(108, 104, "start"), (108, 84, "start"), (92, 104, "end")],
        "13.2",
        12,
        points=line,
        boxes=taken,
        inside=inside,
    )
    assert found is not None
    assert found[2] == "end"


def test_a_label_without_any_room_is_left_out() -> None:
    inside = Box(0, 0, 20, 20)
    assert place([(0, 10, "start")], "far too long", 12, points=[], boxes=[], inside=inside) is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_an_axis_of_round_numbers_holds_zero_and_every_value(values: list[float]) -> None:
    low, high = round_domain(values)
    assert low <= 0 <= high
    slack = 1e-6 * (high - low)
    assert low - slack <= min(values)
    assert max(values) <= high + slack
    ticks = Scale((low, high), (0, 100)).ticks()
    assert 2 <= len(ticks) <= 12
