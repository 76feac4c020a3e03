"""Entries of the record: what was found, each with its words in a document.

An entry is checked when it is made: words that do not stand verbatim at their offsets raise
:class:`UnverifiableError`, so nothing without a source can be stored or exported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from accord.errors import AccordError
from accord.record.document import Document

Kind: TypeAlias = Literal[
    "doc_date",
    "actor",
    "statement",
    "commitment",
    "demand",
    "refusal",
    "event",
    "figure",
    "issue",
    "stance",
    "interaction",
]

#: Attributes of each kind, as they are exported; an attribute that the text does not give is absent.
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "doc_date": frozenset({"value", "basis", "role"}),
    "actor": frozenset({"name", "type", "role", "affiliation", "aliases", "code"}),
    "statement": frozenset(
        {"speaker", "speaker_affiliation", "mode", "reported_by", "addressee", "date", "cue"}
    ),
    "commitment": frozenset(
        {"party", "metric", "direction", "value", "value_high", "unit", "base_year", "target_year",
         "status", "says"}
    ),
    "demand": frozenset({"by", "of", "what", "strength"}),
    "refusal": frozenset({"by", "of", "what"}),
    "event": frozenset({"type", "name", "date", "place", "participants", "status"}),
    "figure": frozenset({"value", "value_high", "unit", "qualifier", "subject", "period"}),
    "issue": frozenset({"area"}),
    "stance": frozenset({"actor", "target", "position"}),
    "interaction": frozenset({"source", "target", "code", "score"}),
}  # fmt: skip

KINDS: tuple[str, ...] = tuple(ATTRIBUTES)


class UnverifiableError(AccordError):
    """Words that do not stand at their offsets in the document, or an attribute of another kind."""


@dataclass(frozen=True)
class Entry:
    """One finding in one document.

    Parameters
    ----------
    document
        The document in which the words stand.
    kind
        One of :data:`KINDS`.
    start, end
        Code points into ``document.text``; the words must not be empty.
    quote
        The words; must equal ``document.text[start:end]``.
    attrs
        Attributes of the kind (:data:`ATTRIBUTES`).
    method
        ``"rules"`` or the name of the extractor that proposed it.

    Raises
    ------
    UnverifiableError
        If the words are not verbatim at the offsets, or an attribute is unknown to the kind.
    """

    document: Document
    kind: str
    start: int
    end: int
    quote: str
    attrs: Mapping[str, Any]
    method: str = "rules"

    def __post_init__(self) -> None:
        where = f"{self.document.name}[{self.start}:{self.end}]"
        if not 0 <= self.start < self.end <= len(self.document.text):
            raise UnverifiableError(
                f"{where}: outside the text of {len(self.document.text)} characters"
            )
        if self.document.text[self.start : self.end] != self.quote:
            raise UnverifiableError(f"{where}: {self.quote[:60]!r} does not stand there")
        known = ATTRIBUTES.get(self.kind)
        if known is None:
            raise UnverifiableError(
                f"{where}: unknown kind {self.kind!r}; known: {', '.join(KINDS)}"
            )
        unknown = set(self.attrs) - known
        if unknown:
            raise UnverifiableError(f"{where}: {self.kind} has no attribute {min(unknown)!r}")
        object.__setattr__(self, "attrs", MappingProxyType(dict(self.attrs)))

    @property
    def line(self) -> int:
        """The 1-based line of the document on which it starts."""
        return self.document.line(self.start)

    def plain(self) -> dict[str, Any]:
        """Return the entry as one line of the exchange schema."""
        return {
            "doc": self.document.name,
            "kind": self.kind,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "attrs": dict(self.attrs),
            "method": self.method,
        }


def entry(document: Document, kind: str, start: int, end: int, **attrs: Any) -> Entry:
    """Make an entry from offsets; the quote is cut from the document, empty attributes dropped."""
    kept = {
        key: value for key, value in attrs.items() if value is not None and value not in ([], "")
    }
    return Entry(document, kind, start, end, document.text[start:end], kept)
