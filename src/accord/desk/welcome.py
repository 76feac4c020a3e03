"""What a page gets first: the case, its parties and rounds, the switches, the documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accord import __version__
from accord.desk.deal import PHRASE_MOST, ROWS_MOST
from accord.desk.ground import Grounds
from accord.desk.message import MESSAGE_MOST
from accord.desk.record import store_of
from accord.desk.rows import Sources
from accord.ledger import Case
from accord.ledger.round import Round

PER_SECOND = 60
QUOTES, NEAR = 3, 90
"""What is shown of a round: entries, and days before and after it."""

SWITCHES: tuple[tuple[str, str, tuple[tuple[str | bool, str], ...]], ...] = (
    ("extension", "after the last target", (
        ("hold-rate", "hold the rate"), ("hold-level", "hold the level"),
        ("hold-intensity", "hold the intensity trend"), ("reference", "follow the reference"),
    )),
    ("conditional", "conditional pledges", ((False, "out"), (True, "in"))),
    ("lulucf", "land use", (("included", "in"), ("excluded", "out"))),
    ("gwp", "GWP", (("AR6", "100, AR6"), ("AR5", "100, AR5"), ("AR4", "100, AR4"),
                    ("SAR", "100, SAR"))),
    ("neutrality", "carbon neutrality is", (("GHG", "all gases"), ("CO2", "CO₂ alone"))),
    ("hot_air", "hot air", ((False, "out"), (True, "in"))),
    ("scenario", "GDP and people", tuple((f"SSP{n}", f"SSP{n}") for n in range(1, 6))),
    ("archived", "archived pledges", ((False, "out"), (True, "in"))),
)  # fmt: skip


def welcome(grounds: Grounds, sources: Sources) -> dict[str, Any]:
    """Return the ``welcome`` message, less what belongs to a session."""
    from accord import climate
    from accord.parties import party

    case = grounds.case
    codes = dict.fromkeys(
        (*case.parties, *(one.party for one in case.commitments),
         *(line.party for line in grounds.red_lines.lines))
    )  # fmt: skip
    parties: dict[str, Any] = {}
    groups = grounds.red_lines.vocabulary.group_names
    for code in codes:
        if code in groups:
            parties[code] = {"name": code, "short": code, "adjective": code}
            continue
        try:
            one = party(code)
        except Exception:
            parties[code] = {"name": code, "short": code, "adjective": code}
            continue
        parties[code] = {"name": one.name, "short": one.short_name, "adjective": one.adjective}
    rounds = [
        {
            "id": one.id,
            "name": one.name,
            "place": one.place,
            "start": one.start.isoformat(),
            "end": one.end.isoformat(),
            "outcome": one.outcome,
            "resolved": one.resolved,
            "sources": sources.of(one.evidence),
            "quotes": _said_around(case, one, sources),
        }
        for one in case.rounds
    ]
    ensemble = climate.Ensemble.bundled(grounds.members)
    return {
        "type": "welcome",
        "protocol": 1,
        "version": __version__,
        "edition": edition(grounds),
        "case": {
            "name": case.name,
            "title": case.title,
            "about": case.about,
            "today": case.today.isoformat(),
            "protagonists": list(case.parties),
        },
        "parties": parties,
        "rounds": rounds,
        "switches": [
            {
                "key": key,
                "label": label,
                "choices": [{"value": value, "label": words} for value, words in choices],
            }
            for key, label, choices in SWITCHES
        ],
        "views": {
            "standoff": bool(grounds.red_lines.lines),
            "record": store_of(case) is not None,
            "promises": (case.path / "deliveries.csv").exists(),
        },
        "sources": sources.listed(),
        "ensemble": ensemble.edition,
        "limits": {
            "phrase": PHRASE_MOST,
            "rows": ROWS_MOST,
            "message": MESSAGE_MOST,
            "per_second": PER_SECOND,
        },
    }


def _said_around(case: Case, at: Round, sources: Sources) -> list[dict[str, Any]]:
    """Return what the protagonists put on record around a round, in the ledger's words.

    The commitments nearest to its days, one a party first, three at most.
    """
    near = dt.timedelta(days=NEAR)
    made = [
        one
        for one in case.commitments
        if one.party in (*case.parties, "EU27")
        and at.start - near <= one.date <= min(at.end + near, case.today)
    ]
    made.sort(key=lambda one: max((at.start - one.date).days, (one.date - at.end).days, 0))
    first = {one.party: one for one in reversed(made)}
    chosen = [one for one in made if first[one.party] is one]
    chosen += [one for one in made if first[one.party] is not one]
    return [
        {
            "party": one.party,
            "words": one.says,
            "verbatim": False,
            "said": f"{one.instrument}, {one.date}",
            "source": next(iter(sources.of(one.evidence)), None),
        }
        for one in chosen[:QUOTES]
    ]


def edition(grounds: Grounds) -> str:
    """Return the edition that fixes every number: program, case, ensemble."""
    return (
        f"{__version__} · {grounds.case.name} {grounds.case.today.isoformat()} · "
        f"{grounds.members} members"
    )


def all_sources(grounds: Grounds) -> Sources:
    """Return numbers for every document of the case: rounds, red lines, commitments."""
    case = grounds.case
    return Sources(
        *(one.evidence for one in case.rounds),
        *(one.evidence for one in grounds.red_lines.lines),
        *(one.evidence for one in case.commitments),
    )
