"""The relation over time: rulers, what was done on climate, the rounds and the breakthroughs."""

from __future__ import annotations

import unicodedata

import numpy as np
from markupsafe import Markup

from accord.brief.drawing import TEXT, Array, Drawing, element
from accord.brief.labels import text_box
from accord.brief.scale import Scale
from accord.ledger import Case, Round
from accord.tracking.relation import Relation
from accord.tracking.ruler import NAMES

WIDTH, HEIGHT = 760.0, 232.0
SAME_SCALE = frozenset({"tsinghua"})
"""Rulers that run from -9 to 9, as the index of acts does; beside others it is not drawn."""

BREAKTHROUGH = 0.8
"""Score of an act from which it is a breakthrough; the same below nought is a break."""


def relation_drawing(found: Relation, case: Case, *, since: int = 2009) -> Markup:
    """Return the timeline of the relation since a year as an ``<svg>``.

    Parameters
    ----------
    found
        The relation; its first ruler is drawn in ink, the index of the area in a grey line.
    case
        For the rounds.
    since
        First year drawn.
    """
    main = found.rulers[0]
    last = max(main.last, found.index.last if found.index is not None else main.last)
    months = np.arange(12 * since, last + 1)
    years = [month / 12 + 1 / 24 for month in months]
    values = main.over(int(months[0]), last)
    index = found.index.over(int(months[0]), last) if found.index is not None else None
    if main.name not in SAME_SCALE:
        index = None
    low, high = _domain(values if index is None else np.concatenate([values, index]))
    drawing = Drawing(
        x=Scale((since, last / 12 + 0.2), (28.0, WIDTH - 92)),
        y=Scale((low, high), (HEIGHT - 22, 34.0)),
        width=WIDTH,
        height=HEIGHT,
    )
    drawing.axis_left(drawing.y.ticks(4))
    drawing.axis_bottom([since, *range(since + 2, last // 12 + 1, 2)])
    _rounds(drawing, case, since, last)
    if index is not None:
        drawing.line(years, index, stroke="var(--mut)", width=1.6, dash="4 3")
    drawing.line(years, values, stroke="var(--ink)", width=2.2)
    _acts(drawing, found, since)
    _end_labels(drawing, found, values, index)
    return drawing.svg(
        f"{NAMES.get(main.name, main.name)} by month since {since}, with the rounds of talks and "
        f"the acts on {found.area}. {' '.join(found.words)}"
    )


def _domain(values: Array) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    largest = float(np.abs(known).max()) if known.size else 1.0
    top = 9.0 if largest > 6 else float(np.ceil(2 * max(largest, 0.5)) / 2)
    return -top, top


def _rounds(drawing: Drawing, case: Case, since: int, last: int) -> None:
    """Draw a dotted line at each round, and its place where there is room."""
    for one in case.rounds:
        at = one.start.year + (one.start.timetuple().tm_yday - 1) / 365.25
        if not since <= at <= last / 12 + 0.2:
            continue
        x = drawing.x(at)
        drawing.add(
            element("line", x1=x, y1=30.0, x2=x, y2=HEIGHT - 22, stroke="var(--ctl)",
                    stroke_dasharray="1 3")
        )  # fmt: skip
        words = _place(one)
        for row in (12.0, 25.0):
            box = text_box(f" {words} ", x, row, TEXT, "middle")
            if not any(box.overlap(other) > 0 for other in drawing.boxes):
                drawing.text(x, row, words, anchor="middle", css="mt")
                break


def _place(one: Round) -> str:
    """Return a round in one or two words: its id without the year, spelt as in its name."""
    spelt = {_plain(word): word for word in one.name.split()}
    words = one.id.rsplit("-", 1)[0].split("-")
    found = " ".join(spelt.get(_plain(word), word) for word in words)
    return found[:1].upper() + found[1:]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()


def _acts(drawing: Drawing, found: Relation, since: int) -> None:
    """Draw each act on climate below: full for a breakthrough, hollow for a break."""
    zero = HEIGHT - 30
    for act in found.acts:
        at = act.day.year + (act.day.timetuple().tm_yday - 1) / 365.25
        if at < since:
            continue
        x = drawing.x(at)
        if act.score >= BREAKTHROUGH:
            drawing.dot(x, zero, fill="var(--ink)", radius=3.4)
        elif act.score <= -BREAKTHROUGH:
            drawing.dot(x, zero, fill="var(--ink)", radius=3.4, hollow=True)
        else:
            drawing.add(element("line", x1=x, y1=zero - 4, x2=x, y2=zero + 4, stroke="var(--ctl)"))


def _end_labels(drawing: Drawing, found: Relation, values: Array, index: Array | None) -> None:
    main = found.rulers[0]
    known = np.flatnonzero(np.isfinite(values))
    x = WIDTH - 88
    y = drawing.y(float(values[known[-1]])) if known.size else 0.0
    if known.size:
        drawing.text(x, y + 4, NAMES.get(main.name, main.name).replace(" index", ""), css="b")
    if index is not None and np.isfinite(index[-1]):
        y_index = drawing.y(float(index[-1]))
        if known.size and abs(y_index - y) < 14:
            y_index = y - 15 if y_index <= y else y + 15
        drawing.text(x, y_index + 4, found.area, css="mt")
