"""The deal on a desk: what differs from the case, as one small value that fits into a link.

A deal names the day and the switches, the phrases that differ from the case, rows added and taken
out, and the terms that somebody set. Everything else comes from the case, so that a link of a few
hundred characters opens the same desk.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Any

import msgspec

from accord.errors import InputError

TOKEN_MOST = 16_384
"""Characters of a token; far more than a page's address holds in practice."""
TEXT_MOST = 262_144
"""Bytes that a token may unfold to."""
ROWS_MOST = 400
PHRASE_MOST = 400
STEPS_MOST = 200
"""Steps that can be undone."""
_VERSION = "1"


class Deal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What differs from the case.

    Attributes
    ----------
    as_of
        Id of a round, or a date; empty: the day of the edition.
    switches
        Switches of the convention that differ from the case's.
    says
        Phrases by row, where they differ; rows of the user's own are ``new-1`` ….
    removed
        Rows of the case that are off the table.
    counted
        Rows put in or out by hand, whatever their status.
    terms
        Terms between the parties: yes or no, an amount, or a word.
    gave_up
        Red lines given up by a way out that was applied.
    """

    as_of: str = ""
    switches: dict[str, str | bool] = {}
    says: dict[str, str] = {}
    removed: tuple[str, ...] = ()
    counted: dict[str, bool] = {}
    terms: dict[str, bool | float | str] = {}
    gave_up: tuple[str, ...] = ()

    @property
    def changes(self) -> int:
        """How many rows and terms differ from the case."""
        return len({*self.says, *self.removed, *self.counted}) + len(self.terms)

    def with_(self, **fields: Any) -> Deal:
        """Return the deal with some fields replaced."""
        return msgspec.structs.replace(self, **fields)


def token_of(deal: Deal) -> str:
    """Return the deal as characters that may stand in an address."""
    packed = zlib.compress(msgspec.json.encode(deal, order="deterministic"), 9)
    return _VERSION + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def deal_of(token: str) -> Deal:
    """Read a token back.

    Raises
    ------
    InputError
        It is none, or holds more than a desk can.
    """
    wrong = InputError("the link holds no deal that this desk can read; open the desk without it")
    if len(token) > TOKEN_MOST or not token.startswith(_VERSION):
        raise wrong
    body = token[len(_VERSION) :]
    try:
        packed = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(packed, TEXT_MOST)
        if unpacking.unconsumed_tail:
            raise wrong
        deal = msgspec.json.decode(text, type=Deal)
    except (binascii.Error, zlib.error, ValueError, msgspec.MsgspecError, RecursionError):
        raise wrong from None
    too_many = (
        max(len(deal.says), len(deal.removed), len(deal.counted), len(deal.terms)) > ROWS_MOST
    )
    texts = [*deal.says.values(), *deal.says, *deal.removed, *deal.counted, *deal.terms]
    if too_many or any(len(text) > PHRASE_MOST for text in texts):
        raise wrong
    return deal


class Course:
    """A deal with the steps that led to it: undo, redo, and drags that are one step.

    Parameters
    ----------
    deal
        Where it begins.
    """

    def __init__(self, deal: Deal | None = None) -> None:
        self.deal = deal if deal is not None else Deal()
        self._past: list[tuple[str, Deal]] = []
        self._ahead: list[tuple[str, Deal]] = []
        self._dragging: str | None = None

    @property
    def undo_words(self) -> str | None:
        """What the last step was, or ``None`` where nothing can be undone."""
        return self._past[-1][0] if self._past else None

    @property
    def redo_words(self) -> str | None:
        """What would be done again."""
        return self._ahead[-1][0] if self._ahead else None

    def step(self, deal: Deal, words: str, drag: str | None = None, ends: bool = True) -> None:
        """Take a step.

        Parameters
        ----------
        deal
            The deal after it.
        words
            What it is, for the undo button.
        drag
            Name of the slider moved; moves of one slider that do not end are one step.
        ends
            Whether the drag ends with this step.
        """
        goes_on = drag is not None and drag == self._dragging
        self._dragging = None if ends else drag
        if deal == self.deal:
            return
        if goes_on and self._past:
            self._past[-1] = (words, self._past[-1][1])
        else:
            self._past.append((words, self.deal))
            del self._past[:-STEPS_MOST]
        self._ahead.clear()
        self.deal = deal

    def undo(self) -> bool:
        """Go one step back; tell whether there was one."""
        return self._move(self._past, self._ahead)

    def redo(self) -> bool:
        """Go one step forward again; tell whether there was one."""
        return self._move(self._ahead, self._past)

    def _move(self, source: list[tuple[str, Deal]], target: list[tuple[str, Deal]]) -> bool:
        self._dragging = None
        if not source:
            return False
        words, deal = source.pop()
        target.append((words, self.deal))
        self.deal = deal
        return True
