"""Direct labels: where words go beside lines so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GLYPH = 0.56
"""Mean width of a glyph of the interface font in em; wide enough for figures and capitals."""


def width_of(text: str, size: float) -> float:
    """Return about how wide ``text`` is at ``size`` units."""
    return GLYPH * size * len(text)


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move ``places`` apart until neighbours are ``gap`` away, each as little as can be.

    Places keep their order; the least sum of squared moves is found by merging neighbours that
    are too close into blocks around their mean (isotonic regression). Where ``low``-``high`` is
    too short for all, they share it evenly.

    Parameters
    ----------
    places
        Wished places, in any order.
    gap
        Least distance between neighbours.
    low, high
        Limits that no place may leave.
    """
    count = len(places)
    if count == 0:
        return []
    order = sorted(range(count), key=lambda index: (places[index], index))
    if count > 1 and gap * (count - 1) >= high - low:
        even = (high - low) / (count - 1)
        shared = [0.0] * count
        for rank, index in enumerate(order):
            shared[index] = low + rank * even
        return shared
    # Without the gap each place is a point that must not fall below its forerunner.
    blocks: list[tuple[float, int]] = []
    for rank, index in enumerate(order):
        mean, size = places[index] - rank * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, weight = blocks.pop()
            mean = (before * weight + mean * size) / (weight + size)
            size += weight
        blocks.append((mean, size))
    top = high - (count - 1) * gap
    moved = [0.0] * count
    rank = 0
    for mean, size in blocks:
        held = min(max(mean, low), top)
        for _ in range(size):
            moved[order[rank]] = held + rank * gap
            rank += 1
    return moved


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing, ``y`` downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Return the area shared with ``other``."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, wide) * max(0.0, tall)

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def text_box(text: str, x: float, y: float, size: float, anchor: str = "start") -> Box:
    """Return the box of ``text`` whose baseline starts, ends or is centred at ``(x, y)``."""
    wide = width_of(text, size)
    left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
    return Box(left, y - 0.82 * size, left + wide, y + 0.24 * size)


def place(
    candidates: Sequence[tuple[float, float, str]],
    text: str,
    size: float,
    *,
    points: Sequence[tuple[float, float]],
    boxes: Sequence[Box],
    inside: Box,
) -> tuple[float, float, str, Box] | None:
    """Choose the candidate that covers least, earlier ones preferred; none if all cover a label.

    Parameters
    ----------
    candidates
        ``(x, y, anchor)`` of the baseline, best first.
    points
        Points of drawn lines; each covered one counts against a candidate.
    boxes
        Labels already placed; covering one rules a candidate out.
    inside
        The drawing; leaving it rules a candidate out.
    """
    best: tuple[float, tuple[float, float, str, Box]] | None = None
    for rank, (x, y, anchor) in enumerate(candidates):
        box = text_box(text, x, y, size, anchor)
        out = (
            box.left < inside.left
            or box.right > inside.right
            or box.top < inside.top
            or box.bottom > inside.bottom
        )
        if out or any(box.overlap(other) > 0 for other in boxes):
            continue
        covered = sum(box.holds(px, py) for px, py in points) + rank
        if best is None or covered < best[0]:
            best = (covered, (x, y, anchor, box))
    return best[1] if best else None
