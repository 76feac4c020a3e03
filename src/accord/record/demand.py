"""Demands: who asks what of whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from accord.record.clause import Voiced, clause_end, trimmed
from accord.record.mention import Mention
from accord.record.rule import Rule
from accord.record.scene import SUBJECT, SUCH, WHO, Scene
from accord.record.verbs import either, forms

_OBJECT = rf"(?P<of>(?:(?:all|other|both|the|its|his|her|their|our|every|fellow)\s)*(?:{WHO}++(?:(?:,\s(?:the\s)?{WHO}++)*,?\sand\s(?:the\s|other\s)?{WHO}++)?|them|him|her|it|us|us all|(?:[a-z-]+\s){{0,2}}(?:countries|nations|powers|governments|neighbou?rs?|parties|leaders|sides|world|everyone|others|ministers|delegates|peers|partners|colleagues|counterparts?|members|industry|states)))"
_GAP = r"(?:,?\s(?!said\b|says\b|that\b|told\b|which\b|noted\b)[\w'-]+){0,6}?,?"

#: Verbs that ask somebody to do something: verb, strength.
_ASK: dict[str, str] = {
    **dict.fromkeys(
        [*forms("urge implore exhort beseech entreat"), "beg", "begs", "begged"], "urge"
    ),
    **dict.fromkeys(
        [
            f"{v} pressure on"
            for v in ("put", "puts", "putting", "piling", "piled", "heaped", "keeping", "kept")
        ],
        "press",
    ),
    **dict.fromkeys(forms("press push pressure challenge lobby pressurise lean_on"), "press"),
    **dict.fromkeys(forms("ask request invite encourage") + ["would like", "'d like"], "request"),
    **dict.fromkeys(forms("call_on call_upon appeal_to"), "call"),
    **dict.fromkeys(forms("want expect require order instruct warn tell") + ["told"], "demand"),
}
_ASK_TO = Rule(
    [*_ASK, "d"],
    rf"(?:(?P<who>{SUBJECT}){_GAP}\s)?\b(?P<verb>{either(list(_ASK))})\s{_OBJECT}(?:\s(?:on|last|this|earlier)\s\w+(?:\s\w+)?|\s(?:at|during|in)\s(?:the|this|their|a|an|his|its)\s[^.,;]{{3,50}}?|\s(?:only|instead|publicly|again|today))?\s(?P<what>(?:not\s)?to\s(?!date\b|the\b)\"?[a-z]|for\s(?=[a-z])|over\s|into\s[a-z]+ing\b)",
)
#: Verbs that demand a thing.
_DEMAND_NP = {
    **dict.fromkeys([w for w in forms("demand insist_on") if w], "demand"),
    **dict.fromkeys(
        [
            f"{v} {a} for"
            for v in ("call", "calls", "called", "calling")
            for a in ("instead", "again", "also", "repeatedly")
        ],
        "call",
    ),
    **dict.fromkeys(
        forms("call_for press_for push_for appeal_for lobby_for campaign_for argue_for")
        + ["sought assurances", "seeking assurances"],
        "call",
    ),
    **dict.fromkeys(forms("ask_for request"), "request"),
    **dict.fromkeys(
        [
            "want",
            "wants",
            "wanted",
            "would like",
            "'d like",
            "'d also like",
            "would also like",
            "also like",
        ],
        "want",
    ),
}
_DEMAND = Rule(
    [*_DEMAND_NP, "d"],
    rf"(?:(?P<who>{SUBJECT})(?:'d)?{_GAP}|,|\b(?:and|but|also))\s(?P<verb>{either(list(_DEMAND_NP))})\s(?P<what>(?!that\b|to\b|nothing\b){WHO}?[^\s.,;])",
)
_LOOKING = Rule(
    "looking hoping trying seeking seek seeks sought",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>(?:is|are|was|were)\s(?:looking|hoping|trying|seeking)\sto\s(?:gain|get|win|extract|secure|obtain|wring)|seek(?:s|ing)?|sought)\s(?P<what>(?:(?:further|more|new|major|firm|legally binding|additional|clear|written)\s)*(?:concessions|guarantees|money|compensation|commitments|assurances|changes|exemptions|cuts|finance|funding|reparations|aid|an?\s(?:\w+\s)?(?:deal|treaty|pact|agreement|target|goal|commitment))\b)",
)
_WISH = Rule(
    "want wants wanted prefer prefers preferred like",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>wants?|wanted|prefers?|preferred|would\slike)\s(?!to\b)(?:[a-z-]+\s){{1,4}}?(?:only\s)?to\s(?:be\s)?[a-z]",
)
_THAT = Rule(
    forms("demand insist urge request ask recommend propose argue"),
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>{either(forms('demand insist urge request ask recommend propose argue'))})\sthat\s(?P<what>(?:the\s)?(?P<of>{WHO}++|[A-Z]\w+(?:\s[A-Z]\w+){{0,2}}|parties|countries|states|nations|governments)(?:(?:,\s|\sand\s)(?:the\s|other\s)?{WHO}++)*\s(?!(?:is|are|was|were|has|had|have|will|would|could|can|may|might|did|does)\b)[a-z]+)",
)
_MODAL = Rule(
    "should must need needs has have had ought",
    rf"(?P<what>(?:(?:[Tt]he|[Aa]ll|[Bb]oth|[Oo]ther)\s)*(?P<of>{WHO}++{SUCH}*(?:(?:,\s(?:the\s)?{WHO}++)*,?\sand\s(?:the\s|other\s)?{WHO}++)?|[Tt]he world|[Tt]hose (?:who|that|with)\s[^.,;]{{3,50}}?)\s(?:also\s|now\s|therefore\s|too\s)?\"?(?P<modal>should|must|needs?\sto|ha(?:s|ve|d)\s(?:got\s)?to|ought\sto)\s(?!have been\b)(?:\"?[a-z]|not\b))",
)
_IMPERSONAL = Rule(
    "must need needs has have",
    r"(?P<what>(?<![\w])(?P<subject>(?:[A-Za-z][\w'-]*\s){1,6}?)(?P<modal>must|needs?\sto|ha(?:s|ve)\sto)\s(?:(?:also|now|always|first)\s)?(?:not\s)?(?:be\s(?!\w+\sby\s)[a-z]+|(?!have\b|be\b|say\b|seem\b)[a-z]{3,})\b)",
)
_SUBJUNCTIVE = Rule(
    forms("demand insist urge request ask recommend propose"),
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>{either([w for w in forms('demand insist urge request ask recommend propose') if not w.endswith('ing')])})\sthat\s(?:(?:the|any|all|its|their|no|both|every|each)\s(?:[a-z-]+\s){{1,4}}?|(?:the\s)?{WHO}++\s)(?:not\s)?(?:name|set|give|stop|make|cancel|halt|accept|sign|ratify|commit|join|publish|submit|report|disclose|open|close|share|withdraw|abandon|phase|guarantee|ensure|be|focus|include|reflect|contain|take|remain|refer|recogni[sz]e|address|apply|cover|come|go|start|end|respect|receive|pay|provide|cut|raise|meet|adopt|agree|say|mention|keep|drop)\b",
)
_NOUN = Rule(
    "call calls demand demands appeal appeals request requests pressure plea pleas overtures insistence",
    rf"\b(?P<what>(?P<noun>calls?|demands?|appeals?|requests?|pressure|pleas?|overtures)\s(?:by|from|of)\s(?P<who>(?:the\s)?{WHO}++(?:\sand\s(?:the\s)?{WHO}++)?)\s(?P<rest>(?:on\s(?:the\s)?{WHO}++\s)?(?:to|for|that)\b))"
    rf"|(?P<what2>(?P<who2>{WHO}++)(?:'s?)?\s(?P<noun2>demands?|calls?|appeals?|requests?|insistence|pleas?)\s(?:for|that|to|on)\b)",
)
_BANNED = Rule(
    "should",
    r"(?P<what>(?<![\w])(?P<subject>(?:[A-Za-z][\w'-]*\s){1,5}?)should\s(?:not\s)?be\s(?!determined|decided|able|clear|noted|no\b|a\b|the\b)[a-z]+(?:ed|en|wn|pt|id|ld|ut|nt)\b)",
)
_NEED = Rule(
    "need",
    rf"\b(?P<what>(?:(?:stress|underscor|underlin|emphasi[sz]|highlight|reiterat|not|point|rais)\w*\s(?:to\s)?)?the\s(?:urgent\s|clear\s)?need\s(?:for\s(?:the\s)?(?P<of>{WHO}++|[a-z ]{{3,30}}?)\s)to\s[a-z])",
)
_REQUIRES = Rule(
    "require requires needs demands depends",
    rf"(?P<what>[^.;:,]{{5,80}}?\s(?:requires?|needs|demands|depends\son)\s(?:[a-z]+\s){{0,3}}(?:efforts?|action|actions|steps|cuts|commitments?|leadership|engagement|contributions?)\s(?:by|from|on the part of|of)\s(?:the\s)?(?P<of>{WHO}++))",
)
_IMPERATIVE = re.compile(
    r"^(?:\s*[\"'(]?)(?P<what>(?:Don't|Do not|Never|Stop|End|Cut|Keep|Honou?r|Pay|Double|Scrap|Put|Make|Let(?: us|'s)?|Reject|Phase)\s[a-z-]{2,}\b)"
)
_ASKING = Rule(
    "asking urging calling pressing pushing begging telling inviting imploring",
    rf"\b(?P<verb>asking|urging|calling\son|calling\supon|pressing|pushing|begging|telling|inviting|imploring)\s{_OBJECT}\s(?P<what>(?:not\s)?to\s[a-z]|for\s[a-z])",
)
_FIRST_PERSON = re.compile(
    r"\b(?:[Oo]ur (?:response|view|position|movement|demand)|I |[Mm]y |we will have|[Ww]e need|[Oo]ur (?:government|country|minister|leaders)|[Ww]e're|[Kk]eep (?:up|emailing|pushing))"
)

_WISHED = re.compile(
    r"(?:an?|the|more|money|binding|deeper|new|stronger|legal|finance|compensation|clear|rich|action|guarantees?|any|all|that money|no)\b"
)
STATES = frozenset({"state", "group", "organisation", "officials"})


@dataclass
class Demand:
    """A demand found: offsets in the document, who asks, of whom, how strongly."""

    start: int
    end: int
    by: str
    of: list[str] = field(default_factory=list)
    strength: str = "demand"
    source: Mention | None = None
    targets: list[Mention] = field(default_factory=list)
    author: bool = False


def demands(scene: Scene, lines: list[Voiced]) -> list[Demand]:
    """Find the demands of a document; of two that overlap the first rule's stands."""
    found: list[Demand] = []
    personal = _is_personal(scene)
    for item in lines:
        here: list[Demand] = []
        bits = item.line.bits
        for find, needed in _FINDERS:
            if not bits & needed:
                continue
            for one in find(item):
                if one is not None and not _covers(here, one):
                    here.append(one)
        for one in _authored(item, personal):
            if not _covers(here, one):
                here.append(one)
        if item.line.sentence.heading:
            here = []
        found.extend(d for d in here if d.end - d.start >= 12)
    return sorted(found, key=lambda d: d.start)


