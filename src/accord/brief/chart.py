"""A chart with what stands around it: title with unit, summary, table, and its making."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from accord.brief.tracing import How

WIDTH, HEIGHT = 372.0, 256.0
"""Size of a half-column chart in units of the drawing."""


@dataclass(frozen=True)
class Chart:
    """A chart ready for the page.

    Attributes
    ----------
    id
        Anchor on the page.
    title, unit
        Heading and unit beside it.
    svg
        The drawing.
    summary
        One or two sentences, read out with the chart.
    head, table
        The same figures as rows.
    how
        Commitment, table and model behind the figures.
    """

    id: str
    title: str
    unit: Markup
    svg: Markup
    summary: Markup
    head: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    how: How
