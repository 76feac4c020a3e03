"""Lines as constraints of an exact solver (Z3): booleans, integers and rationals.

A *term* becomes a variable with the bounds of its domain; a yes-or-no term that some line asks
about by year becomes the year from which it holds (2101: never). The solver answers with a deal
that keeps the lines asked for, or with a set of them that cannot hold together.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from accord.bargaining.line import Fact, Negotiation
from accord.errors import AccordError
from accord.language.expression import (
    And,
    Comparison,
    Dated,
    Expression,
    Implies,
    Negative,
    Not,
    Number,
    Or,
    Product,
    Sum,
    Term,
    Truth,
    Votes,
    say,
)
from accord.language.term import GroundTerm

Value: TypeAlias = bool | Fraction | str
"""What a term is in a deal: yes or no, an amount, or a word of an enumeration."""

FIRST_YEAR, NEVER = 1990, 2101
"""Range of the year from which a dated term holds; :data:`NEVER`: it does not."""


class OutOfTimeError(Exception):
    """The time budget is spent; what was found until then stands."""


class ImpossibleFactsError(AccordError):
    """Facts and domains that leave no deal at all: the case contradicts itself."""


class Variables:
    """The solver's variables of a table, with the conditions that keep each in its domain."""

    def __init__(self, terms: Mapping[str, GroundTerm], dated: Iterable[str]) -> None:
        import z3

        self.terms = terms
        self.by_key: dict[str, Any] = {}
        self.years: dict[str, Any] = {}
        self.domain: list[Any] = []
        by_year = set(dated)
        for key, term in terms.items():
            kind = term.kind
            match kind.type:
                case "bool" if key in by_year:
                    year = z3.Int(f"{key} from")
                    self.years[key] = year
                    self.domain += [year >= FIRST_YEAR, year <= NEVER]
                    self.by_key[key] = year < NEVER
                case "bool":
                    self.by_key[key] = z3.Bool(key)
                case "enum":
                    self._bounded(key, z3.Int(key), Fraction(0), Fraction(len(kind.values) - 1))
                case "int":
                    self._bounded(key, z3.Int(key), kind.low, kind.high)
                case _:
                    self._bounded(key, z3.Real(key), kind.low, kind.high)

    def _bounded(self, key: str, variable: Any, low: Fraction, high: Fraction) -> None:
        self.by_key[key] = variable
        self.domain += [variable >= rational(low), variable <= rational(high)]

    def condition(self, node: Expression) -> Any:
        """Return a grounded condition or amount as a solver expression."""
        import z3

        match node:
            case Truth(value):
                return z3.BoolVal(value)
            case Number(value):
                return rational(value)
            case Term():
                return self.by_key[say(node)]
            case Not(of):
                return z3.Not(self.condition(of))
            case And(parts):
                return z3.And([self.condition(one) for one in parts])
            case Or(parts):
                return z3.Or([self.condition(one) for one in parts])
            case Implies(given, then):
                return z3.Implies(self.condition(given), self.condition(then))
            case Dated(of, when, year):
                start = self.years[say(of)]
                if when == "before":
                    return start < year
                return start <= year if when == "by" else z3.And(start > year, start < NEVER)
            case Negative(of):
                return -self.condition(of)
            case Sum(left, sign, right):
                one, other = self.condition(left), self.condition(right)
                return one + other if sign == "+" else one - other
            case Product(left, right):
                return self.condition(left) * self.condition(right)
            case Votes(votes):
                return z3.Sum(
                    [
                        rational(one.weight)
                        if one.condition is None
                        else z3.If(self.condition(one.condition), rational(one.weight), rational(0))
                        for one in votes
                    ]
                )
            case Comparison(left, sign, right):
                return compare(self.condition(left), sign, self.condition(right))

    def value(self, model: Any, key: str) -> Value:
        """Return what a term is in a model."""
        import z3

        found = model.eval(self.by_key[key], model_completion=True)
        kind = self.terms[key].kind
        if kind.type == "bool":
            return bool(z3.is_true(found))
        amount = as_fraction(found)
        return kind.values[int(amount)] if kind.type == "enum" else amount

    def equals(self, key: str, value: Value) -> Any:
        """Return the condition that a term has a value."""
        kind = self.terms[key].kind
        if isinstance(value, bool):
            variable = self.by_key[key]
            return variable if value else _negated(variable)
        if isinstance(value, str):
            value = Fraction(kind.values.index(value))
        return self.by_key[key] == rational(value)