def _make(
    item: Voiced,
    start: int,
    end: int,
    who: Mention | None,
    of: list[Mention],
    strength: str,
    author: bool = False,
) -> Demand | None:
    start, end = trimmed(item.line.text, start, end)
    if end - start < 10 or (who is None and not author):
        return None
    by = "author" if who is None else who.side
    base = item.line.start
    if who is not None and len(of) == 1 and of[0].name == who.name:
        of = []  # "asking him to reconsider": nobody asks it of himself
    names = list(dict.fromkeys(m.side for m in of))
    return Demand(base + start, base + end, by, names, strength, who, of, author)


def _asked(item: Voiced) -> list[Demand | None]:
    out: list[Demand | None] = []
    mask = item.line.open
    for m in _ASK_TO.on(item.line, mask):
        verb = m["verb"]
        if verb in (
            "told",
            "tell",
            "tells",
            "warn",
            "warned",
            "order",
            "expect",
            "expects",
            "expected",
            "require",
            "requires",
            "required",
            "warns",
        ) and m["what"].startswith("for"):
            continue
        if verb in ("expected",) and (m["who"] or "").strip() == "":
            continue
        if (
            verb in ("required", "expected", "asked", "urged", "pressed", "invited", "encouraged")
            and re.search(
                r"\b(?:is|are|was|were|be|been|being|have|would have)\s$", mask[: m.start("verb")]
            )
            and not re.search(r"\bhave\s$", mask[: m.start("verb")])
        ):
            continue
        if re.search(
            r"\b(?:not|cannot|can't|n't|never|no)\s(?:be\sable\sto\s)?$", mask[: m.start("verb")]
        ):
            continue
        if m["verb"].endswith("ing") and not re.search(
            r"\b(?:is|are|was|were|been|be|also|again|now|started|began|kept|stopped)\s$",
            mask[: m.start("verb")],
        ):
            continue
        if re.search(
            r"\b(?:[Nn]obody|[Nn]o one|[Nn]either|[Ff]ew|[Ww]ho)\s$", mask[: m.start("verb")]
        ):
            continue
        who = _asker(item, m)
        of = _of(item, m.start("of"), m.end("of"), m["of"], who)
        if not of and not re.search(
            r"them|him|her|us|it\b|neighbo|countr|nation|power|govern|world|part|leader|side|every|other|state|member",
            m["of"],
        ):
            continue
        end = clause_end(mask, m.end())
        start = m.start("verb")
        if (
            m["who"]
            and (WHO in m["who"] or m["who"] in ("We", "They", "He", "She"))
            and mask[m.end("who") : m.start("verb")].strip() != "to"
            and m.start("verb") - m.start("who") < 0.5 * (end - m.start("who"))
        ):
            start = m.start("who")
        out.append(_make(item, start, end, who, of, _ASK[verb]))
    for m in _ASKING.on(item.line, mask):
        if re.search(r"\b(?:not|never|n't)\s$", mask[: m.start("verb")]):
            continue
        if re.search(
            r"\b(?:countries|people|some|others|many|parties|governments)\s(?:is|are|was|were|keep|kept)\s$",
            mask[: m.start("verb")],
        ):
            continue
        who = item.partial_speaker(m.start()) or item.main_subject(m.start())
        out.append(
            _make(
                item,
                m.start("verb"),
                clause_end(mask, m.end()),
                who,
                _of(item, m.start("of"), m.end("of"), m["of"]),
                "urge",
            )
        )
    return out


