"""Where each issue lands, by every forecast, with the naive ones beside: a row an issue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from accord.brief.drawing import Drawing, element
from accord.brief.scale import Scale

WIDTH, ROW, TOP = 372.0, 22.0, 40.0
LEFT = 128.0


def forecast_chart(answer: Mapping[str, Any]) -> Markup:
    """Draw the answer to ``accord forecast --json``.

    Bar: band of the compromise; dot: the compromise; ring: after exchanges; upright: the weighted
    median; grey dot: the plain mean; cross: the coded outcome, where there is one.
    """
    rows = answer["issues"]
    height = TOP + ROW * len(rows) + 22
    drawing = Drawing(
        x=Scale((0.0, 100.0), (LEFT, WIDTH - 12)),
        y=Scale((0.0, float(len(rows))), (TOP + ROW * len(rows), TOP)),
        width=WIDTH,
        height=height,
    )
    bottom = drawing.y.span[0]
    for tick in (0, 25, 50, 75, 100):
        drawing.add(
            element("line", x1=drawing.x(tick), x2=drawing.x(tick), y1=TOP, y2=float(bottom),
                    stroke="var(--ctl)" if tick == 50 else "var(--hair)")
        )  # fmt: skip
        drawing.text(drawing.x(tick), bottom + 16, str(tick), anchor="middle", css="mt")
    for n, row in enumerate(rows):
        _row(drawing, row, TOP + ROW * (n + 0.5))
    _legend(drawing, any(row["outcome"] is not None for row in rows))
    return drawing.svg(
        "Forecasts of each issue on its scale of 0 to 100: "
        + "; ".join(f"{row['title']} {row['compromise']:.0f}" for row in rows)
    )


def _row(drawing: Drawing, row: Mapping[str, Any], y: float) -> None:
    title = str(row["title"])
    drawing.text(LEFT - 8, y + 4, title if len(title) <= 18 else f"{title[:17]}…", anchor="end")
    low, high = row["band"]
    drawing.add(
        element("line", x1=drawing.x(low), x2=drawing.x(high), y1=float(y), y2=float(y),
                stroke="var(--EU27)", stroke_width="6", stroke_opacity="0.35")
    )  # fmt: skip
    x = drawing.x(row["median"])
    drawing.add(
        element("line", x1=x, x2=x, y1=float(y - 7), y2=float(y + 7), stroke="var(--ink)",
                stroke_width="1.6")
    )  # fmt: skip
    drawing.dot(drawing.x(row["naive"]["mean"]), y, fill="var(--OTH)", radius=2.6)
    drawing.dot(drawing.x(row["compromise"]), y, fill="var(--EU27)", radius=3.6)
    drawing.dot(drawing.x(row["exchange"]), y, fill="var(--CHN)", hollow=True, radius=3.6)
    if row["outcome"] is not None:
        _cross(drawing, drawing.x(row["outcome"]), y)


def _cross(drawing: Drawing, x: float, y: float) -> None:
    drawing.add(
        element("path", d=f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8", fill="none",
                stroke="var(--USA)", stroke_width="2")
    )  # fmt: skip


def _legend(drawing: Drawing, coded: bool) -> None:
    drawing.dot(12, 10, fill="var(--EU27)", radius=3.6)
    drawing.text(20, 14, "compromise, 5–95 %")
    drawing.dot(146, 10, fill="var(--CHN)", hollow=True, radius=3.6)
    drawing.text(154, 14, "after exchanges")
    drawing.dot(12, 26, fill="var(--OTH)", radius=2.6)
    drawing.text(20, 30, "plain mean")
    drawing.add(element("line", x1=146.0, x2=146.0, y1=19.0, y2=33.0, stroke="var(--ink)",
                        stroke_width="1.6"))  # fmt: skip
    drawing.text(154, 30, "weighted median")
    if coded:
        _cross(drawing, 266, 26)
        drawing.text(276, 30, "our reading")
