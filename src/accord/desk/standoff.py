"""The standoff pane: quarrels and ways out of the day, and what this deal does to each line.

Works in the solver's thread. Quarrels and ways out belong to the day alone and are kept; only the
verdicts on the deal are asked again when it changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from accord.desk.deal import Deal
from accord.desk.live import Picture
from accord.desk.rows import Sources
from accord.desk.slider import moved, slider_of
from accord.desk.terms import Known, said_by, talks_of
from accord.errors import AccordError, InputError
from accord.language import say as say_pledge
from accord.ledger import Case

if TYPE_CHECKING:
    from accord.bargaining.deal import Proposal
    from accord.bargaining.search import Change
    from accord.bargaining.standoff import Standoff

NO_LINES = "This case has no red lines; docs/standoff.md says how to write red_lines.yaml."
SECONDS = 15.0


@lru_cache(maxsize=64)
def stuck(case: Key, as_of: str) -> Standoff:
    """Return the standoff of a round or day, kept."""
    from accord.assessment.talks import standoff

    return standoff(case.case, as_of=as_of, deep=False, seconds=SECONDS)


class Key:
    """A case by identity, so that what is kept of it can be found again."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and other.case is self.case

    def __hash__(self) -> int:
        return id(self.case)


def stuck_of(case: Case, as_of: str) -> Standoff:
    """Return the standoff of a round (by its id) or day (``2010-03-01``)."""
    return stuck(Key(case), as_of)


def talks_day(case: Case, round_id: str) -> dt.date:
    """Return the day of a round on which most quarrels stood: the one that it is shown at."""
    return stuck_of(case, round_id).as_of


def standoff_block(
    picture: Picture, sources: Sources, rev: int, counts: Mapping[str, int]
) -> dict[str, Any]:
    """Return the ``standoff`` message of a deal.

    Parameters
    ----------
    picture, sources
        The deal, and the numbers of the documents.
    rev
        Which state of the session it belongs to.
    counts
        Quarrels of each round, as far as they are known.
    """
    ground = picture.ground
    talks = talks_of(ground)
    if talks.table is None:
        none = (
            NO_LINES if not ground.red_lines.lines else "No red lines are on record for this day."
        )
        return {"type": "standoff", "rev": rev, "none": none}
    found = stuck_of(ground.case, ground.round.id if ground.round else ground.day.isoformat())
    proposal, contradiction = proposed(picture)
    by_line = {one.line: one for one in proposal.verdicts} if proposal else {}
    labels: dict[str, list[str]] = {}
    for quarrel in found.quarrels:
        for name in quarrel.red_lines:
            labels.setdefault(name, []).append(quarrel.label)
    lines = []
    for name, line in found.red_lines.items():
        verdict = by_line.get(name)
        lines.append(
            {
                "id": name,
                "party": line.party,
                "name": found.names.get(line.party, line.party),
                "level": line.level,
                "topic": line.topic,
                "statement": line.statement,
                "holds": line.holds,
                "since": line.since.isoformat(),
                "until": line.until.isoformat() if line.until else None,
                "cost": line.yield_cost,
                "sources": sources.of(line.evidence),
                "verified": line.verified,
                "note": line.note,
                "verdict": verdict.verdict if verdict else picture.verdicts.get(name, "open"),
                "deal": deal_words(name, picture),
                "by": "; ".join(f"{a:.3g} {u}".strip() for _, a, u in verdict.by)
                if verdict
                else "",
                "quarrels": labels.get(name, []),
                "given_up": name in picture.deal.gave_up,
            }
        )
    return {
        "type": "standoff",
        "rev": rev,
        "as_of": found.as_of.isoformat(),
        "round": found.round,
        "lead": list(found.lead),
        "lines": lines,
        "names": dict(found.names),
        "quarrels": [
            {
                "label": one.label,
                "lines": list(one.red_lines),
                "parties": list(one.parties),
                "topic": one.topic,
                "sentence": one.sentence,
            }
            for one in found.quarrels
        ],
        "ways": [
            {"give_up": list(way.give_up), "cost": way.cost, "by_party": dict(way.by_party)}
            for way in found.ways_out
        ],
        "ways_count": found.ways_count,
        "complete": found.complete,
        "impossible": list(found.impossible),
        "costs": found.costs,
        "standing": msgspec.to_builtins(proposal.standing) if proposal else {},
        "contradiction": contradiction,
        "course": [_change(one) for one in found.course],
        "since_last": _change(found.since_last) if found.since_last else None,
        "rounds": dict(counts),
        "confirmed": list(found.confirmed),
    }


def proposed(picture: Picture) -> tuple[Proposal | None, str | None]:
    """Return the exact verdicts on a deal, or the sentence that says how it contradicts itself."""
    from accord.bargaining.deal import propose
    from accord.language.red_line import parse

    ground = picture.ground
    table = talks_of(ground).table
    assert table is not None
    vocabulary = ground.red_lines.vocabulary
    conditions = [
        (text, vocabulary.ground(parse(text), text, ground.day))
        for key, value in picture.settled.items()
        if key in table.terms
        for text in _conditions(key, value)
    ]
    try:
        return propose(table, conditions, consequences=_consequences(picture)), None
    except InputError as problem:
        return None, problem.message


