"""The relation as a whole: rulers, what was done in each issue area, and whether climate is apart.

One answer for ``accord relations``, the brief and notebooks. The ruler is a switch; every
conclusion is drawn by each of the rulers, and where they disagree the answer says so.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from accord.economy.region import rows_of
from accord.errors import InputError, Place
from accord.ledger.case import Case
from accord.tracking.coupling import (
    Coupling,
    Shock,
    Window,
    coupling,
    event_study,
    rolling_var,
)
from accord.tracking.interaction import Interaction, load_interactions, running_index
from accord.tracking.ruler import (
    NAMES,
    RULERS,
    Agreement,
    Ruler,
    agreement,
    month_of,
    named,
    ruler,
)

SHOCKS = ("negative", "positive")
"""Impacts of the bundled events that count as shocks; plain meetings do not."""

RULERS_FIT = frozenset({"USA", "CHN"})
"""The pair that the bundled rulers measure."""


@dataclass(frozen=True)
class AreaRecord:
    """What the case's own record holds on one issue area: how many acts, and their mean score."""

    area: str
    month: int
    count: int
    score: float


@dataclass(frozen=True)
class Relation:
    """The answer.

    Attributes
    ----------
    case, area
        Whose, and which issue area is set against the rest.
    rulers
        Series by name, the one asked for first.
    index
        Running index of the area; ``None`` without interactions.
    acts, record
        Interactions of the area, and counts from documents read into the case.
    agreements
        Pairs of rulers, over the months that both have.
    couplings, windows, shocks
        Compartmentalisation by each ruler; rolling VAR and event study by the first.
    words
        What it comes to, in sentences; where rulers disagree it says so.
    """

    case: str
    area: str
    rulers: tuple[Ruler, ...]
    index: Ruler | None
    acts: tuple[Interaction, ...]
    record: tuple[AreaRecord, ...]
    agreements: tuple[Agreement, ...]
    couplings: tuple[Coupling, ...]
    windows: tuple[Window, ...]
    shocks: tuple[Shock, ...]
    words: tuple[str, ...]


def relation(
    case: Case,
    rulers: Sequence[str] = RULERS,
    *,
    area: str = "climate",
    as_of: dt.date | None = None,
    since: str = "2009-01",
    seed: int = 0,
) -> Relation:
    """Return the state of a relation, and how far an issue area is kept apart from it.

    Parameters
    ----------
    case
        Its ``interactions.csv`` makes the index of the area; its protagonists must be those whom
        the rulers measure, unless the rulers are files of the user's own.
    rulers
        Names or CSV files; the first rules the VAR and the event study.
    area
        Issue area of the interactions.
    as_of
        Nothing after that day is used.
    since
        First month of the area's index.
    seed
        Of the bootstrap.

    Raises
    ------
    InputError
        If no ruler fits the case, or none is given.
    """
    day = as_of or case.today
    last = 12 * day.year + day.month - 1
    if not rulers:
        raise InputError("name at least one ruler, for example tsinghua")
    if set(case.parties) != RULERS_FIT and any(not str(r).endswith(".csv") for r in rulers):
        raise InputError(
            f"the bundled rulers measure China and the United States; {case.name} has "
            f"{', '.join(case.parties)}. Give a ruler of your own: --ruler my-index.csv"
        )
    found = _until([ruler(name) for name in dict.fromkeys(rulers)], last)
    acts = tuple(a for a in load_interactions(case) if a.day <= day)
    own = tuple(a for a in acts if a.area == area)
    index = running_index(acts, area, month_of(since), last) if own else None
    couplings = _couplings(index, found, seed)
    windows: tuple[Window, ...] = ()
    shocks: tuple[Shock, ...] = ()
    if index is not None:
        windows = rolling_var(index, found[0])
        shocks = event_study(index, found[0], _shocks(case, last))
    pairs = tuple(
        agreement(a, b)
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if min(a.last, b.last) - max(a.first, b.first) > 2
    )
    return Relation(
        case.name, area, found, index, own, recorded(case.path / "record"), pairs, couplings,
        windows, shocks, _words(area, found, index, couplings, pairs),
    )  # fmt: skip


def _until(rulers: Sequence[Ruler], last: int) -> tuple[Ruler, ...]:
    """Return what the rulers told up to a month, without those that begin later."""
    kept = tuple(
        Ruler(one.name, one.first, one.values[: last - one.first + 1])
        for one in rulers
        if one.first <= last
    )
    if not kept:
        begin = ", ".join(f"{one.name} begins in {named(one.first)}" for one in rulers)
        raise InputError(f"no ruler reaches back to {named(last)}: {begin}")
    return kept


def _couplings(index: Ruler | None, rulers: Sequence[Ruler], seed: int) -> tuple[Coupling, ...]:
    if index is None:
        return ()
    found = []
    for one in rulers:
        try:
            found.append(coupling(index, one, seed=seed))
        except InputError:
            continue
    return tuple(found)


def events() -> tuple[dict[str, str], ...]:
    """Return the bundled dated events of China and the United States, each with its source."""
    return tuple(rows_of("events.csv", "relations"))


def _shocks(case: Case, last: int) -> list[tuple[int, str]]:
    if set(case.parties) != RULERS_FIT:
        return []
    return [
        (month_of(e["month"]), e["name"])
        for e in events()
        if e["impact"] in SHOCKS and month_of(e["month"]) <= last
    ]


