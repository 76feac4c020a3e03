"""Red lines kept or broken by what a deal says, at once: three-valued logic over ranges.

A line is *kept* if what the deal says leaves no way to break it, *broken* if it leaves no way to
keep it, and *open* otherwise (Kleene's strong logic; amounts are ranges). Facts that link terms are
not counted here; the exact answer, which counts them, follows from :mod:`accord.desk.standoff`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from accord.bargaining.line import Line
from accord.desk.terms import Known, Span
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

Verdict: TypeAlias = Literal["kept", "broken", "open"]


def verdicts(lines: Mapping[str, Line], settled: Mapping[str, Known]) -> dict[str, Verdict]:
    """Return the verdict on every line."""
    words: dict[bool | None, Verdict] = {True: "kept", False: "broken", None: "open"}
    return {
        name: words[_holds(line.holds.expression, settled, line.holds.terms)]
        for name, line in lines.items()
    }


def _holds(
    node: Expression, settled: Mapping[str, Known], terms: Mapping[str, GroundTerm]
) -> bool | None:
    match node:
        case Truth(value):
            return value
        case Term():
            found = settled.get(say(node))
            return found if isinstance(found, bool) else None
        case Not(of):
            inner = _holds(of, settled, terms)
            return None if inner is None else not inner
        case And(parts):
            return _all([_holds(one, settled, terms) for one in parts])
        case Or(parts):
            return _any([_holds(one, settled, terms) for one in parts])
        case Implies(given, then):
            condition = _holds(given, settled, terms)
            return _any(
                [None if condition is None else not condition, _holds(then, settled, terms)]
            )
        case Dated(of, _, _):
            # "no" rules every year out; "yes" leaves the year open
            return False if _holds(of, settled, terms) is False else None
        case Comparison(left, sign, right):
            return _compared(left, sign, right, settled, terms)
    return None


def _compared(
    left: Expression,
    sign: str,
    right: Expression,
    settled: Mapping[str, Known],
    terms: Mapping[str, GroundTerm],
) -> bool | None:
    if sign in {"==", "!="}:
        word = settled.get(say(left)) if isinstance(left, Term) else None
        if isinstance(word, str):
            place = terms[say(left)].kind.values.index(word)
            wanted = _amount(right, settled, terms)
            same = say(right) == word if wanted is None else wanted[0] == place
            return same if sign == "==" else not same
    one, other = _amount(left, settled, terms), _amount(right, settled, terms)
    if one is None or other is None:
        return None
    match sign:
        case "<=":
            return _certain(one[1] <= other[0], one[0] > other[1])
        case "<":
            return _certain(one[1] < other[0], one[0] >= other[1])
        case ">=":
            return _certain(one[0] >= other[1], one[1] < other[0])
        case ">":
            return _certain(one[0] > other[1], one[1] <= other[0])
    equal = _certain(
        one[0] == one[1] == other[0] == other[1], one[1] < other[0] or other[1] < one[0]
    )
    return equal if sign == "==" or equal is None else not equal


def _amount(
    node: Expression, settled: Mapping[str, Known], terms: Mapping[str, GroundTerm]
) -> Span | None:
    match node:
        case Number(value):
            return float(value), float(value)
        case Term():
            key = say(node)
            found = settled.get(key)
            if isinstance(found, tuple):
                return found
            kind = terms[key].kind if key in terms else None
            if found is not None or kind is None or kind.type not in {"int", "real"}:
                return None
            return float(kind.low), float(kind.high)
        case Negative(of):
            inner = _amount(of, settled, terms)
            return None if inner is None else (-inner[1], -inner[0])
        case Sum(left, sign, right):
            one, other = _amount(left, settled, terms), _amount(right, settled, terms)
            if one is None or other is None:
                return None
            if sign == "-":
                other = -other[1], -other[0]
            return one[0] + other[0], one[1] + other[1]
        case Product(left, right):
            one, other = _amount(left, settled, terms), _amount(right, settled, terms)
            if one is None or other is None:
                return None
            ends = [a * b for a in one for b in other]
            return min(ends), max(ends)
        case Votes(votes):
            low = high = 0.0
            for vote in votes:
                cast = True if vote.condition is None else _holds(vote.condition, settled, terms)
                low += float(vote.weight) if cast is True else 0.0
                high += float(vote.weight) if cast is not False else 0.0
            return low, high
    return None


def _certain(yes: bool, no: bool) -> bool | None:
    return True if yes else False if no else None


def _all(parts: list[bool | None]) -> bool | None:
    return False if False in parts else None if None in parts else True


def _any(parts: list[bool | None]) -> bool | None:
    return True if True in parts else None if None in parts else False
