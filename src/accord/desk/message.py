"""What a page may say: one typed message each, refused in words if it is malformed."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from accord.desk.deal import PHRASE_MOST, TOKEN_MOST
from accord.errors import InputError

MESSAGE_MOST = 65_536
"""Bytes of one message."""


class _Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    seq: int = 0
    id: int = 0


class Hello(_Message, frozen=True, kw_only=True, tag="hello"):
    """Opens or reopens a session."""

    protocol: int = 1
    session: str | None = None
    token: str | None = None


class Set(_Message, frozen=True, kw_only=True, tag="set"):
    """Moves a row's slider or rewrites its phrase."""

    row: str
    value: float | None = None
    says: str | None = None
    drag: bool = False


class Count(_Message, frozen=True, kw_only=True, tag="count"):
    """Puts a row in or out."""

    row: str
    counted: bool


class Add(_Message, frozen=True, kw_only=True, tag="add"):
    """Adds a row."""

    says: str


class Remove(_Message, frozen=True, kw_only=True, tag="remove"):
    """Takes a row off the table."""

    row: str


class Reset(_Message, frozen=True, kw_only=True, tag="reset"):
    """Brings a row, or everything, back to the case."""

    row: str | None = None


class SetTerm(_Message, frozen=True, kw_only=True, tag="term"):
    """Sets a term, or leaves it open."""

    key: str
    value: bool | float | str | None = None
    drag: bool = False


class Switch(_Message, frozen=True, kw_only=True, tag="convention"):
    """Turns a switch of the convention."""

    switch: str
    value: bool | str


class AsOf(_Message, frozen=True, kw_only=True, tag="as_of"):
    """Goes to a round or day."""

    value: str


class Undo(_Message, frozen=True, kw_only=True, tag="undo"):
    """Takes the last step back."""


class Redo(_Message, frozen=True, kw_only=True, tag="redo"):
    """Takes it again."""


class Apply(_Message, frozen=True, kw_only=True, tag="apply"):
    """Sets the terms of a way out."""

    give_up: tuple[str, ...]


class Open(_Message, frozen=True, kw_only=True, tag="open"):
    """Opens the deal of a link."""

    token: str


class Ping(_Message, frozen=True, kw_only=True, tag="ping"):
    """Asks whether anybody is there."""


class Ask(_Message, frozen=True, kw_only=True, tag="ask"):
    """A question that changes nothing."""

    what: Literal["grid", "record", "document", "promises", "compare", "row", "save"]
    query: str = ""
    party: str = ""
    kind: str = ""
    document: str = ""
    token: str = ""
    row: str = ""
    name: str = ""


class Join(_Message, frozen=True, kw_only=True, tag="join"):
    """Takes a seat in a mock conference."""

    role: str
    code: str = ""
    name: str = ""


class TableIt(_Message, frozen=True, kw_only=True, tag="table_it"):
    """Tables the seat's draft as its role's proposal."""

    note: str = ""


class Bridge(_Message, frozen=True, kw_only=True, tag="bridge"):
    """Asks for a draft between the proposals."""


class CastVote(_Message, frozen=True, kw_only=True, tag="vote"):
    """Votes on a proposal for the seat's role."""

    proposal: str
    choice: Literal["yes", "no", "abstain"]


class Chair(_Message, frozen=True, kw_only=True, tag="chair"):
    """What only the chair may do."""

    do: Literal["start", "pause", "resume", "end_round", "call_vote", "close"]
    minutes: float = 15.0


Message: TypeAlias = (
    Hello | Set | Count | Add | Remove | Reset | SetTerm | Switch | AsOf | Undo | Redo | Apply
    | Open | Ping | Ask | Join | TableIt | Bridge | CastVote | Chair
)  # fmt: skip

_DECODER: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def read(text: str | bytes) -> Message:
    """Read a message.

    Raises
    ------
    InputError
        It is too long, malformed, or none that the desk knows.
    """
    if len(text) > MESSAGE_MOST:
        raise InputError(f"a message holds at most {MESSAGE_MOST} characters")
    try:
        found = _DECODER.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"the desk cannot read this message: {error}"[:200]) from None
    for name in found.__struct_fields__:
        value = getattr(found, name)
        most = TOKEN_MOST if name == "token" else PHRASE_MOST
        if isinstance(value, str) and len(value) > most:
            raise InputError(f"{name} holds {len(value)} characters; at most {most} are read")
    return found
