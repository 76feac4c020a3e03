"""The zone of agreement: what all lines leave, who does best where in it, and the Nash deal.

How well a party does is read from its own lines and priced by their yielding costs, those that a
way out gives up included: a line that is met is worth its points; an amount that falls short of
one is worth them in proportion, down to nothing at the far end of its domain. Going beyond a line
is worth nothing more, because nobody said so. That is a judgement of ours about tastes that
nobody states; it orders deals, it measures nothing.

Source: Nash (1950), The bargaining problem, Econometrica 18, 155-162: the deal that makes the
product of the gains largest. Gains are counted from the party's worst deal in the zone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from accord.bargaining.constraint import Value, Variables, as_fraction, rational
from accord.bargaining.line import Line, Negotiation
from accord.bargaining.win_set import Landing, Menus, landings
from accord.language.expression import And, Comparison, Expression, Not, Number, Term, say

EDGE_POINTS = 9
ROUNDS = 6


class Deal(msgspec.Struct, frozen=True, kw_only=True):
    """A deal, and how well each party does in it, in points of its own lines."""

    terms: Mapping[str, str]
    points: Mapping[str, float]


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """What can be agreed on.

    Attributes
    ----------
    given_up
        Lines that a way out gives up; the zone of the table itself where there are none.
    landings
        What the other lines leave of each term.
    share
        Share of the menu.
    best
        Each party's best deal in the zone.
    nash
        The Nash bargaining deal.
    edge
        Pareto edge between two parties: points of both, from one's best to the other's. Points
        that a weighted sum can reach; the edge may dent between them.
    between
        The two parties of the edge.
    """

    given_up: tuple[str, ...]
    landings: tuple[Landing, ...]
    share: float | None
    best: Mapping[str, Deal]
    nash: Deal | None
    edge: tuple[tuple[float, float], ...]
    between: tuple[str, str] | None


class _Group:
    """One group of the zone: its conditions, and what each party gains in it."""

    def __init__(self, kept: Negotiation, every: Sequence[Line], parties: Sequence[str]) -> None:
        self.variables = Variables(
            {**kept.terms, **{k: t for line in every for k, t in line.holds.terms.items()}},
            kept.dated | frozenset(k for line in every for k in line.holds.dated),
        )
        self.fixed = [
            *self.variables.domain,
            *(self.variables.condition(one.holds.expression) for one in kept.facts),
            *(self.variables.condition(one.holds.expression) for one in kept.lines),
        ]
        self._done: dict[tuple[tuple[str, Fraction], ...], Any] = {}
        self.points = {
            party: [_points(line, self.variables) for line in every if line.party == party]
            for party in parties
        }

    def gain(self, party: str) -> Any:
        """Return the party's points as a solver expression."""
        import z3

        parts = self.points[party]
        return z3.Sum(parts) if parts else rational(0)

    def best(self, weights: Mapping[str, Fraction]) -> Any:
        """Return the model that maximises the weighted points."""
        import z3

        own = [(one, weight) for one, weight in weights.items() if self.points[one] and weight]
        largest = max((abs(weight) for _, weight in own), default=Fraction(1))
        asked = tuple((one, weight / largest) for one, weight in own)
        if asked not in self._done:
            solver = z3.Optimize()
            solver.add(self.fixed)
            goal = [rational(weight) * self.gain(one) for one, weight in asked]
            solver.maximize(z3.Sum(goal) if goal else rational(0))
            self._done[asked] = solver.model() if solver.check() == z3.sat else None
        return self._done[asked]

    def score(self, model: Any) -> dict[str, Fraction]:
        """Return the points of each party in a model."""
        import z3

        return {
            party: as_fraction(
                z3.simplify(model.eval(z3.ToReal(rational(0)) + self.gain(party), True))
            )
            for party in self.points
        }

    def read(self, model: Any) -> dict[str, str]:
        """Return the deal of a model."""
        found = {}
        for key, term in self.variables.terms.items():
            value = self.variables.value(model, key)
            found[key] = show(value, term.kind.unit)
        return found


