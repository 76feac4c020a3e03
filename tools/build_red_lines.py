"""Build the red lines of the bundled case: terms, facts, lines and the documents they cite.

    python -m tools.build_red_lines UPSTREAM

``UPSTREAM`` is the folder with ``data/redlines/`` (red_lines.csv, terms.csv, facts.csv), whose
sentences are our own. Written to ``src/accord/data/cases/us-china/``: red_lines.yaml, terms.yaml
and sources-red-lines.yaml. Nothing is computed here but the split of citations into title,
publisher, date and address.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from accord.ledger.commitments_file import scalar

CASE = Path(__file__).parents[1] / "src" / "accord" / "data" / "cases" / "us-china"

UNITS = {
    "% below year Y": "%",
    "% below own peak": "%",
    "% of target": "%",
    "% or equivalent": "%",
    "bn US$ per year": "$bn/yr",
    "degrees C": "°C",
    "year": "year",
}
PARTIES = {"UMB": "UMBRELLA"}
GROUPS = {
    "DEV": "developed countries together",
    "OTH": "developed countries without the United States, the European Union and Japan",
}
TOPICS = {
    "finance": "money",
    "legal_form": "binding form",
    "mitigation_depth": "depth of cuts",
    "mitigation_form": "form of targets",
    "mrv": "review",
    "process": "which text counts",
    "offsets_markets": "carbon markets",
    "trade_border": "border charges",
    "loss_damage": "loss and damage",
    "differentiation": "who counts as developing",
    "temperature_goal": "temperature goal",
    "linkage": "linkage",
    "wording": "wording",
    "technology": "technology",
}
AGENDAS = {
    "tariff(P, Q)": "trade",
    "ipr_waiver": "trade",
    "linked(X)": "trade",
    "talks": "security",
    "taiwan_visit": "security",
}
"""Terms that lie on another table than climate; our reading."""

INSTEAD = {
    ("CHN-INTENSITY", "pledges"): ("China: letter on autonomous mitigation actions for Appendix II "
                                   "of the Copenhagen Accord", "UNFCCC", "2010-01-28", ""),
    ("US-CONG-17", "pledges"): ("United States: letter on a quantified target for Appendix I of "
                                "the Copenhagen Accord", "UNFCCC", "2010-01-28", ""),
    ("CHN-CUT2035", "pledges"): ("China: nationally determined contribution for 2035", "UNFCCC",
                                 "2025-11-03", ""),
    ("F", "national"): ("Greenhouse gas inventories of Annex I parties", "UNFCCC", "", ""),
}  # fmt: skip
"""Documents in place of our own tables."""

KNOWN = {
    "general knowledge of the compiler": ("General knowledge, no document cited",
                                          "the authors of this case", "", ""),
    "Carbon Brief via https://www.resilience.org/stories/2026-06-23/": (
        "Report on the Bonn conference", "Carbon Brief", "2026-06-23",
        "https://www.resilience.org/stories/2026-06-23/"),
    "SCMP 2022-11-20": ("Report on the loss and damage fund", "South China Morning Post",
                        "2022-11-20", ""),
    "Washington Post, 2021-09-02": ("Report on the talks in Tianjin", "Washington Post",
                                    "2021-09-02", ""),
    "Taipei Times, 2021-11-14": ("Report on the close of COP26", "Taipei Times", "2021-11-14", ""),
}  # fmt: skip
NAMED = (
    ("vote 95-0 on 1997-07-25", "Byrd-Hagel Resolution, vote of 25 July 1997", "Everything2"),
    ("outcome", "Outcome of the European Council on climate change", "Euroalert"),
    ("counter-proposal", "Counter-proposal of the BASIC countries", "Evergreenpower"),
    ("joint European", "Joint statement of France, Germany and Italy", "CRConnection"),
    ("E&E (", "Report on the letter of ten senators", "E&E News"),
    ("E&E, 2023", "Report on the end of Kerry's visit to China", "E&E News"),
    ("S.Res.98", "S.Res.98 (Byrd-Hagel Resolution)", "105th Congress, Congressional Record S5622"),
    ("H.R.1107", "H.R.1107 as passed by the House", "118th Congress"),
    (
        "Letter from President Bush",
        "Letter from President Bush to Senators Hagel, Helms, Craig and Roberts",
        "White House",
    ),
    ("Letter of 22", "Letter of 22 Republican senators to the President", "as reported"),
    ("TWN briefing", "Briefing on climate, trade and technology", "Third World Network, Aug 2009"),
    ("Report of Dobriansky", "Report of Dobriansky's intervention", "Vaguely Logical, Dec 2007"),
    ("'Progress in Bali'", "Progress in Bali", "nycclimate.org, Dec 2007"),
    (
        "Report of Chinese officials",
        "Report of Chinese officials before the summit",
        "press report, Dec 2009",
    ),
    ("Accounts of the leaders", "Interview with M. Lynas on the leaders' room", "ABC AM"),
    ("The Independent extract", "Account of the leaders' room", "The Independent, Dec 2009"),
    ("Wall Street Journal on Cancun", "Report on Cancun", "Wall Street Journal, Dec 2010"),
    ("The Independent, Dec 2011", "Report on the Durban huddle", "The Independent, Dec 2011"),
    ("Natarajan", "J. Natarajan in Parliament on Durban", "as reported, Dec 2011"),
    ("Reports from COP28", "Reports from COP28", "Straits Times and others, Dec 2023"),
    ("Financial Times, 2015", "Report on the legal form of Paris", "Financial Times"),
    ("Reuters, 2009-12-09", "Report on China's demands of the United States", "Reuters"),
    ("J. Ramesh, letter", "J. Ramesh: letter to Parliament on Cancun", "climatalk.in, Dec 2010"),
    (
        "BASIC ministers, New Delhi",
        "Statement of the BASIC ministers, New Delhi",
        "OneIndia, Feb 2011",
    ),
    (
        "Joint statement of the second",
        "Joint statement of the second BASIC ministerial meeting",
        "IISD",
    ),
    (
        "Joint statement of the third",
        "Joint statement of the third BASIC ministerial meeting",
        "IISD",
    ),
    ("B. Finamore", "B. Finamore on China's transparency pledge", "NRDC"),
    (
        "European Council draft",
        "European Council draft conclusions on climate change",
        "European Council, Oct 2009",
    ),
    ("China Daily, 2010-02-25", "Su Wei's remarks of 24 February 2010", "China Daily"),
    ("https://particle.news/story/eu-def", "EU defends carbon border levy", "particle.news"),
    ("Taipei Times", "Report on the close of COP26", "Taipei Times"),
    ("AFP report of", "Report of Foreign Ministry spokesman Qin Gang", "AFP"),
    ("AP report of", "Report of He Yafei's press conference", "AP"),
    ("Mao Ning", "Mao Ning at the Foreign Ministry's press conference", "pune.media"),
    ("Su Wei, china.org.cn", "Su Wei at Copenhagen", "china.org.cn"),
    ("Su Wei in China Daily", "Su Wei on the Paris Agreement", "China Daily"),
    ("Liu Zhenmin", "Liu Zhenmin on climate finance", "China Daily"),
    ("COP21 expert positions", "Expert positions on the issues of COP21", "Stokman and Thomson"),
    ("Sunnylands Statement", "Sunnylands Statement", "United States and China, text as reported"),
    ("Reports of the COP29", "Reports of the COP29 goal", "himalpress and others"),
    ("Reports of the COP30", "Reports of the COP30 outcome", "particle.news and others"),
    ("Reports of the Rose", "Reports of the Rose Garden statement", "as reported"),
    ("Reports of the US-China", "Reports of the US-China Joint Announcement", "Agri-Pulse"),
    ("Countermeasures", "Countermeasures announced", "Chinese Foreign Ministry"),
    ("Kerry before", "Kerry before the House Foreign Affairs subcommittee", "UPI"),
    ("Report on Kerry", "Report on Kerry's Beijing visit", "ExBulletin"),
    (
        "Statement of Sen. Barrasso",
        "Statement of Sen. Barrasso, Senate EPW hearing",
        "US Senate, Nov 2015",
    ),
    (
        "House floor debate",
        "House debate on intellectual property in the Foreign Relations Authorization Act",
        "Vote Smart",
    ),
    ("'India makes history", "India rejects the finance decision of COP29", "24x7livenewz"),
    ("Report of the SB64", "Report of the SB64 closing", "Third World Network"),
)
"""Documents whose field does not split into title, publisher and date by itself."""


def documents(source: str) -> list[str]:
    """Return the documents of a source field, which stand between semicolons."""
    return [one.strip() for one in re.split(r"; (?![^()]*\))", source) if one.strip()]


def citation(text: str) -> tuple[str, str, str, str]:
    """Return title, publisher, date (or ``""``) and address (or ``""``) of a document."""
    if text in KNOWN:
        return KNOWN[text]
    urls = [
        url.rstrip(";,)")
        for url in re.findall(r"https?://[^\s;]+", text.replace("(full-text)", "%28full-text%29"))
        if "..." not in url
    ]
    url = urls[0].replace("%28full-text%29", "(full-text)") if urls else ""
    bare = re.sub(r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*$", "", text)
    if re.search(r"\d\(\d+\)", text):  # the number of a bulletin is no address
        bare = re.sub(r"\s*\((?:http|rufus|copy|text)[^()]*\)\s*$", "", text)
    bare = re.sub(r":?\s*https?://\S+", "", bare).strip()
    found = re.search(r"\d{4}-\d\d-\d\d", bare)
    date = found.group() if found else ""
    for prefix, title, publisher in NAMED:
        if text.startswith(prefix):
            return title, publisher, date, url
    if not bare:
        host = re.sub(r"^www\.", "", url.split("/")[2])
        words = url.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")
        return words[:1].upper() + words[1:], host, date, url
    quoted = re.match(r"'(.+?)'(?:\s*\(([^)]*)\))?, (.*)", bare)
    if quoted:
        title, aside, rest = quoted.groups()
        title = f"{title} ({aside})" if aside else title
    elif author := re.match(r"([A-Z]\. \w+), '(.+?)', (.*)", bare):
        title, rest = f"{author[1]}: {author[2]}", author[3]
    else:
        title, _, rest = bare.partition(", ")
    rest = re.sub(r",?\s*\d{4}-\d\d-\d\d(?:/\d\d)?,?\s*", ", ", rest).strip(", ")
    title = re.sub(r"\s*\d{4}-\d\d-\d\d\s*(?:of|on)?", "", title) if not rest else title
    if "Earth Negotiations Bulletin" in title:
        summary = rest.partition(", ")[2] or "summary"
        return (
            f"{title}, {summary}",
            "International Institute for Sustainable Development",
            date,
            url,
        )
    if not rest:
        rest = re.sub(r"^www\.", "", url.split("/")[2]) if url else "as reported"
    return title.strip(), rest.strip(), date, url


def key_of(publisher: str, date: str, taken: dict[str, tuple[str, ...]]) -> str:
    """Return a short key: publisher and date, numbered if need be."""
    first = re.sub(r"[^A-Za-z0-9]+", "-", publisher.split(",", maxsplit=1)[0]).strip("-").upper()
    if first.startswith("INTERNATIONAL-INSTITUTE"):
        first = "ENB"
    base = f"RL-{first[:24].strip('-')}{'-' + date if date else ''}"
    key, n = base, 2
    while key in taken:
        key, n = f"{base}.{n}", n + 1
    return key


class Sources:
    """Documents by key."""

    def __init__(self) -> None:
        self.by_key: dict[str, tuple[str, ...]] = {}
        self.keys: dict[tuple[str, ...], str] = {}

    def cite(self, row: str, text: str) -> str:
        """Return the key of a document."""
        parts = citation(text)
        if "shared/data/pledges" in text:
            parts = INSTEAD[row, "pledges"]
        if parts not in self.keys:
            key = key_of(parts[1], parts[2], self.by_key)
            self.keys[parts], self.by_key[key] = key, parts
        return self.keys[parts]

    def text(self) -> str:
        """Return the file."""
        blocks = []
        for key, (title, publisher, date, url) in sorted(self.by_key.items()):
            lines = [f"{key}:", f"  title: {scalar(title)}", f"  publisher: {scalar(publisher)}"]
            lines += [f"  date: {date}"] if date else []
            lines += [f"  url: {scalar(url)}"] if url else []
            blocks.append("\n".join(lines))
        return "\n".join(blocks) + "\n"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def red_lines(folder: Path, sources: Sources) -> str:
    blocks = []
    for row in rows(folder, "red_lines.csv"):
        keys = [sources.cite(row["id"], one) for one in documents(row["source"])]
        check = row["check"]
        lines = [
            f"- id: {row['id']}",
            f"  party: {PARTIES.get(row['party'], row['party'])}",
            f"  level: {row['level']}",
            f"  topic: {TOPICS[row['issue']]}",
            f"  statement: {scalar(row['statement'])}",
            f"  holds: {scalar(row['holds'])}",
            f"  since: {row['since']}",
        ]
        lines += [f"  until: {row['until']}"] if row["until"] else []
        lines += [
            f"  yield_cost: {row['illustrative_yield_cost']}",
            f"  evidence: [{', '.join(dict.fromkeys(keys))}]",
        ]
        note = " ".join(part for part in (row["note"], _check_words(check)) if part)
        lines += [f"  note: {scalar(note)}"] if note else []
        lines.append(f"  verified: {'true' if _verified(check) else 'false'}")
        blocks.append("\n".join(lines))
    head = (
        "# Red lines: what a deal must meet, according to whom, from when to when.\n"
        "# Sentences and conditions are ours; documents are in sources-red-lines.yaml.\n"
        "# yield_cost is OUR ILLUSTRATION (1-10), set with hindsight, and nobody's statement.\n"
        "# Written by tools/build_red_lines.py.\n"
    )
    return head + "\n".join(blocks) + "\n"


def _verified(check: str) -> bool:
    return check.startswith("V") and not re.search(r"; K\b|\bK:", check)


def _check_words(check: str) -> str:
    """Say what of a row was not seen in a document."""
    if _verified(check):
        return ""
    unseen = re.search(r"(?:^|; )K(?::\s*(.*?))?(?:;|$)", check)
    what = unseen.group(1) if unseen and unseen.group(1) else ""
    what = re.sub(r"article 00\d", "a press report", what)
    return f"From general knowledge: {what}." if what else "From general knowledge in part."


def terms(folder: Path, sources: Sources) -> str:
    used = {row["name"] for row in rows(folder, "terms.csv")}
    out = [
        "# The terms in which the red lines are written, and the arithmetic that links them.",
        "# Terms marked 'ours' were coined for this analysis. Written by tools/build_red_lines.py.",
        "costs: >-",
        "  Yielding costs are the authors' illustration on a scale of 1 to 10, set with hindsight;",
        "  they are nobody's statement. Replace them with your own: docs/standoff.md says how.",
        "groups:",
    ]
    for name, meaning in GROUPS.items():
        out += [f"  - id: {name}", f"    meaning: {scalar(meaning)}"]
    out.append("terms:")
    assert set(AGENDAS) <= used
    for row in rows(folder, "terms.csv"):
        meaning = row["meaning"]
        domain = row["domain"].replace("true|false", "")
        if row["unit"] in UNITS:
            unit = UNITS[row["unit"]]
        else:  # what stands in the unit's place explains the steps
            unit, meaning = "", "; ".join(part for part in (meaning, row["unit"]) if part)
        name = row["name"].replace("warming(p50, 2100)", "warming(p, year)")
        if name.startswith("warming"):
            continue  # every case knows it
        out.append(f"  - term: {scalar(name)}")
        out += [f"    type: {row['type']}"] if row["type"] not in {"bool", "enum"} else []
        out += [f"    domain: {scalar(domain)}"] if domain else []
        out += [f"    unit: {scalar(unit)}"] if unit else []
        ours = "(invented" in meaning
        meaning = re.sub(r"\s*\(invented(?:: ([^)]*))?\)", lambda m: f" ({m[1]})" if m[1] else "",
                         meaning)  # fmt: skip
        meaning = re.sub(r"\(invented; ", "(", meaning)
        out += [f"    meaning: {scalar(meaning)}"]
        out += [f"    agenda: {AGENDAS[name]}"] if name in AGENDAS else []
        out += ["    ours: true"] if ours else []
    out.append("facts:")
    inventories = INSTEAD["F", "national"]
    for row in rows(folder, "facts.csv"):
        statement = re.sub(r"\s*\((?:shared/[^)]*|same file[^)]*)\)|\s*\(K\)", "", row["statement"])
        out += [
            f"  - id: {row['id']}",
            f"    holds: {scalar(row['holds'])}",
            f"    statement: {scalar(statement)}",
        ]
        if "shared/" in row["statement"] or "same file" in row["statement"]:
            sources.keys.setdefault(inventories, "RL-UNFCCC-INVENTORIES")
            sources.by_key.setdefault("RL-UNFCCC-INVENTORIES", inventories)
            out.append("    evidence: [RL-UNFCCC-INVENTORIES]")
    return "\n".join(out) + "\n"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1]) / "data" / "redlines"
    sources = Sources()
    texts = {
        "red_lines.yaml": red_lines(folder, sources),
        "terms.yaml": terms(folder, sources),
        "sources-red-lines.yaml": "# Documents cited by the red lines.\n" + sources.text(),
    }
    for name, text in texts.items():
        assert "shared/" not in text, name
        (CASE / name).write_text(text, encoding="utf-8")
        print(CASE / name, len(text))


if __name__ == "__main__":
    main()
