"""Reading a red line: a phrase becomes an expression, or an error marks the word."""

from __future__ import annotations

import difflib
import functools
import re
from fractions import Fraction
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from accord.errors import PhraseError
from accord.language.expression import (
    And,
    Argument,
    Base,
    Comparator,
    Comparison,
    Dated,
    Expression,
    Implies,
    Members,
    Name,
    Negative,
    Not,
    Number,
    Or,
    Product,
    Span,
    Sum,
    Term,
    Truth,
    Vote,
    Votes,
    When,
)
from accord.language.grammar import unreadable

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

LONGEST_LINE = 2000
"""Characters of a red line."""

DEEPEST_LINE = 50
"""Parentheses inside each other; a condition that needs more is several conditions."""

_MEANT = {
    "NAME": "a term such as binding(CHN)",
    "NUMBER": "a figure",
    "NOT": "not",
    "OPEN": "(",
    "CLOSE": ")",
    "COMMA": ",",
    "COMPARE": "a comparison (<= >= == != < >)",
    "AND": "and",
    "OR": "or",
    "IMPLIES": "implies",
    "WHEN": "before, by or after a year",
    "PERCENT": "%",
    "UNIT": "a unit such as $bn/yr, Mt or °C",
    "BASE": "base and a year",
    "ALL": "all of a bloc",
    "ANY": "any of a bloc",
    "OF": "of",
    "VOTES": "votes(…)",
    "IF": "if",
    "PLUS": "+",
    "MINUS": "-",
    "TIMES": "*",
    "TRUE": "true",
    "$END": "the end",
}
_KEYWORDS = [
    "implies",
    "and",
    "or",
    "not",
    "before",
    "by",
    "after",
    "all",
    "any",
    "none",
    "of",
    "at",
    "least",
    "base",
    "votes",
    "if",
    "true",
    "false",
]
_SIGNS = {"=": "==", "≤": "<=", "≥": ">=", "≠": "!="}
_SPELLING = {ord(c): " " for c in "\u00a0\u2009\u202f\u200b"} | {ord(c): "-" for c in "−‐‑‒–—"}
_UNIT_SPELLING = re.compile(r"\s*(?:/\s*|a |per )(?:yr|year)$")


@functools.cache
def _lark() -> Lark:
    import lark

    text = resources.files("accord.language").joinpath("red_line.lark").read_text("utf-8")
    return lark.Lark(
        text, parser="lalr", lexer="contextual", propagate_positions=True, keep_all_tokens=True
    )


def parse(text: str) -> Expression:
    """Return what a red line says.

    Parameters
    ----------
    text
        A condition of the red-line language: ``finance(DEV, 2020) > 0 implies mrv(CHN) >= 2``.

    Raises
    ------
    PhraseError
        With the word at fault, its span, the nearest known word and what may stand there.
    """
    import lark

    if len(text) > LONGEST_LINE:
        raise unreadable(
            f"longer than {LONGEST_LINE} characters; a red line is a sentence",
            text,
            LONGEST_LINE,
            LONGEST_LINE + 1,
        )
    plain = text.translate(_SPELLING)
    _check_depth(plain, text)
    try:
        tree = _lark().parse(plain)
    except lark.UnexpectedInput as problem:
        raise _explain(problem, plain, text) from None
    try:
        return _build(cast("Any", tree).children[0])
    except _MisplacedError as fault:
        raise unreadable(fault.message, text, *fault.at) from None


class _MisplacedError(Exception):
    """Something that the grammar lets pass and that still cannot be meant."""

    def __init__(self, message: str, at: Span) -> None:
        self.message, self.at = message, at
        super().__init__(message)


def _check_depth(plain: str, text: str) -> None:
    """Refuse deep nesting and chains before anything recurses into them."""
    depth = chain = 0
    for match in re.finditer(r"[()]|\bnot\b|\bimplies\b|[-+*]", plain):
        word = match.group()
        depth += (word == "(") - (word == ")")
        chain += word not in "()"
        if depth > DEEPEST_LINE or chain > 6 * DEEPEST_LINE:
            raise unreadable(
                "nested too deeply; split the line in several",
                text,
                match.start(),
                match.end(),
            )


def _span(tree: Tree[Token] | Token) -> Span:
    from lark import Token

    if isinstance(tree, Token):
        return tree.start_pos or 0, tree.end_pos or 0
    return tree.meta.start_pos, tree.meta.end_pos


def _fraction(token: str) -> Fraction:
    return Fraction(token.replace(",", ""))


