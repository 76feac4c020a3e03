"""Acts: votes, launches, submissions, changes in a delegation, withdrawals, signings, speeches."""

from __future__ import annotations

import re

from accord.record.clause import Voiced
from accord.record.event import Event, Finder, cut, make_event, who_in
from accord.record.rule import Rule
from accord.record.scene import SUBJECT, WHO, Scene

_PRESS = Rule(
    "press news",
    r"(?P<what>\b(?:a|the|his|her|their|an|joint|daily|regular|weekly|closing|news|\s)*\b(?:press|news)\s(?:conference|briefing)\b(?:\sin\s[A-Z]\w+)?(?:\s(?:on|last)\s\w+(?:\slocal\stime)?)?)",
)

_SPEECH = Rule(
    "speech address keynote spoke addressed delivered gave speaking",
    rf"(?P<what>\b(?:a|an|the|his|her|this|televised|keynote|opening|major|\s)*\b(?:speech|address|keynote)\s(?:to|at|before|in|on)\s[^.,;]{{3,60}})|(?P<what2>(?P<who2>{WHO}++)\s(?:spoke|addressed|delivered a speech|gave a speech|speaking)\s(?:to|at|before|the)\s(?:[^.,;]{{3,60}}))",
)

_VOTE = Rule(
    "ratified voted vote votes passed approved adopted rejected",
    rf"(?P<what>(?:\b[Tt]he\s)?(?P<who>{WHO}++)\s(?:has\s|had\s)?(?P<verb>voted|votes|passed|approved|adopted|rejected|ratified|is due to vote|will vote|is to vote)\s(?=[^.;]{{0,60}}?\b(?:\d+[- ]?(?:to|-)\s?\d+|resolution|bill|law|measure|legislation|act|motion|amendment|budget|treaty|target)\b)[^.;,]{{3,90}})"
    rf"|(?P<what2>\b(?:a|the)\s(?:climate\s|energy\s|carbon\s)?(?:bill|law|resolution|measure|motion|act)\s(?:passed|approved|adopted|rejected)\s(?:by|in)\s(?:the\s)?(?P<who2>{WHO}++)[^.;,]{{0,40}})",
)

_LAUNCH = Rule(
    "launched launches launch unveiled unveil unveils inaugurated inaugurates kicked set established",
    rf"(?P<who>{SUBJECT}|\band)\s(?:(?:has|have|had|will|also|formally|officially|recently)\s){{0,3}}(?P<what>(?:has\s)?(?:launch(?:ed|es)?|unveil(?:ed|s)?|inaugurat(?:ed|es)|kicked off|set up|established)\s(?:the|a|an|its|their|his)\s(?!talks|attack|investigation)[^.;,]{{5,90}})",
)

_SUBMIT = Rule(
    "submitted tabled handed filed deposited sent became posted published submit",
    rf"(?P<what>(?:(?P<who>{SUBJECT})(?:\s(?:has|have|had|formally|officially|recently|today|this week|last week|also)){{0,3}}\s)(?P<verb>submitted|tabled|handed in|filed|deposited|sent in|became the (?:first|second|third|latest) [^.;,]{{3,40}}? to submit)\s[^.;,]{{5,80}})"
    rf"|(?P<what2>\b(?:a|an|the)\s(?:{WHO}*\s?)?(?:\w+\s){{0,2}}(?:document|submission|letter|proposal|text|plan|NDC|paper)\s(?:was|were|has been)\s(?:posted|submitted|sent|tabled|filed|published)\s(?:to|on|by|with)\s[^.;,]{{3,60}})",
)

_CHANGE = Rule(
    "leading leads heading replace replaces replaced replacing succeed succeeds succeeded succeeding take takes taken took appointed named stepped stepping step steps resign resigns resigned retire retires retired retiring sacked dismissed",
    rf"(?P<what>(?P<who>{SUBJECT})(?:\s(?:is|was|will be|has been|have been|now|also|currently|has|had|will|temporarily)){{0,3}}\s(?P<verb>leading the (?:\w+ )?delegation|leads the (?:\w+ )?delegation|heading the delegation|replac(?:es|ed|ing)|succeed(?:s|ed|ing)|take(?:s|n)? over (?:as|from)|took over (?:as|from)|appointed|named|stepp(?:ed|ing) down|step(?:s)? down|sacked|fired|resign(?:s|ed)|retir(?:es|ed|ing)|sacked|dismissed as)(?P<rest>[^.;]{{0,80}}))"
    rf"|(?P<what2>(?P<who2>{WHO}++)\s(?:has\s)?(?:appointed|named)\s(?P<whom>{WHO}++)\s(?:as\s|to\s)[^.;,]{{3,60}})",
)

