"""One party's words, read and bound."""

from __future__ import annotations

import datetime as dt

import msgspec
import numpy as np
import pytest

from accord.language.target import (
    AbsoluteLevel,
    BelowBaseline,
    EnergyShare,
    Finance,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    RelativeCut,
)
from accord.ledger.commitment import BaseValue, Outcome
from accord.ledger.convention import Convention
from accord.parties import tables
from accord.pathways import project, quantify


def at(path, year, land=False):
    return float(path.ghg("AR6", land)[0, year - 2025])


def test_the_strictest_of_several_targets_for_one_year_binds_and_each_is_shown(commit, today):
    pledges = [
        commit("JPN", RelativeCut(low=cut, high=cut, base=2013, year=2030)) for cut in (40, 46)
    ]
    path = project(pledges, today, draws=2).parties["JPN"]
    weak, strong = path.quantified
    assert weak.central > strong.central
    assert at(path, 2030) == pytest.approx(strong.central)
    assert "a stricter commitment binds" in weak.reading
    assert "stricter" not in strong.reading


def test_a_target_above_the_reference_is_ignored_or_followed(commit, today):
    loose = commit("RUS", AbsoluteLevel(low=3300, high=3300, year=2030))
    out = project([loose], today, draws=2).parties["RUS"]
    assert at(out, 2030) == pytest.approx(float(out.reference_ghg("AR6", False)[0, 5]))
    assert "does not bind" in out.quantified[0].reading
    counted = msgspec.structs.replace(today, hot_air=True)
    followed = project([loose], counted, draws=2).parties["RUS"]
    assert at(followed, 2030) == pytest.approx(3300)


def test_a_below_peak_target_counts_from_the_highest_level_on_the_way(commit, today):
    pledges = [
        commit("IND", PeakYear(gas="GHG", year=2035, when="in")),
        commit("IND", RelativeCut(low=10, high=10, base="peak", year=2045)),
    ]
    path = project(pledges, today, draws=2).parties["IND"]
    assert at(path, 2045) == pytest.approx(0.9 * at(path, 2035))


def test_a_peak_looks_ahead_to_the_strictest_of_the_targets_soon_after_it(commit, today):
    peak = commit("IND", PeakYear(gas="CO2", year=2034, when="in"))
    cuts = [commit("IND", AbsoluteLevel(gas="CO2", low=t, high=t, year=2035)) for t in (3300, 2500)]
    path = project([peak, *cuts], today, draws=2).parties["IND"].gases["CO2 fossil"][0]
    assert path[2035 - 2025] == pytest.approx(2500)
    assert (np.diff(path[: 2035 - 2025 + 1]) < 0).all()  # below today's: the fall begins at once


def test_a_path_to_net_zero_departs_from_where_the_earlier_target_leaves_it(commit, today):
    intensity = commit("IND", IntensityCut(gas="GHG", low=45, high=45, base=2005, year=2030))
    zero = commit("IND", Neutrality(scope="GHG", year=2070))
    alone = project([intensity], today, draws=2).parties["IND"]
    both = project([intensity, zero], today, draws=2).parties["IND"]
    assert at(both, 2030) == pytest.approx(at(alone, 2030))
    halfway = (at(both, 2030, land=True) + 0) / 2
    assert at(both, 2050, land=True) == pytest.approx(halfway, rel=0.01)


def test_a_co2_only_target_takes_along_a_part_of_methane(commit, today):
    cut = commit("USA", RelativeCut(gas="CO2", low=80, high=80, base=2005, year=2040))
    path = project([cut], today, draws=2).parties["USA"]
    fossil, methane, fluorinated = (
        path.gases[gas][0, 15] / path.reference[gas][0, 15]
        for gas in ("CO2 fossil", "CH4", "F-gases")
    )
    assert fossil < 0.4 < methane < 1.0
    assert fluorinated == 1.0


def test_an_average_over_a_period_holds_over_that_period(commit):
    convention = Convention(as_of=dt.date(1999, 1, 1))
    kyoto = RelativeCut(low=7, high=7, base=1990, year=2008, until=2012)
    one = msgspec.structs.replace(commit("USA", kyoto), date=dt.date(1998, 1, 1))
    status = msgspec.structs.replace(one.statuses[0], since=dt.date(1998, 1, 1))
    one = msgspec.structs.replace(one, statuses=(status,))
    path = project([one], convention, draws=2).parties["USA"]
    level = 0.93 * tables.ghg("AR6", False).at("USA", 1990)
    period = path.ghg("AR6", False)[0, 2008 - 1999 : 2012 - 1999 + 1]
    assert period[0] == pytest.approx(level)
    # the recession of 2009 takes the path below; the target never lifts it again
    assert (period <= level + 1e-6).all()


