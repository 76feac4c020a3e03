"""The diary of a document: one line per event, however often it is named."""

from __future__ import annotations

from accord.record.act import (
    ACTS,
    changes,
    launches,
    press,
    publications,
    rulings,
    signings,
    speeches,
    submissions,
    votes,
    withdrawals,
)
from accord.record.assembly import ASSEMBLIES, assemblies, held, sessions
from accord.record.clause import Voiced
from accord.record.event import Event
from accord.record.meeting import MEETINGS, gatherings, meetings, visits
from accord.record.scene import Scene

#: In this order: of two that claim the same words the first one has them.
_ORDER = (held, visits, meetings, gatherings, votes, changes, withdrawals, submissions, launches, signings, press,
          speeches, assemblies, sessions, publications, rulings)  # fmt: skip
_FINDERS = [(find, (ACTS | MEETINGS | ASSEMBLIES)[find]) for find in _ORDER]


def events(scene: Scene, lines: list[Voiced]) -> list[Event]:
    """Find the events of a document, one per event however often it is named."""
    found: list[Event] = []
    for item in lines:
        here: list[Event] = []
        bits = item.line.bits
        for find, needed in _FINDERS:
            if not bits & needed:
                continue
            for one in find(scene, item):
                if one is None or any(one.start < e.end and one.end > e.start for e in here):
                    continue
                here.append(one)
        found.extend(here)
    return _distinct(found, scene)


def _distinct(found: list[Event], scene: Scene) -> list[Event]:
    """Keep one line per event: a later mention adds what the first one lacked."""
    out: list[Event] = []
    headings = {(line.start, line.sentence.end) for line in scene.lines if line.sentence.heading}
    for one in sorted(found, key=lambda e: (any(s <= e.start < t for s, t in headings), e.start)):
        twin = next((o for o in out if _same(o, one)), None)
        if twin is None:
            out.append(one)
            continue
        twin.place = twin.place or one.place
        twin.date = twin.date or one.date
        if len(one.participants) > len(twin.participants):
            twin.participants = one.participants
    named = any(e.type == "conference" and e.key for e in out)
    if named:
        out = [e for e in out if e.type != "conference" or e.key]
    return sorted(out, key=lambda e: e.start)


def _same(one: Event, other: Event) -> bool:
    if one.key and one.key == other.key:
        return True
    if one.key.startswith("conf:") or other.key.startswith("conf:"):
        return False
    if one.type != other.type:
        return False
    if one.key.startswith("held:") or other.key.startswith("held:"):
        return False
    if one.type in ("meeting", "visit"):
        shared = set(one.participants) & set(other.participants)
        if one.type == "visit":
            return bool(shared) and (one.place == other.place or not one.place or not other.place)
        if set(one.participants) == set(other.participants) and len(shared) >= 2:
            return True
        return not other.participants or (
            len(shared) >= 1 and len(other.participants) == 1 and not other.place
        )
    if one.type in (
        "press_conference",
        "vote",
        "delegation_change",
        "withdrawal",
        "launch",
        "submission",
    ):
        return (set(one.participants) == set(other.participants) and one.type != "launch") or (
            bool(set(one.participants) & set(other.participants))
            and one.type in ("delegation_change", "withdrawal", "submission")
        )
    return False
