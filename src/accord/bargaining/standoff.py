"""The standoff of a day: which demands cannot hold together, and what opens it."""

from __future__ import annotations

import datetime as dt
import itertools
import string
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from accord.bargaining import sentence
from accord.bargaining.elastic import Elastic, Elasticity
from accord.bargaining.line import Fact, Line, Negotiation
from accord.bargaining.quarrel import Enumeration, Progress
from accord.bargaining.search import Change, Search
from accord.bargaining.way_out import Ranking, WayOut, combined, frontier, priced, ranked
from accord.bargaining.win_set import Landing, Menus, WinSet, landings, win_sets
from accord.bargaining.zone import Zone, zone
from accord.bargaining.zone_map import ZoneMap, pairs, zone_map
from accord.language.term import GroundTerm
from accord.ledger.red_line import RedLine, RedLines
from accord.ledger.round import Round

SECONDS = 20.0
"""Time budget for the search; what is found by then is given and called partial."""

LISTED_WAYS = 10
MAPS = 1
MANY = 500
"""Lines (and quarrels) beyond which only quarrels and ways out are found, without the rest."""


class Quarrel(msgspec.Struct, frozen=True, kw_only=True):
    """A minimal set of lines that cannot hold together.

    Attributes
    ----------
    label
        ``A``, ``B`` … on the page.
    red_lines, parties
        Ids of its lines, and whose they are.
    topic
        What it is about.
    sentence
        Why it cannot hold, in plain words.
    facts
        Facts that it rests on.
    """

    label: str
    red_lines: tuple[str, ...]
    parties: tuple[str, ...]
    topic: str
    sentence: str
    facts: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Lines that share terms, with their quarrels and their own ways out, best first."""

    red_lines: tuple[str, ...]
    quarrels: tuple[str, ...]
    ways_out: tuple[WayOut, ...]
    complete: bool


class Linkage(msgspec.Struct, frozen=True, kw_only=True):
    """The same question with trade and security terms on the table and without.

    Attributes
    ----------
    lines
        Ids of the lines that speak of trade or security.
    quarrels_linked, quarrels_apart
        Quarrels with these lines, and with climate apart.
    cost_linked
        Cheapest way out where these lines can be traded like any other.
    cost_apart
        Cheapest way out where they are set aside.
    cost_untouched
        Cheapest way out where they stand and may not be given up; ``None``: there is none.
    verdict
        What linking does, in a sentence.
    """

    lines: tuple[str, ...]
    quarrels_linked: int
    quarrels_apart: int
    cost_linked: float | None
    cost_apart: float | None
    cost_untouched: float | None
    verdict: str


class Standoff(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer.

    Attributes
    ----------
    title
        Of the case.
    as_of
        The day.
    round
        Id of the round asked for, if one was; then ``as_of`` is the day of it on which most
        quarrels stood (the last such day), and ``course`` tells the rest of it.
    red_lines
        The lines of the day by id, with their evidence.
    quarrels
        All of them, smallest first within a group.
    ways_out
        The best of the whole table, by the ranking asked for.
    frontier
        Ways out that no other beats for each protagonist and for all others together.
    ways_count
        How many minimal ways out the whole table has: the product over the groups.
    groups
        Lines that share terms, apart, with all their ways out.
    idle
        Ids of lines that play no part in any quarrel.
    impossible
        Ids of lines that nobody could ever meet.
    elastic
        How far each line would have to move.
    win_sets, zone
        What each party could accept, and what all could once the first way out is taken.
    landing
        What each party's lines leave of the terms on which two parties have lines.
    maps
        Zone of agreement over the first pairs of amounts that a quarrelling line ties together.
    linkage
        With and without trade and security terms.
    course
        Day by day through the round: what lapsed, began, vanished and appeared.
    since_last
        Against the close of the round before.
    lead
        The standoff in three sentences.
    complete
        Whether every quarrel and way out was found within the time budget.
    costs
        Whose judgement the costs are.
    confirmed
        What engines confirmed about consequences, in sentences.
    """

    title: str
    as_of: dt.date
    round: str | None
    round_name: str = ""
    red_lines: Mapping[str, RedLine]
    quarrels: tuple[Quarrel, ...]
    ways_out: tuple[WayOut, ...]
    ways_count: int
    groups: tuple[Group, ...]
    idle: tuple[str, ...]
    impossible: tuple[str, ...]
    frontier: tuple[WayOut, ...] = ()
    elastic: tuple[Elastic, ...] = ()
    win_sets: tuple[WinSet, ...] = ()
    zone: Zone | None = None
    landing: Mapping[str, Mapping[str, Landing]] = {}
    maps: tuple[ZoneMap, ...] = ()
    term_words: Mapping[str, str] = {}
    linkage: Linkage | None = None
    course: tuple[Change, ...] = ()
    since_last: Change | None = None
    lead: tuple[str, ...] = ()
    names: Mapping[str, str] = {}
    complete: bool = True
    ranking: Ranking = "sum"
    costs: str = ""
    confirmed: tuple[str, ...] = ()

    @property
    def unverified(self) -> tuple[str, ...]:
        """Lines in some quarrel that nobody has checked against their documents."""
        names = dict.fromkeys(name for one in self.quarrels for name in one.red_lines)
        return tuple(name for name in names if not self.red_lines[name].verified)

    def _repr_html_(self) -> str:
        """Show the matrix and the sentences in a notebook."""
        from importlib import import_module

        # The drawing lives above this room; a notebook has it, a calculation need not.
        section = import_module("accord.brief.standoff_section")
        return str(section.standalone(self))


