"""How thin a carbon market is: what its volumes say of the price.

A price is worth what is traded at it. Three figures tell: the turnover ratio (volume over the
emissions covered; several times one in the European scheme with its futures), the share of block
deals (negotiated between two, seen by nobody) and the share of the year's volume in the months
before compliance. Bundled: China's national scheme (``data/economy/china-ets.csv``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accord.economy.region import rows_of
from accord.errors import InputError


@dataclass(frozen=True)
class TradingYear:
    """One year of a scheme.

    Attributes
    ----------
    year
        Calendar year.
    volume, covered
        Allowances traded and emissions covered, Mt.
    turnover
        bn of the currency.
    close
        Price at the year's end, per tonne.
    listed, block
        Mt traded on the order book and by block agreement; ``None`` where not on file.
    listed_turnover, block_turnover
        The same in bn of the currency.
    late_share
        Share of the volume in the two months before compliance, 0-1.
    source, verified
        Where the figures are from, and whether they were checked there.
    """

    year: int
    volume: float
    turnover: float
    covered: float
    close: float | None = None
    listed: float | None = None
    block: float | None = None
    listed_turnover: float | None = None
    block_turnover: float | None = None
    late_share: float | None = None
    source: str = ""
    verified: bool = False

    def __post_init__(self) -> None:
        if self.volume < 0 or self.turnover < 0 or not self.covered > 0:
            raise InputError(
                f"{self.year}: trade of {self.volume:g} Mt for {self.turnover:g} bn under "
                f"{self.covered:g} Mt covered; volumes are 0 or more and cover is above 0"
            )

    @property
    def turnover_ratio(self) -> float:
        """Volume over emissions covered."""
        return self.volume / self.covered

    @property
    def mean_price(self) -> float | None:
        """Turnover over volume, per tonne; ``None`` without trade."""
        return 1000.0 * self.turnover / self.volume if self.volume > 0 else None

    @property
    def block_share(self) -> float | None:
        """Share of the volume that went by block agreement."""
        if self.block is None or self.volume == 0:
            return None
        return self.block / self.volume

    @property
    def block_discount(self) -> float | None:
        """How far the mean block price lay below the mean listed price, as a share."""
        if not (self.block and self.listed and self.block_turnover and self.listed_turnover):
            return None
        return 1.0 - (self.block_turnover / self.block) / (self.listed_turnover / self.listed)


def compliance_share(monthly: Mapping[int, float], months: Sequence[int] = (11, 12)) -> float:
    """Return the share of the year's volume in the months before compliance.

    Parameters
    ----------
    monthly
        Month (1-12) to volume; months left out had no trade.
    months
        The months meant; China: November and December.

    Raises
    ------
    InputError
        For a negative volume, a month that does not exist, or a year without trade.
    """
    for month, volume in monthly.items():
        if month not in range(1, 13) or not volume >= 0:
            raise InputError(
                f"month {month}: volume {volume:g}; months are 1-12, volumes 0 or more"
            )
    whole = sum(monthly.values())
    if whole <= 0:
        raise InputError("no trade in any month: there is no share of it")
    return sum(monthly.get(month, 0.0) for month in months) / whole


def china() -> list[TradingYear]:
    """Return the bundled years of China's national scheme."""

    def number(text: str) -> float | None:
        return float(text) if text else None

    return [
        TradingYear(
            int(row["year"]),
            float(row["volume"]),
            float(row["turnover"]),
            float(row["covered"]),
            number(row["close"]),
            number(row["listed"]),
            number(row["block"]),
            number(row["listed_turnover"]),
            number(row["block_turnover"]),
            number(row["late"]),
            row["source"],
            row["verified"] == "yes",
        )
        for row in rows_of("china-ets.csv")
    ]
