"""A case as plain data, for terminals and machines."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from accord.language import say
from accord.ledger.case import Case
from accord.ledger.commitment import Citation, Commitment


def describe_case(
    case: Case, as_of: dt.date | None = None, party: str | None = None
) -> dict[str, Any]:
    """Return rounds and commitments, each with its status on a day, as JSON would hold them.

    Parameters
    ----------
    case
        The case.
    as_of
        The day; the case's own, if none is given. What was made later is left out.
    party
        Code of the only party wanted.

    Returns
    -------
    dict
        ``title``, ``path``, ``as_of``, ``today``, ``rounds``, ``counts`` and ``parties``: the
        protagonists first, then the others by name, each with its ``commitments`` by date.
    """
    from accord.parties import PARTIES

    day = as_of or case.today
    counted = {one.id for one in case.counted(day)}
    made = [one for one in case.commitments if one.date <= day]
    made = [one for one in made if party is None or one.party == party]
    by_party: dict[str, list[Commitment]] = {}
    for one in made:
        by_party.setdefault(one.party, []).append(one)
    rest = sorted(
        (code for code in by_party if code not in case.parties), key=lambda code: PARTIES[code].name
    )
    codes = [code for code in case.parties if code in by_party] + rest
    return {
        "title": case.title,
        "about": case.about,
        "path": str(case.path),
        "as_of": day.isoformat(),
        "today": case.today.isoformat(),
        "rounds": [
            {
                "id": one.id,
                "name": one.name,
                "place": one.place,
                "start": one.start.isoformat(),
                "end": one.end.isoformat(),
                "outcome": one.outcome,
                "resolved": one.resolved,
                "verified": one.verified,
            }
            for one in case.rounds
            if one.start <= day
        ],
        "counts": {
            "commitments": len(made),
            "counted": len([one for one in made if one.id in counted]),
            "verified": len([one for one in made if one.verified]),
        },
        "parties": [
            {
                "code": code,
                "name": PARTIES[code].name,
                "protagonist": code in case.parties,
                "commitments": [
                    _row(one, day, one.id in counted)
                    for one in sorted(by_party[code], key=lambda one: one.date)
                ],
            }
            for code in codes
        ],
    }


def _row(one: Commitment, day: dt.date, counted: bool) -> dict[str, Any]:
    status = one.status(day)
    return {
        "id": one.id,
        "says": one.says,
        "canonical": say(one.pledge),
        "target": msgspec.to_builtins(one.pledge.target),
        "lulucf": one.pledge.lulucf,
        "conditional_on": one.pledge.conditional_on,
        "instrument": one.instrument,
        "legal_form": one.legal_form,
        "date": one.date.isoformat(),
        "status": status.word if status is not None else "not yet made",
        "status_since": status.since.isoformat() if status is not None else None,
        "status_note": status.note if status is not None else "",
        "statuses": [
            {"since": past.since.isoformat(), "word": past.word, "note": past.note}
            for past in one.statuses
            if past.since <= day
        ],
        "counted": counted,
        "base_values": msgspec.to_builtins(one.base_values),
        "gdp_series": one.gdp_series,
        "outcomes": msgspec.to_builtins(one.outcomes),
        "supersedes": list(one.supersedes),
        "evidence": [_cited(citation) for citation in one.evidence],
        "note": one.note,
        "verified": one.verified,
    }


def _cited(citation: Citation) -> dict[str, Any]:
    return {
        "title": citation.title,
        "publisher": citation.publisher,
        "date": citation.date.isoformat() if citation.date is not None else None,
        "url": citation.url,
    }
