"""Who takes part, by the names people use."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.errors import InputError, UnknownNameError
from accord.parties import PARTIES, named, party


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("China", "CHN"),
        ("PRC", "CHN"),
        ("cn", "CHN"),
        ("People's Republic of China", "CHN"),
        ("Chinese", "CHN"),
        ("Beijing's", "CHN"),
        ("US", "USA"),
        ("U.S.", "USA"),
        ("the United States", "USA"),
        ("American", "USA"),
        ("Washington", "USA"),
        ("EU", "EU27"),
        ("European Union", "EU27"),
        ("Brussels", "EU27"),
        ("EU-27", "EU27"),
        ("UK", "GBR"),
        ("british", "GBR"),
        ("Turkey", "TUR"),
        ("turkiye", "TUR"),
        ("Ivory Coast", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Swaziland", "SWZ"),
        ("St. Lucia", "LCA"),
        ("South Korea", "KOR"),
        ("ROK", "KOR"),
        ("DRC", "COD"),
        ("G77 & China", "G77"),
        ("Group of 77", "G77"),
        ("small island states", "AOSIS"),
        ("Annex 1", "ANNEX_I"),
        ("international shipping", "INT_SHI"),
        ("world", "WLD"),
        ("Hong Kong", "HKG"),
    ],
)
def test_a_name_that_people_use_finds_its_party(said: str, code: str) -> None:
    assert party(said).code == code


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("Korea", {"KOR", "PRK"}),
        ("Congo", {"COG", "COD"}),
        ("Guinea", {"GIN", "GNB", "GNQ", "PNG"}),
        ("Dominican", {"DMA", "DOM"}),
    ],
)
def test_an_ambiguous_name_is_not_guessed_and_every_meaning_is_offered(
    said: str, codes: set[str]
) -> None:
    assert {one.code for one in named(said)} == codes
    with pytest.raises(InputError) as caught:
        party(said)
    assert all(code in str(caught.value) for code in codes)
    assert "\n" not in str(caught.value)


def test_a_slip_of_the_pen_is_answered_with_the_nearest_names() -> None:
    with pytest.raises(UnknownNameError, match="did you mean China"):
        party("Chnia")
    with pytest.raises(UnknownNameError, match="unknown party 'Atlantis'"):
        party("Atlantis")
    with pytest.raises(UnknownNameError):
        party("")


def test_all_parties_to_the_convention_are_known() -> None:
    states = [one for one in PARTIES.values() if one.kind == "state"]
    assert len(states) == 197  # with the European Union 198, as the UNFCCC counts
    assert all(len(one.iso2) == 2 and one.adjective for one in states)
    assert len({one.iso2 for one in states}) == 197


@given(st.sampled_from(sorted(PARTIES)), st.sampled_from([str.upper, str.lower, str.title]))
def test_codes_and_full_names_always_mean_their_own_party(code: str, cased: object) -> None:
    one = PARTIES[code]
    # The Union as a party is today's Union, whatever it was at the time.
    means = "EU27" if code == "EU" else code
    assert party(cased(code)).code == means  # type: ignore[operator]
    assert party(cased(one.name)).code == code  # type: ignore[operator]


def test_whoever_has_no_figures_of_its_own_says_who_contains_them() -> None:
    assert party("Monaco").counted_in == "FRA"
    assert party("Puerto Rico").counted_in == "USA"
    assert all(one.counted_in in PARTIES for one in PARTIES.values() if one.counted_in)


def test_codes_are_those_of_iso_3166() -> None:
    pytest.importorskip("country_converter", reason="codes are compared where it is installed")
    table = files("country_converter").joinpath("country_data.tsv").read_text(encoding="utf-8")
    iso = {row["ISO3"]: row["ISO2"] for row in csv.DictReader(table.splitlines(), delimiter="\t")}
    united_nations = {
        row["ISO3"] for row in csv.DictReader(table.splitlines(), delimiter="\t") if row["UNmember"]
    }
    for one in PARTIES.values():
        if one.iso2 and one.kind != "bloc":
            assert re.search(iso[one.code], one.iso2)  # a pattern there: ^GB$|^UK$
    states = {one.code for one in PARTIES.values() if one.kind == "state"}
    assert states - united_nations == {"COK", "NIU", "PSE", "VAT"}
    assert united_nations <= states