def _asker(item: Voiced, m: re.Match[str]) -> Mention | None:
    if m["who"] and item.line.open[m.end("who") : m.start("verb")].strip() != "to":
        return item.subject(m["who"], m.start("who"))
    if re.search(r"\bto\s$|\band\s$", item.line.mask[: m.start("verb")]):
        return item.main_subject(m.start("verb"))
    return item.partial_speaker(m.start()) or item.main_subject(m.start("verb"))


def _of(
    item: Voiced, start: int, end: int, words: str, who: Mention | None = None
) -> list[Mention]:
    named = item.objects(start, end)
    if named:
        return named
    if re.fullmatch(r"them|him|her|it", words):
        earlier = [
            m
            for m in item.objects(0, start)
            if (m.type in ("official", "person")) == (words in ("him", "her"))
            and (who is None or m.side != who.side)
        ]
        if earlier:
            return [earlier[-1]]
        last = item.voices.last_person if words in ("him", "her") else item.voices.last_body
        if who is not None and last is not None and last.side != who.side:
            return [last]
    return []


def _demanded(item: Voiced) -> list[Demand | None]:
    out: list[Demand | None] = []
    mask = item.line.open
    for pattern in (_DEMAND, _LOOKING):
        for m in pattern.on(item.line):
            words = m["who"]
            who = (
                item.subject(words, m.start("who")) if words else item.main_subject(m.start("verb"))
            )
            if who is None or re.search(
                r"\b(?:not|n't|never|those|these|the|its|their|such|his|her|any|all)\s$",
                mask[: m.start("verb")],
            ):
                continue
            verb = m["verb"]
            end = clause_end(mask, m.end())
            wish = verb in ("want", "wants", "wanted") or verb.endswith("like")
            if wish and mask[m.start("what")] != WHO and not _WISHED.match(mask, m.start("what")):
                continue
            of = [
                p
                for p in item.objects(m.end("verb"), end)
                if p is not who
                and p.side != who.side
                and p.type in ("state", "group", "organisation", "official", "officials")
            ]
            start = (
                m.start("who")
                if words and (WHO in words or re.match(r"[Tt]hey|[Hh]e|[Ss]he|[Ww]e", words))
                else m.start("verb")
            )
            if m.start("verb") - start > 0.5 * (end - start):
                start = m.start("verb")
            strength = _DEMAND_NP.get(verb, "demand")
            out.append(_make(item, start, end, who, of[:2], strength))
    return out


