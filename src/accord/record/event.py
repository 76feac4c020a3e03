"""Events: what happened, as one value, and how its date, place and people are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from accord.record.clause import Voiced, trimmed
from accord.record.dates import resolve
from accord.record.mention import Mention
from accord.record.scene import WHO, Scene

PLACE = r"[A-Z][A-Za-z'-]+(?:[- ](?:[A-Z][A-Za-z-]+|de|el|of the))*(?:,\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?"

_WHEN = r"(?:\s(?:(?:on|last|this|next|earlier|later|in|held|late|early)\s(?:late\s|earlier\s|later\s|early\s)?(?:this\s|last\s|next\s)?(?:week|month|year|\w+day|January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d)(?:\s\d{1,2})?(?:,?\s(?:19|20)\d\d)?|yesterday|today|tomorrow))?"

TAIL = rf"(?:\s(?:held|hosted|scheduled)\s)?(?:\s(?:in|at)\s(?:the\s)?(?P<place>{PLACE}))?(?P<when>{_WHEN})"

_FUTURE = re.compile(
    r"\b(?:will|upcoming|forthcoming|next|ahead of|to be held|is to|are to|scheduled|planned|expected to|later this|due to|plans to|before|going to|left for|ready for|prepare|opens|tomorrow|will attend|if they attend)\b"
)

#: A deed told in the present, outside a headline, lies ahead ("She flies to Delhi on Monday").
_PRESENT = re.compile(
    r"(?<!\bhis )(?<!\bher )(?<!\bits )(?<!\bthe )(?<!\btheir )(?<!\bof )\b(?:visits|flies to|travels to|goes to|heads to|meets|resumes?|reconvenes?|convenes?|opens|starts|begins|arrives in|hosts)\b"
)
_POSSIBLE = re.compile(r"\b(?:may|might|could|proposed|possible|rumou?red|considering|hopes? to)\b")

_CLAUSE = re.compile(
    r",\s(?:where|who|which|while|but|and (?:said|urged|stressed|agreed|told|discussed|noted|called|\w+ed)|as|after|saying|adding|a|an|in order|to\s\w+|attempted)\b|\s(?:where|which|that|while|to (?:discuss|urge|press|revive|prepare|seek|try|talk|agree|find|review|resolve)|attempted|about|and (?:said|urged|stressed|agreed|told|discussed|noted|called|pressed|pledged|welcomed|asked|raised|thanked|promised|met)|were|was|is|are|had|has|have|for (?:a|high|the(?!\s(?:first|second|third|fourth|fifth)))\b)\b|\"|,\s(?=the\s)|,\s(?="
    + WHO
    + r")"
)


@dataclass
class Event:
    """An event found: offsets in the document, type, circumstances."""

    start: int
    end: int
    type: str
    date: str | None = None
    place: str | None = None
    participants: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    name: str | None = None
    status: str = "past"
    key: str = ""
    source: Mention | None = None


#: Finds the events of one kind in a sentence.
Finder = Callable[[Scene, Voiced], "list[Event | None]"]


def make_event(scene: Scene, item: Voiced, start: int, end: int, kind: str, people: list[Mention], *, place: str | None = None,
           date: str | None = None, name: str | None = None, key: str = "", source: Mention | None = None) -> Event | None:  # fmt: skip
    """Make an event from its phrase; date, place and status are read in and around it.

    Returns ``None`` where nothing is left of the phrase.
    """
    start, end = trimmed(item.line.text, start, end)
    if end - start < 4:
        return None
    text = item.line.text
    phrase = text[start:end]
    context = text[max(0, start - 40) : end]
    status = "planned" if _FUTURE.search(context) else "past"
    if status == "past" and not item.line.sentence.heading and _PRESENT.search(phrase):
        status = "planned"
    if _POSSIBLE.search(context):
        status = "proposed"
    future = status != "past"
    when = date or scene.date(phrase, future=future)
    if when is None:
        near = resolve(text, scene.day, future=future)
        near.sort(key=lambda w: min(abs(w.start - end), abs(w.end - start)))
        close = [
            w
            for w in near
            if item.line.mask[w.start] != "\ue001"
            and min(abs(w.start - end), abs(w.end - start)) < 70
        ]
        when = close[0].value if close else None
    if when is None and status == "past":
        when = scene.recent()
    names = list(dict.fromkeys(p.name for p in people if p.type != "document"))
    sides = list(
        dict.fromkeys(
            p.side
            for p in people
            if p.type != "document" and (p.form != "common" or p.code or p.affiliation)
        )
    )
    return Event(
        item.line.start + start,
        item.line.start + end,
        kind,
        when,
        place or place_in(item, start, end),
        names,
        sides,
        name,
        status,
        key,
        source,
    )


_IN = re.compile(
    rf"\b(?:in|at)\s(?:the\s)?(?P<place>{PLACE})(?!\s(?:embassy|mission|delegation|consulate|side))"
)

NOT_PLACE = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|COP|UN|Paris Agreement|Kyoto Protocol|The|In|Article|Climate|Congress|Parliament|Senate|President|Mr|English|Chinese)\b"
)


def place_in(item: Voiced, start: int, end: int) -> str | None:
    """Read the place of an event in its phrase, else right behind it."""
    for left, right in ((start, end), (end, min(len(item.line.text), end + 60))):
        for m in _IN.finditer(item.line.text, left, right):
            if NOT_PLACE.match(m["place"]):
                continue
            who = item.line.who(m.start("place"))
            if who is not None and who.type in ("official", "person"):
                continue
            return re.sub(r",.*$", "", m["place"])
    return None


def cut(text: str, end: int, floor: int) -> int:
    """Return where the phrase of an event ends: before the next clause."""
    m = _CLAUSE.search(text, floor, end)
    return m.start() if m else end


def who_in(item: Voiced, words: str | None, at: int) -> list[Mention]:
    """Return who is named by the subject of a rule, pronouns resolved."""
    if not words:
        return []
    named = item.line.people(at, at + len(words))
    if named:
        return [m for m in named if m.type != "document"]
    if words.lower() in ("they",):
        return [p for p in (item.voices.last_person, item.voices.last) if p is not None][:2]
    one = item.subject(words, at)
    return [one] if one is not None else []
