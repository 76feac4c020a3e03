"""What is on the table: lines that a deal must meet, and the facts that link its terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

import msgspec

from accord.language.term import GroundTerm
from accord.language.vocabulary import Grounded

Level: TypeAlias = Literal["negotiator", "ratifier"]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A red line as the bargaining sees it: whose, at which table, what it asks, what it costs.

    ``cost`` is what giving it up costs its owner, in points of one's own scale; ``None`` where
    nobody said.
    """

    id: str
    party: str
    holds: Grounded
    level: Level = "negotiator"
    cost: float | None = None
    says: str = ""
    statement: str = ""
    topic: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Arithmetic or a definition that links terms; nobody's line, and nobody can give it up."""

    id: str
    holds: Grounded
    statement: str = ""


class Negotiation(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The lines of one day and the facts."""

    lines: tuple[Line, ...]
    facts: tuple[Fact, ...] = ()

    @property
    def _conditions(self) -> list[Grounded]:
        return [line.holds for line in self.lines] + [fact.holds for fact in self.facts]

    @property
    def terms(self) -> Mapping[str, GroundTerm]:
        """Every term of a line or fact, by key."""
        found: dict[str, GroundTerm] = {}
        for holds in self._conditions:
            found.update(holds.terms)
        return found

    @property
    def dated(self) -> frozenset[str]:
        """Keys of the yes-or-no terms that some line asks about by year."""
        return frozenset(key for holds in self._conditions for key in holds.dated)

    def only(self, ids: Iterable[str]) -> Negotiation:
        """Return the same table with some of the lines."""
        kept = set(ids)
        return Negotiation(
            lines=tuple(line for line in self.lines if line.id in kept), facts=self.facts
        )

    def without(self, ids: Iterable[str]) -> Negotiation:
        """Return the same table without some of the lines."""
        gone = set(ids)
        return self.only(line.id for line in self.lines if line.id not in gone)

    def groups(self) -> tuple[Negotiation, ...]:
        """Return the table in parts that share no term, in order of their first line.

        Terms that a fact links count as shared. Facts that touch no line are left out; they say
        nothing about the deal.
        """
        parent: dict[str, str] = {}

        def root(key: str) -> str:
            while parent[key] != key:
                parent[key] = parent[parent[key]]
                key = parent[key]
            return key

        for holds in self._conditions:
            keys = list(holds.terms)
            for key in keys:
                parent.setdefault(key, key)
            for key in keys[1:]:
                parent[root(key)] = root(keys[0])
        lines: dict[str, list[Line]] = {}
        for line in self.lines:
            # A line without a term ("false") is a group of its own.
            key = root(next(iter(line.holds.terms))) if line.holds.terms else f" {line.id}"
            lines.setdefault(key, []).append(line)
        facts: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.holds.terms:
                facts.setdefault(root(next(iter(fact.holds.terms))), []).append(fact)
        return tuple(
            Negotiation(lines=tuple(some), facts=tuple(facts.get(key, ())))
            for key, some in lines.items()
        )