def test_a_pinned_base_carries_over_in_proportion_without_land_and_by_difference_with_it(
    commit, today
):
    here = {land: tables.ghg("AR6", land).at("CAN", 2005) for land in (False, True)}
    base = BaseValue(value=700, unit="MtCO2e", year=2005, series="inventory")
    target = RelativeCut(low=40, high=40, base=2005, year=2030)
    without = quantify(commit("CAN", target, lulucf="excluding", base_values=(base,)), today)
    with_land = quantify(commit("CAN", target, lulucf="including", base_values=(base,)), today)
    assert without.stated_central == with_land.stated_central == pytest.approx(420)
    assert without.central == pytest.approx(0.6 * here[False])
    assert with_land.central == pytest.approx(420 + here[True] - 700)


def test_tonnes_a_head_are_multiplied_by_people(commit, today):
    done = quantify(commit("IND", PerCapitaLevel(low=2.2, high=2.2, year=2030)), today)
    people = tables.projection("population", "SSP2").at("IND", 2030)
    assert done.central == pytest.approx(2.2 * people)


def test_business_as_usual_is_the_stated_one_or_the_reference(commit, today):
    stated = quantify(commit("MEX", BelowBaseline(low=35, high=35, year=2030, bau=991)), today)
    assert stated.central == pytest.approx(0.65 * 991)
    own = quantify(commit("MEX", BelowBaseline(low=35, high=35, year=2030)), today)
    reference = project((), today, draws=1).parties["MEX"].reference_ghg("AR6", False)[0, 5]
    assert own.central == pytest.approx(0.65 * reference)


def test_what_names_no_tonnes_is_carried_with_a_sentence(commit, today):
    share = EnergyShare(source="non-fossil", of="primary energy", low=25, high=25, year=2030)
    for target in (share, Finance(low=11.4, high=11.4, year=2024, rate="year")):
        done = quantify(commit("USA", target), today)
        assert done.central is None
        assert not done.counted
        assert done.reading.startswith("Carried")


def test_given_words_count_from_the_progress_on_record_like_the_case(commit, today):
    from accord.pathways import with_precedent

    reported = Outcome(
        value=-48.4, unit="%", year=2020, series="official", official=True, source="MEE"
    )
    earlier = IntensityCut(gas="CO2", low=40, high=45, base=2005, year=2020)
    record = (
        commit("CHN", earlier, outcomes=(reported,), word="achieved"),
        commit("IND", earlier),
        commit("CHN", IntensityCut(gas="CO2", low=17, high=17, base=2010, year=2015)),
    )
    target = IntensityCut(gas="CO2", low=65, high=65, base=2005, year=2030)
    given = with_precedent(commit("CHN", target), record)
    assert given.outcomes == (reported,)
    assert quantify(given, today) == quantify(commit("CHN", target, outcomes=(reported,)), today)
    assert with_precedent(commit("IND", target), record).outcomes == ()


def test_a_member_of_a_union_has_tonnes_of_its_own_and_a_bloc_has_none(commit, today):
    target = RelativeCut(low=65, high=65, base=1990, year=2030)
    germany = quantify(commit("DEU", target), today)
    assert germany.central == pytest.approx(0.35 * tables.ghg("AR6", False).at("DEU", 1990))
    assert quantify(commit("AOSIS", target), today).central is None


def test_every_reading_is_one_sentence_with_its_number(commit, today):
    target = RelativeCut(low=50, high=52, base=2005, year=2030)
    done = quantify(commit("USA", target, lulucf="excluding"), today)
    assert done.reading == (
        "GHG without land use 50-52 % below 2005 (7,402 MtCO2e): 3,553-3,701 MtCO2e in 2030."
    )


@pytest.mark.parametrize(
    ("word", "year", "condition", "says"),
    [
        ("withdrawn", 2030, None, "withdrawn"),
        ("in force", 2020, None, "2020 has passed"),
        ("in force", 2030, "finance", "conditional on finance"),
    ],
)
def test_what_is_not_counted_says_why(commit, today, word, year, condition, says):
    target = RelativeCut(low=30, high=30, base=2005, year=year)
    one = commit("USA", target, word=word, conditional_on=condition)
    path = project([one], today, draws=2).parties["USA"]
    assert not path.quantified[0].counted
    assert says in path.quantified[0].reading
    assert path.gases is path.reference


def test_carbon_neutrality_is_read_as_the_convention_says(commit, today):
    zero = commit("CHN", Neutrality(year=2060))
    all_gases = project([zero], today, draws=2).parties["CHN"]
    only = msgspec.structs.replace(today, neutrality="CO2")
    co2 = project([zero], only, draws=2).parties["CHN"]
    at_2060 = 2060 - 2025
    assert all_gases.ghg()[0, at_2060] == pytest.approx(0, abs=1e-6)
    fossil, land = co2.gases["CO2 fossil"][0, at_2060], co2.gases["CO2 land"][0, at_2060]
    assert fossil + land == pytest.approx(0, abs=1e-6)
    assert co2.ghg()[0, at_2060] > 500


def test_a_party_that_did_not_change_is_not_computed_again(commit, today):
    one = commit("CHN", Neutrality(year=2060))
    first = project([one], today, draws=3)
    second = project([one, commit("IND", Neutrality(year=2070))], today, draws=3)
    assert first.parties["CHN"] is second.parties["CHN"]
    assert not np.array_equal(first.gases["CO2 fossil"], second.gases["CO2 fossil"])
