"""A round of talks: a dated meeting that an analysis can be asked "as of"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from accord.ledger.commitment import Citation
from accord.ledger.entry import Entry
from accord.ledger.evidence import read_evidence


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting of the parties.

    Attributes
    ----------
    id, name, place
        Short name within the case, name, and where it was held.
    start, end
        First and last day; ``end`` is ``start`` where it is not given.
    parties
        Who was at the table, as free words.
    outcome, resolved
        What came out, and what opened or broke it.
    evidence, verified
        Documents cited, and whether somebody checked the entry against them.
    """

    id: str
    name: str
    start: dt.date
    end: dt.date
    place: str = ""
    parties: str = ""
    outcome: str = ""
    resolved: str = ""
    evidence: tuple[Citation, ...] = ()
    verified: bool = False


def read_round(entry: Entry, sources: Mapping[str, Citation]) -> Round | None:
    """Return the round in ``entry``, or ``None`` where its name or dates are missing."""
    name = entry.identifier("id")
    title = entry.text("name", required=True)
    start = entry.date("start", required=True)
    end = entry.date("end") or start
    if start is not None and end is not None and end < start:
        entry.fault(f"the round ends on {end}, before it starts on {start}", "end")
    rest = {field: entry.text(field) for field in ("place", "parties", "outcome", "resolved")}
    evidence = read_evidence(entry, sources)
    verified = entry.flag("verified")
    entry.done()
    if not name or start is None or end is None:
        return None
    return Round(
        id=name, name=title, start=start, end=end, evidence=evidence, verified=verified, **rest
    )
