"""The zone of agreement over a pair of terms: which values each side could live with at once."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

import msgspec

from accord.bargaining.constraint import Variables, rational
from accord.bargaining.line import Negotiation
from accord.language.term import GroundTerm

STEPS = 24
"""Values of each term that are tried, evenly between the bounds shown."""


class ZoneMap(msgspec.Struct, frozen=True, kw_only=True):
    """A grid over two amounts.

    Attributes
    ----------
    first, second
        Canonical terms, across and up.
    across, up
        Values tried.
    accepts
        For each party, the cells ``(place across, place up)`` that its lines allow, whatever the
        other terms are.
    common
        Cells that all lines together allow.
    """

    first: str
    second: str
    across: tuple[float, ...]
    up: tuple[float, ...]
    accepts: dict[str, frozenset[tuple[int, int]]]
    common: frozenset[tuple[int, int]]


def pairs(table: Negotiation) -> tuple[tuple[str, str], ...]:
    """Return the pairs of amounts that some line ties together, in order of the lines."""
    found: dict[tuple[str, str], None] = {}
    for line in table.lines:
        amounts = [
            key for key, term in line.holds.terms.items() if term.kind.type in {"int", "real"}
        ]
        found.update(dict.fromkeys(itertools.combinations(amounts, 2)))
    return tuple(found)


def zone_map(
    table: Negotiation,
    first: str,
    second: str,
    *,
    parties: Sequence[str] | None = None,
    steps: int = STEPS,
) -> ZoneMap:
    """Return the grid over two terms of a table.

    Parameters
    ----------
    table
        Lines and facts.
    first, second
        Keys of two amounts.
    parties
        Whose lines are shown apart; all that speak of either term, if none are given.
    steps
        Values of each term.
    """
    (group,) = [
        one
        for one in Negotiation(lines=table.lines, facts=table.facts).groups()
        if first in one.terms and second in one.terms
    ]
    terms = group.terms
    across, up = _values(group, terms[first], steps), _values(group, terms[second], steps)
    owners = [
        one for one in dict.fromkeys(line.party for line in group.lines)
        if parties is None or one in parties
    ]  # fmt: skip
    accepts = {
        party: _cells(
            group.only(line.id for line in group.lines if line.party == party),
            group, first, second, across, up,
        )
        for party in owners
    }  # fmt: skip
    return ZoneMap(
        first=first,
        second=second,
        across=tuple(float(value) for value in across),
        up=tuple(float(value) for value in up),
        accepts=accepts,
        common=_cells(group, group, first, second, across, up),
    )


def _values(group: Negotiation, term: GroundTerm, steps: int) -> list[Fraction]:
    """Return values between the bounds that lines speak of, with a margin."""
    from accord.bargaining.win_set import landings

    low, high = term.kind.low, term.kind.high
    bounds = [
        Fraction(value).limit_denominator(1000)
        for line in group.lines
        for one in landings(Negotiation(lines=(line,)), {term.key})
        for value in (one.low, one.high)
        if value is not None and low < value < high
    ]
    if bounds:
        margin = max(max(bounds) - min(bounds), abs(max(bounds)), Fraction(1))
        low, high = max(low, min(bounds) - margin), min(high, max(bounds) + margin)
    if term.kind.type == "int":
        width = max((high - low) / (steps - 1), Fraction(1))
        return [Fraction(round(low + width * n)) for n in range(steps) if low + width * n <= high]
    return [low + (high - low) * Fraction(n, steps - 1) for n in range(steps)]


def _cells(  # noqa: PLR0917 - two axes with their values
    kept: Negotiation,
    group: Negotiation,
    first: str,
    second: str,
    across: Sequence[Fraction],
    up: Sequence[Fraction],
) -> frozenset[tuple[int, int]]:
    import z3

    variables = Variables(group.terms, group.dated)
    solver = z3.Solver()
    solver.add(variables.domain)
    solver.add([variables.condition(fact.holds.expression) for fact in group.facts])
    solver.add([variables.condition(line.holds.expression) for line in kept.lines])
    found = []
    for i, x in enumerate(across):
        solver.push()
        solver.add(variables.by_key[first] == rational(x))
        if solver.check() == z3.sat:
            found += [
                (i, j)
                for j, y in enumerate(up)
                if solver.check(variables.by_key[second] == rational(y)) == z3.sat
            ]
        solver.pop()
    return frozenset(found)
