"""Figures: a number with its unit, multiplied out ("$100bn" is 100000000000 USD)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_MULTIPLIER = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mn": 1e6, "m": 1e6,
    "crore": 1e7, "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {w: float(i) for i, w in enumerate(_ONES)} | {
    w: float(10 * i) for i, w in enumerate(_TENS, start=2)
}

_SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "₹": "INR", "A$": "AUD",
          "C$": "CAD", "AU$": "AUD", "CA$": "CAD", "Can$": "CAD", "NZ$": "NZD", "HK$": "HKD",
          "S$": "SGD", "R$": "BRL", "Rs": "INR", "Rs.": "INR"}  # fmt: skip
_CODES = {
    c: c
    for c in ("USD EUR GBP JPY CNY INR AUD CAD NZD KRW ZAR BRL CHF NOK SEK DKK MXN SGD").split()
} | {"RMB": "CNY"}
_MONEY_WORDS = [
    (r"(?:US|U\.S\.|American) dollars?", "USD"), (r"Canadian dollars?", "CAD"),
    (r"Australian dollars?", "AUD"), (r"New Zealand dollars?", "NZD"),
    (r"Hong Kong dollars?", "HKD"), (r"Singapore dollars?", "SGD"), (r"dollars?", "USD"),
    (r"euros?", "EUR"), (r"pounds? sterling", "GBP"), (r"(?:British )?pounds(?! of)", "GBP"),
    (r"yen", "JPY"), (r"yuan|renminbi", "CNY"), (r"(?:Indian )?rupees?", "INR"), (r"won", "KRW"),
    (r"rand", "ZAR"), (r"reais|reals", "BRL"), (r"rupiah", "IDR"), (r"Swiss francs?", "CHF"),
    (r"Norwegian kron(?:er|or|e)", "NOK"), (r"Swedish kron(?:er|or|a)", "SEK"),
    (r"Danish kron(?:er|e)", "DKK"), (r"roubles?|rubles?", "RUB"), (r"pesos?", "MXN"),
]  # fmt: skip

#: Unit by its spelling in print: pattern, canonical unit, factor.
UNITS: list[tuple[str, str, float]] = [
    (r"%|per ?cents?(?:age points?)?\b|percentage points?\b|pct\b|pc\b", "percent", 1),
    (r"°\s?C\b|degrees? (?:C|Celsius|centigrade)\b|deg(?:rees?)? ?C\b", "degrees Celsius", 1),
    (r"°\s?F\b|degrees? (?:F|Fahrenheit)\b", "degrees Fahrenheit", 1),
    (r"C\b(?![.'])", "degrees Celsius", 1),
    (r"degrees?\b(?! (?:from|in|at)\b)", "degrees", 1),
    (r"b/d\b|bpd\b|barrels? (?:per|a|of (?:crude|oil) (?:per|a)) day\b|barrels? (?:of )?\w* ?(?:per|a) day\b", "b/d", 1),
    (r"barrels?\b", "barrels", 1),
    (r"TWh\b|terawatt[- ]hours?\b", "TWh", 1), (r"GWh\b|gigawatt[- ]hours?\b", "GWh", 1),
    (r"MWh\b|megawatt[- ]hours?\b", "MWh", 1), (r"kWh\b|kilowatt[- ]hours?\b", "kWh", 1),
    (r"TW\b|terawatts?\b", "TW", 1), (r"GW\b|gigawatts?\b", "GW", 1),
    (r"MW\b|megawatts?\b", "MW", 1), (r"kW\b|kilowatts?\b", "kW", 1),
    (r"ppm\b|parts per million\b", "ppm", 1), (r"ppb\b|parts per billion\b", "ppb", 1),
    (r"Gt(?: ?(?:CO2|C))?(?:-?eq?)?\b|gigatonn?e?s?\b|gigatons?\b", "tonnes", 1e9),
    (r"Mt(?: ?(?:CO2|C))?(?:-?eq?)?\b|megatonn?e?s?\b|megatons?\b|MMT\b", "tonnes", 1e6),
    (r"(?:metric )?tonn?e?s?\b|tCO2e?\b|t ?CO2(?:-?eq?)?\b", "tonnes", 1),
    (r"kg\b|kilogram(?:me)?s?\b", "kg", 1),
    (r"hectares?\b|ha\b", "hectares", 1), (r"acres?\b", "acres", 1),
    (r"(?:square|sq\.?) (?:km|kilomet(?:re|er)s?)\b", "km2", 1), (r"square miles?\b", "square miles", 1),
    (r"cubic met(?:re|er)s?\b|m3\b", "m3", 1), (r"bcm\b", "bcm", 1),
    (r"km\b|kilomet(?:re|er)s?\b", "km", 1), (r"miles?\b", "miles", 1),
    (r"cm\b|centimet(?:re|er)s?\b", "cm", 1), (r"mm\b|millimet(?:re|er)s?\b", "mm", 1),
    (r"met(?:re|er)s?\b", "metres", 1), (r"feet\b|foot\b", "feet", 1), (r"inch(?:es)?\b", "inches", 1),
    (r"basis points?\b", "basis points", 1), (r"EJ\b|exajoules?\b", "EJ", 1),
    (r"W/m2\b|watts? per square met(?:re|er)\b", "W/m2", 1),
]  # fmt: skip

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_WORD_NUMBER = (
    r"(?:(?:"
    + "|".join(_TENS)
    + r")(?:[- ](?:"
    + "|".join(_ONES[1:10])
    + r"))?|"
    + "|".join(_ONES[1:])
    + r"|a)"
)
_MULT = r"(?:hundred|thousand|lakh|million|crore|billion|trillion|mn|bn|tn|trn|[mkb](?![a-z/]))"
_JOIN = r"\s?(?:-|to|and|or)\s?"
_LOW = rf"(?P<low>{_NUMBER})(?:[\s-]?(?P<lm>{_MULT})\b)?"
_RANGE = (
    rf"(?:(?:-|\s(?:to|and)\s|\sto\s)(?:us)?[$€£]?(?P<high>{_NUMBER})(?:[\s-]?(?P<hm>{_MULT})\b)?)?"
)
_SIGN = r"(?:(?:US|AU?|CA?|Can|NZ|HK|S|R)?\$|[€£¥₹]|Rs\.?)"

_MONEY_SIGN = re.compile(rf"(?<![A-Za-z])(?P<sign>{_SIGN})\s?{_LOW}{_RANGE}(?![\d,]*\d)", re.I)
_MONEY_CODE = re.compile(rf"\b(?P<code>{'|'.join(_CODES)})\s?{_LOW}{_RANGE}\b")
_MONEY_WORD = [
    (re.compile(rf"\b{_LOW}{_RANGE}[\s-](?:{pattern})\b", re.I), unit)
    for pattern, unit in _MONEY_WORDS
]
_MONEY_SPELT = re.compile(
    rf"\b(?P<word>{_WORD_NUMBER}) (?P<lm>hundred|thousand|million|billion|trillion) "
    rf"(?P<unit>{'|'.join(p for p, _ in _MONEY_WORDS)})\b",
    re.I,
)
_MEASURED = re.compile(
    rf"(?<![\w.$€£]){_LOW}(?:\s?%(?=\s?-|\sto\s))?{_RANGE}[\s-]?(?P<unit>"
    + "|".join(p for p, _, _ in UNITS)
    + ")",
)
_UNIT_OF = [(re.compile(rf"(?:{p})$", re.I), unit, factor) for p, unit, factor in UNITS]
_SPELT_PERCENT = re.compile(rf"\b(?P<word>{_WORD_NUMBER}) (?P<unit>per ?cent)\b", re.I)
_SPELT_MEASURE = re.compile(
    rf"\b(?P<word>{_WORD_NUMBER}) (?P<lm>hundred|thousand|million|billion|trillion) "
    r"(?P<unit>(?:metric )?tonn?e?s?|gigatonn?e?s?|barrels?|hectares?|acres?|people)\b",
    re.I,
)
_COUNT = re.compile(
    rf"(?<![\w.$€£/:-])(?P<low>{_NUMBER})(?:\s(?P<lm>{_MULT})\b)?(?:(?:-|\sto\s)(?P<high>{_NUMBER}))?\s"
    r"(?:(?:of (?:the )?)?(?:[A-Z]?[a-z]+(?:-[a-z]+)*\s){0,2}?)(?P<unit>[a-z]{3,}s|people|staff|personnel)\b"
)
_SPELT_COUNT = re.compile(
    rf"\b(?P<word>{_WORD_NUMBER})(?: (?P<lm>hundred|thousand|million|billion))? "
    r"(?:(?:[a-z]+(?:-[a-z]+)*\s){0,1}?)(?P<unit>countries|nations|states|parties|people|leaders|governments|delegates|companies|ministers|jobs|homes|members)\b",
    re.I,
)
_TIMES = frozenset(
    (
        "years months weeks days hours minutes seconds decades centuries quarters times "
        "points degrees percent this his its has was is as does address progress process less "
        "across always news basis emissions levels talks negotiations nights mornings "
        "evenings Mondays headlines versus towards plus minus targets pledges"
    ).split()
)
_MONTH_BEFORE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*\.?\s$|(?:COP|Article|Articles|paragraph|"
    r"page|No\.|section|Annex|chapter|decision|line|item|day|room|hall|Agenda)\s$",
    re.I,
)
_QUALIFIER = re.compile(
    r"(?:\b(about|around|some|over|more than|at least|up to|nearly|almost|roughly|less than|under|only"
    r"|as much as|as many as|fewer than|approximately|close to|just under|just over)\s)$",
    re.I,
)
_PERIOD = re.compile(
    r"^\s*(?:a|per|each|every)[\s-](year|day|month|week)\b|^\s?(?:annually|yearly)\b"
)


@dataclass(frozen=True)
class Figure:
    """A number with its unit; ``value_high`` is set for a range."""

    start: int
    end: int
    value: float
    value_high: float | None
    unit: str
    qualifier: str | None = None
    period: str | None = None


def figures(text: str, words: Collection[str] | None = None) -> list[Figure]:
    """Find the figures of a folded text: percentages, money, measured quantities, counts from 10.

    Years, dates, ordinals, durations and small counts are none. The first reading that claims a
    number wins: money, then measured units, then counts. ``words`` are those of the text in lower
    case, where they are at hand.
    """
    found: list[Figure] = []
    taken: list[tuple[int, int]] = []
    for figure in _candidates(text, _LETTERS.findall(text.lower()) if words is None else words):
        if any(figure.start < e and figure.end > s for s, e in taken):
            continue
        taken.append((figure.start, figure.end))
        qualifier = _QUALIFIER.search(text[max(0, figure.start - 14) : figure.start])
        period = _PERIOD.match(text[figure.end : figure.end + 14])
        found.append(
            Figure(
                figure.start,
                figure.end,
                figure.value,
                figure.value_high,
                figure.unit,
                qualifier[1].lower() if qualifier else None,
                (period[1] or "year") if period else None,
            )
        )
    return sorted(found, key=lambda f: f.start)


def _candidates(text: str, words: Collection[str]) -> Iterator[Figure]:
    if not _SPELT.isdisjoint(words):
        yield from _spelt_candidates(text)
    starts = [m.start() for m in _DIGITS.finditer(text)]
    if not starts:
        return
    for m in _MONEY_SIGN.finditer(text) if _SIGN_TRIGGER.search(text) else ():
        sign = m["sign"]
        unit = _SIGNS.get(sign) or _SIGNS.get(sign.upper()) or _SIGNS[sign[-1]]
        end = m.end()
        if (word := re.match(r"\s(?:US |U\.S\. )?dollars\b", text[end : end + 14])) is not None:
            end += word.end()
        yield _figure(m, m.start(), end, unit)
    for m in _MONEY_CODE.finditer(text) if _CODE_TRIGGER.search(text) else ():
        yield _figure(m, m.start(), m.end(), _CODES[m["code"]])
    if not _MONEY_NAMES.isdisjoint(words):
        for pattern, unit in _MONEY_WORD:
            for m in pattern.finditer(text):
                yield _figure(m, m.start(), m.end(), unit)
    for m in _at(_MEASURED, text, starts):
        measure = next(((u, f) for p, u, f in _UNIT_OF if p.match(m["unit"])), None)
        if measure is None:
            continue  # its pattern looked at what follows
        unit, factor = measure
        if unit == "degrees Celsius" and m["unit"] == "C" and float(m["low"].replace(",", "")) > 15:
            continue
        yield _figure(m, m.start(), m.end(), unit, factor)
    for m in _at(_COUNT, text, starts):
        yield from _count(text, m)


def _at(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """Iterate over the matches of a pattern that can only begin where a run of digits does."""
    done = 0
    for start in starts:
        if start >= done and (m := pattern.match(text, start)) is not None:
            done = m.end()
            yield m


_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[a-z]+")
#: Words of which a sentence must hold one before a spelt-out number is looked for.
_SPELT = frozenset(
    [*_ONES[10:], *_TENS, "per", "percent", "hundred", "thousand", "million", "billion", "trillion"]
)
_MONEY_NAMES = frozenset(
    "dollar dollars euro euros pound pounds yen yuan renminbi rupee rupees won rand reais reals rupiah "
    "franc francs kroner kronor krone krona rouble roubles ruble rubles peso pesos".split()
)
_SIGN_TRIGGER = re.compile(r"[$€£¥₹]|\bRs\b")
_CODE_TRIGGER = re.compile(r"\b[A-Z]{3}\s?\d")


def _spelt_candidates(text: str) -> Iterator[Figure]:
    for m in _MONEY_SPELT.finditer(text):
        unit = next(u for p, u in _MONEY_WORDS if re.fullmatch(p, m["unit"], re.I))
        yield _spelt(m, unit)
    for m in _SPELT_PERCENT.finditer(text):
        if m["word"].lower() != "a":
            yield _spelt(m, "percent")
    for m in _SPELT_MEASURE.finditer(text):
        unit, factor = next(((u, f) for p, u, f in _UNIT_OF if p.match(m["unit"])), ("people", 1.0))
        yield _spelt(m, unit, factor)
    for m in _SPELT_COUNT.finditer(text):
        figure = _spelt(m, m["unit"].lower())
        if figure.value >= 10:
            yield figure


def _count(text: str, m: re.Match[str]) -> Iterator[Figure]:
    low = float(m["low"].replace(",", ""))
    between = text[m.end("low") : m.start("unit")]
    bare_year = 1900 <= low <= 2100 and "," not in m["low"] and not m["lm"]
    if (
        bare_year
        or m["unit"].lower() in _TIMES
        or _MONTH_BEFORE.search(text[max(0, m.start() - 12) : m.start()])
    ):
        return
    if re.search(
        r"\b(?:the|a|an|at|in|on|for|by|and|or|but|with|is|was|to|from|that|of(?! the\b)|years?|year-old|days?|months?)\b",
        between,
    ):
        return
    if re.match(
        r"\s*(?:January|February|March|April|May|June|July|August|September|October|November|December)",
        text[m.end("low") :],
    ):
        return
    figure = _figure(m, m.start(), m.end(), m["unit"])
    if figure.value >= 10:
        yield figure


def _figure(m: re.Match[str], start: int, end: int, unit: str, factor: float = 1.0) -> Figure:
    groups = m.groupdict()
    high_factor = _MULTIPLIER.get((groups.get("hm") or "").lower())
    low_factor = _MULTIPLIER.get((groups.get("lm") or "").lower())
    low = float(groups["low"].replace(",", ""))
    high = float(groups["high"].replace(",", "")) if groups.get("high") else None
    if high is not None:
        high *= (high_factor or low_factor or 1.0) * factor
        low *= (low_factor or high_factor or 1.0) * factor
    else:
        low *= (low_factor or 1.0) * factor
    return Figure(start, end, _tidy(low), _tidy(high) if high is not None else None, unit)


def _spelt(m: re.Match[str], unit: str, factor: float = 1.0) -> Figure:
    word = m["word"].lower()
    parts = re.split(r"[- ]", word)
    if word == "a" and m.string[max(0, m.start() - 5) : m.start()].lower() == "half ":
        word = "half"
    value = (
        {"a": 1.0, "half": 0.5}[word]
        if word in ("a", "half")
        else sum(WORDS[part] for part in parts)
    )
    multiplier = m.groupdict().get("lm")
    value *= _MULTIPLIER[multiplier.lower()] if multiplier else 1.0
    return Figure(m.start(), m.end(), _tidy(value * factor), None, unit)


def _tidy(value: float) -> float:
    return float(f"{value:.12g}")