def compare(left: Any, sign: str, right: Any) -> Any:
    """Return a comparison of two amounts."""
    match sign:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def rational(value: Fraction | int) -> Any:
    """Return an exact number of the solver."""
    import z3

    exact = Fraction(value)
    if exact.denominator == 1:
        return z3.IntVal(exact.numerator)
    return z3.RealVal(f"{exact.numerator}/{exact.denominator}")


def as_fraction(number: Any) -> Fraction:
    """Return a number of the solver exactly."""
    import z3

    if z3.is_int_value(number):
        return Fraction(number.as_long())
    if z3.is_rational_value(number):
        return Fraction(number.numerator_as_long(), number.denominator_as_long())
    return Fraction(str(number).rstrip("?"))


def _negated(condition: Any) -> Any:
    import z3

    return z3.Not(condition)


class Feasibility:
    """Asks which lines of a table can hold together.

    Parameters
    ----------
    table
        Lines and facts.
    deadline
        ``time.monotonic()`` after which :class:`OutOfTimeError` is raised; ``None``: never.

    Raises
    ------
    ImpossibleFactsError
        The facts leave no deal even without any line.
    """

    def __init__(self, table: Negotiation, deadline: float | None = None) -> None:
        import z3

        self.table, self.deadline = table, deadline
        self.variables = Variables(table.terms, table.dated)
        self.solver = z3.Solver()
        self.asked = 0
        self._keep = [z3.Bool(f" keep {n}") for n in range(len(table.lines))]
        self._place = {one.get_id(): n for n, one in enumerate(self._keep)}
        self.solver.add(self.variables.domain)
        for fact in table.facts:
            self.solver.add(self.variables.condition(fact.holds.expression))
        for keep, line in zip(self._keep, table.lines, strict=True):
            self.solver.add(z3.Implies(keep, self.variables.condition(line.holds.expression)))
        if table.facts and not self.holds(()):
            raise ImpossibleFactsError(_contradiction(table.facts))

    def holds(self, kept: Iterable[int]) -> bool:
        """Tell whether these lines (by their place) can hold together."""
        import z3

        if self.deadline is not None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise OutOfTimeError
            self.solver.set("timeout", max(1, int(left * 1000)))
        self.asked += 1
        answer = self.solver.check([self._keep[n] for n in kept])
        if answer == z3.unknown:
            raise OutOfTimeError
        return bool(answer == z3.sat)

    def core(self) -> frozenset[int]:
        """Return lines that could not hold together in the last question (not yet minimal)."""
        return frozenset(self._place[one.get_id()] for one in self.solver.unsat_core())

    def deal(self) -> dict[str, Value]:
        """Return the deal that the last question found."""
        model = self.solver.model()
        return {key: self.variables.value(model, key) for key in self.variables.terms}

    def learn(self, condition: Any) -> None:
        """Add a condition that every deal meets (a bound found by an engine)."""
        self.solver.add(condition)


def needed_facts(table: Negotiation) -> tuple[Fact, ...]:
    """Return a minimal set of facts by which the lines of ``table`` cannot hold together."""
    import z3

    variables = Variables(table.terms, table.dated)
    solver = z3.Solver()
    solver.add(variables.domain)
    for line in table.lines:
        solver.add(variables.condition(line.holds.expression))
    marks = [z3.Bool(f" fact {n}") for n in range(len(table.facts))]
    for mark, fact in zip(marks, table.facts, strict=True):
        solver.add(z3.Implies(mark, variables.condition(fact.holds.expression)))
    kept = list(range(len(marks)))
    for n in list(kept):
        rest = [m for m in kept if m != n]
        if solver.check([marks[m] for m in rest]) == z3.unsat:
            kept = rest
    return tuple(table.facts[n] for n in kept)


def _contradiction(facts: Sequence[Fact]) -> str:
    named = needed_facts(Negotiation(lines=(), facts=tuple(facts)))
    told = ", ".join(f"{one.id} ({say(one.holds.expression)})" for one in named)
    return f"the facts contradict each other or a domain, so no deal is possible at all: {told}"
