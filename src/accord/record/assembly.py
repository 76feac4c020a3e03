"""Assemblies: conferences by number, city or name, and the sessions of negotiations."""

from __future__ import annotations

import re

from accord.record.clause import Voiced
from accord.record.conference import Conference, by_number, by_place, conferences
from accord.record.event import NOT_PLACE, PLACE, TAIL, Event, Finder, make_event
from accord.record.rule import Rule
from accord.record.scene import Scene
from accord.record.trigger import register

_CONFERENCE = Rule(
    "conference conferences summit forum discussion ministerial convention cop apec g basic opec mef nations asean meeting major dialogue talks negotiations",
    r"(?<!\w)(?=\w)(?P<what>(?:\b(?:[Tt]he|[Aa]n?|this year's|next year's|last year's|the UN's|UN)\s)?(?:(?:upcoming|forthcoming|next|annual|first|second|third|recent|last|\d{4}|two-week|two-day|three-day|major|UN|U\.N\.|United Nations|global|international|world)\s){0,3}"
    r"(?:(?:(?P<lead>[A-Z][\w-]+(?:\s(?:[A-Z][\w-]+|for|of|on|the|and))*?)\s)?(?:(?:climate(?: change)?|environment|biodiversity|energy|finance|mining|leaders'?|ministerial|adaptation|economic|panel|Climate(?: Change)?)\s){0,2}(?P<noun>[Cc]onferences?|[Ss]ummit|[Ff]orum|discussion|ministerial|[Cc]onvention|Dialogue|(?<=climate )talks|(?<=climate )negotiations|(?<=Climate )Talks)\b(?!\s(?:room|call|on Climate Change|centre|center|secretariat))(?:\sof the Parties(?:\s\([^)]{3,8}\))?(?:\s(?:summit|conference))?)?"
    r"|(?P<cop>COP[ -]?\d{1,2})(?:\s(?:climate\s)?(?:summit|conference|talks|meeting))?|(?P<lead2>APEC|G20|G7|G8|BASIC|OPEC|Major Economies Forum|MEF|UN General Assembly|ASEAN)\s(?:leaders'\s|ministers'\s|ministerial\s)?(?:meeting|summit)))"
    + TAIL,
)

_COP_CITY = re.compile(
    r"(?P<what>(?:(?<=\bfor )|(?<=\bat )|(?<=\bin )|(?<=\bto )|(?<=\bof )|(?<=\bsince )|(?<=\bbefore )|(?<=\bafter ))(?P<city>"
    + "|".join(sorted({re.escape(c.city) for c in conferences()}, key=len, reverse=True))
    + r"))(?=[\s.,;:])"
)

_NEGOTIATIONS = Rule(
    "talks negotiations session plenary group stocktaking stocktake round",
    rf"(?<!\w)(?=\w)(?P<what>(?:\b[Tt]he\s)?(?:(?:next|first|second|third|final|new|latest|another|last)\s)*(?:(?:UN|climate|formal|UNFCCC)\s)*(?:round of (?:climate )?(?:talks|negotiations)|negotiations|session|plenary|contact group|stocktak\w+(?: plenary)?|talks)(?:\s(?:on|of)\s[^.,;]{{3,60}}?)?\s(?:will\s)?(?:(?:re-?)?(?:start|open|resume|begin|convene|reconvene|conclude|close)[sd]?|opens|opened|convened|resumed|met|meets|took place|takes place|are held|were held|will be held|re-start)\b(?:\sin\s(?P<place>{PLACE}))?(?:\s(?:on|in|later|next|this|last|at)\s(?:the\s)?[\w\s]{{3,25}}?(?=[.,;]|$))?)",
)

_HELD = Rule(
    "held takes take took was opens opened begins starts scheduled",
    rf"(?P<what>\b[Tt]he\s(?:next\s|conference\s|annual\s|first\s|second\s|\w+\s)?(?P<noun>conference|dialogue|summit|meeting|session|ministerial|round|talks|workshop)\s(?:itself\s)?(?:will be held|takes? place|will take place|took place|was held|is to be held|opens|opened|begins|starts|is scheduled)\s(?:in\s(?P<place>{PLACE}))?[^.;]{{0,40}})",
)


def assemblies(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find conferences and summits."""
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
        if (m["noun"] and m["noun"].lower() in ("convention",)) or (
            m["noun"] == "ministerial" and not (m["lead"] or m["place"])
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
        where = None if where and NOT_PLACE.match(where) else where
        event = make_event(
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
            event = make_event(
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
            or (not lead and noun.lower() in ("conference", "summit") and place == near[0].city)
        ):
            return near[0]
    if re.search(r"\bUN (?:climate )?summit in (?:November|December)", phrase) and year is not None:
        return next((c for c in conferences() if c.start.year == year), None)
    return None


def held(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find assemblies of which the text says when they are held."""
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
            make_event(
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


def sessions(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find sessions and rounds of negotiations."""
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
        event = make_event(
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
    """Return the place of a bulletin or dateline, if its head names one."""
    head = scene.folded[:160]
    for c in conferences():
        if c.city in head or c.city.upper() in head:
            return c.city
    return None


#: What finds assemblies, with the bits of its rules.
ASSEMBLIES: dict[Finder, int] = {
    held: _HELD.bit,
    assemblies: _CONFERENCE.bit
    | register(m.group() for c in conferences() if (m := re.search(r"[a-z]+", c.city.lower()))),
    sessions: _NEGOTIATIONS.bit,
}
