"""The talks: a case's red lines asked why it is stuck, with the engines behind consequences.

Joins the ledger (lines, rounds, commitments), the bargaining (quarrels, ways out, deals) and the
chain from words to degrees, none of which knows the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from accord.bargaining.standoff import LISTED_WAYS, SECONDS, Standoff
from accord.bargaining.standoff import standoff as explain
from accord.errors import InputError
from accord.ledger import Case, load_case
from accord.ledger.red_line import RedLine, RedLines, load_red_lines

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
        import msgspec

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
    import msgspec

    from accord.language.red_line import parse

    added = []
    for number, text in enumerate(texts, 1):
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
                id=f"GIVEN-{number}",
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
