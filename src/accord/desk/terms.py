"""Terms between the parties: what the deal says about each, and where red lines set limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from accord.bargaining.line import Line, Negotiation
from accord.bargaining.search import table_of
from accord.desk.deal import Deal
from accord.desk.ground import Ground
from accord.desk.rows import Row, held_back, pledged_rows
from accord.errors import InputError, UnknownNameError
from accord.language.expression import Comparison, Expression, Number, Term, children, say
from accord.language.target import (
    AbsoluteLevel,
    BelowBaseline,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    Pledge,
    RelativeCut,
)
from accord.language.term import GroundTerm
from accord.ledger.commitment import Commitment

Span: TypeAlias = tuple[float, float]
Known: TypeAlias = bool | str | Span
"""What a deal says about a term: yes or no, a word, or the ends of a range."""

QUANTIFIED = (AbsoluteLevel, RelativeCut, BelowBaseline, IntensityCut, PerCapitaLevel, PeakYear,
              Neutrality)  # fmt: skip
"""Targets that speak of emissions."""
ANSWERED: Mapping[str, Callable[[Commitment], bool]] = {
    "binding": lambda one: one.legal_form == "treaty",
    "peak_named": lambda one: isinstance(one.pledge.target, PeakYear),
    "participation": lambda _: True,
    "ndc": lambda one: one.legal_form in {"NDC", "INDC"},
}
"""Terms that the commitments answer, and which commitment says yes."""
_UPPER, _LOWER = frozenset({"<=", "<"}), frozenset({">=", ">"})


@dataclass(frozen=True, eq=False)
class Talks:
    """The red lines of a day and the terms they are written in.

    Attributes
    ----------
    table
        Lines in force and facts; ``None`` where the case has no lines that day.
    lines
        Line by id.
    mine
        Ids of the lines that speak of each term.
    marks
        Limits that lines set on the amount of a term.
    """

    table: Negotiation | None
    lines: Mapping[str, Line] = field(default_factory=dict)
    terms: Mapping[str, GroundTerm] = field(default_factory=dict)
    mine: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: Mapping[str, tuple[dict[str, Any], ...]] = field(default_factory=dict)


@lru_cache(maxsize=32)
def talks_of(ground: Ground) -> Talks:
    """Return the red lines of a ground's day with their terms; kept."""
    if not ground.red_lines.lines:
        return Talks(None)
    table = table_of(ground.red_lines, ground.talks_on)
    if not table.lines:
        return Talks(None)
    mine: dict[str, list[str]] = {}
    marks: dict[str, list[dict[str, Any]]] = {}
    terms: dict[str, GroundTerm] = {}
    for line in table.lines:
        for key, term in line.holds.terms.items():
            mine.setdefault(key, []).append(line.id)
            terms.setdefault(key, term)
        for key, sign, limit in _limits(line.holds.expression):
            marks.setdefault(key, []).append(
                {
                    "value": float(limit),
                    "line": line.id,
                    "party": line.party,
                    "words": f"{'≤' if sign in _UPPER else '≥'} {float(limit):g}",
                    "side": "max" if sign in _UPPER else "min",
                }
            )
    return Talks(
        table,
        {line.id: line for line in table.lines},
        terms,
        {key: tuple(ids) for key, ids in mine.items()},
        {key: tuple(some) for key, some in marks.items()},
    )


def _limits(node: Expression) -> Iterator[tuple[str, str, Fraction]]:
    """Yield the plain limits in a condition: term, sign, amount."""
    if isinstance(node, Comparison) and isinstance(node.left, Term):
        if isinstance(node.right, Number) and node.sign in _UPPER | _LOWER:
            yield say(node.left), node.sign, node.right.value
        return
    for one in children(node):
        yield from _limits(one)


_SAID = re.compile(r"(?P<term>\S.*?) (?:==|>=|<=) (?P<amount>-?[0-9.]+)")


@lru_cache(maxsize=4096)
def said_by(pledge: Pledge, ground: Ground) -> tuple[tuple[str, Span], ...]:
    """Return the terms of the day that a pledge settles, with their amounts; kept."""
    from accord.assessment.talks import as_conditions

    table = talks_of(ground).table
    if table is None:
        return ()
    found: dict[str, Span] = {}
    for text in as_conditions(pledge, ground.red_lines):
        for part in text.split(" and "):
            said = _SAID.match(part)
            if said is None or said["term"] not in table.terms:
                continue  # nobody's line speaks of it that day
            key, amount = said["term"], float(said["amount"])
            low, high = found.get(key, (amount, amount))
            found[key] = (min(low, amount), max(high, amount))
    return tuple(found.items())


@lru_cache(maxsize=32)
def _said_as_pledged(ground: Ground) -> tuple[tuple[Row, tuple[tuple[str, Span], ...]], ...]:
    """Return the rows as pledged that settle a term of some line or fact, oldest first; kept."""
    table = talks_of(ground).table
    if table is None:
        return ()
    found = []
    for row in sorted(pledged_rows(ground).values(), key=lambda row: row.commitment.date):
        said = said_by(row.commitment.pledge, ground)
        if row.counted and not held_back(row, ground) and any(k in table.terms for k, _ in said):
            found.append((row, said))
    return tuple(found)


