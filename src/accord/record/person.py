"""Persons who are in no table, by their office, a verb of saying, a title or a given name; and surnames."""

from __future__ import annotations

import re

from accord.record import office
from accord.record.gazetteer import (
    FAMILY_FIRST,
    office_on,
    party_name,
    plain,
    surnames,
)
from accord.record.mention import Mention, Taken
from accord.record.sentence import Sentence
from accord.record.verbs import SAID_WORDS

_NAME_RUN = re.compile(
    r"\b[A-ZÀ-Ý](?:\.|[^\W\d_]+(?:-[^\W\d_]+)*|'[A-Z][^\W\d_]+)(?:\s(?:(?:de|da|do|dos|del|van|von|der|den|bin|al|el|la|le|ben|ter)\s){0,2}"
    r"[A-ZÀ-Ý](?:\.|[^\W\d_]+(?:-[^\W\d_]+)*|'[A-Z][^\W\d_]+)){1,3}(?=\W|$)"
)

NOT_NAMES = frozenset(
    (
        "Climate Change Summit Conference Protocol Agreement Accord Convention Framework "
        "Treaty United Nations North South East West Asia Europe Africa America Americas "
        "Pacific Atlantic Ocean Arctic City Street Avenue Global Green New Development Action "
        "Plan Goal Goals Declaration Energy Environment Foreign Prime Minister President "
        "Premier Secretary Chancellor Senator Ministry Department Office Union Party Parties "
        "Group Dialogue Ministerial Forum Week Day World National Security International "
        "Economic Science Special Envoy Executive Director General High Level Joint Working "
        "The A An In On At But And Or If As When While After Before For Under With By To Its "
        "His Her Their Our My It He She They We This That These Those However Yet So From Of "
        "Since Until Because Although Though Meanwhile Last Next Earlier Later Also Both Some "
        "Many Most All Not No Yesterday Today Monday Tuesday Wednesday Thursday Friday "
        "Saturday Sunday January February March April May June July August September October "
        "November December Copyright Reserved Rights Nobody Day Press Release Readout "
        "Statement Bulletin News Wire Post Times Daily Journal Reuters Deal Court Law Act "
        "Bill Two Three Four Five First Second Third Fund Bank Carbon Emissions Trading "
        "Scheme System Border Adjustment Mechanism Inflation Reduction Clean Power Paris "
        "Kyoto Copenhagen Cancun Durban Doha Warsaw Lima Glasgow Dubai Baku Bonn Bali Least "
        "Developed Countries Small Island States Republic Federation Kingdom State Government "
        "Congress House Committee Council Commission Send Share Follow Updated Published "
        "Posted Photo Image Getty Read More Comments Getting Real Don Keep What Why How Here "
        "There Now Then Other Under Over Big Steps Log In Out Up Welcome Guest View Watch "
        "Live"
    ).split()
)

_GIVEN = frozenset(
    (
        "John James Robert Michael William David Richard Joseph Thomas Charles Christopher "
        "Daniel Matthew Anthony Mark Donald Steven Paul Andrew Kenneth George Joshua Kevin "
        "Brian Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan "
        "Stephen Larry Justin Scott Brandon Frank Benjamin Gregory Samuel Raymond Patrick "
        "Alexander Jack Dennis Jerry Tyler Aaron Jose Henry Adam Douglas Nathan Peter Zachary "
        "Kyle Walter Harold Jeremy Ethan Carl Keith Roger Gerald Sean Austin Arthur Lawrence "
        "Jesse Dylan Bryan Joe Billy Bruce Bill Bob Jim Tom Tony Mike Steve Chris Dan Dave Ed "
        "Greg Ken Nick Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah "
        "Karen Lisa Nancy Betty Margaret Sandra Ashley Emily Kimberly Donna Michelle Carol "
        "Amanda Dorothy Melissa Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy "
        "Angela Shirley Anna Brenda Pamela Emma Nicole Helen Samantha Katherine Christine "
        "Debra Rachel Carolyn Janet Catherine Maria Heather Diane Ruth Julie Olivia Joyce "
        "Virginia Victoria Kelly Lauren Christina Joan Evelyn Judith Megan Andrea Cheryl "
        "Hannah Jacqueline Martha Gloria Teresa Ann Sara Madison Frances Kathryn Janice Jean "
        "Alice Julia Grace Ines Ana Carlos Luis Juan Pedro Miguel Antonio Manuel Francisco "
        "Javier Fernando Pablo Diego Ricardo Eduardo Sergio Marco Paolo Giulia Hans Klaus "
        "Jürgen Stefan Andreas Wolfgang Martin Matthias Sabine Ursula Anja Pierre François "
        "Michel Philippe Claude Mohammed Mohamed Ahmed Ali Hassan Ibrahim Omar Yusuf Fatima "
        "Aisha Raj Sanjay Amit Rahul Priya Sunita Anil Vijay Arun Hiroshi Takashi Kenji Yuki "
        "Akira Ivan Sergei Dmitri Vladimir Alexei Olga Natalia Lars Erik Anders Ola Sven "
        "Ingrid"
    ).split()
)

TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lord|Lady|Madam|Sen|Rep|Gov|Amb)\.?\s$")

_BYLINE = re.compile(r"(?:^|\n|\.\s)\s*(?:By|by|Written by|Story by|Posted by)\s$")

_OF_BODY = re.compile(
    rf"\s(?:of|from|at|with)\s(?:the\s)?(?:think tank\s|campaign group\s|advocacy group\s)?[A-Z][\w&' -]{{1,45}}?(?:,|\s(?:{SAID_WORDS})\b|\.(?=\s|$))"
)

_SPEECH_AFTER = re.compile(
    rf"^,?\s(?:has\s|had\s|also\s|then\s|later\s|recently\s|who\s)?(?:{SAID_WORDS})\b|^,\s(?:who|whose|\d\d,)\b|^'s\s"
)

_SPEECH_BEFORE = re.compile(rf"(?:\b(?:{SAID_WORDS})|\baccording to|\bsaid by)\s$")


_NAME_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_NAME_STEP = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?\s*")


def people(folded: str, sentences: list[Sentence], found: list[Mention], taken: Taken) -> None:
    """Find persons who are in no table, by office, verb of saying, title or given name."""
    nations = {f.start for f in found if f.type in ("state", "group")}
    for m in _NAME_RUN.finditer(folded):
        start, end = m.start(), m.end()
        run = folded[start:end].rstrip(".")
        end = start + len(run)
        tokens = _NAME_WORD.findall(run)
        for cut, token in enumerate(tokens):
            if cut >= 2 and token in NOT_NAMES:
                end = start + run.index(token, len(tokens[0])) - 1
                tokens = tokens[:cut]
                break
        while tokens and (
            tokens[0] in NOT_NAMES or plain(tokens[0]) in _OFFICE_WORDS or start in nations
        ):
            skip = _NAME_STEP.match(folded[start:end])
            if skip is None:
                break
            start += skip.end()
            tokens.pop(0)
            if (rest := _NAME_RUN.match(folded, start)) is not None and rest.end() > end:
                end = start + len(rest.group().rstrip("."))
                tokens = _NAME_WORD.findall(folded[start:end])
                for cut, token in enumerate(tokens):
                    if cut >= 2 and token in NOT_NAMES:
                        end = start + folded[start:end].index(token, len(tokens[0])) - 1
                        tokens = tokens[:cut]
                        break
        if (
            len(tokens) < 2
            or tokens[0][0].islower()
            or any(t in NOT_NAMES for t in tokens)
            or not taken.free(start, end)
        ):
            continue
        if end - start > 40 or folded[start:end].isupper():
            continue
        before = folded[max(0, start - 60) : start]
        after = folded[end : end + 60]
        floor = max((s.start for s in sentences if s.start <= start), default=0)
        evidence = (
            office.role_before(folded, start, floor) is not None
            or office.role_after(folded, end) is not None
            or TITLE.search(before)
            or _BYLINE.search(before)
            or _SPEECH_AFTER.match(after)
            or _SPEECH_BEFORE.search(before)
            or _OF_BODY.match(after)
            or tokens[0] in _GIVEN
        )
        if not evidence:
            continue
        if (
            re.match(r"^'s\s", after)
            and tokens[0] not in _GIVEN
            and office.role_before(folded, start, floor) is None
        ):
            continue
        name = folded[start:end]
        kind = "person"
        mention = Mention(start, end, name, kind)
        mention.short = surnames(name)
        if _BYLINE.search(before):
            outlet = next(
                (
                    f
                    for f in found
                    if f.type == "media" and (f.start < 400 or f.start > len(folded) - 400)
                ),
                None,
            )
            mention.role, mention.affiliation = "reporter", outlet.name if outlet else ""
        found.append(mention)
        taken.add(start, end)


_OFFICE_WORDS = frozenset(
    (
        "president premier minister secretary envoy ambassador chancellor commissioner "
        "senator representative governor chairman chairwoman chair director spokesman "
        "spokeswoman spokesperson professor prime vice deputy king queen prince pope "
        "executive mr mrs ms dr sir dame lord lady prof general administrator counterpart "
        "leader"
    ).split()
)


