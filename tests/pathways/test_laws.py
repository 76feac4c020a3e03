"""Laws that hold for every target, checked on drawn examples."""

from __future__ import annotations

import datetime as dt

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.language.target import (
    AbsoluteLevel,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    RelativeCut,
)
from accord.ledger.commitment import Commitment
from accord.ledger.convention import Convention
from accord.parties import partition, tables
from accord.pathways import GASES, basis_of, party_pathway, project
from accord.pathways.gases import coverage, weights

from .conftest import commitment

TODAY = Convention(as_of=dt.date(2026, 11, 21))
RULES = ("hold-level", "hold-rate", "hold-intensity", "reference")
DRAWS = 5
LAW = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)

parties = st.sampled_from(["CHN", "IND", "EU27", "USA", "BRA", "TUV", "INT_SHI", "SAU"])
years = st.integers(2026, 2060)
gases = st.sampled_from(["GHG", "CO2", "CH4"])
land = st.sampled_from([None, "including", "excluding"])
conventions = st.builds(
    Convention,
    as_of=st.just(TODAY.as_of),
    extension=st.sampled_from(RULES),
    neutrality=st.sampled_from(["CO2", "GHG"]),
    gwp=st.sampled_from(["AR4", "AR6"]),
)


@st.composite
def targets(draw: st.DrawFn) -> Commitment:
    """Return a commitment of some party with a random quantified target."""
    year = draw(years)
    cut = draw(st.floats(0, 100))
    more = min(100.0, cut + draw(st.floats(0, 20)))
    target = draw(
        st.sampled_from(
            [
                RelativeCut(gas=draw(gases), low=cut, high=more, base=2010, year=year),
                RelativeCut(gas="GHG", low=cut, high=more, base="peak", year=year),
                IntensityCut(gas="CO2", low=cut, high=more, base=2005, year=year),
                PerCapitaLevel(low=draw(st.floats(0, 15)), high=15, year=year),
                AbsoluteLevel(gas="CO2", low=0, high=draw(st.floats(0, 9000)), year=year),
                PeakYear(year=year, when=draw(st.sampled_from(["before", "by", "around", "in"]))),
                Neutrality(year=draw(st.integers(2030, 2090))),
            ]
        )
    )
    condition = draw(st.sampled_from([None, None, "finance"]))
    return commitment(draw(parties), target, lulucf=draw(land), conditional_on=condition)


def pathway(party: str, commitments: tuple[Commitment, ...], convention: Convention = TODAY):
    return party_pathway(party, commitments, basis_of(convention, DRAWS), convention)


def covered(path, gwp: str, gases_: tuple[int, ...], year: int):
    """Return emissions of the covered gases in ``year`` by draw, MtCO2e."""
    weight = weights(gwp)
    return sum(weight[g] * path.gases[GASES[g]][:, year - 2025] for g in gases_)


@LAW
@given(st.lists(targets(), max_size=6), conventions)
def test_the_parts_sum_to_the_world(commitments, convention):
    world = project(commitments, convention, draws=DRAWS)
    assert set(world.parties) == set(partition())
    for gas in GASES:
        parts = sum(path.gases[gas] for path in world.parties.values())
        np.testing.assert_allclose(world.gases[gas], parts, rtol=1e-9, atol=1e-6)
    assert all(np.isfinite(series).all() for series in world.species.values())


@LAW
@given(
    parties, gases, land, years, st.floats(0, 95), st.floats(0, 30),
    st.lists(targets(), max_size=3), conventions,
)  # fmt: skip
def test_a_tighter_target_never_raises_the_target_year(
    party, gas, lulucf, year, cut, extra, companions, convention
):
    companions = [
        msgspec.structs.replace(c, pledge=msgspec.structs.replace(c.pledge, party=party))
        for c in companions
    ]
    reached = []
    for size in (cut, cut + extra):
        target = RelativeCut(gas=gas, low=size, high=size, base=2010, year=year)
        one = commitment(party, target, lulucf=lulucf, identity="the target")
        path = pathway(party, (one, *companions), convention)
        reached.append(covered(path, convention.gwp, coverage(one.pledge, gas), year))
    assert (reached[1] <= reached[0] + 1e-6 * np.abs(reached[0]) + 1e-6).all()


