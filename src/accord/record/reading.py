"""Reading: everything the record finds in one document, as verified entries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from accord.record.actor import actors
from accord.record.clause import voiced
from accord.record.commitment import commitments
from accord.record.demand import demands
from accord.record.diary import events
from accord.record.document import Document
from accord.record.entry import KINDS, Entry, entry
from accord.record.figure import Figure
from accord.record.interaction import interactions
from accord.record.issue_area import areas
from accord.record.refusal import refusals
from accord.record.scene import Scene, prepare
from accord.record.stance import stances
from accord.record.statement import statements


@dataclass(frozen=True)
class Reading:
    """A document with the entries found in it, in order of kind and place."""

    document: Document
    entries: tuple[Entry, ...]

    def of(self, kind: str) -> tuple[Entry, ...]:
        """Return the entries of one kind."""
        return tuple(e for e in self.entries if e.kind == kind)


def read(document: Document) -> Reading:
    """Find who said, pledged, demanded, refused, met and counted what in a document.

    Parameters
    ----------
    document
        Text with its name and metadata.

    Returns
    -------
    Reading
        Verified entries: each one's words stand verbatim at its offsets.
    """
    scene = prepare(document)
    said = statements(scene)
    lines = voiced(scene, said)
    asked = demands(scene, lines)
    refused = refusals(lines)
    happened = events(scene, lines)
    found: list[Entry] = []

    def put(kind: str, start: int, end: int, **attrs: Any) -> None:
        found.append(entry(document, kind, start, end, **attrs))

    if scene.published is not None:
        p = scene.published
        put("doc_date", p.start, p.end, value=p.value, basis=p.basis, role="published")
    used: set[str] = set()
    for s in said:
        if s.speaker is None:
            continue
        used.add(s.speaker.name)
        put("statement", s.start, s.end, speaker=s.speaker.name, speaker_affiliation=s.speaker.affiliation,
            mode=s.mode, reported_by=s.outlet, addressee=s.addressee, date=s.date, cue=s.cue)  # fmt: skip
    for c in commitments(scene, lines):
        put("commitment", c.start, c.end, party=c.party, metric=c.metric, direction=c.direction, value=c.value,
            value_high=c.value_high, unit=c.unit, base_year=c.base_year, target_year=c.target_year,
            status=c.status, says=c.says)  # fmt: skip
    for d in asked:
        used |= {d.by, *d.of}
        what = _plain(scene, d.start, d.end)
        put("demand", d.start, d.end, by=d.by, of=d.of, what=what, strength=d.strength)
    for r in refused:
        used.add(r.by)
        put("refusal", r.start, r.end, by=r.by, of=r.of, what=_plain(scene, r.start, r.end))
    for e in happened:
        put("event", e.start, e.end, type=e.type, name=e.name, date=e.date, place=e.place,
            participants=e.participants, status=e.status)  # fmt: skip
    for f in _figures(scene):
        put("figure", f.start, f.end, value=_number(f.value), value_high=_number(f.value_high), unit=f.unit,
            qualifier=f.qualifier, period=f.period)  # fmt: skip
    for area, start, end in areas(scene):
        put("issue", start, end, area=area)
    for t in stances(scene, lines, asked, refused):
        used.add(t.actor)
        put(
            "stance",
            t.start,
            t.end,
            actor=t.actor,
            position=t.position,
            target=_plain(scene, t.start, t.end),
        )
    for i in interactions(scene, lines, asked, refused, happened):
        put(
            "interaction",
            i.start,
            i.end,
            source=i.source,
            target=i.target,
            code=i.code,
            score=i.score,
        )
    for a in actors(scene, used):
        put("actor", a.start, a.end, name=a.name, type=a.type, code=a.code, role=a.role,
            affiliation=a.affiliation, aliases=a.aliases)  # fmt: skip
    found.sort(key=lambda one: (KINDS.index(one.kind), one.start, one.end))
    return Reading(document, tuple(found))


def _figures(scene: Scene) -> list[Figure]:
    """Find figures sentence by sentence, and in what stands outside sentences (datelines) not at all."""
    return [
        replace(f, start=f.start + line.start, end=f.end + line.start)
        for line in scene.lines
        for f in line.figures
    ]


def _plain(scene: Scene, start: int, end: int) -> str:
    return " ".join(scene.folded[start:end].split())


def _number(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) and abs(value) < 1e15 else value
