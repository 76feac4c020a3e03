"""Blocs and who belonged to them when, and the split of the world that counts everyone once."""

from __future__ import annotations

import datetime as dt
from functools import cache

import msgspec

from accord.errors import UnknownNameError
from accord.parties.party import PARTIES, party
from accord.parties.rows import read_rows


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """Members that a bloc had from ``since`` on, up to but not including ``until``."""

    bloc: str
    since: dt.date
    until: dt.date | None
    members: tuple[str, ...]
    source: str

    def holds(self, on: dt.date | None) -> bool:
        """Tell whether it holds on a day (``None``: by the latest word of the table)."""
        if on is None:
            return self.until is None
        return self.since <= on and (self.until is None or on < self.until)


@cache
def _memberships() -> tuple[Membership, ...]:
    return tuple(
        Membership(
            bloc=row["bloc"],
            since=dt.date.fromisoformat(row["since"]),
            until=dt.date.fromisoformat(row["until"]) if row["until"] else None,
            members=tuple(row["members"].split()),
            source=row["source"],
        )
        for row in read_rows("blocs.csv")
    )


def memberships(bloc: str) -> tuple[Membership, ...]:
    """Return the dated rows of a bloc, each with its source; none for ``NON_ANNEX_I``.

    Raises
    ------
    UnknownNameError
        The name is no bloc.
    """
    code = _bloc_code(bloc)
    return tuple(row for row in _memberships() if row.bloc == code)


def members(bloc: str, on: dt.date | None = None) -> tuple[str, ...]:
    """Return the codes of a bloc's members on a day, in alphabetical order.

    Parameters
    ----------
    bloc
        Code or name: ``"G77"``, ``"Annex I"``, ``"AOSIS"``. ``EU27``, ``EU28`` and ``EU15`` are
        fixed compositions, as their figures are; the code ``EU`` is the Union as it stood, so
        ``members("EU", date(2010, 1, 1))`` has the United Kingdom and lacks Croatia.
    on
        Day asked about; by default the latest state that the table knows.

    Raises
    ------
    UnknownNameError
        The name is no bloc.
    """
    code = _bloc_code(bloc)
    if code == "NON_ANNEX_I":
        annex_i = set(members("ANNEX_I", on))
        states = (one.code for one in PARTIES.values() if one.kind == "state")
        return tuple(sorted(state for state in states if state not in annex_i))
    found = {
        one for row in _memberships() if row.bloc == code and row.holds(on) for one in row.members
    }
    return tuple(sorted(found))


@cache
def partition() -> tuple[str, ...]:
    """Return codes that add up to the world, each tonne counted once.

    The European Union as ``EU27``, every other state and territory with fossil CO2 of its own,
    and the two bunkers. Monaco, San Marino and the Holy See are inside the figures of France and
    Italy; Puerto Rico, Réunion and other territories inside those of their states. The
    composition does not depend on a date, because the figures do not.
    """
    union = set(members("EU27"))
    single = sorted(
        one.code
        for one in PARTIES.values()
        if one.kind in {"state", "territory"} and not one.counted_in and one.code not in union
    )
    return ("EU27", *single, "INT_AVI", "INT_SHI")


def _bloc_code(bloc: str) -> str:
    # "EU" as a party is today's Union (EU27); as a bloc asked by code it is the Union over time.
    if bloc.strip().upper() == "EU":
        return "EU"
    blocs = [one for one in PARTIES.values() if one.kind == "bloc"]
    try:
        found = party(bloc)
    except UnknownNameError:
        found = None
    if found is None or found.kind != "bloc":
        raise UnknownNameError(
            "bloc", bloc, (name for one in blocs for name in (one.code, one.name))
        )
    return found.code
