"""The terms of a negotiation on disk: groups, terms with domain and unit, and facts."""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import msgspec

from accord.errors import InputError, PhraseError
from accord.language.expression import Expression
from accord.language.red_line import parse
from accord.language.term import STANDARD, Agenda, Group, Kind, TermKind, read_head
from accord.language.vocabulary import Vocabulary
from accord.ledger import yaml_file
from accord.ledger.commitment import Citation
from accord.ledger.entry import Entry
from accord.ledger.evidence import read_evidence

_RANGE = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*\.\.\s*([-+]?\d+(?:\.\d+)?)")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class FactEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Arithmetic or a definition that links terms; nobody's red line."""

    id: str
    holds: str
    expression: Expression
    statement: str = ""
    evidence: tuple[Citation, ...] = ()


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What ``terms.yaml`` holds.

    Attributes
    ----------
    vocabulary
        The case's terms beside the ones that every case knows, and its groups.
    facts
        What links terms.
    costs
        Whose judgement the yielding costs are, in a sentence.
    """

    vocabulary: Vocabulary = Vocabulary()
    facts: tuple[FactEntry, ...] = ()
    costs: str = ""


def read_terms(path: Path, sources: Mapping[str, Citation], problems: list[InputError]) -> Terms:
    """Return the terms of a case; a case without the file has those that every case knows."""
    if not path.exists():
        return Terms()
    node = yaml_file.read_yaml(path, problems)
    if node is None:
        return Terms()
    if not isinstance(node, yaml_file.Mapping):
        whole = Entry(yaml_file.Mapping(node.line), str(path), "", problems)
        whole.fault("expected the fields groups, terms, facts, costs")
        return Terms()
    top = Entry(node, str(path), "", problems)
    costs = top.text("costs")
    groups = _groups(top)
    kinds: list[TermKind] = []
    places: dict[tuple[str, tuple[str, ...]], int] = {}
    for entry in top.entries("terms", expected="a list of terms (term, domain, unit, meaning)"):
        kind = _read_kind(entry)
        if kind is None:
            continue
        key = (kind.name, kind.slots)
        if key in places:
            entry.fault(
                f"{kind.head} is declared twice; the first is in line {places[key]}", "term"
            )
            continue
        places[key] = entry.line("term")
        kinds.append(kind)
    vocabulary = Vocabulary(kinds=STANDARD).extended(kinds, groups)
    _check_definitions(top, vocabulary, kinds, problems)
    facts = _read_facts(top, vocabulary, sources)
    top.done()
    return Terms(vocabulary=vocabulary, facts=facts, costs=costs)


def _groups(top: Entry) -> list[Group]:
    found: list[Group] = []
    for entry in top.entries("groups", expected="a list of groups (id, meaning, members)"):
        name = entry.identifier("id")
        meaning = entry.text("meaning", required=True)
        members = []
        from accord.parties import party

        for text, line in entry.texts("members", expected="a list of parties"):
            try:
                members.append(party(text).code)
            except InputError as problem:
                entry.problems.append(problem.at(entry.place("members", line)))
        entry.done()
        if name and any(name == other.name for other in found):
            entry.fault(f"{name!r} is given twice", "id")
        elif name:
            found.append(Group(name=name, meaning=meaning, members=tuple(members)))
    return found


def _read_kind(entry: Entry) -> TermKind | None:
    head = entry.text("term", required=True, expected="a term such as cut(P, year, base Y)")
    type_ = entry.choice("type", ("bool", "int", "real", "enum"))
    domain = entry.text("domain")
    unit = entry.text("unit")
    meaning = entry.text("meaning")
    definition = entry.text("is")
    agenda = entry.choice("agenda", typing.get_args(Agenda)) or "climate"
    consequence = entry.flag("consequence")
    ours = entry.flag("ours")
    entry.done()
    if not head:
        return None
    try:
        name, slots, letters = read_head(head)
    except InputError as problem:
        entry.fault(problem.message, "term")
        return None
    read = _domain(entry, typing.cast("Kind | None", type_), domain, unit)
    if read is None:
        return None
    kind, low, high, values = read
    return TermKind(
        name=name, slots=slots, letters=letters, type=kind, low=low, high=high, unit=unit,
        values=values, meaning=meaning, agenda=typing.cast("Agenda", agenda),
        consequence=consequence, definition=definition, ours=ours,
    )  # fmt: skip


def _domain(
    entry: Entry, type_: Kind | None, domain: str, unit: str
) -> tuple[Kind, Fraction, Fraction, tuple[str, ...]] | None:
    """Return type, bounds and words of a term, or note how they contradict each other."""
    amount = _RANGE.fullmatch(domain)
    if amount:
        low, high = Fraction(amount[1]), Fraction(amount[2])
        if low > high:
            entry.fault(f"the domain {domain!r} holds nothing: it begins above its end", "domain")
            return None
        if type_ in {"bool", "enum"}:
            entry.fault(f"a term of type {type_} has no range of figures", "domain")
            return None
        if type_ == "int" and -(-low // 1) > high // 1:
            entry.fault(f"the domain {domain!r} holds no whole number", "domain")
            return None
        return type_ or ("int" if unit in {"year", "years"} else "real"), low, high, ()
    words = tuple(word.strip() for word in domain.split("|")) if "|" in domain else ()
    if words and set(words) != {"true", "false"}:
        bad = next((word for word in words if not _WORD.fullmatch(word)), None)
        if bad is not None or len(set(words)) != len(words):
            entry.fault(
                f"the domain {domain!r} is no list of different words such as kyoto|paris",
                "domain",
            )
            return None
        if type_ not in {None, "enum"}:
            entry.fault(f"a term of type {type_} has no list of words", "domain")
            return None
        return "enum", Fraction(0), Fraction(len(words) - 1), words
    if domain and not words:
        entry.fault(
            f"{domain[:60]!r} is no domain; write a range 0..100, words kyoto|paris, or nothing "
            "for yes or no",
            "domain",
        )
        return None
    if type_ not in {None, "bool"}:
        entry.fault(f"a term of type {type_} needs a domain, for example 0..100", "domain")
        return None
    if unit:
        entry.fault("a term with a unit needs a domain, for example 0..100", "unit")
        return None
    return "bool", Fraction(0), Fraction(1), ()


def _check_definitions(
    top: Entry, vocabulary: Vocabulary, kinds: list[TermKind], problems: list[InputError]
) -> None:
    from accord.language.expression import Comparison, Name, Number, Term

    place = {kind.head: n for n, kind in enumerate(kinds)}
    for kind in kinds:
        if not kind.definition:
            continue
        arguments = tuple(
            Number(Fraction(2030)) if slot in {"year", "number"} else Name(letter)
            for slot, letter in zip(kind.slots, kind.letters, strict=True)
        )
        trial = vocabulary.extended((), [Group(name=one, meaning="") for one in kind.letters])
        whole: Expression = Term(kind.name, arguments)
        if kind.type != "bool":
            whole = Comparison(whole, ">=", Number(kind.low))
        try:
            trial.ground(whole, kind.definition)
        except InputError as problem:
            at = top.place("terms")
            items = top.node.fields.get("terms")
            if isinstance(items, yaml_file.Sequence):
                heads = [one for one in items.items if isinstance(one, yaml_file.Mapping)]
                at = top.place(f"terms[{place[kind.head] + 1}].is", heads[place[kind.head]].line)
            problems.append(problem.at(at))


def _read_facts(
    top: Entry, vocabulary: Vocabulary, sources: Mapping[str, Citation]
) -> tuple[FactEntry, ...]:
    found: list[FactEntry] = []
    for entry in top.entries("facts", expected="a list of facts (id, holds, statement)"):
        name = entry.identifier("id")
        holds = entry.text("holds", required=True)
        statement = entry.text("statement")
        evidence = read_evidence(entry, sources)
        entry.done()
        expression = read_condition(entry, "holds", holds, vocabulary)
        if expression is None or not name:
            continue
        if any(name == other.id for other in found):
            entry.fault(f"{name!r} is given twice", "id")
            continue
        found.append(
            FactEntry(
                id=name, holds=holds, expression=expression, statement=statement,
                evidence=evidence,
            )
        )  # fmt: skip
    return tuple(found)


def read_condition(
    entry: Entry, field: str, text: str, vocabulary: Vocabulary
) -> Expression | None:
    """Return a condition that fits the vocabulary, or note what is wrong with it."""
    if not text:
        return None
    try:
        expression = parse(text)
        vocabulary.ground(expression, text)
    except PhraseError as problem:
        entry.problems.append(problem.at(entry.place(field)))
        return None
    return expression