def standoff(
    red_lines: RedLines,
    *,
    title: str = "",
    on: dt.date | None = None,
    at: Round | None = None,
    before: Round | None = None,
    party: str | None = None,
    only: Iterable[str] | None = None,
    protagonists: Sequence[str] = (),
    ranking: Ranking = "sum",
    ways: int = LISTED_WAYS,
    seconds: float = SECONDS,
    deep: bool = True,
    progress: Progress | None = None,
    enumerate_with: Callable[[Negotiation], Enumeration] | None = None,
    levers: Sequence[GroundTerm] = (),
) -> Standoff:
    """Explain the deadlock of a day or round.

    Parameters
    ----------
    red_lines
        Of the case.
    title
        Of the case.
    on, at
        A day, or a round; one of them.
    before
        The round before, whose close is compared with.
    party
        Show the quarrels of one party, and what it would have to move alone.
    only
        Parties whose lines count; all, if none are given.
    protagonists
        Parties of the Pareto edge and of the lead.
    ranking, ways
        How to rank the ways out, and how many to list.
    seconds
        Time budget of the search.
    deep
        Also win-sets, zone and elastic answer (up to :data:`MANY` lines).
    progress
        Called after each quarrel or way out found.
    enumerate_with
        Another search for the quarrels of a group (one that asks engines about consequences).
    levers
        Terms that drive consequences and that a deal may use though no line names them.
    """
    search = Search(
        red_lines, only=only, deadline=time.monotonic() + seconds, progress=progress,
        enumerate_with=enumerate_with, levers=levers,
    )  # fmt: skip
    if at is not None:
        day = search.height(at.start, at.end)
    elif on is not None:
        day = on
    else:
        raise ValueError("a day or a round is needed")
    table = search.table(day)
    lines = {line.id: line for line in table.lines}
    found = search.groups(day)
    vocabulary = red_lines.vocabulary
    quarrels: list[Quarrel] = []
    groups: list[Group] = []
    for group, enumeration in found:
        labels = []
        for ids in enumeration.quarrels:
            label = _label(len(quarrels))
            quarrels.append(
                _quarrel(
                    label,
                    ids,
                    lines,
                    (*group.facts, *enumeration.learned),
                    red_lines,
                    reasoned=len(quarrels) < MANY,
                )
            )
            labels.append(label)
        if labels or not enumeration.complete:
            groups.append(
                Group(
                    red_lines=tuple(line.id for line in group.lines),
                    quarrels=tuple(labels),
                    ways_out=ranked([priced(way, lines) for way in enumeration.ways], ranking),
                    complete=enumeration.complete,
                )
            )
    complete = all(enumeration.complete for _, enumeration in found)
    count = 1
    for one in groups:
        count *= len(one.ways_out)
    best = combined([one.ways_out for one in groups], lines, ranking=ranking, most=ways)
    quarrelling = {name for one in quarrels for name in one.red_lines}
    first = best[0] if best else None
    extra: dict[str, object] = {}
    learned = tuple(fact for _, one in found for fact in one.learned)
    known = Negotiation(lines=table.lines, facts=(*table.facts, *learned))
    few = len(table.lines) <= MANY
    if deep and few:
        extra = _deep(known, quarrels, first, protagonists, party)
    shown = [one for one in quarrels if party is None or party in one.parties]
    return Standoff(
        title=title,
        as_of=day,
        round=at.id if at is not None else None,
        round_name=at.name if at is not None and at.start != at.end else "",
        red_lines={line.id: line for line in red_lines.in_force(day) if line.id in lines},
        quarrels=tuple(shown),
        ways_out=best,
        ways_count=count if groups else 0,
        frontier=frontier([one.ways_out for one in groups], lines, list(protagonists)[:2])
        if few and complete
        else (),
        groups=tuple(groups),
        idle=tuple(name for name in lines if name not in quarrelling) if complete else (),
        impossible=tuple(one.red_lines[0] for one in quarrels if len(one.red_lines) == 1),
        term_words={
            key: sentence.term_words(term, vocabulary) for key, term in table.terms.items()
        },
        landing=landing_ranges(known) if few else {},
        maps=_maps(known, quarrelling) if few else (),
        linkage=_linkage(table, search) if few else None,
        course=_course(search, at),
        since_last=search.change(before.end, day) if before is not None else None,
        lead=sentence.lead(
            f"On {day.day} {day:%B %Y}",
            [(one.topic, [lines[name] for name in one.red_lines]) for one in shown],
            [lines[name] for name in first.give_up] if first else None,
            first.cost if first else None,
            vocabulary,
            protagonists,
            complete=complete,
        ),
        names={
            code: sentence.party_name(code, vocabulary)
            for code in dict.fromkeys(line.party for line in table.lines)
        },
        complete=complete,
        ranking=ranking,
        costs=red_lines.costs,
        **extra,  # type: ignore[arg-type]
    )


