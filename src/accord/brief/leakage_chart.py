"""Leakage against the elasticity of fuel supply, with and without a border measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from markupsafe import Markup

from accord.brief.chart import HEIGHT, WIDTH
from accord.brief.drawing import Drawing
from accord.brief.labels import spread
from accord.brief.scale import Scale, round_domain

STROKES = ("var(--ink)", "var(--EU27)", "var(--CHN)", "var(--USA)")


def leakage_chart(answer: Mapping[str, Any]) -> Markup:
    """Draw the answer to ``accord leakage --json``, its first table; EMF-29's means as marks."""
    rows = answer["fuel_supply_sensitivity"]
    names = [name for name in rows[0] if name != "fuel_supply"]
    values = np.array([row["fuel_supply"] for row in rows])
    rates = {name: np.array([100.0 * row[name] for row in rows]) for name in names}
    drawing = Drawing(
        x=Scale((0.0, float(values.max())), (34.0, WIDTH - 112)),
        y=Scale(round_domain([*np.concatenate(list(rates.values())), 15.0]), (HEIGHT - 36, 22.0)),
        width=WIDTH,
        height=HEIGHT,
    )
    drawing.axis_left(drawing.y.ticks(4))
    drawing.axis_bottom([int(v) for v in values if float(v).is_integer()])
    drawing.text(34, 14, "% of the cut at home", css="mt")
    drawing.text(34, HEIGHT - 4, "elasticity of fuel supply", css="mt")
    ends = [drawing.y(rates[name][-1]) + 4 for name in names]
    emf = answer["emf29"]
    means = [100.0 * emf["without"], 100.0 * emf["with_full_adjustment"]]
    places = spread([*ends, *(drawing.y(mean) + 4 for mean in means)], 14, 30, HEIGHT - 30)
    for name, stroke, place in zip(names, STROKES, places, strict=False):
        drawing.line(values.tolist(), rates[name], stroke=stroke, width=2.0)
        drawing.text(WIDTH - 106, place, name)
    marks = ("EMF-29 without", "EMF-29 adjusted")
    for mean, words, place in zip(means, marks, places[len(names) :], strict=True):
        drawing.rule(mean, stroke="var(--mut)", dash="3 3")
        drawing.text(WIDTH - 106, place, words, css="mt")
    return drawing.svg(
        f"Leakage at {answer['price']:g} dollars a tonne falls as fuel supply gives way more; a "
        "border measure removes only the part that goes by trade"
    )
