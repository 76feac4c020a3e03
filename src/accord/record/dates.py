"""Dates: when a text was published, and what "on Monday" in it means.

A date is an ISO prefix (``2021``, ``2021-09``, ``2021-09-02``): the longest one that covers every
reading of the words, so nothing is more exact than the text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from accord.record.conference import NUMBER, by_number, conferences

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:19[89]\d|20\d\d)"

_FULL = re.compile(
    rf"\b(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>{_YEAR})\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_MONTH})\.?,?\s+(?P<y2>{_YEAR})\b"
    rf"|\b(?P<y3>{_YEAR})[-/.](?P<m3>0?[1-9]|1[0-2])[-/.](?P<d3>0?[1-9]|[12]\d|3[01])(?!\d)"
    rf"|\b(?P<d4>0?[1-9]|[12]\d|3[01])\.(?P<m4>0?[1-9]|1[0-2])\.(?P<y4>{_YEAR})\b"
    rf"|\b(?P<a5>\d{{1,2}})/(?P<b5>\d{{1,2}})/(?P<y5>{_YEAR})\b"
    rf"|\b(?P<m6>{_MONTH})\.?,?\s+(?P<y6>{_YEAR})\b",
    re.I,
)
_PARTIAL = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTH}))\b(?!\d)",
)
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|copyright)\D{{0,20}}({_YEAR})", re.I)
_PLAIN_YEAR = re.compile(rf"\b({_YEAR})\b")
_CITIES = re.compile(
    r"\b("
    + "|".join(sorted({re.escape(c.city) for c in conferences()}, key=len, reverse=True))
    + r")\b"
)


@dataclass(frozen=True)
class Published:
    """When a text was published.

    Attributes
    ----------
    value
        ISO date or prefix.
    start, end
        The words that say so, or from which it was inferred.
    basis
        ``"explicit"`` or ``"inferred"``.
    """

    value: str
    start: int
    end: int
    basis: Literal["explicit", "inferred"]


def published(folded: str, declared: dt.date | None = None) -> Published | None:
    """Find the date of publication by what the text says, then by what the metadata say.

    Parameters
    ----------
    folded
        The folded text.
    declared
        Date from the file's metadata; used where the text gives none, or only a vaguer one.
    """
    head = folded[:1500]
    tail_at = max(len(folded) - 400, len(head))
    candidates: list[tuple[int, int, int, str]] = []
    for at, piece in ((0, head), (tail_at, folded[tail_at:])):
        for m in _FULL.finditer(piece):
            value = _iso(m)
            if value is None:
                continue
            candidates.append((_rank(folded, at + m.start(), at + m.end(), value, at == 0),
                               at + m.start(), at + m.end(), value))  # fmt: skip
    if candidates:
        rank, start, end, value = min(candidates)
        if rank < 50:
            return Published(value, start, end, "explicit")
    dated = _dateline(folded)
    if dated is not None:
        return dated
    if declared is not None:
        return _from_metadata(folded, declared)
    return _inferred(folded)


def _rank(folded: str, start: int, end: int, value: str, at_head: bool) -> int:
    """Rate how likely a date is that of publication: lower is likelier, 50 and more is a no."""
    line_start = folded.rfind("\n", 0, start) + 1
    line_end = folded.find("\n", end)
    line = folded[line_start : line_end if line_end >= 0 else len(folded)]
    before = folded[max(0, start - 40) : start].lower()
    rank = 10 if len(value) == 10 else 40
    if re.search(
        r"(?:publish|post|dat|issued|released|updated|sent|written)\w*:?(?:\s+on)?\W*$", before
    ):
        rank -= 8
    elif (len(line.strip()) <= end - start + 45 and at_head) or (
        start < 200 and re.match(r"\s*(?:\([^)]{2,30}\)\s*)?-", folded[end : end + 40])
    ):
        rank -= 6
    elif re.search(r"\b(?:on|since|until|by|in|of|from|to|before|after|between|and)\s+$", before):
        rank += 45
    elif start > 400:
        rank += 30
    return rank + (0 if at_head else 5)


def _dateline(folded: str) -> Published | None:
    """Read a dateline without a year ("Washington, 3 September (Argus)") with the text's year."""
    for m in _PARTIAL.finditer(folded[:400]):
        after = folded[m.end() : m.end() + 40]
        if not re.match(r"[^.\n]{0,4}(?:\([^)]{2,35}\)|-{1,2}\s|\n|$)", after):
            continue
        month = MONTHS[(m["m1"] or m["m2"]).lower()]
        day = int(m["d1"] or m["d2"])
        year = _year_of(folded)
        if year is None or not 1 <= day <= 31:
            continue
        return Published(f"{year}-{month:02d}-{day:02d}", m.start(), m.end(), "explicit")
    return None


