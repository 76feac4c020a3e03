"""Every error a user can cause, as one tree.

::

    AccordError                 something the user can mend; shown as one line, exit code 2
    ├── InputError              a file, line, field or argument that cannot be used
    │   ├── PhraseError         a pledge or red-line phrase that cannot be read; marks the word
    │   ├── CaseError           a case on disk that is missing, malformed or contradictory
    │   └── UnknownNameError    a party, unit, table … that is not known; carries near matches
    ├── TargetError             a target that can be read but cannot be meant (a 200 % cut)
    ├── OutputError             a result that cannot be written where asked
    └── NetworkError            an upstream edition that cannot be fetched

A message says what was given, where, what would be right, and the nearest known value.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where in the user's input something stands: file, line (1-based), field.

    Any part may be unknown; ``str(place)`` joins the known ones as ``file:line: field``.
    """

    file: str | None = None
    line: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        head = self.file or ""
        if self.line is not None:
            head = f"{head}:{self.line}" if head else f"line {self.line}"
        return ": ".join(part for part in (head, self.field or "") if part)


class AccordError(Exception):
    """Something the user can mend. ``str(error)`` is one line fit for a terminal."""


class InputError(AccordError):
    """Input that cannot be used.

    Parameters
    ----------
    message
        What was given and what would be right.
    place
        Where it stands, if known; put before the message.
    """

    def __init__(self, message: str, place: Place | None = None) -> None:
        self.message = message
        self.place = place
        where = str(place) if place is not None else ""
        super().__init__(f"{where}: {message}" if where else message)

    def at(self, place: Place) -> InputError:
        """Return the same error with its place filled in."""
        clone = type(self).__new__(type(self))
        clone.__dict__.update(self.__dict__)
        InputError.__init__(clone, self.message, place)
        return clone


class PhraseError(InputError):
    """A phrase of the pledge or red-line language that cannot be read.

    Attributes
    ----------
    text, start, end
        The phrase and the character span of the word at fault.
    accepted
        What would be accepted there, most likely first.
    """

    def __init__(
        self,
        message: str,
        *,
        text: str = "",
        start: int = 0,
        end: int = 0,
        accepted: tuple[str, ...] = (),
        place: Place | None = None,
    ) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.accepted = accepted
        super().__init__(message, place)

    def marked(self) -> str:
        """Return the phrase with a line of carets under the word at fault."""
        return f"{self.text}\n{' ' * self.start}{'^' * max(1, self.end - self.start)}"


class CaseError(InputError):
    """A case on disk that is missing, malformed or contradicts itself."""


class UnknownNameError(InputError):
    """A name that is not known; the message offers the nearest ones.

    Parameters
    ----------
    what
        The kind of thing, e.g. ``"party"``.
    name
        The name as given.
    known
        All names that would be right.
    """

    def __init__(
        self, what: str, name: str, known: Iterable[str], place: Place | None = None
    ) -> None:
        self.what = what
        self.name = name
        names = sorted(set(known))
        folded = {candidate.casefold(): candidate for candidate in reversed(names)}
        close = difflib.get_close_matches(name.casefold(), list(folded), n=3, cutoff=0.6)
        self.near = tuple(folded[match] for match in close)
        if self.near:
            hint = f"; did you mean {' or '.join(self.near)}?"
        elif len(names) <= 12:
            hint = f"; known: {', '.join(names)}"
        else:
            hint = f"; {len(names)} are known"
        super().__init__(f"unknown {what} {name!r}{hint}", place)


class TargetError(AccordError):
    """A target that can be read but cannot be meant."""


class OutputError(AccordError):
    """A result that cannot be written where asked; nothing is left half-written."""


class NetworkError(AccordError):
    """An upstream edition that cannot be fetched; says what works without it."""