def show(value: Value, unit: str = "") -> str:
    """Return a term's value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    number = float(value)
    text = f"{number:.4g}" if abs(number) < 1000 else f"{number:.0f}"
    return f"{text} {unit}" if unit and unit != "year" else text


def _points(line: Line, variables: Variables) -> Any:
    """Return what a deal is worth to a line's owner, as a solver expression."""
    import z3

    weight = Fraction(line.cost if line.cost is not None else 1).limit_denominator(1000)
    parts = _wishes(line.holds.expression)
    each = weight / len(parts)
    return z3.Sum([_worth(one, each, variables) for one in parts])


def _wishes(node: Expression) -> list[Expression]:
    if isinstance(node, And):
        return [wish for one in node.parts for wish in _wishes(one)]
    return [node]


def _worth(node: Expression, weight: Fraction, variables: Variables) -> Any:
    import z3

    met = variables.condition(node)
    plain = z3.If(met, z3.ToReal(rational(0)) + rational(weight), z3.ToReal(rational(0)))
    if isinstance(node, Not) or not isinstance(node, Comparison):
        return plain
    term, bound = node.left, node.right
    if not (isinstance(term, Term) and isinstance(bound, Number)) or node.sign in {"==", "!="}:
        return plain
    kind = variables.terms[say(term)].kind
    if kind.type == "enum":
        return plain
    variable = variables.by_key[say(term)]
    low, high, b = kind.low, kind.high, bound.value
    if node.sign in {">", ">="}:
        short, to_line = variable - rational(low), b - low
    else:
        short, to_line = rational(high) - variable, high - b
    up = short * rational(weight / to_line) if to_line > 0 else z3.ToReal(rational(0))
    return z3.If(met, z3.ToReal(rational(0)) + rational(weight), up)


def zone(
    table: Negotiation,
    give_up: Sequence[str] = (),
    *,
    between: tuple[str, str] | None = None,
    drawn: Menus | None = None,
) -> Zone:
    """Return the zone of agreement once some lines are given up.

    Parameters
    ----------
    table
        All lines, those given up included: their owners still want what they asked for.
    give_up
        A way out.
    between
        The two parties of the Pareto edge.
    drawn
        The table's menus, if they are at hand.
    """
    kept = table.without(give_up)
    parties = tuple(dict.fromkeys(line.party for line in table.lines))
    left = landings(kept)
    if kept.lines and not left:
        return Zone(given_up=tuple(give_up), landings=(), share=0.0, best={}, nash=None, edge=(),
                    between=between)  # fmt: skip
    drawn = drawn or Menus(table)
    groups = [_Group(group.without(give_up), group.lines, parties) for group in table.groups()]
    best: dict[str, Deal] = {}
    tops: dict[str, Fraction] = {}
    worst: dict[str, Fraction] = {}
    for party in parties:
        weights = {one: Fraction(1 if one == party else 0) for one in parties}
        # Among the party's best deals, the one that does most for the others.
        weights = {
            one: weight + (Fraction(1, 1000) if one != party else 0)
            for one, weight in weights.items()
        }
        models = [group.best(weights) for group in groups]
        best[party] = _deal(groups, models, parties)
        tops[party] = sum((g.score(m)[party] for g, m in zip(groups, models, strict=True)),
                          Fraction(0))  # fmt: skip
        against = {one: Fraction(-1 if one == party else 0) for one in parties}
        worst[party] = sum(
            (g.score(g.best(against))[party] for g in groups if g.points[party]), Fraction(0)
        )
    nash = _nash(groups, parties, worst, tops)
    edge: list[tuple[float, float]] = []
    if between is not None and all(one in parties for one in between):
        for n in range(EDGE_POINTS):
            share = Fraction(max(1, n * 100), (EDGE_POINTS - 1) * 100)
            share = min(share, Fraction(99, 100)) if n else Fraction(1, 100)
            weights = {one: Fraction(0) for one in parties}
            weights[between[0]], weights[between[1]] = share, 1 - share
            models = [group.best(weights) for group in groups]
            points = _deal(groups, models, parties).points
            pair = (round(points[between[0]], 4), round(points[between[1]], 4))
            if not edge or pair != edge[-1]:
                edge.append(pair)
    return Zone(
        given_up=tuple(give_up),
        landings=left,
        share=drawn.share(line.id for line in kept.lines),
        best=best,
        nash=nash,
        edge=tuple(edge),
        between=between,
    )