def _deep(
    table: Negotiation,
    quarrels: Sequence[Quarrel],
    first: WayOut | None,
    protagonists: Sequence[str],
    party: str | None,
) -> dict[str, object]:
    drawn = Menus(table)
    parties = tuple(dict.fromkeys(line.party for line in table.lines))
    pair = tuple(one for one in protagonists if one in parties)[:2]
    elastic: list[Elastic] = []
    if quarrels:
        moves = Elasticity(table, [one.red_lines for one in quarrels])
        elastic = [moves.least(), moves.even()]
        for one in (party,) if party else pair:
            alone = moves.alone(one) if one in moves.parties else None
            if alone is not None:
                elastic.append(alone)
    return {
        "elastic": tuple(elastic),
        "win_sets": win_sets(table, {party} if party else None, drawn),
        "zone": zone(
            table,
            first.give_up if first else (),
            between=(pair[0], pair[1]) if len(pair) == 2 else None,
            drawn=drawn,
        )
        if first is not None or not quarrels
        else None,
    }


def landing_ranges(table: Negotiation) -> dict[str, dict[str, Landing]]:
    """Return, for each term on which two parties have lines, what each party's lines leave."""
    owners: dict[str, set[str]] = {}
    for line in table.lines:
        for key in line.holds.terms:
            owners.setdefault(key, set()).add(line.party)
    shared = {key for key, some in owners.items() if len(some) > 1}
    found: dict[str, dict[str, Landing]] = {}
    for party in dict.fromkeys(line.party for line in table.lines):
        own = table.only(line.id for line in table.lines if line.party == party)
        mine = {key for key in shared if party in owners[key]}
        for one in landings(own, mine):
            found.setdefault(one.term, {})[party] = one
    return {
        key: some
        for key, some in found.items()
        if len(some) > 1 and any(one.words != "anything" for one in some.values())
    }


