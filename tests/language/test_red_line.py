"""The red-line language: what is read, how it is said, and how a mistake is told."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.errors import PhraseError
from accord.language import expression as e
from accord.language.expression import say
from accord.language.red_line import parse
from accord.language.term import TermKind
from accord.language.vocabulary import Vocabulary

PHRASES = (
    "binding(USA) implies binding(CHN)",
    "not cap(CHN) before 2030",
    "finance(USA, EU27) >= 40 $bn/yr",
    "finance(USA) > 1 $bn/yr implies mrv(CHN)",
    "warming(p50, 2100) <= 1.5 °C",
    "cut(DEV, 2020, base 1990) >= 40",
    "emissions(CHN, 2030) <= 12 Gt",
    "binding(all of ANNEX_I) implies mrv(any of BASIC)",
    "binding(at least 2 of BASIC)",
    "votes(53 if not binding(USA), 47 if binding(CHN)) >= 67",
    "track == kyoto or track == paris",
    "0.344 * cut(USA, 2020, base 1990) - 2 <= cut(DEV, 2020, base 1990)",
    "peak(CHN) by 2030 and neutral(CHN) before 2060",
    "gap(1.5) <= 3 Gt",
)

names = st.sampled_from(["USA", "CHN", "EU27", "p50", "BASIC"])
years = st.integers(1950, 2100)
figures = st.decimals(0, 10_000, places=3).map(Fraction)
arguments = st.one_of(
    names.map(e.Name),
    years.map(lambda y: e.Number(Fraction(y))),
    years.map(e.Base),
    st.builds(e.Members, st.sampled_from(["all", "any", "none"]), names),
    st.builds(e.Members, st.just("at least"), names, st.integers(1, 9)),
)
terms = st.builds(
    e.Term,
    st.sampled_from(["cut", "binding", "order", "notable", "android", "track", "of_all"]),
    st.lists(arguments, max_size=3).map(tuple),
)
numbers = st.builds(
    e.Number, figures, st.sampled_from(["", "%", "$bn/yr", "Mt", "°C", "year", "points"])
)
amounts = st.recursive(
    st.one_of(terms, numbers),
    lambda inner: st.one_of(
        st.builds(e.Sum, inner, st.sampled_from("+-"), inner),
        st.builds(e.Product, inner, inner),
        inner.map(lambda x: e.Number(-x.value, x.unit) if isinstance(x, e.Number) and x.value
                  else x if isinstance(x, e.Number) else e.Negative(x)),
    ),
    max_leaves=5,
)  # fmt: skip
atoms = st.one_of(
    terms,
    st.booleans().map(e.Truth),
    st.builds(e.Comparison, amounts, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), amounts),
    st.builds(e.Dated, terms, st.sampled_from(["before", "by", "after"]), years),
)


def _more(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    votes = st.lists(
        st.builds(e.Vote, figures, st.one_of(st.none(), inner)), min_size=1, max_size=3
    ).map(tuple)
    return st.one_of(
        inner.map(e.Not),
        several.map(e.And),
        several.map(e.Or),
        st.builds(e.Implies, inner, inner),
        st.builds(e.Comparison, votes.map(e.Votes), st.just(">="), numbers),
    )


@settings(max_examples=300, deadline=None)
@given(st.recursive(atoms, _more, max_leaves=8))
def test_what_is_said_reads_back_to_the_same_condition(condition: e.Expression) -> None:
    assert parse(say(condition)) == condition


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_canonical_phrase_is_said_as_it_was_written(phrase: str) -> None:
    assert say(parse(phrase)) == phrase


def test_implies_is_weakest_and_reads_right_to_left() -> None:
    assert parse("a or b and not c implies d implies x") == parse(
        "(a or (b and (not c))) implies (d implies x)"
    )


def test_typists_signs_are_read_as_plain_ones() -> None:
    assert parse("finance(USA) ≥ 40 bn $ a year") == parse("finance(USA) >= 40 $bn/yr")
    assert parse("finance(USA) >= 40 bn USD/yr") == parse("finance(USA) >= 40 $bn/yr")
    assert parse("cut(USA, 2020) = −5 %") == parse("cut(USA, 2020) == -5%")


@pytest.mark.parametrize(
    ("phrase", "word", "hint"),
    [
        ("binding(USA) implis binding(CHN)", "implis", "did you mean 'implies'"),
        ("cut(USA, 2020 base 2005) >= 3", "base", "expected"),
        ("finance(USA) >= ", "", "ends too early"),
        ("x <= 3 <= 4", "<=", "cannot stand here"),
        ("peak(CHN) before soon", "soon", "a figure"),
        ("finance(USA) == 300 /yr", "/", "single"),
        ("cap(CHN) before 20", "20", "is no year"),
        ("a and @", "@", "cannot stand here"),
        ("(" * 60 + "a" + ")" * 60, "(", "nested too deeply"),
    ],
)
def test_a_mistake_is_marked_at_its_word(phrase: str, word: str, hint: str) -> None:
    with pytest.raises(PhraseError) as caught:
        parse(phrase)
    assert hint in str(caught.value)
    assert caught.value.text[caught.value.start : caught.value.end] == word


def test_a_very_long_line_is_refused() -> None:
    with pytest.raises(PhraseError, match="longer than"):
        parse("a and " * 1000 + "a")


def ground(phrase: str, vocabulary: Vocabulary | None = None) -> str:
    found = (vocabulary or Vocabulary()).ground(parse(phrase), phrase)
    return say(found.expression)


def test_figures_are_converted_to_the_unit_of_their_term() -> None:
    assert ground("emissions(CHN, 2030) <= 12 Gt") == "emissions(CHN, 2030) <= 12000"
    assert ground("finance(USA) >= 0.04 $tn/yr") == "finance(USA) >= 40"
    assert ground("finance(USA) >= 40 $bn") == "finance(USA) >= 40"


def test_parties_become_codes_and_years_comparisons() -> None:
    assert ground("peak(China) before 2030") == "peak(CHN) < 2030"
    assert ground("not cap(PRC) before 2030") == "not cap(CHN) before 2030"


def test_a_quantifier_runs_over_the_members_of_the_day() -> None:
    assert ground("mrv(all of BASIC)") == "mrv(BRA) and mrv(CHN) and mrv(IND) and mrv(ZAF)"
    assert ground("not mrv(none of BASIC)").startswith("not not (mrv(BRA) or")
    assert "votes(1 if binding(BRA)" in ground("binding(at least 2 of BASIC)")


def test_a_definition_is_written_out() -> None:
    own = TermKind(
        name="comparable", slots=("party",), letters=("P",),
        definition="cut(P, 2020, base 1990) >= 20 %",
    )  # fmt: skip
    vocabulary = Vocabulary().extended([own])
    assert ground("not comparable(USA)", vocabulary) == "not cut(USA, 2020, base 1990) >= 20"


def test_a_circular_definition_is_named() -> None:
    first = TermKind(name="a", definition="not b")
    second = TermKind(name="b", definition="a or treaty")
    with pytest.raises(PhraseError, match="circular definition: a → b → a"):
        ground("a", Vocabulary().extended([first, second]))


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("bindng(USA)", "did you mean binding"),
        ("binding(Chna)", "did you mean China"),
        ("cut(USA, 2020) >= 3 $bn", r"units do not match: % against \$bn"),
        ("emissions(CHN, 2030) >= finance(USA)", "units do not match"),
        ("finance(USA) * finance(CHN) > 3", "product of two terms"),
        ("finance(USA)", "compare it"),
        ("binding(USA) >= 2", "compare by == and != only"),
        ("track == kyto", "did you mean kyoto"),
        ("not 5", "an amount, not a condition"),
        ("cut(USA) >= 2", "it is written cut"),
        ("binding(all of BASICS)", "did you mean BASIC"),
        ("finance(USA) before 2030", "can be dated"),
    ],
)
def test_what_does_not_fit_is_told(phrase: str, message: str) -> None:
    with pytest.raises(PhraseError, match=message):
        ground(phrase)
