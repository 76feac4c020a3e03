"""Carbon markets: the price at which linked schemes clear, who sells, and what each gains.

Every region has a marginal abatement cost curve ``MAC(q) = a q^2 + b q`` and an obligation to cut
``R`` (negative: it has more allowances than it emits, "hot air"). Linked regions abate to one price
at which cuts add up to obligations. The bundled curves are those of Ellerman & Decaux 1998 (MIT
Joint Program Report 40): MtC and 1985 $/tC for 2010.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from pathlib import Path
from typing import Any

from accord.errors import InputError, Place, UnknownNameError

CARBON_PER_CO2 = 12.0 / 44.0
"""Multiply $/tC by this for $/tCO2."""


@dataclass(frozen=True)
class Region:
    """A scheme.

    Attributes
    ----------
    name
        Region.
    a, b
        Coefficients of the marginal cost curve.
    obligation
        Cut that the target asks for; negative for surplus allowances, 0 for a region without one.
    share_for_sale
        Share of its supply that reaches the market, 0-1 (limited participation); only what it cuts
        below its obligation is limited, never what it does for itself.
    """

    name: str
    a: float
    b: float
    obligation: float = 0.0
    share_for_sale: float = 1.0

    def __post_init__(self) -> None:
        if not all(isfinite(v) for v in (self.a, self.b, self.obligation)):
            raise InputError(f"{self.name}: a, b and the obligation must be finite numbers")
        if self.a < 0 or (self.a == 0 and self.b <= 0):
            raise InputError(
                f"{self.name}: a = {self.a:g}, b = {self.b:g} is no rising cost curve; "
                "give a above 0, or a = 0 and b above 0"
            )
        if not 0 <= self.share_for_sale <= 1:
            raise InputError(f"{self.name}: a share for sale lies between 0 and 1")

    def abated(self, price: float) -> float:
        """Return the cut at ``price``: where the rising branch of the curve meets it."""
        if price <= 0:
            return 0.0
        if self.a == 0:
            return price / self.b
        return (-self.b + sqrt(self.b**2 + 4 * self.a * price)) / (2 * self.a)

    def price_alone(self) -> float | None:
        """Return the price without trade; ``None`` where there is no obligation."""
        q = self.obligation
        return self.a * q**2 + self.b * q if q > 0 else None

    def cost(self, cut: float) -> float:
        """Return the cost of a cut: the area under the curve."""
        return self.a * cut**3 / 3 + self.b * cut**2 / 2


@dataclass(frozen=True)
class Position:
    """One region in a market: what it cuts, buys (negative: sells), pays, and gains."""

    region: Region
    cut: float
    bought: float
    net_cost: float
    cost_alone: float

    @property
    def gain(self) -> float:
        """Cost without trade minus cost with it."""
        return self.cost_alone - self.net_cost


@dataclass(frozen=True)
class Market:
    """A cleared market: its price and everybody's position."""

    price: float
    positions: Mapping[str, Position]

    @property
    def traded(self) -> float:
        """Quantity that changes hands."""
        return sum(max(p.bought, 0.0) for p in self.positions.values())

    @property
    def gain(self) -> float:
        """Gains from trade of all together."""
        return sum(p.gain for p in self.positions.values())


def clear(regions: Sequence[Region], *, hot_air: bool = True) -> Market:
    """Return the market of linked ``regions``.

    Parameters
    ----------
    regions
        Schemes that trade with each other.
    hot_air
        Whether surplus allowances may be sold.

    Raises
    ------
    InputError
        If nobody trades, names repeat, or nobody has to cut anything.
    """
    names = [r.name for r in regions]
    if not regions or len(set(names)) < len(names):
        raise InputError("give at least one region, each under a name of its own")
    traders = [r if hot_air or r.obligation >= 0 else replace(r, obligation=0.0) for r in regions]

    def supplied(region: Region, price: float) -> float:
        """Cuts and surplus that the market sees, the limited share of what is sold."""
        over = region.abated(price) - region.obligation
        return over * region.share_for_sale if over > 0 else over

    if sum(supplied(r, 0.0) for r in traders) >= 0:
        return Market(0.0, {r.name: _position(r, 0.0, 0.0) for r in traders})
    low, high = 0.0, 1.0
    while sum(supplied(r, high) for r in traders) < 0:
        low, high = high, 2 * high
    # Excess supply rises with the price, so halving always closes in; 80 halvings reach rounding.
    for _ in range(80):
        price = (low + high) / 2
        if sum(supplied(r, price) for r in traders) < 0:
            low = price
        else:
            high = price
    price = (low + high) / 2
    return Market(price, {r.name: _position(r, price, supplied(r, price)) for r in traders})


