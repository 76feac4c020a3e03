"""Who holds which office: offices of named people, "the minister", "Tuvalu's negotiator"."""

from __future__ import annotations

import re

from accord.record import office
from accord.record.gazetteer import (
    office_on,
    party_name,
)
from accord.record.mention import Mention, Taken
from accord.record.person import TITLE
from accord.record.sentence import Sentence

_OWNED = re.compile(
    r"'s\s(?:[a-z-]+\s){0,3}?(?P<head>(?:foreign |prime |environment |climate |energy |lead |chief )*(?:minister|negotiator|envoy|delegate|delegation|ambassador|spokes(?:person|man|woman)|president|premier|government|diplomats?|representative|official|leader))\b(?!\s[A-Z]|,\s[A-Z]|\s(?:of|for|in)\s)"
)

_HEADED = re.compile(
    r"\s(?:[a-z-]+\s){0,2}?(?P<head>president|negotiator|envoy|delegate|ambassador|government|administration|prime minister|secretary of state)\b(?!\s[A-Z]|,\s[A-Z]|\s(?:of|for|in)\s)"
)


def unnamed(folded: str, found: list[Mention], taken: Taken) -> None:
    """Find "Tuvalu's negotiator": an office without a name speaks for its state, unless it was named."""
    for state in [f for f in found if f.type in ("state", "group") and f.form in ("name", "place")]:
        m = _OWNED.match(folded, state.end)
        if m is None and state.name in ("United States", "European Union", "United Kingdom"):
            m = _HEADED.match(folded, state.end)
        if m is None or not taken.free(state.end, m.end()):
            continue
        head = m["head"].split()[-1]
        named = next(
            (
                f
                for f in found
                if f.type == "official"
                and f.form == "name"
                and f.code == state.code
                and f.end < state.start
                and (head in f.role.lower() or (state.start - f.end < 400 and not f.role))
            ),
            None,
        )
        state.form = "adjective"
        if named is not None and head not in ("government", "delegation"):
            found.append(
                Mention(
                    state.start,
                    m.end(),
                    named.name,
                    named.type,
                    named.code,
                    named.affiliation,
                    form="title",
                )
            )
            named.role = named.role or m["head"]
        else:
            found.append(
                Mention(
                    state.start,
                    state.end,
                    state.name,
                    state.type,
                    state.code,
                    left=state.start,
                    right=m.end(),
                )
            )
        taken.add(state.start, m.end())


_TITLE_ALONE = re.compile(
    r"\b[Tt]he (?P<mods>(?:(?:[A-Z][\w-]+|foreign|prime|environment|climate|energy|deputy|lead|chief|US|Chinese|Indian|executive)\s){0,3}?)"
    r"(?P<head>[Mm]inister|[Pp]resident|[Pp]remier|[Cc]hancellor|[Ss]ecretary|[Ee]nvoy|[Cc]ommissioner|[Aa]mbassador|"
    r"[Ss]pokes(?:person|man|woman)|[Vv]ice-[Pp]resident|[Vv]ice-[Pp]remier|[Nn]egotiator|[Ss]enator|[Aa]dministrator|[Cc]hair(?:man|woman)?|"
    r"[Pp]rofessor|[Dd]irector|[Gg]overnor|[Dd]iplomat|[Dd]elegate)\b(?!\s(?:of|for|[A-Z])|'s|,\s[A-Z])"
)


_BODY_ALONE = re.compile(
    r"\b[Tt]he (?P<head>(?:foreign |environment |energy |state )?(?:ministry|department|agency|commission|embassy|institute|think tank|charity))\b(?!\s(?:of|for|[A-Z])|'s)"
)


def bodies_alone(folded: str, found: list[Mention], taken: Taken) -> None:
    """Find "the ministry": the body of that kind named last before it, else one without a name."""
    for m in _BODY_ALONE.finditer(folded):
        if not taken.free(m.start("head"), m.end("head")):
            continue
        head = m["head"].split()[-1]
        earlier = [
            f
            for f in found
            if f.type in ("organisation", "ngo", "body")
            and f.start < m.start()
            and head in f.name.casefold()
        ]
        who = max(earlier, key=lambda f: f.start, default=None)
        if who is not None:
            found.append(
                Mention(
                    m.start(), m.end(), who.name, who.type, who.code, who.affiliation, form="title"
                )
            )
        else:
            found.append(Mention(m.start(), m.end(), m["head"], "organisation", form="title"))
        taken.add(m.start(), m.end())


def titles(folded: str, found: list[Mention], taken: Taken) -> None:
    """Find "the minister": whoever of that office was named last before it."""
    for m in _TITLE_ALONE.finditer(folded):
        if not taken.free(m.start("head"), m.end("head")):
            continue
        head = m["head"].lower()
        mods = [
            w.lower()
            for w in m["mods"].split()
            if w.lower() not in ("executive", "us", "chinese", "indian")
        ]
        earlier = [f for f in found if f.type == "official" and f.start < m.start() and head in f.role.lower() and f.form == "name"
                   and all(w in f.role.lower() for w in mods)]  # fmt: skip
        if not earlier and not mods:
            # "The Secretary" of a text that says "Secretary Kerry" somewhere.
            lead = f"{head} "
            styled = {
                f.name
                for f in found
                if f.type == "official"
                and folded[max(0, f.start - len(lead)) : f.start].lower() == lead
            }
            earlier = [f for f in found if f.name in styled and f.start < m.start()]
        if not earlier:
            if "deputy" in mods or "prime" in mods or head.startswith("spokes"):
                host = next(
                    (
                        f
                        for f in sorted(found, key=lambda f: -f.start)
                        if f.end <= m.start() and f.code
                    ),
                    None,
                )
                found.append(
                    Mention(
                        m.start(),
                        m.end(),
                        m.group()[4:],
                        "official",
                        host.code if host else "",
                        host.affiliation or host.name if host else "",
                        form="common",
                    )
                )
                taken.add(m.start(), m.end())
            continue
        who = earlier[-1]
        found.append(
            Mention(m.start(), m.end(), who.name, who.type, who.code, who.affiliation, form="title")
        )
        taken.add(m.start(), m.end())


