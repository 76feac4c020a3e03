"""How large a climate club holds, by carbon price and tariff: a heat map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from accord.brief.drawing import Drawing, element
from accord.brief.scale import Scale

WIDTH, CELL, LEFT, TOP = 372.0, 30.0, 62.0, 26.0


def club_map(answer: Mapping[str, Any]) -> Markup:
    """Draw the answer to ``accord club --sweep --json``: a cell a price and tariff.

    The number is that of members of the largest-gain equilibrium; a dash where none is stable.
    """
    rows = answer["sweep"]
    prices = sorted({row["price"] for row in rows}, reverse=True)
    tariffs = sorted({row["tariff"] for row in rows})
    wide = (WIDTH - LEFT - 8) / len(tariffs)
    height = TOP + CELL * len(prices) + 36
    drawing = Drawing(Scale((0, 1), (LEFT, WIDTH - 8)), Scale((0, 1), (height, 0)), WIDTH, height)
    cells = {(row["price"], row["tariff"]): row for row in rows}
    most = max((row["members"] or 0 for row in rows), default=1) or 1
    drawing.text(6, 16, "members of the club that holds", css="mt")
    for i, price in enumerate(prices):
        y = TOP + CELL * i
        drawing.text(LEFT - 6, y + CELL / 2 + 4, f"{price:g} $/t", anchor="end", css="mt")
        for j, tariff in enumerate(tariffs):
            members = cells[price, tariff]["members"]
            share = (members or 0) / most
            drawing.add(
                element("rect", x=float(LEFT + wide * j + 0.5), y=float(y + 0.5),
                        width=float(wide - 1), height=float(CELL - 1), fill="var(--EU27)",
                        fill_opacity=f"{0.06 + 0.94 * share:.2f}")
            )  # fmt: skip
            drawing.add(
                element("text", "–" if members is None else str(members),
                        x=float(LEFT + wide * (j + 0.5)), y=float(y + CELL / 2 + 4),
                        text_anchor="middle", class_="inv" if share > 0.6 else None,
                        style="fill:#fff" if share > 0.6 else None)
            )  # fmt: skip
    for j, tariff in enumerate(tariffs):
        drawing.text(LEFT + wide * (j + 0.5), TOP + CELL * len(prices) + 15, f"{tariff:g}",
                     anchor="middle", css="mt")  # fmt: skip
    drawing.text(WIDTH - 8, height - 6, "tariff on outsiders, %", anchor="end", css="mt")
    return drawing.svg("Members of the stable climate club by carbon price and tariff")
