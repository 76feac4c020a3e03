"""What two sides did to each other in one issue area, and the running index it makes.

``interactions.csv`` of a case: ``date, from, to, area, kind, what, evidence, verified`` and, where
the kind's own weight is not meant, ``score``. Weights by kind are a judgement of ours in the manner
of Goldstein's scale, stated here and free to be changed.

The running index follows the rule of the Tsinghua group (Yan & Zhou 2004): an act of score I0 moves
the level P by ``I0 (N - P)/N`` if it is friendly and by ``I0 (N + P)/N`` if not, N = 9: bad news
counts for less where relations are bad already.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from accord.errors import InputError
from accord.ledger.case import Case, FaultyCaseError
from accord.ledger.commitment import Citation
from accord.ledger.delivery import records
from accord.parties import PARTIES
from accord.tracking.ruler import Ruler

INTERACTIONS = "interactions.csv"
KINDS: Mapping[str, float] = {
    "leaders' statement": 1.5,
    "joint statement": 1.0,
    "return": 0.8,
    "working group": 0.8,
    "talks": 0.3,
    "rebuke": -0.4,
    "withdrawal": -2.0,
    "suspension": -2.0,
}
"""Score of an act by its kind, on the scale of the index (-9 to +9)."""

HIGHEST = 9.0
COLUMNS = ("date", "from", "to", "area", "kind", "score", "what", "evidence", "verified")
OPTIONAL = {"score", "verified"}


@dataclass(frozen=True)
class Interaction:
    """One act."""

    day: dt.date
    actor: str
    target: str
    area: str
    kind: str
    score: float
    what: str
    evidence: str
    verified: bool

    @property
    def month(self) -> int:
        """Months since year 0."""
        return 12 * self.day.year + self.day.month - 1


def load_interactions(case: Case) -> tuple[Interaction, ...]:
    """Return a case's interactions in order of time; none where it has no such file.

    Raises
    ------
    FaultyCaseError
        With the first fault in its message.
    """
    found, problems = read_interactions(case.path / INTERACTIONS, case.sources, case.today)
    if problems:
        raise FaultyCaseError(problems, case.path)
    return found


def read_interactions(
    file: Path, sources: Mapping[str, Citation], today: dt.date
) -> tuple[tuple[Interaction, ...], list[InputError]]:
    """Read a file of interactions and return it with everything that is wrong in it."""
    problems: list[InputError] = []
    found = []
    for record in records(file, COLUMNS, OPTIONAL, problems):
        day = record.day("date", last=False)
        actor = record.choice("party", "from", PARTIES)
        target = record.choice("party", "to", PARTIES)
        area = record.text("area", "an issue area, such as climate or trade")
        kind = record.choice("kind", "kind", KINDS)
        score = record.number("score") if record.text("score") else KINDS.get(kind, 0.0)
        if record.sound and abs(score) > HIGHEST:
            record.fault(f"{score:g}: a score lies between -9 and 9", "score")
        if day is not None and day > today:
            record.fault(f"{day} lies after the edition's day {today}", "date")
        what = record.text("what", "what happened")
        evidence, verified = record.evidence(sources), record.flag("verified")
        if record.sound and day is not None:
            found.append(
                Interaction(day, actor, target, area, kind, score, what, evidence, verified)
            )
    return tuple(sorted(found, key=lambda one: one.day)), problems


def moved(level: float, score: float) -> float:
    """Return the level after an act (Yan & Zhou 2004)."""
    room = HIGHEST - level if score >= 0 else HIGHEST + level
    return level + score * room / HIGHEST


def running_index(
    acts: Sequence[Interaction], area: str, first: int, last: int, *, start: float = 0.0
) -> Ruler:
    """Return the index of one issue area by month, from ``start`` before its first act.

    Raises
    ------
    InputError
        If there is no act in that area.
    """
    own = [one for one in acts if one.area == area]
    if not own:
        areas = ", ".join(sorted({one.area for one in acts})) or "none"
        raise InputError(f"no interactions on {area}; the case has {areas} in {INTERACTIONS}")
    level = start
    values = np.empty(last - first + 1)
    for one in (a for a in own if a.month < first):
        level = moved(level, one.score)
    for month in range(first, last + 1):
        for one in own:
            if one.month == month:
                level = moved(level, one.score)
        values[month - first] = level
    return Ruler(area, first, values)
