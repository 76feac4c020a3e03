"""Consequences: bounds from an engine, refined until it confirms the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from tests.bargaining.tables import table

from accord.bargaining.consequence import Confirming, confirming, is_lever, link
from accord.bargaining.constraint import Value
from accord.bargaining.line import Negotiation
from accord.language.red_line import parse
from accord.language.vocabulary import Vocabulary

DAY = dt.date(2026, 1, 1)
ASKED: list[Mapping[str, Value]] = []


def engine(deal: Mapping[str, Value], wanted: Sequence[str]) -> dict[str, float]:
    """Warming of a toy world: a quarter of a degree for each decade of delay, not linear."""
    ASKED.append(deal)
    delay = [float(deal[key]) - 2030 for key in sorted(deal)]
    return {key: 1.2 + 0.02 * sum(delay) + 0.0001 * delay[0] * delay[-1] for key in wanted}


def linked(lines: dict[str, tuple[str, str]]) -> Negotiation:
    words = Vocabulary()
    one = table(lines, words)
    levers = words.ground(parse("neutral(CHN) <= 2100 and neutral(USA) <= 2100")).terms
    terms = {**levers, **one.terms}
    driven = [t for t in terms.values() if t.kind.consequence or is_lever(t, DAY)]
    return Negotiation(lines=one.lines, facts=(link(driven),))


def test_a_limit_that_levers_can_meet_is_confirmed_by_a_run() -> None:
    one = linked(
        {"A": ("AOSIS", "warming(p50, 2100) <= 1.5"), "B": ("CHN", "neutral(CHN) >= 2035")}
    )
    ask = Confirming(one, engine)
    assert ask.holds([0, 1])
    assert any(answer["warming(p50, 2100)"] <= 1.5 for _, answer in ask.evaluated)
    assert not ask.unsettled


def test_a_limit_that_lines_put_out_of_reach_is_a_quarrel_that_rests_on_runs() -> None:
    one = linked(
        {
            "A": ("AOSIS", "warming(p50, 2100) <= 1.5 °C"),
            "C": ("CHN", "neutral(CHN) >= 2060"),
            "U": ("USA", "neutral(USA) <= 2045"),
        }
    )
    told: list[str] = []
    (group,) = one.groups()
    found = confirming(engine, deadline=None, told=told)(group)
    assert found.quarrels == (("A", "C"),)
    assert found.ways == (("A",), ("C",))
    assert found.learned
    assert "percentile 50" in told[0]


def test_two_that_each_leave_room_quarrel_only_together() -> None:
    one = linked(
        {
            "A": ("AOSIS", "warming(p50, 2100) <= 2"),
            "C": ("CHN", "neutral(CHN) >= 2060"),
            "U": ("USA", "neutral(USA) >= 2050"),
        }
    )
    (group,) = one.groups()
    found = confirming(engine, deadline=None)(group)
    # 1.2 + 0.02 * (30 + 20) + 0.06 = 2.26 with both, 1.8 or less with either.
    assert found.quarrels == (("A", "C", "U"),)


def test_bounds_hold_for_every_deal() -> None:
    one = linked(
        {"A": ("AOSIS", "warming(p50, 2100) <= 1.9"), "C": ("CHN", "neutral(CHN) >= 2050")}
    )
    ask = Confirming(one, engine)
    ask.holds([0, 1])
    for _, answer in ask.evaluated:
        assert 1.2 <= answer["warming(p50, 2100)"] <= 1.2 + 0.04 * 70 + 0.49 + 1e-9


def test_no_more_is_asked_than_needed() -> None:
    ASKED.clear()
    one = linked(
        {"A": ("AOSIS", "warming(p50, 2100) <= 1.9"), "C": ("CHN", "neutral(CHN) >= 2050")}
    )
    (group,) = one.groups()
    confirming(engine, deadline=None)(group)
    assert len(ASKED) <= 8


@pytest.mark.parametrize(
    ("phrase", "is_one"),
    [
        ("neutral(CHN) <= 2050", True),
        ("cut(USA, 2035, base 2005) >= 50", True),
        ("cut(USA, 2020, base 2005) >= 50", False),
        ("finance(USA) >= 1", False),
        ("neutral(ANNEX_I) <= 2050", False),
    ],
)
def test_levers_are_targets_ahead_of_parties_with_a_path(phrase: str, is_one: bool) -> None:
    (term,) = Vocabulary().ground(parse(phrase)).terms.values()
    assert is_lever(term, DAY) is is_one


def test_engines_answer_for_the_bundled_case() -> None:
    from accord.assessment.consequences import Engines
    from accord.ledger import load_case

    case = load_case("us-china")
    ask = Engines(case, case.today)
    wanted = (
        "warming(p50, 2100)", "emissions(CHN, 2035)", "per_capita(CHN, 2035)", "gap(1.5)",
        "cost(CHN)", "leakage(CHN)",
    )  # fmt: skip
    early = ask({"neutral(CHN)": Fraction(2045)}, wanted)
    late = ask({"neutral(CHN)": Fraction(2090)}, wanted)
    assert early["warming(p50, 2100)"] < late["warming(p50, 2100)"]
    assert early["emissions(CHN, 2035)"] <= late["emissions(CHN, 2035)"] + 1e-6
    assert 5 < late["per_capita(CHN, 2035)"] < 15
    assert late["gap(1.5)"] > 0
    assert early["cost(CHN)"] >= late["cost(CHN)"] - 1e-6
    assert late["leakage(CHN)"] >= 0
