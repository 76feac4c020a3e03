"""The talks: a case's red lines asked why it is stuck, with the engines behind consequences.

Joins the ledger (lines, rounds, commitments), the bargaining (quarrels, ways out, deals) and the
chain from words to degrees, none of which knows the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from accord.bargaining.deal import Proposal
from accord.bargaining.standoff import LISTED_WAYS, SECONDS, Standoff
from accord.bargaining.standoff import standoff as explain
from accord.errors import InputError
from accord.language.quantity import number
from accord.language.target import (
    Finance,
    IntensityCut,
    Neutrality,
    PeakYear,
    Pledge,
    RelativeCut,
)
from accord.ledger import Case, load_case
from accord.ledger.red_line import Level, RedLine, RedLines, load_red_lines

if TYPE_CHECKING:
    from accord.bargaining.quarrel import Progress
    from accord.bargaining.way_out import Ranking
    from accord.language.term import GroundTerm
    from accord.ledger.round import Round


def standoff(
    case: str | Case = "us-china",
    *,
    as_of: str | dt.date | None = None,
    party: str | None = None,
    among: Sequence[str] = (),
    level: Level | None = None,
    lines: Sequence[str] = (),
    ranking: Ranking = "sum",
    ways: int = LISTED_WAYS,
    seconds: float = SECONDS,
    deep: bool = True,
    progress: Progress | None = None,
) -> Standoff:
    """Say why the talks of a case are stuck on a day, and what would open them.

    Parameters
    ----------
    case
        Name or path of a case, or one that is loaded.
    as_of
        A date, or the id of a round: then the day of it on which most quarrels stood.
    party
        Only the quarrels of one party, and what it would have to move alone.
    among
        Parties whose lines count; all if none are given.
    level
        Only the lines at the table (``negotiator``) or at home (``ratifier``).
    lines
        Further lines to try, each as ``"AOSIS: warming(p50, 2100) <= 1.5 °C"``.
    ranking, ways, seconds, deep, progress
        As in :func:`accord.bargaining.standoff.standoff`.

    Raises
    ------
    InputError
        The case has no red lines, or the day, round or party is not known.

    Examples
    --------
    >>> answer = standoff("us-china", as_of="2021-09-02", deep=False)
    >>> [one.red_lines for one in answer.quarrels]
    [('USA-UNLINK', 'CHN-LINK21', 'USA-DEEPER21')]
    """
    loaded = case if isinstance(case, Case) else load_case(case)
    book = red_lines_of(loaded)
    day, at, before = when(loaded, as_of)
    if level is not None:
        kept = tuple(line for line in book.lines if line.level == level)
        book = msgspec.structs.replace(book, lines=kept)
    if lines:
        book = with_lines(book, lines, at.start if at is not None else day)
    code = None if party is None else book.vocabulary.party(party)
    only = tuple(book.vocabulary.party(one) for one in among)
    if code is not None and not any(line.party == code for line in book.lines):
        owners = sorted({line.party for line in book.lines})
        raise InputError(f"{code} has no red line in this case; those who have: "
                         f"{', '.join(owners)}")  # fmt: skip
    search: Any = None
    confirmed: list[str] = []
    levers: tuple[GroundTerm, ...] = ()
    if any(term.kind.consequence for term in _terms(book, at.end if at is not None else day)):
        from accord.assessment.consequences import confirming_search, levers_of

        levers = levers_of(loaded)
        search, confirmed = confirming_search(loaded, at.end if at is not None else day, seconds)
    found = explain(
        book,
        title=loaded.title,
        on=day,
        at=at,
        before=before,
        party=code,
        only=only or None,
        protagonists=loaded.parties,
        ranking=ranking,
        ways=ways,
        seconds=seconds,
        deep=deep,
        progress=progress,
        enumerate_with=search,
        levers=levers,
    )
    if confirmed:
        found = msgspec.structs.replace(found, confirmed=tuple(dict.fromkeys(confirmed)))
    return found


def red_lines_of(case: Case) -> RedLines:
    """Return the red lines of a case.

    Raises
    ------
    InputError
        It has none; says where they would stand.
    """
    book = load_red_lines(case.path)
    if not book.lines:
        raise InputError(
            f"the case {case.name} has no red lines; write them in red_lines.yaml "
            "(docs/standoff.md shows how)"
        )
    return book


def when(case: Case, as_of: str | dt.date | None) -> tuple[dt.date, Round | None, Round | None]:
    """Return the day asked for, the round if one was asked for, and the round before."""
    rounds = list(case.rounds)
    if isinstance(as_of, str):
        for n, one in enumerate(rounds):
            if one.id == as_of:
                return one.end, one, rounds[n - 1] if n else None
        day = case.day(as_of)
    else:
        day = as_of or case.today
    if day > case.today:
        raise InputError(f"{day} is after the edition of this case ({case.today})")
    past = [one for one in rounds if one.end < day]
    return day, None, past[-1] if past else None


def with_lines(book: RedLines, texts: Iterable[str], since: dt.date) -> RedLines:
    """Return the red lines with further ones, written ``PARTY: condition``."""
    from accord.language.red_line import parse

    added = []
    for place, text in enumerate(texts, 1):
        owner, colon, holds = text.partition(":")
        if not colon or not holds.strip():
            raise InputError(
                f"{text[:60]!r} is no line; write it as 'AOSIS: warming(p50, 2100) <= 1.5 °C'"
            )
        holds = holds.strip()
        expression = parse(holds)
        book.vocabulary.ground(expression, holds, since)
        code = book.vocabulary.party(owner.strip())
        added.append(
            RedLine(
                id=f"GIVEN-{place}",
                party=code,
                level="negotiator",
                statement=f"{owner.strip()}, as given: {holds}",
                holds=holds,
                expression=expression,
                since=dt.date(1900, 1, 1),
                topic="as given",
                yield_cost=5.0 if all(one.yield_cost is not None for one in book.lines) else None,
                note="A line given with the question; its cost of yielding is set to 5.",
            )
        )
    return msgspec.structs.replace(book, lines=(*book.lines, *added))


def _terms(book: RedLines, day: dt.date) -> list[Any]:
    return [
        term
        for line in book.in_force(day)
        for term in book.vocabulary.ground(line.expression, line.holds, day).terms.values()
    ]


class Meant(msgspec.Struct, frozen=True, kw_only=True):
    """What a proposal means by the engines, beside what is on the table without it.

    Attributes
    ----------
    quantity
        ``warming in 2100``, ``emissions of China in 2035``.
    unit, convention
        Unit, and how to read the figure.
    now, then
        Without the proposal, and with it.
    """

    quantity: str
    unit: str
    convention: str
    now: float
    then: float


class DealAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to ``accord deal``: the proposal against the lines, and what it means."""

    as_of: dt.date
    proposal: Proposal
    meant: tuple[Meant, ...]
    red_lines: Mapping[str, RedLine]
    names: Mapping[str, str]
    costs: str


