"""Names that are known beforehand, found in a text: an actor here, an adjective, or only a place."""

from __future__ import annotations

import re

from accord.record.conference import conferences
from accord.record.gazetteer import (
    METONYMS,
    TOKEN,
    Name,
    lexicon,
    plain,
    surnames,
)
from accord.record.mention import Mention

_CITIES = frozenset(c.city for c in conferences())

_COUNTRIES_OF_COPS = frozenset(c.country for c in conferences())

_EVENT_NOUN = re.compile(
    r"\s(?:(?:climate|change|environment|global|international|UN|economic|leaders'?|G20|G7)\s){0,3}"
    r"(?:accord|agreement|protocol|summit|conference|talks|meeting|treaty|deal|pact|declaration|mandate|rulebook"
    r"|round|negotiations|session|consensus|action plan|road ?map|ministerial|dialogue|amendment|outcome|COP|goals?)\b",
    re.I,
)

_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|outside|throughout|across|inside|through|around)\s(?:the\s|central\s|downtown\s)?$"
    r"|\b(?:visit(?:ed|s|ing)?|tour(?:ed|ing)?|left|leav(?:es|ing)|reach(?:ed)?)\s$"
    r"|\b(?:trip|visit|travel\w*|flew|fly|flying|return\w*|went|go|going|came|tour|way|journey|back|heading|headed|move)\sto\s$"
    r"|\b(?:city|capital|town|province|north|south|east|west)\sof\s$"
    r"|\b(?:from|for)\s(?=$)(?<=\bleft for )|\bexports? (?:to|from)\s$",
    re.I,
)

_WHERE = frozenset(
    "in at near outside throughout across inside through around the central downtown visit visited visits visiting tour "
    "toured touring left leave leaves leaving reach reached to of for from".split()
)


def _in_place(before: str) -> bool:
    """Tell whether the words before a name make it a place; the last one alone rules most out."""
    last = _LAST_WORD.search(before)
    return (
        last is not None and last[1].lower() in _WHERE and _PLACE_BEFORE.search(before) is not None
    )


_LAST_WORD = re.compile(r"(?<![A-Za-z])([A-Za-z]++)\s$")
_AFTER_CITY = re.compile(
    r"(?P<in>\b(?:[Ii]n|[Aa]t|near|outside|of|from|to)\s|^|\n)(?P<city>[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z-]+)?),\s$"
)


def known(folded: str) -> list[Mention]:
    """Find the names that are known beforehand."""
    names = lexicon()
    found: list[Mention] = []
    done = 0
    for m in _CAPITAL.finditer(folded):
        start = m.start()
        if start < done:
            continue
        word = m.group()
        options = names.get(word.lower() if word.isascii() and word.isalpha() else plain(word))
        if options is None:
            continue
        for key, name, exact in options:
            end = _matched(folded, m, key, exact)
            if end:
                done = end
                mention = _placed(folded, start, end, name)
                if mention is not None:
                    found.append(mention)
                break
    return found


_CAPITAL = re.compile(
    r"U\.S\.A\.|U\.S\.|U\.K\.|U\.N\.|E\.U\.|P\.R\.C\.|D\.C\.|350\.org|E&E"
    r"|(?<![^\W\d_])[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*"
)


def _matched(folded: str, m: re.Match[str], key: tuple[str, ...], exact: bool) -> int:
    """Return where a known name that starts at ``m`` ends, or 0 if the text goes on otherwise."""
    first = m.group()
    if exact and not first.replace(".", "").isupper():
        return 0
    end = m.end()
    for part in key[1:]:
        following = TOKEN.search(folded, end, end + 40)
        if following is None or plain(following.group()) != part:
            return 0
        gap = folded[end : following.start()]
        if len(gap) > 2 or gap.strip(" -'/.&"):
            return 0
        end = following.end()
    return end


def _place_or_name(folded: str, start: int, end: int, name: Name) -> str:
    """Tell whether a state's name or capital acts here (``name``) or is only where (``place``)."""
    word, after, before = (
        folded[start:end],
        folded[end : end + 60],
        folded[max(0, start - 40) : start],
    )
    capital = name.form == "capital"
    if _in_place(before) or (name.type == "state" and _in_city(before, name)):
        return "place"
    event_place = capital or name.name in _COUNTRIES_OF_COPS
    if event_place and name.code not in ("CHN", "USA", "EU27") and _EVENT_NOUN.match(after):
        return "place"
    if not capital:
        shout = word.isupper() and len(word) > 4
        return "place" if shout and re.match(r",?\s.{0,25}\(|,\s[A-Z][a-z]+", after) else "name"
    if word not in METONYMS or (word in _CITIES - {"New Delhi"} and not _ACTS_AFTER.match(after)):
        return "place"
    if word.isupper() or not re.match(r"'s\b|\s[a-z]|[,.]|-", after):
        return "place"
    if re.match(r",?\s\(|,\s(?:\d|[A-Z][a-z]+\s\d)", after) or _CITY_USE.match(after):
        return "place"
    return "name"


_CITY_USE = re.compile(
    r"\s(?:think tank|climate conference|conference|office|airport|suburb|bureau|metro|street|headquarters)"
)


def _placed(folded: str, start: int, end: int, name: Name) -> Mention | None:
    """Decide whether a name is an actor here, an adjective, or only a place."""
    form = name.form
    after = folded[end : end + 60]
    if name.type in ("state", "group") and form != "adjective":
        form = _place_or_name(folded, start, end, name)
    if after.startswith(" dollar") and re.match(r"\sdollars?\b", after):
        return None
    if form == "adjective" and (side := re.match(r"\sside\b", after)) is not None:
        form, end = "name", end + side.end()
    if name.name == "US Treasury" and re.match(r"\sSecretary\b", after):
        return None
    mention = Mention(start, end, name.name, name.type, name.code, name.affiliation, form=form)
    if name.type in ("official", "person"):
        mention.short = surnames(name.name, name.code)
    return mention


_ACTS_AFTER = re.compile(
    r"\s(?:has|had|have|will|would|could|says?|said|wants?|insists?|argues?|[a-z]{3,}ed|is\s[a-z]+ing)\b(?!\s(?:conference|talks|by))"
)


def _in_city(before: str, name: Name) -> bool:
    """Tell whether a state's name only says where a city lies ("in Davos, Switzerland")."""
    m = _AFTER_CITY.search(before)
    if m is None:
        return False
    for key, known, _ in lexicon().get(plain(m["city"].split()[0]), ()):
        if len(key) == len(m["city"].split()) and known.type in ("state", "group"):
            return known.form == "capital" and known.code == name.code
    where = next((c for c in conferences() if c.city.casefold() == m["city"].casefold()), None)
    return where is None or where.country == name.name
