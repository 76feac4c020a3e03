"""The vocabulary of a negotiation: its terms with domain and unit, and the groups that act in it.

:meth:`Vocabulary.ground` turns an expression as written into one over terms that are known, with
parties as codes, blocs as their members of a day, definitions written out and figures in the
units of their terms. What does not fit is reported at the word.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Literal

import msgspec

from accord.errors import InputError, PhraseError, UnknownNameError
from accord.language import measure
from accord.language.expression import (
    And,
    Argument,
    Base,
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
    Sum,
    Term,
    Truth,
    Vote,
    Votes,
    say,
)
from accord.language.grammar import unreadable
from accord.language.term import STANDARD, GroundTerm, Group, Slot, TermKind

MOST_MEMBERS = 200
"""Members that a quantifier may run over."""


class Grounded(msgspec.Struct, frozen=True):
    """An expression over known terms, and the terms in it by key.

    ``dated`` holds the keys of the yes-or-no terms that are asked about by year.
    """

    expression: Expression
    terms: Mapping[str, GroundTerm]
    dated: frozenset[str]


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All terms and groups of a negotiation."""

    kinds: tuple[TermKind, ...] = STANDARD
    groups: tuple[Group, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, tuple[TermKind, ...]]:
        """The kinds of each name, one for each way to call it."""
        found: dict[str, tuple[TermKind, ...]] = {}
        for kind in self.kinds:
            found[kind.name] = (*found.get(kind.name, ()), kind)
        return found

    @cached_property
    def group_names(self) -> Mapping[str, Group]:
        """Groups by name."""
        return {group.name: group for group in self.groups}

    def extended(self, kinds: Iterable[TermKind], groups: Iterable[Group] = ()) -> Vocabulary:
        """Return this vocabulary with a case's own terms, which replace those of their name."""
        own = tuple(kinds)
        names = {kind.name for kind in own}
        kept = tuple(kind for kind in self.kinds if kind.name not in names)
        return Vocabulary(kinds=(*kept, *own), groups=(*self.groups, *groups))

    def party(self, name: str) -> str:
        """Return the code of a party, bloc or group by any of its names.

        Raises
        ------
        UnknownNameError
            Nobody is called so.
        """
        if name in self.group_names:
            return name
        from accord.parties import party

        try:
            return party(name).code
        except UnknownNameError as problem:
            if not problem.near and self.groups:
                raise UnknownNameError("party", name, self.group_names) from None
            raise

    def members(self, bloc: str, on: dt.date | None) -> tuple[str, ...]:
        """Return the codes of a bloc's members on a day."""
        group = self.group_names.get(bloc)
        if group is not None:
            return group.members
        from accord.parties import members

        return members(bloc, on)

    def ground(self, expression: Expression, text: str = "", on: dt.date | None = None) -> Grounded:
        """Return ``expression`` over known terms.

        Parameters
        ----------
        expression
            As read by :func:`accord.language.red_line.parse`.
        text
            The phrase it was read from, for messages.
        on
            Day whose members a bloc has.

        Raises
        ------
        PhraseError
            An unknown term or party, arguments that do not fit, units that do not match, a
            condition where an amount is expected, a product of two terms, a circular definition.
        """
        work = _Grounding(self, text or say(expression), on)
        return Grounded(work.condition(expression), work.terms, frozenset(work.dated))


