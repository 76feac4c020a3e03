"""Timeline of commitments: a line for each from its day to its end, with the talks as uprights.

Drawn with plain boxes instead of SVG, so that the words stay readable on a phone.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from accord.assessment import Assessment, CommitmentResult
from accord.brief.accents import accent
from accord.brief.commitment_table import glyph_of, protagonists
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
from accord.ledger.commitment import COUNTED, Outcome, Status

if TYPE_CHECKING:
    from accord.ledger import Case, Round

FROM_YEAR = 1992
PRINTED_EACH = 6
"""Lines a party gets in print; the oldest are left to the page on screen."""
SHIFTS = (0.0, -4.0, 4.0, -8.0, 8.0)
"""How far a name may stand from its upright, in % of the track."""

BEFORE, AFTER = dt.timedelta(days=240), dt.timedelta(days=60)
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


_NO_EMISSIONS = frozenset({"energy", "coal"})


@dataclass(frozen=True)
class Stretch:
    """A time over which a commitment bound; ``left`` and ``width`` in % of the track."""

    left: float
    width: float
    alive: bool


@dataclass(frozen=True)
class Span:
    """The same words undertaken once or again, with what became of the last time."""

    how: str
    phrase: Markup
    stretches: tuple[Stretch, ...]
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
        again: dict[str, list[CommitmentResult]] = {}
        for item in sorted(party.commitments, key=lambda i: i.commitment.date):
            if _of_emissions(item):
                again.setdefault(in_brief(item.commitment), []).append(item)
        # The newest words stay in print.
        ordered = sorted(again.values(), key=lambda items: items[0].commitment.date)
        newest = sorted(ordered, key=_worth_print)[-PRINTED_EACH:]
        lanes.append(
            Lane(
                party=display_name(party.code, party.name),
                accent=accent(party.code),
                spans=tuple(
                    _span(items, scale, result.as_of, printed=items in newest) for items in ordered
                ),
                hidden=len(ordered) - len(newest),
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


def _worth_print(items: list[CommitmentResult]) -> tuple[bool, bool, dt.date]:
    """Rank what binds today first, what merely lapsed last, the newer before the older."""
    last = items[-1]
    return last.counted, last.status is None or last.status.word != "lapsed", last.commitment.date


def _of_emissions(item: CommitmentResult) -> bool:
    target = item.commitment.pledge.target
    return isinstance(target, _OF_EMISSIONS) and getattr(target, "gas", "GHG") not in _NO_EMISSIONS


def _span(items: list[CommitmentResult], scale: Scale, as_of: dt.date, *, printed: bool) -> Span:
    """Put the same words on one line, however often they were undertaken."""
    last = items[-1]
    stretches = tuple(_stretch(item, scale, as_of) for item in items)
    end = _end(last, as_of)
    _, word = glyph_of(last)
    known = [o for item in items for o in item.commitment.outcomes if o.year < as_of.year]
    return Span(
        how=anchor("c", last.commitment.id),
        phrase=chemical(in_brief(last.commitment)),
        stretches=stretches,
        alive=stretches[-1].alive,
        fate=word if end is None else f"{end.word} {end.since.year}",
        year=items[0].commitment.date.year,
        outcomes=_outcomes(known),
        printed=printed,
    )


def _end(item: CommitmentResult, as_of: dt.date) -> Status | None:
    return next(
        (s for s in item.commitment.statuses if s.word not in COUNTED and s.since <= as_of), None
    )


def _stretch(item: CommitmentResult, scale: Scale, as_of: dt.date) -> Stretch:
    end = _end(item, as_of)
    start = 100 * scale.fraction(_years(item.commitment.date))
    stop = 100 * scale.fraction(_years(end.since if end is not None else as_of))
    return Stretch(start, max(0.0, stop - start), end is None and glyph_of(item)[1] != "superseded")


def _outcomes(known: list[Outcome]) -> Markup:
    """Return the latest official and the latest independent figure; the lists have them all."""
    words = []
    for official in (True, False):
        latest = max(
            (o for o in known if o.official is official), key=lambda o: o.year, default=None
        )
        if latest is not None:
            who = "official" if official else "independent"
            value = f"{latest.value:g}".replace("-", "−")
            words.append(f"{who} {value} {latest.unit} in {latest.year}")
    return chemical("; ".join(words))


def _rounds(case: Case, as_of: dt.date, scale: Scale) -> tuple[Mark, ...]:
    """Place an upright for every round, and its name where there is room in one of two rows.

    Conferences of the parties are named first, then other talks, each by the commitments of the
    case that were made for them (from eight months before until two after).
    """
    held = [r for r in case.rounds if r.start <= as_of]
    at = [100 * scale.fraction(_years(r.start)) for r in held]
    rows: tuple[list[tuple[float, float]], ...] = ([], [])
    named: dict[int, tuple[float, int]] = {}
    made = [commitment.date for commitment in case.commitments]

    def weight(index: int) -> tuple[bool, int, int]:
        held_from, held_to = held[index].start, held[index].end
        near = sum(held_from - BEFORE <= date <= held_to + AFTER for date in made)
        return not held[index].name.startswith("COP"), -near, index

    for index in sorted(range(len(held)), key=weight):
        half = 50 * width_of(_round_words(held[index]), 12.0) / TRACK + 0.8
        for middle, row in itertools.product(
            (min(max(at[index] + shift, half), 100 - half) for shift in SHIFTS), (0, 1)
        ):
            taken = rows[row]
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
