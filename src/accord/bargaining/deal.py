"""A proposal: which red lines it keeps and breaks, by how much, and the nearest that breaks none.

A proposal is a list of conditions; what it does not settle stays open. A line is *kept* if the
proposal leaves no way to break it, *broken* if it leaves no way to keep it, and *open* otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import msgspec

from accord.bargaining.constraint import Value, Variables, as_fraction, rational
from accord.bargaining.elastic import Relaxed
from accord.bargaining.line import Line, Negotiation
from accord.bargaining.way_out import WayOut
from accord.bargaining.zone import show
from accord.errors import InputError
from accord.language.vocabulary import Grounded

Verdict: TypeAlias = Literal["kept", "broken", "open"]


class LineVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a proposal does to one line.

    Attributes
    ----------
    line, party, verdict
        Which, whose, and how it fares.
    by
        How far a broken line's bounds would have to move: ``(bound, amount, unit)``; empty for a
        yes or no.
    """

    line: str
    party: str
    verdict: Verdict
    by: tuple[tuple[str, float, str], ...] = ()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a party stands: points of its lines kept, broken and open (of its own scale)."""

    kept: float
    broken: float
    open: float


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer about a proposal.

    Attributes
    ----------
    conditions
        As given.
    terms
        What it settles.
    verdicts
        One for each line of the day.
    standing
        How each party stands.
    cost
        Yielding cost of the lines broken; ``None`` where one has no cost.
    nearest
        Changes that lead to the nearest proposal that breaks none: term to (from, to). ``None``:
        there is none, because the lines cannot hold together; then ``nearest_way`` is the way out
        under which the changes are counted.
    nearest_way
        Lines given up for ``nearest``.
    """

    conditions: tuple[str, ...]
    terms: Mapping[str, str]
    verdicts: tuple[LineVerdict, ...]
    standing: Mapping[str, Standing]
    cost: float | None
    nearest: Mapping[str, tuple[str, str]] | None
    nearest_way: tuple[str, ...] = ()

    @property
    def broken(self) -> tuple[LineVerdict, ...]:
        """The lines it breaks."""
        return tuple(one for one in self.verdicts if one.verdict == "broken")


def propose(
    table: Negotiation,
    conditions: Sequence[tuple[str, Grounded]],
    *,
    consequences: Mapping[str, float] | None = None,
    ways: Sequence[Sequence[WayOut]] = (),
) -> Proposal:
    """Evaluate a proposal against the lines of a day.

    Parameters
    ----------
    table
        Lines and facts.
    conditions
        The proposal, as text and grounded.
    consequences
        Values of consequences that engines found for it.
    ways
        Ways out of each group of the table, for the nearest proposal where no deal keeps every
        line: those are taken that give up fewest lines which the proposal keeps.

    Raises
    ------
    InputError
        The proposal contradicts itself or a fact.
    """
    import z3

    terms = dict(table.terms)
    dated = set(table.dated)
    for _, grounded in conditions:
        terms.update(grounded.terms)
        dated |= grounded.dated
    variables = Variables(terms, dated)
    fixed = [
        *variables.domain,
        *(variables.condition(fact.holds.expression) for fact in table.facts),
    ]
    deal = [variables.condition(grounded.expression) for _, grounded in conditions]
    for key, value in (consequences or {}).items():
        if key in variables.by_key:
            near = rational(Fraction(1, 1000))
            exact = rational(Fraction(round(value * 10_000), 10_000))
            deal += [variables.by_key[key] >= exact - near, variables.by_key[key] <= exact + near]
    solver = z3.Solver()
    solver.add(fixed)
    solver.push()
    solver.add(deal)
    if solver.check() != z3.sat:
        raise InputError(_contradiction(conditions, fixed, variables))
    settled = _settled(solver, variables, [g for _, g in conditions])
    verdicts = tuple(_verdict(line, solver, variables, [*fixed, *deal]) for line in table.lines)
    broken = [line for line, one in zip(table.lines, verdicts, strict=True)
              if one.verdict == "broken"]  # fmt: skip
    nearest = None
    way: tuple[str, ...] = ()
    if broken:
        nearest = _nearest(table, fixed, variables, settled)
        if nearest is None and ways:
            lost = {line.id for line in broken}
            chosen = [
                min(some, key=lambda one: (len(set(one.give_up) - lost), one.by("sum")))
                for some in ways
            ]
            way = tuple(name for one in chosen for name in one.give_up)
            nearest = _nearest(table.without(way), fixed, variables, settled)
    return Proposal(
        conditions=tuple(text for text, _ in conditions),
        terms={key: show(value, terms[key].kind.unit) for key, value in settled.items()},
        verdicts=verdicts,
        standing=_standing(table.lines, verdicts),
        cost=None if any(line.cost is None for line in broken)
        else sum(line.cost or 0.0 for line in broken),
        nearest=nearest,
        nearest_way=way,
    )  # fmt: skip