class _Grounding:
    """One expression on its way through a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, text: str, on: dt.date | None) -> None:
        self.vocabulary, self.text, self.on = vocabulary, text, on
        self.terms: dict[str, GroundTerm] = {}
        self.dated: set[str] = set()
        self.open: list[str] = []

    def fault(
        self, message: str, node: Expression | Argument, accepted: Iterable[str] = ()
    ) -> PhraseError:
        start, end = node.at
        if self.open:
            message = f"in the definition of {self.open[-1]}: {message}"
        return unreadable(message, self.text, start, end, tuple(accepted))

    # Conditions ---------------------------------------------------------------------------------

    def condition(self, node: Expression) -> Expression:
        """Return a condition over known terms."""
        match node:
            case Truth():
                return node
            case Not(of):
                return Not(self.condition(of), node.at)
            case And(parts):
                return And(tuple(self.condition(one) for one in parts), node.at)
            case Or(parts):
                return Or(tuple(self.condition(one) for one in parts), node.at)
            case Implies(given, then):
                return Implies(self.condition(given), self.condition(then), node.at)
            case Comparison() | Dated() | Term():
                return self.atom(node)
            case _:
                raise self.fault(
                    f"{say(node)!r} is an amount, not a condition; compare it with something", node
                )

    def atom(self, node: Expression) -> Expression:
        """Return a comparison, dated or yes-or-no term; quantifiers are written out around it."""
        quantified = next(
            (one for term in _amount_terms(node) for one in term.arguments
             if isinstance(one, Members)),
            None,
        )  # fmt: skip
        if quantified is not None:
            return self.quantified(node, quantified)
        match node:
            case Comparison():
                return self.comparison(node)
            case Dated():
                return self.date(node)
            case Term():
                return self.yes_or_no(node)
        raise self.fault(f"{say(node)!r} is no condition", node)

    def quantified(self, node: Expression, over: Members) -> Expression:
        try:
            codes = self.vocabulary.members(over.bloc, self.on)
        except InputError as problem:
            raise self.fault(problem.message, over) from None
        if not codes:
            raise self.fault(f"{over.bloc} has no members{f' on {self.on}' if self.on else ''}",
                             over)  # fmt: skip
        if len(codes) > MOST_MEMBERS:
            raise self.fault(f"{over.bloc} has more than {MOST_MEMBERS} members", over)
        parts = tuple(self.atom(_put(node, over, Name(code, over.at))) for code in codes)
        match over.word:
            case "all":
                return And(parts, node.at)
            case "any":
                return Or(parts, node.at)
            case "none":
                return Not(Or(parts, node.at), node.at)
        if over.count > len(codes):
            raise self.fault(f"{over.bloc} has {len(codes)} members, fewer than asked for", over)
        votes = Votes(tuple(Vote(Fraction(1), part) for part in parts), node.at)
        return Comparison(votes, ">=", Number(Fraction(over.count)), node.at)

    def yes_or_no(self, node: Term) -> Expression:
        kind, term = self.known(node)
        if kind.type != "bool":
            how = f" == {kind.values[0]}" if kind.values else " >= …"
            raise self.fault(
                f"{say(node)!r} is {_what(kind)}, not yes or no; compare it, as in "
                f"'{say(node)}{how}'",
                node,
            )
        if kind.definition:
            return self.defined(kind, term, self.condition)
        return self.note(kind, term)

    def date(self, node: Dated) -> Expression:
        of = node.of
        if not isinstance(of, Term):
            raise self.fault("only a term can be dated, as in 'cap(CHN) before 2030'", node)
        kind, term = self.known(of)
        if kind.definition:
            raise self.fault(f"{kind.name} is a definition and cannot be dated", of)
        if kind.unit == "year":
            sign: Literal["<", "<=", ">"] = (
                "<" if node.when == "before" else "<=" if node.when == "by" else ">"
            )
            return Comparison(self.note(kind, term), sign, Number(Fraction(node.year)), node.at)
        if kind.type != "bool":
            raise self.fault(f"{say(of)!r} is {_what(kind)}; only yes-or-no terms and years "
                             "can be dated", of)  # fmt: skip
        noted = self.note(kind, term)
        self.dated.add(say(noted))
        return Dated(noted, node.when, node.year, node.at)

    def comparison(self, node: Comparison) -> Expression:
        left, right = node.left, node.right
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Term) and not one.arguments and isinstance(other, Term):
                kind = self.kind_if_known(other)
                if kind is not None and kind.type == "enum":
                    return self.choice(node, other, kind, one)
        if self.is_condition(left) or self.is_condition(right):
            return self.same(node)
        units = [*self.units(left), *self.units(right)]
        first = next((unit for unit, _ in units), "")
        for unit, at in units:
            if not _match(first, unit):
                raise self.fault(
                    f"units do not match: {first or 'no unit'} against {unit or 'no unit'}", at
                )
        scales = {measure.scale(unit) for unit, at in units if isinstance(at, Term)}
        if not scales:
            scales = {measure.scale(first)}
        return Comparison(self.amount(left, scales), node.sign, self.amount(right, scales), node.at)

    def choice(self, node: Comparison, term: Term, kind: TermKind, word: Term) -> Expression:
        if node.sign not in {"==", "!="}:
            raise self.fault(f"{say(term)!r} is one of {', '.join(kind.values)}; only == and != "
                             "compare it", node)  # fmt: skip
        if word.name not in kind.values:
            near = difflib.get_close_matches(word.name, kind.values, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise self.fault(f"{say(term)!r} has no value {word.name!r}{hint}", word, kind.values)
        _, known = self.known(term)
        place = Fraction(kind.values.index(word.name))
        return Comparison(self.note(kind, known), node.sign, Number(place), node.at)

    def same(self, node: Comparison) -> Expression:
        if node.sign not in {"==", "!="}:
            raise self.fault("conditions compare by == and != only", node)
        left, right = self.condition(node.left), self.condition(node.right)
        both = And((Implies(left, right), Implies(right, left)), node.at)
        return both if node.sign == "==" else Not(both, node.at)

    def is_condition(self, node: Expression) -> bool:
        match node:
            case Truth() | Not() | And() | Or() | Implies() | Comparison() | Dated():
                return True
            case Term():
                kind = self.kind_if_known(node)
                return kind is not None and kind.type == "bool"
            case _:
                return False

    # Amounts ------------------------------------------------------------------------------------

    def units(self, node: Expression) -> list[tuple[str, Expression]]:
        """Return the units in an amount, with the node that has each."""
        match node:
            case Number(_, unit):
                return [(unit, node)] if unit else []
            case Term():
                kind, _ = self.known(node)
                if kind.type in {"bool", "enum"}:
                    raise self.fault(f"{say(node)!r} is {_what(kind)}, not an amount", node)
                return [(kind.unit, node)]
            case Votes():
                return [("votes", node)]
            case Negative(of):
                return self.units(of)
            case Sum(left, _, right):
                return [*self.units(left), *self.units(right)]
            case Product(left, right):
                if any(True for _ in _amount_terms(left)) and any(
                    True for _ in _amount_terms(right)
                ):
                    raise self.fault(
                        "a product of two terms; one side has to be a figure, or write the line "
                        "for the values that matter",
                        node,
                    )
                return [*self.units(left), *self.units(right)]
            case _:
                raise self.fault(f"{say(node)!r} is a condition, not an amount", node)

    def amount(self, node: Expression, scales: set[Fraction]) -> Expression:
        """Return an amount with every figure in the standard unit of its dimension."""
        match node:
            case Number(value, unit):
                if unit:
                    own = measure.scale(unit)
                elif len(scales) == 1:
                    own = next(iter(scales))
                else:
                    raise self.fault(f"say the unit of {say(node)}: the terms have several", node)
                return Number(value * own, "", node.at)
            case Term():
                kind, term = self.known(node)
                if kind.definition:
                    return self.defined(kind, term, lambda body: self.body_amount(kind, body))
                noted = self.note(kind, term)
                factor = measure.scale(kind.unit)
                return noted if factor == 1 else Product(Number(factor), noted, node.at)
            case Votes(votes):
                return Votes(
                    tuple(
                        Vote(
                            one.weight,
                            None if one.condition is None else self.condition(one.condition),
                            one.at,
                        )
                        for one in votes
                    ),
                    node.at,
                )
            case Negative(of):
                return Negative(self.amount(of, scales), node.at)
            case Sum(left, sign, right):
                return Sum(self.amount(left, scales), sign, self.amount(right, scales), node.at)
            case Product(left, right):
                return self.product(node, left, right, scales)
        raise self.fault(f"{say(node)!r} is no amount", node)

    def body_amount(self, kind: TermKind, body: Expression) -> Expression:
        for unit, _ in self.units(body):
            if not _match(kind.unit, unit):
                raise self.fault(
                    f"units do not match: declared {kind.unit or 'without unit'}, defined in "
                    f"{unit or 'no unit'}",
                    body,
                )
        return self.amount(body, {measure.scale(kind.unit)})

    def product(
        self, node: Product, left: Expression, right: Expression, scales: set[Fraction]
    ) -> Expression:
        one, other = (left, right) if not any(_amount_terms(left)) else (right, left)
        factor = self.amount(one, {Fraction(1)})
        scaled = self.amount(other, scales)
        return Product(factor, scaled, node.at) if one is left else Product(scaled, factor, node.at)

    # Terms --------------------------------------------------------------------------------------

    def kind_if_known(self, node: Term) -> TermKind | None:
        kinds = self.vocabulary.by_name.get(node.name, ())
        return next((kind for kind in kinds if _fits(kind, node)), None)

    def known(self, node: Term) -> tuple[TermKind, Term]:
        """Return the kind of a term and the term with its parties as codes."""
        kinds = self.vocabulary.by_name.get(node.name)
        if kinds is None:
            near = difflib.get_close_matches(node.name, self.vocabulary.by_name, n=2, cutoff=0.6)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise self.fault(
                f"unknown term {node.name!r}{hint} (terms of your own are declared in terms.yaml)",
                node,
            )
        kind = self.kind_if_known(node)
        if kind is None:
            heads = " or ".join(one.head for one in kinds)
            raise self.fault(f"{say(node)!r} does not fit; it is written {heads}", node)
        arguments: list[Argument] = []
        for slot, argument in zip(kind.slots, node.arguments, strict=True):
            if slot == "party" and isinstance(argument, Name):
                try:
                    code = self.vocabulary.party(argument.text)
                except InputError as problem:
                    raise self.fault(problem.message, argument) from None
                arguments.append(Name(code, argument.at))
            else:
                arguments.append(argument)
        return kind, Term(node.name, tuple(arguments), node.at)

    def note(self, kind: TermKind, term: Term) -> Term:
        key = say(term)
        self.terms.setdefault(key, GroundTerm(key, term, kind))
        return term

    def defined(
        self, kind: TermKind, term: Term, inside: Callable[[Expression], Expression]
    ) -> Expression:
        """Return what a defined term stands for."""
        from accord.language.red_line import parse

        if kind.head in self.open:
            circle = " → ".join([*self.open[self.open.index(kind.head) :], kind.head])
            raise self.fault(f"a circular definition: {circle}", term)
        body = parse_definition(kind, parse)
        for letter, argument in zip(kind.letters, term.arguments, strict=True):
            body = _fill(body, letter.removeprefix("base "), argument)
        outer, self.text = self.text, kind.definition
        self.open.append(kind.head)
        try:
            return inside(body)
        finally:
            self.open.pop()
            self.text = outer


def parse_definition(kind: TermKind, parse: Callable[[str], Expression]) -> Expression:
    """Return a definition as an expression; an amount is read as one side of a comparison."""
    if kind.type == "bool":
        return parse(kind.definition)
    whole = parse(f"{kind.definition} >= 0")
    if not isinstance(whole, Comparison):
        raise unreadable(
            "the definition is no amount", kind.definition, 0, len(kind.definition), ()
        )
    return whole.left


def _fits(kind: TermKind, node: Term) -> bool:
    if len(kind.slots) != len(node.arguments):
        return False
    return all(_fits_slot(s, a) for s, a in zip(kind.slots, node.arguments, strict=True))


def _fits_slot(slot: Slot, argument: Argument) -> bool:
    match slot:
        case "party":
            return isinstance(argument, Name | Members)
        case "year":
            return isinstance(argument, Number) and (
                argument.value.denominator == 1 and 1900 <= argument.value <= 2199
            )
        case "base":
            return isinstance(argument, Base)
        case "percentile":
            return isinstance(argument, Name) and bool(re.fullmatch(r"p\d{1,2}", argument.text))
        case "number":
            return isinstance(argument, Number)
        case _:
            return isinstance(argument, Name)


def _match(one: str, other: str) -> bool:
    """Tell whether two units compare; a sum without a period takes the other's."""
    first, second = measure.dimension(one), measure.dimension(other)
    return first == second or {first, second} == {"$", "$/yr"}


