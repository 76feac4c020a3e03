"""Bodies: governments, ministries, parliaments, institutes and outlets named in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.record.gazetteer import (
    party_name,
)
from accord.record.mention import Mention, Taken
from accord.record.person import NOT_NAMES

ORG_HEAD = (
    r"(?:Ministry|Department|Agency|Institute|Council|Commission|Bank|Fund|University|Foundation|Association|"
    r"Federation|Alliance|Coalition|Party|Parliament|Congress|Senate|House|Committee|Secretariat|Organisation|"
    r"Organization|Network|Centre|Center|Office|Authority|Board|Court|Bureau|Academy|Chamber|Corporation|Union|"
    r"Company|Monitor|Tracker|Project|Initiative|Watch|Movement|Action|International|Forum|Society|Trust|Observatory|Delegation|Embassy|Cabinet|Assembly|Group|Laboratory|College|School|"
    r"News|Times|Post|Journal|Wire|Press|Herald|Tribune|Gazette|Courier|Daily|Television|Radio|Media|Agency|Conference)"
)

_ORG = re.compile(
    rf"\b(?:(?:[A-Z][\w'&-]*|of|for|and|on|the|de|in)\s)*?(?:[A-Z][\w&-]*(?:'s)?\s){{1,5}}{ORG_HEAD}s?\b"
    r"(?:\s(?:of|for|on)\s(?:the\s)?(?:[A-Z][\w&-]+)(?:(?:\s|,\s|\sand\s|\sof\s|\sfor\s|\sand the\s)[A-Z][\w&-]+){0,5})?"
    rf"|\b{ORG_HEAD}\s(?:of|for|on)\s(?:the\s)?(?:[A-Z][\w&-]+)(?:(?:\s|,\s|\sand\s|\sof\s|\sfor\s)[A-Z][\w&-]+){{0,5}}"
)

_MINISTRY = re.compile(
    r"\b(?P<what>(?:[Ff]oreign|[Ee]nvironment|[Ee]nergy|[Ff]inance|[Cc]ommerce|[Tt]rade|[Cc]limate|[Ee]conomy|[Oo]il|"
    r"[Ii]nterior|[Dd]efen[cs]e|[Ss]tate|[Tt]reasury|[Aa]griculture|[Ff]orestry|[Pp]lanning)\s"
    r"(?:[Mm]inistry|[Dd]epartment))\b"
)

_ADMINISTRATION = re.compile(
    r"\b(?:[Tt]he\s)?(?P<who>(?:US|U\.S\.|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?))\s(?:administration|government|White House)\b"
)

_GOVERNMENT = re.compile(r"\b[Tt]he (?P<what>administration)\b")


def administrations(folded: str, found: list[Mention], taken: Taken) -> None:
    """Find administrations and governments."""
    for m in _ADMINISTRATION.finditer(folded):
        start = m.start("who")
        who = m["who"]
        person = next((f for f in found if f.start == start), None)
        code = person.code if person else ""
        if m.group().endswith("administration"):
            code = code or "USA"
            name = f"{who} administration"
        elif person is not None and person.type in ("state", "group"):
            name = folded[start : m.end()]
        else:
            continue
        found[:] = [f for f in found if not (f.start >= start and f.end <= m.end())]
        found.append(Mention(start, m.end(), name, "organisation", code, party_name(code)))
        taken.add(start, m.end())
    for m in _GOVERNMENT.finditer(folded):
        if taken.free(m.start("what"), m.end()) and any(f.code == "USA" for f in found):
            found.append(
                Mention(
                    m.start(), m.end(), "US administration", "organisation", "USA", "United States"
                )
            )
            taken.add(m.start(), m.end())


_HEAD_WORD = re.compile(rf"{ORG_HEAD}s?(?!\w)")
_NOT_IN_NAME = re.compile(r"[^\w'&\s-]")


def _named_by_head(folded: str) -> Iterator[re.Match[str]]:
    """Iterate over the matches of the pattern for bodies, looked for only around their head words."""
    done = 0
    for head in _HEAD_WORD.finditer(folded):
        if head.start() < done:
            continue
        left = max(done, head.start() - 200)
        for stop in _NOT_IN_NAME.finditer(folded, left, head.start()):
            left = stop.end()
        near = _ORG.search(folded, left, head.end() + 1)
        m = _ORG.match(folded, near.start() if near else head.start())
        if m:
            done = m.end()
            yield m


def organisations(folded: str, found: list[Mention], taken: Taken) -> None:
    """Find ministries, parliaments, institutes and outlets by their head word."""
    for m in _MINISTRY.finditer(folded):
        if taken.free(m.start(), m.end()):
            nation = nation_before(folded, m.start(), found)
            start = nation.start if nation and nation.form == "adjective" else m.start()
            name = f"{folded[start : m.start()]}{m['what']}" if start < m.start() else m["what"]
            code = nation.code if nation else ""
            left = nation.start if nation else m.start()
            found.append(
                Mention(
                    start,
                    m.end(),
                    name,
                    "organisation",
                    code,
                    party_name(code) if code else "",
                    left=left,
                )
            )
            if nation is not None and nation.form == "adjective":
                found.remove(nation)
            taken.add(m.start(), m.end())
    for m in _named_by_head(folded):
        start, end = m.start(), m.end()
        words = folded[start:end]
        trimmed = re.sub(
            r"^(?:(?:The|A|An|In|On|At|But|And|For|By|Of|If|When|While|As|of|for|and|on|the|in|de|With|From|To|According to|After|Before|Since|Under|Meanwhile|Last|This)\s)+",
            "",
            words,
        )
        start += len(words) - len(trimmed)
        if "\n" in trimmed or not taken.free(start, end):
            inner = next(
                (f for f in found if f.start >= start and f.end <= end and f.form != "adjective"),
                None,
            )
            if (
                "\n" in trimmed
                or inner is None
                or inner.type in ("organisation", "ngo", "body", "media", "official", "person")
                or inner.end == end
            ):
                continue
            if folded[inner.end : inner.end + 2] == "'s" or inner.start != start:
                continue
            found.remove(inner)
        head = re.search(rf"{ORG_HEAD}s?$|^{ORG_HEAD}", trimmed)
        tokens = trimmed.split()
        if len(tokens) < 2 or (
            head
            and head.group() in ("Conference", "Congress", "Agreement")
            and "Climate" in trimmed
        ):
            continue
        if all(
            t in NOT_NAMES or t in ("of", "for", "and", "on", "the") for t in tokens[:-1]
        ) and tokens[-1] in ("Conference", "Group", "Office", "Press", "Wire", "Daily", "Post"):
            continue
        if re.search(r"\bConferences?\b|\bForum\b", trimmed):
            continue
        press = re.search(
            r"(?:News|Times|Post|Journal|Wire|Press|Herald|Tribune|Gazette|Courier|Daily|Television|Radio|Media)$",
            trimmed,
        )
        adjective = next((f for f in found if f.start == start and f.form == "adjective"), None)
        name = re.sub(r"^(?:[A-Z]\w+'s\s)", "", trimmed)
        if re.match(r"COP ?\d", trimmed) or (
            re.search(r"\b(?:at|in|from|outside|inside) the $", folded[max(0, start - 12) : start])
            and re.search(r"(?:Center|Centre|House|Court)$", trimmed)
        ):
            continue
        nation = adjective or nation_before(folded, start, found)
        if (
            nation is not None
            and nation is adjective
            and not re.search(
                r"Ministry|Department|Agency|Parliament|Congress|Senate|Council|Commission|Embassy|Cabinet|Assembly|Delegation|Party|Academy",
                trimmed,
            )
        ):
            nation = None
        code = nation.code if nation else ""
        found.append(
            Mention(
                start,
                end,
                name,
                "media" if press else "organisation",
                code,
                party_name(code) if code else "",
            )
        )
        taken.add(start, end)
    if re.search(r"\bthe House\b", folded) and any(f.code == "USA" for f in found):
        for m in re.finditer(r"\b[Tt]he (House|Senate)\b(?! of)", folded):
            if taken.free(m.start(1), m.end(1)):
                name = "US House of Representatives" if m[1] == "House" else "US Senate"
                found.append(
                    Mention(
                        m.start(1),
                        m.end(1),
                        name,
                        "organisation",
                        "USA",
                        "United States",
                        left=m.start(),
                    )
                )
                taken.add(m.start(), m.end())
    elif (m0 := re.search(r"\b[Tt]he Senate\b", folded)) is not None and taken.free(
        m0.start(), m0.end()
    ):
        code = "USA" if any(f.code == "USA" for f in found) else ""
        found.append(
            Mention(
                m0.start() + 4,
                m0.end(),
                "US Senate" if code else "Senate",
                "organisation",
                code,
                party_name(code) if code else "",
            )
        )
        taken.add(m0.start(), m0.end())


def nation_before(folded: str, at: int, found: list[Mention]) -> Mention | None:
    """Return the state named right before a position, as adjective or owner."""
    for f in found:
        if (
            f.type in ("state", "group")
            and f.end <= at <= f.end + 3
            and folded[f.end : at] in (" ", "'s ", "' ")
        ):
            return f
    return None
