"""Quarrels and ways out in plain sentences, for readers who know no logic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accord.bargaining.constraint import needed_facts
from accord.bargaining.line import Fact, Line, Negotiation
from accord.bargaining.win_set import Landing, landings
from accord.language.expression import Base, Name, Number, Term, say
from accord.language.term import GroundTerm
from accord.language.vocabulary import Vocabulary

_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MOST_NAMED = 6
"""Parties and topics named in the first sentence."""


def party_name(code: str, vocabulary: Vocabulary) -> str:
    """Return the name of a party or group as it stands in a sentence."""
    group = vocabulary.group_names.get(code)
    if group is not None:
        return group.meaning
    from accord.errors import UnknownNameError
    from accord.parties import party

    try:
        found = party(code)
    except UnknownNameError:
        return code
    return found.short_name if len(found.name) > 20 else found.name


def count(number: int) -> str:
    """Return a small number as a word."""
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def with_article(name: str) -> str:
    """Return a name as it stands inside a sentence: the United States, China."""
    the = ("United ", "European ", "G77", "LDCs", "LMDCs", "Umbrella", "developed ", "Alliance")
    return f"the {name}" if name.startswith(the) else name


def listed(parts: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return "".join(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def term_words(term: GroundTerm, vocabulary: Vocabulary) -> str:
    """Return a term in words: ``cut of the United States in 2020, below 1990``."""
    return _term_words(term.term, vocabulary)


def _term_words(term: Term, vocabulary: Vocabulary) -> str:
    words = {"mrv": "review", "cut": "cut", "binding": "binding target", "kp2": "Kyoto target"}
    text = words.get(term.name, term.name.replace("_", " "))
    parties = [
        party_name(one.text, vocabulary)
        for one in term.arguments
        if isinstance(one, Name) and one.text.isupper()
    ]
    if parties:
        text += f" of {parties[0]}" + (f" on {parties[1]}" if len(parties) > 1 else "")
    for one in term.arguments:
        if isinstance(one, Number):
            text += f" in {say(one)}" if one.value >= 1900 else f" to {say(one)}"
        elif isinstance(one, Base):
            text += f", below {one.year}"
        elif isinstance(one, Name) and not one.text.isupper():
            text += f" ({one.text})"
    return text


def quarrel_sentence(
    lines: Sequence[Line],
    facts: Sequence[Fact],
    vocabulary: Vocabulary,
    *,
    reasoned: bool = True,
) -> str:
    """Return why some lines cannot hold together, each said in a sentence.

    Parameters
    ----------
    lines
        A quarrel.
    facts
        Facts of its group; those that it rests on are named.
    vocabulary
        For names.
    reasoned
        Whether to look for the one term on which two lines exclude each other.
    """
    said = " ".join(_stop(line.statement or line.says) for line in lines)
    needed = needed_facts(Negotiation(lines=tuple(lines), facts=tuple(facts))) if facts else ()
    if len(lines) == 1:
        end = "No deal could ever meet this"
    elif len(lines) == 2:
        end = "Both cannot hold"
    else:
        end = f"Any {count(len(lines) - 1)} of these can hold, all {count(len(lines))} cannot"
    reason = _clash(lines, vocabulary) if reasoned else ""
    if reason:
        end += f": {reason}"
    given = listed([fact.statement for fact in needed if fact.statement])
    return f"{said} {end}.{f' It rests on this: {given}.' if given else ''}"


def _stop(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "”")) else f"{text}."


def _clash(lines: Sequence[Line], vocabulary: Vocabulary) -> str:
    """Return the one term on which two lines ask for values that exclude each other."""
    if len(lines) != 2:
        return ""
    first, second = (
        {one.term: one for one in landings(Negotiation(lines=(line,)))} for line in lines
    )
    for key in first.keys() & second.keys():
        one, other = first[key], second[key]
        if _apart(one, other):
            ground = lines[0].holds.terms[key]
            if ground.kind.type == "bool" and ground.kind.meaning:
                meaning = _meaning_of(ground, vocabulary)
                return f"the deal would have to say both yes and no to this: {meaning}"
            words = term_words(ground, vocabulary)
            return f"{words} would have to be {one.words} and {other.words} at once"
    return ""


def _meaning_of(ground: GroundTerm, vocabulary: Vocabulary) -> str:
    """Return a term's meaning, letters filled in: ``China counts as developing country``."""
    text = ground.kind.meaning
    for letter, one in zip(ground.kind.letters, ground.term.arguments, strict=False):
        if isinstance(one, Name):
            said = party_name(one.text, vocabulary) if one.text.isupper() else one.text
            text = re.sub(rf"\b{re.escape(letter)}\b", with_article(said), text)
    return text


