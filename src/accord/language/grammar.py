"""The grammar at work: a phrase in plain spelling becomes clauses, or an error marks a word."""

from __future__ import annotations

import difflib
import functools
import re
from importlib import resources
from typing import TYPE_CHECKING

from accord.errors import PhraseError

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

LONGEST_PHRASE = 2000
"""Characters. A pledge is a sentence; what is longer is something else."""

_MEANT = {
    "PEAK": "peak",
    "GHG": "greenhouse gases",
    "CO2": "CO2 emissions",
    "INTENSITY": "per unit of GDP",
    "PER_PERSON": "per person",
    "NUMBER": "a figure",
    "PERCENT": "%",
    "TONNES": "MtCO2e",
    "POWER": "GW",
    "STOCK": "bn m3",
    "AREA": "Mha",
    "SCALE": "billion",
    "CURRENCY": "$",
    "PER_YEAR": "a year",
    "NON_FOSSIL": "non-fossil energy",
    "RENEWABLE": "renewable energy",
    "WIND_AND_SOLAR": "wind and solar",
    "PRIMARY_ENERGY": "primary energy",
    "ELECTRICITY": "electricity",
    "FOREST": "forest stock",
    "BELOW": "below a base year",
    "ABOVE": "above a base year",
    "BAU": "business as usual",
    "BY": "by a year",
    "BEFORE": "before a year",
    "OVER": "over a period",
    "YEAR": "a year",
    "PERIOD": "a period such as 2008-2012",
    "LEVEL": "levels",
    "AT_LEAST": "at least",
    "AT_MOST": "at most",
    "ABOUT": "about",
    "INCLUDING": "including LULUCF",
    "EXCLUDING": "excluding LULUCF",
    "IF": "conditional on",
    "FREE": "words of your own",
    "POLICY_TEXT": "a colon and words of your own",
}
"""What may stand somewhere, in words of the domain; what is not listed is a lesser variant."""

_UNDERTAKINGS = (
    "cut … by 40% below 2005 by 2030",
    "limit … to 400 MtCO2e by 2030",
    "peak CO2 emissions before 2030",
    "reach carbon neutrality by 2050",
    "provide $10 billion a year by 2030",
    "policy: your own words",
)
_CLAUSES = {
    "an amount (40%, 400 MtCO2e)": re.compile(r"\d ?(?:%|per|[mgkt]t|gw|m3|mha|[bm]illion|ton)"),
    "below a base year": re.compile(r"below|from|under|relative|compared|usual|bau\b|peak"),
    "by a year": re.compile(r"(?:by|before|in|over|around|until) (?:fy ?|fiscal )?(?:19|20)\d\d"),
    "including LULUCF": re.compile(r"including|excluding|net |gross "),
    "conditional on": re.compile(r"conditional|subject to|\bif\b"),
    "a sum": re.compile(r"[$€£]|billion|million|\bbn\b"),
    "a year": re.compile(r"a year|annually|per year"),
    "in … (what for)": re.compile(r"finance|\bfor\b|\bof\b"),
    "to … (to whom)": re.compile(r"\bto\b"),
}
_USUAL = tuple(_CLAUSES)[:5]
_MONEY = ("a year", "in … (what for)", "to … (to whom)", "by a year", "conditional on")

_VOCABULARY = tuple(
    """
    cut reduce lower decrease slash limit cap hold keep raise increase expand install
    return stabilise peak reach achieve become attain carbon neutrality neutral climate
    net-zero provide mobilise contribute invest deliver pledge buy purchase import average
    unconditional fossil co2 dioxide greenhouse gases ghg methane nitrous oxide emissions
    emission net gross intensity unit gdp person capita non-fossil renewable renewables
    clean low-carbon coal nuclear wind solar hydro share primary energy final electricity
    power capacity forest stock area levels level business as usual baseline below under
    from relative compared above over by before until in of for to at and between about
    around approximately at least more than most up including excluding lulucf land use
    conditional subject policy percent per cent tonnes million billion trillion year
    annually dollars finance
""".split()  # noqa: SIM905 (a list of words reads better as words)
)


