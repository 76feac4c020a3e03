"""Consequences in red lines: tonnes, degrees and dollars, by bounds that engines confirm.

A consequence is not linear in the terms of a deal, so the solver knows it only by bounds. Every
bound comes from an engine's answer for one deal: nothing weaker than a deal with 1.9 °C warms less
than that, nothing stronger warms more. The solver proposes a deal; the engine answers; if the
lines hold at its answer the deal is confirmed, else two new bounds rule it out, and the solver
proposes again (counterexample-guided refinement). What cannot be met under true bounds cannot be
met. The one assumption is that a consequence does not fall and rise with the same term.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import msgspec

from accord.bargaining.constraint import Feasibility, OutOfTimeError, Value, rational
from accord.bargaining.line import Fact, Negotiation
from accord.bargaining.quarrel import Enumeration, Progress, enumerate_group
from accord.language.expression import (
    And,
    Comparison,
    Expression,
    Implies,
    Name,
    Number,
    Truth,
    say,
)
from accord.language.term import GroundTerm
from accord.language.vocabulary import Grounded

Engine: TypeAlias = Callable[[Mapping[str, Value], Sequence[str]], Mapping[str, float]]
"""Called with a deal (terms that it settles) and keys of consequences; returns their values."""

STRONGER: Mapping[str, int] = {
    "cut": 1,
    "cut_from_peak": 1,
    "intensity_cut": 1,
    "peak": -1,
    "neutral": -1,
}
"""Terms that drive emissions, and which way is more effort."""

RISES: Mapping[str, int] = {
    "emissions": -1,
    "per_capita": -1,
    "warming": -1,
    "gap": -1,
    "cost": 1,
    "leakage": 1,
}
"""Whether a consequence rises or falls with effort."""

LINK = "ENGINES"
"""Id of the fact that ties consequences to the terms that drive them."""

MOST_TRIES = 40
CLOSE: Mapping[str, Fraction] = {
    "°C": Fraction(1, 100),
    "Mt": Fraction(1),
    "%": Fraction(1, 100),
    "t/person": Fraction(1, 100),
}
"""How near an engine's answer is kept to, in the unit of the consequence."""


class Confirming(Feasibility):
    """Asks which lines can hold together, and lets an engine confirm it.

    Parameters
    ----------
    table
        Lines and facts; every consequence and every term that drives it (:func:`link`).
    engine
        What answers for consequences.
    deadline
        As in :class:`Feasibility`.

    Attributes
    ----------
    evaluated
        Deals that the engine was asked about, with its answers.
    learned
        The bounds that follow from them, as facts.
    unsettled
        Whether some question ended without the engine's word; then "can hold" means that the
        bounds known so far allow it.
    """

    def __init__(self, table: Negotiation, engine: Engine, deadline: float | None = None) -> None:
        super().__init__(table, deadline)
        terms = self.variables.terms
        self.engine = engine
        self.evaluated: list[tuple[dict[str, Value], dict[str, float]]] = []
        self.learned: list[Fact] = []
        self.unsettled = False
        self.consequences = {key: term for key, term in terms.items() if term.kind.consequence}
        linked = {key for fact in table.facts if fact.id == LINK for key in fact.holds.terms}
        self.levers = {k: t for k, t in terms.items() if k in linked and not t.kind.consequence}
        for effort in (1, -1):
            self._ask({key: self._end(key, effort) for key in self.levers})

    def holds(self, kept: Iterable[int]) -> bool:
        """Tell whether these lines can hold together, by a deal that the engine confirmed."""
        wanted = list(kept)
        possible = super().holds(wanted)
        if not possible or not self._concerned(wanted):
            return possible
        for _ in range(MOST_TRIES):
            proposed = self.deal()
            for effort in (1, -1):
                pushed = self._pushed(wanted, effort)
                if pushed is not None and self._confirmed(wanted, pushed):
                    return True
            if self._confirmed(wanted, {key: proposed[key] for key in self.levers}):
                return True
            if not super().holds(wanted):
                return False
        self.unsettled = True
        return True

    def _concerned(self, kept: Sequence[int]) -> bool:
        return any(
            key in self.consequences for n in kept for key in self.table.lines[n].holds.terms
        )

    def _end(self, key: str, effort: int) -> Value:
        kind = self.levers[key].kind
        return kind.high if STRONGER[kind.name] * effort > 0 else kind.low

    def _pushed(self, kept: Sequence[int], effort: int) -> dict[str, Value] | None:
        """Return levers as far as the kept lines let them go, consequences left aside."""
        import z3

        solver = z3.Optimize()
        solver.add(self.variables.domain)
        for fact in self.table.facts:
            solver.add(self.variables.condition(fact.holds.expression))
        for n in kept:
            holds = self.table.lines[n].holds
            if not any(key in self.consequences for key in holds.terms):
                solver.add(self.variables.condition(holds.expression))
        solver.set(priority="lex")
        for key in self.levers:
            variable = self.variables.by_key[key]
            up = STRONGER[self.levers[key].kind.name] * effort > 0
            solver.maximize(variable) if up else solver.minimize(variable)
        if solver.check() != z3.sat:
            return None
        model = solver.model()
        return {key: self.variables.value(model, key) for key in self.levers}

    def _confirmed(self, kept: Sequence[int], levers: Mapping[str, Value]) -> bool:
        answer = self._ask(levers)
        conditions = [self.variables.equals(key, value) for key, value in levers.items()]
        for key, value in answer.items():
            near = CLOSE.get(self.consequences[key].kind.unit, Fraction(1, 100))
            exact = _exact(value)
            variable = self.variables.by_key[key]
            conditions += [variable >= rational(exact - near), variable <= rational(exact + near)]
        self.solver.push()
        self.solver.add(conditions)
        try:
            return super().holds(kept)
        finally:
            self.solver.pop()

    def _ask(self, levers: Mapping[str, Value]) -> dict[str, float]:
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise OutOfTimeError
        for known, answer in self.evaluated:
            if known == levers:
                return answer
        answer = dict(self.engine(levers, tuple(self.consequences)))
        self.evaluated.append((dict(levers), answer))
        self._bound(levers, answer)
        return answer

    def _bound(self, levers: Mapping[str, Value], answer: Mapping[str, float]) -> None:
        """Rule out what cannot be once the engine has answered for one deal."""
        weaker: list[Expression] = []
        stronger: list[Expression] = []
        for key, value in levers.items():
            term = self.levers[key].term
            at = Number(_amount(value))
            up = STRONGER[term.name] > 0
            weaker.append(Comparison(term, "<=" if up else ">=", at))
            stronger.append(Comparison(term, ">=" if up else "<=", at))
        run = ", ".join(f"{key} = {float(_amount(v)):g}" for key, v in levers.items()) or "any deal"
        for key, answered in answer.items():
            one = self.consequences[key]
            near = CLOSE.get(one.kind.unit, Fraction(1, 100))
            least = Comparison(one.term, ">=", Number(_exact(answered) - near))
            most = Comparison(one.term, "<=", Number(_exact(answered) + near))
            falls = RISES[one.kind.name] < 0
            for given, bound, words in (
                (weaker, least if falls else most, "no more effort"),
                (stronger, most if falls else least, "no less effort"),
            ):
                condition: Expression = Implies(And(tuple(given)), bound) if given else bound
                terms = {k: t for k, t in self.variables.terms.items()
                         if k == key or k in levers}  # fmt: skip
                sign = "at least" if bound.sign == ">=" else "at most"
                self.learned.append(
                    Fact(
                        id=f"ENGINE-{len(self.learned) + 1}",
                        holds=Grounded(condition, terms, frozenset()),
                        statement=f"with {words} than {run}, {key} is {sign} "
                        f"{answered:.3g} {one.kind.unit} by the engines",
                    )
                )
                self.learn(self.variables.condition(condition))