def _maps(table: Negotiation, quarrelling: set[str]) -> tuple[ZoneMap, ...]:
    tied = pairs(table.only(quarrelling))
    return tuple(zone_map(table, first, second) for first, second in tied[:MAPS])


def _linkage(table: Negotiation, search: Search) -> Linkage | None:
    aside = tuple(
        line.id
        for line in table.lines
        if any(term.kind.agenda != "climate" for term in line.holds.terms.values())
    )
    if not aside:
        return None
    lines = {line.id: line for line in table.lines}
    if any(line.cost is None for line in table.lines):
        return None

    def asked(one: Negotiation, held: Sequence[str] = ()) -> tuple[int, float | None]:
        found = [search.ask(group) for group in one.groups()]
        number = sum(len(each.quarrels) for each in found)
        stuck = [
            [priced(way, lines) for way in each.ways if not set(way) & set(held)]
            for each in found
            if each.quarrels
        ]
        best = combined(stuck, lines, most=1)
        return number, best[0].cost if best else None if stuck else 0.0

    linked, apart, untouched = asked(table), asked(table.without(aside)), asked(table, aside)
    verdict = (
        f"Quarrels with trade and security on the table: {linked[0]}; with climate apart: "
        f"{apart[0]}."
    )
    if untouched[1] is None:
        verdict += " If those lines stand and may not be touched, there is no way out at all."
    elif linked[1] is not None and untouched[1] > linked[1]:
        verdict += (
            f" As long as those lines stand, trading them too saves {untouched[1] - linked[1]:g} "
            "points."
        )
    elif linked[0] > apart[0]:
        verdict += " Trading those lines too makes no way out cheaper."
    return Linkage(
        lines=aside,
        quarrels_linked=linked[0],
        quarrels_apart=apart[0],
        cost_linked=linked[1],
        cost_apart=apart[1],
        cost_untouched=untouched[1],
        verdict=verdict,
    )


def _course(search: Search, at: Round | None) -> tuple[Change, ...]:
    if at is None:
        return ()
    days = search.red_lines.days(at.start, at.end)
    changes = [search.change(one, other) for one, other in itertools.pairwise(days)]
    return tuple(one for one in changes if one.vanished or one.appeared)


def _quarrel(
    label: str,
    ids: Sequence[str],
    lines: Mapping[str, Line],
    known: tuple[Fact, ...],
    red_lines: RedLines,
    *,
    reasoned: bool,
) -> Quarrel:
    own = [lines[name] for name in ids]
    topics = list(dict.fromkeys(line.topic for line in own if line.topic))
    from accord.bargaining.constraint import needed_facts

    facts = needed_facts(Negotiation(lines=tuple(own), facts=known)) if known else ()
    return Quarrel(
        label=label,
        red_lines=tuple(ids),
        parties=tuple(dict.fromkeys(line.party for line in own)),
        topic=" · ".join(topics[:2]),
        sentence=sentence.quarrel_sentence(own, facts, red_lines.vocabulary, reasoned=reasoned),
        facts=tuple(fact.id for fact in facts),
    )


def _label(number: int) -> str:
    letters = string.ascii_uppercase
    if number < len(letters):
        return letters[number]
    return f"{_label(number // len(letters) - 1)}{letters[number % len(letters)]}"
