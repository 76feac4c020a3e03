"""Who belonged to which bloc when, and the split of the world that counts everyone once."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.errors import UnknownNameError
from accord.parties import PARTIES, members, memberships, partition

BLOCS = sorted(one.code for one in PARTIES.values() if one.kind == "bloc")


@pytest.mark.parametrize(
    ("day", "size"),
    [
        (dt.date(1958, 1, 1), 6),
        (dt.date(1992, 6, 14), 12),  # Rio
        (dt.date(1997, 12, 11), 15),  # Kyoto
        (dt.date(2004, 5, 1), 25),
        (dt.date(2009, 12, 18), 27),  # Copenhagen, with the United Kingdom, without Croatia
        (dt.date(2015, 12, 12), 28),  # Paris
        (dt.date(2020, 1, 31), 28),
        (dt.date(2020, 2, 1), 27),
    ],
)
def test_the_union_has_as_many_members_as_it_had_on_the_day(day: dt.date, size: int) -> None:
    assert len(members("EU", day)) == size


def test_the_union_of_figures_keeps_todays_members_throughout() -> None:
    assert members("EU27") == members("EU27", dt.date(2009, 12, 18)) == members("EU")
    assert "GBR" in members("EU", dt.date(2009, 12, 18))
    assert set(members("EU28")) - set(members("EU27")) == {"GBR"}
    assert members("EU15") == members("EU", dt.date(1997, 12, 11))


@pytest.mark.parametrize(
    ("bloc", "size"),
    [
        ("ANNEX_I", 42),  # and the European Union
        ("ANNEX_II", 23),
        ("NON_ANNEX_I", 155),
        ("EIT", 14),
        ("G77", 134),
        ("AOSIS", 39),
        ("LDC", 44),
        ("OECD", 38),
        ("AFRICAN_GROUP", 54),
        ("ARAB_GROUP", 22),
        ("BASIC", 4),
        ("BRICS", 10),
        ("G7", 7),
        ("G20", 20),
    ],
)
def test_a_bloc_has_its_known_number_of_members_today(bloc: str, size: int) -> None:
    assert len(members(bloc)) == size


def test_membership_follows_its_dates() -> None:
    assert "TUR" in members("Annex II", dt.date(2001, 11, 10))
    assert "TUR" not in members("Annex II", dt.date(2003, 1, 1))
    assert "MEX" in members("OECD", dt.date(1994, 5, 18))
    assert "MEX" not in members("OECD", dt.date(1994, 5, 17))
    assert "MDV" in members("LDC", dt.date(2010, 12, 31))
    assert "MDV" not in members("LDC", dt.date(2011, 1, 1))
    assert members("BASIC", dt.date(2009, 6, 8)) == ()
    assert members("BRICS", dt.date(2009, 12, 18)) == ("BRA", "CHN", "IND", "RUS")


def test_a_state_is_no_bloc() -> None:
    with pytest.raises(UnknownNameError, match="unknown bloc 'China'"):
        members("China")
    with pytest.raises(UnknownNameError, match="did you mean AOSIS"):
        members("AOSSIS")


@given(st.sampled_from(BLOCS), st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1)))
def test_members_are_known_parties_and_every_row_has_its_source(bloc: str, day: dt.date) -> None:
    assert set(members(bloc, day)) <= set(PARTIES)
    assert all(
        row.source and (row.until is None or row.since < row.until) for row in memberships(bloc)
    )


def test_the_partition_holds_everyone_once() -> None:
    parts = partition()
    assert len(parts) == len(set(parts))
    assert {"EU27", "CHN", "USA", "GBR", "TWN", "INT_AVI", "INT_SHI"} <= set(parts)
    assert not set(members("EU27")) & set(parts)
    assert "WLD" not in parts
    inside = {one.code for one in PARTIES.values() if one.counted_in}
    states = {one.code for one in PARTIES.values() if one.kind == "state"}
    assert states <= set(parts) | set(members("EU27")) | inside