def is_lever(term: GroundTerm, day: dt.date) -> bool:
    """Tell whether a term drives emissions from a day on, of a party with a path of its own."""
    from accord.parties import partition

    if term.kind.name not in STRONGER or term.kind.type not in {"int", "real"}:
        return False
    years = [one.value for one in term.term.arguments if isinstance(one, Number)]
    owners = [one.text for one in term.term.arguments if isinstance(one, Name)]
    return all(year > day.year for year in years) and all(one in partition() for one in owners)


def link(terms: Iterable[GroundTerm]) -> Fact:
    """Return the fact that consequences and the terms that drive them belong together."""
    return Fact(
        id=LINK,
        holds=Grounded(Truth(True), {term.key: term for term in terms}, frozenset()),
        statement="",
    )


def confirming(
    engine: Engine,
    *,
    deadline: float | None,
    progress: Progress | None = None,
    told: list[str] | None = None,
) -> Callable[[Negotiation], Enumeration]:
    """Return a search for the quarrels of a group in which an engine confirms every answer.

    Groups without consequences are searched as always. What was confirmed is added to ``told``.
    """

    def search(group: Negotiation) -> Enumeration:
        if not any(term.kind.consequence for term in group.terms.values()):
            return enumerate_group(group, deadline=deadline, progress=progress)
        try:
            ask = Confirming(group, engine, deadline)
        except OutOfTimeError:
            return Enumeration(quarrels=(), ways=(), complete=False, asked=0)
        found = enumerate_group(group, deadline=deadline, progress=progress, ask=ask)
        if told is not None:
            told.extend(report(ask))
        return msgspec.structs.replace(found, learned=tuple(ask.learned))

    return search


def report(ask: Confirming) -> list[str]:
    """Return what the engine confirmed, in sentences."""
    sentences = []
    for key, term in ask.consequences.items():
        values = [answer[key] for _, answer in ask.evaluated if key in answer]
        unit = term.kind.unit
        sentences.append(
            f"Confirmed by the engines: {key} lies between {min(values):.4g} and "
            f"{max(values):.4g} {unit} over the {len(values)} deals that were run"
            f"{_percentile(term)}; every quarrel and way out with it rests on such runs, not on a "
            "formula."
        )
    sentences.append(
        "Movements, ranges and shares that touch a consequence rest on the bounds of these runs "
        "alone: they are the least that is needed, and not confirmed one by one."
    )
    if ask.unsettled:
        sentences.append(
            "Not every question was settled by the engines: where the bounds left it open, lines "
            "were taken to be able to hold together."
        )
    return sentences


def _percentile(term: GroundTerm) -> str:
    words = [say(one) for one in term.term.arguments]
    percentile = next((one[1:] for one in words if one.startswith("p") and one[1:].isdigit()), "")
    return f" (percentile {percentile} of the climate ensemble)" if percentile else ""


def _exact(value: float) -> Fraction:
    return Fraction(round(value * 10_000), 10_000)


def _amount(value: Value) -> Fraction:
    if isinstance(value, bool | str):
        raise TypeError("a lever is an amount")
    return value
