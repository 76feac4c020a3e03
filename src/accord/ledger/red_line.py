"""Red lines: what a party, or its ratifiers at home, say that a deal must meet; dated and cited."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from accord.errors import InputError
from accord.language.expression import Expression
from accord.language.vocabulary import Vocabulary
from accord.ledger import yaml_file
from accord.ledger.commitment import Citation
from accord.ledger.entry import Entry
from accord.ledger.evidence import read_evidence, read_sources
from accord.ledger.terms_file import FactEntry, Terms, read_condition, read_terms

Level: TypeAlias = Literal["negotiator", "ratifier"]

HIGHEST_COST = 1000.0
"""Of yielding. The scale is one's own; a slip of the keyboard should still show."""


class RedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A condition that somebody puts on any deal.

    Attributes
    ----------
    id
        Stable name within the case, e.g. ``US-SEN-MIRROR``.
    party, level
        Whose it is: the party's negotiators', or its ratifiers' at home.
    statement
        What they say, in a plain sentence of ours.
    holds, expression
        The condition in the red-line language, as written and read.
    since, until
        First day on which it holds, and first day on which it no longer does.
    yield_cost
        What giving it up costs its owner, in points; ``None`` where nobody said.
    topic
        What it is about, for headings.
    evidence, note, verified
        Documents cited, remarks, and whether somebody checked the row against them.
    """

    id: str
    party: str
    level: Level
    statement: str
    holds: str
    expression: Expression
    since: dt.date
    until: dt.date | None = None
    yield_cost: float | None = None
    topic: str = ""
    evidence: tuple[Citation, ...] = ()
    note: str = ""
    verified: bool = False

    def in_force(self, on: dt.date) -> bool:
        """Tell whether the line holds on a day."""
        return self.since <= on and (self.until is None or on < self.until)


class RedLines(msgspec.Struct, frozen=True, kw_only=True):
    """All red lines of a case with the terms they are written in."""

    lines: tuple[RedLine, ...] = ()
    vocabulary: Vocabulary = Vocabulary()
    facts: tuple[FactEntry, ...] = ()
    costs: str = ""

    def in_force(self, on: dt.date) -> tuple[RedLine, ...]:
        """Return the lines that hold on a day, in the order of the file."""
        return tuple(line for line in self.lines if line.in_force(on))

    def days(self, start: dt.date, end: dt.date) -> tuple[dt.date, ...]:
        """Return ``start`` and every later day up to ``end`` on which some line begins or ends."""
        turns = {line.since for line in self.lines} | {
            line.until for line in self.lines if line.until is not None
        }
        return (start, *sorted(day for day in turns if start < day <= end))


def read_red_lines(folder: Path, problems: list[InputError]) -> RedLines:
    """Return the red lines of a case folder.

    Parameters
    ----------
    folder
        With ``red_lines.yaml`` and, optionally, ``terms.yaml``, ``sources.yaml`` and
        ``sources-*.yaml``.
    problems
        Receives every fault with its place.
    """
    path = folder / "red_lines.yaml"
    if not path.exists() and not (folder / "terms.yaml").exists():
        return RedLines()
    sources: dict[str, Citation] = {}
    for file in (folder / "sources.yaml", *sorted(folder.glob("sources-*.yaml"))):
        if file.exists():
            sources |= read_sources(file, problems)
    terms = read_terms(folder / "terms.yaml", sources, problems)
    lines = _read_lines(path, terms, sources, problems) if path.exists() else ()
    return RedLines(lines=lines, vocabulary=terms.vocabulary, facts=terms.facts, costs=terms.costs)


def _read_lines(
    path: Path, terms: Terms, sources: Mapping[str, Citation], problems: list[InputError]
) -> tuple[RedLine, ...]:
    node = yaml_file.read_yaml(path, problems)
    if node is None:
        return ()
    if not isinstance(node, yaml_file.Sequence):
        whole = Entry(yaml_file.Mapping(node.line), str(path), "", problems)
        whole.fault("expected a list of red lines (id, party, statement, holds, since, evidence)")
        return ()
    found: dict[str, RedLine] = {}
    for number, item in enumerate(node.items, 1):
        if not isinstance(item, yaml_file.Mapping):
            whole = Entry(yaml_file.Mapping(item.line), str(path), f"[{number}]", problems)
            whole.fault("expected the fields of a red line (id, party, statement, holds, since)")
            continue
        name = item.fields.get("id")
        shown = name.text if isinstance(name, yaml_file.Scalar) and name.text else f"[{number}]"
        entry = Entry(item, str(path), shown[:80], problems)
        line = _read_line(entry, terms.vocabulary, sources)
        if line is None:
            continue
        if line.id in found:
            entry.fault(f"{line.id!r} is given twice", "id")
        else:
            found[line.id] = line
    return tuple(found.values())


def _read_line(
    entry: Entry, vocabulary: Vocabulary, sources: Mapping[str, Citation]
) -> RedLine | None:
    name = entry.identifier("id")
    party = _party(entry, vocabulary)
    level = entry.choice("level", typing.get_args(Level)) or "negotiator"
    statement = entry.text("statement", required=True, expected="a plain sentence")
    holds = entry.text("holds", required=True, expected="a condition such as 'not cap(CHN)'")
    since = entry.date("since", required=True)
    until = entry.date("until")
    cost = entry.number("yield_cost")
    topic = entry.text("topic")
    evidence = read_evidence(entry, sources, required=True)
    note = entry.text("note")
    verified = entry.flag("verified")
    entry.done()
    expression = read_condition(entry, "holds", holds, vocabulary)
    if since is not None and until is not None and until <= since:
        entry.fault(f"ends on {until}, not after it began ({since})", "until")
    if cost is not None and not 0 <= cost <= HIGHEST_COST:
        entry.fault(f"a cost of yielding is 0 to {HIGHEST_COST:g} points, not {cost:g}",
                    "yield_cost")  # fmt: skip
    if not name or not party or expression is None or since is None:
        return None
    return RedLine(
        id=name, party=party, level=typing.cast("Level", level), statement=statement, holds=holds,
        expression=expression, since=since, until=until, yield_cost=cost, topic=topic,
        evidence=evidence, note=note, verified=verified,
    )  # fmt: skip


def _party(entry: Entry, vocabulary: Vocabulary) -> str:
    text = entry.text("party", required=True, expected="a party, bloc or group")
    if not text:
        return ""
    try:
        return vocabulary.party(text)
    except InputError as problem:
        entry.problems.append(problem.at(entry.place("party")))
        return ""


def load_red_lines(folder: Path) -> RedLines:
    """Return the red lines of a case folder.

    Raises
    ------
    FaultyCaseError
        With the first fault in its message and up to ten in ``problems``.
    """
    problems: list[InputError] = []
    found = read_red_lines(folder, problems)
    if problems:
        from accord.ledger.case import FaultyCaseError

        raise FaultyCaseError(problems, folder)
    return found
