"""Amounts as they are said: figures, ranges and units, converted exactly.

Figures are decimal all the way, so that "1.1 Gt" and "1100 Mt" are the same amount.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, TypeAlias

import msgspec

from accord.language.target import Bound

Kind: TypeAlias = Literal["percent", "tonnes", "power", "stock", "area", "money"]
Role: TypeAlias = Literal["plain", "to", "by", "of", "below"]
"""The word before the amount: "55 %", "to 55 %", "by 55 %", "of 55 %", "below 55 %"."""

_MULTIPLES = {
    "thousand": Decimal("1e3"),
    "million": Decimal("1e6"),
    "mn": Decimal("1e6"),
    "m": Decimal("1e6"),
    "billion": Decimal("1e9"),
    "bn": Decimal("1e9"),
    "b": Decimal("1e9"),
    "trillion": Decimal("1e12"),
    "tn": Decimal("1e12"),
}
_PREFIXES = {"k": Decimal("1e3"), "m": Decimal("1e6"), "g": Decimal("1e9"), "t": Decimal("1e12")}
_CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "dollar": "USD",
    "€": "EUR",
    "euro": "EUR",
    "£": "GBP",
    "pound": "GBP",
    "rmb": "CNY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "yen": "JPY",
    "rupee": "INR",
}
_CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_TONNES = re.compile(r"(?:([kmg])?t(?!on)|(\w+ )?(?:metric )?tons?(?:nes?)?(?![a-z]))[ -]?(.*)")


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A figure or range with what it is measured in, in the unit of its kind.

    ``percent``: %; ``tonnes``: tonnes of ``of``; ``power``: GW; ``stock``: billion m³; ``area``:
    million hectares; ``money``: whole units of the currency ``of``.
    """

    low: Decimal
    high: Decimal
    kind: Kind
    of: str | None = None
    bound: Bound | None = None
    role: Role = "plain"
    start: int = 0
    end: int = 0


def figure(text: str) -> Decimal:
    """Return a figure as typed ("1,200", "11.4") as a decimal."""
    return Decimal(text.replace(",", ""))


def tonnes(text: str) -> tuple[Decimal, str | None]:
    """Return how many tonnes a unit such as ``mtco2e`` stands for, and of which substance.

    The substance is ``"CO2e"``, ``"CO2"``, ``"CH4"``, ``"N2O"`` or ``None`` where it is not said.
    """
    match = _TONNES.fullmatch(text)
    if match is None:
        raise ValueError(text)
    prefix, multiple, rest = match.groups()
    size = Decimal(1)
    if prefix:
        size = _PREFIXES[prefix]
    elif multiple and multiple.strip() in _MULTIPLES:
        size = _MULTIPLES[multiple.strip()]
    rest = rest.removeprefix("of ").strip()
    if not rest:
        return size, None
    if rest in {"ch4", "methane"}:
        return size, "CH4"
    if rest in {"n2o", "nitrous oxide"}:
        return size, "N2O"
    return size, "CO2" if rest in {"co2", "carbon dioxide"} else "CO2e"


def power(text: str) -> Decimal:
    """Return how many GW a unit of power stands for."""
    return _PREFIXES[text[0]] / _PREFIXES["g"]


def stock(text: str) -> Decimal:
    """Return how many billion cubic metres a unit of timber stock stands for."""
    multiple = text.removesuffix("m3").split("cubic")[0].strip()
    return _MULTIPLES.get(multiple, Decimal(1)) / _MULTIPLES["bn"]


def area(text: str) -> Decimal:
    """Return how many million hectares a unit of area stands for."""
    return Decimal(1) if text.startswith("m") else Decimal("1e-6")


def multiple(text: str) -> Decimal:
    """Return what "million", "bn" … multiply by."""
    return _MULTIPLES[text]


def currency(text: str) -> str:
    """Return the ISO 4217 code of a currency sign, name or code."""
    name = text.replace(" ", "").removeprefix("us") if "dollar" in text else text.replace(" ", "")
    name = name.removesuffix("s") if name not in _CURRENCIES else name
    return _CURRENCIES.get(name, name.upper())


def number(value: float) -> str:
    """Return ``value`` in the fewest digits that read back to it, without an exponent."""
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def spread(low: float, high: float) -> str:
    """Return "40-45", or "40" where both are the same; "-5 to 10" where a figure is negative."""
    if low == high:
        return number(low)
    joint = "-" if low >= 0 and high >= 0 else " to "
    return f"{number(low)}{joint}{number(high)}"


def money(low: float, high: float, code: str) -> str:
    """Return billions of a currency in words: "$11.4 billion", "CNY 20 billion", "$50 million"."""
    sign = _CURRENCY_SIGNS.get(code, f"{code} ")
    if 0 < high < 1:
        thousandfold = [float(Decimal(repr(float(value))) * 1000) for value in (low, high)]
        return f"{sign}{spread(*thousandfold)} million"
    return f"{sign}{spread(low, high)} billion"
