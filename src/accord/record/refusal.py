"""Refusals: who rejects what, and whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.record.clause import Voiced, clause_end, trimmed
from accord.record.mention import Mention
from accord.record.rule import Rule
from accord.record.scene import SUBJECT, WHO
from accord.record.verbs import either, forms

_GAP = r"(?:,?\s(?!said\b|says\b|that\b|told\b|which\b|noted\b|it\b|he\b|she\b|they\b|we\b)[\w'-]+){0,5}?,?"

#: Verbs that reject by themselves.
_REJECT = [
    *forms("reject oppose dismiss resist rebuff spurn block veto snub shun scuttle obstruct repudiate disavow scorn"),
    *forms("refuse decline"), "dug in its heels", "dug in their heels", "dug their heels in", "digging in its heels", "never ratified", "never signed", "never accepted", "turned a deaf ear to", "turns a deaf ear to", "gave short shrift to", "poured cold water on", "threw cold water on", "said no to", "slammed the door on", "closed the door on", "stonewalled", "balked", "balks", "baulked", "walked out of", "stopped short of", "stops short of", "ruled it out", "ruled that out", "rules it out", "rule it out", "voted against", "votes against", "vote against", "spoke against", "came out against", *forms("object_to rule_out turn_down brush_off brush_aside shoot_down walk_away_from pull_out_of balk_at baulk_at push_back_against"),
    "objected", "shot down", "threw out", "objects", "pushed back", "withdrew from", "pulled out of", "avoided", "shied away from", "shrugged off", "abandoned", "refused", "renounced", "opted out of",
]  # fmt: skip
_VERB = Rule(_REJECT, rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>{either(_REJECT)})\b(?P<rest>\s?)")
_EAGER = Rule(
    "quick moved rushed continue continues continued vowed threatened",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>(?:(?:was|were|is|are)\squick|moved|rushed|continues?d?)\sto\s(?:dismiss|reject|oppose|resist|refuse|rule\sout|block|rebuff|deny|brush\saside))\b",
)
_PARTICIPLE = Rule(
    _REJECT, rf",?\s(?P<verb>{either([w for w in _REJECT if w.split()[0].endswith('ing')])})\s"
)
_RULING_OUT = Rule(
    "ruling",
    r"\bby\s(?P<verb>ruling\s(?:it|this|that|them)\sout\b[^.,;]{0,60}|(?:refusing|rejecting|opposing)\s[^.,;]{3,60})",
)
_DEEDS = (
    r"(?:accept|agree|support|sign|join|back|commit|concede|implement|ratify|take on|take part|be bound|tolerate|allow|raise|go along|negotiate|"
    r"make (?:any )?(?:concessions?|commitments?|offers?)|adopt|cap|cut|set|pay|endorse|recogni[sz]e|bow|yield|compromise|bend|approve|consider|give up|give in|"
    r"cave|submit|participate|return|abide|be (?:dictated|lectured|pressured|forced|punished|bullied|rushed|pushed|blackmailed|held|told|drawn)|give|contribute|provide|fund|finance|discuss|permit|budge|"
    r"back down|undertake|trade|sacrifice|follow|attend|renew|extend|change|move|lower|drop|stop|do so|phase|close|end|intend to|plan to|want to|reconsider|reopen|entertain|stand for|put up with|subscribe)"
)
_NOT = r"(?:(?:would|will|could|can|did|does|do|has|have|shall|should|must|may)\s(?:\"?)(?:not|never)|(?:won't|wouldn't|can't|couldn't|cannot|don't|doesn't|didn't|shan't)|will\sin\sno\scase)"
_WILL_NOT = Rule(
    "not never won wouldn can couldn cannot don doesn didn shan no",
    rf"(?P<who>{SUBJECT}|\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)\s(?:country|government|delegation|nation|party|group|bloc|administration|side)){_GAP}\s\"?(?P<not>{_NOT})(?:\sand\s(?:would|will|could|can)\snot)?\"?\s(?:\w+ly\s|ever\s|yet\s|simply\s|be\sable\sto\s)?(?P<deed>{_DEEDS})\b",
)
_UNWILLING = Rule(
    "not unwilling unable uncomfortable opposed against unhappy dead strongly adamant adamantly no longer hostile shown",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?:(?:is|are|was|were|am|remains?|remained|'s|'re)\s(?:still\s|simply\s|also\s)?(?:not\s(?:prepared|willing|ready|going\sto|about\sto|in a position|interested|inclined|able)\b|unwilling|unable to accept|uncomfortable|opposed|against|unhappy with|dead set against|strongly opposed|adamant(?:ly)?\s(?:that|opposed|against)|no longer willing|hostile)"
    r"|(?:has|have|had)\s(?:not\sshown|shown\s(?:no|little)|no)\s(?:any\s)?(?:interest|intention|appetite|desire|willingness|inclination|plans?\sto)|(?:shows?|showed)\sno\s(?:interest|intention|sign))\b",
)
_NOUN = Rule(
    "refusal rejection opposition objection objections unwillingness resistance reluctance veto",
    rf"(?P<who>{WHO}++)(?:'s?)?\s(?:\w+\s)?(?P<noun>refusal|rejection|opposition|objections?|unwillingness|resistance|reluctance|veto)\s(?:to|of|by)\b|(?P<noun2>opposition|objections?|resistance|refusal|rejection)\s(?:from|by)\s(?:the\s)?(?P<who2>{WHO}++)",
)
_CLOSED = Rule(
    "cannot can won will must not is",
    r"\"?(?:cannot|can\snot|can't|will\snot|won't|must\snot|is\snot|are\snot)\s(?:be\s(?:renegotiated|reopened|negotiated|accepted|imposed|reinterpreted|rewritten|changed|touched|watered\sdown|forced)|up\sfor\s(?:re)?(?:negotiation|debate|discussion)|open\s(?:to|for)\s(?:re)?negotiation)\b",
)
_UNACCEPTABLE = Rule(
    "unacceptable acceptable non nonstarter starter table question negotiable intolerable unrealistic reasonable red feasible",
    r"\b(?:is|are|was|were|would be|remains?)\s(?:simply\s|totally\s|completely\s|also\s|utterly\s|politically\s|\w+\sin\s\w+\sand\s)*"
    r"(?P<word>unacceptable|not acceptable|a non-?starter|off the table|out of the question|not negotiable|non-negotiable|"
    r"not on the table|intolerable|unrealistic(?:\s\w+){0,3}\sand unacceptable|not a reasonable|a red line)\b",
)
_BEFORE = re.compile(
    r"(?:[;:.]\s|,\s(?:but|and|it|he|she|they)\s|\b(?:that|said|says)\s|^\"?)(?!.*(?:[;:.]\s|,\s(?:but|and|it|he|she|they)\s|\b(?:that|said|says)\s))"
)
_BROKEN_OFF = Rule(
    "cancelled canceled suspended broke called froze halted vowed threatened vows threatens promised pledged",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>(?:cancell?ed|suspended|broke\soff|called\soff|froze|halted)\s(?:\w+\s){{0,3}}(?:talks|cooperation|dialogue|negotiations|exchanges)|(?:vow(?:s|ed)|threaten(?:s|ed)|promised|pledged)\sto\s(?:tear\sup|scrap|veto|block|walk\sout|pull\sout|withdraw|quit|ditch|oppose|reject|dismantle|boycott))\b",
)
_NOT_SOMETHING = Rule(
    "something",
    rf"\bnot\s(?:something|anything|a\s\w+)\s(?:that\s)?(?P<who>(?:the\s)?{WHO}++|we|it|they)\s(?:can|could|will|would|is|are)\s(?:ever\s|prepared\sto\s|willing\sto\s)?(?:accept|support|agree|sign|live|consider)\b",
)
_PASSIVE = Rule(
    "rejected dismissed rebuffed opposed blocked vetoed resisted refused turned shot",
    rf"\b(?:was|were|is|are|been|being)\s(?:\w+ly\s)?(?P<verb>rejected|dismissed|rebuffed|opposed|blocked|vetoed|resisted|refused|turned\sdown|shot\sdown)\sby\s(?P<who>(?:the\s)?{WHO}++)",
)
_OWN_PACE = Rule(
    "determined decided set made chosen defined influenced dictated imposed lectured swayed",
    r"(?:should|must|can only|will|is to|has to|to be)\s(?:and\s\w+\s)?be\s(?:determined|decided|set|made|chosen|defined)\sby\s[^.;]{3,50}?(?:itself|themselves|alone|own)\b"
    r"|(?:rather than|not)\s(?:be\s)?(?:influenced|dictated|imposed|determined|decided|lectured|swayed)(?:\s(?:to|on))?\s(?:by|from)\s(?:others|outside|anyone|outsiders|abroad)",
)
_DESCRIBED = Rule(
    "dismissed rejected refused turned brushed denounced condemned",
    rf"(?P<lead>\b(?:a|an)\s(?:demand|call|proposal|idea|request|offer|plan|suggestion)\s(?:that|which)\s)?(?P<who>(?:the\s)?{SUBJECT})\s(?:\w+ly\s)?(?P<verb>dismissed|rejected|refused|turned down|brushed aside|denounced|condemned)\b(?:\sas\s)?",
)
_NOT_REFUSED = re.compile(
    r"\b(?:not|never|no longer|n't|without|stop|ended?|end|drop|dropped|lift|lifted|overcome|over)\s(?:\w+\s)?$"
)


@dataclass
class Refusal:
    """A refusal found: offsets in the document, who rejects, whose it is."""

    start: int
    end: int
    by: str
    of: str | None = None
    source: Mention | None = None
    verb: str = ""


def refusals(lines: list[Voiced]) -> list[Refusal]:
    """Find the refusals of a document."""
    found: list[Refusal] = []
    for item in lines:
        if item.line.sentence.heading:
            continue
        here: list[Refusal] = []
        bits = item.line.bits
        for find, needed in _FINDERS:
            if not bits & needed:
                continue
            for one in find(item):
                if one is not None and not any(
                    one.start < r.end and one.end > r.start for r in here
                ):
                    here.append(one)
        found.extend(here)
    return sorted(found, key=lambda r: r.start)


def _make(item: Voiced, start: int, end: int, who: Mention | None, verb: str) -> Refusal | None:
    start, end = trimmed(item.line.text, start, end)
    if who is None or end - start < 12 or (who.type in ("media",) and verb != "unacceptable"):
        return None
    mask = item.line.open
    other = [
        p
        for p in item.objects(start, end)
        if p.side != who.side and p.type in ("state", "group", "organisation", "official", "officials")
        and ((re.search(r"\b(?:from|by|of)\s(?:the\s)?$", mask[: p.left - item.line.start]) and re.search(r"\b(?:calls?|demands?|appeals?|requests?|proposals?|offers?|pressure|overtures|plans?|ideas?|suggestions?)\s", mask[start : p.left - item.line.start]))
             or re.match(r"'s?\s(?:\w+\s)?(?:calls?|demands?|appeals?|requests?|proposals?|offers?|plans?|suggestions?|ideas?)\b", mask[p.right - item.line.start :]))
    ]  # fmt: skip
    return Refusal(
        item.line.start + start,
        item.line.start + end,
        who.side,
        other[0].side if other else None,
        who,
        verb,
    )


def _start(m: re.Match[str], end: int, verb: str = "verb") -> int:
    """Start at a named subject, unless it is longer than what it refuses; else at the verb."""
    if WHO in (m["who"] or "") and end - m.start(verb) < 32:
        return m.start("who")
    if (
        m["who"]
        and (WHO in m["who"] or re.match(r"[Tt]he\s\w+|[Ii]t$|[Tt]hey$|[Ww]e$", m["who"]))
        and m.start(verb) - m.start("who") < 0.55 * (end - m.start("who"))
    ):
        return m.start("who")
    return m.start(verb)


def _described(item: Voiced) -> list[Refusal | None]:
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _DESCRIBED.on(item.line, mask):
        if not m["lead"]:
            continue
        who = item.subject(m["who"], m.start("who"))
        refusal = _make(item, m.start("lead"), clause_end(mask, m.end()), who, m["verb"])
        if refusal is not None and who is not None:
            earlier = [p for p in item.objects(0, m.start()) if p.side != who.side]
            refusal.of = earlier[0].side if earlier else refusal.of
        out.append(refusal)
    return out


def _verbs(item: Voiced) -> list[Refusal | None]:
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _VERB.on(item.line, mask):
        if _NOT_REFUSED.search(mask[m.start() : m.start("verb")]) or re.search(
            r"\b(?:if|unless|whether|was|were|be|been|being|is|are|to|of|for|by|from|after|before|without|in)\s(?:\w+ly\s)?$",
            mask[m.start() : m.start("verb")],
        ):
            continue
        verb = m["verb"]
        if verb in ("declined", "declines", "decline", "declining") and not re.match(
            r"\s(?:to\s(?!comment|say|answer|name|give|elaborate|be\b|discuss|speculate)|an?\s|the\s)",
            mask[m.end("verb") :],
        ):
            continue
        if verb.startswith(("object", "resist")) and not re.match(
            r"\s(?:to|the|any|a|calls|that|,|\.)|[.,]|$", mask[m.end("verb") :]
        ):
            continue
        if verb in (
            "block",
            "blocks",
            "abandoned",
            "objects",
            "objecting",
            "blocking",
        ) and not re.match(r"\s(?:the|any|a|all|its|that|to)\b", mask[m.end("verb") :]):
            continue
        who = item.subject(m["who"], m.start("who"))
        end = clause_end(mask, m.end("verb"), minimum=0)
        start = _start(m, end)
        out.append(_make(item, start, end, who, verb))
    for m in _EAGER.on(item.line, mask):
        end = clause_end(mask, m.end(), minimum=0)
        who = item.subject(m["who"], m.start("who"))
        out.append(_make(item, _start(m, end), end, who, "eager"))
    out.extend(
        _make(
            item,
            m.start("verb"),
            clause_end(mask, m.end(), minimum=0),
            item.main_subject(m.start()),
            "ruled out",
        )
        for m in _RULING_OUT.on(item.line, mask)
    )
    for m in _PARTICIPLE.on(item.line, mask):
        if (
            re.search(
                r"\b(?:is|are|was|were|by|of|in|for|from|after|without|be|been)\s*$",
                mask[: m.start("verb")],
            )
            is None
        ):
            who = item.main_subject(m.start())
            out.append(_make(item, m.start("verb"), clause_end(mask, m.end()), who, m["verb"]))
    return out


def _will_not(item: Voiced) -> list[Refusal | None]:
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _WILL_NOT.on(item.line, mask):
        words = m["who"]
        if re.search(
            r"\b(?:why|[Ii]f|whether|[Uu]nless|[Ww]hen)\s(?:\S+\s){0,2}$",
            mask[max(0, m.start() - 25) : m.start()],
        ):
            continue
        speaker = item.speaker_at(m.start("deed"))
        if WHO not in words and words.lower() not in ("he", "she", "it", "they", "we", "i"):
            who = speaker or item.partial_speaker(m.start())
        else:
            who = item.subject(words, m.start("who"))
        if re.match(r"(?:should|must|may|shall)\s", m["not"]) and (
            speaker is None or who is None or who.side != speaker.side
        ):
            continue  # "Washington should not sign": asked of it, not refused by it
        if re.match(r"(?:did|does|do|didn't|doesn't|don't|has|have)\b", m["not"]) and not re.match(
            r"accept|agree|support|recogni|endorse|back|approve|tolerate|concede|join|sign|ratify|yield|want|intend|plan",
            m["deed"],
        ):
            continue
        end = clause_end(mask, m.end(), minimum=2)
        start = _start(m, end, "not")
        stated = re.search(
            rf"(?:something\s)?(?:the\s)?{WHO}++\s(?:has|have|had)\s(?:\w+\s)?(?:stated|said|insisted|declared|made\sclear)\s(?:that\s)?$",
            mask[:start],
        )
        if stated is not None:
            start = stated.start()
            who = item.line.who(start + stated.group().index(WHO)) or who
        out.append(_make(item, start, end, who, "will not"))
    return out


def _unwilling(item: Voiced) -> list[Refusal | None]:
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _UNWILLING.on(item.line, mask):
        if re.search(
            r"\b(?:[Ii]f|[Uu]nless|[Ww]hen|whether)\s$", mask[max(0, m.start() - 8) : m.start()]
        ):
            continue
        if re.search(
            r"not interested|not able|adamantly that|adamant that", m.group()
        ) and not re.search(r"in|to", mask[m.end() : m.end() + 4]):
            continue
        who = item.subject(m["who"], m.start("who"))
        end = clause_end(mask, m.end(), minimum=2)
        out.append(_make(item, m.start("who"), end, who, "unwilling"))
    return out


def _nouns(item: Voiced) -> list[Refusal | None]:
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _NOUN.on(item.line, mask):
        group = "who" if m["who"] else "who2"
        who = item.line.who(m.start(group))
        end = _noun_end(mask, m.end())
        out.append(_make(item, m.start(), end, who, "refusal"))
    return out


_NOUN_END = re.compile(
    r"\s(?:presents?|is|are|was|were|has|have|had|will|would|could|may|might|remains?|makes?|made|means|meant|led|leaves|left|drew|came|comes)\b|[.,;:]"
)


def _noun_end(mask: str, start: int) -> int:
    m = _NOUN_END.search(mask, start + 4)
    return m.start() if m else len(mask)


def _unacceptable(item: Voiced) -> list[Refusal | None]:
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _UNACCEPTABLE.on(item.line, mask):
        tail = re.match(rf"\s(?:for|to)\s(?:the\s)?(?P<who>{WHO}++)", mask[m.end() :])
        end = m.end() + (tail.end() if tail else 0)
        who = (
            item.line.who(m.end() + tail.start("who")) if tail else item.speaker_at(m.start("word"))
        )
        if who is None:
            continue
        lead = _BEFORE.search(mask[: m.start()])
        start = lead.end() if lead else 0
        out.append(_make(item, start, end, who, "unacceptable"))
    return out


def _broken_off(item: Voiced) -> list[Refusal | None]:
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _BROKEN_OFF.on(item.line, mask):
        end = clause_end(mask, m.end("verb"), minimum=0)
        who = item.subject(m["who"], m.start("who"))
        out.append(_make(item, _start(m, end), end, who, "broken off"))
    return out


def _not_something(item: Voiced) -> list[Refusal | None]:
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _NOT_SOMETHING.on(item.line, mask):
        lead = _BEFORE.search(mask[: m.start()])
        who = item.subject(m["who"], m.start("who"))
        out.append(_make(item, lead.end() if lead else 0, m.end(), who, "unacceptable"))
    return out


def _passive(item: Voiced) -> list[Refusal | None]:
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _PASSIVE.on(item.line, mask):
        lead = _BEFORE.search(mask[: m.start()])
        who = item.line.who(m.start("who") + m["who"].index(WHO))
        out.append(_make(item, lead.end() if lead else 0, m.end(), who, m["verb"]))
    return out


def _closed(item: Voiced) -> list[Refusal | None]:
    """Read "the pact cannot be renegotiated" in somebody's mouth."""
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _CLOSED.on(item.line):
        who = item.speaker_at(m.end() - 1) or item.partial_speaker(m.start())
        lead = _BEFORE.search(mask[: m.start()])
        start = lead.end() if lead else 0
        if who is not None and m.start() - start < 80:
            out.append(
                _make(item, start, clause_end(mask, m.end(), minimum=0), who, "unacceptable")
            )
    return out


