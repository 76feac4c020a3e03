from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from accord.ledger.convention import Convention
from accord.parties import partition, tables
from accord.pathways import GASES, basis_of, project
from accord.pathways import reference as module
from accord.pathways.economy import economy
from accord.pathways.history import START, emissions
from accord.pathways.reference import reference


def test_a_reference_starts_at_the_last_observed_year(today):
    basis = basis_of(today, 3)
    path = basis.of(basis.economy.codes.index("CHN"))
    assert basis.years[0] == 2024
    assert path[0, :, 0] == pytest.approx(tables.history("co2_fossil").at("CHN", 2024))


def test_only_years_before_the_first_one_enter(monkeypatch):
    codes = ("CHN", "USA", "IND", "BRA")
    known = economy(codes, "SSP2", 3)
    before = reference.__wrapped__(known, 2010)
    altered = emissions(codes).copy()
    altered[:, :, 2010 - START :] *= 7
    monkeypatch.setattr(module, "emissions", lambda _: altered)
    after = reference.__wrapped__(known, 2010)
    for party in range(len(codes)):
        np.testing.assert_array_equal(before.of(party), after.of(party))


def test_gdp_of_a_past_day_is_the_realised_one_without_spread():
    known = economy(("CHN",), "SSP2", 5)
    gdp = known.gdp(0, 2010)
    assert np.ptp(gdp[:, : 2024 - 2010 + 1]) > 0
    assert np.ptp(gdp[:, 2020 - 2010]) == 0
    assert np.ptp(gdp[:, 2030 - 2010]) > 0
    assert gdp[0, 0] == pytest.approx(tables.history("gdp_ppp").at("CHN", 2010))


def test_forecast_error_grows_with_the_square_root_of_the_lead_time():
    known = economy(("CHN",), "SSP2", 5)
    spread = known.gdp_spread[0]
    assert spread[known.last_observed + 1 - START] == pytest.approx(0.03, abs=0.01)
    assert 0.06 < spread[known.last_observed + 5 - START] < 0.09


def test_the_economy_does_not_depend_on_the_order_of_parties():
    some = ("CHN", "USA", "IND")
    forth, back = economy(some, "SSP2", 7), economy(some[::-1], "SSP2", 7)
    np.testing.assert_array_equal(forth.gdp(0, 2024), back.gdp(2, 2024))


def test_land_use_decays_and_a_sink_stays_a_sink(today):
    path = project((), today, draws=1).parties["CHN"].gases["CO2 land"][0]
    assert (path < 0).all()
    assert abs(path[-1]) < abs(path[0])


@pytest.mark.parametrize("day", ["1992-06-12", "1997-12-11", "2010-03-01", "2021-11-18"])
def test_any_day_since_the_convention_can_be_asked(day):
    convention = Convention(as_of=dt.date.fromisoformat(day))
    world = project((), convention, draws=2)
    assert world.first_year == convention.as_of.year
    assert set(world.parties) == set(partition())
    for gas in GASES:
        assert np.isfinite(world.gases[gas]).all()
    assert all(np.isfinite(s).all() for s in world.species.values())


def test_a_day_before_the_convention_is_refused():
    from accord.errors import InputError

    with pytest.raises(InputError, match="1992"):
        project((), Convention(as_of=dt.date(1988, 1, 1)))


def test_an_intensity_above_the_worlds_closes_the_gap_and_one_below_keeps_its_lead():
    years = np.arange(77.0)
    faded = 25.0 * -np.expm1(-years / 25.0)
    above, level, below = module._closing(np.array([0.7, 0.0, -0.7]), np.zeros(3), faded, years)
    assert above[0] == 0
    assert (np.diff(above) < 0).all()
    assert -0.7 < above[-1] < -0.4  # well on its way in a century, never past the world's
    assert not level.any()
    assert not below.any()


def test_a_reference_of_1997_foresees_2024_within_a_third_given_its_gdp():
    basis = basis_of(Convention(as_of=dt.date(1997, 12, 11)), 1)
    china = basis.economy.codes.index("CHN")
    at = 2024 - int(basis.years[0])
    seen = tables.history("co2_fossil").at("CHN", 2024)
    # Trend and growth are of one GDP series; with two it was twice what came, and 40 Gt in 2060.
    assert basis.of(china)[0, 0, at] == pytest.approx(seen, rel=1 / 3)
    assert basis.of(china).sum(axis=0).max() < 20_000


def test_no_party_outgrows_what_its_gdp_can_carry(today):
    basis = basis_of(today, 1)
    iraq = basis.of(basis.economy.codes.index("IRQ"))[0, 0]
    assert iraq[2075 - 2024] < 4 * iraq[0]
