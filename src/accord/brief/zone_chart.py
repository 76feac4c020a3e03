"""The zone of agreement over a pair of terms, as a small map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from accord.brief.standoff_section import colour_of

if TYPE_CHECKING:
    from accord.bargaining.zone_map import ZoneMap

CELL, LEFT, BOTTOM, TOP = 11, 54, 40, 16


def zone_chart(
    found: ZoneMap, names: Mapping[str, str], words: Mapping[str, str] | None = None
) -> Markup:
    """Return the map: hatched in its colour what each party accepts, framed what all do.

    Parameters
    ----------
    found
        From :func:`accord.bargaining.zone_map.zone_map`.
    names, words
        Names of parties and terms.
    """
    said = words or {}
    columns, rows = len(found.across), len(found.up)
    width, height = LEFT + CELL * columns + 130, TOP + CELL * rows + BOTTOM
    title = f"{said.get(found.first, found.first)} and {said.get(found.second, found.second)}"
    parts = [
        f'<svg class="zone" role="img" viewBox="0 0 {width} {height}" '
        f'style="width:100%;max-width:{width}px;height:auto" font-family="system-ui,sans-serif" '
        f'font-size="11" fill="currentColor"><title>{escape(title)}: '
        f"{len(found.common)} of {columns * rows} cells are common</title>"
    ]

    def corner(i: int, j: int) -> tuple[float, float]:
        return LEFT + CELL * i, TOP + CELL * (rows - 1 - j)

    strip = CELL / max(len(found.accepts), 1)
    for n, (party, cells) in enumerate(found.accepts.items()):
        path = "".join(
            f"M{x:g} {y + strip * n:.2f}h{CELL}v{strip:.2f}h-{CELL}z"
            for x, y in (corner(i, j) for i, j in sorted(cells))
        )
        colour = colour_of(party)
        parts.append(f'<path d="{path}" style="fill:{colour}" fill-opacity=".55"/>')
        at = TOP + 12 + 17 * n
        parts.append(
            f'<rect x="{LEFT + CELL * columns + 12}" y="{at - 9}" width="10" height="10" '
            f'style="fill:{colour}" fill-opacity=".55"/>'
            f'<text x="{LEFT + CELL * columns + 27}" y="{at}">{escape(names.get(party, party))}'
            "</text>"
        )
    edge = []
    for i, j in sorted(found.common):
        x, y = corner(i, j)
        for (a, b), side in (
            ((i - 1, j), f"M{x:g} {y:g}v{CELL}"),
            ((i + 1, j), f"M{x + CELL:g} {y:g}v{CELL}"),
            ((i, j + 1), f"M{x:g} {y:g}h{CELL}"),
            ((i, j - 1), f"M{x:g} {y + CELL:g}h{CELL}"),
        ):
            if (a, b) not in found.common:
                edge.append(side)
    if edge:
        parts.append(
            f'<path d="{"".join(edge)}" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        )
    base = TOP + CELL * rows
    far = LEFT + CELL * columns
    parts += [
        f'<text x="{LEFT}" y="{base + 14}">{found.across[0]:g}</text>',
        f'<text x="{far}" y="{base + 14}" text-anchor="end">{found.across[-1]:g}</text>',
        f'<text x="{LEFT - 6}" y="{base}" text-anchor="end">{found.up[0]:g}</text>',
        f'<text x="{LEFT - 6}" y="{TOP + 10}" text-anchor="end">{found.up[-1]:g}</text>',
        f'<text x="{LEFT}" y="{base + 30}">{escape(said.get(found.first, found.first))} →</text>',
        f'<text transform="translate(12 {base}) rotate(-90)">'
        f"{escape(said.get(found.second, found.second))} →</text>",
        "</svg>",
    ]
    return Markup("".join(parts))  # every text in it went through escape
