"""A phrase of the pledge language: who undertakes what."""

from __future__ import annotations

import datetime as dt
import functools
import re

from accord.errors import InputError, PhraseError
from accord.language import grammar
from accord.language.grammar import LONGEST_PHRASE, unreadable
from accord.language.reading import target
from accord.language.said import Said
from accord.language.spelling import plain
from accord.language.target import Pledge

_PARTY = re.compile(r"\s*(?!policy\b)([^:;\"\d$€£%][^:;\"]{0,79}?)\s*:\s*")
_WILL = re.compile(
    r"\s*((?:the )?[a-z][a-z.' -]{0,60}?)(?:'s)? (?:(?:will|would|shall) |(?:has |have )?"
    r"(?:pledge[sd]?|aim(?:s|ed)?|plan(?:s|ned)?|commit(?:s|ted)?|intend(?:s|ed)?|promise[sd]?|"
    r"vow(?:s|ed)?|agree[sd]?|seeks?) to )"
)
_AND = re.compile(
    r"(?:\s*,)?\s+(?:and|then)\s+(?=(?:to |will )?(?:cut|reduce|lower|peak|reach|achieve|become|"
    r"be |limit|provide|mobili[sz]e|raise|increase|install|(?:carbon|climate).neutral|net.zero))",
    re.IGNORECASE,
)


def parse(text: str, *, default_party: str | None = None, today: dt.date | None = None) -> Pledge:
    """Read one phrase, such as ``"China: peak CO2 emissions before 2030"``.

    Parameters
    ----------
    text
        The phrase: ``PARTY: UNDERTAKING``, or "PARTY will …", or the undertaking alone where
        ``default_party`` says whose it is.
    default_party
        Name or code of the party where the phrase names none.
    today
        Where given, targets that are impossible on that day are refused.

    Raises
    ------
    PhraseError
        Where the words cannot be read or have several readings; marks the word at fault.
    UnknownNameError
        Where the party is not known.
    TargetError
        Where the target is impossible ``today``.
    """
    pledge = _parse(text, 0, len(text), default_party)
    if today is not None:
        from accord.language.possible import check_possible

        check_possible(pledge, today)
    return pledge


def parse_all(
    text: str, *, default_party: str | None = None, today: dt.date | None = None
) -> tuple[Pledge, ...]:
    """Read phrases set apart by ``;``, the party carrying over from one to the next.

    Example: ``"China: peak CO2 emissions before 2030; carbon neutrality before 2060"``.
    """
    if len(text) > LONGEST_PHRASE * 20:
        raise _too_long(text, LONGEST_PHRASE * 20)
    pledges: list[Pledge] = []
    party = default_party
    for part in _parts(text):
        found = _joined(text, part.start(), part.end(), party)
        party = found[-1].party
        pledges += found
    if today is not None:
        from accord.language.possible import check_possible

        for pledge in pledges:
            check_possible(pledge, today)
    if not pledges:
        raise unreadable("nothing is said", text, 0, len(text), ("China: peak CO2 before 2030",))
    return tuple(pledges)


def _joined(text: str, start: int, end: int, party: str | None) -> list[Pledge]:
    """Read a part that holds one undertaking, or several joined by "and"."""
    try:
        return [_parse(text, start, end, party)]
    except PhraseError:
        joints = [joint.span() for joint in _AND.finditer(text, start, end)]
        if not 1 <= len(joints) <= 8:
            raise
        try:
            found: list[Pledge] = []
            begin = start
            for stop, following in [*joints, (end, end)]:
                found.append(_parse(text, begin, stop, found[-1].party if found else party))
                begin = following
            return found
        except InputError:
            pass
        raise


def _parts(text: str) -> list[re.Match[str]]:
    return [part for part in re.finditer(r'(?:[^;\n"]|"[^"\n]*"?)+', text) if part.group().strip()]


def _parse(text: str, start: int, end: int, default_party: str | None) -> Pledge:
    if end - start > LONGEST_PHRASE:
        raise _too_long(text[start:end], LONGEST_PHRASE)
    words = plain(text[start:end])
    named = _PARTY.match(words)
    offset = named.end() if named else 0
    who = text[start + named.start(1) : start + named.end(1)] if named else None
    if named is None:
        willing = _WILL.match(words)
        if willing is not None:
            who = text[start + willing.start(1) : start + willing.end(1)]
            offset = willing.end()
    if who is None:
        who = default_party
    if who is None:
        raise unreadable(
            "whose undertaking it is, is not said", text, start, start, ("China: …", "USA: …")
        )
    body = words[offset:]
    if not body.strip():
        raise unreadable(
            "nothing is undertaken",
            text,
            end,
            end,
            ("cut greenhouse gases by 50% below 2005 by 2030", "peak CO2 emissions before 2030"),
        )
    code = _party_code(who)
    said = Said(grammar.clauses(body, text, start + offset), body, text, start + offset)
    return Pledge(
        party=code, target=target(said), lulucf=said.lulucf, conditional_on=said.condition
    )


@functools.lru_cache(maxsize=512)
def _party_code(name: str) -> str:
    from accord.parties import party

    return party(name.strip()).code


def _too_long(text: str, limit: int) -> Exception:
    return unreadable(
        f"a phrase of {len(text):,} characters is none; {limit:,} are the most", text[:200], 0, 0
    )
