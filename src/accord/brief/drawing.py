"""Marks of a chart as SVG: lines, bands, brackets, dots and words, every attribute escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from markupsafe import Markup, escape

from accord.brief.labels import Box, text_box, width_of
from accord.brief.scale import Scale

Array = npt.NDArray[np.float64]

TEXT = 12.0
"""Size of a chart's words in units of the drawing; a column of A4 then prints them at 8 pt."""


def element(name: str, *children: object, **attributes: object) -> Markup:
    """Return one SVG element; ``stroke_width`` becomes ``stroke-width``, ``None`` is left out.

    Children and attribute values are escaped unless they are markup already.
    """
    parts = [
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    ]
    inside = Markup("").join(escape(child) for child in children)
    if not children:
        return Markup(f"<{name}{''.join(parts)}/>")
    return Markup(f"<{name}{''.join(parts)}>{inside}</{name}>")


def _short(value: object) -> object:
    return f"{value:.1f}" if isinstance(value, float) else value


def _points(xs: Iterable[float], ys: Iterable[float]) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True))


@dataclass
class Drawing:
    """A chart being drawn: its scales, its marks, and what labels must keep clear of.

    Attributes
    ----------
    x, y
        Scales of the plot area.
    width, height
        Size of the drawing; it is stretched to its column.
    """

    x: Scale
    y: Scale
    width: float
    height: float
    marks: list[Markup] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    @property
    def inside(self) -> Box:
        """The whole drawing."""
        return Box(0.0, 0.0, self.width, self.height)

    def add(self, mark: Markup) -> None:
        """Draw a mark over those before it."""
        self.marks.append(mark)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        css: str | None = None,
        keep: bool = True,
    ) -> None:
        """Write ``words`` on a baseline at ``(x, y)``; ``keep``: later labels stay clear of it."""
        self.add(
            element(
                "text",
                words,
                x=float(x),
                y=float(y),
                text_anchor=None if anchor == "start" else anchor,
                class_=css,
            )
        )
        if keep:
            self.boxes.append(text_box(words, x, y, TEXT, anchor))

    def line(
        self,
        years: Sequence[float] | npt.NDArray[np.int64],
        values: Array,
        *,
        stroke: str,
        width: float = 1.6,
        dash: str | None = None,
    ) -> None:
        """Draw ``values`` over ``years``; missing values break the line."""
        xs = np.array([self.x(year) for year in years])
        ys = np.array([self.y(value) for value in values])
        known = np.isfinite(ys)
        path = ""
        for run in np.split(np.arange(len(xs)), np.flatnonzero(~known)):
            kept = run[known[run]]
            if kept.size > 1:
                path += "M" + _points(xs[kept], ys[kept])
        if not path:
            return
        self.add(
            element(
                "path",
                d=path,
                fill="none",
                stroke=stroke,
                stroke_width=width,
                stroke_dasharray=dash,
            )
        )
        for start, end in zip(
            zip(xs[known][:-1], ys[known][:-1], strict=True),
            zip(xs[known][1:], ys[known][1:], strict=True),
            strict=True,
        ):
            steps = max(1, int(np.hypot(end[0] - start[0], end[1] - start[1]) // 4))
            for step in range(steps):
                share = step / steps
                self.points.append(
                    (
                        float(start[0] + share * (end[0] - start[0])),
                        float(start[1] + share * (end[1] - start[1])),
                    )
                )

    def band(
        self,
        years: Sequence[float] | npt.NDArray[np.int64],
        low: Array,
        high: Array,
        *,
        fill: str,
        opacity: float,
    ) -> None:
        """Fill between ``low`` and ``high``; years where either is missing are left out."""
        known = np.isfinite(low) & np.isfinite(high)
        if known.sum() < 2:
            return
        xs = [self.x(year) for year, ok in zip(years, known, strict=True) if ok]
        up = [self.y(value) for value in high[known]]
        down = [self.y(value) for value in low[known]]
        path = f"M{_points(xs, up)}L{_points(xs[::-1], down[::-1])}Z"
        self.add(element("path", d=path, fill=fill, fill_opacity=f"{opacity:g}"))

    def bracket(
        self, x: float, low: float, high: float, *, stroke: str, dash: str | None = None
    ) -> Box:
        """Draw a target's range as an I of serifs at ``x`` (drawing) from ``low`` to ``high``."""
        top, bottom = self.y(high), self.y(low)
        self.add(
            element(
                "path",
                d=f"M{x - 4:.1f} {bottom:.1f}h8m-4 0V{top:.1f}m-4 0h8",
                fill="none",
                stroke=stroke,
                stroke_width="1.8",
                stroke_dasharray=dash,
            )
        )
        box = Box(x - 4, top - 1, x + 4, bottom + 1)
        self.boxes.append(box)
        return box

    def dot(
        self, x: float, y: float, *, fill: str, radius: float = 3.2, hollow: bool = False
    ) -> None:
        """Draw a dot at ``(x, y)`` of the drawing."""
        self.add(
            element(
                "circle",
                cx=float(x),
                cy=float(y),
                r=f"{radius:g}",
                fill="var(--bg)" if hollow else fill,
                stroke=fill if hollow else None,
                stroke_width="1.8" if hollow else None,
            )
        )

    def rule(self, value: float, *, stroke: str = "var(--hair)", dash: str | None = None) -> None:
        """Draw a horizontal line at ``value``."""
        self.add(
            element(
                "line",
                x1=float(self.x.span[0]),
                y1=self.y(value),
                x2=float(self.x.span[1]),
                y2=self.y(value),
                stroke=stroke,
                stroke_dasharray=dash,
            )
        )

    def parting(self, year: float) -> None:
        """Draw the dotted line between history and pledges, and name both where there is room."""
        top, x = 12.0, self.x(year)
        if x - 4 - width_of("history", TEXT) > self.x.span[0]:
            self.text(x - 4, 18, "history", anchor="end", css="mt")
        self.text(x + 4, 18, "pledges", css="mt")
        self.add(
            element(
                "line",
                x1=self.x(year),
                y1=float(top),
                x2=self.x(year),
                y2=float(self.y.span[0]),
                stroke="var(--ink)",
                stroke_dasharray="1 3",
            )
        )
        self.points += [(self.x(year), y) for y in np.arange(top, self.y.span[0], 4.0)]

    def axis_left(self, ticks: Iterable[float], form: str = "{:g}") -> None:
        """Draw a hairline and its value at each tick, zero stronger."""
        for tick in ticks:
            self.rule(tick, stroke="var(--ctl)" if tick == 0 else "var(--hair)")
            words = form.format(tick).replace("-", "−")
            self.text(self.x.span[0] - 4, self.y(tick) + 4, words, anchor="end", css="mt")

    def axis_bottom(self, years: Iterable[int]) -> None:
        """Write the years below, most wanted first; one that would touch another is left out."""
        y = self.y.span[0] + 15
        written: list[Box] = []
        for year in years:
            box = text_box(f"{year} ", self.x(year), y, TEXT, "middle")
            if not any(box.overlap(other) for other in written):
                self.text(self.x(year), y, str(year), anchor="middle", css="mt")
                written.append(box)

    def svg(self, label: str) -> Markup:
        """Return the drawing as one ``<svg>`` with ``label`` read out in its place."""
        return element(
            "svg",
            Markup("").join(self.marks),
            viewBox=f"0 0 {self.width:g} {self.height:g}",
            role="img",
            aria_label=label,
        )
