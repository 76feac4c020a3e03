"""Events: meetings, conferences, visits, votes … with date, place and participants."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from accord.record.clause import Voiced, trimmed
from accord.record.conference import Conference, by_number, by_place, conferences
from accord.record.dates import resolve
from accord.record.mention import Mention
from accord.record.rule import Rule
from accord.record.scene import SUBJECT, WHO, Scene

_PLACE = r"[A-Z][A-Za-z'-]+(?:[- ](?:[A-Z][A-Za-z-]+|de|el|of the))*(?:,\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)?"
_WHEN = r"(?:\s(?:(?:on|last|this|next|earlier|later|in|held|late|early)\s(?:late\s|earlier\s|later\s|early\s)?(?:this\s|last\s|next\s)?(?:week|month|year|\w+day|January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d)(?:\s\d{1,2})?(?:,?\s(?:19|20)\d\d)?|yesterday|today|tomorrow))?"
_TAIL = rf"(?:\s(?:held|hosted|scheduled)\s)?(?:\s(?:in|at)\s(?:the\s)?(?P<place>{_PLACE}))?(?P<when>{_WHEN})"

_CONFERENCE = Rule(
    "conference conferences summit forum discussion ministerial convention cop apec g basic opec mef nations asean meeting major dialogue talks negotiations",
    r"(?P<what>(?:\b(?:[Tt]he|[Aa]n?|this year's|next year's|last year's|the UN's|UN)\s)?(?:(?:upcoming|forthcoming|next|annual|first|second|third|recent|last|\d{4}|two-week|two-day|three-day|major|UN|U\.N\.|United Nations|global|international|world)\s){0,3}"
    r"(?:(?:(?P<lead>[A-Z][\w-]+(?:\s(?:[A-Z][\w-]+|for|of|on|the|and))*?)\s)?(?:(?:climate(?: change)?|environment|biodiversity|energy|finance|mining|leaders'?|ministerial|adaptation|economic|panel|Climate(?: Change)?)\s){0,2}(?P<noun>[Cc]onferences?|[Ss]ummit|[Ff]orum|discussion|ministerial|[Cc]onvention|Dialogue|(?<=climate )talks|(?<=climate )negotiations|(?<=Climate )Talks)\b(?!\s(?:room|call|on Climate Change|centre|center|secretariat))(?:\sof the Parties(?:\s\([^)]{3,8}\))?(?:\s(?:summit|conference))?)?"
    r"|(?P<cop>COP[ -]?\d{1,2})(?:\s(?:climate\s)?(?:summit|conference|talks|meeting))?|(?P<lead2>APEC|G20|G7|G8|BASIC|OPEC|Major Economies Forum|MEF|UN General Assembly|ASEAN)\s(?:leaders'\s|ministers'\s|ministerial\s)?(?:meeting|summit)))"
    + _TAIL,
)
_COP_CITY = re.compile(
    r"(?P<what>(?:(?<=\bfor )|(?<=\bat )|(?<=\bin )|(?<=\bto )|(?<=\bof )|(?<=\bsince )|(?<=\bbefore )|(?<=\bafter ))(?P<city>"
    + "|".join(sorted({re.escape(c.city) for c in conferences()}, key=len, reverse=True))
    + r"))(?=[\s.,;:])"
)
_NEGOTIATIONS = Rule(
    "talks negotiations session plenary group stocktaking stocktake round",
    rf"(?P<what>(?:\b[Tt]he\s)?(?:(?:next|first|second|third|final|new|latest|another|last)\s)*(?:(?:UN|climate|formal|UNFCCC)\s)*(?:round of (?:climate )?(?:talks|negotiations)|negotiations|session|plenary|contact group|stocktak\w+(?: plenary)?|talks)(?:\s(?:on|of)\s[^.,;]{{3,60}}?)?\s(?:will\s)?(?:(?:re-?)?(?:start|open|resume|begin|convene|reconvene|conclude|close)[sd]?|opens|opened|convened|resumed|met|meets|took place|takes place|are held|were held|will be held|re-start)\b(?:\sin\s(?P<place>{_PLACE}))?(?:\s(?:on|in|later|next|this|last|at)\s(?:the\s)?[\w\s]{{3,25}}?(?=[.,;]|$))?)",
)
_HELD = Rule(
    "held takes take took was opens opened begins starts scheduled",
    rf"(?P<what>\b[Tt]he\s(?:next\s|conference\s|annual\s|first\s|second\s|\w+\s)?(?P<noun>conference|dialogue|summit|meeting|session|ministerial|round|talks|workshop)\s(?:itself\s)?(?:will be held|takes? place|will take place|took place|was held|is to be held|opens|opened|begins|starts|is scheduled)\s(?:in\s(?P<place>{_PLACE}))?[^.;]{{0,40}})",
)
_MET = Rule(
    "met meet meets held hold holds talked spoke speak speaks sat conferred co hosted received",
    rf"(?P<what>(?P<who>{SUBJECT})(?:,\swho)?(?:\s(?:will|may|might|could|also|then|has|have|is to|are to|again|recently|briefly|separately|jointly|today|yesterday|due to|plans to|later|first|expected)){{0,4}}\s(?P<verb>met|meets?|will meet|held (?:\w+\s){{0,3}}(?:talks|meetings?|consultations|discussions|calls?)|holds? (?:\w+\s){{0,2}}(?:talks|meetings?|consultations)|talked|spoke|speaks?|sat down|conferred|co-chaired|co-hosted|hosted|received)\b(?P<rest>[^.;]{{0,160}}))",
)
_TALKS = Rule(
    "talks meeting meetings consultations call calls dialogue discussions",
    rf"(?P<what>(?:(?:held|holds?|holding|had|opened|began)\s)?(?:\b(?:[Aa]n?|[Tt]he|another|[Aa]|two|three|several|a series of|his|her|their|its|{WHO}+(?:'s?)?)\s)?(?:(?:hours-long|day-long|two-day|three-day|bilateral|trilateral|informal|formal|virtual|high-level|face-to-face|in-person|one-on-one|private|closed-door|ministerial|recent|earlier|separate|further|annual|(?:\w+)-(?:hour|day)|fifth|first|second|third|fourth|sixth|three days of|two days of|intensive|climate|technical)\s)*"
    rf"(?P<noun>[Tt]alks|[Mm]eetings?|[Cc]onsultations|(?:phone |video |telephone )?[Cc]alls?|[Dd]ialogue|[Dd]iscussions)\s(?P<prep>with|between|in|on|at|took place)\b(?P<rest>[^.;]{{2,110}}))",
)
_VISIT = Rule(
    "visit visits visited travel travels traveled travelled flew flies went arrived arrives toured tours returned landed paid trip tour mission journey came",
    rf"(?P<what4>(?P<who4>{WHO}+)\s(?:visited|came|travel(?:l)?ed|flew)\s(?P<when4>earlier this (?:month|week|year)|last (?:week|month|year)|on \w+day|yesterday)(?P<rest4>[^.;,]{{0,70}}))|"
    rf"(?P<what>(?P<who>{SUBJECT})(?:,\swho)?(?:\s(?:will|has|have|had|may|also|then|is to|plans to|is expected to|recently|just|due to)){{0,3}}\s(?P<verb>visited|visits?|will visit|travel(?:l?ed|s)?\sto|will travel to|flew\sto|flies\sto|went\sto|arrived\sin|arrives\sin|toured|tours|returned\sto|landed\sin|paid a visit to)\s(?:the\s)?(?P<rest>[^.;]{{2,80}}))"
    rf"|(?P<what2>(?:\b(?:his|her|their|a|an|the|its|{WHO}+(?:'s?)?)\s)?(?:(?:week-long|two-day|three-day|first|second|third|official|state|State|recent|upcoming|planned|four-day|\w+-day|brief|surprise|latest)\s)*(?P<noun>[Vv]isits?|trip|tour|mission|journey)\s(?P<prep>to|of|in)\s(?:the\s)?(?P<rest2>[^.;,]{{2,50}}))"
    rf"|(?P<what3>(?P<who3>{WHO}+{WHO}*)\s(?:is|was|became)\sthe\s(?:latest|first|second|most senior)\s[^.;,]{{3,60}}?\sto\svisit\s(?P<rest3>[^.;,]{{2,30}}))",
)
_GATHER = Rule(
    "gathered gather convened assembled meeting",
    rf"(?P<what>(?P<who>{SUBJECT})(?:\sfrom\s[\w\s]{{3,40}}?)?\s(?:have\s|has\s|had\s)?(?:gathered|gather|convened|assembled|came together|are meeting|were meeting)\s(?:on\s\w+day\s)?in\s(?P<place>{_PLACE})[^.;,]{{0,50}})",
)
_PRESS = Rule(
    "press news",
    r"(?P<what>\b(?:a|the|his|her|their|an|joint|daily|regular|weekly|closing|news|\s)*\b(?:press|news)\s(?:conference|briefing)\b(?:\sin\s[A-Z]\w+)?(?:\s(?:on|last)\s\w+(?:\slocal\stime)?)?)",
)
_SPEECH = Rule(
    "speech address keynote spoke addressed delivered gave speaking",
    rf"(?P<what>\b(?:a|an|the|his|her|this|televised|keynote|opening|major|\s)*\b(?:speech|address|keynote)\s(?:to|at|before|in|on)\s[^.,;]{{3,60}})|(?P<what2>(?P<who2>{WHO}+)\s(?:spoke|addressed|delivered a speech|gave a speech|speaking)\s(?:to|at|before|the)\s(?:[^.,;]{{3,60}}))",
)
_VOTE = Rule(
    "voted passed approved adopted rejected",
    rf"(?P<what>(?:\b[Tt]he\s)?(?P<who>{WHO}+)\s(?:has\s|had\s)?(?P<verb>voted|passed|approved|adopted|rejected)\s(?=[^.;]{{0,60}}?\b(?:\d+[- ]?(?:to|-)\s?\d+|resolution|bill|law|measure|legislation|act|motion|amendment|budget|treaty|target)\b)[^.;,]{{3,90}})"
    rf"|(?P<what2>\b(?:a|the)\s(?:climate\s|energy\s|carbon\s)?(?:bill|law|resolution|measure|motion|act)\s(?:passed|approved|adopted|rejected)\s(?:by|in)\s(?:the\s)?(?P<who2>{WHO}+)[^.;,]{{0,40}})",
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
    rf"|(?P<what2>(?P<who2>{WHO}+)\s(?:has\s)?(?:appointed|named)\s(?P<whom>{WHO}+)\s(?:as\s|to\s)[^.;,]{{3,60}})",
)
_WITHDRAW = Rule(
    "withdraw withdraws withdrawing withdrawn withdrew pull pulls pulled pulling leave leaves leaving quit quits quitting exit exits exited exiting left",
    rf"(?P<what>(?P<who>{SUBJECT})(?:(?:,\s\w+,)?\s(?:is|was|will|would|has|had|have|be|been|to|rumou?red|about|formally|expected|also|said|set|threatened|plans)){{0,6}}\s(?:with(?:draw(?:s|ing|n)?|drew)|pull(?:s|ed|ing)? out|leav(?:e|es|ing)|quit(?:s|ting)?|exit(?:s|ed|ing)?|left)\s(?:of\s|from\s)?(?:the\s)?(?:Kyoto|Paris|treaty|agreement|Protocol|accord|pact|UNFCCC|Convention)[^.;,]{{0,30}})",
)
_SIGNED = Rule(
    "signed struck reached sealed concluded finalised finalized clinched inked",
    rf"(?P<what>(?P<who>{SUBJECT})(?:\s(?:has|have|had|will|today|yesterday|on \w+day|also|jointly)){{0,3}}\s(?:signed|struck|reached|sealed|concluded|finali[sz]ed|clinched|inked)\s(?:an?|the|their)\s(?:[\w-]+\s){{0,4}}(?:agreement|deal|accord|memorandum(?: of understanding)?|pact|treaty|partnership|statement|declaration|compromise)\b[^.;,]{{0,60}})",
)
_PUBLISHED = Rule(
    "published released issued",
    rf"(?P<what>(?:\b[Tt]he\s)?(?P<who>{WHO}+)(?:\s(?:has|had|today|on \w+day|yesterday)){{0,2}}\s(?:published|released|issued)\s(?:an?|its|the|their)\s(?:[\w-]+\s){{0,4}}(?:report|study|analysis|assessment|plan|white paper|statement|strategy|roadmap|guidelines|communiqu[eé]|declaration|programme|program|policy|law|proposal|paper|target)\b[^.;,]{{0,40}})",
)

_FUTURE = re.compile(
    r"\b(?:will|upcoming|forthcoming|next|ahead of|to be held|is to|are to|scheduled|planned|expected to|later this|due to|plans to|before|going to|left for|ready for|prepare|opens|tomorrow|will attend|if they attend)\b"
)
_POSSIBLE = re.compile(r"\b(?:may|might|could|proposed|possible|rumou?red|considering|hopes? to)\b")
_CLAUSE = re.compile(
    r",\s(?:where|who|which|while|but|and (?:said|urged|stressed|agreed|told|discussed|noted|called|\w+ed)|as|after|saying|adding|a|an|in order|to\s\w+|attempted)\b|\s(?:where|which|that|while|to (?:discuss|urge|press|revive|prepare|seek|try|talk|agree|find|review|resolve)|attempted|about|and (?:said|urged|stressed|agreed|told|discussed|noted|called|pressed|pledged|welcomed|asked|raised|thanked|promised|met)|were|was|is|are|had|has|have|for (?:a|high|the)\b)\b|\"|,\s(?=the\s)|,\s(?="
    + WHO
    + r")"
)


@dataclass
class Event:
    """An event found: offsets in the document, type, circumstances."""

    start: int
    end: int
    type: str
    date: str | None = None
    place: str | None = None
    participants: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    name: str | None = None
    status: str = "past"
    key: str = ""
    source: Mention | None = None


def events(scene: Scene, lines: list[Voiced]) -> list[Event]:
    """Find the events of a document, one per event however often it is named."""
    found: list[Event] = []
    for item in lines:
        here: list[Event] = []
        for rule in (
            _held,
            _visits,
            _meetings,
            _gatherings,
            _votes,
            _changes,
            _withdrawals,
            _submissions,
            _launches,
            _signings,
            _press,
            _speeches,
            _conferences,
            _sessions,
            _publications,
        ):
            for one in rule(scene, item):
                if one is None or any(one.start < e.end and one.end > e.start for e in here):
                    continue
                here.append(one)
        found.extend(here)
    return _distinct(found, scene)


def _distinct(found: list[Event], scene: Scene) -> list[Event]:
    """Keep one line per event: a later mention adds what the first one lacked."""
    out: list[Event] = []
    headings = {(line.start, line.sentence.end) for line in scene.lines if line.sentence.heading}
    for one in sorted(found, key=lambda e: (any(s <= e.start < t for s, t in headings), e.start)):
        twin = next((o for o in out if _same(o, one)), None)
        if twin is None:
            out.append(one)
            continue
        twin.place = twin.place or one.place
        twin.date = twin.date or one.date
        if len(one.participants) > len(twin.participants):
            twin.participants = one.participants
    named = any(e.type == "conference" and e.key for e in out)
    if named:
        out = [e for e in out if e.type != "conference" or e.key]
    return sorted(out, key=lambda e: e.start)


def _same(one: Event, other: Event) -> bool:
    if one.key and one.key == other.key:
        return True
    if one.key.startswith("conf:") or other.key.startswith("conf:"):
        return False
    if one.type != other.type:
        return False
    if one.key.startswith("held:") or other.key.startswith("held:"):
        return False
    if one.type in ("meeting", "visit"):
        shared = set(one.participants) & set(other.participants)
        if one.type == "visit":
            return bool(shared) and (one.place == other.place or not one.place or not other.place)
        if set(one.participants) == set(other.participants) and len(shared) >= 2:
            return True
        return not other.participants or (
            len(shared) >= 1 and len(other.participants) == 1 and not other.place
        )
    if one.type in (
        "press_conference",
        "vote",
        "delegation_change",
        "withdrawal",
        "launch",
        "submission",
    ):
        return (
            (set(one.participants) == set(other.participants)
            and one.type != "launch")
            or (bool(set(one.participants) & set(other.participants))
            and one.type in ("delegation_change", "withdrawal", "submission"))
        )
    return False


def _event(scene: Scene, item: Voiced, start: int, end: int, kind: str, people: list[Mention], *, place: str | None = None,
           date: str | None = None, name: str | None = None, key: str = "", source: Mention | None = None) -> Event | None:  # fmt: skip
    start, end = trimmed(item.line.text, start, end)
    if end - start < 4:
        return None
    text = item.line.text
    phrase = text[start:end]
    context = text[max(0, start - 40) : end]
    status = "planned" if _FUTURE.search(context) else "past"
    if _POSSIBLE.search(context):
        status = "proposed"
    future = status != "past"
    when = date or scene.date(phrase, future=future)
    if when is None:
        near = resolve(text, scene.day, future=future)
        near.sort(key=lambda w: min(abs(w.start - end), abs(w.end - start)))
        close = [
            w
            for w in near
            if item.line.mask[w.start] != "\ue001"
            and min(abs(w.start - end), abs(w.end - start)) < 70
        ]
        when = close[0].value if close else None
    if when is None and status == "past":
        when = scene.recent()
    names = list(dict.fromkeys(p.name for p in people if p.type != "document"))
    sides = list(dict.fromkeys(p.side for p in people if p.type != "document"))
    return Event(
        item.line.start + start,
        item.line.start + end,
        kind,
        when,
        place or _place(scene, item, start, end),
        names,
        sides,
        name,
        status,
        key,
        source,
    )


_IN = re.compile(rf"\b(?:in|at)\s(?:the\s)?(?P<place>{_PLACE})")
_NOT_PLACE = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|COP|UN|Paris Agreement|Kyoto Protocol|The|In|Article|Climate|Congress|Parliament|Senate|President|Mr|English|Chinese)\b"
)


def _place(scene: Scene, item: Voiced, start: int, end: int) -> str | None:
    """Read the place of an event in its phrase, else right behind it."""
    for left, right in ((start, end), (end, min(len(item.line.text), end + 60))):
        for m in _IN.finditer(item.line.text, left, right):
            if _NOT_PLACE.match(m["place"]):
                continue
            who = item.line.who(m.start("place"))
            if who is not None and who.type in ("official", "person"):
                continue
            return re.sub(r",.*$", "", m["place"])
    return None


def _cut(text: str, start: int, end: int, floor: int) -> int:
    m = _CLAUSE.search(text, floor, end)
    return m.start() if m else end


def _who(item: Voiced, words: str | None, at: int) -> list[Mention]:
    if not words:
        return []
    named = item.line.people(at, at + len(words))
    if named:
        return [m for m in named if m.type != "document"]
    if words.lower() in ("they",):
        return [p for p in (item.voices.last_person, item.voices.last) if p is not None][:2]
    one = item.subject(words, at)
    return [one] if one is not None else []


def _visits(scene: Scene, item: Voiced) -> list[Event | None]:
    out: list[Event | None] = []
    mask, text = item.line.bare, item.line.text
    for m in _VISIT.on(item.line, mask):
        n = next(i for i in ("", "2", "3", "4") if m[f"what{i}"])
        start, rest = m.start(f"what{n}"), m[f"rest{n}"]
        at = m.start(f"rest{n}")
        end = _cut(mask, start, m.end(f"what{n}"), at + 1)
        if n == "2":
            owner = (
                item.voices.pronoun("he", item.line, start)
                if re.match(r"(?:his|her)\s", m["what2"])
                else None
            )
            people = (
                item.line.people(start, m.start("noun"))
                or ([owner] if owner is not None else [])
                or [
                    p
                    for p in [item.main_subject(start)]
                    if p is not None and p.type in ("official", "person", "officials")
                ]
            )
            if m["noun"] in ("tour", "mission", "journey", "trip") and m["prep"] == "in":
                continue
            if m["prep"] == "of" and m["noun"] != "tour":
                continue
        else:
            people = _who(
                item,
                m.groupdict().get("who" if n == "" else f"who{n}"),
                m.start("who" if n == "" else f"who{n}"),
            )
        people = [
            p
            for p in people
            if p.type in ("official", "person", "officials", "group", "state", "organisation")
        ]
        place = _destination(item, at, rest) if n != "4" else None
        if n != "4" and place is None:
            continue
        if (
            n == ""
            and not re.search(r"[A-Z\ue000]", rest[:2])
            and not re.match(r"(?:the\s)?[A-Z]", text[at : at + 8])
        ):
            continue
        if n == "4":
            end = (
                _cut(mask, start, m.end("what4"), m.end("when4") + 1)
                if not m["rest4"].startswith(" for high")
                else m.end("what4")
            )
            # "visited earlier this month": the country spoken of.
            place = _last_place(scene, item)
        out.append(
            _event(
                scene,
                item,
                start,
                end,
                "visit",
                people,
                place=place,
                source=people[0] if people else None,
            )
        )
    return out


def _destination(item: Voiced, at: int, rest: str) -> str | None:
    text = item.line.text
    for mention in item.line.mentions:
        offset = mention.start - item.line.start
        if at - 1 <= offset <= at + 2 and mention.type in ("state", "group"):
            words = text[offset : mention.end - item.line.start]
            return (
                words
                if mention.form == "place"
                and words != mention.name
                and len(words) > 3
                and not words.isupper()
                and mention.name not in words
                and _is_city(words)
                else mention.name
            )
    m = re.match(rf"(?:the\s)?({_PLACE})", text[at:])
    if m is None or _NOT_PLACE.match(m[1]):
        region = re.match(
            r"(?:major |several |other )?((?:[Nn]orth|[Ss]outh)(?:east|west)?\s?[A-Z]\w+|[A-Z]\w+)",
            text[at:],
        )
        return region[1] if region else None
    return re.sub(r",.*$", "", m[1])


def _is_city(words: str) -> bool:
    return True


def _last_place(scene: Scene, item: Voiced) -> str | None:
    before = [
        m
        for m in scene.cast.mentions
        if m.start < item.line.start and m.form == "place" and m.type in ("state", "group")
    ]
    return before[-1].name if before else None


def _meetings(scene: Scene, item: Voiced) -> list[Event | None]:
    out: list[Event | None] = []
    mask = item.line.bare
    for m in _MET.on(item.line, mask):
        verb, rest = m["verb"], m["rest"]
        if verb in ("spoke", "talked", "speaks", "speak", "sat down", "conferred") and not re.match(
            r"\s(?:\w+\s){0,2}(?:with|to)\s", rest
        ):
            continue
        if (
            verb in ("met", "meet", "meets", "will meet")
            and re.match(
                r"\s(?:its|their|the|his|about|only|all|none|any|more|\d|with (?:criticism|anger|resistance|silence))\b",
                rest,
            )
            and not re.match(rf"\s(?:the|his|her|their|its)\s(?:\w+\s)?(?:{WHO}|counterpart)", rest)
        ):
            continue
        if verb in ("hosted", "received", "co-hosted") and not re.match(
            rf"\s(?:the\s)?{WHO}", rest
        ):
            continue
        if re.search(r"\b(?:who|that)\s$", mask[max(0, m.start() - 5) : m.start()]):
            continue
        end = _cut(mask, m.start(), m.end(), m.end("verb") + 4)
        people = _who(item, m["who"], m.start("who")) + item.line.people(m.end("verb"), end)
        if not people or (
            verb in ("meet", "meets")
            and len(people) < 2
            and not re.search(r"\b(?:in|on|next|again)\b", rest)
        ):
            continue
        people = [p for p in people if p.type not in ("media",)]
        key = ""
        date = None
        if re.search(r"\bagain\b", m.group()):
            key = f"again:{item.line.start}"
        out.append(
            _event(
                scene,
                item,
                m.start("what"),
                end,
                "meeting",
                people,
                key=key,
                date=date,
                source=people[0],
            )
        )
    for m in _TALKS.on(item.line, mask):
        noun, rest = m["noun"].lower(), m["rest"]
        with_people = item.line.people(m.end("prep"), m.end())
        if m["prep"] in ("on", "at", "in") and noun in (
            "call",
            "calls",
            "dialogue",
            "discussions",
            "discussion",
        ):
            if not (noun == "dialogue" and m["prep"] == "in"):
                continue
        if (
            m["prep"] in ("with", "between")
            and not with_people
            and not re.match(
                r"\s(?:the\s)?(?:two|both|his|her|their|heads|leaders|officials|counterparts?|senior)",
                rest,
            )
        ):
            continue
        if noun in ("calls", "call") and m["prep"] != "with":
            continue
        start = m.start("what")
        end = _cut(mask, start, m.end(), m.end("prep") + 2)
        inner = item.line.people(start, end)
        owner = item.line.people(start, m.start("noun"))
        subject = item.main_subject(start)
        people = list(owner)
        if (
            subject is not None
            and subject not in inner
            and (not owner)
            and m["prep"] != "between"
            and subject.type in ("official", "officials", "person", "state")
        ):
            people = [subject]
        people += [p for p in inner if p not in people]
        if (
            m["prep"] in ("in", "on", "at")
            and not resolve(mask[start:end], scene.day)
            and _place(scene, item, start, end) is None
            and not owner
        ):
            continue
        if not people:
            people = [
                p
                for p in item.line.people(end, min(len(mask), end + 120))
                if p.type in ("official", "officials", "state", "person")
            ][:2]
        heads = re.search(r"\bheads of state|both leaders|two leaders", rest)
        event = _event(
            scene,
            item,
            start,
            end,
            "meeting",
            people,
            key=f"past:{start}:{item.line.start}" if heads else "",
            source=people[0] if people else None,
        )
        if event is not None and heads:
            event.participants = event.participants or ["heads of state"]
            event.date = None
        out.append(event)
    return out


def _conferences(scene: Scene, item: Voiced) -> list[Event | None]:
    out: list[Event | None] = []
    text = item.line.text
    for m in _CONFERENCE.on(item.line, text):
        if (
            m["noun"]
            and m["noun"].lower() in ("discussion",)
            and not re.search(r"\bpanel\b", m.group())
        ):
            continue
        if re.match(r"\s(?:call|room)", text[m.end("what") :]) or re.search(
            r"(?:press|news)\s[Cc]onference", m["what"]
        ):
            continue
        if (
            (m["noun"]
            and m["noun"].lower() in ("convention",))
            or (m["noun"] == "ministerial"
            and not (m["lead"] or m["place"]))
        ):
            continue
        if (
            m["noun"]
            and not m["lead"]
            and not m["place"]
            and not re.search(r"climate|UN|\d{4}|COP", m["what"], re.I)
            and m["noun"].lower() in ("forum", "discussion", "conference", "summit", "dialogue")
            and not re.match(r"[Tt]he\s", m["what"])
            and not re.match(r"\s(?:of|with|on)\s", text[m.end("what") :])
        ):
            continue
        if m["noun"] == "Dialogue" and not lead_of(m):
            continue
        where = m["place"]
        lead = m["lead"] or m["lead2"] or ""
        known = _known_conference(
            scene, m["cop"], lead, where, text[m.start() : m.end()], m["noun"] or ""
        )
        start, end = m.start("what"), m.end()
        following = re.match(r"\s(?:summit|conference)?\s?(?:in|at)\s", text[m.end("what") :])
        if m["noun"] == "discussion" or m["noun"] == "panel":
            more = re.match(
                r"\sat\sthe\s[^.,;]{3,60}?(?:,\s[A-Z]\w+)?(?=[.,;]|$)", text[m.end("what") :]
            )
            end = m.end("what") + more.end() if more else end
        del following
        # A second conference in a title ("Conference of the Parties (COP 26) summit in Glasgow").
        number = re.search(r"COP[ -]?\d{1,2}", text[start:end])
        if number is not None and known is None:
            known = by_number(re.sub(r"\D", "", number.group()))
        people = [p for p in item.line.people(start, end) if p.type != "media"]
        subject = item.main_subject(start)
        where = None if where and _NOT_PLACE.match(where) else where
        event = _event(
            scene, item, start, end, "conference", [], place=where and re.sub(r",.*$", "", where)
        )
        if event is None:
            continue
        del people
        if subject is not None and subject.type in ("official", "officials", "person"):
            event.participants = [subject.name]
        if known is not None:
            event.key = f"conf:{known.name}"
            event.name = known.name
            day = scene.day
            own = scene.date(text[start:end], future=known.start.isoformat() > (day or ""))
            event.date = (
                own
                if own is not None and own.startswith(known.start.isoformat()[:4])
                else known.month
            )
            event.place = event.place if where else known.city
            if day is not None:
                event.status = "planned" if known.start.isoformat()[: len(day)] > day else "past"
        else:
            lead = lead or (where or "")
            event.key = (
                f"conf:{lead.lower()}:{event.date if re.match(r'(?:[Tt]he|[Aa]n?)?', m['what']) else ''}"
                if lead
                else ""
            )
            if not lead and any(True for _ in ()):
                continue
        out.append(event)
    if not out:
        for m in _COP_CITY.finditer(text):
            conference = by_place(m["city"], None)
            if (
                conference is None
                or scene.day is None
                or re.match(
                    r"\s(?:[Aa]greement|[Aa]ccord|[Pp]rotocol|climate|summit|conference|and\s[A-Z])",
                    text[m.end() :],
                )
            ):
                continue
            near = [
                c
                for c in conferences()
                if c.city == m["city"] and abs(int(scene.day[:4]) - c.start.year) <= 1
            ]
            lead = text[max(0, m.start() - 25) : m.start()]
            if not near or not re.search(
                r"\b(?:left for|ahead of|before|run-?up to|road to|at|eleven in|day \w+ in|since|after|week in)\s$",
                lead,
                re.I,
            ):
                continue
            event = _event(
                scene,
                item,
                m.start(),
                m.end(),
                "conference",
                [],
                place=m["city"],
                date=near[0].month if len(scene.day) > 4 else str(near[0].start.year),
                name=near[0].name,
                key=f"conf:{near[0].name}",
            )
            out.append(event)
    return out


def lead_of(m: re.Match[str]) -> str:
    """Return the proper name before a conference noun, or ``""``."""
    return m["lead"] or m["lead2"] or ""


def _known_conference(
    scene: Scene, cop: str | None, lead: str, where: str | None, phrase: str, noun: str
) -> Conference | None:
    if cop:
        return by_number(re.sub(r"\D", "", cop))
    if number := re.search(r"COP[ -]?(\d{1,2})", phrase):
        return by_number(number[1])
    if noun.lower() == "forum":
        return None
    day = scene.day
    year = int(day[:4]) if day else None
    for place in (
        lead.rsplit(" ", maxsplit=1)[-1] if lead else "",
        lead,
        re.sub(r",.*$", "", where) if where else "",
    ):
        if not place:
            continue
        near = [
            c
            for c in conferences()
            if place in (c.city, c.country) and (year is None or abs(c.start.year - year) <= 1)
        ]
        if place in {c.country for c in conferences()} and place not in {
            c.city for c in conferences()
        }:
            near = [c for c in near if year is None or c.start.year >= year]
        if near and (
            not where
            or re.search(r"climate|UN|COP|Conference of the Parties", phrase)
            or place == lead
        ):
            return near[0]
    if re.search(r"\bUN (?:climate )?summit in (?:November|December)", phrase) and year is not None:
        return next((c for c in conferences() if c.start.year == year), None)
    return None


def _gatherings(scene: Scene, item: Voiced) -> list[Event | None]:
    out: list[Event | None] = []
    for m in _GATHER.on(item.line, item.line.bare):
        people = _who(item, m["who"], m.start("who"))
        out.append(
            _event(
                scene,
                item,
                m.start("what"),
                m.end("what"),
                "meeting",
                people,
                place=m["place"] and re.sub(r",.*$", "", m["place"]),
            )
        )
    return out


def _held(scene: Scene, item: Voiced) -> list[Event | None]:
    out: list[Event | None] = []
    text = item.line.text
    for m in _HELD.on(item.line, text):
        kind = {
            "dialogue": "meeting",
            "meeting": "meeting",
            "talks": "meeting",
            "session": "session",
            "round": "session",
        }.get(m["noun"], "conference")
        place = re.sub(r",.*$", "", m["place"]) if m["place"] else None
        out.append(
            _event(
                scene,
                item,
                m.start("what"),
                m.end("what"),
                kind,
                [],
                place=place,
                key=f"held:{item.line.start}",
            )
        )
    return out


def _sessions(scene: Scene, item: Voiced) -> list[Event | None]:
    out: list[Event | None] = []
    text = item.line.text
    for m in _NEGOTIATIONS.on(item.line, text):
        place = m["place"]
        where = re.sub(r",.*$", "", place) if place else _where(scene)
        known = (
            _known_conference(scene, None, place or "", None, m.group(), "")
            if place and re.search("negotiations", m.group())
            else None
        )
        event = _event(
            scene,
            item,
            m.start("what"),
            m.end("what"),
            "conference" if known else "session",
            [],
            place=where,
        )
        if event is not None and known is not None:
            event.key, event.name = f"conf:{known.name}", known.name
            event.date = event.date or known.month
        elif (
            event is not None
            and scene.day is not None
            and event.status == "past"
            and len(scene.day) == 10
            and not re.search(r"\d", m.group())
        ):
            event.date = event.date or scene.day
        out.append(event)
    return out


def _where(scene: Scene) -> str | None:
    """The place of a bulletin or dateline, if its head names one."""
    head = scene.folded[:160]
    for c in conferences():
        if c.city in head or c.city.upper() in head:
            return c.city
    return None


def _simple(scene: Scene, item: Voiced, pattern: Rule, kind: str, mask: str) -> list[Event | None]:
    out: list[Event | None] = []
    for m in pattern.on(item.line, mask):
        groups = m.groupdict()
        what = "what" if groups.get("what") else "what2"
        who = "who" if groups.get("who") else "who2"
        people = (
            _who(item, groups.get(who), m.start(who))
            if groups.get(who)
            else item.line.people(m.start(what), m.end(what))
        )
        end = _cut(mask, m.start(what), m.end(what), m.start(what) + 25)
        start = m.start(what)
        if what == "what2" and not groups.get("who2"):
            start = m.start(what)
        out.append(
            _event(scene, item, start, end, kind, people, source=people[0] if people else None)
        )
    return out


def _votes(scene: Scene, item: Voiced) -> list[Event | None]:
    return _simple(scene, item, _VOTE, "vote", item.line.bare)


def _changes(scene: Scene, item: Voiced) -> list[Event | None]:
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
        moved = m["what"] and m["verb"].startswith(("sacked", "fired", "appointed", "named", "replac"))
        if not people or (people[0].type not in ("official", "person") and not moved):
            continue
        lead = re.match(rf"^While\s(?P<other>{WHO}+)\s[^,]{{3,40}},\s$", mask[:start])
        if lead is not None:
            start, people = 0, [*people, *item.line.people(0, lead.end())]
        out.append(
            _event(
                scene,
                item,
                start,
                _cut(mask, start, end, start + 30),
                "delegation_change",
                people,
                source=people[0],
            )
        )
    return out


def _withdrawals(scene: Scene, item: Voiced) -> list[Event | None]:
    return [
        _event(
            scene,
            item,
            m.start("what"),
            m.end("what"),
            "withdrawal",
            _who(item, m["who"], m.start("who")),
        )
        for m in _WITHDRAW.on(item.line, item.line.bare)
    ]


def _submissions(scene: Scene, item: Voiced) -> list[Event | None]:
    out: list[Event | None] = []
    mask = item.line.bare
    for m in _SUBMIT.on(item.line, mask):
        what = "what" if m["what"] else "what2"
        people = _who(item, m["who"], m.start("who")) if m["who"] else []
        end = _cut(mask, m.start(what), m.end(what), m.start(what) + 30)
        people = people or item.line.people(m.start(what), end)
        out.append(_event(scene, item, m.start(what), end, "submission", people))
    return out


def _launches(scene: Scene, item: Voiced) -> list[Event | None]:
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
        end = _cut(item.line.bare, start, m.end("what"), m.start("what") + 15)
        out.append(
            _event(
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


def _signings(scene: Scene, item: Voiced) -> list[Event | None]:
    return _simple(scene, item, _SIGNED, "agreement", item.line.bare)


def _press(scene: Scene, item: Voiced) -> list[Event | None]:
    out: list[Event | None] = []
    for m in _PRESS.on(item.line, item.line.text):
        start = m.start("what") + len(m["what"]) - len(m["what"].lstrip())
        people = [
            p
            for p in item.line.people(m.end(), len(item.line.text))
            if p.type in ("official", "person")
        ][:1] or [p for p in item.line.people(0, start) if p.type in ("official", "person")][-1:]
        out.append(_event(scene, item, start, m.end(), "press_conference", people))
    return out


def _speeches(scene: Scene, item: Voiced) -> list[Event | None]:
    out: list[Event | None] = []
    mask = item.line.bare
    for m in _SPEECH.on(item.line, mask):
        what = "what" if m["what"] else "what2"
        start = m.start(what) + len(m[what]) - len(m[what].lstrip())
        end = _cut(mask, start, m.end(what), start + 14)
        people = [
            p
            for p in item.line.people(
                start if what == "what2" else m.end(), m.end() if what == "what2" else len(mask)
            )
            if p.type in ("official", "person")
        ][:1]
        people = people or [p for p in [item.main_subject(start)] if p is not None]
        out.append(_event(scene, item, start, end, "speech", people))
    return out


def _publications(scene: Scene, item: Voiced) -> list[Event | None]:
    return _simple(scene, item, _PUBLISHED, "publication", item.line.bare)
