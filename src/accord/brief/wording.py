"""How numbers, dates, names and phrases are written on the page and in the terminal."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from accord.ledger.commitment import Commitment

NBSP = "\u00a0"

_THE = ("United ", "European ", "Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia")
_FORMULA = re.compile(
    r"\b(CO2e?|N2O|CH4|SF6|NF3)(?![0-9A-Za-z])|(?<![A-Za-z])[kMG]?t(?:CO2e?|CH4|N2O)(?![0-9A-Za-z])"
)
_RANGE = re.compile(r"(?<=\d)-(?=\d)")
_POLICY = re.compile(r"^policy( by \d{4})?: ")
_DIGIT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def decimal(value: float, digits: int = 1) -> str:
    """Return ``value`` with ``digits`` decimals, a true minus, and no minus before zero."""
    if not math.isfinite(value):
        return "–"
    text = f"{value:,.{digits}f}".replace(",", "\u202f")
    if float(f"{value:.{digits}f}") == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def between(low: float, high: float, digits: int = 1) -> str:
    """Return a range; ``to`` where a minus would run into the dash."""
    first, last = decimal(low, digits), decimal(high, digits)
    if first == last:
        return first
    return f"{first} to {last}" if "−" in first + last else f"{first}–{last}"


def percent(share: float) -> str:
    """Return a share of one as whole per cents; an ensemble cannot claim 0 or 100 %."""
    if share < 0.01:
        return f"under 1{NBSP}%"
    if share > 0.99:
        return f"over 99{NBSP}%"
    return f"{decimal(100 * share, 0)}{NBSP}%"


def day(date: dt.date) -> str:
    """Return a date as in "21 Nov 2026"."""
    return f"{date.day}{NBSP}{date:%b}{NBSP}{date.year}"


def with_article(name: str, *, start: bool = False) -> str:
    """Return a party's name as it stands in a sentence ("the United States")."""
    if name.startswith(_THE):
        return f"{'The' if start else 'the'} {name}"
    return name


def possessive(name: str) -> str:
    """Return "China's", "the United States'"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def listed(parts: Sequence[str]) -> str:
    """Return "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def listed_markup(parts: Sequence[Markup]) -> Markup:
    """Return "a, b and c" of markup."""
    if len(parts) < 2:
        return Markup("").join(parts)
    return Markup("{} and {}").format(Markup(", ").join(parts[:-1]), parts[-1])


def chemical(text: object) -> Markup:
    """Escape ``text`` and set the figures of CO2, N2O … below the line."""
    safe = str(escape(text))
    return Markup(
        _FORMULA.sub(lambda match: re.sub(r"(\d)", r"<sub>\1</sub>", match.group(0)), safe)
    )


def chemical_plain(text: str) -> str:
    """Return ``text`` with CO₂, N₂O … in letters alone, for SVG and the terminal."""
    return _FORMULA.sub(lambda match: match.group(0).translate(_DIGIT), text)


def display_name(code: str, name: str) -> str:
    """Return the party's full name where it fits a column, else its short one."""
    if len(name) <= 13:
        return name
    from accord.parties import PARTIES

    known = PARTIES.get(code)
    return known.short_name if known is not None else name


def in_brief(commitment: Commitment) -> str:
    """Return the words of a commitment as a table has room for: "cut net GHG 7–10% below peak".

    The canonical words stand in the lists that unfold.
    """
    words = undertaking(commitment)
    words = re.sub(r"greenhouse gas emissions|greenhouse gases", "GHG", words)
    words = words.replace("CO2 emissions per unit", "CO2 per unit")
    if ", including LULUCF" in words:
        words = words.replace(", including LULUCF", "")
        words = words.replace("GHG", "net GHG", 1) if "GHG" in words else f"{words}, land use in"
    return words.replace(", excluding LULUCF", ", land use out")


def undertaking(commitment: Commitment) -> str:
    """Return the words of a commitment without the party in front of them."""
    head, colon, tail = commitment.says.partition(":")
    # A colon may also stand inside the words; the party is short and comes first.
    words = tail if colon and len(head) <= 60 else commitment.says
    return _RANGE.sub("–", _POLICY.sub("", words.strip()))
