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
from accord.brief.labels import spread
from accord.brief.scale import Scale
from accord.brief.tracing import anchor
from accord.brief.wording import chemical, undertaking
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
    from accord.ledger import Case

FROM_YEAR = 1992
PRINTED_EACH = 11
"""Lines a party gets in print; the oldest are left to the page on screen."""
ROUNDS = 9
"""Talks named above the timeline; more do not fit on a phone."""

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
    """A year or a round above the track: where it is, where its word stands, both in %, and in
    which of two rows.
    """

    at: float
    label_at: float
    words: str
    row: int = 0


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
        + [i.commitment.date.year for p in protagonists(result, case.parties) for i in p.commitments]
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
                party=party.name,
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
        year
        for year in range(first, result.as_of.year + 1)
        if year % step == 0 or year == first
    ]
    return Timeline(
        lanes=tuple(lane for lane in lanes if lane.spans),
        years=tuple(Mark(100 * scale.fraction(y), 100 * scale.fraction(y), str(y)) for y in marks),
        rounds=_rounds(case, result.as_of, scale),
    )


def _years(date: dt.date) -> float:
    return date.year + (date.timetuple().tm_yday - 1) / 365.25


def _span(item: CommitmentResult, scale: Scale, as_of: dt.date, *, printed: bool) -> Span:
    commitment = item.commitment
    end = next(
        (s for s in commitment.statuses if s.word not in COUNTED and s.since <= as_of), None
    )
    until = end.since if end is not None else as_of
    start = 100 * scale.fraction(_years(commitment.date))
    stop = 100 * scale.fraction(_years(until))
    glyph, word = glyph_of(item)
    alive = end is None and word != "superseded"
    outcomes = outcome_words(item)
    return Span(
        how=anchor("c", commitment.id),
        phrase=chemical(undertaking(commitment)),
        left=start,
        width=max(0.0, stop - start),
        alive=alive,
        fate=word if end is None else f"{end.word} {end.since.year}",
        year=commitment.date.year,
        outcomes=Markup("; ").join(outcomes),
        printed=printed,
    )


def _rounds(case: Case, as_of: dt.date, scale: Scale) -> tuple[Mark, ...]:
    """Choose the talks that are named, evenly over time, and spread their words."""
    held = [r for r in case.rounds if r.start <= as_of]
    if len(held) > ROUNDS:
        keep = {round(i * (len(held) - 1) / (ROUNDS - 1)) for i in range(ROUNDS)}
        held = [r for index, r in enumerate(held) if index in keep]
    at = [100 * scale.fraction(_years(r.start)) for r in held]
    moved = [0.0] * len(held)
    for row in (0, 1):
        # Neighbours stand in different rows, so each has twice the room.
        moved[row::2] = spread(at[row::2], 200 / ROUNDS, 6.0, 94.0)
    return tuple(
        Mark(place, label, _round_words(r.place or r.name, r.start), index % 2)
        for index, (place, label, r) in enumerate(zip(at, moved, held, strict=True))
    )


def _round_words(place: str, start: dt.date) -> str:
    town = place.split(",")[0].strip()
    return f"{town} {start.year}" if len(town) <= 14 else f"{town[:13]}… {start.year}"
