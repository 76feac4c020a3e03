"""The rows of the table: every commitment of the day, as the case has it and as the desk has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from accord.desk.deal import Deal
from accord.desk.ground import Ground
from accord.desk.slider import slider_of
from accord.errors import AccordError, InputError
from accord.language.target import Pledge
from accord.ledger.commitment import COUNTED, Citation, Commitment, Status

SHOWN = COUNTED | {"withdrawn", "archived", "abandoned", "not ratified"}
"""Statuses that a table shows; what was achieved, missed or replaced is history."""
OWN = "new-"


@dataclass(frozen=True)
class Row:
    """A commitment on the desk.

    Attributes
    ----------
    id
        The commitment's, or ``new-1`` … for one of the user's own.
    commitment
        As the desk has it.
    was
        As the case has it; ``None`` for the user's own.
    counted
        Whether it counts in this deal.
    """

    id: str
    commitment: Commitment
    was: Commitment | None
    counted: bool

    @property
    def changed(self) -> bool:
        """Whether the words differ from the case's."""
        return self.was is None or self.was.pledge != self.commitment.pledge


@lru_cache(maxsize=4096)
def read_phrase(text: str, today: Any, party: str | None = None) -> Pledge:
    """Read one phrase; kept, since undo and links bring the same ones back.

    Raises
    ------
    PhraseError, TargetError, InputError
        It cannot be read, cannot be meant, or says several things.
    """
    from accord.language import parse_all
    from accord.ledger import check_possible

    read = parse_all(text if party is None or ":" in text else f"{party}: {text}", today=today)
    if len(read) != 1:
        raise InputError(f"{len(read)} pledges in one phrase; give each its own row")
    check_possible(read[0], today)
    return read[0]


@lru_cache(maxsize=32)
def pledged_rows(ground: Ground) -> Mapping[str, Row]:
    """Return the rows as pledged, by id, in the order of the case; kept."""
    counted = {one.id for one in ground.counted}
    found = {}
    for one in ground.case.commitments:
        status = one.status(ground.day)
        if status is not None and (one.id in counted or status.word in SHOWN):
            found[one.id] = Row(one.id, one, one, one.id in counted)
    return found


def rows_of(ground: Ground, deal: Deal) -> tuple[dict[str, Row], list[AccordError]]:
    """Return the rows of a deal by id, in the order of the case, and what could not be read."""
    rows = dict(pledged_rows(ground))
    faults: list[AccordError] = []
    for name in deal.removed:
        rows.pop(name, None)
    for name in {*deal.says, *deal.counted}:
        row = rows.get(name)
        if row is None or row.was is None:
            continue
        now = row.was
        if name in deal.says:
            try:
                now = rewritten(now, read_phrase(deal.says[name], ground.day), ground)
            except AccordError as fault:
                faults.append(fault)
        counts = deal.counted.get(name, row.counted or now is not row.was)
        if counts and not now.counts(ground.day, archived=ground.convention.archived):
            now = _in_force(now, ground)
        rows[name] = Row(name, now, row.was, counts)
    for name, text in deal.says.items():
        if name.startswith(OWN) and name not in deal.removed:
            try:
                made = given(name, read_phrase(text, ground.day), ground)
            except AccordError as fault:
                faults.append(fault)
                continue
            rows[name] = Row(name, made, None, deal.counted.get(name, True))
    return rows, faults


def rewritten(one: Commitment, pledge: Pledge, ground: Ground) -> Commitment:
    """Return a commitment of the case with other words."""
    from accord.language import say

    if pledge.party != one.party:
        raise InputError(f"this row is {one.party}'s; add a row for {pledge.party} instead")
    if pledge == one.pledge:
        return one
    return _with_precedent(
        msgspec.structs.replace(
            one, pledge=pledge, says=say(pledge), outcomes=(), note="", verified=False
        ),
        ground,
    )


def given(name: str, pledge: Pledge, ground: Ground) -> Commitment:
    """Return a commitment of the user's own."""
    from accord.language import say
    from accord.parties import partition, party

    if pledge.party not in partition():
        one = party(pledge.party)
        if one.kind != "bloc" and pledge.party not in ground.case.parties:
            raise InputError(
                f"{one.name} ({one.code}) has no path of its own here: "
                "name a state outside the EU, or EU27"
            )
    status = Status(since=ground.day, word="announced", note="put on the table on this desk")
    return _with_precedent(
        Commitment(
            id=name,
            says=say(pledge),
            pledge=pledge,
            instrument="as proposed on this desk",
            legal_form="assumption",
            date=ground.day,
            statuses=(status,),
            evidence=(),
            gdp_series="gdp_ppp",
        ),
        ground,
    )