_WITHDRAW = Rule(
    "withdraw withdraws withdrawing withdrawn withdrew pull pulls pulled pulling leave leaves leaving quit quits quitting exit exits exited exiting left",
    rf"(?P<what>(?P<who>{SUBJECT})(?:(?:,\s\w+,)?\s(?:is|was|will|would|has|had|have|be|been|to|rumou?red|about|formally|expected|also|said|set|threatened|plans)){{0,6}}\s(?:with(?:draw(?:s|ing|n)?|drew)|pull(?:s|ed|ing)? out|leav(?:e|es|ing)|quit(?:s|ting)?|exit(?:s|ed|ing)?|left)\s(?:of\s|from\s)?(?:the\s)?(?:Kyoto|Paris|treaty|agreement|Protocol|accord|pact|UNFCCC|Convention)[^.;,]{{0,30}})",
)

_SIGNED = Rule(
    "signed struck reached sealed concluded finalised finalized clinched inked",
    rf"(?P<what>(?P<who>{SUBJECT})(?:\s(?:has|have|had|will|today|yesterday|on \w+day|also|jointly)){{0,3}}\s(?:signed|struck|reached|sealed|concluded|finali[sz]ed|clinched|inked)\s(?:an?|the|their)\s(?:[\w-]+\s){{0,4}}(?:[Aa]greement|[Pp]rotocol|[Cc]onvention|[Aa]mendment|deal|[Aa]ccord|memorandum(?: of understanding)?|pact|treaty|partnership|statement|declaration|compromise)\b[^.;,]{{0,60}})",
)

_RULING = Rule(
    "ruled ruling",
    rf"(?P<what>(?:\b[Tt]he\s)?(?P<who>{WHO}++)\s(?:has\s)?(?:ruled(?!\sout)|issued (?:its|an) (?:advisory )?(?:opinion|ruling))\b[^.;,]{{0,60}})",
)
_PUBLISHED = Rule(
    "published released issued",
    rf"(?P<what>(?:\b[Tt]he\s)?(?P<who>{WHO}++)(?:\s(?:has|had|today|on \w+day|yesterday)){{0,2}}\s(?:published|released|issued)\s(?:an?|its|the|their)\s(?:[\w-]+\s){{0,4}}(?:report|study|analysis|assessment|plan|white paper|statement|strategy|roadmap|guidelines|communiqu[eé]|declaration|programme|program|policy|law|proposal|paper|target)\b[^.;,]{{0,40}})",
)


def _simple(scene: Scene, item: Voiced, pattern: Rule, kind: str, mask: str) -> list[Event | None]:
    out: list[Event | None] = []
    for m in pattern.on(item.line, mask):
        groups = m.groupdict()
        what = "what" if groups.get("what") else "what2"
        who = "who" if groups.get("who") else "who2"
        people = (
            who_in(item, groups.get(who), m.start(who))
            if groups.get(who)
            else item.line.people(m.start(what), m.end(what))
        )
        end = cut(mask, m.end(what), m.start(what) + 25)
        start = m.start(what)
        if what == "what2" and not groups.get("who2"):
            start = m.start(what)
        out.append(
            make_event(scene, item, start, end, kind, people, source=people[0] if people else None)
        )
    return out


