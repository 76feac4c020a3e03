"""A chart by itself, as an SVG file: for a slide, a report, a notebook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from accord.brief.club_map import club_map
from accord.brief.forecast_chart import forecast_chart
from accord.brief.leakage_chart import leakage_chart
from accord.brief.market_chart import market_chart
from accord.brief.share_chart import share_chart
from accord.errors import UnknownNameError
from accord.output import write_whole

DRAWERS = {
    "forecast": forecast_chart,
    "leakage": leakage_chart,
    "market": market_chart,
    "shares": share_chart,
    "sweep": club_map,
}

STYLE = (
    "<style>svg{--bg:#fff;--ink:#16191d;--mut:#565e66;--hair:#e8eaec;--ctl:#767f88;"
    "--USA:#1f449c;--CHN:#b87306;--EU27:#0a8f73;--IND:#7d22bf;--AOSIS:#c8459c;--OTH:#6b7278;"
    "background:var(--bg)}text{font:12px system-ui,sans-serif;fill:var(--ink)}"
    ".mt{fill:var(--mut)}.b{font-weight:600}.inv{fill:#fff}</style>"
)


def drawn(kind: str, answer: Mapping[str, Any]) -> str:
    """Return the chart of an answer in its JSON form as the text of an SVG file.

    Parameters
    ----------
    kind
        ``leakage``, ``market``, ``shares`` or ``sweep``.
    answer
        What the command of that name prints with ``--json``.
    """
    if kind not in DRAWERS:
        raise UnknownNameError("chart", kind, DRAWERS)
    return alone(DRAWERS[kind](answer))


def draw(kind: str, answer: Mapping[str, Any], to: Path) -> None:
    """Write the chart of an answer to ``to``, at once or not at all.

    Raises
    ------
    OutputError
        If the place cannot be written; nothing is left there.
    """
    write_whole(to, drawn(kind, answer))


def alone(svg: Markup) -> str:
    """Return an ``<svg>`` of the page as a file of its own, with its colours and its size."""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    width, height = (float(part) for part in size.groups()) if size else (372.0, 256.0)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * width:g}" height="{2 * height:g}" '
    return f"{head}{svg.removeprefix('<svg ')}\n".replace(">", f">{STYLE}", 1)
