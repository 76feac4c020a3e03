"""Interactions: what one side does to another, as a PLOVER event type with a score.

Scores run from -10 (conflict) to +10 (cooperation) and are those that PLOVER publishes for its
types (Open Event Data Alliance, PLOVER codebook): agree 2.5, consult 2.5, a visit 4, support 5,
a request to change -1, accuse and disapprove -2, reject -2, threaten -5, sanction -6, aid 7.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from accord.record.clause import Voiced, clause_end, trimmed
from accord.record.demand import Demand
from accord.record.event import Event
from accord.record.mention import Mention
from accord.record.refusal import Refusal
from accord.record.rule import Rule
from accord.record.scene import SUBJECT, Scene
from accord.record.stance import _BAD
from accord.record.stance import _CALLED as _BRANDED
from accord.record.verbs import either, forms

SCORES = {
    "AGREE": 2.5, "CONSULT": 2.5, "SUPPORT": 3.0, "CONCEDE": 3.0, "COOPERATE": 5.0, "AID": 6.0, "RETREAT": 3.0,
    "REQUEST": -1.0, "ACCUSE": -2.0, "REJECT": -2.0, "THREATEN": -5.0, "PROTEST": -4.0, "SANCTION": -6.0,
}  # fmt: skip

_GAP = r"(?:,?\s(?!said\b|says\b|that\b|told\b|which\b)[\w'-]+){0,4}?,?"
_BLAME = Rule(
    [
        *forms(
            "criticise criticize condemn denounce deplore decry lambast slam blame accuse attack chide rebuke scold censure"
        ),
        "raised",
        "expressed",
        "voiced",
        "hit",
        "lashed",
        "took",
        "called",
    ],
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>{either([*forms('criticise criticize condemn denounce deplore decry lambast slam blame accuse attack chide rebuke scold censure'), 'raised concerns about', 'raised concern about', 'expressed concern about', 'voiced concern about', 'hit out at', 'lashed out at', 'took aim at', 'called out'])})\s",
)
_PRAISE = Rule(
    forms("welcome praise thank applaud hail commend congratulate salute support back endorse"),
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>{either(forms('welcome praise thank applaud hail commend congratulate salute support back endorse'))})\s",
)
_TOGETHER = Rule(
    "work working step cooperate cooperating cooperation co operate collaborate collaborating strengthen deepen expand resume join act discuss pay share establish set launch tackle fight combat confront address promote revive restart exchange cut reduce phase",
    rf"(?P<what>(?P<who>{SUBJECT}){_GAP}\s(?:(?:is|are|was|were|am|stands?)\s(?:ready|willing|prepared|committed|keen)\sto\s|committed\sto\s|agreed\s(?:to|on)\s|will\s|would\s|pledged\sto\s|promised\sto\s|vowed\sto\s|we\sare\s(?:willing|ready|committed)\sto\s)(?:continue\s(?:to\s)?)?(?P<deed>work(?:ing)?\s(?:\w+\s)?(?:closely\s)?(?:with|together)|step\sup|cooperat\w+|co-operat\w+|collaborat\w+|strengthen|deepen|expand|resume|join\sforces|act\sin\s[^.;]{{3,60}}with|discuss|pay\sthat\sprice\sto\sdiscuss|share|establish|set\sup|launch|tackle|fight|combat|confront|address|promote|revive|restart|exchange|cut|reduce|phase)\b)",
)
_AGREED = Rule(
    "agreed agree",
    rf"(?P<who>{SUBJECT})(?:\s(?:have|has|had|also|finally|formally|jointly|on\s\w+day)){{0,3}}\sagreed?\s(?:to|on|that)\b",
)
_AID = Rule(
    "offered gave given provided granted lent disbursed donated promised pledged provide give offer",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>(?:offered|gave|given|provided|granted|lent|disbursed|donated|promised|pledged|will\s(?:provide|give|offer)|would\s(?:provide|give|offer)|to\sgive))\s(?P<rest>[^.;]{{0,60}}?(?:[$€£]\s?\d|\d[\d.,]*\s?(?:bn|billion|million|m)\b)[^.;]{{0,70}})",
)
_THREAT = Rule(
    "threatened threatens threaten warned",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>threatened|threatens|threaten|warned\s(?:that\s)?it\swould)\s",
)
_SANCTION = Rule(
    "imposed imposes slapped levied impose suspended halted broke cut cancelled canceled",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?P<verb>imposed|imposes|slapped|levied|will\simpose|suspended|halted|broke\soff|cut\soff|cancelled|canceled)\s(?P<what>[^.;]{{0,20}}?(?:tariffs?|sanctions|duties|restrictions|ban|embargo|talks|cooperation|dialogue|contacts|aid))",
)
_FINDS_BAD = Rule(
    "inadequate insufficient unfair unacceptable unjust hypocritical betrayal disgrace",
    rf"(?P<who>{SUBJECT}){_GAP}\s(?:consider|considers|considered|regard|regards|call|calls|called|deem|find|finds|found)\s(?P<what>[^.;]{{3,110}}?)\s(?:as\s)?(?:totally\s|wholly\s|completely\s|utterly\s)?(?:inadequate|insufficient|unfair|unacceptable|unjust|hypocritical|a betrayal|a disgrace)\b",
)


@dataclass
class Interaction:
    """An interaction found: offsets in the document, source, target, code and score."""

    start: int
    end: int
    source: str
    target: str
    code: str
    score: float


class _Dyad:
    """The two sides a text is mostly about, for deeds whose other side is left unsaid."""

    def __init__(self, scene: Scene) -> None:
        counts = Counter(
            m.side
            for m in scene.cast.mentions
            if m.acts
            and m.type in ("state", "official", "officials", "group", "organisation")
            and (m.code or m.type == "state")
        )
        self.sides = [side for side, _ in counts.most_common(2)]
        total = sum(counts.values())
        self.clear = (
            len(self.sides) == 2
            and sum(counts[s] for s in self.sides) >= 0.75 * total
            and counts[self.sides[1]] >= 3
        )

    def other(self, side: str) -> str | None:
        """Return the other side, if the text is clearly about two and this is one of them."""
        if self.clear and side in self.sides:
            return self.sides[1 - self.sides.index(side)]
        return None


def interactions(
    scene: Scene,
    lines: list[Voiced],
    asked: list[Demand],
    refused: list[Refusal],
    happened: list[Event],
) -> list[Interaction]:
    """Find what the sides of a document do to each other."""
    found: list[Interaction] = []
    dyad = _Dyad(scene)

    def put(start: int, end: int, source: str | None, target: str | None, code: str) -> None:
        if not source or not target or source == target or source in ("author",) or end - start < 8:
            return
        if any(
            start < i.end
            and end > i.start
            and (i.code == code or {i.code, code} == {"REJECT", "REQUEST"})
            for i in found
        ):
            return
        found.append(Interaction(start, end, source, target, code, SCORES[code]))

    rejected: set[tuple[str, str | None]] = set()
    for refusal in refused:
        asker = None
        if re.search(
            r"\bthe (?:request|call|demand|proposal|idea|move|plan|offer|suggestion|charge)s?$",
            scene.folded[refusal.start : refusal.end],
        ):
            earlier = [
                d for d in asked if d.end <= refusal.start and d.by != refusal.by and not d.author
            ]
            asker = earlier[-1].by if earlier and refusal.start - earlier[-1].end < 300 else None
        told = scene.folded[refusal.start : refusal.end]
        rebuttal = re.search(r"\b(?:criticism|claims?|charges?|allegations?|accusations?)\b", told)
        alone = refusal.verb == "unwilling" or rebuttal is not None
        target = refusal.of or asker or (None if alone else dyad.other(refusal.by))
        if refusal.verb != "broken off" and (refusal.by, target) not in rejected:
            put(refusal.start, refusal.end, refusal.by, target, "REJECT")
        rejected.add((refusal.by, target))
    requested: set[tuple[str, str]] = set()
    for demand in asked:
        named = [t for t in demand.of if t != demand.by]
        target = named[0] if named else None
        if target is None and not demand.of:
            target = dyad.other(demand.by)
        if (
            demand.source is not None
            and demand.targets
            and demand.source.code
            and demand.source.code == demand.targets[0].code
        ):
            continue  # at home
        if target is None or demand.author or ((demand.by, target) in requested and not named):
            continue
        requested.add((demand.by, target))
        put(demand.start, demand.end, demand.by, target, "REQUEST")
    for event in happened:
        if event.type not in ("meeting", "visit") or event.status == "proposed":
            continue
        sides = event.sides
        if event.type == "visit" and len(sides) == 1 and event.place and event.place != sides[0]:
            if not any(
                e.type == "meeting" and set(e.participants) & set(event.participants)
                for e in happened
            ):
                put(event.start, event.end, sides[0], _state_of(event.place), "CONSULT")
        elif len(sides) >= 2:
            put(event.start, event.end, sides[0], sides[1], "CONSULT")
        elif len(sides) == 1 and event.type == "meeting" and event.participants and not event.key:
            place = event.place and _state_of(event.place)
            put(
                event.start,
                event.end,
                sides[0],
                place if place != sides[0] else dyad.other(sides[0]),
                "CONSULT",
            )
    for item in lines:
        if not item.line.sentence.heading:
            _from_line(item, dyad, put)
    return sorted(found, key=lambda i: i.start)


def _state_of(place: str) -> str | None:
    from accord.parties import named
    from accord.record.gazetteer import party_name

    parties = named(place)
    return party_name(parties[0].code) if len(parties) == 1 else None


def _from_line(item: Voiced, dyad: _Dyad, put) -> None:  # type: ignore[no-untyped-def]
    mask, base = item.line.open, item.line.start

    def side(m: re.Match[str]) -> Mention | None:
        return item.subject(m["who"], m.start("who")) or item.speaker_at(m.start())

    def target(who: Mention, start: int, end: int) -> str | None:
        others = [
            p
            for p in item.line.mentions
            if p.start >= base + start
            and p.end <= base + end
            and p.type in ("state", "group", "organisation", "official", "officials", "body")
            and p.side != who.side
        ]
        return others[0].side if others else None

    def span(start: int, end: int) -> tuple[int, int]:
        left, right = trimmed(item.line.text, start, end)
        return base + left, base + right

    for pattern, code in (
        (_BLAME, "ACCUSE"),
        (_PRAISE, "SUPPORT"),
        (_FINDS_BAD, "ACCUSE"),
        (_THREAT, "THREATEN"),
    ):
        for m in pattern.on(item.line):
            who = side(m)
            if code == "SUPPORT" and re.search(r"\b(?:would|could)\s$", mask[: m.start("verb")]):
                continue  # "would back it if ...": not yet done
            if who is None or re.search(
                r"\b(?:not|n't|never|to|be)\s(?:\w+\s)?$",
                mask[m.start() : m.start("verb")] if "verb" in m.groupdict() else "",
            ):
                continue
            end = (
                m.end()
                if code == "ACCUSE" and pattern is _FINDS_BAD
                else clause_end(mask, m.end(), minimum=3)
            )
            stop = re.search(
                r"\sand\s(?:said|asked|urged|called|told|added|promised)\b", mask[m.end() : end]
            )
            end = m.end() + stop.start() if stop else end
            whole = item.line.people(m.end(), end)
            other = target(who, m.end() if pattern is not _FINDS_BAD else m.start("what"), end)
            if other is None and whole:
                continue
            if other is None and code == "ACCUSE" and pattern is not _FINDS_BAD:
                other = dyad.other(who.side) or _last_side(item, who)
            put(*span(m.start("who"), end), who.side, other, code)
    for m in _BRANDED.on(item.line, mask):
        who = side(m)
        if who is not None and _BAD.search(m["value"]):
            other = (
                target(who, m.start("what"), m.end())
                or dyad.other(who.side)
                or _last_side(item, who)
            )
            put(*span(m.start("who"), m.end()), who.side, other, "ACCUSE")
    for m in _AGREED.on(item.line, mask):
        sides = list(dict.fromkeys(p.side for p in item.line.people(m.start("who"), m.end("who"))))
        if len(sides) >= 2:
            put(*span(m.start("who"), clause_end(mask, m.end())), sides[0], sides[1], "AGREE")
    for m in _TOGETHER.on(item.line, mask):
        who = side(m)
        if who is None and re.match(r"both|the", m["who"], re.I):
            who = item.voices.last or item.voices.last_person or item.voices.last_body
        if who is None:
            continue
        end = clause_end(mask, m.end())
        other = (
            _addressee(item, m.start())
            if "with you" in mask[m.start() : end]
            else target(who, m.end("who"), end)
        )
        if other is None and re.search(
            r"\bwith you\b|\btogether\b|[Bb]oth sides|[Tt]he sides|two (?:ministers|sides|countries|leaders)|\bwe\b",
            mask[m.start() : end],
        ):
            other = (
                _addressee(item, m.start())
                or dyad.other(who.side)
                or next((s for s in dyad.sides if s != who.side), None)
            )
        if m["deed"] in (
            "cut",
            "reduce",
            "phase",
            "share",
            "launch",
            "establish",
            "set up",
            "tackle",
            "fight",
            "combat",
            "confront",
            "address",
            "promote",
        ) and not re.search(r"\btogether\b|[Bb]oth|sides|two ", mask[m.start() : end]):
            continue
        put(*span(m.start("what"), end), who.side, other, "AGREE")
    for m in _AID.on(item.line, mask):
        who = side(m)
        if who is None:
            continue
        other = target(who, m.end("verb"), m.end())
        people = item.line.people(m.start("who"), m.end("who"))
        if people and other in {p.side for p in people}:
            other = None
        put(
            *span(m.start("who"), clause_end(mask, m.end("verb"))),
            people[0].side if people else who.side,
            other,
            "AID",
        )
    for m in _SANCTION.on(item.line, mask):
        who = side(m)
        if who is not None:
            put(
                *span(m.start("who"), m.end()),
                who.side,
                target(who, m.end("verb"), clause_end(mask, m.end())) or dyad.other(who.side),
                "SANCTION",
            )


def _addressee(item: Voiced, at: int) -> str | None:
    offset = item.line.start + at
    for statement in item.said:
        if statement.start <= offset < statement.end and statement.addressee:
            named = next((m for m in item.line.mentions if m.name == statement.addressee), None)
            return named.side if named else None
    return None


def _last_side(item: Voiced, who: Mention) -> str | None:
    for p in (item.voices.last, item.voices.last_body, item.voices.last_person):
        if p is not None and p.side != who.side and p.type in ("state", "official", "organisation"):
            return p.side
    return None