def short_forms(folded: str, found: list[Mention], taken: Taken, day: str | None) -> None:
    """Find surnames of people introduced by their full name, and titled surnames of officials."""
    people = [f for f in found if f.type in ("official", "person") and f.short]
    by_short: dict[str, Mention] = {}
    for person in sorted(people, key=lambda p: p.start):
        for short in person.short:
            by_short.setdefault(short, person)
        first = person.name.split()[0]
        by_short.setdefault(first, person)
    words = [w for w in by_short if len(w) > 1]
    if words:
        pattern = re.compile(
            r"\b(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\b"
        )
        for m in pattern.finditer(folded):
            if not taken.free(m.start(), m.end()):
                continue
            who = by_short[m.group()]
            if (
                m.group() == who.name.split()[0]
                and m.group() not in who.short
                and m.start() < who.start
            ):
                continue
            after = folded[m.end() : m.end() + 2]
            if after[:1] == " " and after[1:2].isupper() and m.group() not in who.short:
                continue
            found.append(
                Mention(
                    m.start(),
                    m.end(),
                    who.name,
                    who.type,
                    who.code,
                    who.affiliation,
                    short=who.short,
                )
            )
            taken.add(m.start(), m.end())
    for m in _TITLED.finditer(folded):
        if not taken.free(m.start("name"), m.end("name")):
            continue
        holder = _holder(m["name"], m["title"], day)
        name = holder or m["name"]
        current = office_on(holder, day) if holder else None
        code = current.affiliation if current else ""
        mention = Mention(m.start("name"), m.end("name"), name, "official" if holder or m["title"] not in ("Mr", "Ms", "Mrs", "Dr") else "person",
                          code, party_name(code) if code else "", short=(m["name"],))  # fmt: skip
        found.append(mention)
        taken.add(mention.start, mention.end)
    _famous(folded, found, taken, day)


_TITLED = re.compile(
    r"\b(?P<title>Mr|Ms|Mrs|Dr|President|Premier|Prime Minister|Chancellor|Minister|Secretary|Secretary-General|Senator|Vice-President|"
    r"Vice President|Vice-Premier|Commissioner|Ambassador|King|Pope|Special Envoy|Environment Minister|Foreign Minister)\.?\s"
    r"(?P<name>[A-ZÀ-Ý][^\W\d_]+(?:-[^\W\d_]+)?)\b(?!\s[A-Z])"
)


def _holder(surname: str, title: str, day: str | None) -> str | None:
    """Find the one official of that surname who held the office on that day."""
    options = _by_surname().get(surname, [])
    now = [
        h for h in options if (o := office_on(h, day)) is not None and (day is None or o.held(day))
    ]
    fit = [
        h
        for h in now or options
        if title.rsplit(maxsplit=1)[-1].lower()
        in (o.role.lower() if (o := office_on(h, day)) else "")
    ]
    for pool in (fit, now, options):
        if len(set(pool)) == 1:
            return pool[0]
    return None


_SURNAMES: dict[str, list[str]] = {}


def _by_surname() -> dict[str, list[str]]:
    if not _SURNAMES:
        from accord.record.gazetteer import offices

        for holder, held in offices().items():
            _SURNAMES.setdefault(surnames(holder, held[-1].affiliation)[0], []).append(holder)
    return _SURNAMES


_TOP = frozenset({"President", "Prime Minister", "Chancellor", "Secretary of State"})
_ORDINARY = frozenset(
    (
        "Major Brown May Rice Baker Price Stern Wheeler Perry Morgan Hunt Gore Lee Park Moon "
        "Ban Silva Johnson Wong Martin Harper Dion Anderson Wright Miller Jackson Johnson "
        "Meyer Davey Fu Gao Li Su Ma Hu He Han Tong Fry Duke Smith Hare Stone King Pope Regan "
        "Khan Williams Moses Heine George Shaw Wilkinson Taylor Abbott Carney Watson Stege "
        "Lewis Clinton Bush"
    ).split()
)


def _famous(folded: str, found: list[Mention], taken: Taken, day: str | None) -> None:
    """Find bare surnames of officials in office on the day of the document."""
    if day is None:
        return
    for m in re.finditer(r"\b[A-ZÀ-Ý][^\W\d_]+\b", folded):
        if m.group() not in _by_surname() or not taken.free(m.start(), m.end()):
            continue
        options = [
            h
            for h in _by_surname()[m.group()]
            if (o := office_on(h, day)) is not None
            and o.held(day)
            and (o.role in _TOP or (len(m.group()) > 4 and o.affiliation not in FAMILY_FIRST))
        ]
        if m.group() in _ORDINARY and not (m.group() in ("Clinton", "Bush") and options):
            continue
        if (
            len(options) == 1
            and not re.match(r"\s[A-Z]", folded[m.end() : m.end() + 2])
            and not re.search(r"[A-Z][a-z]+\s$", folded[max(0, m.start() - 12) : m.start()])
        ):
            current = office_on(options[0], day)
            code = current.affiliation if current else ""
            found.append(
                Mention(
                    m.start(),
                    m.end(),
                    options[0],
                    "official",
                    code,
                    party_name(code),
                    short=(m.group(),),
                )
            )
            taken.add(m.start(), m.end())
