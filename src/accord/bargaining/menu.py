"""The menu: every deal that the domains and facts allow, as arrays to count on.

Small menus are listed whole, large ones are sampled (fixed seed), so a share of the menu is exact
or good to about one point in a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from accord.bargaining.constraint import NEVER
from accord.bargaining.line import Fact, Negotiation
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

Columns = Mapping[str, npt.NDArray[np.float64]]
"""Values by term, one row a deal; yes is 1, a word its place, a dated term its first year."""

LISTED = 4096
"""Deals up to which a menu is listed whole."""

SAMPLED = 8192
STEPS = 101
"""Values of an amount on the menu, evenly over its domain, both ends included."""

NEAR = 1e-9


def holds(node: Expression, deals: Columns, dated: frozenset[str]) -> npt.NDArray[np.bool_]:
    """Tell for each deal whether a grounded condition holds."""
    match node:
        case Truth(value):
            return np.full(_rows(deals), value)
        case Term():
            key = say(node)
            column = deals[key]
            return column < NEVER if key in dated else column > 0.5
        case Not(of):
            return ~holds(of, deals, dated)
        case And(parts):
            return np.asarray(np.all([holds(one, deals, dated) for one in parts], axis=0))
        case Or(parts):
            return np.asarray(np.any([holds(one, deals, dated) for one in parts], axis=0))
        case Implies(given, then):
            return ~holds(given, deals, dated) | holds(then, deals, dated)
        case Dated(of, when, year):
            start = deals[say(of)]
            if when == "before":
                return start < year
            return start <= year if when == "by" else (start > year) & (start < NEVER)
        case Comparison(left, sign, right):
            gap = amount(left, deals, dated) - amount(right, deals, dated)
            match sign:
                case "<=":
                    return gap <= NEAR
                case "<":
                    return gap < -NEAR
                case ">=":
                    return gap >= -NEAR
                case ">":
                    return gap > NEAR
                case "==":
                    return np.abs(gap) <= NEAR
                case _:
                    return np.abs(gap) > NEAR
        case _:
            raise TypeError(f"no condition: {say(node)}")


def amount(node: Expression, deals: Columns, dated: frozenset[str]) -> npt.NDArray[np.float64]:
    """Return an amount for each deal."""
    match node:
        case Number(value):
            return np.full(_rows(deals), float(value))
        case Term():
            return deals[say(node)]
        case Negative(of):
            return -amount(of, deals, dated)
        case Sum(left, sign, right):
            one, other = amount(left, deals, dated), amount(right, deals, dated)
            return one + other if sign == "+" else one - other
        case Product(left, right):
            return amount(left, deals, dated) * amount(right, deals, dated)
        case Votes(votes):
            total = np.zeros(_rows(deals))
            for vote in votes:
                cast = 1.0 if vote.condition is None else holds(vote.condition, deals, dated)
                total = total + float(vote.weight) * cast
            return total
        case _:
            raise TypeError(f"no amount: {say(node)}")


def _rows(deals: Columns) -> int:
    return len(next(iter(deals.values()))) if deals else 1


def menu(table: Negotiation, seed: int = 0) -> Columns:
    """Return the deals that domains and facts allow, for the terms of a table."""
    terms, dated = table.terms, table.dated
    defined = _definitions(table.facts)
    free = {key: term for key, term in terms.items() if key not in defined}
    choices = {key: _choices(term, key in dated) for key, term in free.items()}
    count = 1
    for one in choices.values():
        count *= len(one)
    rng = np.random.default_rng(seed)
    columns: dict[str, npt.NDArray[np.float64]] = {}
    if count <= LISTED:
        grids = np.meshgrid(*choices.values(), indexing="ij")
        columns = {key: grid.reshape(-1) for key, grid in zip(choices, grids, strict=True)}
    else:
        columns = {key: rng.choice(one, SAMPLED) for key, one in choices.items()}
    for key, node in defined.items():
        columns[key] = amount(node, columns, dated)
    allowed = np.ones(_rows(columns), dtype=bool)
    for key in defined:
        kind = terms[key].kind
        allowed &= (columns[key] >= float(kind.low) - NEAR) & (
            columns[key] <= float(kind.high) + NEAR
        )
    for fact in table.facts:
        allowed &= holds(fact.holds.expression, columns, dated)
    return {key: column[allowed] for key, column in columns.items()}


def share(table: Negotiation, deals: Columns, ids: set[str]) -> float | None:
    """Return the share of a menu that keeps some lines of its table; ``None``: no deal drawn."""
    rows = _rows(deals)
    if rows == 0:
        return None
    kept = np.ones(rows, dtype=bool)
    for line in table.lines:
        if line.id in ids:
            kept &= holds(line.holds.expression, deals, table.dated)
    return float(kept.mean())


def _choices(term: GroundTerm, dated: bool) -> npt.NDArray[np.float64]:
    kind = term.kind
    if kind.type == "bool":
        if dated:
            years = np.arange(2000.0, 2101.0)
            return np.concatenate([np.full(years.size, float(NEVER)), years])
        return np.array([0.0, 1.0])
    if kind.type == "enum":
        return np.arange(float(len(kind.values)))
    if kind.type == "int" and kind.high - kind.low <= 200:
        return np.arange(float(-(-kind.low // 1)), float(kind.high // 1) + 1.0)
    steps = np.linspace(float(kind.low), float(kind.high), STEPS)
    return np.unique(np.rint(steps)) if kind.type == "int" else steps


def _definitions(facts: tuple[Fact, ...]) -> dict[str, Any]:
    """Return the facts that give a term as an amount of others, in an order to follow."""
    found: dict[str, Any] = {}
    for fact in facts:
        node = fact.holds.expression
        if not isinstance(node, Comparison) or node.sign != "==":
            continue
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if not isinstance(one, Term) or say(one) in found:
                continue
            inside = {say(term) for term in _amount_terms(other)}
            if say(one) not in inside and not any(
                say(one) in {say(t) for t in _amount_terms(body)} for body in found.values()
            ):
                found[say(one)] = other
                break
    return found


def _amount_terms(node: Expression) -> list[Term]:
    from accord.language.expression import terms

    return list(terms(node))


def as_number(value: bool | Fraction | str, term: GroundTerm, dated: bool) -> float:
    """Return a term's value as a menu's column has it."""
    if isinstance(value, bool):
        if dated:
            return 2000.0 if value else float(NEVER)
        return float(value)
    if isinstance(value, str):
        return float(term.kind.values.index(value))
    return float(value)