def _what(kind: TermKind) -> str:
    match kind.type:
        case "bool":
            return "yes or no"
        case "enum":
            return f"one of {', '.join(kind.values)}"
        case _:
            return f"an amount in {kind.unit}" if kind.unit else "an amount"


def _amount_terms(node: Expression) -> Iterable[Term]:
    """Yield the terms of an atom, those inside votes apart (they are conditions of their own)."""
    match node:
        case Term():
            yield node
        case Negative(of) | Dated(of, _, _):
            yield from _amount_terms(of)
        case Sum(left, _, right) | Product(left, right) | Comparison(left, _, right):
            yield from _amount_terms(left)
            yield from _amount_terms(right)
        case _:
            return


def _put(node: Expression, over: Members, name: Name) -> Expression:
    """Return an atom with one quantifier replaced by a member."""
    match node:
        case Term(_, arguments):
            if not any(one is over for one in arguments):
                return node
            return dataclasses.replace(
                node, arguments=tuple(name if one is over else one for one in arguments)
            )
        case Negative(of) | Dated(of, _, _):
            return dataclasses.replace(node, of=_put(of, over, name))
        case Sum(left, _, right) | Product(left, right) | Comparison(left, _, right):
            return dataclasses.replace(
                node, left=_put(left, over, name), right=_put(right, over, name)
            )
        case _:
            return node


def _fill(node: Expression, letter: str, argument: Argument) -> Expression:
    """Return a definition's body with a letter replaced by an argument."""
    match node:
        case Term(_, arguments):
            filled = tuple(
                argument if isinstance(one, Name) and one.text == letter else one
                for one in arguments
            )
            return dataclasses.replace(node, arguments=filled)
        case Negative(of) | Dated(of, _, _) | Not(of):
            return dataclasses.replace(node, of=_fill(of, letter, argument))
        case Sum(left, _, right) | Product(left, right) | Comparison(left, _, right):
            return dataclasses.replace(
                node, left=_fill(left, letter, argument), right=_fill(right, letter, argument)
            )
        case And(parts) | Or(parts):
            return dataclasses.replace(
                node, parts=tuple(_fill(one, letter, argument) for one in parts)
            )
        case Implies(given, then):
            return Implies(_fill(given, letter, argument), _fill(then, letter, argument), node.at)
        case _:
            return node
