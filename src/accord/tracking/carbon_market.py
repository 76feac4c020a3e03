"""Carbon markets side by side, year by year: China's national scheme beside others.

How thin China's scheme trades is measured in :mod:`accord.economy.thin_trade`; here its price
stands beside those of other schemes, in dollars a tonne at a stated yearly rate, with the ratio of
volume to cover where both are on file. For the European scheme no volume is: with its futures
several times the cover changes hands in a year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accord.economy.region import rows_of
from accord.economy.thin_trade import TradingYear, china
from accord.errors import UnknownNameError

SHORT_TON = 0.90718474
"""Tonnes in a short ton, by which RGGI counts."""

CHINA = "China national ETS"


@dataclass(frozen=True)
class MarketYear:
    """A scheme in one year.

    Attributes
    ----------
    price, currency
        Mean price a tonne, as it was.
    usd
        The same in US$ of the day, ``None`` where no rate is on file.
    volume, turnover_ratio
        Mt traded, and over the emissions covered; ``None`` where not on file.
    kind
        What sort of mean the price is.
    """

    scheme: str
    year: int
    price: float
    currency: str
    usd: float | None
    volume: float | None
    turnover_ratio: float | None
    kind: str
    source: str
    verified: bool


def markets(schemes: Sequence[str] = (), *, since: int = 2021) -> tuple[MarketYear, ...]:
    """Return the schemes year by year from ``since`` on; all of them unless some are named.

    Raises
    ------
    UnknownNameError
        There is no such scheme.
    """
    rates = {
        (r["currency"], r["year"]): float(r["rate"]) for r in rows_of("exchange.csv", "tracking")
    }
    thin = {one.year: one for one in china()}
    rows = rows_of("carbon-prices.csv", "tracking")
    known = list(dict.fromkeys(r["scheme"] for r in rows))
    for name in schemes:
        if name not in known:
            raise UnknownNameError("scheme", name, known)
    found = []
    for r in rows:
        year = int(r["year"])
        if (schemes and r["scheme"] not in schemes) or year < since:
            continue
        price = float(r["price"]) / (SHORT_TON if r["per"] == "short ton" else 1.0)
        rate = 1.0 if r["currency"] == "USD" else rates.get((r["currency"], r["year"]))
        volume = float(r["volume"]) if r["volume"] else None
        ratio = _ratio(thin.get(year)) if r["scheme"] == CHINA else None
        found.append(
            MarketYear(
                r["scheme"], year, price, r["currency"], None if rate is None else price * rate,
                volume, ratio, r["kind"], r["source"], r["verified"] == "yes",
            )
        )  # fmt: skip
    return tuple(found)


def _ratio(one: TradingYear | None) -> float | None:
    return None if one is None else one.turnover_ratio


def to_json(found: Sequence[MarketYear]) -> list[dict[str, Any]]:
    """Return the markets as plain values."""
    return [
        {
            "scheme": m.scheme, "year": m.year, "price": round(m.price, 2), "currency": m.currency,
            "usd_per_tonne": None if m.usd is None else round(m.usd, 2), "volume_mt": m.volume,
            "turnover_ratio": None if m.turnover_ratio is None else round(m.turnover_ratio, 4),
            "price_is": m.kind, "source": m.source, "verified": m.verified,
        }
        for m in found
    ]  # fmt: skip
