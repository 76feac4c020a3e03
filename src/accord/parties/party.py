"""Parties and the names people call them by.

A party is whoever can undertake something (a state, the European Union), act together (a bloc)
or emit (a territory with figures of its own, the bunkers). Its code is the ISO 3166 alpha-3 code
where one exists. Names, adjectives and capitals are our own table, ``data/parties.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias

import msgspec

from accord.errors import InputError, UnknownNameError
from accord.parties.rows import read_rows

Kind: TypeAlias = Literal["state", "territory", "bloc", "bunker", "world"]


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A state, bloc, territory or bunker, with its names.

    Attributes
    ----------
    code
        ISO 3166 alpha-3, or the name of the figures: ``EU27``, ``WLD``, ``INT_AVI``, ``G77``.
    kind
        ``state``: a party to the Climate Convention that is a state. ``territory``: an area that
        has figures of its own and is not such a party; nothing is said about its status.
    name, short_name, adjective, capital
        As written in running text; adjective and capital may be empty.
    aliases
        Further names, as people write them.
    iso2
        ISO 3166 alpha-2, or ``""``.
    counted_in
        Party whose figures contain this one's where it has none of its own (Monaco: ``FRA``).
    """

    code: str
    kind: Kind
    name: str
    short_name: str
    adjective: str = ""
    capital: str = ""
    aliases: tuple[str, ...] = ()
    iso2: str = ""
    counted_in: str = ""

    def __str__(self) -> str:
        return self.name


def fold(name: str) -> str:
    """Reduce a name to what is compared: no case, accents, points, article or possessive.

    >>> fold("The U.S.'s"), fold("Côte d’Ivoire"), fold("G77 & China")
    ('us', 'cote d ivoire', 'g77 and china')
    """
    text = unicodedata.normalize("NFKD", name.strip().casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = re.sub(r"['’]s$|(?<=s)['’]$", "", text)
    text = text.replace(".", "").replace("&", " and ").replace("+", " and ")
    text = " ".join(re.sub(r"[^\w]+|_", " ", text).split())
    text = re.sub(r"^st (?=\w)", "saint ", text)
    return text.removeprefix("the ") or text


@cache
def _parties() -> Mapping[str, Party]:
    found = {}
    for row in read_rows("parties.csv"):
        found[row["code"]] = Party(
            code=row["code"],
            kind=msgspec.convert(row["kind"], Kind),
            name=row["name"],
            short_name=row["short_name"] or row["name"],
            adjective=row["adjective"],
            capital=row["capital"],
            aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
            iso2=row["iso2"],
            counted_in=row["counted_in"],
        )
    return MappingProxyType(found)


class _Parties(Mapping[str, Party]):
    """The table of parties by code, read on first use."""

    def __getitem__(self, code: str) -> Party:
        return _parties()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(_parties())

    def __len__(self) -> int:
        return len(_parties())


PARTIES: Mapping[str, Party] = _Parties()
"""Every known party by its code; read on first use."""


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Return folded name -> codes; a code, or a party's full name, beats what others are called."""
    own: dict[str, str] = {}
    called: dict[str, list[str]] = {}
    for party in _parties().values():
        for name in (party.code, party.iso2, party.name):
            if name:
                own.setdefault(fold(name), party.code)
        for name in (party.short_name, party.adjective, party.capital, *party.aliases):
            codes = called.setdefault(fold(name), []) if name else []
            if party.code not in codes:
                codes.append(party.code)
    return {name: tuple(codes) for name, codes in called.items()} | {
        name: (code,) for name, code in own.items()
    }


def named(name: str) -> tuple[Party, ...]:
    """Return every party that ``name`` may mean: none, one, or several (``"Korea"``).

    Parameters
    ----------
    name
        A code, name, adjective, capital or alias; case, accents and points do not matter.
    """
    return tuple(PARTIES[code] for code in _names().get(fold(name), ()))


def party(name_or_code: str) -> Party:
    """Return the party that a name or code means.

    Parameters
    ----------
    name_or_code
        ``"China"``, ``"PRC"``, ``"cn"``, ``"CHN"``, ``"Chinese"``, ``"Beijing"``, ``"EU"``.

    Raises
    ------
    UnknownNameError
        Nobody is called so; the message offers the nearest names.
    InputError
        Several are called so (Korea, Congo, Guinea); the message offers each.
    """
    found = named(name_or_code)
    if len(found) == 1:
        return found[0]
    if found:
        choices = " or ".join(f"{one.name} ({one.code})" for one in found)
        raise InputError(f"{name_or_code!r} can mean several parties: write {choices}")
    known = {name for one in PARTIES.values() for name in (one.code, one.name, *one.aliases)}
    raise UnknownNameError("party", name_or_code, known)
