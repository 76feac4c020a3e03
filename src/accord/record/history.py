"""History: what an actor said on an issue, in order of time, and where they changed their mind."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accord.errors import UnknownNameError
from accord.record.issue_area import AREAS
from accord.record.store import Found, Store

_OWN = {
    "statement": ("speaker", "speaker_affiliation"), "commitment": ("party",), "demand": ("by",), "refusal": ("by",),
    "stance": ("actor",), "interaction": ("source",), "event": ("participants",),
}  # fmt: skip


def issue(name: str) -> str:
    """Return the issue area of that name, or the one it begins.

    Raises
    ------
    UnknownNameError
        With the nearest areas.
    """
    key = re.sub(r"[ -]+", "_", name.strip().lower())
    if key in AREAS:
        return key
    begun = [area for area in AREAS if area.startswith(key) or key in area.split("_")]
    if len(begun) == 1:
        return begun[0]
    raise UnknownNameError("issue", name, AREAS)


def same(name: str, other: str) -> bool:
    """Tell whether two names mean the same actor: Beijing and China, Kerry and John Kerry."""
    from accord.parties import named

    one, two = name.casefold().strip(), other.casefold().strip()
    if one == two:
        return True
    first, second = ({p.code for p in named(n)} for n in (name, other))
    if first or second:
        return bool(first & second)
    short, long = sorted((one.split(), two.split()), key=len)
    return bool(short) and set(short) <= set(long)


def about(found: Found, area: str) -> bool:
    """Tell whether the words of an entry, or the sentence around them, touch an issue area."""
    text = found.entry.document.text
    start = max(text.rfind(mark, 0, found.entry.start) for mark in (". ", "\n", "? ", "! ")) + 1
    stops = [
        i for i in (text.find(mark, found.entry.end) for mark in (". ", "\n", "? ", "! ")) if i >= 0
    ]
    words = text[max(0, start) : min(stops, default=len(text))]
    return any(re.search(pattern, words, re.I) for pattern in AREAS[area])


def history(
    store: Store,
    actor: str,
    *,
    area: str | None = None,
    since: str | None = None,
    kinds: tuple[str, ...] = (),
) -> list[Found]:
    """Return everything an actor said, pledged, asked, refused or did, oldest first.

    Parameters
    ----------
    store
        The record.
    actor
        A name: party, person or body; aliases count.
    area
        An issue area, or ``None`` for all.
    since
        ISO prefix from which on.
    """
    chosen = kinds or ("statement", "commitment", "demand", "refusal", "stance")
    out = []
    for found in store.entries(kinds=chosen):
        if not _is_of(found, actor) or (area is not None and not about(found, area)):
            continue
        if since is not None and (found.date is None or found.date[: len(since)] < since):
            continue
        out.append(found)
    if not out and not any(_is_of(f, actor) for f in store.entries()):
        raise UnknownNameError(
            "actor in this record", actor, _actors(store.entries(kinds=("actor",)))
        )
    return sorted(out, key=lambda f: (f.date or "", f.key))


def _is_of(found: Found, actor: str) -> bool:
    for key in _OWN.get(found.entry.kind, ()):
        value = found.entry.attrs.get(key)
        values: Iterable[Any] = value if isinstance(value, (list, tuple)) else (value,)
        if any(v and same(actor, str(v)) for v in values):
            return True
    return found.entry.kind == "actor" and same(actor, str(found.entry.attrs.get("name")))


def _actors(entries: Iterable[Found]) -> set[str]:
    return {str(f.entry.attrs["name"]) for f in entries}


def timeline(store: Store, *, actor: str | None = None, since: str | None = None) -> list[Found]:
    """Return events and commitments in order of time; undated ones are left out."""
    out = []
    for found in store.entries(kinds=("event", "commitment")):
        if found.date is None or (since is not None and found.date[: len(since)] < since):
            continue
        if actor is not None and not _is_of(found, actor):
            continue
        out.append(found)
    return sorted(out, key=lambda f: (f.date or "", f.key))


@dataclass(frozen=True)
class Change:
    """Two entries of one actor that do not agree, earlier first, and in what."""

    actor: str
    about: str
    earlier: Found
    later: Found

    def plain(self) -> dict[str, Any]:
        """Return the change as a JSON object."""
        return {
            "actor": self.actor,
            "about": self.about,
            "earlier": self.earlier.plain(),
            "later": self.later.plain(),
        }


def changes(store: Store, actor: str, *, area: str | None = None) -> list[Change]:
    """Find where an actor's stances on one issue, or figures of one pledge, do not agree.

    A stance for and a stance against in the same issue area are a change (or a contradiction, when
    of the same day); so are two pledges of one metric and target year with different values.
    """
    out: list[Change] = []
    areas = (area,) if area else tuple(AREAS)
    stands = [
        f
        for f in history(store, actor, kinds=("stance",))
        if f.entry.attrs.get("position") != "conditional"
    ]
    for one_area in areas:
        row = [f for f in stands if about(f, one_area)]
        for earlier, later in itertools.pairwise(row):
            if earlier.entry.attrs["position"] != later.entry.attrs["position"]:
                out.append(Change(actor, one_area, earlier, later))
    pledges: dict[tuple[str, int | None], Found] = {}
    for found in history(store, actor, area=area, kinds=("commitment",)):
        attrs = found.entry.attrs
        key = (
            attrs["metric"],
            attrs.get("target_year")
            if attrs["metric"] not in ("net_zero", "emissions_peak")
            else None,
        )
        before = pledges.get(key)
        if before is not None and _terms(before) != _terms(found):
            out.append(Change(actor, attrs["metric"], before, found))
        pledges[key] = found
    return sorted(out, key=lambda c: (c.later.date or "", c.about))


def _terms(found: Found) -> tuple[Any, ...]:
    attrs = found.entry.attrs
    return tuple(attrs.get(k) for k in ("value", "value_high", "unit", "base_year", "target_year"))
