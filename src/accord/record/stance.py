"""Stances: where somebody stands on something: supports, opposes, or on conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.record.clause import Voiced, clause_end, trimmed
from accord.record.demand import Demand
from accord.record.issue_area import touches
from accord.record.mention import Mention
from accord.record.refusal import Refusal
from accord.record.rule import Rule
from accord.record.scene import SUBJECT, WHO, Scene
from accord.record.verbs import either, forms

_GAP = r"(?:,?\s(?!said\b|says\b|that\b|told\b|which\b)[\w'-]+){0,4}?,?"
_SUPPORT = [
    *forms("welcome support endorse back favour favor champion praise applaud hail commend defend advocate embrace prefer salute"),
    *forms("reaffirm side_with stand_with line_up_behind rally_behind"), "stood with", "threw its support behind", "threw its weight behind", "spoke in favour of", "expressed support for", "voiced support for", "showing support for", "signalled support for", "signaled support for",
]  # fmt: skip
_OPPOSE = [
    *forms("criticise criticize condemn denounce deplore decry lambast slam attack protest dislike resent distrust bemoan disapprove_of march_against"),
    "called it a mistake", "doesn't like", "don't like", "does not like", "do not like", "didn't like", "raised concerns about", "raised concern about", "voiced concern about", "voiced concerns about",
    "expressed concern about", "expressed concerns about", "expressed concern over", "voiced concern over", "took issue with", "is sceptical of", "are sceptical of", "is skeptical of", "are skeptical of", "is wary of", "are wary of", "is critical of", "are critical of", "spoke out against", "warned against", "deplored",
]  # fmt: skip
_SUPPORTS = Rule(
    _SUPPORT,
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>{either(_SUPPORT)})\s(?!away|to\b|up\b|and\b|by\b|down\b)(?P<what>[^\s])",
)
_SHOWING = Rule(
    "support favour favor",
    r"\b(?P<verb>(?:showing|signalling|signaling|expressing|voicing|in)\s(?:strong\s|its\s|full\s)?(?:support|favou?r)\s(?:for|of))\s",
)
_OPPOSES = Rule(
    [*_OPPOSE, "doesn", "don", "didn"],
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>{either(_OPPOSE)})\s(?P<what>[^\s])",
)
_FINDS = Rule(
    forms("consider regard view see find deem call describe") + ["saw", "found"],
    rf"(?P<who>{SUBJECT}){_GAP}\s(?:consider|considers|considered|regard|regards|regarded|view|views|viewed|see|sees|saw|find|finds|found|deem|deems|deemed|call|calls|called|describe|describes|described)\s(?P<what>[^.;]{{3,110}}?)\s(?:as\s)?(?:an?\s|too\s|totally\s|wholly\s|completely\s|grossly\s|utterly\s|largely\s)*(?P<value>inadequate|insufficient|unfair|unacceptable|unjust|weak|dangerous|unworkable|hypocritical|illegal|discriminatory|protectionist|eroding|hurting|harming|damaging|threatening|undermining|a threat|a betrayal|a disgrace|a mistake|a failure|essential|vital|crucial|a success|a breakthrough|fair|balanced|a model|an exception|historic)\b",
)
_PRISM = Rule(
    forms("view see treat regard"),
    rf"(?P<who>{SUBJECT})\s(?P<verb>views?|sees?|treats?|regards?)\s[^.;]{{3,60}}?\s(?:through|as|in)\s[^.;]{{3,120}}",
)
_PREFERS = Rule(
    "prefer prefers favour favours favor favors support supports back backs",
    rf"(?P<what>(?:previous|older|earlier|existing)\s[\w\s]{{3,25}}-*,?\s*(?:those\s)?(?:that|which)\s(?P<who>{WHO}++)\s(?:prefers?|favou?rs?|supports?|backs?)|those\sthat\s(?P<who2>{WHO}++)\s(?:prefers?|favou?rs?|supports?|backs?))",
)
_READY = Rule(
    "ready willing prepared open keen eager committed determined seeking working",
    rf"(?P<who>{SUBJECT})\s(?:is|are|was|were|stands?|remains?|said (?:it|he|she|they) (?:was|is|were))\s(?:also\s|still\s)?(?:ready|willing|prepared|open|keen|eager|committed|determined|seeking|working)\s(?:to\s|for\s)?(?P<what>[a-z\"])",
)
_COULD = Rule(
    "could would might may will",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?:could|would|might|may|will)\s(?:only\s|also\s|agree to\s|consider\s)*(?:join|accept|sign|agree|support|back|raise|live|ratify|take on|commit|contribute|increase|do more|go further)\b",
)
_CONDITION = re.compile(
    r"\b(?:unless|only if|provided(?: that)?|on (?:the )?conditions?(?: that)?|as long as|so long as|if (?:other|the|rich|developed|major|china|the us)|conditional on|in return for|in exchange for|but the \S+ should|but \S+ (?:should|must))\b|, on conditions",
    re.I,
)
_CONDITIONAL = frozenset(
    "unless only provided condition conditions long if conditional return exchange but".split()
)
_TRYING = Rule(
    "trying attempting pushing fighting working campaigning lobbying",
    rf"(?P<who>{SUBJECT})\s(?:is|are|was|were)\s(?:now\s|also\s|still\s)?(?:trying|attempting|pushing|fighting|working|campaigning|lobbying)\s(?:to|for)\s(?P<what>[a-z])",
)
_CALLED = Rule(
    "found finds considers called calls call described describes branded labelled labeled dubbed",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?:called|calls|call|described|describes|branded|labell?ed|dubbed|found|finds|considers)\s(?P<what>(?!for\b|on\b|upon\b|that\b)[^.;\"]{{0,60}}?)\s?(?:as\s)?\"(?P<value>[^\"]{{3,60}})\"",
)
_BAD = re.compile(
    r"not (?:realistic|enough|acceptable|fair|serious|credible|helpful)|too (?:late|little)|caved|reckless|madness|absurd|coward|cruel|nonsense|suicid|foolish|scandal|stupid|greed|arrogan|distraction|greenwash|meaningless|backward|sham|cynical|naive|licence|unserious|regrettable|mistake|unfair|disgrace|betray|unrealistic|inadequate|irresponsible|dangerous|wrong|shame|disast|disappoint|weak|empty|hypocri|fail|insult|immoral|crime|unjust|outrage|farce|blow|sad|unwise|step back|insufficient|bad\b|death|worthless|sell",
    re.I,
)
_HOPED = Rule(
    "hoped hopes hope",
    rf"(?P<who>{SUBJECT})(?:\s(?:said\s(?:he|she|it|they)\s)?(?:also\s)?)?\s?(?:hoped|hopes|hope)\s(?:that\s)?(?P<what>[^\s])",
)
_AVOIDED = Rule(
    "avoided shunned resisted ignored",
    r"\b(?:has|have)\s(?:for\s\w+\s|long\s)?(?:avoided|shunned|resisted|ignored)\s",
)
_UNWAVERING = Rule(
    "unwavering firm unchanged clear steadfast rock unshakeable intact",
    rf"(?P<what>(?P<who>{WHO}++)(?:'s?)?\s(?:commitments?|goals?|targets?|support|position|resolve)\s(?:to\s\w+\s\w+\s)?(?:is|are|remains?)\s(?:unwavering|firm|unchanged|clear|steadfast|rock-solid|unshakeable|intact))",
)
_CONSEQUENCE = Rule(
    "doom hurt harm damage wreck cripple destroy cost ruin send undermine punish kill",
    r"\b(?P<what>(?:[^.;:,]{5,70})\s(?:would|will)\s(?:(?:\"|only\s|severely\s|badly\s)*)(?:doom|hurt|harm|damage|wreck|cripple|destroy|cost|ruin|send|undermine|punish|kill)\b[^.;]{3,60})",
)


@dataclass
class Stance:
    """A stance found: offsets in the document, who, and the position."""

    start: int
    end: int
    actor: str
    position: str
    target: str = ""
    source: Mention | None = None


def stances(
    scene: Scene, lines: list[Voiced], asked: list[Demand], refused: list[Refusal]
) -> list[Stance]:
    """Find the stances of a document: what is refused, asked, backed, blamed or made conditional."""
    found: list[Stance] = []

    def put(
        start: int, end: int, who: Mention | str | None, position: str, target: str = ""
    ) -> None:
        if who is None:
            return
        actor = who if isinstance(who, str) else who.side
        if end - start < 10 or any(start < s.end and end > s.start for s in found):
            return
        found.append(
            Stance(start, end, actor, position, target, who if isinstance(who, Mention) else None)
        )

    for refusal in refused:
        words = scene.folded[refusal.start : refusal.end]
        item = _at(lines, refusal.start)
        tail = item.line.text[refusal.end - item.line.start :] if item else ""
        conditional = _CONDITION.search(words) or re.match(r"\s(?:unless|until|without)\b", tail)
        if refusal.verb == "refusal" and any(
            s.actor == refusal.by and s.position == "opposes" for s in found
        ):
            continue  # "its refusal" takes up again what was told before
        put(refusal.start, refusal.end, refusal.source, "conditional" if conditional else "opposes")
    for item in lines:
        if item.line.sentence.heading:
            continue
        for start, end, who, position in (*_conditions(item), *_attitudes(item)):
            put(item.line.start + start, item.line.start + end, who, position)
    pairs: set[tuple[str, str]] = set()
    for demand in asked:
        target = demand.of[0] if demand.of else ""
        if re.match(
            r"(?:all|every|each) (?:countries|nations|parties|sides|states|governments)", target
        ) or (target and (demand.by, target) in pairs):
            continue
        pairs.add((demand.by, target))
        if not target and not touches(scene.folded[demand.start : demand.end]):
            continue
        words = scene.folded[demand.start : demand.end]
        if demand.author and not re.match(r"(?:Don't|Do not|Stop|End)", words) and not demand.of:
            continue
        negative = not re.match(r"(?:.* )?call(?:s|ed|ing)? for an end", words) and re.search(
            r"\b(?:not to|don't|do not|an end to|stop|abandon|drop|scrap|refrain|reconsider|reverse|halt|cancel|block)\b",
            words,
            re.I,
        )
        put(
            demand.start,
            demand.end,
            demand.source or demand.by,
            "opposes" if negative and "an end to" not in words else "supports",
        )
    return sorted(found, key=lambda s: s.start)


def _at(lines: list[Voiced], offset: int) -> Voiced | None:
    return next((i for i in lines if i.line.start <= offset < i.line.sentence.end), None)


def _conditions(item: Voiced) -> list[tuple[int, int, Mention | None, str]]:
    out = []
    mask = item.line.open
    if _CONDITIONAL.isdisjoint(item.line.words):
        return []
    condition = _CONDITION.search(mask)
    if condition is None:
        return []
    for pattern in (_READY, _COULD):
        for m in pattern.on(item.line):
            if m.start() < condition.start() or mask[
                condition.start() : condition.end()
            ].lower().startswith(("unless", "only if", "if", "provided")):
                who = item.subject(m["who"], m.start("who")) or item.speaker_at(m.start())
                end = max(condition.end(), clause_end(mask, condition.end(), minimum=2))
                start, end = trimmed(item.line.text, m.start("who"), min(end, m.start() + 200))
                out.append((start, end, who, "conditional"))
    return out


def _attitudes(item: Voiced) -> list[tuple[int, int, Mention | None, str]]:
    out: list[tuple[int, int, Mention | None, str]] = []
    mask, text = item.line.open, item.line.text

    def put(start: int, end: int, who: Mention | None, position: str) -> None:
        left, right = trimmed(text, start, end)
        out.append((left, right, who, position))

    for m in _SHOWING.on(item.line, mask):
        who = item.partial_speaker(m.start()) or item.main_subject(m.start())
        inside = [p for p in item.line.people(0, m.start()) if p.type in ("state", "group")]
        put(
            m.start("verb"),
            clause_end(mask, m.end()),
            inside[-1]
            if inside
            and who is not None
            and inside[-1] is not who
            and re.search(r"document|statement|submission", mask[: m.start()])
            and re.search(rf"{WHO}++\s(?:document|statement|submission)", mask[: m.start()]) is None
            else _owner(item, m.start()) or who,
            "supports",
        )
    for pattern, position in ((_SUPPORTS, "supports"), (_OPPOSES, "opposes")):
        for m in pattern.on(item.line):
            if re.search(r"\b(?:not|n't|never)\s(?:\w+\s)?$", mask[m.start() : m.start("verb")]):
                continue
            if m["verb"] in (
                "back",
                "backs",
                "fear",
                "fears",
                "attack",
                "question",
                "support",
                "favour",
            ) and re.search(
                r"\b(?:to|the|a|of|in|go|come|went|its)\s$", mask[m.start() : m.start("verb")]
            ):
                continue
            if (
                re.match(r"commend|thank|praise|applaud|hail|salute", m["verb"])
                and mask[m.start("what")] == WHO
            ):
                continue  # praise of somebody is a deed to them, no stance on an issue
            if m["verb"] in ("reaffirm", "reaffirms", "reaffirmed", "reaffirming") and not re.match(
                r"\s(?:its|their|his|her|the|support|commitment)", mask[m.end("verb") :]
            ):
                continue
            who = item.subject(m["who"], m.start("who"))
            end = clause_end(mask, m.end("verb"), minimum=3)
            tail = re.search(
                r"\sand\s(?:said|asked|urged|called|told|added|promised)\b", mask[m.end() : end]
            )
            end = m.end() + tail.start() if tail else end
            start = (
                m.start("who")
                if WHO in m["who"]
                and (
                    m.start("verb") - m.start("who") < 0.62 * (end - m.start("who"))
                    or end - m.start("verb") < 30
                )
                else m.start("verb")
            )
            if re.search(r"\b(?:would|could)\s$", mask[: m.start("verb")]) and re.search(
                r"\sif\s", mask[m.end() : end + 40]
            ):
                position_here = "conditional"
            else:
                position_here = position
            put(start, end, who, position_here)
    for m in _FINDS.on(item.line, mask):
        bad = re.match(
            r"inadequate|insufficient|unfair|unaccept|unjust|weak|danger|unwork|hypocr|illegal|discrim|protect|erod|hurt|harm|damag|threat|undermin|a threat|a betrayal|a disgrace|a mistake|a failure",
            m["value"],
        )
        who = item.subject(m["who"], m.start("who"))
        end = (
            clause_end(mask, m.end(), minimum=1)
            if m["value"].endswith("ing") or m["value"] == "an exception"
            else m.end()
        )
        put(m.start("who"), end, who, "opposes" if bad else "supports")
    for m in _PRISM.on(item.line, mask):
        if re.search(r"\b(?:itself|themselves|himself|herself)\b", m.group()):
            continue
        put(
            m.start("who"),
            min(m.end(), clause_end(mask, m.start() + 20)),
            item.subject(m["who"], m.start("who")),
            "supports",
        )
    for m in _PREFERS.on(item.line, mask):
        group = "who" if m["who"] else "who2"
        put(m.start("what"), m.end("what"), item.line.who(m.start(group)), "supports")
    for m in _UNWAVERING.on(item.line, mask):
        put(m.start("what"), m.end("what"), item.line.who(m.start("who")), "supports")
    for m in _READY.on(item.line, mask):
        if re.search(r"\b(?:not|no longer)\b", m.group()) or not re.search(
            r"\b(?:open|seeking|keen|eager|determined)\s(?:to\s|for\s)?\S$", m.group()
        ):
            continue
        if m["who"].lower() in ("we", "i"):
            continue
        who = item.subject(m["who"], m.start("who")) or item.speaker_at(m.start())
        put(m.start("who"), clause_end(mask, m.end()), who, "supports")
    for m in _TRYING.on(item.line, mask):
        if re.match(r"(?:meet|visit|find|catch|survive|travel)", mask[m.start("what") :]):
            continue
        put(
            m.start("who"),
            clause_end(mask, m.end()),
            item.subject(m["who"], m.start("who")),
            "supports",
        )
    for m in _AVOIDED.on(item.line, mask):
        put(m.start(), clause_end(mask, m.end()), item.main_subject(m.start()), "opposes")
    for m in _CALLED.on(item.line, mask):
        put(
            m.start("who"),
            m.end(),
            item.subject(m["who"], m.start("who")),
            "opposes" if _BAD.search(m["value"]) else "supports",
        )
    for m in _HOPED.on(item.line, mask):
        who = item.subject(m["who"], m.start("who"))
        put(m.start("who"), clause_end(mask, m.end()), who, "supports")
    for m in _CONSEQUENCE.on(item.line, mask):
        who = item.speaker_at(m.end() - 2) or item.partial_speaker(m.start())
        start = m.start("what")
        inner = next(
            (
                s.start - item.line.start
                for s in item.said
                if s.start - item.line.start <= m.end() <= s.end - item.line.start + 2
            ),
            None,
        )
        lead = re.search(r"^.*\b(?:that|said|says)\s", mask[start : m.end()])
        start = (
            start + lead.end()
            if lead
            else max(start, inner)
            if inner is not None and inner <= m.start("what") + 3
            else start
        )
        if who is not None and m.end("what") - start > 20:
            put(start, m.end("what"), who, "opposes")
    return out


def _owner(item: Voiced, at: int) -> Mention | None:
    """Of "a US document ... showing support" the owner of the document."""
    mask = item.line.open
    m = re.search(
        rf"(?P<who>{WHO}++)\s(?:document|submission|statement|paper|letter|proposal)\b", mask[:at]
    )
    return item.line.who(m.start("who")) if m else None
