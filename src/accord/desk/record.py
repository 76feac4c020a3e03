"""The record view: documents as they were, what was found in them, and the ledger's timeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.desk.ground import Ground
from accord.desk.rows import Sources
from accord.errors import InputError
from accord.ledger import Case

if TYPE_CHECKING:
    from accord.record.store import Found, Store

FOLDER = "record"
FILE = "record.sqlite"
SHOWN = 400
"""Entries in one answer; a search narrows them."""
TEXT_MOST = 400_000
"""Characters of a document that are sent."""
KINDS = ("statement", "demand", "refusal", "commitment", "event", "figure", "stance", "interaction")
NONE = (
    "This case has no record yet. Read documents into it with: accord read PATH --case {case}. "
    "The timeline below comes from the ledger."
)


def store_of(case: Case) -> Path | None:
    """Return the file of a case's record, which lies in the case; ``None``: there is none."""
    folder = case.path / FOLDER
    if not folder.is_dir():
        return None
    found = [path for path in sorted(folder.iterdir()) if path.suffix in {".sqlite", ".db"}]
    inside = [path for path in found if path.resolve().is_relative_to(case.path.resolve())]
    return inside[0] if inside else None


def record(ground: Ground, sources: Sources, query: str, party: str, kind: str) -> dict[str, Any]:
    """Return documents, entries and the timeline.

    Parameters
    ----------
    ground, sources
        Only what was there on the ground's day is shown.
    query, party, kind
        What to look for; empty: all.

    Raises
    ------
    InputError
        For a search that cannot be read.
    """
    documents: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    path = store_of(ground.case)
    if path is not None:
        from accord.record.store import Store

        with Store(path, create=False) as store:
            day = ground.day.isoformat()
            documents = [
                {
                    "id": one["name"],
                    "title": one["title"] or one["name"],
                    "publisher": one.get("publisher") or "",
                    "date": one["published"],
                    "entries": sum(n for k, n in one["entries"].items() if k in KINDS),
                }
                for one in store.documents()
                if not one["published"] or one["published"] <= day
            ]
            there = {one["id"] for one in documents}
            found = (
                store.search(query, kinds=KINDS, limit=SHOWN)
                if query.strip()
                else store.entries(kinds=KINDS)
            )
            for one in found:
                block = entry_block(one)
                if block["document"] in there and _fits(block, party, kind):
                    entries.append(block)
                if len(entries) >= SHOWN:
                    break
    line = [one for one in timeline(ground, sources) if _fits(one, party, "")]
    if query.strip():
        words = query.casefold().split()
        line = [one for one in line if all(word in one["words"].casefold() for word in words)]
    return {
        "none": None if path is not None else NONE.format(case=ground.case.name),
        "documents": documents,
        "entries": entries,
        "timeline": line[-SHOWN:],
        "parties": sorted({one["party"] for one in (*entries, *line) if one["party"]}),
        "kinds": sorted({one["kind"] for one in entries}),
    }


def document(ground: Ground, name: str) -> dict[str, Any]:
    """Return one document with its entries at their places.

    Raises
    ------
    InputError
        There is no such document in the case's record.
    """
    path = store_of(ground.case)
    if path is None:
        raise InputError(NONE.format(case=ground.case.name))
    from accord.record.store import Store

    with Store(path, create=False) as store:
        found = store.document(name)
        return {
            "document": {
                "id": found.name,
                "title": found.title or found.name,
                "publisher": found.publisher or "",
                "text": found.text[:TEXT_MOST],
                "cut": len(found.text) > TEXT_MOST,
            },
            "entries": [
                entry_block(one)
                for one in store.entries(kinds=KINDS, document=name)
                if one.entry.end <= TEXT_MOST
            ],
        }


def entry_block(found: Found) -> dict[str, Any]:
    """Return an entry as the page gets it."""
    one = found.entry
    attrs = one.attrs
    who = next((attrs[key] for key in ("party", "by", "speaker_affiliation", "actor", "source",
                                       "speaker") if attrs.get(key)), "")  # fmt: skip
    return {
        "id": found.key,
        "document": one.document.name,
        "kind": one.kind,
        "party": _code(who),
        "speaker": attrs.get("speaker") or attrs.get("by") or "",
        "of": attrs.get("of") or "",
        "date": found.date,
        "words": one.quote[:2000],
        "what": str(attrs.get("what") or attrs.get("says") or "")[:400],
        "start": one.start,
        "end": one.end,
    }


def _code(name: Any) -> str:
    from accord.parties import party

    try:
        return party(str(name)).code
    except InputError:
        return str(name)[:60]


def _fits(block: dict[str, Any], party: str, kind: str) -> bool:
    return (not party or block["party"] == party) and (not kind or block["kind"] == kind)


def timeline(ground: Ground, sources: Sources) -> list[dict[str, Any]]:
    """Return what the ledger dates up to the day: rounds, commitments and what became of them."""
    shown = {*ground.case.parties, "EU27"}
    found: list[dict[str, Any]] = [
        {
            "date": one.end.isoformat(),
            "party": "",
            "kind": "round",
            "words": f"{one.name}. {one.outcome}",
            "source": None,
            "sources": sources.of(one.evidence),
        }
        for one in ground.case.rounds
        if one.end <= ground.day
    ]
    for commitment in ground.case.commitments:
        if commitment.party not in shown:
            continue
        for n, status in enumerate(commitment.statuses):
            if status.since > ground.day:
                continue
            word = "" if n == 0 else f" – {status.word}"
            note = f" ({status.note})" if status.note and n else ""
            numbers = sources.of(commitment.evidence)
            found.append(
                {"date": status.since.isoformat(), "party": commitment.party,
                 "kind": "commitment" if n == 0 else status.word,
                 "words": f"{commitment.says}{word}{note}",
                 "source": numbers[0] if numbers else None, "sources": numbers}
            )  # fmt: skip
    for line in ground.red_lines.lines:
        if line.since <= ground.day and line.party in shown:
            numbers = sources.of(line.evidence)
            found.append(
                {"date": line.since.isoformat(), "party": line.party, "kind": "red line",
                 "words": line.statement, "source": numbers[0] if numbers else None,
                 "sources": numbers}
            )  # fmt: skip
    return sorted(found, key=lambda one: one["date"])


def newest_said(store: Store, code: str, words: str) -> Found | None:
    """Return the newest entry of a party in which some of the words stand."""
    try:
        found = store.search(words, kinds=("statement", "demand", "refusal"), limit=40)
    except InputError:
        return None
    mine = [one for one in found if entry_block(one)["party"] == code]
    return max(mine, key=lambda one: one.date or "", default=None)
