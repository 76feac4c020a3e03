"""A commitment: a pledge with its instrument, legal form, dates, fate and evidence."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import msgspec

from accord.language.target import Pledge

StatusWord: TypeAlias = Literal[
    "announced",
    "signed",
    "in force",
    "not ratified",
    "superseded",
    "withdrawn",
    "re-entered",
    "archived",
    "abandoned",
    "achieved",
    "missed",
    "lapsed",
]
COUNTED: frozenset[str] = frozenset({"announced", "signed", "in force", "re-entered"})
"""The statuses under which a commitment binds an assessment; the rest are history."""

LegalForm: TypeAlias = Literal[
    "treaty",
    "NDC",
    "INDC",
    "COP decision",
    "submission",
    "joint statement",
    "domestic law",
    "domestic target",
    "strategy",
    "executive",
    "announcement",
    "bilateral agreement",
    "assumption",
]


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a commitment, from ``since`` on."""

    since: dt.date
    word: StatusWord
    note: str = ""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """A document that may not be redistributed, by title, publisher and date."""

    title: str
    publisher: str
    date: dt.date | None = None
    url: str | None = None


class BaseValue(msgspec.Struct, frozen=True, kw_only=True):
    """The value of the base year as the party (or an independent source) states it.

    Base values move between versions of a pledge, so each commitment pins its own.
    """

    value: float
    unit: str
    year: int
    series: str
    official: bool = True


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """An achieved figure, beside others: official and independent ones are never merged."""

    value: float
    unit: str
    year: int
    series: str
    official: bool
    source: str
    verified: bool = False


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """What a party undertakes, as of when, in which form, and what became of it.

    Attributes
    ----------
    id
        Stable name within the case, e.g. ``CN-NDC2-CI``.
    says
        The pledge in canonical words of the pledge language.
    pledge
        ``says``, read.
    instrument, legal_form, date
        The act by which it was undertaken, its form, and its day.
    statuses
        Its fate over time, oldest first; at least the one of ``date``.
    base_values
        Pinned base-year values, the binding one first.
    gdp_series
        Series that decides an intensity target (a name of ``accord data list``).
    outcomes
        What was achieved, by source.
    verified
        Whether somebody checked this row against the document cited.
    """

    id: str
    says: str
    pledge: Pledge
    instrument: str
    legal_form: LegalForm
    date: dt.date
    statuses: tuple[Status, ...]
    evidence: tuple[Citation, ...]
    base_values: tuple[BaseValue, ...] = ()
    gdp_series: str | None = None
    outcomes: tuple[Outcome, ...] = ()
    supersedes: tuple[str, ...] = ()
    note: str = ""
    verified: bool = False

    @property
    def party(self) -> str:
        """Code of the party that undertakes it."""
        return self.pledge.party

    def status(self, as_of: dt.date) -> Status | None:
        """Return the status that holds on ``as_of``, or ``None`` before the commitment was made."""
        past = [status for status in self.statuses if status.since <= as_of]
        return past[-1] if past else None

    def counts(self, as_of: dt.date, *, archived: bool = False) -> bool:
        """Tell whether it binds an assessment of that day (``archived``: withdrawn ones too)."""
        status = self.status(as_of)
        if status is None:
            return False
        if archived and status.word in {"archived", "withdrawn", "abandoned"}:
            return True
        return status.word in COUNTED