def _year_of(folded: str) -> int | None:
    found = _COPYRIGHT.findall(folded)
    if found:
        return int(found[-1])
    inferred = _inferred(folded)
    return int(inferred.value[:4]) if inferred is not None else None


def _from_metadata(folded: str, declared: dt.date) -> Published | None:
    words = re.search(r"\S.{0,60}", folded)
    if words is None:
        return None
    return Published(declared.isoformat(), words.start(), words.end(), "inferred")


_AHEAD = re.compile(
    r"(?:ahead of|left for|before|run-?up to|up to|upcoming|towards?|prepar\w+ for|looking to|road to"
    r"|until|will (?:meet|gather|convene) in|next (?:month|week)'s)\W+(?:\w+\W+){0,5}$",
    re.I,
)


def _inferred(folded: str) -> Published | None:
    """Infer the year from a conference that is ahead or just behind, else from the latest year."""
    named: list[tuple[re.Match[str], int]] = []
    named.extend(
        (m, conference.start.year)
        for m in NUMBER.finditer(folded)
        if (conference := by_number(m[1])) is not None
    )
    for m in _CITIES.finditer(folded):
        years = [c.start.year for c in conferences() if c.city == m[1]]
        if len(years) == 1:
            named.append((m, years[0]))
    for m, year in named:
        sentence_end = min(
            (i for i in (folded.find(c, m.end()) for c in ".\n") if i >= 0), default=len(folded)
        )
        following = folded[m.end() : sentence_end]
        leading = re.search(
            r"\b([Ll]ast|[Tt]his|[Nn]ext) year's (?:\w+ )?$",
            folded[max(0, m.start() - 25) : m.start()],
        )
        if leading is not None:
            shift = {"last": 1, "this": 0, "next": -1}[leading[1].lower()]
            return Published(str(year + shift), m.start(), m.end(), "inferred")
        if (gap := re.search(r"\b(?:late |earlier )?last year\b", following)) is not None:
            return Published(
                str(year + 1), _phrase(folded, m.start()), m.end() + gap.end(), "inferred"
            )
        if re.search(r"\b(?:later |earlier )?this year\b", following):
            return Published(str(year), m.start(), m.end(), "inferred")
    stamped = _COPYRIGHT.search(folded)
    if stamped is not None:
        return Published(stamped[1], stamped.start(1), stamped.end(1), "inferred")
    for m, year in named:
        if _AHEAD.search(folded[max(0, m.start() - 60) : m.start()]):
            return Published(str(year), m.start(), m.end(), "inferred")
    dated = [(int(m[1]), m) for m in _PLAIN_YEAR.finditer(folded)
             if not re.search(r"\b(?:by|before|until|to|from|below|since|around)\s+$", folded[max(0, m.start() - 10) : m.start()])
             and int(m[1]) <= dt.date.today().year]  # fmt: skip
    if dated:
        year, m = max(dated, key=lambda pair: pair[0])
        return Published(str(year), m.start(), m.end(), "inferred")
    if named:
        m, year = max(named, key=lambda pair: pair[1])
        return Published(str(year), m.start(), m.end(), "inferred")
    return None