def _own_pace(item: Voiced) -> list[Refusal | None]:
    out: list[Refusal | None] = []
    mask = item.line.open
    for m in _OWN_PACE.on(item.line, mask):
        who = item.speaker_at(m.end() - 1)
        if who is None:
            continue
        lead = re.search(r"^.*(?:,\s(?:but|and)\s|[;:.]\s|\"|\bthat\s)", mask[: m.start()])
        start = lead.end() if lead else m.start()
        after = re.match(r",?\srather than\s[^.,;\"]{3,60}", mask[m.end() :])
        end = m.end() + (after.end() if after else 0)
        out.append(_make(item, start, end, who, "own pace"))
    return out


#: What finds refusals, in this order, with the bits of its rules.
_FINDERS = (
    (_described, _DESCRIBED.bit),
    (_verbs, _VERB.bit | _EAGER.bit | _RULING_OUT.bit | _PARTICIPLE.bit),
    (_will_not, _WILL_NOT.bit),
    (_unwilling, _UNWILLING.bit),
    (_nouns, _NOUN.bit),
    (_broken_off, _BROKEN_OFF.bit),
    (_not_something, _NOT_SOMETHING.bit),
    (_passive, _PASSIVE.bit),
    (_unacceptable, _UNACCEPTABLE.bit),
    (_closed, _CLOSED.bit),
    (_own_pace, _OWN_PACE.bit),
)