def _conditions(key: str, value: Known) -> list[str]:
    if isinstance(value, bool):
        return [key if value else f"not {key}"]
    if isinstance(value, str):
        return [f"{key} == {value}"]
    low, high = (f"{float(one):.10g}" for one in value)
    return [f"{key} == {low}"] if low == high else [f"{key} >= {low}", f"{key} <= {high}"]


def _consequences(picture: Picture) -> dict[str, float]:
    """Return what the frame already knows of the consequences that lines speak of."""
    table = talks_of(picture.ground).table
    assert table is not None
    wanted = [key for key, term in table.terms.items() if term.kind.consequence]
    if not wanted:
        return {}
    from accord.assessment.consequences import Engines

    engine = Engines(picture.ground.case, picture.ground.day)
    found = {}
    for key in wanted:
        try:
            found[key] = engine.value(key, picture.world)
        except AccordError:
            continue
    return found


def deal_words(name: str, picture: Picture) -> str:
    """Return what the deal says about the terms of a line, in a few words."""
    line = talks_of(picture.ground).lines.get(name)
    if line is None:
        return ""
    found = []
    alone = len(line.holds.terms) == 1  # the line itself says what the figure is
    for key, term in line.holds.terms.items():
        value = picture.settled.get(key)
        if value is None:
            continue
        head = "" if alone else f"{key}: "
        if isinstance(value, bool):
            found.append(f"{head}{'yes' if value else 'no'}")
        elif isinstance(value, str):
            found.append(f"{head}{value}")
        else:
            unit = "" if term.kind.unit == "year" else f" {term.kind.unit}"
            low, high = value
            amount = f"{low:g}" if low == high else f"{low:g}–{high:g}"
            found.append(f"{head}{amount}{unit}".rstrip())
    return "; ".join(found) or "left open"


def applied(picture: Picture, give_up: tuple[str, ...]) -> Deal:
    """Return the deal that keeps every line but those given up, as near to this one as can be.

    Terms that a row settles move with the row's slider; all others are set. Amounts that nobody
    had set take a limit that some line names.

    Raises
    ------
    InputError
        The other lines cannot hold together, or a row cannot take its value.
    """
    import z3

    from accord.bargaining.constraint import Variables, rational

    talks = talks_of(picture.ground)
    if talks.table is None:
        raise InputError(NO_LINES)
    kept = talks.table.without(give_up)
    variables = Variables(talks.table.terms, talks.table.dated)
    solver = z3.Optimize()
    solver.set("timeout", 5000)
    solver.add(variables.domain)
    solver.add([variables.condition(fact.holds.expression) for fact in talks.table.facts])
    solver.add([variables.condition(line.holds.expression) for line in kept.lines])
    for key, term in talks.terms.items():
        value, variable = picture.settled.get(key), variables.by_key[key]
        if isinstance(value, bool | str):
            solver.add_soft(variables.equals(key, value), 20)
        elif value is not None:
            low, high = (rational(Fraction(str(one))) for one in value)
            solver.add_soft(z3.And(variable >= low, variable <= high), 20)
        if term.kind.type in {"int", "real"}:
            limits = {mark["value"] for mark in talks.marks.get(key, ())}
            if limits:
                solver.add_soft(
                    z3.Or([variable == rational(Fraction(str(one))) for one in limits]), 1
                )
    if solver.check() != z3.sat:
        raise InputError("the lines that stay cannot hold together; choose a listed way out")
    model = solver.model()
    needed = {key for line in kept.lines for key in line.holds.terms}
    return _with_values(
        picture,
        {key: variables.value(model, key) for key in talks.terms if key in needed},
        give_up,
    )


def _with_values(
    picture: Picture, values: Mapping[str, bool | str | Fraction], give_up: tuple[str, ...]
) -> Deal:
    deal, ground = picture.deal, picture.ground
    terms, says = dict(deal.terms), dict(deal.says)
    by_row = {
        key: row
        for row in picture.rows.values()
        if row.counted
        for key, _ in said_by(row.commitment.pledge, ground)
    }
    kinds = talks_of(ground).terms
    for key, value in values.items():
        if kinds[key].kind.consequence:
            continue
        if isinstance(value, bool | str):
            terms[key] = value
            continue
        amount, now = float(value), picture.settled.get(key)
        if isinstance(now, tuple) and now[0] <= amount <= now[1]:
            continue
        row = by_row.get(key)
        if row is None or slider_of(row.commitment.pledge.target, ground.world.first_year) is None:
            terms[key] = amount
        else:
            says[row.id] = say_pledge(moved(row.commitment.pledge, amount))
    return deal.with_(terms=terms, says=says, gave_up=tuple(give_up))


def _change(one: Change) -> dict[str, Any]:
    return {
        "since": one.since.isoformat(),
        "until": one.until.isoformat(),
        "lapsed": list(one.lapsed),
        "begun": list(one.begun),
        "vanished": [list(ids) for ids in one.vanished],
        "appeared": [list(ids) for ids in one.appeared],
    }
