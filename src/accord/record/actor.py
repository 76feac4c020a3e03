"""Actors: one line for everybody who acts, speaks or is spoken to in a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from accord.record.gazetteer import lexicon, office_on, plain
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
            actor = Actor(
                mention.start,
                mention.end,
                _shown(mention),
                mention.type,
                mention.code,
                "",
                mention.affiliation,
            )
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


_PEOPLE = re.compile(
    r"\b(?:activists|campaigners|environmentalists|scientists|NGOs|critics|opponents|voters|protesters|farmers|groups)$",
    re.I,
)


def _counts(mention: Mention, used: set[str]) -> bool:
    if mention.name in used:
        return True
    if mention.type == "officials" and mention.code:
        return True
    return _PEOPLE.search(mention.name) is not None


def _shown(mention: Mention) -> str:
    return mention.name


def _role(role: str) -> str:
    """Trim the state from an office: "China's lead negotiator" and "Danish minister" keep the office."""
    out = []
    for part in role.split("; "):
        bare = re.sub(r"^(?:[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2})'s?\s(?=\w)", "", part)
        first = bare.split(" ")[0]
        body = (
            bare[len(first) :]
            .lstrip()
            .startswith(
                ("Commission", "Council", "Parliament", "Union", "Central", "Foreign Ministry")
            )
        )
        if (
            first not in ("US", "U.S.", "UN", "U.N.", "EU")
            and not body
            and any(
                name.form == "adjective" and len(key) == 1 and key[0] == plain(first)
                for key, name, _ in lexicon().get(plain(first), ())
            )
        ):
            bare = bare[len(first) :].lstrip()
        bare = re.sub(r"^(?:new|then|current|outgoing|incoming)\s", "", bare)
        if bare and bare not in out:
            out.append(bare)
    return "; ".join(out)