def _apart(one: Landing, other: Landing) -> bool:
    if one.low is None or other.low is None or one.high is None or other.high is None:
        return not set(one.values) & set(other.values)
    low, high = max(one.low, other.low), min(one.high, other.high)
    if low == high:
        return any(
            (bound == low and is_open)
            for side in (one, other)
            for bound, is_open in ((side.low, side.low_open), (side.high, side.high_open))
        )
    return low > high


def way_sentence(give_up: Sequence[Line], vocabulary: Vocabulary) -> str:
    """Return who gives up what, in one sentence."""
    by_party: dict[str, list[str]] = {}
    for line in give_up:
        by_party.setdefault(line.party, []).append(
            line.id if not line.statement else line.statement.rstrip(".")
        )
    parts = [
        f"{party_name(code, vocabulary)} gives up {count(len(some))} "
        f"line{'s' if len(some) > 1 else ''} ({'; '.join(some)})"
        for code, some in by_party.items()
    ]
    return f"{listed(parts)}." if parts else "Nobody has to give anything up."


def lead(  # noqa: PLR0917 - what the three sentences are about
    title: str,
    quarrels: Sequence[tuple[str, Sequence[Line]]],
    way: Sequence[Line] | None,
    cost: float | None,
    vocabulary: Vocabulary,
    protagonists: Sequence[str] = (),
    *,
    complete: bool = True,
) -> tuple[str, str, str]:
    """Return the standoff in three sentences: that it is one, why, and what opens it.

    Parameters
    ----------
    title
        "As of 21 November 2026".
    quarrels
        Topic and lines of each quarrel.
    way
        Lines of the first way out.
    cost
        Its cost; ``None`` where nobody said what lines cost.
    vocabulary
        For names.
    protagonists
        Whose quarrels are told first.
    complete
        Whether the search found all quarrels.
    """
    if not quarrels and not complete:
        return (
            f"{title}, the time budget ended the search before it found a quarrel.",
            "That says nothing about whether there is one.",
            "Ask again with more time.",
        )
    if not quarrels:
        return (
            f"{title}, no red line on record stands in the way of a deal.",
            "All of them can hold together, which says nothing about how much a deal would do.",
            "Nobody has to give anything up.",
        )
    between = [
        with_article(party_name(one, vocabulary))
        for one in dict.fromkeys(line.party for _, lines in quarrels for line in lines)
    ]
    told = between if len(between) <= MOST_NAMED else [
        *between[: MOST_NAMED - 1], f"{count(len(between) - MOST_NAMED + 1)} others"
    ]  # fmt: skip
    number = len(quarrels)
    topics: dict[str, int] = {}
    central: dict[str, int] = {}
    for topic, lines in quarrels:
        both = set(protagonists) <= {line.party for line in lines}
        for one in topic.split(" · ") if topic else ["terms"]:
            topics[one] = topics.get(one, 0) + 1
            central[one] = central.get(one, 0) + both
    order = sorted(topics.items(), key=lambda item: (-central[item[0]], -item[1]))
    named = [f"{name} ({times})" if times > 1 else name for name, times in order[:MOST_NAMED]]
    if len(order) > MOST_NAMED:
        named.append("more")
    first = (
        f"{title}, the red lines of {listed(told)} cannot all hold: they collide in "
        f"{'' if complete else 'at least '}"
        f"{count(number)} quarrel{'s' if number != 1 else ''}, over {listed(named)}."
    )
    hardest = max(
        quarrels,
        key=lambda one: (
            min((line.cost or 0.0) for line in one[1]),
            len({line.party for line in one[1]} & set(protagonists)),
        ),
    )
    said = "; ".join((line.statement or line.says).rstrip(".") for line in hardest[1])
    these = "these two" if len(hardest[1]) == 2 else f"these {count(len(hardest[1]))}"
    second = (
        f"The {'hardest' if number > 1 else 'quarrel'}{' of them' if number > 1 else ''}, "
        f"over {hardest[0] or 'terms'}: {said}; {these} cannot hold together."
        if len(hardest[1]) > 1
        else f"One line could never be met by anybody: {said}."
    )
    if not way:
        return first, second, "No way out was found in the time allowed."
    givers: dict[str, int] = {}
    for line in way:
        name = with_article(party_name(line.party, vocabulary))
        givers[name] = givers.get(name, 0) + 1
    price = f" at a yielding cost of {cost:g} points" if cost is not None else ""
    third = (
        f"The {'cheapest' if cost is not None else 'smallest'} way out gives up "
        f"{count(len(way))} line{'s' if len(way) != 1 else ''}{price}: "
        + listed([f"{count(times)} by {name}" for name, times in givers.items()])
        + "."
    )
    return first, second, third
