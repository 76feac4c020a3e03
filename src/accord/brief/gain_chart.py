"""What the deal costs each party and what it saves it, on one axis of per cent of GDP."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from markupsafe import Markup

from accord.assessment.costs import Costs
from accord.brief.accents import accent
from accord.brief.drawing import Drawing, element
from accord.brief.scale import Scale, round_domain
from accord.brief.wording import decimal

WIDTH, ROW, TOP = 372.0, 26.0, 34.0
YEAR = 2050


def gain_chart(costs: Costs, names: Mapping[str, str], year: int = YEAR) -> Markup:
    """Draw, a row a party: cost (bar), avoided damage with its range (dot), own part (ring).

    Parameters
    ----------
    costs
        Costs and savings.
    names
        Code to the name to write.
    year
        Year that is shown.
    """
    rows = {code: figures(costs, code, year) for code in costs.gains}
    values = [v for row in rows.values() for v in row.values()]
    height = TOP + ROW * len(rows) + 24
    domain = round_domain(values)
    drawing = Drawing(
        x=Scale(domain, (100.0, WIDTH - 12)),
        y=Scale((0.0, float(len(rows))), (TOP + ROW * len(rows), TOP)),
        width=WIDTH,
        height=height,
    )
    _axis(drawing, domain)
    for n, (code, row) in enumerate(rows.items()):
        y = TOP + ROW * (n + 0.5)
        drawing.text(94, y + 4, names.get(code, code), anchor="end")
        zero = drawing.x(0.0)
        drawing.add(
            element("rect", x=min(zero, drawing.x(row["cost"])), y=float(y - 5),
                    width=abs(drawing.x(row["cost"]) - zero), height=10.0, fill=accent(code))
        )  # fmt: skip
        drawing.add(
            element("line", x1=drawing.x(row["low"]), x2=drawing.x(row["high"]), y1=float(y),
                    y2=float(y), stroke="var(--ink)", stroke_width="1.6")
        )  # fmt: skip
        drawing.dot(drawing.x(row["avoided"]), y, fill="var(--ink)")
        drawing.dot(drawing.x(row["own"]), y, fill="var(--ink)", hollow=True)
    _legend(drawing)
    words = "; ".join(
        f"{names.get(code, code)} {decimal(row['cost'], 2)} and {decimal(row['avoided'], 2)}"
        for code, row in rows.items()
    )
    return drawing.svg(f"Cost and avoided damage in {year}, per cent of GDP: {words}")


def figures(costs: Costs, code: str, year: int) -> dict[str, float]:
    """Return the figures of one row, per cent of GDP."""
    gain = costs.gains[code]
    n = int(np.searchsorted(gain.years, year))

    def share(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
        return float(gain.percent(values)[n])

    return {
        "cost": share(gain.cost[50]),
        "avoided": share(gain.avoided[50]),
        "low": share(gain.avoided[5]),
        "high": share(gain.avoided[95]),
        "own": share(gain.own[50]),
    }


def _axis(drawing: Drawing, domain: tuple[float, float]) -> None:
    bottom = drawing.y.span[0]
    for tick in drawing.x.ticks(4):
        drawing.add(
            element("line", x1=drawing.x(tick), x2=drawing.x(tick), y1=TOP, y2=float(bottom),
                    stroke="var(--ctl)" if tick == 0 else "var(--hair)")
        )  # fmt: skip
        digits = 0 if domain[1] - domain[0] >= 4 else 1
        drawing.text(drawing.x(tick), bottom + 16, decimal(tick, digits), anchor="middle", css="mt")


def _legend(drawing: Drawing) -> None:
    drawing.add(element("rect", x=100.0, y=9.0, width=14.0, height=10.0, fill="var(--OTH)"))
    drawing.text(118, 18, "cost")
    drawing.dot(160, 14, fill="var(--ink)")
    drawing.text(168, 18, "saved by the deal")
    drawing.dot(282, 14, fill="var(--ink)", hollow=True)
    drawing.text(290, 18, "by own part")