def standing(ground: Ground, rows: Mapping[str, Row]) -> dict[str, bool]:
    """Return the yes-or-no terms that the commitments themselves answer.

    Whether a party is bound by treaty to a target of emissions, has named a peak, takes part in
    mitigation, has a nationally determined contribution: each is so if a commitment that counts
    says it, and not so if none does. Whoever sees it otherwise sets the term by hand.
    """
    asked = {
        key: (term.kind.name, next(iter(term.term.arguments)))
        for key, term in talks_of(ground).terms.items()
        if term.kind.name in ANSWERED and len(term.term.arguments) == 1
    }
    found: dict[str, bool] = {}
    if not asked:
        return found
    own: dict[str, list[Commitment]] = {}
    for row in rows.values():
        if row.counted and isinstance(row.commitment.pledge.target, QUANTIFIED):
            own.setdefault(row.commitment.party, []).append(row.commitment)
    for key, (name, argument) in asked.items():
        code = getattr(argument, "text", "")
        if code in ground.world.parties:
            found[key] = any(ANSWERED[name](one) for one in own.get(code, ()))
    return found


def known(ground: Ground, deal: Deal, rows: Mapping[str, Row]) -> dict[str, Known]:
    """Return what a deal says about the terms.

    By what its commitments are, then by their figures, newest last, then as set by hand.
    """
    if not ground.red_lines.lines:
        return {}
    found: dict[str, Known] = dict(standing(ground, rows))
    for row, said in _said_as_pledged(ground):
        if rows.get(row.id) is row:
            found.update(said)
    for name in {*deal.says, *deal.counted}:
        changed = rows.get(name)
        if changed is not None and changed.counted and not held_back(changed, ground):
            found.update(said_by(changed.commitment.pledge, ground))
    terms = talks_of(ground).terms
    for key, value in deal.terms.items():
        if key in terms:
            amount = terms[key].kind.type in {"int", "real"}
            found[key] = (float(value), float(value)) if amount else value  # type: ignore[assignment]
    return found


def checked(ground: Ground, key: str, value: Any) -> bool | float | str | None:
    """Return a value that a term can take.

    Raises
    ------
    InputError
        There is no such term that day, or it cannot be that.
    """
    terms = talks_of(ground).terms
    if key not in terms:
        raise UnknownNameError("term", key[:80], terms)
    if value is None:
        return None
    kind = terms[key].kind
    match kind.type:
        case "bool" if isinstance(value, bool):
            return value
        case "enum" if isinstance(value, str) and value in kind.values:
            return value
        case "int" | "real" if isinstance(value, int | float) and not isinstance(value, bool):
            if float(kind.low) <= value <= float(kind.high):
                return float(round(value)) if kind.type == "int" else float(value)
            raise InputError(f"{key} goes from {float(kind.low):g} to {float(kind.high):g}")
    accepted = {"bool": "yes or no", "enum": ", ".join(kind.values)}.get(kind.type, "a number")
    raise InputError(f"{key} takes {accepted}")


def plain(ground: Ground, deal: Deal, settled: Mapping[str, Known]) -> list[dict[str, Any]]:
    """Return the terms that no row settles, as the page gets them."""
    talks = talks_of(ground)
    return [
        plain_term(key, term, ground, deal, settled)
        for key, term in talks.terms.items()
        if not term.kind.consequence
        and (key in deal.terms or not isinstance(settled.get(key), tuple))
    ]


def plain_term(
    key: str, term: GroundTerm, ground: Ground, deal: Deal, settled: Mapping[str, Known]
) -> dict[str, Any]:
    """Return one term as the page gets it."""
    from accord.bargaining.sentence import term_words

    talks, kind, told = talks_of(ground), term.kind, settled.get(key)
    found: dict[str, Any] = {
        "key": key,
        "words": term_words(term, ground.red_lines.vocabulary),
        "meaning": kind.meaning,
        "type": kind.type,
        "value": deal.terms.get(key, told if isinstance(told, bool) else None),
        "by": "the commitments" if isinstance(told, bool) and key not in deal.terms else "",
        "set": key in deal.terms,
        "agenda": kind.agenda,
        "lines": list(talks.mine.get(key, ())),
    }
    if kind.type == "enum":
        found["choices"] = list(kind.values)
    elif kind.type != "bool":
        marks = talks.marks.get(key, ())
        low, high = float(kind.low), float(kind.high)
        limits = [one["value"] for one in marks]
        if limits and kind.type == "real":
            high = min(high, max(_round(2 * max(limits)), low + 1))
        found |= {
            "unit": "" if kind.unit == "year" else kind.unit,
            "min": low,
            "max": high,
            "step": 1.0 if kind.type == "int" or high - low <= 500 else 5.0,
            "marks": list(marks),
        }
        if high - low <= 10 and kind.type == "real":
            found["step"] = 0.1
    return found


def _round(value: float) -> float:
    size = 10.0 ** (len(f"{int(max(value, 1))}") - 1)
    return next(size * one for one in (1, 2, 5, 10, 20) if size * one >= value)
