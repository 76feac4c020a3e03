"""Counted once: who claims a traded reduction, and what is left when every tonne counts once.

Balance of a party k under corresponding adjustments (decision 2/CMA.3)::

    adj_k = E_k + first transferred_k - acquired_k          the target is met if adj_k <= T_k

The buyer always subtracts what it acquired. If the seller adds it, the world emits at best the sum
of targets; if not, the seller may sell what it then counts as its own, and the world emits more by
just that much (Schneider et al. 2019, Science 366, 180-183). Found here, each with its reason:

==================  ==============================================================================
seller and buyer    the seller does not add what it sold: claimed twice as mitigation
averaged            the buyer uses units of all years in its single target year, the seller adds one
                    year's average: the difference is claimed twice
outside scope       the units come from what the seller's target does not cover: claimed once, but
                    the buyer's slack rests on a cut that nobody promised; said, not corrected
finance             the buyer reports what it paid for units it uses itself as finance for others:
                    the same money claimed as mitigation and as support
==================  ==============================================================================

Corrected totals never exceed claims: a correction only takes away what was claimed a second time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np

from accord.errors import InputError
from accord.ledger.case import Case, FaultyCaseError
from accord.ledger.commitment import Citation
from accord.ledger.delivery import Record, records

TRANSFERS = "transfers.csv"
COLUMNS = (
    "id", "seller", "buyer", "from", "to", "units", "price", "currency", "adjusted", "in_scope",
    "used_for", "as_finance", "evidence", "verified", "note",
)  # fmt: skip
OPTIONAL = {"price", "currency", "in_scope", "as_finance", "verified", "note"}
USES = ("target", "voluntary", "cancelled")

Finding: TypeAlias = Literal["seller and buyer", "averaged", "outside scope", "finance"]


@dataclass(frozen=True)
class Transfer:
    """Units that changed hands.

    Attributes
    ----------
    id, seller, buyer
        Names; a party or any group of them.
    first, last
        Years in which the cuts were made.
    units
        MtCO2e in all those years.
    adjusted
        How much of it the seller adds to its own balance, Mt; with ``averaged`` that is one year's
        mean in its single target year.
    averaged
        Whether the seller accounts by the average of the years.
    in_scope
        Whether the seller's target covers where the units come from.
    used_for
        ``target`` of the buyer, ``voluntary`` (a company's claim), or ``cancelled`` for nobody.
    price, as_finance
        US$ a tonne, and whether the buyer reports the payment as climate finance too.
    """

    id: str
    seller: str
    buyer: str
    first: int
    last: int
    units: float
    adjusted: float
    averaged: bool = False
    in_scope: bool = True
    used_for: str = "target"
    price: float | None = None
    as_finance: bool = False
    evidence: str = ""
    verified: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if not (self.units >= 0 and 0 <= self.adjusted <= self.units + 1e-9):
            raise InputError(
                f"{self.id}: {self.units:g} Mt of which {self.adjusted:g} adjusted; units are 0 or "
                "more, and no more than all of them can be adjusted"
            )

    @property
    def years(self) -> int:
        """How many years the cuts were made in."""
        return self.last - self.first + 1

    @property
    def claimed_by_buyer(self) -> float:
        """What the buyer (or a company) claims, Mt."""
        return 0.0 if self.used_for == "cancelled" else self.units

    @property
    def claimed_by_seller(self) -> float:
        """What the seller still counts as its own, Mt; nothing outside its scope."""
        return self.units - self.adjusted if self.in_scope else 0.0

    @property
    def twice(self) -> float:
        """What both claim, Mt."""
        return min(self.claimed_by_buyer, self.claimed_by_seller)

    @property
    def paid(self) -> float:
        """What was paid, bn US$."""
        return self.units * (self.price or 0.0) / 1000


@dataclass(frozen=True)
class Found:
    """One thing found, with its size: Mt claimed twice, or bn US$ for finance."""

    transfer: Transfer
    what: Finding
    tonnes: float
    dollars: float
    why: str


@dataclass(frozen=True)
class Accounts:
    """Claims and what is left of them.

    Attributes
    ----------
    claimed, corrected
        Mt of cuts claimed by sellers and buyers together, and counted once.
    finance_claimed, finance_corrected
        bn US$ paid for units and reported as finance, and what is left of it.
    found
        Everything that was found.
    by_year
        Mt a year claimed twice: what the world emits more than its targets add up to.
    """

    claimed: float
    corrected: float
    finance_claimed: float
    finance_corrected: float
    found: tuple[Found, ...]
    by_year: Mapping[int, float]


def count_once(transfers: Sequence[Transfer]) -> Accounts:
    """Return what is claimed, what is claimed twice and why, and what is left."""
    found: list[Found] = []
    by_year: dict[int, float] = {}
    for t in transfers:
        if t.twice > 0:
            found.append(_double(t))
            for year in range(t.first, t.last + 1):
                by_year[year] = by_year.get(year, 0.0) + t.twice / t.years
        if not t.in_scope and t.claimed_by_buyer > 0 and t.adjusted < t.units:
            found.append(
                Found(
                    t, "outside scope", 0.0, 0.0,
                    f"{t.units:g} Mt come from what no target of {t.seller} covers: only "
                    f"{t.buyer} claims them, but no promise stands behind the cut, and {t.seller} "
                    "has a reason to leave it outside",
                )
            )  # fmt: skip
        if t.as_finance and t.used_for == "target" and t.paid > 0:
            found.append(
                Found(
                    t, "finance", 0.0, t.paid,
                    f"{t.buyer} pays {t.paid:g} bn US$ for {t.units:g} Mt that it uses against its "
                    "own target and reports the same money as finance for others",
                )
            )  # fmt: skip
    claimed = sum(t.claimed_by_buyer + t.claimed_by_seller for t in transfers)
    reported = sum(t.paid for t in transfers if t.as_finance)
    return Accounts(
        claimed, claimed - sum(f.tonnes for f in found), reported,
        reported - sum(f.dollars for f in found), tuple(found), dict(sorted(by_year.items())),
    )  # fmt: skip


def _double(t: Transfer) -> Found:
    if t.averaged:
        why = (
            f"{t.buyer} uses {t.claimed_by_buyer:g} Mt of {t.years} years in its target year; "
            f"{t.seller} adds one year's average, {t.adjusted:g} Mt: {t.twice:g} Mt count twice"
        )
        return Found(t, "averaged", t.twice, 0.0, why)
    why = (
        f"{t.buyer} claims {t.claimed_by_buyer:g} Mt; {t.seller} adds only {t.adjusted:g} of them "
        f"to its own balance and keeps counting {t.claimed_by_seller:g}"
    )
    return Found(t, "seller and buyer", t.twice, 0.0, why)


@dataclass(frozen=True)
class Balance:
    """A party's emissions, target and adjusted balance, Mt."""

    party: str
    emitted: float
    target: float
    sold: float
    bought: float

    @property
    def adjusted(self) -> float:
        """Emissions with what was sold added and what was bought taken off."""
        return self.emitted + self.sold - self.bought

    @property
    def met(self) -> bool:
        """Whether the target is met by the adjusted balance."""
        return self.adjusted <= self.target + 1e-9


def balances(
    emitted: Mapping[str, float], targets: Mapping[str, float], transfers: Sequence[Transfer]
) -> tuple[Balance, ...]:
    """Return every party's balance under the adjustments that were really made."""
    return tuple(
        Balance(
            party, emitted[party], target,
            sum(t.adjusted for t in transfers if t.seller == party),
            sum(t.units for t in transfers if t.buyer == party and t.used_for == "target"),
        )
        for party, target in targets.items()
    )  # fmt: skip


def net_finance(reported: float, units_value: float) -> float:
    """Return finance without what bought units used against the giver's own target, bn US$.

    Raises
    ------
    InputError
        If more was paid for units than was reported in all.
    """
    if not 0 <= units_value <= reported:
        raise InputError(
            f"{units_value:g} bn for units out of {reported:g} bn reported; it is between 0 and all"
        )
    return reported - units_value


def degrees(case: Case, accounts: Accounts, *, lasting: bool = False) -> float:
    """Return what the tonnes claimed twice add to warming in 2100, median, °C.

    Parameters
    ----------
    case
        Whose pledges make the world they are added to: those of the day of the edition, or of the
        eve of the first year claimed twice where that lies behind.
    accounts
        What was found.
    lasting
        Whether the last year's double claim goes on to 2100, as it does where the rule stays.
    """
    from accord import climate, pathways

    if not accounts.by_year:
        return 0.0
    day = min(case.today, dt.date(max(1993, min(accounts.by_year)) - 1, 12, 31))
    world = pathways.project(case.counted(day), case.convention(day), draws=1)
    years = [int(y) for y in world.years]
    extra = np.array([accounts.by_year.get(y, 0.0) for y in years]) / 1000
    if lasting:
        last = max(accounts.by_year)
        extra += np.array([accounts.by_year[last] / 1000 if y > last else 0.0 for y in years])
    ensemble = climate.Ensemble.bundled(400)
    state = climate.history(ensemble, world.first_year)
    species = {name: np.asarray(values)[:1] for name, values in world.species.items()}
    both = {**species, "CO2 FFI": np.vstack([species["CO2 FFI"], species["CO2 FFI"] + extra])}
    warming = climate.project(ensemble, both, state=state)
    return float(np.median(warming.gmst[1, :, -1] - warming.gmst[0, :, -1]))


def load_transfers(case: Case) -> tuple[Transfer, ...]:
    """Return the transfers of a case; none where it has no ``transfers.csv``.

    Raises
    ------
    FaultyCaseError
        With the first fault in its message.
    """
    found, problems = read_transfers(case.path / TRANSFERS, case.sources)
    if problems:
        raise FaultyCaseError(problems, case.path)
    return found


def read_transfers(
    file: Path, sources: Mapping[str, Citation]
) -> tuple[tuple[Transfer, ...], list[InputError]]:
    """Read a file of transfers and return it with everything that is wrong in it."""
    problems: list[InputError] = []
    found: list[Transfer] = []
    for record in records(file, COLUMNS, OPTIONAL, problems):
        one = _transfer(record, sources)
        if one is not None and any(one.id == other.id for other in found):
            record.fault(f"{one.id!r} is given twice", "id")
        elif one is not None:
            found.append(one)
    return tuple(found), problems


def _transfer(record: Record, sources: Mapping[str, Citation]) -> Transfer | None:
    name = record.text("id", "a short name")
    seller, buyer = record.text("seller", "who sells"), record.text("buyer", "who buys")
    start, end = record.day("from", last=False), record.day("to", last=True)
    units = record.number("units")
    price = record.number("price") if record.text("price") else None
    used_for = record.choice("use", "used_for", USES)
    in_scope = record.flag("in_scope") if record.text("in_scope") else True
    as_finance, verified = record.flag("as_finance"), record.flag("verified")
    if record.sound and (units < 0 or (price or 0.0) < 0):
        record.fault("units and their price cannot be negative", "units")
    if price is not None and record.text("currency") not in {"", "USD"}:
        record.fault(f"{record.text('currency')!r}; give the price in USD of the day", "currency")
    if as_finance and price is None:
        record.fault("what is reported as finance needs a price", "price")
    if seller and seller == buyer:
        record.fault(f"{seller!r} sells to itself", "buyer")
    if start and end and end < start:
        record.fault(f"ends on {end}, before it begins on {start}", "to")
    adjusted, averaged = _adjusted(record, units, start, end)
    evidence = record.evidence(sources)
    if not record.sound or start is None or end is None:
        return None
    return Transfer(
        id=name, seller=seller, buyer=buyer, first=start.year, last=end.year, units=units,
        adjusted=adjusted, averaged=averaged, in_scope=in_scope, used_for=used_for, price=price,
        as_finance=as_finance, evidence=evidence, verified=verified, note=record.text("note"),
    )  # fmt: skip


def _adjusted(
    record: Record, units: float, start: dt.date | None, end: dt.date | None
) -> tuple[float, bool]:
    """Read ``yes``, ``no``, ``average`` or the Mt that the seller adds to its own balance."""
    word = record.text("adjusted", "yes, no, average, or how many Mt").lower()
    if word in {"yes", "no", ""}:
        return (units if word == "yes" else 0.0), False
    if word == "average":
        years = end.year - start.year + 1 if start and end else 1
        return units / max(years, 1), True
    amount = record.number("adjusted")
    if record.sound and not 0 <= amount <= units:
        record.fault(
            f"{amount:g} of {units:g} Mt; between none and all can be adjusted", "adjusted"
        )
    return min(max(amount, 0.0), units), False


def to_json(accounts: Accounts) -> dict[str, Any]:
    """Return the accounts as plain values."""
    return {
        "claimed_mt": round(accounts.claimed, 4),
        "corrected_mt": round(accounts.corrected, 4),
        "claimed_twice_mt": round(accounts.claimed - accounts.corrected, 4),
        "finance_claimed_bn_usd": round(accounts.finance_claimed, 4),
        "finance_corrected_bn_usd": round(accounts.finance_corrected, 4),
        "claimed_twice_by_year_mt": {str(y): round(v, 4) for y, v in accounts.by_year.items()},
        "found": [
            {
                "transfer": f.transfer.id, "seller": f.transfer.seller, "buyer": f.transfer.buyer,
                "what": f.what, "tonnes_mt": round(f.tonnes, 4), "bn_usd": round(f.dollars, 4),
                "why": f.why, "evidence": f.transfer.evidence, "verified": f.transfer.verified,
                "note": f.transfer.note,
            }
            for f in accounts.found
        ],
    }  # fmt: skip
