"""Timeline of commitments: a line for each from its day to its end, with the talks as uprights.

Drawn with plain boxes instead of SVG, so that the words stay readable on a phone.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from accord.assessment import Assessment, CommitmentResult
from accord.brief.accents import accent
from accord.brief.commitment_table import glyph_of, outcome_words, protagonists
from accord.brief.labels import width_of
from accord.brief.scale import Scale
from accord.brief.tracing import anchor
from accord.brief.wording import chemical, display_name, in_brief
from accord.language.target import (
    AbsoluteLevel,
    BelowBaseline,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    RelativeCut,
)
from accord.ledger.commitment import COUNTED

if TYPE_CHECKING:
    from accord.ledger import Case, Round

FROM_YEAR = 1992
PRINTED_EACH = 9
"""Lines a party gets in print; the oldest are left to the page on screen."""
TRACK = 330.0
"""Width of the track in print, where it is shortest, in the pixels of its labels."""

_OF_EMISSIONS = (
    AbsoluteLevel,
    BelowBaseline,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    RelativeCut,
)


@dataclass(frozen=True)
class Span:
    """A commitment on the timeline; ``left`` and ``width`` in % of the track."""

    how: str
    phrase: Markup
    left: float
    width: float
    alive: bool
    fate: str
    year: int
    outcomes: Markup
    printed: bool


@dataclass(frozen=True)
class Lane:
    """One party's commitments, oldest first."""

    party: str
    accent: str
    spans: tuple[Span, ...]
    hidden: int


@dataclass(frozen=True)
class Mark:
    """A year or a round on the track: its place and that of its label in %, and the label's row."""

    at: float
    label_at: float | None
    row: int
    words: str


@dataclass(frozen=True)
class Timeline:
    """The section "How it came to this"."""

    lanes: tuple[Lane, ...]
    years: tuple[Mark, ...]
    rounds: tuple[Mark, ...]


def timeline(result: Assessment, case: Case) -> Timeline:
    """Lay out the emission commitments of the protagonists from 1992 to the day asked for."""
    first = min(
        [FROM_YEAR]
        + [
            i.commitment.date.year
            for p in protagonists(result, case.parties)
            for i in p.commitments
        ]
    )
    scale = Scale((float(first), _years(result.as_of)), (0.0, 100.0))
    lanes = []
    for party in protagonists(result, case.parties):
        items = sorted(
            (i for i in party.commitments if isinstance(i.commitment.pledge.target, _OF_EMISSIONS)),
            key=lambda i: i.commitment.date,
        )
        unprinted = max(0, len(items) - PRINTED_EACH)
        lanes.append(
            Lane(
                party=display_name(party.code, party.name),
                accent=accent(party.code),
                spans=tuple(
                    _span(item, scale, result.as_of, printed=index >= unprinted)
                    for index, item in enumerate(items)
                ),
                hidden=unprinted,
            )
        )
    step = 10 if result.as_of.year - first > 20 else 5
    marks = [
        year for year in range(first, result.as_of.year + 1) if year % step == 0 or year == first
    ]
    return Timeline(
        lanes=tuple(lane for lane in lanes if lane.spans),
        years=tuple(Mark(100 * scale.fraction(y), None, 0, str(y)) for y in marks),
        rounds=_rounds(case, result.as_of, scale),
    )


def _years(date: dt.date) -> float:
    return date.year + (date.timetuple().tm_yday - 1) / 365.25


def _span(item: CommitmentResult, scale: Scale, as_of: dt.date, *, printed: bool) -> Span:
    commitment = item.commitment
    end = next((s for s in commitment.statuses if s.word not in COUNTED and s.since <= as_of), None)
    until = end.since if end is not None else as_of
    start = 100 * scale.fraction(_years(commitment.date))
    stop = 100 * scale.fraction(_years(until))
    _, word = glyph_of(item)
    alive = end is None and word != "superseded"
    outcomes = outcome_words(item, as_of)
    return Span(
        how=anchor("c", commitment.id),
        phrase=chemical(in_brief(commitment)),
        left=start,
        width=max(0.0, stop - start),
        alive=alive,
        fate=word if end is None else f"{end.word} {end.since.year}",
        year=commitment.date.year,
        outcomes=Markup("; ").join(outcomes),
        printed=printed,
    )


def _rounds(case: Case, as_of: dt.date, scale: Scale) -> tuple[Mark, ...]:
    """Place an upright for every round, and its name where there is room in one of two rows.

    Conferences of the parties are named first, then other talks, each time the one farthest from
    those already named, so that names are spread over the decades.
    """
    held = [r for r in case.rounds if r.start <= as_of]
    at = [100 * scale.fraction(_years(r.start)) for r in held]
    rows: tuple[list[tuple[float, float]], ...] = ([], [])
    named: dict[int, tuple[float, int]] = {}
    waiting = set(range(len(held)))
    while waiting:
        index = min(
            waiting,
            key=lambda i: (
                not held[i].name.startswith("COP"),
                -min((abs(at[i] - at[j]) for j in named), default=0.0),
                i,
            ),
        )
        waiting.remove(index)
        half = 50 * width_of(_round_words(held[index]), 12.0) / TRACK + 0.8
        middle = min(max(at[index], half), 100 - half)
        for row, taken in enumerate(rows):
            if all(middle + half <= left or middle - half >= right for left, right in taken):
                taken.append((middle - half, middle + half))
                named[index] = (middle, row)
                break
    return tuple(
        Mark(place, *_label(named.get(index)), _round_words(r))
        for index, (place, r) in enumerate(zip(at, held, strict=True))
    )


def _label(found: tuple[float, int] | None) -> tuple[float | None, int]:
    return found if found is not None else (None, 0)


def _round_words(round_: Round) -> str:
    """Return a name that fits: the round's own, else the town and the year."""
    if len(round_.name) <= 16:
        return round_.name
    town = (round_.place or round_.name).split(",")[0].strip()
    return f"{town if len(town) <= 14 else town[:13] + '…'} {round_.start.year}"
