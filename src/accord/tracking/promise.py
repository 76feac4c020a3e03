"""A commitment as something that can be measured: its unit, its bounds and the day it is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

from accord.language.target import (
    AbsoluteLevel,
    BelowBaseline,
    Capacity,
    EnergyShare,
    Finance,
    ForestStock,
    IntensityCut,
    PerCapitaLevel,
    Purchase,
    RelativeCut,
)
from accord.ledger.commitment import Commitment

Kind: TypeAlias = Literal["cut", "ceiling", "share", "stock", "yearly", "total"]
"""``cut``: % below a base, to hold in the year due. ``ceiling``: a level not to be passed in it.
``share``: a share to hold in it. ``stock``: what stands stays, so it can be met early. ``yearly``:
an amount each year. ``total``: amounts that add up over a period."""

HELD: frozenset[Kind] = frozenset({"cut", "ceiling", "share"})
"""Kinds that are judged by the year due alone, since what is gained can be lost again."""


@dataclass(frozen=True)
class Promise:
    """A commitment that can be measured.

    Attributes
    ----------
    commitment
        What was undertaken.
    kind
        How it is measured.
    weak, strong
        Bounds in ``unit``: it is met from ``weak`` on; both are the same for a single figure.
    unit
        Unit of bounds and deliveries.
    begins, ends
        First and last day of the year, or of the period, in which it is due.
    """

    commitment: Commitment
    kind: Kind
    weak: float
    strong: float
    unit: str
    begins: dt.date
    ends: dt.date

    @property
    def id(self) -> str:
        """Id of the commitment."""
        return self.commitment.id

    def reached(self, amount: float) -> bool:
        """Tell whether an amount is enough, at the precision of the phrase."""
        if self.kind == "ceiling":
            return amount <= self.weak + 1e-9
        return amount >= self.weak - 1e-9


def measured(commitment: Commitment) -> Promise | None:
    """Return the commitment as a promise, or ``None`` where nothing of it can be measured.

    Peaks, neutrality and policies are not amounts; a cut below business as usual can be measured
    only where the party stated its baseline.
    """
    target = commitment.pledge.target
    match target:
        case RelativeCut():
            year, until = target.year, target.until or target.year
            return _promise(commitment, "cut", target.low, target.high, "%", year, until)
        case IntensityCut():
            return _promise(commitment, "cut", target.low, target.high, "%", target.year)
        case BelowBaseline(bau=float()):
            return _promise(commitment, "cut", target.low, target.high, "%", target.year)
        case AbsoluteLevel():
            return _promise(
                commitment, "ceiling", target.high, target.low, target.unit, target.year
            )
        case PerCapitaLevel():
            return _promise(
                commitment, "ceiling", target.high, target.low, "tCO2e per person", target.year
            )
        case EnergyShare():
            kind: Kind = "ceiling" if target.source == "coal" else "share"
            return _promise(commitment, kind, target.low, target.high, "%", target.year)
        case Capacity():
            return _promise(commitment, "stock", target.low, target.high, "GW", target.year)
        case ForestStock():
            return _promise(
                commitment, "stock", target.amount, target.amount, target.unit, target.year
            )
        case Finance():
            unit = f"bn {target.currency}"
            last = target.year or 2100
            if target.rate == "year":
                return _promise(commitment, "yearly", target.low, target.high, unit, last)
            first = target.start or commitment.date.year
            return _promise(commitment, "total", target.low, target.high, unit, first, last)
        case Purchase():
            return _promise(
                commitment, "total", target.low, target.high, f"bn {target.currency}",
                target.start, target.year,
            )  # fmt: skip
        case _:
            return None


def _promise(  # noqa: PLR0917 - one line a target type above
    commitment: Commitment,
    kind: Kind,
    weak: float,
    strong: float,
    unit: str,
    first: int,
    last: int | None = None,
) -> Promise:
    return Promise(
        commitment, kind, weak, strong, unit,
        dt.date(first, 1, 1), dt.date(last if last is not None else first, 12, 31),
    )  # fmt: skip
