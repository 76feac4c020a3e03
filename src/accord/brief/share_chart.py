"""How far the principles of fairness disagree: one row a party, one letter a rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from accord.brief.accents import accent
from accord.brief.drawing import Drawing, element
from accord.brief.scale import Scale
from accord.brief.wording import decimal

WIDTH, ROW, TOP = 372.0, 34.0, 40.0
LOW, HIGH = -200.0, 150.0
LETTERS = {
    "grandfathering": "G",
    "per capita": "P",
    "convergence": "C",
    "ability to pay": "A",
    "development rights": "D",
    "equal cumulative": "E",
}


def share_chart(answer: Mapping[str, Any], year: str = "2035") -> Markup:
    """Draw what each rule leaves, % against 2019; what lies beyond the axis stands at its edge.

    Parameters
    ----------
    answer
        What ``accord shares --json`` prints.
    year
        One of its years.
    """
    groups = answer["parties"]
    height = TOP + ROW * len(groups) + 22
    drawing = Drawing(
        x=Scale((LOW, HIGH), (112.0, WIDTH - 12)),
        y=Scale((0.0, float(len(groups))), (TOP + ROW * len(groups), TOP)),
        width=WIDTH,
        height=height,
    )
    bottom = drawing.y.span[0]
    for tick in (-200, -100, 0, 100):
        drawing.add(
            element("line", x1=drawing.x(tick), x2=drawing.x(tick), y1=TOP, y2=float(bottom),
                    stroke="var(--ctl)" if tick == 0 else "var(--hair)")
        )  # fmt: skip
        drawing.text(drawing.x(tick), bottom + 16, f"{decimal(tick, 0)} %", anchor="middle",
                     css="mt")  # fmt: skip
    for n, (code, group) in enumerate(groups.items()):
        _row(drawing, code, group, year, TOP + ROW * (n + 0.5))
    for n, line in enumerate((("G", "C", "P"), ("A", "D", "E"))):
        words = {letter: rule for rule, letter in LETTERS.items()}
        drawing.text(6, 12 + 14 * n, "  ·  ".join(f"{k} {words[k]}" for k in line))
    drawing.text(WIDTH - 12, 12, "▮ as pledged", anchor="end")
    return drawing.svg(
        f"Fair shares of {answer['goal']} in {year} against 2019 under {len(LETTERS)} rules, and "
        "what was pledged, for " + ", ".join(str(group["name"]) for group in groups.values())
    )


def _row(drawing: Drawing, code: str, group: Mapping[str, Any], year: str, y: float) -> None:
    base = group["mtco2e_2019"]
    drawing.text(106, y + 4, str(group["name"])[:18], anchor="end")
    drawing.add(
        element("line", x1=drawing.x(LOW), x2=drawing.x(HIGH), y1=float(y), y2=float(y),
                stroke="var(--hair)")
    )  # fmt: skip
    if base <= 0:
        return
    pledged = 100.0 * (group["pledged"][year] / base - 1.0)
    drawing.add(
        element("rect", x=drawing.x(_held(pledged)) - 2.5, y=float(y - 9), width=5.0, height=18.0,
                fill=accent(code))
    )  # fmt: skip
    placed: list[tuple[float, float]] = []
    for rule, row in sorted(
        group["rules"].items(), key=lambda item: float(item[1][year]["mtco2e"])
    ):
        change = 100.0 * (row[year]["mtco2e"] / base - 1.0)
        x = drawing.x(_held(change))
        # Letters that would touch go above and below the line in turn.
        level = next(
            place for place in (4.0, -7.0, 15.0, -18.0, 26.0, -29.0)
            if all(abs(x - px) > 9 or place != pl for px, pl in placed)
        )  # fmt: skip
        placed.append((x, level))
        letter = LETTERS.get(rule, rule[:1].upper())
        if change < LOW:
            letter = f"‹{letter}"
        elif change > HIGH:
            letter = f"{letter}›"
        drawing.text(x, y + level, letter, anchor="middle", css="b")


def _held(value: float) -> float:
    return max(LOW, min(HIGH, value))