def _phrase(folded: str, at: int) -> int:
    """Step back over an article before a name."""
    article = re.search(r"\b[Tt]he $", folded[max(0, at - 4) : at])
    return at - 4 if article else at


def _iso(m: re.Match[str]) -> str | None:
    g = m.groupdict()
    if g["m6"]:
        return f"{g['y6']}-{MONTHS[g['m6'].lower()]:02d}"
    if g["a5"]:
        one, two, year = int(g["a5"]), int(g["b5"]), int(g["y5"])
        month, day = (two, one) if one > 12 else (one, two)
    else:
        index = next(i for i in "1234" if g[f"y{i}"])
        year, day = int(g[f"y{index}"]), int(g[f"d{index}"])
        raw = g[f"m{index}"].lower()
        month = MONTHS.get(raw) or int(raw)
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


_SHIFT = re.compile(
    rf"\b(?P<year>(?:late |early )?(?P<yw>last|this|next) year|(?:later|earlier) this year)\b"
    rf"|\b(?P<month>(?:(?:earlier|later) )?(?P<mw>last|this|next) month)\b"
    rf"|\b(?P<week>(?:(?:earlier|later) )?(?P<ww>last|this|next) week(?:end)?)\b"
    rf"|\b(?P<day>today|yesterday|tomorrow|this (?:morning|afternoon|evening)|tonight|overnight"
    rf"|last night|earlier in the day)\b"
    rf"|\b(?P<full>(?:\d{{1,2}}\s+)?{_MONTH}\.?(?:\s+\d{{1,2}},?)?\s+{_YEAR})\b"
    rf"|\b(?:(?P<dm>{_MONTH})\.? (?P<dd>\d{{1,2}})|(?P<ed>\d{{1,2}}) (?P<em>{_MONTH}))\b"
    rf"|\b(?P<wdp>last|next|this)?\s?\b(?P<weekday>{_DAY})\b"
    rf"|\b(?:in|last|next|this|early|late|mid|until|since|during|end of)[ -](?P<monthname>January|February|March|April|May|June"
    rf"|July|August|September|October|November|December)\b(?! \d)"
    rf"|\b(?P<season>(?:last|this|next) (?:spring|summer|autumn|fall|winter))\b"
    rf"|\b(?P<ago>(?:(?P<an>\d+|a|one|two|three|four|five|six|seven|eight|nine|ten) (?P<au>day|week|month|year)s? (?:ago|earlier)))\b"
    rf"|\b(?:in|of|the|at the|for|since) (?P<bare>{_YEAR})\b",
)
_COUNT = {
    w: i
    for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
} | {"a": 1}


_LETTERS = re.compile(r"[a-z]+")
_SOME_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(
        "year month week weekend today yesterday tomorrow tonight overnight morning afternoon evening night day "
        "spring summer autumn fall winter ago earlier".split()
    )
)


@dataclass(frozen=True)
class When:
    """A date found in a phrase: its ISO prefix and the words that give it."""

    value: str
    start: int
    end: int


def may_date(words: frozenset[str], text: str) -> bool:
    """Tell whether a sentence, given with its words in lower case, may hold a date expression."""
    return not _DATED.isdisjoint(words) or _SOME_YEAR.search(text) is not None


def resolve(phrase: str, day: str | None, *, future: bool = False) -> list[When]:
    """Resolve every date expression of a phrase against the document's own date.

    Parameters
    ----------
    phrase
        Folded words.
    day
        ISO date or prefix of the document, or ``None``.
    future
        Whether the phrase tells of something still to come: a bare weekday or month then lies
        ahead.
    """
    found: list[When] = []
    if _DATED.isdisjoint(_LETTERS.findall(phrase.lower())) and not _SOME_YEAR.search(phrase):
        return found
    for m in _SHIFT.finditer(phrase):
        value = _value(m, day, future)
        if value is not None:
            found.append(When(value, m.start(), m.end()))
    return found


