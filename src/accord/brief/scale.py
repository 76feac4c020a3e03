"""Scales: from the values of an axis to places on the page, with ticks at round numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np


def round_step(span: float, count: int) -> float:
    """Return the step of 1, 2, 2.5 or 5 × 10^n that cuts ``span`` into about ``count`` parts."""
    if not math.isfinite(span) or span < 1e-12:
        return 1.0
    raw = span / max(1, count)
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1.0, 2.0, 2.5, 5.0, 10.0):
        if raw <= factor * power * (1 + 1e-9):
            return factor * power
    return 10.0 * power


def round_domain(values: Iterable[float], count: int = 4) -> tuple[float, float]:
    """Return the smallest domain of round numbers that holds zero and all finite ``values``."""
    finite = [float(value) for value in values if math.isfinite(value)]
    low, high = min([0.0, *finite]), max([0.0, *finite])
    if high - low < 1e-9:
        high = low + 1.0
    step = round_step(high - low, count)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


@dataclass(frozen=True)
class Scale:
    """A straight line from ``domain`` (values) to ``span`` (places on the drawing)."""

    domain: tuple[float, float]
    span: tuple[float, float]

    def __call__(self, value: float) -> float:
        """Return the place of ``value``."""
        (low, high), (start, end) = self.domain, self.span
        return start + (float(value) - low) / (high - low) * (end - start)

    def fraction(self, value: float) -> float:
        """Return where ``value`` lies in the domain, held between 0 and 1."""
        low, high = self.domain
        return float(np.clip((float(value) - low) / (high - low), 0.0, 1.0))

    def ticks(self, count: int = 4) -> tuple[float, ...]:
        """Return round values inside the domain, about ``count`` of them."""
        low, high = self.domain
        step = round_step(high - low, count)
        first = math.ceil(low / step - 1e-9)
        last = math.floor(high / step + 1e-9)
        return tuple(round(index * step, 10) for index in range(first, last + 1))
