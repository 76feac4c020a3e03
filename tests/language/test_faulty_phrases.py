"""What cannot be read is marked; what has several readings is offered, never guessed."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.errors import AccordError, InputError, PhraseError, UnknownNameError
from accord.language import parse, parse_all


def fault(phrase: str) -> PhraseError:
    with pytest.raises(PhraseError) as caught:
        parse(phrase)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("China: pek CO2 emissions before 2030", "pek"),
        ("China: peak CO2 emissions beforehand 2030", "beforehand"),
        ("China: cut CO₂ – gradually – by 40% bellow 2005 by 2020", "bellow"),
        ("USA: cut emissions by 40 below 2005 by 2030", "40"),
        ("USA: cut emissions by 40% below 2005 by 3030", "3030"),
        ("USA: cut CO2 by 40% below 2005 by 2030 by 2040", "by 2040"),
        ("USA: cut CO2 and methane by 40% below 2005 by 2030", "and"),
        ("USA: cut CO2 methane by 40% below 2005 by 2030", "methane"),
        ("USA: peak methane by 40% by 2030", "by 40%"),
    ],
)
def test_the_word_at_fault_is_marked(phrase: str, word: str) -> None:
    problem = fault(phrase)
    assert phrase[problem.start : problem.end] == word
    assert problem.marked().splitlines()[1].strip() == "^" * len(word)


def test_a_misspelt_word_is_met_with_the_nearest_known_one() -> None:
    assert "did you mean 'peak'?" in str(fault("China: pek CO2 emissions before 2030"))
    assert "did you mean 'below'?" in str(fault("USA: cut CO2 by 40% bellow 2005 by 2030"))


@pytest.mark.parametrize(
    ("phrase", "offers"),
    [
        ("USA: cut emissions 20% by 2030", ["below 2005", "below business as usual"]),
        ("China: peak by 2030", ["peak CO2 emissions", "peak greenhouse gas emissions"]),
        ("USA: cut emissions to 40% from 2005 by 2030", ["by 40%", "to 40% of 2005 levels"]),
        ("USA: cut emissions by 500 Mt by 2030", ["limit … to 500 mt"]),
        ("China: 25% non-fossil energy by 2030", ["of primary energy", "of electricity"]),
        ("China: 25% of primary energy by 2030", ["from non-fossil sources"]),
        ("China: cut coal by 20% of primary energy by 2030", ["to 20%"]),
        ("China: 65% lower carbon intensity by 2030", ["below 2005"]),
        ("China: 500 GW by 2030", ["of wind and solar"]),
        ("China: cut CO2 by 40% below 2005", ["by 2030"]),
        ("China: buy $50 billion of soy", ["over 2020-2021"]),
        ("USA: CO2", ["40-45%"]),
        ("USA: raise emissions by 10% below 2005 by 2030", ["above 2005"]),
        ("USA: cut emissions by 10% above 2005 by 2030", ["below 2005"]),
    ],
)
def test_an_open_phrase_is_answered_with_its_readings(phrase: str, offers: list[str]) -> None:
    problem = fault(phrase)
    for offer in offers:
        assert offer in problem.accepted


def test_an_unknown_party_is_met_with_the_nearest_ones() -> None:
    with pytest.raises(UnknownNameError, match="did you mean China"):
        parse("Chna: peak CO2 emissions before 2030")
    with pytest.raises(InputError, match="South Korea"):
        parse("Korea: carbon neutrality by 2050")


def test_a_phrase_without_a_party_needs_one_from_outside() -> None:
    assert "whose undertaking" in str(fault("carbon neutrality by 2060"))
    assert parse("carbon neutrality by 2060", default_party="China").party == "CHN"


@pytest.mark.parametrize(
    "hostile",
    [
        "China: " + "a" * 100_000,
        "China: cut " * 20_000,
        "China: " + "9" * 1900,
        "China: cut CO2 by " + "4" * 400 + "% below 2005 by 2030",
        "China: " + "CO2 emissions " * 140,
        "China: peak " + "((((" * 400,
        "China: buy $1 bn of " + "a " * 900,
        "China: policy" + " by 2030" * 200,
        "a" * 1999,
        "\x00" * 50,
        "China: peak CO2 before 2030\x00",
        "🌍: 🌍",
        ";" * 5000,
    ],
)
def test_hostile_phrases_fail_fast_and_in_one_line(hostile: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(InputError) as caught:
        parse_all(hostile)
    assert time.perf_counter() - begun < 1
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 800


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    for phrase in (text, f"China: {text}"):
        try:
            parse_all(phrase)
        except AccordError as problem:
            assert str(problem)


WORDS = [
    *("cut", "limit", "peak", "reach", "by", "to", "of", "below", "above", "over", "2005", "2030"),
    *("40", "45%", "-", "$", "bn", "GW", "CO2", "energy", "net", ",", "and", "a year", "half"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_no_order_of_known_words_breaks_the_reader(words: str) -> None:
    try:
        parse(words, default_party="USA")
    except AccordError as problem:
        assert str(problem)
