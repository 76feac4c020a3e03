"""Terms of a deal: what each is, its arguments, its type and the values it can take."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal, TypeAlias

import msgspec

from accord.errors import InputError
from accord.language.expression import Term

Kind: TypeAlias = Literal["bool", "int", "real", "enum"]
Slot: TypeAlias = Literal["party", "year", "base", "percentile", "number", "word"]
Agenda: TypeAlias = Literal["climate", "trade", "security"]


class TermKind(msgspec.Struct, frozen=True, kw_only=True):
    """What a term is: its arguments, its type and the values it can take.

    Attributes
    ----------
    name, slots, letters
        ``cut``; ``("party", "year", "base")``; the head's own letters, for definitions.
    type
        ``bool``, ``int``, ``real`` or ``enum``.
    low, high
        Bounds of an amount, both included.
    unit
        Unit of an amount.
    values
        Words of an enumeration.
    agenda
        Which table it lies on: climate, trade or security (for linkage).
    consequence
        Whether it follows from the deal by an engine and is not agreed as such.
    definition
        The expression that it stands for, if it is one.
    ours
        Whether the term was coined for the analysis rather than taken from a text.
    """

    name: str
    slots: tuple[Slot, ...] = ()
    letters: tuple[str, ...] = ()
    type: Kind = "bool"
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(1)
    unit: str = ""
    values: tuple[str, ...] = ()
    meaning: str = ""
    agenda: Agenda = "climate"
    consequence: bool = False
    definition: str = ""
    ours: bool = False

    @property
    def head(self) -> str:
        """The term as it is declared: ``cut(P, year, base Y)``."""
        inside = ", ".join(self.letters)
        return f"{self.name}({inside})" if inside else self.name


class GroundTerm(msgspec.Struct, frozen=True):
    """A term with its arguments filled in; a variable of the deal."""

    key: str
    term: Term
    kind: TermKind


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A side that acts together in this negotiation and is no party of the tables."""

    name: str
    meaning: str
    members: tuple[str, ...] = ()


_HEAD = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s*(?:\(([^()]*)\))?\s*")
_SLOTS: tuple[tuple[str, Slot], ...] = (
    (r"year", "year"),
    (r"base [A-Z]", "base"),
    (r"p|percentile", "percentile"),
    (r"goal|number|n", "number"),
    (r"X|word", "word"),
    (r"[A-Z]", "party"),
)


def read_head(text: str) -> tuple[str, tuple[Slot, ...], tuple[str, ...]]:
    """Return name, slots and letters of a declaration such as ``cut(P, year, base Y)``.

    Raises
    ------
    InputError
        It is none; says how one is written.
    """
    match = _HEAD.fullmatch(text)
    letters = tuple(one.strip() for one in match[2].split(",")) if match and match[2] else ()
    slots: list[Slot] = []
    for letter in letters:
        slot = next((slot for form, slot in _SLOTS if re.fullmatch(form, letter)), None)
        if slot is None:
            match = None
            break
        slots.append(slot)
    if match is None:
        raise InputError(
            f"{text[:60]!r} declares no term; write it like cut(P, year, base Y): capitals for "
            "parties, then year, base Y, p for a percentile, goal for a figure, X for a word"
        )
    return match[1], tuple(slots), letters


def _kind(
    head: str,
    domain: str = "",
    unit: str = "",
    meaning: str = "",
    consequence: bool = False,
) -> TermKind:
    name, slots, letters = read_head(head)
    type_: Kind = "bool"
    low, high, values = Fraction(0), Fraction(1), ()
    if ".." in domain:
        first, last = domain.split("..")
        low, high = Fraction(first), Fraction(last)
        type_ = "int" if unit == "year" else "real"
    elif "|" in domain:
        type_, values = "enum", tuple(domain.split("|"))  # type: ignore[assignment]
    return TermKind(
        name=name, slots=slots, letters=letters, type=type_, low=low, high=high, unit=unit,
        values=values, meaning=meaning, consequence=consequence,
    )  # fmt: skip


STANDARD: tuple[TermKind, ...] = (
    _kind("binding(P)", meaning="P has a target that binds it under international law"),
    _kind("cap(P)", meaning="P accepts an absolute limit on its emissions"),
    _kind("mrv(P)", meaning="actions of P are open to international review"),
    _kind("treaty", meaning="the outcome is an instrument binding under international law"),
    _kind("track", "kyoto|accord|single|paris", meaning="text the negotiation is based on"),
    _kind("finance(P)", "0..3000", "$bn/yr", "climate finance from P"),
    _kind("finance(P, Q)", "0..3000", "$bn/yr", "climate finance from P to Q"),
    _kind("finance(P, year)", "0..3000", "$bn/yr", "climate finance from P in a year"),
    _kind("offsets(P)", "0..100", "%", "share of P's target met by bought credits"),
    _kind("tariff(P, Q)", "0..200", "%", "carbon charge of P on goods from Q"),
    _kind("cut(P, year, base Y)", "-100..100", "%", "reduction below the base year"),
    _kind("cut(P, year)", "-100..100", "%", "reduction below P's own base year"),
    _kind("intensity_cut(P, year, base Y)", "0..100", "%", "reduction of CO2 per unit of GDP"),
    _kind("peak(P)", "2000..2100", "year", "year of highest emissions; 2100: none named"),
    _kind("neutral(P)", "2030..2100", "year", "year of net zero; 2100: none named"),
    _kind("emissions(P, year)", "-5000..100000", "Mt", "greenhouse gases a year",
          consequence=True),
    _kind("per_capita(P, year)", "-5..100", "t/person", "greenhouse gases a person",
          consequence=True),
    _kind("cost(P)", "-50..50", "%", "abatement cost, percent of GDP", consequence=True),
    _kind("leakage(P)", "-100..200", "%", "share of P's cut that appears elsewhere",
          consequence=True),
    _kind("warming(p, year)", "0..8", "°C", "warming above 1850-1900, percentile of the ensemble",
          consequence=True),
    _kind("gap(goal)", "-100000..100000", "Mt", "world emissions in 2035 above a path to the goal",
          consequence=True),
)  # fmt: skip
"""The terms that every case knows; a case's own declaration of a name takes its place."""