def _that(item: Voiced) -> list[Demand | None]:
    out: list[Demand | None] = []
    mask = item.line.open
    for m in _THAT.on(item.line, mask):
        who = item.subject(m["who"], m.start("who"))
        of = item.objects(m.start("what"), m.end("what"))
        if re.match(r"(?:argu|insist)", m["verb"]) and not re.search(
            r"\s(?:should|must|need|ought|has to|have to)\b",
            mask[m.start("what") : m.end("what") + 4],
        ):
            continue
        out.append(_make(item, m.start("what"), clause_end(mask, m.end()), who, of, "demand"))
    for m in _WISH.on(item.line):
        who = item.subject(m["who"], m.start("who"))
        out.append(_make(item, m.start("verb"), clause_end(mask, m.end()), who, [], "want"))
    for m in _SUBJUNCTIVE.on(item.line):
        who = item.subject(m["who"], m.start("who"))
        out.append(_make(item, m.start("verb"), clause_end(mask, m.end()), who, [], "demand"))
    return out


def _nouns(item: Voiced) -> list[Demand | None]:
    out: list[Demand | None] = []
    mask = item.line.open
    for m in _NOUN.on(item.line, mask):
        group = "what" if m["what"] else "what2"
        who = item.line.who(
            m.start("who" if m["what"] else "who2") + (m["who"] or m["who2"]).index(WHO)
        )
        inside = item.objects(m.end(), clause_end(mask, m.end()))
        before = [p for p in item.objects(0, m.start()) if who is None or p.side != who.side]
        of = [p for p in inside if who is None or p.side != who.side][:2] or before[-1:]
        out.append(_make(item, m.start(group), clause_end(mask, m.end()), who, of, "call"))
    return out


