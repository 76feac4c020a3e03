"""Sliders: the one number of a target that a hand moves, and the target it makes."""

from __future__ import annotations

from typing import Any

import msgspec

from accord.errors import InputError
from accord.language.target import (
    AbsoluteLevel,
    AnyTarget,
    BelowBaseline,
    Capacity,
    EnergyShare,
    Finance,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    Pledge,
    Purchase,
    RelativeCut,
)

PERCENT = (RelativeCut, IntensityCut, BelowBaseline, EnergyShare)
AMOUNT = (AbsoluteLevel, PerCapitaLevel, Finance, Purchase, Capacity)
LAST_PEAK, LAST_NEUTRAL = 2080, 2100


class Slider(msgspec.Struct, frozen=True, kw_only=True):
    """What a slider shows: its value, its ends, its step and unit, and the range pledged."""

    value: float
    min: float
    max: float
    step: float
    unit: str
    label: str
    range: tuple[float, float]


def slider_of(target: AnyTarget, first_year: int) -> Slider | None:
    """Return the slider of a target, or ``None`` where nothing slides.

    Parameters
    ----------
    target
        What is undertaken.
    first_year
        First projected year: years before it cannot be chosen.
    """
    match target:
        case PeakYear():
            return Slider(
                value=target.year,
                min=min(first_year, target.year),
                max=LAST_PEAK,
                step=1,
                unit="",
                label=f"{target.when} {target.year}",
                range=(target.year, target.year),
            )
        case Neutrality():
            return Slider(
                value=target.year,
                min=min(max(first_year, 2030), target.year),
                max=LAST_NEUTRAL,
                step=1,
                unit="",
                label=f"{target.when} {target.year}",
                range=(target.year, target.year),
            )
        case RelativeCut() | IntensityCut() | BelowBaseline() | EnergyShare():
            low, high = target.low, target.high
            return Slider(
                value=(low + high) / 2,
                min=min(0.0, 10 * (low // 10)),
                max=100,
                step=0.5 if (low + high) % 2 else 1,
                unit="%",
                label=_range(low, high, " %"),
                range=(low, high),
            )
        case AbsoluteLevel() | PerCapitaLevel() | Finance() | Purchase() | Capacity():
            low, high = target.low, target.high
            most = _round_up(max(2 * high, 1.0))
            unit = _unit(target)
            return Slider(
                value=(low + high) / 2,
                min=0.0,
                max=most,
                step=most / 200,
                unit=unit,
                label=_range(low, high, f" {unit}"),
                range=(low, high),
            )
    return None


def moved(pledge: Pledge, value: float) -> Pledge:
    """Return a pledge with its slider at ``value``.

    Raises
    ------
    InputError
        Nothing slides there, or the value lies outside.
    """
    target: Any = pledge.target
    slider = slider_of(target, 1992)
    if slider is None:
        raise InputError("this commitment has no slider; write its phrase instead")
    if not slider.min <= value <= slider.max:
        raise InputError(f"{value:g} lies outside {slider.min:g} to {slider.max:g}")
    if isinstance(target, (PeakYear, Neutrality)):
        target = msgspec.structs.replace(target, year=round(value))
    else:
        shown = float(f"{value:.6g}")
        target = msgspec.structs.replace(target, low=shown, high=shown)
    return msgspec.structs.replace(pledge, target=target)


def _unit(target: AbsoluteLevel | PerCapitaLevel | Finance | Purchase | Capacity) -> str:
    match target:
        case AbsoluteLevel():
            return {"MtCO2e": "Mt CO₂e", "MtCO2": "Mt CO₂"}.get(target.unit, target.unit)
        case PerCapitaLevel():
            return "t/person"
        case Finance():
            money = "$bn" if target.currency == "USD" else f"bn {target.currency}"
            return f"{money}/yr" if target.rate == "year" else money
        case Purchase():
            return "$bn" if target.currency == "USD" else f"bn {target.currency}"
        case Capacity():
            return "GW"


def _range(low: float, high: float, unit: str) -> str:
    return f"{low:g}{unit}" if low == high else f"{low:g}–{high:g}{unit}"


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 5 × 10ⁿ, so that the ends of a slider are round."""
    size = 10.0 ** (len(f"{int(value)}") - 1)
    return next(size * one for one in (1, 2, 5, 10, 20) if size * one >= value)
