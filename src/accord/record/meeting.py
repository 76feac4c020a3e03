"""Meetings and visits: who met whom, who went where."""

from __future__ import annotations

import re

from accord.record.clause import Voiced
from accord.record.dates import resolve
from accord.record.event import NOT_PLACE, PLACE, Event, Finder, cut, make_event, place_in, who_in
from accord.record.rule import Rule
from accord.record.scene import SUBJECT, WHO, Scene

_MET = Rule(
    "met meet meets held hold holds talked spoke speak speaks sat conferred co hosted received",
    rf"(?P<what>(?P<who>{SUBJECT})(?:,\swho)?(?:\s(?:will|may|might|could|also|then|has|have|is to|are to|again|recently|briefly|separately|jointly|today|yesterday|due to|plans to|later|first|expected)){{0,4}}\s(?P<verb>met|meets?|will meet|held (?:\w+\s){{0,3}}(?:talks|meetings?|consultations|discussions|calls?)|holds? (?:\w+\s){{0,2}}(?:talks|meetings?|consultations)|talked|spoke|speaks?|sat down|conferred|co-chaired|co-hosted|hosted|received)\b(?P<rest>[^.;]{{0,160}}))",
)

_TALKS = Rule(
    "talks meeting meetings consultations call calls dialogue discussions",
    rf"(?P<what>(?:(?:held|holds?|holding|had|opened|began)\s)?(?:(?:\b(?:[Aa]n?|[Tt]he|another|two|three|several|a series of|his|her|their|its)|{WHO}++(?:'s?)?)\s)?(?:(?:hours-long|day-long|two-day|three-day|bilateral|trilateral|informal|formal|virtual|high-level|face-to-face|in-person|one-on-one|private|closed-door|ministerial|recent|earlier|separate|further|annual|(?:\w+)-(?:hour|day)|fifth|first|second|third|fourth|sixth|three days of|two days of|intensive|climate|technical)\s)*"
    rf"(?P<noun>[Tt]alks|[Mm]eetings?|[Cc]onsultations|(?:phone |video |telephone )?[Cc]alls?|[Dd]ialogue|[Dd]iscussions)\s(?P<prep>with|between|in|on|at|took place)\b(?P<rest>[^.;]{{2,110}}))",
)

_VISIT = Rule(
    "visit visits visited travel travels traveled travelled flew flies went arrived arrives toured tours returned landed paid trip tour mission journey came",
    rf"(?P<what4>(?P<who4>{WHO}++)\s(?:visited|came|travel(?:l)?ed|flew)\s(?P<when4>earlier this (?:month|week|year)|last (?:week|month|year)|on \w+day|yesterday)(?P<rest4>[^.;,]{{0,70}}))|"
    rf"(?P<what>(?P<who>{SUBJECT})(?:,\swho)?(?:\s(?:will|has|have|had|may|also|then|is to|plans to|is expected to|is scheduled to|is set to|is due to|recently|just|due to)){{0,3}}\s(?P<verb>visited|visits?|will visit|travel(?:l?ed|s|ling|ing)?\sto|will travel(?:\s(?:next|on|onwards?|later))?\sto|travels?\s(?:next|on|onwards?)\sto|flew\sto|flies\sto|went\sto|arrived\sin|arrives\sin|toured|tours|returned\sto|landed\sin|paid a visit to)\s(?:the\s)?(?P<rest>[^.;]{{2,80}}))"
    rf"|(?P<what2>(?:(?:\b(?:his|her|their|a|an|the|its)|{WHO}++(?:'s?)?)\s)?(?:(?:week-long|two-day|three-day|first|second|third|official|state|State|recent|upcoming|planned|four-day|\w+-day|brief|surprise|latest)\s)*(?P<noun>[Vv]isits?|trip|tour|mission|journey)\s(?P<prep>to|of|in)\s(?:the\s)?(?P<rest2>[^.;,]{{2,50}}))"
    rf"|(?P<what3>(?P<who3>{WHO}++)\s(?:is|was|became)\sthe\s(?:latest|first|second|most senior)\s[^.;,]{{3,60}}?\sto\svisit\s(?P<rest3>[^.;,]{{2,30}}))",
)

