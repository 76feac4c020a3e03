"""Groups and people named by what they are: "developing countries", "senior Chinese officials"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.record.body import nation_before
from accord.record.gazetteer import (
    METONYMS,
    party_name,
)
from accord.record.mention import Mention, Taken

_COUNTRY_GROUP = re.compile(
    r"\b(?P<mods>(?:(?:all|most|many|other|large|major|big|bigger|rich|richer|richest|wealthy|wealthier|poor|poorer|poorest|small|smaller|"
    r"vulnerable|low-lying|industriali[sz]ed|industrial|advanced|developed|developing|emerging|least|island|donor|"
    r"high-income|low-income|middle-income|western|African|Asian|Latin American|Arab|Pacific|Caribbean|European|"
    r"northeast|southeast|Northeast|Southeast|north|south|east|west|central|Amazon|oil-producing|oil|rainforest|forest|"
    r"climate-vulnerable|coal-producing|coal-dependent|Asia|Nordic|Baltic|Gulf|nuclear|Annex I|non-Annex I|G7|G20|BASIC|OPEC|member)"
    r"(?:,\s(?=\w+\s\w+)|\s))+)"
    r"(?P<head>countries|nations|economies|states|world|parties|emitters|polluters|powers|islands|governments)\b",
    re.I,
)

_GROUP_HEAD = re.compile(
    r"\b(?:countries|nations|economies|states|world|parties|emitters|polluters|powers|islands|governments)\b",
    re.I,
)

OFFICIALS = (
    r"officials|ministers|delegates|negotiators|diplomats|lawmakers|leaders|counterparts|envoys|senators|"
    r"representatives|authorities|delegations?|legislators|regulators|bureaucrats|policymakers|policy makers|officers|commissioners"
)

PEOPLE = (
    r"activists|campaigners|environmentalists|scientists|analysts|experts|observers|NGOs|critics|opponents|"
    r"voters|farmers|protesters|advocates|executives|investors|researchers|economists|groups|supporters|"
    r"sceptics|skeptics|industries|businesses|companies|unions|citizens|students|academics|conservationists|"
    r"non-governmental organi[sz]ations|organi[sz]ations|charities|commentators|think tanks|media|youth|"
    r"Republicans|Democrats|conservatives|liberals|indigenous leaders|sources|people|manufacturers|utilities"
)

_COMMON = re.compile(
    rf"\b(?P<mods>(?:(?:senior|top|some|most|many|several|other|environmental|green|climate|government|local|"
    rf"state|environment|finance|foreign|prime|trade|US|U\.S\.|EU|UN|civil society|youth|domestic|political|business|industry|congressional|Congressional|"
    rf"western|European|developing-country|developing country|indigenous|Indigenous|aid|development|leading|two|three|"
    rf"both|independent|campaign|advocacy|conservation|lobby|trade|energy|foreign|conservative|human rights|street|"
    rf"[A-Z][a-z]+(?:an|ese|ish|ian|ch|i)|[A-Z][a-z]+'s)\s)*)(?P<head>(?i:{OFFICIALS}|{PEOPLE}))\b"
)

_SINGLE_PERSON = re.compile(
    r"\b(?P<det>[Aa]n?|[Oo]ne|[Aa]nother|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s(?P<mods>(?:[A-Za-z.'-]+\s){0,3}?)(?P<head>official|spokes(?:person|man|woman)|diplomat|"
    r"delegate|negotiator|source|adviser|aide|expert|scientist|campaigner|activist|person familiar with the \w+|minister|envoy|"
    r"analyst|lawmaker|senator|resolution|statement|communiqu[eé]|readout|editorial|commentary|report|study|letter|memo)\b"
    r"(?P<tail>\s(?:for|from|of|at|with)\s(?:the\s)?(?:[A-Z][\w&'.-]*)(?:\s(?:of\s|for\s|and\s|the\s)*[A-Z][\w&'.-]*){0,5})?"
)


def groups(folded: str, found: list[Mention], taken: Taken) -> None:
    """Find groups of countries."""
    for at in _GROUP_HEAD.finditer(folded):
        m = _COUNTRY_GROUP.search(folded, max(0, at.start() - 70), at.end())
        while m is not None and m.end() != at.end():
            m = _COUNTRY_GROUP.search(folded, m.end(), at.end())
        if m is None:
            continue
        start, head = m.start(), m["head"].lower()
        mods = m["mods"].lower()
        words = re.sub(r"^(?:all|most|many|other|the)\s", "", folded[start : m.end()])
        if head == "world" and not re.search(
            r"develop|industr|rich|poor|emerging|wealth|arab", mods
        ):
            continue
        if head in ("powers", "parties", "states", "governments", "islands") and mods.strip() in (
            "most",
            "many",
            "other",
            "major",
            "big",
        ):
            continue
        if not re.search(r"\w", mods) or (
            mods.strip() in ("other", "many", "most", "european")
            and head in ("countries", "nations", "states")
        ):
            continue
        inner = [
            f for f in found if f.start >= start and f.end <= m.end() and f.form != "adjective"
        ]
        if not inner and not taken.free(start, m.end()):
            continue
        if inner and inner[0].code not in ("ANNEX_I", "NON_ANNEX_I", "G7", "G20", "BASIC", "OPEC"):
            continue
        for f in inner:
            found.remove(f)
        found[:] = [f for f in found if not (f.start >= start and f.end <= m.end())]
        name = words
        if re.search(r"\ball\b", mods):
            name = folded[start : m.end()]
        found.append(Mention(start, m.end(), name, "group"))
        taken.add(start, m.end())
    for m in re.finditer(
        r"\b(?:all|each|every) (?:countries|nations|parties|Parties|sides)\b|\bthe (?:international community|rest of the world)\b",
        folded,
    ):
        if taken.free(m.start(), m.end()):
            found.append(Mention(m.start(), m.end(), m.group(), "group", form="common"))
            taken.add(m.start(), m.end())


_PAIRED = frozenset(
    {"ministers", "leaders", "delegations", "counterparts", "envoys", "negotiators"}
)


_HEAD_WORDS = frozenset(
    (
        "officials ministers delegates negotiators diplomats lawmakers leaders counterparts envoys senators representatives "
        "authorities delegation delegations legislators regulators bureaucrats policymakers makers officers commissioners "
        "activists campaigners environmentalists scientists analysts experts observers ngos critics opponents voters farmers "
        "protesters advocates executives investors researchers economists groups supporters sceptics skeptics industries "
        "businesses companies unions citizens students academics conservationists organisations organizations charities "
        "commentators tanks media youth republicans democrats conservatives liberals sources people manufacturers utilities"
    ).split()
)
#: A word that may be one of them, by its last letter.
_HEAD_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]++(?<=[sahenSAHEN])")
_NOT_IN_PHRASE = re.compile(r"[^A-Za-z\s.'-]")


def _near(pattern: re.Pattern[str], folded: str, words: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Iterate over the matches of a pattern that ends in a head word, looked for only around those."""
    done = 0
    for head in words.finditer(folded):
        if head.start() < done or head.group().lower() not in _HEAD_WORDS:
            continue
        left = max(done, head.start() - 160)
        for stop in _NOT_IN_PHRASE.finditer(folded, left, head.start()):
            left = stop.end()
        for m in pattern.finditer(folded, left, head.end() + 1):
            done = m.end()
            yield m


