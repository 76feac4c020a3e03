from __future__ import annotations

import numpy as np
import pytest

from accord.language.target import Neutrality, Pledge, RelativeCut
from accord.pathways.gases import CH4, FGASES, FOSSIL, LAND, N2O, coverage, floors, share

LAST = np.array([1000.0, 100.0, 300.0, 100.0, 50.0])
NOW = np.repeat(LAST[:, None, None], 3, axis=2)
ALL = (FOSSIL, LAND, CH4, N2O, FGASES)


def test_every_gas_goes_the_same_fraction_of_its_way():
    floor = floors(LAST, NOW)
    total = NOW.sum(axis=0) - 0.5 * (NOW - floor).sum(axis=0)
    emissions, fraction = share(NOW, floor, total, ALL)
    np.testing.assert_allclose(fraction, 0.5)
    np.testing.assert_allclose(emissions, (NOW + floor) / 2)


def test_net_zero_of_all_gases_is_net_negative_in_co2():
    emissions, _ = share(NOW, floors(LAST, NOW), np.zeros((1, 3)), ALL)
    np.testing.assert_allclose(emissions.sum(axis=0), 0, atol=1e-9)
    assert (emissions[FOSSIL] < 0).all()
    np.testing.assert_allclose(emissions[CH4], 0.40 * 300)
    np.testing.assert_allclose(emissions[N2O], 0.70 * 100)


def test_land_can_become_a_sink_of_a_quarter_and_keeps_one_it_has():
    assert floors(LAST, NOW)[LAND, 0, 0] == pytest.approx(-25)
    sink = LAST * [1, -1, 1, 1, 1]
    assert floors(sink, NOW * [[[1]], [[-1]], [[1]], [[1]], [[1]]])[LAND, 0, 0] == pytest.approx(
        -125
    )


def test_a_reduction_leaves_land_out_and_neutrality_takes_it_in_where_words_are_silent():
    cut = Pledge(party="CHN", target=RelativeCut(low=1, high=1, base=2005, year=2030))
    zero = Pledge(party="CHN", target=Neutrality(year=2060))
    assert LAND not in coverage(cut, "GHG")
    assert LAND in coverage(zero, "GHG", neutrality=True)
    without = Pledge(party="CHN", target=zero.target, lulucf="excluding")
    assert LAND not in coverage(without, "GHG", neutrality=True)
