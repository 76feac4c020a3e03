"""Names that are known beforehand: parties and blocs, officials by date, bodies and outlets.

Parties come from :mod:`accord.parties`; officials and bodies from ``data/officials.csv`` (who held
which office from when to when) and ``data/bodies.csv``. Names that stand in none of them are found
by their context and kept as they are (:mod:`accord.record.mention`).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from accord.parties import PARTIES

TOKEN = re.compile(
    r"U\.S\.A\.|U\.S\.|U\.K\.|U\.N\.|E\.U\.|P\.R\.C\.|D\.C\.|350\.org|E&E|[^\W\d_]+|\d+(?:[.,]\d+)*"
)


@dataclass(frozen=True, slots=True)
class Name:
    """One known name: who it means.

    Attributes
    ----------
    name
        Canonical name, e.g. ``"United States"``.
    type
        ``state``, ``group``, ``official``, ``organisation``, ``ngo``, ``body`` or ``media``.
    code
        Code of the party it is or belongs to, or ``""``.
    form
        ``"name"``, ``"adjective"`` (Chinese) or ``"capital"`` (Beijing, for the state or the place).
    affiliation
        What an official or organisation belongs to, by name.
    """

    name: str
    type: str
    code: str = ""
    form: str = "name"
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """Who held which office, from ``since`` to ``until`` (months, ISO prefixes; "" is open)."""

    holder: str
    role: str
    affiliation: str
    since: str
    until: str

    def held(self, day: str | None) -> bool:
        """Tell whether the office was held on an ISO date or prefix."""
        if day is None:
            return False
        return self.since[: len(day)] <= day[:7] and (
            not self.until or day <= self.until[: len(day)] + "~"
        )


def _rows(table: str) -> list[dict[str, str]]:
    text = (files("accord") / "data" / table).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@cache
def offices() -> dict[str, tuple[Office, ...]]:
    """Offices by holder, in order of time."""
    held: dict[str, list[Office]] = {}
    for row in _rows("officials.csv"):
        office = Office(row["name"], row["role"], row["affiliation"], row["since"], row["until"])
        held.setdefault(row["name"], []).append(office)
    return {name: tuple(sorted(of, key=lambda o: o.since)) for name, of in held.items()}


def office_on(holder: str, day: str | None) -> Office | None:
    """Return the office of ``holder`` on a day, else the nearest one before it, else the first."""
    held = offices().get(holder, ())
    current = [o for o in held if o.held(day)]
    if current:
        return current[-1]
    past = [o for o in held if day is not None and o.since <= day]
    return past[-1] if past else (held[0] if held else None)


def party_name(code: str) -> str:
    """Return the name by which a party is shown in the record."""
    return _SHOWN.get(code) or PARTIES[code].short_name if code in PARTIES else code


#: Names shown in the record where the table's formal name is not what papers print.
_SHOWN = {
    "USA": "United States", "EU27": "European Union", "EU": "European Union", "GBR": "United Kingdom",
    "KOR": "South Korea", "PRK": "North Korea", "RUS": "Russia", "VNM": "Vietnam", "G77": "G77 and China",
    "AOSIS": "AOSIS", "LDC": "LDCs", "EIG": "EIG", "AILAC": "AILAC", "LMDC": "LMDCs", "VAT": "Vatican",
    "ARE": "United Arab Emirates", "ANNEX_I": "Annex I", "NON_ANNEX_I": "non-Annex I", "ANNEX_II": "Annex II",
}  # fmt: skip

#: Capitals that papers use for the government; other capitals are places only.
METONYMS = frozenset(
    (
        "Washington Beijing Brussels Moscow London Delhi Tokyo Seoul Berlin Canberra Ottawa "
        "Pretoria Jakarta Riyadh Brasilia Ankara Tehran Wellington Oslo Stockholm Warsaw Kyiv "
        "Kiev Taipei Islamabad Dhaka Hanoi Manila Caracas Bogota Rome Madrid Paris Tuvalu "
        "Pyongyang Canberra"
    ).split()
) | {"New Delhi", "Mexico City"}

_MORE_PARTY_NAMES = {
    "USA": (
        "US",
        "U.S.",
        "USA",
        "U.S.A.",
        "United States",
        "United States of America",
        "the States",
    ),
    "GBR": ("UK", "U.K.", "Britain", "Great Britain"),
    "EU27": ("EU", "E.U.", "European Union", "EU27"),
    "CHN": ("PRC", "P.R.C."),
    "RUS": ("Russia", "Russian Federation"),
    "KOR": ("South Korea", "Republic of Korea"),
    "PRK": ("North Korea",),
    "VNM": ("Vietnam", "Viet Nam"),
    "ARE": ("UAE", "Emirates"),
    "ARAB_GROUP": ("Arab Group",),
    "G77": (
        "G77",
        "G-77",
        "G77/China",
        "G-77/China",
        "Group of 77",
        "Group of 77 and China",
        "G77 and China",
    ),
    "LDC": ("LDCs", "LDC Group", "Least Developed Countries"),
    "AOSIS": ("AOSIS", "Alliance of Small Island States"),
    "AFRICAN_GROUP": ("African Group", "Africa Group"),
    "CZE": ("Czech Republic",),
    "COD": ("DRC", "Democratic Republic of the Congo"),
}
_DEMONYMS = {
    "US": "USA",
    "U.S.": "USA",
    "UK": "GBR",
    "U.K.": "GBR",
    "EU": "EU27",
    "British": "GBR",
    "European": "EU27",
    "Dutch": "NLD",
    "French": "FRA",
    "Chinese": "CHN",
    "American": "USA",
    "Bolivian": "BOL",
    "Gambian": "GMB",
    "Korean": "KOR",
}
_DEMONYM_PLURALS = {
    "Americans": "USA",
    "Russians": "RUS",
    "Indians": "IND",
    "Brazilians": "BRA",
    "Europeans": "EU27",
    "Germans": "DEU",
    "Canadians": "CAN",
    "Australians": "AUS",
    "Saudis": "SAU",
    "Norwegians": "NOR",
}
_NOT_ALIASES = frozenset({"white house", "european commission", "africa", "umbrella", "small islands", "global",
                          "world", "the world", "globe", "all countries", "aviation", "shipping", "eu over time",
                          "turkey", "chad", "jordan", "georgia", "mali", "guinea", "holland"})  # fmt: skip

Key = tuple[str, ...]


def tokens(name: str) -> Key:
    """Cut a name into the folded tokens by which it is looked up."""
    return tuple(plain(m.group()) for m in TOKEN.finditer(name))


def plain(word: str) -> str:
    """Fold one word: lower case, no accents, no points."""
    if not word.isascii():
        word = "".join(
            c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)
        )
    return word.lower().replace(".", "")


@cache
def lexicon() -> dict[str, list[tuple[Key, Name, bool]]]:
    """Every known name by its first token, longest first: (tokens, whom it means, exact case)."""
    found: dict[str, dict[Key, tuple[Name, bool]]] = {}

    def put(spelling: str, name: Name) -> None:
        key = tokens(spelling)
        if key:
            acronym = spelling.replace(".", "").replace("-", "").isupper() and len(spelling) <= 6
            found.setdefault(key[0], {}).setdefault(key, (name, acronym))

    for spelling, code in _DEMONYMS.items():
        if spelling not in ("US", "U.S.", "UK", "U.K.", "EU"):
            put(spelling, Name(party_name(code), _party_type(code), code, "adjective"))
    for code, spellings in _MORE_PARTY_NAMES.items():
        for spelling in spellings:
            put(spelling, Name(party_name(code), _party_type(code), code))
    for code, party in PARTIES.items():
        if party.kind in ("bunker", "world") or code in ("EU", "EU15", "EU28", "ARAB_GROUP"):
            continue
        shown = Name(party_name(code), _party_type(code), code)
        for spelling in (party.name, party.short_name, *party.aliases):
            if spelling.casefold() not in _NOT_ALIASES and "(" not in spelling:
                put(spelling, shown)
        if party.kind == "state" or code == "EU27":
            if party.adjective:
                put(party.adjective, Name(shown.name, shown.type, code, "adjective"))
            if party.capital:
                put(party.capital, Name(shown.name, shown.type, code, "capital"))
    put("Europe", Name("Europe", "group", "EU27"))
    put("Turkey", Name("Turkey", "state", "TUR"))
    put("Delhi", Name("India", "state", "IND", "capital"))
    for spelling, code in _DEMONYMS.items():
        put(spelling, Name(party_name(code), _party_type(code), code, "adjective"))
    for spelling, code in _DEMONYM_PLURALS.items():
        put(spelling, Name(party_name(code), _party_type(code), code))
    for row in _rows("bodies.csv"):
        code = row["affiliation"]
        body = Name(row["name"], row["type"], code, "name", party_name(code) if code else "")
        for spelling in (row["name"], *filter(None, row["aliases"].split(";"))):
            put(spelling, body)
    for holder, held in offices().items():
        code = held[-1].affiliation if held[-1].affiliation in PARTIES else ""
        affiliation = party_name(held[-1].affiliation)
        who = Name(
            holder, "official" if held[-1].affiliation else "person", code, "name", affiliation
        )
        put(holder, who)
        bare = tuple(t for t in tokens(holder) if len(t) > 1)
        if len(bare) != len(tokens(holder)):
            put(" ".join(bare), who)
    for alias, holder in _BYNAMES.items():
        put(alias, Name(holder, "official", offices()[holder][-1].affiliation, "name",
                        party_name(offices()[holder][-1].affiliation)))  # fmt: skip
    return {
        first: sorted(
            ((k, n, exact) for k, (n, exact) in group.items()), key=lambda item: -len(item[0])
        )
        for first, group in found.items()
    }


_BYNAMES = {
    "Lula": "Luiz Inácio Lula da Silva", "Luiz Inacio Lula da Silva": "Luiz Inácio Lula da Silva",
    "President Lula": "Luiz Inácio Lula da Silva", "Tony Blinken": "Antony Blinken",
    "Joseph Biden": "Joe Biden", "Joseph R. Biden": "Joe Biden", "Donald J. Trump": "Donald Trump",
    "Susan Biniaz": "Sue Biniaz", "Edward Miliband": "Ed Miliband", "Sultan Ahmed Al Jaber": "Sultan Al Jaber",
    "Naderev Sano": "Yeb Saño", "George Bush": "George W. Bush",
}  # fmt: skip


def _party_type(code: str) -> str:
    if code in PARTIES and PARTIES[code].kind in ("state", "territory"):
        return "state"
    return "group"


#: Family names come first in these parties' names.
FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "VNM", "TWN", "HKG"})
_PARTICLES = frozenset(
    ["von", "der", "van", "de", "da", "do", "dos", "la", "le", "bin", "al", "el"]
)


def surnames(holder: str, code: str = "") -> tuple[str, ...]:
    """Return the short forms by which a person is called once introduced, likeliest first.

    Papers take either part of a Chinese name for the family name, so both are returned.
    """
    parts = [p for p in re.split(r"[ ]+", holder) if p]
    if len(parts) < 2:
        return (holder,)
    at = len(parts) - 1
    if parts[-1].rstrip(".") in ("Jr", "III", "II") and at > 1:
        at -= 1
    while at > 1 and parts[at - 1].casefold() in _PARTICLES:
        at -= 1
    western = " ".join(parts[at : len(parts)])
    if code in FAMILY_FIRST or (len(parts) == 2 and re.fullmatch(r"\w{2,8}-\w{2,8}|\w{2,8}", parts[1])
                                and parts[0] in _CHINESE_FAMILIES):  # fmt: skip
        return (parts[0], " ".join(parts[1:]))
    return (western, parts[at]) if western != parts[at] else (western,)


_CHINESE_FAMILIES = frozenset(
    (
        "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo "
        "Zheng Liang Xie Song Tang Deng Han Feng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai "
        "Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Shen Yao Cui Zhong Tan Fan Jin Shi Liao Jia "
        "Xia Fu Fang Zou Xiong Bai Meng Qin Qiu Hou Xue Yin Park Kim Lee Moon Ban Yoon Choi "
        "Jang Nguyen Tran Pham"
    ).split()
)