def votes(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find votes and the passing of laws."""
    return _simple(scene, item, _VOTE, "vote", item.line.bare)


def changes(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find changes in who leads, speaks or holds an office."""
    out: list[Event | None] = []
    mask = item.line.bare
    for m in _CHANGE.on(item.line, mask):
        start = m.start("what" if m["what"] else "what2")
        end = m.end()
        if (
            m["what"]
            and m["verb"].startswith(("replac", "named", "appointed", "succeed", "dismissed"))
            and not re.search(WHO, m["rest"])
            and not re.search(
                r"\b(?:as|to)\s(?:\w+\s){0,4}(?:minister|envoy|negotiator|chair|head|president|secretary|ambassador|leader)",
                m["rest"],
            )
        ):
            continue
        people = item.line.people(start, end)
        moved = m["what"] and m["verb"].startswith(
            ("sacked", "fired", "appointed", "named", "replac")
        )
        if not people or (people[0].type not in ("official", "person") and not moved):
            continue
        lead = re.match(rf"^While\s(?P<other>{WHO}++)\s[^,]{{3,40}},\s$", mask[:start])
        if lead is not None:
            start, people = 0, [*people, *item.line.people(0, lead.end())]
        out.append(
            make_event(
                scene,
                item,
                start,
                cut(mask, end, max(start + 30, m.end("verb") if m["what"] else 0)),
                "delegation_change",
                people,
                source=people[0],
            )
        )
    return out


def withdrawals(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find withdrawals from a treaty."""
    return [
        make_event(
            scene,
            item,
            m.start("what"),
            m.end("what"),
            "withdrawal",
            who_in(item, m["who"], m.start("who")),
        )
        for m in _WITHDRAW.on(item.line, item.line.bare)
    ]


def submissions(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find submissions of documents."""
    out: list[Event | None] = []
    mask = item.line.bare
    for m in _SUBMIT.on(item.line, mask):
        what = "what" if m["what"] else "what2"
        people = who_in(item, m["who"], m.start("who")) if m["who"] else []
        end = cut(mask, m.end(what), m.start(what) + 30)
        people = people or item.line.people(m.start(what), end)
        out.append(make_event(scene, item, m.start(what), end, "submission", people))
    return out


def launches(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find launches of schemes and bodies."""
    out: list[Event | None] = []
    for m in _LAUNCH.on(item.line, item.line.bare):
        who = (
            item.main_subject(m.start("what"))
            if not re.search(WHO, m["who"])
            else item.subject(m["who"], m.start("who"))
        )
        people = [who] if who is not None else []
        start = m.start("what")
        aux = re.search(r"\b(?:has|have)\s$", item.line.bare[:start])
        start = aux.start() if aux else start
        end = cut(item.line.bare, m.end("what"), m.start("what") + 15)
        out.append(
            make_event(
                scene,
                item,
                start,
                end,
                "launch",
                people,
                place=people[0].side if people and people[0].type == "state" else None,
            )
        )
    return out


def signings(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find agreements signed or struck."""
    return _simple(scene, item, _SIGNED, "agreement", item.line.bare)


def press(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find press conferences."""
    out: list[Event | None] = []
    for m in _PRESS.on(item.line, item.line.text):
        start = m.start("what") + len(m["what"]) - len(m["what"].lstrip())
        people = [
            p
            for p in item.line.people(m.end(), len(item.line.text))
            if p.type in ("official", "person")
        ][:1] or [p for p in item.line.people(0, start) if p.type in ("official", "person")][-1:]
        out.append(make_event(scene, item, start, m.end(), "press_conference", people))
    return out


def speeches(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find speeches."""
    out: list[Event | None] = []
    mask = item.line.bare
    for m in _SPEECH.on(item.line, mask):
        what = "what" if m["what"] else "what2"
        start = m.start(what) + len(m[what]) - len(m[what].lstrip())
        end = cut(mask, m.end(what), start + 14)
        people = [
            p
            for p in item.line.people(
                start if what == "what2" else m.end(), m.end() if what == "what2" else len(mask)
            )
            if p.type in ("official", "person")
        ][:1]
        people = people or [p for p in [item.main_subject(start)] if p is not None]
        out.append(make_event(scene, item, start, end, "speech", people))
    return out


def rulings(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find rulings of courts."""
    return _simple(scene, item, _RULING, "ruling", item.line.bare)


def publications(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find reports and plans published."""
    return _simple(scene, item, _PUBLISHED, "publication", item.line.bare)


#: What finds each kind of act, with the bits of its rules.
ACTS: dict[Finder, int] = {
    votes: _VOTE.bit,
    changes: _CHANGE.bit,
    withdrawals: _WITHDRAW.bit,
    submissions: _SUBMIT.bit,
    launches: _LAUNCH.bit,
    signings: _SIGNED.bit,
    press: _PRESS.bit,
    speeches: _SPEECH.bit,
    publications: _PUBLISHED.bit,
    rulings: _RULING.bit,
}