def settled_terms(conditions: Sequence[tuple[str, Grounded]]) -> dict[str, Value]:
    """Return the terms to which a proposal by itself leaves one value only."""
    import z3

    terms = {key: term for _, one in conditions for key, term in one.terms.items()}
    variables = Variables(terms, {key for _, one in conditions for key in one.dated})
    solver = z3.Solver()
    solver.add(variables.domain)
    solver.add([variables.condition(one.expression) for _, one in conditions])
    if solver.check() != z3.sat:
        return {}
    return _settled(solver, variables, [one for _, one in conditions])


def _settled(solver: Any, variables: Variables, conditions: Sequence[Grounded]) -> dict[str, Value]:
    """Return the terms of the proposal that can have one value only."""
    import z3

    model = solver.model()
    found: dict[str, Value] = {}
    for key in dict.fromkeys(key for one in conditions for key in one.terms):
        value = variables.value(model, key)
        if solver.check(z3.Not(variables.equals(key, value))) == z3.unsat:
            found[key] = value
    return found


def _verdict(line: Line, solver: Any, variables: Variables, fixed: list[Any]) -> LineVerdict:
    import z3

    condition = variables.condition(line.holds.expression)
    if solver.check(condition) == z3.unsat:
        return LineVerdict(
            line=line.id, party=line.party, verdict="broken", by=_by(line, variables, fixed)
        )
    kept = solver.check(z3.Not(condition)) == z3.unsat
    return LineVerdict(line=line.id, party=line.party, verdict="kept" if kept else "open")


def _by(line: Line, variables: Variables, fixed: list[Any]) -> tuple[tuple[str, float, str], ...]:
    """Return the least movement of the line's bounds under which the proposal would keep it."""
    import z3

    relaxed = Relaxed(line, variables, steps=False)
    solver = z3.Optimize()
    solver.add(fixed)
    solver.add(relaxed.condition, z3.Not(relaxed.given_up), *relaxed.domain)
    solver.minimize(z3.Sum([rational(0), *(one.variable for one in relaxed.slacks)]))
    if solver.check() != z3.sat:
        return ()
    model = solver.model()
    moved = [
        (one.bound, float(as_fraction(model.eval(one.variable, True))), one.unit)
        for one in relaxed.slacks
    ]
    return tuple(one for one in moved if one[1] > 0)


def _nearest(
    table: Negotiation,
    fixed: list[Any],
    variables: Variables,
    settled: Mapping[str, Value],
) -> dict[str, tuple[str, str]] | None:
    """Return the changes to the nearest proposal that keeps every line of a table."""
    import z3

    solver = z3.Optimize()
    solver.add(fixed)
    solver.add([variables.condition(line.holds.expression) for line in table.lines])
    distance = []
    for key, value in settled.items():
        term = variables.terms[key]
        if term.kind.consequence:
            continue
        if isinstance(value, bool | str) or term.kind.type == "enum":
            distance.append(z3.If(variables.equals(key, value), 0.0, 1.0))
        else:
            width = max(term.kind.high - term.kind.low, Fraction(1))
            gap = variables.by_key[key] - rational(value)
            distance.append(z3.If(gap >= 0, gap, -gap) * z3.RealVal(str(1 / width)))
    if distance:
        solver.minimize(z3.Sum(distance))
    if solver.check() != z3.sat:
        return None
    model = solver.model()
    changes = {}
    for key, value in settled.items():
        after = variables.value(model, key)
        unit = variables.terms[key].kind.unit
        if after != value and not variables.terms[key].kind.consequence:
            changes[key] = (show(value, unit), show(after, unit))
    return changes


def _standing(lines: Sequence[Line], verdicts: Sequence[LineVerdict]) -> dict[str, Standing]:
    found: dict[str, dict[str, float]] = {}
    for line, one in zip(lines, verdicts, strict=True):
        sums = found.setdefault(line.party, {"kept": 0.0, "broken": 0.0, "open": 0.0})
        sums[one.verdict] += line.cost if line.cost is not None else 1.0
    return {party: Standing(**sums) for party, sums in found.items()}


def _contradiction(
    conditions: Sequence[tuple[str, Grounded]], fixed: list[Any], variables: Variables
) -> str:
    import z3

    solver = z3.Solver()
    solver.add(fixed)
    marks = [z3.Bool(f" condition {n}") for n in range(len(conditions))]
    for mark, (_, grounded) in zip(marks, conditions, strict=True):
        solver.add(z3.Implies(mark, variables.condition(grounded.expression)))
    kept = list(range(len(marks)))
    for n in list(kept):
        rest = [m for m in kept if m != n]
        if solver.check([marks[m] for m in rest]) == z3.unsat:
            kept = rest
    told = "; ".join(conditions[n][0] for n in kept)
    return f"the proposal contradicts itself, a domain or a fact: {told}"