def recorded(folder: Path) -> tuple[AreaRecord, ...]:
    """Return interactions in documents that were read into a case, by issue area and month.

    An act counts for every issue area that its document touches; documents without a date of
    publication are left out.

    Raises
    ------
    InputError
        A file there holds a line that is no JSON.
    """
    sums: dict[tuple[str, int], list[float]] = {}
    for file in sorted(folder.glob("*.jsonl")):
        month, areas, scores = None, [], []
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                entry = json.loads(line)
                attrs = entry["attrs"]
                if entry["kind"] == "doc_date" and attrs.get("role") == "published":
                    month = month_of(str(attrs["value"])[:7])
                elif entry["kind"] == "issue":
                    areas.append(str(attrs["area"]))
                elif entry["kind"] == "interaction":
                    scores.append(float(attrs["score"]))
            except InputError:
                continue
            except (ValueError, KeyError, TypeError):
                raise InputError(
                    "is no entry of the record; accord read writes such files",
                    Place(str(file), number),
                ) from None
        if month is not None:
            for area in areas:
                sums.setdefault((area, month), []).extend(scores)
    return tuple(
        AreaRecord(area, month, len(scores), float(np.mean(scores)))
        for (area, month), scores in sorted(sums.items())
        if scores
    )


def _words(
    area: str,
    rulers: Sequence[Ruler],
    index: Ruler | None,
    couplings: Sequence[Coupling],
    pairs: Sequence[Agreement],
) -> tuple[str, ...]:
    said = []
    main = rulers[0]
    said.append(f"{_name(main)}: {main.values[-1]:.1f} in {named(main.last)}.")
    if pairs:
        low = min(pairs, key=lambda p: p.spearman)
        high = max(pairs, key=lambda p: p.spearman)
        said.append(
            f"The rulers agree little: rank correlations of months run from {low.spearman:.2f} "
            f"({low.one}, {low.other}) to {high.spearman:.2f} ({high.one}, {high.other})."
            if low.spearman < 0.6
            else f"The rulers agree: rank correlations of months are {low.spearman:.2f} or more."
        )
    if index is None:
        said.append(f"The case has no interactions on {area}: whether it is kept apart is open.")
        return tuple(said)
    linked = [c for c in couplings if c.linked]
    apart = [c for c in couplings if not c.linked]
    figures = ", ".join(f"{c.compartment:.2f} by {c.ruler}" for c in couplings)
    if linked and apart:
        said.append(
            f"The rulers disagree on whether {area} is kept apart: it moves with the rest by "
            f"{', '.join(c.ruler for c in linked)}, and no more than chance by "
            f"{', '.join(c.ruler for c in apart)} ({figures}; 1 is wholly apart). No conclusion "
            "stands that rests on one ruler."
        )
    elif linked:
        said.append(
            f"By every ruler {area} moves with the rest of the relation ({figures}; 1 is wholly "
            "apart), if only in part."
        )
    elif apart:
        said.append(
            f"By no ruler does {area} move with the rest of the relation more than chance would "
            f"have it ({figures}; 1 is wholly apart): that is no proof that it is kept apart."
        )
    return tuple(said)


def _name(one: Ruler) -> str:
    return NAMES.get(one.name, one.name)


def to_json(found: Relation) -> dict[str, Any]:
    """Return the answer as plain values."""

    def rounded(value: float, digits: int = 4) -> float | None:
        return round(value, digits) if np.isfinite(value) else None

    return {
        "case": found.case,
        "area": found.area,
        "words": list(found.words),
        "rulers": [
            {"name": r.name, "first": named(r.first), "last": named(r.last),
             "latest": rounded(float(r.values[-1]))}
            for r in found.rulers
        ],
        "agreements": [
            {"one": a.one, "other": a.other, "pearson": rounded(a.pearson),
             "spearman": rounded(a.spearman), "months": a.n}
            for a in found.agreements
        ],
        "compartmentalisation": [
            {"ruler": c.ruler, "index": rounded(c.compartment), "low": rounded(c.low),
             "high": rounded(c.high), "p": rounded(c.p), "linked": c.linked, "months": c.months,
             "first": named(c.first), "last": named(c.last),
             "lags": [{"lag": one.lag, "r": rounded(one.r), "low": rounded(one.low),
                       "high": rounded(one.high), "outside": one.outside} for one in c.lags]}
            for c in found.couplings
        ],
        "rolling_var": [
            {"first": named(w.first), "last": named(w.last),
             "p_rest_to_area": rounded(w.rest_to_area), "p_area_to_rest": rounded(w.area_to_rest)}
            for w in found.windows
        ],
        "shocks": [
            {"month": named(s.month), "name": s.name, "area_change": rounded(s.area_change),
             "rest_change": rounded(s.rest_change), "area_rank": rounded(s.area_rank),
             "rest_rank": rounded(s.rest_rank)}
            for s in found.shocks
        ],
        "interactions": [
            {"date": a.day.isoformat(), "from": a.actor, "to": a.target, "kind": a.kind,
             "score": a.score, "what": a.what, "evidence": a.evidence, "verified": a.verified}
            for a in found.acts
        ],
        "record": [
            {"area": r.area, "month": named(r.month), "count": r.count, "score": rounded(r.score)}
            for r in found.record
        ],
        "licence": "indices and events: CC BY 4.0, eventdb-validity-audit (KelaoHu 2026)",
    }  # fmt: skip


def to_csv(found: Relation) -> str:
    """Return the series as a table, months as rows."""
    import csv
    import io

    series = [*found.rulers, *([found.index] if found.index is not None else [])]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["month", *(s.name for s in series)])
    for month in range(min(s.first for s in series), max(s.last for s in series) + 1):
        values = [s.at(month) for s in series]
        writer.writerow([named(month), *("" if np.isnan(v) else f"{v:.4g}" for v in values)])
    return out.getvalue()
