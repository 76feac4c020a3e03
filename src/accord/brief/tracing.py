"""Every figure of the page leads to how it was made.

A figure is printed as ``<data value=… data-figure=… data-how=…>``: the unrounded value, its stable
name, and the id of the note that unfolds to its commitment, table and model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from markupsafe import Markup, escape


@dataclass(frozen=True)
class How:
    """How a figure was made.

    Attributes
    ----------
    id
        Anchor on the page.
    steps
        Sentences, in the order of the chain: commitment, table, model.
    """

    id: str
    steps: tuple[Markup, ...]


@dataclass
class Figures:
    """Prints figures and remembers which notes they lead to."""

    led_to: set[str] = field(default_factory=set)

    def print(self, text: str, value: float, *, name: str, how: str, link: bool = False) -> Markup:
        """Return ``text`` as a figure with its unrounded ``value``.

        Parameters
        ----------
        name
            Stable name, e.g. ``warming-2100-p50``.
        how
            Anchor of the note that says how it was made.
        link
            Whether the figure itself is the link to that note.
        """
        self.led_to.add(how)
        shown = f"{value:.6g}" if math.isfinite(value) else ""
        figure = Markup('<data value="{}" data-figure="{}" data-how="{}">{}</data>').format(
            shown, name, how, text
        )
        return Markup('<a class="fig" href="#{}">{}</a>').format(how, figure) if link else figure


def anchor(prefix: str, name: str) -> str:
    """Return an id that is safe in a link whatever ``name`` holds, its own for each name."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-.") else "_" for c in name)
    if kept != name:
        kept += f"_{sum(ord(c) * (i + 1) for i, c in enumerate(name)) % 99991}"
    return str(escape(f"{prefix}-{kept}"))