@functools.cache
def _lark() -> Lark:
    import lark

    from accord.language.lexer import PhraseLexer

    text = resources.files("accord.language").joinpath("pledge.lark").read_text("utf-8")
    return lark.Lark(text, parser="lalr", lexer=PhraseLexer, maybe_placeholders=False)


def clauses(plain: str, text: str, offset: int = 0) -> Tree[Token]:
    """Return the clauses of a phrase.

    Parameters
    ----------
    plain
        The undertaking (without the party) in plain spelling.
    text
        The whole phrase as typed, for errors.
    offset
        Where ``plain`` starts in ``text``.

    Raises
    ------
    PhraseError
        With the word at fault, the nearest known word and what may stand there.
    """
    import lark

    from accord.language.lexer import UnreadError

    try:
        return _lark().parse(plain)
    except UnreadError as problem:
        raise _explain(problem.position, problem.accepted, plain, text, offset) from None
    except lark.UnexpectedToken as problem:
        token = problem.token
        start = len(plain) if token.type == "$END" else int(token.start_pos or 0)
        raise _explain(start, set(problem.expected), plain, text, offset) from None


def _explain(start: int, expected: set[str], plain: str, text: str, offset: int) -> PhraseError:
    word = re.compile(r"[^\s,;:()]+|\S|$").match(plain, start)
    end = word.end() if word else start
    accepted = _acceptable(expected, plain[:start])
    bare = re.search(r"[\d.,]*\d\s*$", plain[:start])
    if bare is not None and "PERCENT" in expected:
        figure = bare.group().strip()
        message = f"{clip(figure)!r} has no unit"
        if len(figure) == 4 and figure.isdigit():
            message += ", and is no year from 1900 to 2099"
        at = offset + bare.start()
        return unreadable(message, text, at, at + len(figure), accepted)
    if not plain[start:].strip():
        return unreadable("the phrase ends too early", text, len(text), len(text), accepted)
    shown = clip(text[offset + start : offset + end])
    near = difflib.get_close_matches(plain[start:end], _VOCABULARY, n=1, cutoff=0.66)
    known = bool(near) and near[0] == plain[start:end]
    message = f"{shown!r} cannot stand here" if known else f"{shown!r} is not understood"
    if near and not known:
        message += f"; did you mean {near[0]!r}?"
        accepted = (near[0], *accepted)
        return unreadable(message, text, offset + start, offset + end, accepted, hint=False)
    return unreadable(message, text, offset + start, offset + end, accepted)


def _acceptable(expected: set[str], said: str) -> tuple[str, ...]:
    """Return what may stand after ``said``: the next word, or clauses not yet there."""
    if "CUT" not in expected:
        return tuple(words for name, words in _MEANT.items() if name in expected)
    if not said.strip():
        return _UNDERTAKINGS
    money = bool(_CLAUSES["a sum"].search(said))
    missing = [name for name in (_MONEY if money else _USUAL) if not _CLAUSES[name].search(said)]
    return (*missing, "';' and another undertaking")


def clip(words: str) -> str:
    """Return words short enough for a message of one line."""
    words = re.sub(r"\s+", " ", words)
    return words if len(words) <= 40 else f"{words[:39]}…"


def unreadable(
    message: str,
    text: str,
    start: int,
    end: int,
    accepted: tuple[str, ...] = (),
    *,
    hint: bool = True,
) -> PhraseError:
    """Return the error for a phrase: one line with an excerpt and what would be right."""
    low, high = max(0, start - 60), min(len(text), end + 40, start + 120)
    excerpt = f"{'…' if low else ''}{text[low:high]}{'…' if high < len(text) else ''}"
    excerpt = re.sub(r"\s+", " ", excerpt)
    expected = f"; expected {', '.join(accepted[:6])}" if accepted and hint else ""
    return PhraseError(
        f'in "{excerpt}": {message}{expected}', text=text, start=start, end=end, accepted=accepted
    )