def offices(folded: str, sentences: list[Sentence], found: list[Mention], day: str | None) -> None:
    """Give people their office, affiliation and full phrase."""
    starts = [s.start for s in sentences]
    at = 0
    last_side: Mention | None = None
    for mention in found:
        while at + 1 < len(starts) and starts[at + 1] <= mention.start:
            at += 1
        floor = starts[at] if starts else 0
        if mention.type not in ("official", "person"):
            if (
                mention.acts
                and mention.type in ("state", "group", "organisation", "ngo")
                and mention.form == "name"
            ):
                last_side = mention
            continue
        if mention.form == "common":
            continue
        if (
            mention.type == "official"
            and (held := office_on(mention.name, day)) is not None
            and held.held(day)
        ):
            mention.affiliation = party_name(held.affiliation)
            mention.code = held.affiliation if held.affiliation in _party_codes() else mention.code
        _one_office(folded, floor, mention, found, last_side)


_OF_BODY = re.compile(r",?\s(?:of|from|at|with)\s(?:the\s)?(?:[a-z]+\s){0,3}")


def _one_office(
    folded: str,
    floor: int,
    mention: Mention,
    found: list[Mention],
    last: Mention | None,
) -> None:
    before = office.role_before(folded, mention.start, floor)
    titled = TITLE.search(folded[max(0, mention.start - 8) : mention.start])
    role = ""
    if before is not None:
        mention.left, role = before
    elif titled:
        mention.left = mention.start - (
            8 - titled.start() if mention.start >= 8 else mention.start - titled.start()
        )
        mention.left = mention.start - len(titled.group())
    elif (
        owner := next(
            (
                f
                for f in found
                if f.type in ("state", "group")
                and f.end + 3 == mention.start
                and folded[f.end : mention.start] == "'s "
            ),
            None,
        )
    ) is not None:
        mention.left = owner.start
        mention.code, mention.affiliation = (
            mention.code or owner.code,
            mention.affiliation or owner.name,
        )
        if mention.type == "person":
            mention.type = "official"
    body_after = next(
        (
            f
            for f in found
            if f.type in ("organisation", "ngo", "body", "media")
            and f.start > mention.end
            and f.start - mention.end < 80
            and _OF_BODY.fullmatch(folded, mention.end, f.start)
        ),
        None,
    )
    if body_after is not None:
        mention.right = body_after.end
        mention.affiliation = body_after.name
    after = office.role_after(folded, mention.end)
    if after is not None and body_after is None:
        mention.right = after[0]
        role = f"{role}; {after[1]}" if role else after[1]
    if not role:
        return
    span = (mention.left, mention.right)
    inner = [f for f in found if f is not mention and f.start >= span[0] and f.end <= span[1]]
    body = next(
        (f for f in reversed(inner) if f.type in ("organisation", "body", "ngo", "media")), None
    )
    state = next(
        (
            f
            for f in inner
            if f.type in ("state", "group") and (f.form != "place" or f.start < mention.start)
        ),
        None,
    )
    known = mention.affiliation
    mention.role = _clean_role(role)
    if mention.role.split()[-1:] == ["counterpart"]:
        mention.role = ""
    if mention.type == "person" and _OFFICIAL_ROLE.search(role):
        mention.type = "official"
    if body is not None:
        mention.affiliation = body.name
        mention.code = mention.code or body.code
    elif state is not None and state.form != "place":
        mention.affiliation = state.name
        mention.code = state.code
    elif not known:
        possessive = re.search(
            r"\b([Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Tt]he country's)\s$",
            folded[max(0, mention.left - 15) : mention.left],
        )
        if last is not None and (possessive or mention.type == "official"):
            whole = party_name(last.code) if last.code and last.type == "group" else last.name
            mention.affiliation = last.affiliation if last.type == "official" else whole
            mention.code = last.code


def _party_codes() -> set[str]:
    from accord.parties import PARTIES

    return set(PARTIES)


_OFFICIAL_ROLE = re.compile(
    r"\b(?:president|premier|minister|secretary|envoy|negotiator|ambassador|spokes\w+|commissioner|chancellor|administrator|senator|"
    r"representative|governor|mayor|diplomat|delegate|official|king|queen|prince|lawmaker|congress\w+|adviser|advisor|whip|speaker|mp)\b",
    re.I,
)


def _clean_role(role: str) -> str:
    role = re.sub(r"\s+", " ", role).strip(" ,")
    return re.sub(r"^(?:the|a|an|its|his|her|their)\s", "", role)