def deal(
    phrases: Sequence[str],
    case: str | Case = "us-china",
    *,
    as_of: str | dt.date | None = None,
    engines: bool = True,
) -> DealAnswer:
    """Say what a proposal breaks and keeps, what it means, and which one nearby breaks nothing.

    Parameters
    ----------
    phrases
        Conditions of the red-line language (``"finance(DEV, 2035) == 300 $bn/yr"``) and pledges
        (``"China: reach carbon neutrality by 2055"``).
    case, as_of
        As in :func:`standoff`; a round means its last day.
    engines
        Whether to run the engines for tonnes and degrees where pledges are in the proposal.

    Raises
    ------
    InputError
        A phrase that cannot be read, or a proposal that contradicts itself.
    """
    from accord.bargaining.deal import propose
    from accord.bargaining.quarrel import enumerate_group
    from accord.bargaining.search import table_of
    from accord.bargaining.sentence import party_name
    from accord.bargaining.way_out import priced
    from accord.language import parse_all
    from accord.language.red_line import parse

    if not phrases:
        raise InputError("the proposal is empty; write for example 'finance(DEV, 2035) == 300'")
    loaded = case if isinstance(case, Case) else load_case(case)
    book = red_lines_of(loaded)
    day, _, _ = when(loaded, as_of)
    pledges: list[Pledge] = []
    texts: list[str] = []
    for text in phrases:
        if ":" in text:
            read = parse_all(text, today=day)
            pledges += read
            texts += [said for one in read for said in as_conditions(one, book)]
        else:
            texts.append(text)
    conditions = [(text, book.vocabulary.ground(parse(text), text, day)) for text in texts]
    table = table_of(book, day)
    meant: tuple[Meant, ...] = ()
    values: dict[str, float] = {}
    levers = {key: term for _, g in conditions for key, term in g.terms.items()}
    if engines:
        meant, values = _meaning(loaded, day, pledges, table.terms.values(), levers, conditions)
    lines = {line.id: line for line in table.lines}
    found = [enumerate_group(group) for group in table.groups()]
    ways = [[priced(way, lines) for way in one.ways] for one in found if one.quarrels]
    return DealAnswer(
        as_of=day,
        proposal=propose(
            table, conditions, consequences=values, ways=ways
        ),
        meant=meant,
        red_lines={line.id: line for line in book.in_force(day)},
        names={one: party_name(one, book.vocabulary) for one in dict.fromkeys(
            line.party for line in table.lines)},
        costs=book.costs,
    )  # fmt: skip