_GATHER = Rule(
    "gathered gather convened assembled meeting",
    rf"(?P<what>(?P<who>{SUBJECT})(?:\sfrom\s[\w\s]{{3,40}}?)?\s(?:have\s|has\s|had\s)?(?:gathered|gather|convened|assembled|came together|are meeting|were meeting)\s(?:on\s\w+day\s)?in\s(?P<place>{PLACE})[^.;,]{{0,50}})",
)


def visits(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find visits and journeys."""
    out: list[Event | None] = []
    mask, text = item.line.bare, item.line.text
    for m in _VISIT.on(item.line, mask):
        n = next(i for i in ("", "2", "3", "4") if m[f"what{i}"])
        start, rest = m.start(f"what{n}"), m[f"rest{n}"]
        at = m.start(f"rest{n}")
        end = cut(mask, m.end(f"what{n}"), at + 1)
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
            people = who_in(
                item,
                m.groupdict().get("who" if n == "" else f"who{n}"),
                m.start("who" if n == "" else f"who{n}"),
            )
        people = [
            p
            for p in people
            if p.type in ("official", "person", "officials", "group", "state", "organisation")
        ]
        place = _destination(item, at) if n != "4" else None
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
                cut(mask, m.end("what4"), m.end("when4") + 1)
                if not m["rest4"].startswith(" for high")
                else m.end("what4")
            )
            # "visited earlier this month": the country spoken of.
            place = _last_place(scene, item)
        out.append(
            make_event(
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


def _destination(item: Voiced, at: int) -> str | None:
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
                else mention.name
            )
    m = re.match(rf"(?:the\s)?({PLACE})", text[at:])
    if m is None or NOT_PLACE.match(m[1]):
        region = re.match(
            r"(?:major |several |other )?((?:[Nn]orth|[Ss]outh)(?:east|west)?\s?[A-Z]\w+|[A-Z]\w+)",
            text[at:],
        )
        return region[1] if region else None
    return re.sub(r",.*$", "", m[1])


def _last_place(scene: Scene, item: Voiced) -> str | None:
    before = [
        m
        for m in scene.cast.mentions
        if m.start < item.line.start and m.form == "place" and m.type in ("state", "group")
    ]
    return before[-1].name if before else None


def meetings(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find meetings, talks and calls."""
    out: list[Event | None] = []
    mask = item.line.bare
    for m in _MET.on(item.line, mask):
        verb, rest = m["verb"], m["rest"]
        if verb in ("spoke", "talked", "speaks", "speak", "sat down", "conferred") and not re.match(
            r"\s(?:\w+\s){0,2}(?:with\s|to\s|by (?:phone|telephone|video)|on the phone)", rest
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
        end = cut(mask, m.end(), m.end("verb") + 4)
        people = who_in(item, m["who"], m.start("who")) + item.line.people(m.end("verb"), end)
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
            make_event(
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
        if (
            m["prep"] in ("on", "at", "in")
            and noun
            in (
                "call",
                "calls",
                "dialogue",
                "discussions",
                "discussion",
            )
            and not (noun == "dialogue" and m["prep"] == "in")
        ):
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
        end = cut(mask, m.end(), m.end("prep") + 2)
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
            and place_in(item, start, end) is None
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
        event = make_event(
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


def gatherings(scene: Scene, item: Voiced) -> list[Event | None]:
    """Find gatherings in a place."""
    out: list[Event | None] = []
    for m in _GATHER.on(item.line, item.line.bare):
        people = who_in(item, m["who"], m.start("who"))
        out.append(
            make_event(
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


#: What finds meetings, with the bits of its rules.
MEETINGS: dict[Finder, int] = {
    visits: _VISIT.bit,
    meetings: _MET.bit | _TALKS.bit,
    gatherings: _GATHER.bit,
}
