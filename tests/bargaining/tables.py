"""Small tables for tests: lines written as phrases, and an oracle that tries every subset."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from fractions import Fraction

from accord.bargaining.constraint import Feasibility
from accord.bargaining.line import Fact, Line, Negotiation
from accord.language.red_line import parse
from accord.language.term import TermKind
from accord.language.vocabulary import Vocabulary


def kind(name: str, low: float | None = None, high: float = 0, unit: str = "", type_: str = "real"):
    if low is None:
        return TermKind(name=name)
    return TermKind(name=name, type=type_, low=Fraction(low), high=Fraction(high), unit=unit)


def table(
    lines: Mapping[str, tuple[str, str, float] | tuple[str, str]],
    vocabulary: Vocabulary,
    facts: Iterable[str] = (),
) -> Negotiation:
    """Lines as ``id: (party, phrase[, cost])``."""
    return Negotiation(
        lines=tuple(
            Line(
                id=name,
                party=row[0],
                holds=vocabulary.ground(parse(row[1]), row[1]),
                cost=row[2] if len(row) > 2 else None,
                says=row[1],
                statement=row[1],
            )
            for name, row in lines.items()
        ),
        facts=tuple(
            Fact(id=f"F{n}", holds=vocabulary.ground(parse(text), text))
            for n, text in enumerate(facts)
        ),
    )


WORKED = Vocabulary().extended(
    [
        kind("us_bind"),
        kind("cn_bind"),
        kind("mrv"),
        kind("cut", 0, 50, "%"),
        kind("cint", 0, 70, "%"),
        kind("fin", 0, 200, "$bn/yr"),
    ]
)


def worked_standoff() -> Negotiation:
    """The worked example of Copenhagen, whose answer is known: 4 quarrels, 18 ways out."""
    return table(
        {
            "US1": ("USA", "us_bind implies cn_bind"),
            "US2": ("USA", "fin <= 10 $bn/yr"),
            "US3": ("USA", "fin > 1 $bn/yr implies mrv"),
            "US4": ("USA", "cut <= 17 %"),
            "CN1": ("CHN", "not cn_bind"),
            "CN2": ("CHN", "us_bind"),
            "CN3": ("CHN", "not mrv"),
            "CN4": ("CHN", "fin >= 40 $bn/yr"),
            "CN5": ("CHN", "cut >= 25 %"),
            "CN6": ("CHN", "cint <= 45 %"),
        },
        WORKED,
    )


def by_brute_force(one: Negotiation) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """All quarrels and ways out, by asking about every subset."""
    holds = {}
    names = [line.id for line in one.lines]
    ask = Feasibility(one)
    for size in range(len(names) + 1):
        for subset in itertools.combinations(names, size):
            holds[frozenset(subset)] = ask.holds([names.index(name) for name in subset])
    everything = frozenset(names)
    quarrels = {s for s, ok in holds.items() if not ok and all(holds[s - {name}] for name in s)}
    ways = {
        everything - s
        for s, ok in holds.items()
        if ok and all(not holds[s | {name}] for name in everything - s)
    }
    return quarrels, ways - {frozenset()}