@LAW
@given(st.sampled_from(["CHN", "IND", "USA"]), years, st.floats(5, 90), st.integers(1995, 2020))
def test_an_intensity_target_equals_its_closed_form(party, year, cut, base):
    one = commitment(party, IntensityCut(gas="CO2", low=cut, high=cut, base=base, year=year))
    done = pathway(party, (one,)).quantified[0]
    emitted = tables.history("co2_fossil").at(party, base)
    gdp, ahead = tables.history("gdp_ppp"), tables.projection("gdp_ppp", "SSP2")
    ratio = ahead.at(party, year) / gdp.at(party, base)
    assert done.central == pytest.approx(emitted * (1 - cut / 100) * ratio, rel=1e-6)


@LAW
@given(st.sampled_from(["IND", "NGA", "VNM"]), st.integers(2026, 2045), st.sampled_from(RULES))
def test_a_peak_is_where_it_says(party, year, rule):
    one = commitment(party, PeakYear(year=year, when="in"))
    convention = msgspec.structs.replace(TODAY, extension=rule)
    fossil = pathway(party, (one,), convention).gases["CO2 fossil"]
    at = year - 2025
    assert (np.diff(fossil[0, : at + 1]) > -1e-9).all()
    assert (np.diff(fossil[:, at:]) <= 1e-9).all()
    assert fossil[0].max() == pytest.approx(fossil[0, at])


@LAW
@given(parties, st.integers(2030, 2095), st.sampled_from(["CO2", "GHG"]), st.sampled_from(RULES))
def test_net_zero_is_zero_where_it_says(party, year, scope, rule):
    one = commitment(party, Neutrality(scope=scope, year=year))
    convention = msgspec.structs.replace(TODAY, extension=rule)
    path = pathway(party, (one,), convention)
    covers = coverage(one.pledge, scope, neutrality=True)
    size = np.abs(sum(covered(path, "AR6", (g,), 2025) for g in covers)).max() + 1
    assert covered(path, "AR6", covers, year).max() <= 1e-9 * size
    assert covered(path, "AR6", covers, 2100).max() <= 1e-9 * size


@LAW
@given(parties, years, st.floats(0, 80), st.floats(0, 20), land)
def test_draws_stay_between_low_and_high(party, year, cut, width, lulucf):
    target = RelativeCut(low=cut, high=cut + width, base=2010, year=year)
    done = pathway(party, (commitment(party, target, lulucf=lulucf),)).quantified[0]
    slack = 1e-9 * abs(done.high) + 1e-12
    assert done.low - slack <= done.values.min() <= done.central + slack
    assert done.central - slack <= done.values.max() <= done.high + slack


@LAW
@given(st.lists(targets(), min_size=1, max_size=5))
def test_conditional_pledges_left_out_change_nothing(commitments):
    given_ = project(commitments, TODAY, draws=DRAWS)
    firm = [c for c in commitments if c.pledge.conditional_on is None]
    without = project(firm, TODAY, draws=DRAWS)
    for name, series in given_.species.items():
        np.testing.assert_array_equal(series, without.species[name])


@LAW
@given(st.lists(targets(), min_size=2, max_size=6, unique_by=lambda c: c.says), st.randoms())
def test_the_order_of_commitments_changes_nothing(commitments, random):
    shuffled = list(commitments)
    random.shuffle(shuffled)
    first, second = (project(c, TODAY, draws=DRAWS) for c in (commitments, shuffled))
    for gas in GASES:
        np.testing.assert_allclose(first.gases[gas], second.gases[gas], rtol=1e-9, atol=1e-6)


@LAW
@given(st.lists(targets(), max_size=4), conventions)
def test_without_hot_air_nothing_exceeds_the_reference(commitments, convention):
    world = project(commitments, convention, draws=DRAWS)
    for path in world.parties.values():
        over = path.ghg(convention.gwp) - path.reference_ghg(convention.gwp)
        assert (over <= 1e-6 * np.abs(path.reference_ghg(convention.gwp)).max() + 1e-6).all()
