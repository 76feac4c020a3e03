"""Words for offices and ways of serving: by them a person and what they are is recognised."""

from __future__ import annotations

import re

HEAD = (
    r"(?:vice[- ]president|president(?:-elect|-designate)?|vice[- ]premier|premier|prime minister"
    r"|ministers?|secretary[- ]general|secretary of state|secretary|envoy|negotiators?|ambassador"
    r"|spokes(?:person|man|woman)|commissioner|chancellor|chief executive|chief of staff|chief"
    r"|head|director[- ]general|director|co-chair|chair(?:man|woman|person)?|advis[eo]r|administrator"
    r"|senator|sen\.|representative|rep\.|governor|gov\.|mayor|top diplomat|diplomat|delegate"
    r"|coordinator|leader|top official|official|king|queen|(?:crown )?prince|pope|professor|scientist"
    r"|analyst|economist|researcher|campaigner|activist|founder|ceo|executive|lawmaker"
    r"|congress(?:man|woman)|mp|counterpart|speaker|reporter|correspondent|expert|fellow|lawyer"
    r"|manager|officer|veteran|strategist|climatologist|physicist|historian|author|czar|tsar|whip"
    r"|judge|general|admiral|archbishop|rapporteur)"
)
HEADS = re.compile(rf"\b{HEAD}\b", re.I)

_MODIFIER = frozenset(
    (
        "chief lead leading top senior deputy vice executive former special presidential "
        "climate environment environmental energy foreign finance trade economic economy "
        "state national security assistant acting outgoing incoming new then veteran key main "
        "head prime first policy affairs treasury defense defence interior transport "
        "agriculture forestry development press general under permanent regional global "
        "international party opposition democratic republican communist ruling science "
        "research campaign group coal oil industry business political government european "
        "action external and administration associate managing founding co longtime ex change "
        "negotiating official country delegation house senate long-time commerce water power "
        "petroleum mining planning education health labor labour justice ecology ecological "
        "transition marine fisheries green carbon market markets nuclear legal science "
        "oil-rich ministry department cabinet council commission presidential renowned "
        "prominent influential respected outspoken federal provincial"
    ).split()
)
_WORD = re.compile(r"[^\W\d_](?:[\w.&']|-(?=\w))*$")
_LINK = re.compile(
    r"(?P<head>" + HEAD + r")\s(?:for|of|on|to|at|in|from|in charge of|overseeing|with)\s"
    r"(?P<rest>[\w\s&'-]{2,60})$",
    re.I,
)


def role_before(text: str, end: int, floor: int = 0) -> tuple[int, str] | None:
    """Read the office that stands right before ``end`` ("US climate envoy " before a name).

    Parameters
    ----------
    text
        Folded text.
    end
        Where the name starts.
    floor
        Where the sentence starts: nothing before it is looked at.

    Returns
    -------
    tuple or None
        Start of the phrase (with nationality and possessive) and its words without a final comma.
    """
    left = max(floor, end - 110)
    window = text[left:end]
    trimmed = window.rstrip(" ,")
    if window != trimmed and window[len(trimmed) :].count(",") > 1:
        return None
    heads = list(HEADS.finditer(trimmed))
    if not heads:
        return None
    head = heads[-1]
    tail = trimmed[head.end() :]
    if tail:
        comma = window[len(trimmed) :].startswith(",")
        if not re.fullmatch(r"\s(?:for|of|on|to|at|in|from|overseeing)\s[\w\s&'.-]{2,60}", tail):
            return None
        if not comma and not re.fullmatch(r"\s(?:for|of|on)\s(?:the\s)?[\w\s&'-]{2,45}", tail):
            return None
        if re.search(r"\b(?:said|told|says|was|is|were|are|had|has|and|who|that|with|met)\b", tail):
            return None
    start = _grow(trimmed, head.start())
    words = trimmed[start:]
    if (
        head.group().lower() in ("general", "head", "chief", "state")
        and start == head.start()
        and not tail
    ):
        return None
    return left + start, words


def _grow(window: str, start: int) -> int:
    """Take in the modifiers, nationality and possessive before an office."""
    while True:
        before = window[:start].rstrip()
        if len(before) == start or before.endswith((",", ".", ";", ":", '"', ")", "(")):
            return start
        word = _WORD.search(before)
        if word is None:
            return start
        token = word.group()
        bare = token.lower()
        capital = token[0].isupper() and bare not in _FUNCTION
        hyphened = all(part in _MODIFIER for part in bare.split("-"))
        if not (bare in _MODIFIER or hyphened or capital or (bare.endswith("'s") and capital)):
            return start
        if bare == "and" and not re.search(
            r"\b(?:energy|environment|climate|economy|ecology|ecological|forestry|planning|development|science|security)$",
            before[: word.start()].rstrip(),
            re.I,
        ):
            return start
        start = word.start()


_FUNCTION = frozenset(
    (
        "the a an in on at but and or if as when while after before for under with by to its "
        "his her their our my it he she they we this that these those however yet so from of "
        "since until because although though meanwhile last next earlier later also both some "
        "many most all not no yesterday today monday tuesday wednesday thursday friday "
        "saturday sunday according what who which where there here then former"
    ).split()
)

_APPOSITION = re.compile(
    rf",\s(?P<role>(?:(?:the|a|an|its|his|her|their|our|whose)\s)?(?P<mods>(?:[\w'&.-]+\s){{0,7}}?)(?P<head>{HEAD})s?\b[^,;:.!?\"()]{{0,80}})"
    r"(?=,|\.(?:\s|$)|$|\n|;|\))",
    re.I,
)
_FINITE = re.compile(
    r"\b(?:said|says|told|is|are|was|were|has|have|had|will|would|met|and\s(?:the\s)?\w+\s(?:said|met))\b"
)


def role_after(text: str, start: int) -> tuple[int, str] | None:
    """Read an office in apposition behind a name (", the energy minister,").

    Returns
    -------
    tuple or None
        Where the apposition ends (before the closing comma) and its words.
    """
    m = _APPOSITION.match(text, start)
    if m is None or _FINITE.search(m["role"]):
        return None
    for word in m["mods"].split():
        bare = word.lower().removesuffix("'s")
        if not (
            word[0].isupper()
            or bare in _MODIFIER
            or bare in ("of", "for", "and", "the", "country", "government")
            or all(part in _MODIFIER for part in bare.split("-"))
        ):
            return None
    return m.end(), re.sub(r"^(?:the|a|an)\s", "", m["role"].strip())