def _with_precedent(one: Commitment, ground: Ground) -> Commitment:
    from accord.pathways import with_precedent

    return with_precedent(one, [c for c in ground.case.commitments if c.date <= ground.day])


def _in_force(one: Commitment, ground: Ground) -> Commitment:
    status = Status(since=ground.day, word="announced", note="counted on this desk")
    return msgspec.structs.replace(one, statuses=(status,), date=min(one.date, ground.day))


def changed_parties(ground: Ground, rows: Mapping[str, Row]) -> dict[str, tuple[Commitment, ...]]:
    """Return the counted commitments of each party that has others than as pledged."""
    pledged = pledged_rows(ground)
    touched = {row.commitment.party for name, row in rows.items() if pledged.get(name) is not row}
    touched |= {row.commitment.party for name, row in pledged.items() if name not in rows}
    found: dict[str, list[Commitment]] = {code: [] for code in touched}
    for row in rows.values():
        if row.counted and row.commitment.party in touched:
            found[row.commitment.party].append(row.commitment)
    return {code: tuple(some) for code, some in found.items()}


class Sources:
    """Numbers for the documents of a case, in the order in which they are first cited."""

    def __init__(self, *some: Iterable[Citation]) -> None:
        self.numbers: dict[Citation, int] = {}
        for citations in some:
            self.of(citations)

    def of(self, citations: Iterable[Citation]) -> list[int]:
        """Return the numbers of citations, new ones numbered on."""
        return [self.numbers.setdefault(one, len(self.numbers) + 1) for one in citations]

    def listed(self) -> list[dict[str, Any]]:
        """Return all of them as plain data."""
        return [
            {
                "n": number,
                "title": one.title,
                "publisher": one.publisher,
                "date": one.date.isoformat() if one.date else None,
                "url": one.url if (one.url or "").startswith(("https://", "http://")) else None,
            }
            for one, number in self.numbers.items()
        ]


def plain(
    row: Row, ground: Ground, sources: Sources, paths: Mapping[str, Any], marks: Iterable[Any] = ()
) -> dict[str, Any]:
    """Return a row as the page gets it.

    Parameters
    ----------
    row, ground, sources
        What and where.
    paths
        Pathways by party, for the tonnes and the reading of what counts.
    marks
        Limits that red lines set on the same quantity.
    """
    one, was = row.commitment, row.was
    status = (was or one).status(ground.day)
    first = ground.world.first_year
    slider = slider_of(one.pledge.target, first)
    before = slider_of(was.pledge.target, first) if was is not None else None
    same = (
        before is not None
        and was is not None
        and type(was.pledge.target) is type(one.pledge.target)
    )
    path = paths.get(one.party)
    done = next((q for q in path.quantified if q.commitment is one), None) if path else None
    has_tonnes = done is not None and done.central is not None
    return {
        "id": row.id,
        "party": one.party,
        "says": one.says,
        "was": was.says if was is not None else None,
        "changed": row.changed,
        "counted": row.counted and not held_back(row, ground),
        "why_not": None if row.counted and not held_back(row, ground) else _why_not(row, ground),
        "status": "proposed" if was is None else (status.word if status else "announced"),
        "since": status.since.isoformat() if status else one.date.isoformat(),
        "note": (was or one).note,
        "instrument": one.instrument,
        "legal_form": one.legal_form,
        "verified": (was or one).verified,
        "sources": sources.of(one.evidence),
        "kind": one.pledge.target.__struct_config__.tag,
        "slider": None
        if slider is None
        else {
            **msgspec.structs.asdict(slider),
            "range": list(before.range if same and before is not None else slider.range),
            "min": min(slider.min, before.min) if same and before is not None else slider.min,
            "max": max(slider.max, before.max) if same and before is not None else slider.max,
            "was": before.value if same and before is not None else None,
            "marks": list(marks),
        },
        "year": done.year if done else getattr(one.pledge.target, "year", None),
        "tonnes": None
        if not has_tonnes or done is None
        else {
            name: None if value is None else round(value / 1000, 3)
            for name, value in (("low", done.low), ("central", done.central), ("high", done.high))
        },
        "reading": done.reading if done else "",
    }


def held_back(row: Row, ground: Ground) -> bool:
    """Tell whether the convention leaves a row out for its condition."""
    return row.commitment.pledge.conditional_on is not None and not ground.convention.conditional


def _why_not(row: Row, ground: Ground) -> str:
    status = row.commitment.status(ground.day)
    if status is not None and status.word not in COUNTED:
        return status.word
    if held_back(row, ground):
        return f"conditional on {row.commitment.pledge.conditional_on}"
    return "taken out"
