"""How far each line would have to move: points, billions, years, or the whole of a yes or no.

Every amount in a line gets a slack (none, or at least a step: a point, a billion, a year), every
yes-or-no line can be given up. Moving all the way to
what the others in its quarrels ask costs a line's owner its whole yielding cost, moving part of
the way that part; where nobody said what yielding costs, each line counts one point. The least
total is found by exact optimisation.

* ``least``: the smallest sum over all lines.
* ``even``: the burden of the party that bears most is as small as can be, then that of the next,
  and so on (leximin over the parties).
* ``alone``: one party moves and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from accord.bargaining.constraint import FIRST_YEAR, NEVER, Variables, as_fraction, rational
from accord.bargaining.line import Line, Negotiation
from accord.language import measure
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
    Votes,
    say,
)

CLOSE = Fraction(1, 10)
"""Points of cost that are not worth telling apart when burdens are evened out."""


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """What one line would have to do.

    Attributes
    ----------
    line, party
        Whose.
    given_up
        Whether it is given up altogether.
    amount, unit
        How far a bound moves, and in which unit; zero where the line is given up.
    bound
        The bound that moves, as written.
    cost
        Points of the line's owner.
    """

    line: str
    party: str
    given_up: bool
    amount: float = 0.0
    unit: str = ""
    bound: str = ""
    cost: float = 0.0


class Elastic(msgspec.Struct, frozen=True, kw_only=True):
    """A set of moves after which every line holds.

    Attributes
    ----------
    mode
        ``least``, ``even`` or ``alone``.
    moves
        Only the lines that move.
    cost, by_party
        Points, in sum and of each party.
    party
        Who moves alone.
    """

    mode: str
    moves: tuple[Move, ...]
    cost: float
    by_party: Mapping[str, float]
    party: str = ""


class _Slack(msgspec.Struct, frozen=True):
    """A slack of one bound of a line."""

    variable: Any
    bound: str
    unit: str
    most: Fraction


class Relaxed:
    """A line with a slack at every bound and a switch that gives it up.

    With ``steps`` a bound moves by at least one step, or not at all.
    """

    def __init__(self, line: Line, variables: Variables, *, steps: bool = True) -> None:
        import z3

        self._whole_steps = steps

        self.line, self._variables = line, variables
        self.given_up = z3.Bool(f" gives up {line.id}")
        self.slacks: list[_Slack] = []
        self._steps: list[Any] = []
        self.condition = z3.Or(self.given_up, self._relax(line.holds.expression, True))
        self.domain = [z3.And(one.variable >= 0, one.variable <= rational(one.most))
                       for one in self.slacks] + self._steps  # fmt: skip

    def held(self) -> list[Any]:
        """Return the conditions under which the line does not move."""
        import z3

        return [z3.Not(self.given_up), *(one.variable == 0 for one in self.slacks)]

    def _slack(
        self, bound: str, unit: str, most: Fraction, step: Fraction, whole: bool = False
    ) -> Any:
        import z3

        name = f" slack {self.line.id} {len(self.slacks)}"
        variable = z3.Int(name) if whole else z3.Real(name)
        if self._whole_steps:
            self._steps.append(z3.Or(variable == 0, variable >= rational(step)))
        self.slacks.append(_Slack(variable, bound, unit, max(most, step)))
        return variable

    def _relax(self, node: Expression, wanted: bool) -> Any:
        import z3

        match node:
            case Not(of):
                return self._relax(of, not wanted)
            case And(parts):
                inner = [self._relax(one, wanted) for one in parts]
                return z3.And(inner) if wanted else z3.Or(inner)
            case Or(parts):
                inner = [self._relax(one, wanted) for one in parts]
                return z3.Or(inner) if wanted else z3.And(inner)
            case Implies(given, then):
                inner = [self._relax(given, not wanted), self._relax(then, wanted)]
                return z3.Or(inner) if wanted else z3.And(inner)
            case Dated(of, when, year):
                return self._relax_date(node, say(of), when, year, wanted)
            case Comparison() if not self._of_words(node):
                return self._relax_comparison(node, wanted)
        plain = self._variables.condition(node)
        return plain if wanted else z3.Not(plain)

    def _of_words(self, node: Comparison) -> bool:
        sides = (node.left, node.right)
        terms = [self._variables.terms[say(one)] for one in sides if isinstance(one, Term)]
        return any(isinstance(one, Votes) for one in sides) or any(
            term.kind.type == "enum" for term in terms
        )

    def _relax_comparison(self, node: Comparison, wanted: bool) -> Any:
        import z3

        opposite = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
        sign = node.sign if wanted else opposite[node.sign]
        left = self._variables.condition(node.left)
        right = self._variables.condition(node.right)
        if sign == "!=":
            return left != right
        low, high = self._range(Sum(node.left, "-", node.right))
        unit, step, whole = self._unit(node)
        text = f"{say(node.left)} {sign} {say(node.right)}"
        match sign:
            case "==":
                t = self._slack(text, unit, max(high, -low), step, whole)
                return z3.And(left - right <= t, right - left <= t)
            case "<=":
                return left <= right + self._slack(text, unit, high, step, whole)
            case ">=":
                return right <= left + self._slack(text, unit, -low, step, whole)
            case "<":
                t = self._slack(text, unit, high + step, step, whole)
                return z3.Or(left < right, z3.And(t > 0, left + rational(step) <= right + t))
            case _:
                t = self._slack(text, unit, step - low, step, whole)
                return z3.Or(right < left, z3.And(t > 0, right + rational(step) <= left + t))

    def _relax_date(self, node: Dated, key: str, when: str, year: int, wanted: bool) -> Any:
        import z3

        start = self._variables.years[key]
        last = year - 1 if when == "before" else year
        sign = "<=" if (when != "after") == wanted else ">"
        text = say(node) if wanted else f"not {say(node)}"
        t = self._slack(text, "year", Fraction(NEVER - FIRST_YEAR), Fraction(1), True)
        if sign == "<=":
            return start <= last + t
        within = [start < NEVER] if when == "after" and wanted else []
        return z3.And([start + t > last, *within])

    def _unit(self, node: Comparison) -> tuple[str, Fraction, bool]:
        terms = [
            term for key, term in self.line.holds.terms.items()
            if any(say(one) == key for one in _terms_of(node))
        ]  # fmt: skip
        if not terms:
            return "", Fraction(1), False
        kind = terms[0].kind
        own = measure.scale(kind.unit)
        step = measure.step(kind.unit, kind.high - kind.low) * own
        if all(term.kind.type == "int" for term in terms):
            return kind.unit, Fraction(1), True
        return kind.unit, step, False

    def _range(self, node: Expression) -> tuple[Fraction, Fraction]:
        """Return the least and the largest value of an amount over the domains."""
        match node:
            case Number(value):
                return value, value
            case Term():
                kind = self._variables.terms[say(node)].kind
                return kind.low, kind.high
            case Negative(of):
                low, high = self._range(of)
                return -high, -low
            case Sum(left, sign, right):
                a, b = self._range(left), self._range(right)
                return (a[0] + b[0], a[1] + b[1]) if sign == "+" else (a[0] - b[1], a[1] - b[0])
            case Product(left, right):
                ends = [x * y for x in self._range(left) for y in self._range(right)]
                return min(ends), max(ends)
            case _:
                return Fraction(-1000), Fraction(1000)


def _terms_of(node: Expression) -> Iterable[Term]:
    from accord.language.expression import terms

    return terms(node)


class Elasticity:
    """The moves that are possible on a table, priced.

    Parameters
    ----------
    table
        Lines and facts.
    quarrels
        All quarrels of the table: going all the way to what the others in them ask costs a line
        its whole yielding cost.
    """

    def __init__(self, table: Negotiation, quarrels: Sequence[Sequence[str]]) -> None:
        quarrelling = {name for quarrel in quarrels for name in quarrel}
        groups = [
            one for one in table.groups() if any(line.id in quarrelling for line in one.lines)
        ]
        lines = tuple(line for one in groups for line in one.lines)
        facts = tuple(fact for one in groups for fact in one.facts)
        self.table = Negotiation(lines=lines, facts=facts)
        self.variables = Variables(self.table.terms, self.table.dated)
        self.relaxed = {line.id: Relaxed(line, self.variables) for line in lines}
        self._groups = groups
        self.fixed = self._fixed_of(self.table)
        self.parties = tuple(dict.fromkeys(line.party for line in lines))
        self._spans = self._all_spans(quarrels)
        self.cost = {line.id: self._cost(line) for line in lines}

    def least(self) -> Elastic:
        """Return the moves with the smallest sum; groups that share no term are solved apart."""
        return self._answer("least", [self._least_of(group) for group in self._groups])

    def even(self) -> Elastic:
        """Return the moves that burden the most burdened party least, then the next, and so on.

        Burdens are found to :data:`CLOSE` points.
        """
        import z3

        solver = z3.Solver()
        solver.add(self.fixed)
        burden = {party: self._sum(self._of(party)) for party in self.parties}
        most = {
            party: sum(line.cost if line.cost is not None else 1.0 for line in self.table.lines
                       if line.party == party)
            for party in self.parties
        }  # fmt: skip
        free = sorted(self.parties, key=lambda one: -most[one])

        model: Any = None

        def within(height: Fraction, some: Iterable[str]) -> bool:
            solver.push()
            solver.add([burden[one] <= rational(height) for one in some])
            answer = solver.check() == z3.sat
            if answer:
                nonlocal model
                model = solver.model()
            solver.pop()
            return bool(answer)

        high = Fraction(max(most.values(), default=0.0)).limit_denominator(1000)
        within(high, free)
        while free:
            low = Fraction(0)
            if within(low, free):
                break
            while high - low > CLOSE:
                middle = ((high + low) / 2).limit_denominator(1000)
                if within(middle, free):
                    high = middle
                else:
                    low = middle
            # Nobody but the parties that cannot do with less stays at the top.
            stuck = []
            for one in free:
                solver.push()
                solver.add(burden[one] <= rational(low))
                if not within(high, free):
                    stuck.append(one)
                solver.pop()
            stuck = stuck or free[:1]
            solver.add([burden[one] <= rational(high) for one in stuck])
            free = [one for one in free if one not in stuck]
            within(high, free)
        return self._answer("even", [model] * len(self._groups))

    def alone(self, party: str) -> Elastic | None:
        """Return what one party would have to move if nobody else does; ``None``: not enough."""
        held = [
            condition
            for name, one in self.relaxed.items()
            if one.line.party != party
            for condition in one.held()
        ]
        found = [self._least_of(group, held) for group in self._groups]
        return None if None in found else self._answer("alone", found, party)

    def _least_of(self, group: Negotiation, more: Iterable[Any] = ()) -> Any:
        names = {line.id for line in group.lines}
        costs = {name: cost for name, cost in self.cost.items() if name in names}
        import z3

        # Where moving all the way costs as much as giving up, say how far.
        given_up = [
            z3.If(self.relaxed[name].given_up, z3.RealVal("1/1000"), z3.RealVal(0))
            for name in costs
        ]
        goal = z3.Sum([self._sum(costs), *given_up])
        return self._minimise(goal, more, self._fixed_of(group))

    def _fixed_of(self, group: Negotiation) -> list[Any]:
        relaxed = [self.relaxed[line.id] for line in group.lines]
        return [
            *self.variables.domain,
            *(self.variables.condition(fact.holds.expression) for fact in group.facts),
            *(one.condition for one in relaxed),
            *(limit for one in relaxed for limit in one.domain),
        ]

    # Prices -------------------------------------------------------------------------------------

    def _all_spans(self, quarrels: Sequence[Sequence[str]]) -> dict[str, list[Fraction]]:
        """Return, for each slack, the way to what the others in the line's quarrels ask."""
        spans = {name: [Fraction(0)] * len(one.slacks) for name, one in self.relaxed.items()}
        for quarrel in quarrels:
            for name in quarrel:
                for n, _ in enumerate(self.relaxed[name].slacks):
                    spans[name][n] = max(spans[name][n], self._way(name, n, quarrel))
        for name, one in self.relaxed.items():
            spans[name] = [
                span if span > 0 else max(slack.most, Fraction(1))
                for span, slack in zip(spans[name], one.slacks, strict=True)
            ]
        return spans

    def _way(self, name: str, n: int, quarrel: Sequence[str]) -> Fraction:
        one = self.relaxed[name]
        held = [
            condition
            for other in quarrel
            if other != name
            for condition in [*self.relaxed[other].held()]
        ]
        held += [slack.variable == 0 for m, slack in enumerate(one.slacks) if m != n]
        import z3

        held.append(z3.Not(one.given_up))
        involved = self.table.only(quarrel)
        model = self._minimise(one.slacks[n].variable, held, self._fixed_of(involved))
        if model is None:
            return Fraction(0)
        return as_fraction(model.eval(one.slacks[n].variable, model_completion=True))

    def _cost(self, line: Line) -> Any:
        import z3

        one = self.relaxed[line.id]
        whole = Fraction(line.cost if line.cost is not None else 1).limit_denominator(1000)
        parts = [
            slack.variable * rational(whole / span)
            for slack, span in zip(one.slacks, self._spans[line.id], strict=True)
        ]
        moved = z3.Sum(parts) if parts else rational(0)
        return z3.If(one.given_up, z3.ToReal(rational(whole)) if whole.denominator == 1
                     else rational(whole), moved)  # fmt: skip

    def _of(self, party: str) -> dict[str, Any]:
        return {
            name: cost for name, cost in self.cost.items()
            if self.relaxed[name].line.party == party
        }  # fmt: skip

    @staticmethod
    def _sum(costs: Mapping[str, Any]) -> Any:
        import z3

        return z3.Sum(list(costs.values())) if costs else rational(0)

    @staticmethod
    def _minimise(goal: Any, more: Iterable[Any], fixed: list[Any]) -> Any:
        import z3

        solver = z3.Optimize()
        solver.add(fixed)
        solver.add(list(more))
        solver.minimize(goal)
        return solver.model() if solver.check() == z3.sat else None

    def _answer(self, mode: str, models: Sequence[Any], party: str = "") -> Elastic:
        import z3

        moves: list[Move] = []
        by_party: dict[str, float] = {}
        model_of = {
            line.id: model
            for group, model in zip(self._groups, models, strict=True)
            for line in group.lines
        }
        for name, one in self.relaxed.items():
            model = model_of[name]
            cost = float(as_fraction(z3.simplify(model.eval(self.cost[name],
                                                            model_completion=True))))  # fmt: skip
            by_party[one.line.party] = by_party.get(one.line.party, 0.0) + cost
            if z3.is_true(model.eval(one.given_up, model_completion=True)):
                moves.append(Move(line=name, party=one.line.party, given_up=True, cost=cost))
                continue
            for slack, span in zip(one.slacks, self._spans[name], strict=True):
                amount = as_fraction(model.eval(slack.variable, model_completion=True))
                if amount > 0:
                    whole = one.line.cost if one.line.cost is not None else 1.0
                    moves.append(
                        Move(
                            line=name,
                            party=one.line.party,
                            given_up=False,
                            amount=float(amount),
                            unit=slack.unit,
                            bound=slack.bound,
                            cost=float(whole * amount / span),
                        )
                    )
        return Elastic(
            mode=mode,
            moves=tuple(moves),
            cost=sum(by_party.values()),
            by_party={name: cost for name, cost in by_party.items() if cost > 0},
            party=party,
        )
