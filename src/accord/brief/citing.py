"""Sources numbered in the order in which the page cites them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from markupsafe import Markup

from accord.brief.wording import day
from accord.ledger.commitment import Citation

CITED = 2
"""Sources numbered beside a claim; a commitment's list entry names them all."""


@dataclass(frozen=True)
class Source:
    """A numbered source; ``url`` only where it is a plain web address.

    ``printed``: cited where the printed sides show it.
    """

    number: int
    text: str
    url: str | None
    printed: bool = True


@dataclass
class Sources:
    """The list at the foot of the page, growing while the page is written."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _sources: list[Source] = field(default_factory=list)
    _printed: set[int] = field(default_factory=set)

    def number(self, text: str, url: str | None = None, *, printed: bool = True) -> int:
        """Return the number of a source, giving it the next one when it is new."""
        if text not in self._numbers:
            self._numbers[text] = len(self._sources) + 1
            self._sources.append(Source(len(self._sources) + 1, text, web_address(url)))
        if printed:
            self._printed.add(self._numbers[text])
        return self._numbers[text]

    def cite(self, evidence: Iterable[Citation], *, printed: bool = True) -> Markup:
        """Return the superscript numbers of the first of ``evidence``, linked to the list."""
        first = list(evidence)[:CITED]
        return self.superscript(
            self.number(citation_text(item), item.url, printed=printed) for item in first
        )

    def cite_text(self, text: str) -> Markup:
        """Return the superscript number of a source given as one line."""
        return self.superscript([self.number(text)])

    @staticmethod
    def superscript(numbers: Iterable[int]) -> Markup:
        """Return numbers as linked superscripts, each once, in order."""
        links = [Markup('<a href="#s{0}">{0}</a>').format(n) for n in sorted(set(numbers))]
        return Markup("<sup>{}</sup>").format(Markup(",").join(links)) if links else Markup("")

    @property
    def listed(self) -> tuple[Source, ...]:
        """All sources so far."""
        return tuple(
            dataclasses.replace(source, printed=source.number in self._printed)
            for source in self._sources
        )


def citation_text(citation: Citation) -> str:
    """Return a citation as one line: title, publisher, date."""
    parts = [citation.title, citation.publisher]
    if citation.date is not None:
        parts.append(day(citation.date))
    return ", ".join(part for part in parts if part)


def web_address(url: str | None) -> str | None:
    """Return ``url`` if it is a plain web address; a case file may hold anything."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
