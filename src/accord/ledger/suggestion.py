"""Suggestions: commitments, demands and red lines for a case, each with its evidence, as a diff.

Nothing enters a case unseen: every suggestion is shown as the lines it would add, and only those
that are accepted by their id are written. The case is loaded again afterwards; if the lines made
it faulty they are taken out again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord.errors import InputError, OutputError, UnknownNameError
from accord.record.store import Found, Store


@dataclass(frozen=True)
class Suggestion:
    """One thing the record proposes for a case.

    Attributes
    ----------
    id
        Key by which it is accepted or rejected; stable over re-readings of the same documents.
    kind
        ``"commitment"``, ``"demand"`` or ``"red line"``.
    file
        The file of the case that it would change.
    lines
        The lines it would add.
    found
        The entry of the record behind it.
    known
        Id of the case's own entry that says the same already, if there is one.
    """

    id: str
    kind: str
    file: str
    lines: str
    found: Found
    known: str | None = None

    def diff(self) -> str:
        """Return the suggestion as a unified-diff hunk."""
        added = "".join(f"+{line}\n" for line in self.lines.rstrip("\n").split("\n"))
        return f"--- {self.file}\n+++ {self.file}\n@@ {self.id} @@\n{added}"

    def plain(self) -> dict[str, Any]:
        """Return the suggestion as a JSON object."""
        return {
            "id": self.id,
            "kind": self.kind,
            "file": self.file,
            "lines": self.lines,
            "known": self.known,
            "evidence": self.found.plain(),
        }


def suggest(store: Store, case: str | Path) -> list[Suggestion]:
    """Propose what the record has for a case and nobody has decided yet.

    Only what concerns the parties of the case is proposed. What the case has already is marked
    ``known`` and left out of what ``--accept all`` would take.
    """
    from accord.ledger import load_case

    loaded = load_case(case)
    decided = store.decided()
    have = {_canonical(c.says): c.id for c in loaded.commitments}
    codes = set(loaded.parties) | {c.party for c in loaded.commitments}
    terms = _terms(loaded.path)
    taken: set[str] = set()
    out: list[Suggestion] = []
    for found in store.entries(kinds=("commitment", "demand", "refusal")):
        one = _one(found, codes, have, terms)
        if one is None or one.id in decided:
            continue
        same = re.sub(r"(?m)^ *(?:- )?(?:id|date|evidence|since|said).*$|^ {4,}.*$", "", one.lines)
        if same in taken:
            continue
        taken.add(same)
        out.append(one)
    return out


def accept(store: Store, case: str | Path, ids: Iterable[str]) -> list[Suggestion]:
    """Write the suggestions of these ids into the case.

    Raises
    ------
    UnknownNameError
        For an id that is not proposed.
    InputError
        If the case would not load with the new lines; nothing is changed then.
    """
    from accord.ledger import check_case, load_case

    proposed = {s.id: s for s in suggest(store, case)}
    wanted = list(ids)
    if wanted == ["all"]:
        wanted = [key for key, s in proposed.items() if s.known is None]
    for key in wanted:
        if key not in proposed:
            raise UnknownNameError("suggestion", key, proposed)
    folder = load_case(case).path
    chosen = [proposed[key] for key in wanted]
    before: dict[Path, str | None] = {}
    try:
        for one in chosen:
            path = folder / one.file
            old = path.read_text(encoding="utf-8") if path.is_file() else None
            before.setdefault(path, old)
            base = old if old is not None else _HEADERS.get(one.file, "")
            gap = (
                "" if not base or base.endswith("\n\n") else "\n" if base.endswith("\n") else "\n\n"
            )
            path.write_text(base + gap + one.lines, encoding="utf-8")
    except OSError as error:
        _restore(before)
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from error
    problems = check_case(folder)
    if problems:
        _restore(before)
        raise InputError(f"the case would not load with it: {problems[0]}; nothing was changed")
    for one in chosen:
        store.decide(one.id, "accepted")
    return chosen


def reject(store: Store, case: str | Path, ids: Iterable[str]) -> list[Suggestion]:
    """Remember that these suggestions are not wanted; they are not proposed again."""
    proposed = {s.id: s for s in suggest(store, case)}
    out = []
    for key in ids:
        if key not in proposed:
            raise UnknownNameError("suggestion", key, proposed)
        store.decide(key, "rejected")
        out.append(proposed[key])
    return out


def _restore(before: dict[Path, str | None]) -> None:
    for path, text in before.items():
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, encoding="utf-8")


_HEADERS = {
    "demands.yaml": "# Demands and refusals taken from the record, each accepted by hand.\n",
    "red_lines.yaml": "# Red lines taken from the record, each accepted by hand.\n",
    "commitments-record.yaml": (
        "# Commitments taken from the record, each accepted by hand, none verified yet.\n"
    ),
}


def _one(
    found: Found, codes: set[str], have: dict[str, str], terms: frozenset[str]
) -> Suggestion | None:
    attrs = found.entry.attrs
    kind = found.entry.kind
    if kind == "commitment":
        says = attrs.get("says")
        if not says or _code(attrs["party"]) not in codes:
            return None
        lines = (
            f"- id: {_id(found)}\n  says: {_text(says)}\n"
            f"  instrument: {_text(_instrument(found))}\n"
            f"  legal_form: announcement\n  date: {_day(found)}\n  evidence:\n{_evidence(found)}"
            f"  note: {_text(_words(found))}\n  verified: false\n"
        )
        return Suggestion(
            found.key,
            "commitment",
            "commitments-record.yaml",
            lines,
            found,
            have.get(_canonical(says)),
        )
    code = _code(attrs["by"])
    if code not in codes:
        return None
    holds = _condition(found, code) if terms else None
    if holds is not None and all(term in terms for term in re.findall(r"([a-z_]+)\(", holds)):
        lines = (
            f"- id: {_id(found)}\n  party: {code}\n  level: negotiator\n"
            f"  statement: {_text(_words(found))}\n  holds: {_text(holds)}\n"
            f"  since: {_day(found)}\n  evidence:\n{_evidence(found)}  verified: false\n"
        )
        return Suggestion(found.key, "red line", "red_lines.yaml", lines, found)
    of = attrs.get("of")
    of = [of] if isinstance(of, str) else list(of or [])
    lines = (
        f"- id: {_id(found)}\n  kind: {kind}\n  by: {code}\n"
        + (f"  of: [{', '.join(_text(_code(o) or o) for o in of)}]\n" if of else "")
        + f"  what: {_text(_words(found))}\n  date: {_day(found)}\n  evidence:\n{_evidence(found)}"
    )
    return Suggestion(
        found.key, "demand" if kind == "demand" else "refusal", "demands.yaml", lines, found
    )


#: Conditions that can be put into the red-line language: kind, words, condition over the party
#: (P) and the other (Q).
_CONDITIONS: tuple[tuple[str, str, str], ...] = (
    (
        "refusal",
        r"\b(?:carbon |emissions? )?caps?\b|limits? on (?:its|their|our) (?:carbon )?emissions"
        r"|absolute (?:cap|limit)",
        "not cap({p})",
    ),
    (
        "refusal",
        r"\bbinding (?:emissions? )?(?:targets?|limits?|commitments?|obligations?|cuts)\b",
        "not binding({p})",
    ),
    (
        "refusal",
        r"\b(?:outside|international|intrusive|external) "
        r"(?:monitoring|verification|inspection|scrutiny)\b",
        "not mrv({p})",
    ),
    (
        "demand",
        r"\bbinding (?:emissions? )?(?:targets?|limits?|commitments?|obligations?|cuts)\b",
        "binding({q})",
    ),
    ("demand", r"\bcaps? (?:their|its) emissions\b|emissions? caps?\b", "cap({q})"),
    ("demand", r"\bverif\w+|\btransparency\b|\bMRV\b", "mrv({q})"),
)


def _condition(found: Found, code: str) -> str | None:
    attrs = found.entry.attrs
    of = attrs.get("of")
    others = [of] if isinstance(of, str) else list(of or [])
    other = next((c for c in map(_code, others) if c and c != code), None)
    for kind, pattern, holds in _CONDITIONS:
        if kind == found.entry.kind and re.search(pattern, found.entry.quote, re.I):
            if "{q}" in holds and other is None:
                return None
            return holds.format(p=code, q=other)
    return None


def _terms(folder: Path) -> frozenset[str]:
    path = folder / "terms.yaml"
    if not path.is_file():
        return frozenset()
    return frozenset(
        re.findall(r"(?m)^\s*-\s*term:\s*([a-z_]+)\(", path.read_text(encoding="utf-8"))
    )


def _canonical(says: str) -> str:
    from accord.language import parse, say

    try:
        return say(parse(says))
    except Exception:
        return says


def _code(name: str) -> str:
    from accord.parties import named

    parties = named(name)
    return parties[0].code if len(parties) == 1 else ""


def _id(found: Found) -> str:
    return "REC-" + re.sub(r"[^A-Za-z0-9.-]+", "-", found.key)


def _instrument(found: Found) -> str:
    return f"As reported in {found.entry.document.title or found.entry.document.name}"


def _day(found: Found) -> str:
    """Return the day to be written; where only a month or year is known, its first day."""
    day = found.date or found.published
    if day is None:
        declared = found.entry.document.declared
        return (declared or dt.date.today()).isoformat()
    return (day + "-01-01" if len(day) == 4 else day + "-01" if len(day) == 7 else day)[:10]


def _words(found: Found) -> str:
    return " ".join(found.entry.quote.split())


def _evidence(found: Found) -> str:
    document = found.entry.document
    published = found.published
    date = f", date: {published}" if published and len(published) == 10 else ""
    entry = found.entry
    place = f"line {entry.line}, characters {entry.start}-{entry.end}"
    where = _text(f"{document.title or document.name}, {place}")
    publisher = _text(document.publisher or Path(document.source).name or "the record")
    return f"    - {{title: {where}, publisher: {publisher}{date}}}\n"


def _text(value: str) -> str:
    """Write a YAML string so that it reads back as it is."""
    import json

    return json.dumps(value, ensure_ascii=False)
