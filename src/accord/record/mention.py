"""Mentions: where in a text somebody who acts is named, and who that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from accord.record.gazetteer import (
    party_name,
)


@dataclass
class Mention:
    """One naming of somebody.

    Attributes
    ----------
    start, end
        The name itself.
    left, right
        The whole phrase with office and apposition.
    name, type, code, affiliation, role
        Who it is; ``code`` is the party it is or belongs to.
    form
        ``name``, ``adjective``, ``place``, ``title`` (the minister), ``pronoun`` or ``common``.
    """

    start: int
    end: int
    name: str
    type: str
    code: str = ""
    affiliation: str = ""
    role: str = ""
    form: str = "name"
    left: int = -1
    right: int = -1
    short: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        self.left = self.start if self.left < 0 else self.left
        self.right = self.end if self.right < 0 else self.right

    @property
    def acts(self) -> bool:
        """Whether it can be the subject of a deed: not an adjective, not a place."""
        return self.form not in ("adjective", "place")

    @property
    def side(self) -> str:
        """The state, group or body for which it stands."""
        if self.type == "organisation" and _LEGISLATURE.search(self.name):
            return self.name
        if self.type in ("official", "officials", "organisation", "person") and self.code:
            return party_name(self.code)
        if self.type in ("official", "officials", "person") and self.affiliation:
            return self.affiliation
        return self.name


_LEGISLATURE = re.compile(
    r"\b(?:Congress|Senate|House of|Parliament|parliament|Bundestag|Duma|Court|Assembly|Lok Sabha)\b"
)


class Taken:
    """Which characters already belong to a name."""

    def __init__(self, found: list[Mention]) -> None:
        self.spans = {(m.start, m.end) for m in found if m.form != "adjective"}
        self.cover = bytearray(0)
        self._grow(found)

    def _grow(self, found: list[Mention]) -> None:
        for m in found:
            if m.form != "adjective":
                self.add(m.start, m.end)

    def add(self, start: int, end: int) -> None:
        """Take the characters of a span."""
        if end > len(self.cover):
            self.cover.extend(bytes(end + 1000 - len(self.cover)))
        self.cover[start:end] = b"\x01" * (end - start)

    def free(self, start: int, end: int) -> bool:
        """Tell whether no character of a span is taken."""
        return not any(self.cover[start:end])
