"""A red line as a typed value: conditions over the terms and consequences of a deal.

The nodes are frozen and compare by what they mean; where a node stood in the text (``at``) is
carried for error messages and does not count. :func:`say` prints a node in canonical form, and
``parse(say(node)) == node`` (``red_line.parse``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

Span: TypeAlias = tuple[int, int]
"""First character and the one after the last, in the phrase."""

Comparator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]
When: TypeAlias = Literal["before", "by", "after"]


@dataclass(frozen=True, slots=True)
class Number:
    """An amount with its unit as written (``""``: a bare figure). Exact."""

    value: Fraction
    unit: str = ""
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Truth:
    """``true`` or ``false``."""

    value: bool
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Base:
    """The base year of a target, as an argument: ``base 2005``."""

    year: int
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A party, percentile or other word as an argument: ``CHN``, ``p50``."""

    text: str
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Members:
    """A quantifier over a bloc as an argument: ``all of ANNEX_I``, ``at least 3 of BASIC``."""

    word: Literal["all", "any", "none", "at least"]
    bloc: str
    count: int = 0
    at: Span = field(default=(0, 0), compare=False, repr=False)


Argument: TypeAlias = Name | Number | Base | Members


@dataclass(frozen=True, slots=True)
class Term:
    """A variable of the deal or a consequence of it: ``cut(USA, 2035, base 2005)``, ``track``."""

    name: str
    arguments: tuple[Argument, ...] = ()
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus an amount that is no figure."""

    of: Expression
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Sum:
    """Left plus or minus right."""

    left: Expression
    sign: Literal["+", "-"]
    right: Expression
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Product:
    """Left times right; one of them has to be a figure."""

    left: Expression
    right: Expression
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Vote:
    """So many votes, cast if the condition holds (always, where there is none)."""

    weight: Fraction
    condition: Expression | None = None
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes that a deal gets from a body of ratifiers."""

    votes: tuple[Vote, ...]
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Left against right."""

    left: Expression
    sign: Comparator
    right: Expression
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that holds from a year on: ``cap(CHN) before 2030``, ``peak(CHN) by 2030``."""

    of: Expression
    when: When
    year: int
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    of: Expression
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Expression, ...]
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    parts: tuple[Expression, ...]
    at: Span = field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Implies:
    """If the first holds, so must the second."""

    given: Expression
    then: Expression
    at: Span = field(default=(0, 0), compare=False, repr=False)


Expression: TypeAlias = (
    Number
    | Truth
    | Term
    | Negative
    | Sum
    | Product
    | Votes
    | Comparison
    | Dated
    | Not
    | And
    | Or
    | Implies
)

_LEVEL: dict[type, int] = {
    Implies: 1,
    Or: 2,
    And: 3,
    Not: 4,
    Comparison: 5,
    Dated: 5,
    Sum: 6,
    Product: 7,
    Negative: 8,
}
"""How strongly a node binds; what is not listed binds strongest."""


def figure(value: Fraction) -> str:
    """Return a figure as a decimal, exactly; figures that were typed always have one."""
    if value.denominator == 1:
        return str(value.numerator)
    digits, rest = 0, value.denominator
    while rest != 1 and digits < 40:
        digits += 1
        rest = (value * 10**digits).denominator
    if rest != 1:
        return f"{float(value):.6g}"
    whole = abs(value.numerator) * 10**digits // value.denominator
    text = str(whole).rjust(digits + 1, "0")
    return f"{'-' if value < 0 else ''}{text[:-digits]}.{text[-digits:]}"


def say(node: Expression | Argument) -> str:
    """Return a node in canonical words, with only the parentheses that it needs."""
    match node:
        case Number(value, unit):
            joint = "" if unit in {"", "%"} else " "
            return f"{figure(value)}{joint}{unit}"
        case Truth(value):
            return "true" if value else "false"
        case Name(text):
            return text
        case Base(year):
            return f"base {year}"
        case Members(word, bloc, count):
            return f"at least {count} of {bloc}" if word == "at least" else f"{word} of {bloc}"
        case Term(name, arguments):
            inside = ", ".join(say(one) for one in arguments)
            return f"{name}({inside})" if arguments else name
        case Votes(votes):
            inside = ", ".join(
                figure(one.weight)
                + (f" if {say(one.condition)}" if one.condition is not None else "")
                for one in votes
            )
            return f"votes({inside})"
        case Negative(of):
            return f"-{_inside(of, 9)}"
        case Sum(left, sign, right):
            return f"{_inside(left, 6)} {sign} {_inside(right, 7)}"
        case Product(left, right):
            return f"{_inside(left, 7)} * {_inside(right, 8)}"
        case Comparison(left, sign, right):
            return f"{_inside(left, 6)} {sign} {_inside(right, 6)}"
        case Dated(of, when, year):
            return f"{_inside(of, 6)} {when} {year}"
        case Not(of):
            return f"not {_inside(of, 4)}"
        case And(parts):
            return " and ".join(_inside(one, 4) for one in parts)
        case Or(parts):
            return " or ".join(_inside(one, 3) for one in parts)
        case Implies(given, then):
            return f"{_inside(given, 2)} implies {_inside(then, 1)}"


def _inside(node: Expression, least: int) -> str:
    text = say(node)
    return text if _LEVEL.get(type(node), 9) >= least else f"({text})"


def children(node: Expression) -> tuple[Expression, ...]:
    """Return the expressions directly inside a node."""
    match node:
        case Negative(of) | Not(of) | Dated(of, _, _):
            return (of,)
        case Sum(left, _, right) | Comparison(left, _, right) | Product(left, right):
            return (left, right)
        case Implies(given, then):
            return (given, then)
        case And(parts) | Or(parts):
            return parts
        case Votes(votes):
            return tuple(one.condition for one in votes if one.condition is not None)
        case _:
            return ()


def terms(node: Expression) -> Iterator[Term]:
    """Yield every term in a node, from left to right."""
    if isinstance(node, Term):
        yield node
    for one in children(node):
        yield from terms(one)
