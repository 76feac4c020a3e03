"""Actors: one line for everybody who acts, speaks or is spoken to in a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from accord.record.gazetteer import office_on
from accord.record.mention import Mention
from accord.record.scene import Scene


@dataclass
class Actor:
    """An actor: first mention, name, type, role, affiliation, further names."""

    start: int
    end: int
    name: str
    type: str
    code: str = ""
    role: str = ""
    affiliation: str = ""
    aliases: list[str] = field(default_factory=list)


_WEAK = frozenset({"document"})


def actors(scene: Scene, used: set[str]) -> list[Actor]:
    """Collect the actors of a document.

    Parameters
    ----------
    scene
        The prepared document.
    used
        Names that occur in other entries: a group that is only named in passing ("people") counts
        as an actor when it says, asks or is asked something.
    """
    found: dict[str, Actor] = {}
    for mention in scene.cast.mentions:
        if mention.type in _WEAK or mention.form in ("adjective", "title"):
            continue
        if mention.form == "place":
            continue
        if mention.form == "common" and not _counts(mention, used):
            continue
        key = mention.name.casefold()
        words = scene.document.text[mention.start : mention.end]
        actor = found.get(key)
        if actor is None:
            actor = Actor(mention.start, mention.end, _shown(mention), mention.type, mention.code, "", mention.affiliation)
            found[key] = actor
        if mention.role and mention.role not in actor.role:
            role = _role(mention.role)
            actor.role = f"{actor.role}; {role}" if actor.role else role
            actor.affiliation = mention.affiliation or actor.affiliation
        if mention.type == "official":
            actor.type = "official"
        if words != actor.name and words not in actor.aliases and len(words) > 1:
            actor.aliases.append(words)
    for actor in found.values():
        if actor.type == "official" and not actor.role:
            office = office_on(actor.name, scene.day)
            if office is not None and office.held(scene.day):
                actor.role = office.role
    return sorted(found.values(), key=lambda a: a.start)


def _counts(mention: Mention, used: set[str]) -> bool:
    if mention.name in used:
        return True
    if mention.type == "officials" and mention.code:
        return True
    return mention.name in ("NGOs",) or bool(re.search(r"\bNGOs\b", mention.name))


def _shown(mention: Mention) -> str:
    return mention.name


def _role(role: str) -> str:
    """Trim the possessive from an office: "China's lead negotiator" is "lead negotiator"."""
    return re.sub(r"^(?:[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})'s?\s(?=[a-z])", "", role)