def _deal(groups: Sequence[_Group], models: Sequence[Any], parties: Sequence[str]) -> Deal:
    terms: dict[str, str] = {}
    points = dict.fromkeys(parties, Fraction(0))
    for group, model in zip(groups, models, strict=True):
        terms |= group.read(model)
        for party, value in group.score(model).items():
            points[party] += value
    return Deal(terms=terms, points={party: float(value) for party, value in points.items()})


def _nash(
    groups: Sequence[_Group],
    parties: Sequence[str],
    worst: Mapping[str, Fraction],
    tops: Mapping[str, Fraction],
) -> Deal | None:
    """Maximise the product of gains, group after group with the others held.

    Inside a group the logarithm of the gains is approached from above by tangents until the next
    one changes nothing (Kelley's cutting planes); going round the groups raises the product each
    time, so it ends at a deal that no change within one group improves.
    """
    players = [one for one in parties if tops[one] > worst[one]]
    start = {one: Fraction(1 if one in players else 0) for one in parties}
    models = [group.best(start) for group in groups]
    scores = [group.score(model) for group, model in zip(groups, models, strict=True)]
    if not players:
        return _deal(groups, models, parties)

    def product() -> float:
        return sum(math.log(max(float(sum(s[p] for s in scores) - worst[p]), 1e-6))
                   for p in players)  # fmt: skip

    before = -math.inf
    for _ in range(ROUNDS):
        now = product()
        if now <= before + 1e-6:
            break
        before = now
        for n, group in enumerate(groups):
            mine = [one for one in players if group.points[one]]
            if not mine:
                continue
            others = {
                one: sum((s[one] for m, s in enumerate(scores) if m != n), Fraction(0)) - worst[one]
                for one in mine
            }
            model = _log_best(group, mine, others)
            if model is None:
                continue
            kept = models[n], scores[n]
            models[n], scores[n] = model, group.score(model)
            if product() < now - 1e-9:
                models[n], scores[n] = kept
            now = product()
    return _deal(groups, models, parties)


def _log_best(group: _Group, mine: Sequence[str], others: Mapping[str, Fraction]) -> Any:
    import z3

    solver = z3.Optimize()
    solver.add(group.fixed)
    heights = {one: z3.Real(f" log {one}") for one in mine}
    gains = {one: z3.ToReal(rational(0)) + group.gain(one) + rational(others[one])
             for one in mine}  # fmt: skip
    for one in mine:
        solver.add(gains[one] >= 0)
        for at in (Fraction(1, 4), Fraction(2), Fraction(8), Fraction(32)):
            solver.add(heights[one] <= _tangent(gains[one], at))
    solver.maximize(z3.Sum(list(heights.values())))
    model = None
    for _ in range(4):
        if solver.check() != z3.sat:
            return model
        model = solver.model()
        cut = False
        for one in mine:
            gain = as_fraction(z3.simplify(model.eval(gains[one], True)))
            height = as_fraction(z3.simplify(model.eval(heights[one], True)))
            if gain > 0 and float(height) > math.log(float(gain)) + 0.01:
                solver.add(heights[one] <= _tangent(gains[one], gain.limit_denominator(64)))
                cut = True
        if not cut:
            return model
    return model


def _tangent(gain: Any, at: Fraction) -> Any:
    """Return the tangent of the logarithm at a point, rounded up so that it stays above."""
    at = max(at, Fraction(1, 64))
    height = Fraction(math.log(at) + 1e-4).limit_denominator(10_000) + Fraction(1, 5000)
    return rational(height) + (gain - rational(at)) * rational(1 / at)
