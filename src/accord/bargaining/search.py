"""Many days of one case: lines in force, and quarrels of groups that are asked about once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

import msgspec

from accord.bargaining.consequence import is_lever, link
from accord.bargaining.line import Fact, Line, Negotiation
from accord.bargaining.quarrel import Enumeration, Progress, enumerate_group
from accord.language.term import GroundTerm
from accord.ledger.red_line import RedLines


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What lies between two days.

    Attributes
    ----------
    since, until
        The two days.
    lapsed, begun
        Ids of lines that hold no longer, and of lines that hold now.
    vanished, appeared
        Quarrels as sets of ids.
    """

    since: dt.date
    until: dt.date
    lapsed: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    vanished: tuple[tuple[str, ...], ...] = ()
    appeared: tuple[tuple[str, ...], ...] = ()


class Search:
    """Quarrels of many days of one case: groups that do not change are asked about once."""

    def __init__(
        self,
        red_lines: RedLines,
        *,
        only: Iterable[str] | None = None,
        deadline: float | None = None,
        progress: Progress | None = None,
        enumerate_with: Callable[[Negotiation], Enumeration] | None = None,
        levers: Sequence[GroundTerm] = (),
    ) -> None:
        self.red_lines = red_lines
        self.only = None if only is None else frozenset(only)
        self.deadline, self.progress = deadline, progress
        self._enumerate_with, self._levers = enumerate_with, levers
        self._done: dict[tuple[str, ...], Enumeration] = {}
        self._tables: dict[dt.date, Negotiation] = {}

    def table(self, day: dt.date) -> Negotiation:
        """Return the lines in force on a day and the facts, over known terms."""
        if day not in self._tables:
            self._tables[day] = table_of(self.red_lines, day, self.only, self._levers)
        return self._tables[day]

    def groups(self, day: dt.date) -> list[tuple[Negotiation, Enumeration]]:
        """Return the groups of a day with their quarrels and ways out."""
        return [(group, self.ask(group)) for group in self.table(day).groups()]

    def ask(self, group: Negotiation) -> Enumeration:
        """Return the quarrels and ways out of one group."""
        key = (*(line.id for line in group.lines), "|", *(fact.id for fact in group.facts))
        if key not in self._done:
            if self._enumerate_with is not None:
                self._done[key] = self._enumerate_with(group)
            else:
                self._done[key] = enumerate_group(
                    group, deadline=self.deadline, progress=self.progress
                )
        return self._done[key]

    def quarrels(self, day: dt.date) -> list[tuple[str, ...]]:
        """Return the quarrels of a day as sets of ids."""
        return [one for _, found in self.groups(day) for one in found.quarrels]

    def height(self, start: dt.date, end: dt.date) -> dt.date:
        """Return the last day of those on which most quarrels stood."""
        days = self.red_lines.days(start, end)
        return max(days, key=lambda day: (len(self.quarrels(day)), day))

    def change(self, since: dt.date, until: dt.date) -> Change:
        """Return what lies between two days."""
        before = {line.id for line in self.table(since).lines}
        after = {line.id for line in self.table(until).lines}
        old, new = self.quarrels(since), self.quarrels(until)
        return Change(
            since=since,
            until=until,
            lapsed=tuple(line.id for line in self.table(since).lines if line.id not in after),
            begun=tuple(line.id for line in self.table(until).lines if line.id not in before),
            vanished=tuple(one for one in old if one not in new),
            appeared=tuple(one for one in new if one not in old),
        )


def table_of(
    red_lines: RedLines,
    day: dt.date,
    only: frozenset[str] | None = None,
    levers: Iterable[GroundTerm] = (),
) -> Negotiation:
    """Return the lines in force on a day (of some parties only) and the facts.

    Where a line speaks of consequences, they are linked to every term that drives them;
    ``levers`` are such terms that no line may name and that a deal may use.
    """
    vocabulary = red_lines.vocabulary
    table = Negotiation(
        lines=tuple(
            Line(
                id=line.id,
                party=line.party,
                holds=vocabulary.ground(line.expression, line.holds, day),
                level=line.level,
                cost=line.yield_cost,
                says=line.holds,
                statement=line.statement,
                topic=line.topic,
            )
            for line in red_lines.in_force(day)
            if only is None or line.party in only
        ),
        facts=tuple(
            Fact(
                id=fact.id,
                holds=vocabulary.ground(fact.expression, fact.holds, day),
                statement=fact.statement,
            )
            for fact in red_lines.facts
        ),
    )
    terms = {**{one.key: one for one in levers}, **table.terms}
    if not any(term.kind.consequence for term in table.terms.values()):
        return table
    driven = [one for one in terms.values() if one.kind.consequence or is_lever(one, day)]
    return Negotiation(lines=table.lines, facts=(*table.facts, link(driven)))