_UP_TO = Rule(
    "up",
    rf"(?P<what>\b[Ii]t\s(?:is|was)\s(?:now\s)?(?:up\sto|for)\s(?:the\s)?(?P<of>{WHO}++)\sto\s[a-z])",
)


def _needs(item: Voiced) -> list[Demand | None]:
    out: list[Demand | None] = []
    mask = item.line.open
    for m in _NEED.on(item.line, mask):
        who = item.partial_speaker(m.start()) or item.main_subject(m.start()) or item.voices.last
        out.append(
            _make(
                item,
                m.start("what"),
                clause_end(mask, m.end()),
                who,
                item.objects(m.start("of"), m.end("of")),
                "call",
            )
        )
    for m in _UP_TO.on(item.line, mask):
        who = item.speaker_at(m.end() - 1) or item.partial_speaker(m.start())
        of = item.objects(m.start("of"), m.end("of"))
        out.append(_make(item, m.start("what"), clause_end(mask, m.end()), who, of, "call"))
    for m in _REQUIRES.on(item.line, mask):
        who = item.speaker_at(m.end() - 1) or item.partial_speaker(m.start())
        if who is None:
            continue
        start = m.start("what")
        inner = next(
            (
                s.start - item.line.start
                for s in item.said
                if s.start - item.line.start <= m.end() <= s.end - item.line.start
            ),
            None,
        )
        start = max(start, inner or 0)
        out.append(
            _make(
                item,
                start,
                clause_end(mask, m.end()),
                who,
                item.objects(m.start("of"), m.end("of")),
                "call",
            )
        )
    return out