def _position(region: Region, price: float, sold: float) -> Position:
    # A region whose sales are limited cuts only for what it may sell.
    cut = region.abated(price)
    if region.share_for_sale < 1 and cut > max(region.obligation, 0.0):
        cut = max(region.obligation + sold, 0.0)
    alone = region.cost(max(region.obligation, 0.0))
    return Position(region, cut, -sold, region.cost(cut) - price * sold, alone)


KYOTO = (
    Region("USA", 0.0005, 0.0398, 571),
    Region("Japan", 0.0155, 1.8160, 144),
    Region("EEC", 0.0024, 0.1503, 308),
    Region("OOE", 0.0085, -0.0986, 171),
    Region("EET", 0.0079, 0.0486, 118),
    Region("FSU", 0.0023, 0.0042, -111),
    Region("EEX", 0.0032, 0.3029),
    Region("China", 0.00007, 0.0239),
    Region("India", 0.0015, 0.0787),
    Region("DAE", 0.0047, 0.3774),
    Region("Brazil", 0.5612, 8.4974),
    Region("ROW", 0.0021, 0.0805),
)
"""Twelve regions of the EPPA model and their Kyoto obligations, MtC and 1985 $/tC, for 2010."""

SOURCE = "Ellerman & Decaux 1998, MIT Joint Program Report 40: EPPA curves, Kyoto targets for 2010"
ANNEX_B = ("USA", "Japan", "EEC", "OOE", "EET", "FSU")


def kyoto(names: Sequence[str] = ANNEX_B, *, others_share: float = 1.0) -> list[Region]:
    """Return bundled regions; those outside Annex B sell ``others_share`` of their supply."""
    known = {r.name: r for r in KYOTO}
    for name in names:
        if name not in known:
            raise UnknownNameError("market region", name, known)
    return [
        known[name] if name in ANNEX_B else replace(known[name], share_for_sale=others_share)
        for name in names
    ]


COLUMNS = ("region", "a", "b", "obligation")


def read_regions(path: str | Path) -> list[Region]:
    """Read regions of the user's own from a CSV file.

    Columns ``region, a, b, obligation`` and, if wished, ``share_for_sale``.

    Raises
    ------
    InputError
        For a file that cannot be read, a missing column, or a row that cannot be meant: its file,
        line and field.
    """
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot read {path}: give a CSV file with {', '.join(COLUMNS)}"
        ) from error
    skipped = sum(1 for line in lines if line.startswith("#"))
    reader = csv.DictReader(line for line in lines if not line.startswith("#"))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(
            f"column {missing[0]!r} is missing; the columns are {', '.join(COLUMNS)}",
            Place(str(path), skipped + 1),
        )
    regions = []
    for line, row in enumerate(reader, start=skipped + 2):
        try:
            regions.append(_region(row))
        except InputError as error:
            place = error.place
            raise error.at(Place(str(path), line, place.field if place else None)) from None
    return regions


def _region(row: Mapping[str, str | None]) -> Region:
    def number(name: str, default: float | None = None) -> float:
        text = (row.get(name) or "").strip()
        if not text and default is not None:
            return default
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            raise InputError(f"{text!r} is not a number", Place(field=name))
        return value

    name = (row.get("region") or "").strip()
    if not name:
        raise InputError("the region has no name", Place(field="region"))
    return Region(
        name,
        number("a"),
        number("b"),
        number("obligation", 0.0),
        number("share_for_sale", 1.0),
    )


def linked(regions: Sequence[Region], groups: Sequence[Sequence[str]]) -> list[Market]:
    """Clear each group of schemes by itself: what linking them into one would change.

    Parameters
    ----------
    regions
        All schemes.
    groups
        Names; a region named in none stays alone and is left out.

    Raises
    ------
    UnknownNameError
        For a name that is not among ``regions``.
    InputError
        For a region in two groups.
    """
    known = {r.name: r for r in regions}
    seen: set[str] = set()
    markets = []
    for group in groups:
        for name in group:
            if name not in known:
                raise UnknownNameError("market region", name, known)
            if name in seen:
                raise InputError(f"{name} cannot trade in two markets at once")
            seen.add(name)
        markets.append(clear([known[name] for name in group]))
    return markets


def describe(market: Market) -> dict[str, Any]:
    """Return plain values: the price, what is traded and gained, and every region's position."""
    return {
        "price": round(market.price, 6),
        "price_per_tco2": round(market.price * CARBON_PER_CO2, 6),
        "traded": round(market.traded, 6),
        "gain": round(market.gain, 6),
        "regions": {
            name: {
                "obligation": one.region.obligation,
                "price_alone": None if (p := one.region.price_alone()) is None else round(p, 4),
                "cut": round(one.cut, 6),
                "bought": round(one.bought, 6),
                "cost_alone": round(one.cost_alone, 6),
                "net_cost": round(one.net_cost, 6),
                "gain": round(one.gain, 6),
            }
            for name, one in market.positions.items()
        },
    }
