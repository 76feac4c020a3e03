"""From a pledge to its canonical phrase, which reads back to the same pledge."""

from __future__ import annotations

import functools
import re

from accord.language import quantity
from accord.language.said import flip
from accord.language.spelling import plain
from accord.language.target import (
    AbsoluteLevel,
    AnyTarget,
    BelowBaseline,
    Bound,
    Capacity,
    EnergyShare,
    Finance,
    ForestStock,
    IntensityCut,
    Neutrality,
    PeakYear,
    PerCapitaLevel,
    Pledge,
    Policy,
    Purchase,
    RelativeCut,
)

_GASES = {
    "CO2": "CO2 emissions",
    "GHG": "greenhouse gases",
    "CH4": "methane",
    "N2O": "nitrous oxide",
    "F-gases": "F-gases",
    "CO2 fossil": "fossil CO2",
    "CO2 land": "land-use CO2",
    "coal": "coal use",
}
_SOURCES = {
    "non-fossil": "non-fossil sources",
    "renewable": "renewables",
    "coal": "coal",
    "clean": "clean sources",
    "nuclear": "nuclear power",
    "wind and solar": "wind and solar",
    "wind": "wind",
    "solar": "solar",
    "hydro": "hydropower",
}
_NEUTRALITY = {
    "carbon": "carbon neutrality",
    "CO2": "net-zero CO2 emissions",
    "GHG": "net-zero greenhouse gas emissions",
}
_SIMPLE = re.compile(r"[a-zA-Z][^,;:\"()]*")
_STOP = re.compile(
    r" (?:by|before|over|above|from|to|between|during|in (?:fy ?)?\d+|conditional|conditionally|"
    r"contingent|subject to|if|provided|including|excluding|(?:a|per|each|every) (?:year|annum)|"
    r"annually)\b"
)


def say(pledge: Pledge) -> str:
    """Return the canonical phrase of ``pledge``; ``parse(say(p)) == p``."""
    who = _name(pledge.party)
    tail = ""
    if pledge.lulucf is not None:
        tail += f", {pledge.lulucf} LULUCF"
    if pledge.conditional_on is not None:
        tail += f", conditional on {_free(pledge.conditional_on)}"
    if isinstance(pledge.target, Policy):
        when = f" by {pledge.target.year}" if pledge.target.year is not None else ""
        return f"{who}: policy{when}{tail}: {pledge.target.text}"
    return f"{who}: {say_target(pledge.target)}{tail}"


@functools.cache
def _name(code: str) -> str:
    """Return the short name of a party, or its code where that is plainer: "USA", not "US"."""
    from accord.parties import party

    one = party(code)
    return one.code if one.code.startswith(one.short_name) else one.short_name


def _bounded(bound: Bound, default: Bound = "exactly") -> str:
    return "" if bound == default else f"{bound} "


def _free(words: str) -> str:
    """Return free words, in quotation marks where they would run into the next clause."""
    simple = _SIMPLE.fullmatch(words) and not _STOP.search(plain(words)) and words == words.strip()
    return words if simple else f'"{words}"'


def say_target(target: AnyTarget) -> str:
    """Return the canonical words for a target, without party, accounting and condition."""
    match target:
        case AbsoluteLevel():
            amount = quantity.spread(target.low, target.high)
            return (
                f"limit {_GASES[target.gas]} to {_bounded(target.bound)}{amount} {target.unit} "
                f"by {target.year}"
            )
        case RelativeCut():
            return _relative(target)
        case BelowBaseline():
            bau = f" of {quantity.number(target.bau)} MtCO2e" if target.bau is not None else ""
            return (
                f"cut {_GASES[target.gas]} by {_percent(target.low, target.high, target.bound)} "
                f"below business as usual{bau} by {target.year}"
            )
        case IntensityCut():
            gas = {"energy": "energy use", "GHG": "greenhouse gas emissions"}.get(
                target.gas, _GASES.get(target.gas, "")
            )
            return (
                f"cut {gas} per unit of GDP by {_percent(target.low, target.high, target.bound)} "
                f"below {target.base} by {target.year}"
            )
        case PerCapitaLevel():
            unit = "tCO2" if target.gas == "CO2" else "tCO2e"
            return (
                f"limit {_GASES[target.gas]} to {_bounded(target.bound, 'at most')}"
                f"{quantity.spread(target.low, target.high)} {unit} per person by {target.year}"
            )
        case PeakYear():
            return f"peak {_GASES[target.gas]} {target.when} {target.year}"
        case Neutrality():
            return f"reach {_NEUTRALITY[target.scope]} {target.when} {target.year}"
        case EnergyShare():
            return (
                f"get {_percent(target.low, target.high, target.bound)} of {target.of} "
                f"from {_SOURCES[target.source]} by {target.year}"
            )
        case Capacity():
            return (
                f"install {_bounded(target.bound)}{quantity.spread(target.low, target.high)} GW "
                f"of {_SOURCES[target.source]} by {target.year}"
            )
        case ForestStock():
            return _forest(target)
        case Finance():
            return _finance(target)
        case Purchase():
            return _purchase(target)
        case Policy():
            return f"policy: {target.text}"


def _percent(low: float, high: float, bound: Bound) -> str:
    return f"{_bounded(bound)}{quantity.spread(low, high)}%"


def _relative(target: RelativeCut) -> str:
    gas = _GASES[target.gas]
    when = f"over {target.year}-{target.until}" if target.until else f"by {target.year}"
    if target.low == target.high == 0 and target.bound == "exactly" and target.base != "peak":
        return f"return {gas} to {target.base} levels {when}"
    if target.high <= 0 and target.low < 0 and target.base != "peak":
        rise = _percent(-target.high, -target.low, flip(target.bound))
        return f"limit the rise of {gas} to {rise} above {target.base} {when}"
    return (
        f"cut {gas} by {_percent(target.low, target.high, target.bound)} below {target.base} {when}"
    )


def _forest(target: ForestStock) -> str:
    what = "stock" if target.unit == "bn m3" else "area"
    amount = f"{_bounded(target.bound)}{quantity.number(target.amount)} {target.unit}"
    if target.base is None:
        return f"raise forest {what} to {amount} by {target.year}"
    return f"raise forest {what} by {amount} above {target.base} by {target.year}"


def _finance(target: Finance) -> str:
    parts = [
        f"provide {_bounded(target.bound)}"
        + quantity.money(target.low, target.high, target.currency)
    ]
    if target.rate == "year":
        parts.append("a year")
    parts.append(f"in {_free(target.purpose)}")
    if target.recipient is not None:
        parts.append(f"to {_free(target.recipient)}")
    if target.start is not None:
        parts.append(f"over {target.start}-{target.year}")
    elif target.year is not None:
        parts.append(f"by {target.year}")
    return " ".join(parts)


def _purchase(target: Purchase) -> str:
    amount = quantity.money(target.low, target.high, target.currency)
    parts = [f"buy {_bounded(target.bound)}{amount} of {_free(target.goods)}"]
    if target.seller is not None:
        parts.append(f"from {_free(target.seller)}")
    if target.base is not None:
        parts.append(f"above {target.base}")
    parts.append(f"over {target.start}-{target.year}")
    return " ".join(parts)
