"""A document as it was: the stored text to which every span of the record refers."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

from accord.record.typography import fold

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Document:
    """The text of one source, kept because spans refer to it.

    Attributes
    ----------
    name
        Name in the record and in exports; the file name without its last suffix.
    text
        The extracted text; offsets count its Unicode code points.
    source
        Where it came from, as the user named it.
    form
        ``"text"``, ``"html"``, ``"pdf"`` or ``"eml"``.
    title, publisher
        What the file's own metadata say, if anything.
    declared
        Date of publication by the file's own metadata, if any.
    """

    name: str
    text: str
    source: str = ""
    form: str = "text"
    title: str | None = None
    publisher: str | None = None
    declared: dt.date | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the text: the identity of the document."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def fingerprint(self) -> frozenset[int]:
        """Bottom-k sketch of its five-word shingles: equal texts and re-posts share most of it.

        Source: Broder (1997), On the resemblance and containment of documents, section 3.
        """
        words = _WORD.findall(fold(self.text).lower())
        shingles = {" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))}
        hashed = sorted(
            int.from_bytes(hashlib.blake2b(s.encode(), digest_size=7).digest(), "big")
            for s in shingles
        )
        return frozenset(hashed[:64])

    def line(self, offset: int) -> int:
        """Return the 1-based line in which ``offset`` stands."""
        return self.text.count("\n", 0, offset) + 1


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Estimate the Jaccard resemblance of two texts from their sketches, 0 to 1."""
    if not one or not other:
        return 0.0
    size = min(64, len(one), len(other))
    merged = sorted(one | other)[:size]
    return sum(value in one and value in other for value in merged) / size