_ARGUE = re.compile(
    rf"(?P<who>{SUBJECT}){_GAP}\s(?:argue|argues|argued|insist|insists|insisted|say|says|said|suggest|suggested|believe|believes|think|thinks|claim|claims|claimed)\s(?:that\s)?$"
)


def _modals(item: Voiced) -> list[Demand | None]:
    out: list[Demand | None] = []
    mask = item.line.open
    for m in _MODAL.on(item.line, mask):
        who = item.speaker_at(m.start("modal")) or item.speaker_at(m.start("of"))
        if who is None:
            argue = _ARGUE.search(mask[: m.start("what")])
            if argue is not None:
                who = item.subject(argue["who"], argue.start("who"))
        if who is None and item.said:
            who = item.said[0].speaker
        if who is None:
            continue
        of = item.objects(m.start("of"), m.end("of"))
        if of and all(p.side == who.side or p.name == who.name for p in of) and who.type != "media":
            continue
        if m["modal"].startswith("ha") and re.search(
            r"\byet to\b", mask[m.end("modal") - 8 : m.end("modal") + 4]
        ):
            continue
        out.append(_make(item, m.start("what"), clause_end(mask, m.end()), who, of, "demand"))
    return out


def _impersonal(item: Voiced) -> list[Demand | None]:
    """Read "bilateral ties must be treated as a whole" in somebody's mouth."""
    out: list[Demand | None] = []
    mask = item.line.open
    for m in (*_IMPERSONAL.on(item.line, mask), *_BANNED.on(item.line, mask)):
        at = m.end() - 1
        who = item.speaker_at(at)
        if who is None or re.search(
            r"\b(?:we|i|he|she|it|they|you|there|who|which|that|us|will|would)\s$",
            m["subject"],
            re.I,
        ):
            continue
        if re.search(r"rather than|by the country itself|by itself", mask[m.end() : m.end() + 60]):
            continue
        subject = re.sub(r"^(?:[Ff]or\s.*?,\s|and\s|but\s|that\s|today\s)", "", m["subject"])
        start = m.start("what") + len(m["subject"]) - len(subject)
        out.append(_make(item, start, clause_end(mask, m.end()), who, [], "demand"))
    return out


def _is_personal(scene: Scene) -> bool:
    """Tell whether the author speaks for themselves: a blog, an appeal, an opinion."""
    return any(
        not _OWN.isdisjoint(line.words) and _FIRST_PERSON.search(line.mask) for line in scene.lines
    )


_OWN = frozenset("our i my we keep".split())


def _authored(item: Voiced, personal: bool) -> list[Demand]:
    out: list[Demand | None] = []
    mask = item.line.open
    if item.line.sentence.heading and mask[-1:] not in "!.":
        return []
    m = _IMPERATIVE.match(mask)
    if m is not None:
        speaker = item.speaker_at(m.start("what"))
        if speaker is not None or personal:
            out.append(
                _make(
                    item,
                    m.start("what"),
                    clause_end(mask, m.end()),
                    speaker,
                    [],
                    "demand",
                    author=speaker is None,
                )
            )
    if personal and not item.said:
        out.extend(
            _make(
                item,
                m.start("what"),
                clause_end(mask, m.end()),
                None,
                item.objects(m.start("of"), m.end("of")),
                "demand",
                author=True,
            )
            for m in _MODAL.on(item.line, mask)
        )
    return [d for d in out if d is not None]


def _covers(found: list[Demand], one: Demand) -> bool:
    return any(one.start < d.end and one.end > d.start for d in found)


#: What finds demands, in this order, with the bits of its rules.
_FINDERS = (
    (_asked, _ASK_TO.bit | _ASKING.bit),
    (_demanded, _DEMAND.bit | _LOOKING.bit),
    (_that, _THAT.bit | _WISH.bit | _SUBJUNCTIVE.bit),
    (_nouns, _NOUN.bit),
    (_needs, _NEED.bit | _UP_TO.bit | _REQUIRES.bit),
    (_modals, _MODAL.bit),
    (_impersonal, _IMPERSONAL.bit | _BANNED.bit),
)