def commons(folded: str, found: list[Mention], taken: Taken) -> None:
    """Find people named by what they are: "senior Chinese officials", "campaigners"."""
    for m in _near(_COMMON, folded, _HEAD_WORD):
        if not taken.free(m.start("head"), m.end("head")):
            continue
        start = m.start()
        mods = m["mods"]
        if re.match(r"(?:some|most|many|several|other|both|two|three)\s", mods, re.I) and m[
            "head"
        ] not in ("NGOs",):
            lead = re.match(r"(?:(?:some|most|many|several|other|both|two|three)\s)+", mods, re.I)
            start += lead.end() if lead else 0
        inner = [f for f in found if f.start >= start and f.end <= m.start("head")]
        nation = inner[-1] if inner else nation_before(folded, start, found)
        if nation is not None and not inner:
            if (
                folded[nation.end : start] != " "
                or nation.form == "place"
                or nation.type not in ("state", "group")
            ):
                nation = None
            else:
                start = nation.start
                inner = [nation]
        named = nation is not None and nation.type in ("official", "person")
        if named and nation is not None and not re.match(r"'s\s", folded[nation.end :]):
            continue
        for f in inner:
            found.remove(f)
        officials = re.fullmatch(OFFICIALS, m["head"], re.I) is not None
        if m["head"] == "sources" and not re.search(
            r"senior|government|official|EU|diplomatic|several", mods
        ):
            found.extend(inner)
            continue
        if (
            officials
            and not inner
            and m["head"] in _PAIRED
            and re.search(r"\b(?:[Tt]he two|[Bb]oth)\s$", folded[max(0, start - 8) : start])
        ) or (re.match(r"(?:two|both)\s", mods) and m["head"] in _PAIRED and not inner):
            continue
        if (
            officials
            and nation is None
            and (at := re.match(r"\sin\s", folded[m.end() :])) is not None
        ):
            nation = next(
                (
                    f
                    for f in found
                    if f.start == m.end() + at.end()
                    and f.type in ("state", "group")
                    and folded[f.start : f.end] in METONYMS
                ),
                None,
            )
        code = nation.code if nation else ""
        name = folded[start : m.end()]
        found.append(Mention(start, m.end(), name, "officials" if officials else "group", code,
                             party_name(code) if code else "", form="common"))  # fmt: skip
        taken.add(start, m.end())
    for m in _SINGLE_PERSON.finditer(folded):
        if not taken.free(m.start("head"), m.end("head")):
            continue
        owned = (
            m["det"].lower() in ("its", "their", "his", "her")
            and re.match(
                r"(?:official|spokes|diplomat|delegate|negotiator|envoy|minister|adviser|aide)",
                m["head"],
            )
            is not None
        )
        if (
            m["det"].lower() in ("the", "its", "his", "her", "their")
            and not m["tail"]
            and not owned
            and not re.match(
                r"person|statement|resolution|communiqu|readout|editorial|commentary|report|study|letter|memo",
                m["head"],
            )
        ):
            continue
        inner = [f for f in found if f.start >= m.start() and f.end <= m.end()]
        host = inner[-1] if inner else None
        code = host.code if host else ""
        name = re.sub(
            r"^(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s", "", m.group()
        )
        if host is not None and host.type in ("official", "person"):
            continue
        if owned and host is None:
            host = next(
                (
                    f
                    for f in sorted(found, key=lambda f: -f.start)
                    if f.end <= m.start()
                    and f.type
                    in (
                        ("state", "group", "organisation")
                        if m["det"].lower() in ("its", "their")
                        else ("official",)
                    )
                    and f.form == "name"
                ),
                None,
            )
            code = host.code if host else ""
        paper = re.match(
            r"statement|resolution|communiqu|readout|editorial|commentary|report|study|letter|memo",
            m["head"],
        )
        found.append(Mention(m.start(), m.end(), name, "document" if paper else "official", code,
                             host.name if host else "", form="common"))  # fmt: skip
        if not paper:
            taken.add(m.start("head"), m.end("head"))