def _build(tree: Any) -> Expression:
    from lark import Token

    at = _span(tree)
    if isinstance(tree, Token):
        return Truth(tree.type == "TRUE", at)
    parts = tree.children
    match str(tree.data):
        case "group":
            return _build(parts[1])
        case "implication":
            return Implies(_build(parts[0]), _build(parts[2]), at)
        case "disjunction":
            return Or(tuple(_build(one) for one in parts[::2]), at)
        case "conjunction":
            return And(tuple(_build(one) for one in parts[::2]), at)
        case "denial":
            return Not(_build(parts[1]), at)
        case "comparison":
            sign = str(parts[1])
            return Comparison(
                _build(parts[0]), cast("Comparator", _SIGNS.get(sign, sign)), _build(parts[2]), at
            )
        case "dated":
            year = _year(parts[2])
            return Dated(_build(parts[0]), cast("When", str(parts[1])), year, at)
        case "sum":
            return Sum(_build(parts[0]), "+" if parts[1] == "+" else "-", _build(parts[2]), at)
        case "product":
            return Product(_build(parts[0]), _build(parts[2]), at)
        case "negative":
            inner = _build(parts[1])
            if isinstance(inner, Number):
                return Number(-inner.value, inner.unit, at)
            return Negative(inner, at)
        case "number":
            unit = _unit(str(parts[1])) if len(parts) > 1 else ""
            return Number(_fraction(parts[0]), unit, at)
        case "votes":
            return Votes(tuple(_vote(one) for one in parts if not isinstance(one, Token)), at)
        case _:
            arguments = tuple(_argument(one) for one in parts[1:] if not isinstance(one, Token))
            return Term(str(parts[0]), arguments, at)


def _year(token: Token) -> int:
    text = str(token)
    if not re.fullmatch(r"(?:19|20|21)\d\d", text):
        raise _MisplacedError(f"{text!r} is no year from 1900 to 2199", _span(token))
    return int(text)


def _vote(tree: Any) -> Vote:
    parts = tree.children
    condition = _build(parts[2]) if len(parts) > 2 else None
    return Vote(_fraction(parts[0]), condition, _span(tree))


def _argument(tree: Any) -> Argument:
    at, parts = _span(tree), tree.children
    match str(tree.data):
        case "name":
            return Name(str(parts[0]), at)
        case "figure":
            return Number(_fraction(parts[0]), "", at)
        case "base":
            return Base(_year(parts[1]), at)
        case _:
            if parts[0].type == "AT_LEAST":
                return Members("at least", str(parts[3]), int(_fraction(parts[1])), at)
            return Members(str(parts[0]), str(parts[2]), 0, at)  # type: ignore[arg-type]


def _unit(text: str) -> str:
    """Return a unit in one spelling: ``bn $ a year`` is ``$bn/yr``."""
    yearly = _UNIT_SPELLING.search(text)
    bare = text[: yearly.start()] if yearly else text
    money = re.fullmatch(r"(?:\$|USD) ?(bn|tn|m)|(bn|tn|m) ?(?:\$|USD)", bare)
    if money:
        bare = f"${money.group(1) or money.group(2)}"
    per_person = re.fullmatch(r"t(?:CO2e?)?/(?:person|head|capita)", bare)
    if per_person:
        bare = "t/person"
    return f"{bare}/yr" if yearly else bare


def _explain(problem: Any, plain: str, text: str) -> PhraseError:
    import lark

    if isinstance(problem, lark.UnexpectedToken):
        expected = set(problem.accepts or problem.expected)
        start = len(plain) if problem.token.type == "$END" else (problem.token.start_pos or 0)
    elif isinstance(problem, lark.UnexpectedCharacters):
        expected, start = set(problem.allowed or ()), problem.pos_in_stream or 0
    else:
        expected, start = set(), len(plain)
    word = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[\d.,]+\w*|[<>=!]=|\S|$").match(plain, start)
    end = word.end() if word else start
    accepted = tuple(words for name, words in _MEANT.items() if name in expected)
    if not plain[start:].strip():
        return unreadable("the line ends too early", text, len(text), len(text), accepted)
    shown = text[start:end]
    if shown == "/":
        return unreadable(
            "a unit is cut off; a shell takes '$bn' out of double quotation marks, so use single "
            "ones or write 'bn USD/yr'",
            text,
            start,
            end,
        )
    near = difflib.get_close_matches(shown.lower(), _KEYWORDS, n=1, cutoff=0.7)
    message = f"{shown!r} cannot stand here"
    if near and near[0] != shown:
        message += f"; did you mean {near[0]!r}?"
    return unreadable(message, text, start, end, accepted)