def as_conditions(pledge: Pledge, book: RedLines) -> list[str]:
    """Return the conditions that a pledge settles, as far as the case has terms for them."""
    target, code = pledge.target, pledge.party
    names = book.vocabulary.by_name
    match target:
        case PeakYear():
            year = target.year - (1 if target.when == "before" else 0)
            return [f"peak({code}) == {year}"] if "peak" in names else []
        case Neutrality():
            return [f"neutral({code}) == {target.year}"] if "neutral" in names else []
        case RelativeCut(base="peak"):
            return _between(f"cut_from_peak({code}, {target.year})", target, names)
        case RelativeCut():
            return _between(f"cut({code}, {target.year}, base {target.base})", target, names)
        case IntensityCut(gas="CO2"):
            term = f"intensity_cut({code}, {target.year}, base {target.base})"
            return _between(term, target, names)
        case Finance(currency="USD", rate="year") if target.year is not None:
            return [f"finance({code}, {target.year}) == {number(target.high)} $bn/yr"]
    return []


def _between(term: str, target: RelativeCut | IntensityCut, names: Mapping[str, Any]) -> list[str]:
    if term.partition("(")[0] not in names:
        return []
    low, high = number(target.low), number(target.high)
    return [f"{term} == {low}"] if low == high else [f"{term} >= {low} and {term} <= {high}"]


def _meaning(  # noqa: PLR0917 - what the engines are asked about
    case: Case,
    day: dt.date,
    pledges: Sequence[Pledge],
    terms: Iterable[GroundTerm],
    levers: Mapping[str, GroundTerm],
    conditions: Sequence[tuple[str, Any]],
) -> tuple[tuple[Meant, ...], dict[str, float]]:
    """Run the engines where the proposal moves emissions or a line speaks of consequences."""
    from accord.assessment.consequences import Engines
    from accord.bargaining.consequence import is_lever
    from accord.bargaining.deal import settled_terms

    wanted = [term.key for term in terms if term.kind.consequence]
    moved = {key: value for key, value in settled_terms(conditions).items()
             if is_lever(levers[key], day)}  # fmt: skip
    if not pledges and not moved and not wanted:
        return (), {}
    engine = Engines(case, day)
    from accord import pathways

    own = {one.party for one in pledges} | {
        argument.text
        for key in moved
        for argument in levers[key].term.arguments
        if hasattr(argument, "text")
    }
    given = [*pledges, *engine.pledges(moved, without=pledges)]
    now = engine.world({})
    then = pathways.project(engine.with_pledges(given), engine.convention, draws=1)
    convention = engine.convention.words()
    rows = [
        Meant(
            quantity="warming in 2100",
            unit="°C",
            convention=f"median of {engine.members} members, above 1850-1900; {convention}",
            now=engine.warming(now, 50, 2100),
            then=engine.warming(then, 50, 2100),
        )
    ]
    for code in sorted(own):
        rows += [
            Meant(
                quantity=f"emissions of {code} in {year}",
                unit="Mt",
                convention=f"CO2e, central reading; {convention}",
                now=engine.emissions(now, code, year),
                then=engine.emissions(then, code, year),
            )
            for year in (2035, 2050)
            if year >= now.first_year
        ]
    return tuple(rows), {key: engine.value(key, then) for key in wanted}
