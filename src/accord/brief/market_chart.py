"""A carbon market at a glance: prices alone and linked, and what each gains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from accord.brief.drawing import Drawing, element
from accord.brief.scale import Scale, round_domain
from accord.brief.wording import decimal

WIDTH, ROW, TOP = 372.0, 22.0, 34.0
SPLIT = 226.0


def market_chart(answer: Mapping[str, Any]) -> Markup:
    """Draw the answer to ``accord market --json``: its first market.

    Left: the price without trade (bar) and the price of the market (line). Right: gains by trade.
    """
    market = answer["markets"][0]
    rows = market["regions"]
    height = TOP + ROW * len(rows) + 24
    alone = {name: row["price_alone"] or 0.0 for name, row in rows.items()}
    prices = Scale(round_domain([*alone.values(), market["price"]], 3), (70.0, SPLIT - 30))
    gains = Scale(round_domain([row["gain"] for row in rows.values()], 2), (SPLIT, WIDTH - 26))
    drawing = Drawing(prices, Scale((0, 1), (TOP + ROW * len(rows), TOP)), WIDTH, height)
    bottom = TOP + ROW * len(rows)
    drawing.text(70, 14, "price alone")
    drawing.text(SPLIT, 14, "gain by trade")
    for scale, count in ((prices, 3), (gains, 2)):
        for tick in scale.ticks(count):
            drawing.add(
                element("line", x1=scale(tick), x2=scale(tick), y1=TOP, y2=float(bottom),
                        stroke="var(--ctl)" if tick == 0 else "var(--hair)")
            )  # fmt: skip
            drawing.text(scale(tick), bottom + 16, decimal(tick, 0), anchor="middle", css="mt")
    for n, (name, row) in enumerate(rows.items()):
        y = TOP + ROW * (n + 0.5)
        drawing.text(64, y + 4, name[:10], anchor="end")
        for scale, value in ((prices, alone[name]), (gains, row["gain"])):
            zero, end = scale(0.0), scale(value)
            drawing.add(
                element("rect", x=min(zero, end), y=float(y - 5), width=abs(end - zero),
                        height=10.0, fill="var(--OTH)")
            )  # fmt: skip
    x = prices(market["price"])
    drawing.add(
        element("line", x1=x, x2=x, y1=TOP - 6, y2=float(bottom), stroke="var(--ink)",
                stroke_width="2")
    )  # fmt: skip
    drawing.text(x + 3, TOP - 6, f"linked {decimal(market['price'], 0)}", css="b")
    return drawing.svg(
        f"Prices without trade, the price {decimal(market['price'], 1)} at which the market "
        "clears, and each region's gain"
    )