def _value(m: re.Match[str], day: str | None, future: bool) -> str | None:
    if m["full"]:
        full = _FULL.search(m["full"])
        return _iso(full) if full else None
    if m["bare"]:
        return m["bare"]
    if day is None:
        return None
    year = int(day[:4])
    step = {"last": -1, "this": 0, "next": 1, None: 0}
    if m["year"]:
        return str(year + step[m["yw"]])
    if m["season"]:
        return (
            str(year + (0 if m["season"].startswith("this") else step[m["season"][:4]]))
            if not m["season"].startswith("last")
            else str(year)
        )
    if len(day) < 10:
        return _within(m, day, year, future)
    today = dt.date.fromisoformat(day)
    if m["month"]:
        return _month(today, step[m["mw"]])
    if m["week"]:
        monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=step[m["ww"]])
        first, last = monday, monday + dt.timedelta(days=6)
        if m["ww"] == "last":
            first = min(first, today - dt.timedelta(days=7))
        return _common(first, last)
    if m["day"]:
        word = m["day"]
        offset = {"yesterday": -1, "tomorrow": 1, "last night": -1}.get(word, 0)
        if word == "overnight":
            return _common(today - dt.timedelta(days=1), today)
        return (today + dt.timedelta(days=offset)).isoformat()
    if m["weekday"]:
        return _weekday(today, WEEKDAYS[m["weekday"].lower()], m["wdp"], future)
    if m["dm"] or m["em"]:
        month = MONTHS[(m["dm"] or m["em"]).lower()]
        return _nearest(today, month, int(m["dd"] or m["ed"]), future)
    if m["monthname"]:
        month = MONTHS[m["monthname"].lower()]
        if future:
            return f"{year if month >= today.month else year + 1}-{month:02d}"
        return f"{year if month <= today.month else year - 1}-{month:02d}"
    if m["ago"]:
        count = _COUNT.get(m["an"]) if m["an"] in _COUNT else int(m["an"])
        assert count is not None
        if m["au"] == "day":
            return (today - dt.timedelta(days=count)).isoformat()
        if m["au"] == "week":
            return (today - dt.timedelta(weeks=count)).isoformat()[:7]
        return _month(today, -count) if m["au"] == "month" else str(year - count)
    return None


def _within(m: re.Match[str], day: str, year: int, future: bool) -> str | None:
    """Resolve against a document of which only the year, or the month, is known."""
    if m["monthname"]:
        month = MONTHS[m["monthname"].lower()]
        if len(day) == 7:
            own = int(day[5:7])
            shift = (month < own) if future else -(month > own)
            return f"{year + shift}-{month:02d}"
        return str(year) if future else None
    if m["dm"] or m["em"]:
        return (
            f"{year}-{MONTHS[(m['dm'] or m['em']).lower()]:02d}-{int(m['dd'] or m['ed']):02d}"
            if future
            else str(year)
        )
    return day


def _month(today: dt.date, step: int) -> str:
    index = today.year * 12 + today.month - 1 + step
    return f"{index // 12}-{index % 12 + 1:02d}"


def _weekday(today: dt.date, weekday: int, word: str | None, future: bool) -> str:
    back = (today.weekday() - weekday) % 7
    if word == "next" or (future and word != "last"):
        ahead = (weekday - today.weekday()) % 7 or 7
        return (today + dt.timedelta(days=ahead)).isoformat()
    if word == "last" and back == 0:
        back = 7
    return (today - dt.timedelta(days=back)).isoformat()


def _nearest(today: dt.date, month: int, day: int, future: bool) -> str | None:
    for year in (today.year, today.year + 1) if future else (today.year, today.year - 1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            return None
        if (date >= today) if future else (date <= today + dt.timedelta(days=1)):
            return date.isoformat()
    return None


def _common(first: dt.date, last: dt.date) -> str:
    """Return the longest ISO prefix that covers both days."""
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return first.isoformat()[:7]
    if first.year == last.year:
        return str(first.year)
    return str(last.year)
