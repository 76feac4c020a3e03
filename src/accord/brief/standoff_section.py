"""Why they are stuck, and the ways out: matrix, sentences and landing ranges.

Everything here is a function of the answer alone, so that a notebook shows what the page shows.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from accord.brief.accents import accent
from accord.brief.wording import day, decimal

if TYPE_CHECKING:
    from accord.bargaining.standoff import Standoff
    from accord.bargaining.way_out import WayOut
    from accord.bargaining.win_set import Landing
    from accord.ledger import Case
    from accord.ledger.commitment import Citation

Cite = Callable[[Iterable["Citation"]], Markup]
"""Turns evidence into superscript numbers of the page's list."""

KEPT = 2
_ANSWERS: dict[tuple[str, str | dt.date, tuple[int, ...]], Standoff] = {}

WAYS = 3
ROW, COLUMN, RADIUS = 30, 20, 5.5
LABEL_WIDTH, WHO_WIDTH = 430, 84
LETTERS_A_LINE = 66
_FALLBACK = {"USA": "#1f449c", "CHN": "#b87306", "EU27": "#0a8f73", "IND": "#7d22bf",
             "AOSIS": "#c8459c"}  # fmt: skip


@dataclass(frozen=True)
class QuarrelEntry:
    """A quarrel in words."""

    label: str
    topic: str
    sentence: str
    cites: Markup


@dataclass(frozen=True)
class WayEntry:
    """A way out in words."""

    number: int
    gives: Markup
    cost: str


@dataclass(frozen=True)
class Bar:
    """What one party accepts of a term, in percent of the track."""

    party: str
    accent: str
    left: float
    width: float
    words: str


@dataclass(frozen=True)
class LandingRow:
    """A term on which parties have lines: their bars, and where all agree or how far apart."""

    term: str
    bars: tuple[Bar, ...]
    both_left: float
    both_width: float
    common: bool
    verdict: str
    low: str
    high: str


@dataclass(frozen=True)
class StandoffSection:
    """The content of the section."""

    as_of: str
    round: str | None
    lead: tuple[Markup, ...]
    matrix: Markup
    quarrels: tuple[QuarrelEntry, ...]
    ways: tuple[WayEntry, ...]
    ways_note: str
    landing: tuple[LandingRow, ...]
    maps: tuple[Markup, ...]
    notes: tuple[str, ...]


def standoff_of(case: Case, as_of: dt.date) -> Standoff | None:
    """Return why they are stuck on a day; ``None`` where the case has no red lines.

    A day that closes a round stands for the round, whose height is told. The page and the
    terminal ask the same question, so the last answers are kept while the files stay as they are.
    """
    files = [case.path / name for name in ("red_lines.yaml", "terms.yaml")]
    if not files[0].is_file():
        return None
    written = tuple(file.stat().st_mtime_ns if file.is_file() else 0 for file in files)
    closed = [one.id for one in case.rounds if one.end == as_of]
    key = (str(case.path), closed[-1] if closed else as_of, written)
    if key not in _ANSWERS:
        from accord.assessment.talks import standoff

        while len(_ANSWERS) >= KEPT:
            _ANSWERS.pop(next(iter(_ANSWERS)))
        _ANSWERS[key] = standoff(case, as_of=key[1], deep=False)
    return _ANSWERS[key]


def standoff_section(found: Standoff, cite: Cite | None = None) -> StandoffSection:
    """Return the section for an answer.

    Parameters
    ----------
    found
        From :func:`accord.assessment.talks.standoff`.
    cite
        Numbers evidence; without it nothing is numbered.
    """
    from accord.brief.zone_chart import zone_chart

    cited = cite or (lambda _: Markup(""))
    quarrels = tuple(
        QuarrelEntry(
            one.label,
            one.topic,
            one.sentence,
            cited(
                source
                for name in one.red_lines
                if name in found.red_lines
                for source in found.red_lines[name].evidence[:1]
            ),
        )
        for one in found.quarrels
    )
    priced = all(way.cost is not None for way in found.ways_out)
    many = decimal(float(found.ways_count), 0)
    ranked = "ranked by yielding cost" if priced else "smallest first; not every line has a cost"
    shown = min(WAYS, len(found.ways_out))
    return StandoffSection(
        as_of=day(found.as_of),
        round=found.round_name or None,
        lead=lead(found, cited),
        matrix=matrix_svg(found),
        quarrels=quarrels,
        ways=tuple(_way(number, way, found) for number, way in enumerate(found.ways_out[:WAYS], 1)),
        ways_note=f"{shown} of {many} minimal ways out, {ranked}." if shown else "",
        landing=landing_rows(found),
        maps=tuple(zone_chart(one, found.names, found.term_words) for one in found.maps),
        notes=_notes(found, priced),
    )


def lead(found: Standoff, cite: Cite) -> tuple[Markup, ...]:
    """Return the three sentences of the standoff; the second with the evidence it rests on."""
    if not found.lead:
        return ()
    hardest = next(
        (
            one
            for one in found.quarrels
            if len(found.lead) > 1
            and all(
                found.red_lines[name].statement.rstrip(".") in found.lead[1]
                for name in one.red_lines
            )
        ),
        None,
    )
    marked = [Markup(escape(sentence)) for sentence in found.lead]
    if hardest is not None:
        marked[1] += cite(
            source for name in hardest.red_lines for source in found.red_lines[name].evidence[:1]
        )
    return tuple(marked)


def _way(number: int, way: WayOut, found: Standoff) -> WayEntry:
    by_party: dict[str, list[str]] = {}
    for name in way.give_up:
        line = found.red_lines[name]
        by_party.setdefault(line.party, []).append(line.statement.rstrip("."))
    gives = Markup(" ").join(
        Markup("<b>{}</b> gives up: {}.").format(
            found.names.get(party, party), "; ".join(statements)
        )
        for party, statements in by_party.items()
    )
    cost = "" if way.cost is None else f"{way.cost:g} points ({way.cost_per_party:g} by party)"
    return WayEntry(number, gives, cost)


def _notes(found: Standoff, priced: bool) -> tuple[str, ...]:
    notes = []
    if not found.complete:
        notes.append("The time budget ended the search: what is shown is right, and not all.")
    unchecked = found.unverified
    if unchecked:
        notes.append(f"Not checked against their documents by anybody: {', '.join(unchecked)}.")
    if found.impossible:
        notes.append(f"No deal could ever meet: {', '.join(found.impossible)}.")
    if found.idle:
        notes.append(f"{len(found.idle)} more red lines play no part in any quarrel.")
    if found.linkage is not None:
        notes.append(found.linkage.verdict)
    notes += found.confirmed
    if priced and found.costs:
        notes.append(found.costs)
    return tuple(notes)


# The matrix -------------------------------------------------------------------------------------


def matrix_svg(found: Standoff) -> Markup:
    """Return the red-line matrix: a row a line, a column a quarrel or way out.

    The lines of a quarrel are joined dots; a ring with a number is a line that a way out gives
    up, and its cost. A way out is seen to be right because it takes a line from every column.
    """
    quarrels, ways = found.quarrels, found.ways_out[:WAYS]
    if not quarrels:
        return Markup("")
    rows = _rows(found)
    left = WHO_WIDTH + LABEL_WIDTH
    columns = len(quarrels) + len(ways)
    width = left + COLUMN * columns + 24
    top = 26
    height = top + ROW * len(rows) + 30
    place = {name: top + ROW * n + ROW / 2 for n, name in enumerate(rows)}
    parts = [
        f'<svg class="matrix" role="img" viewBox="0 0 {width} {height}" '
        f'style="width:100%;max-width:{width}px;height:auto" '
        f'font-family="system-ui,sans-serif" font-size="11.5" fill="currentColor">',
        f"<title>{escape(_matrix_title(found))}</title>",
    ]
    parts += _row_parts(found, rows, place, width)
    for n, quarrel in enumerate(quarrels):
        x = left + COLUMN * n + COLUMN / 2
        parts.append(_text(x, 17, quarrel.label, anchor="middle", weight=650))
        at = sorted(place[name] for name in quarrel.red_lines)
        if len(at) > 1:
            parts.append(
                f'<line x1="{x:g}" x2="{x:g}" y1="{at[0]:g}" y2="{at[-1]:g}" '
                'stroke="currentColor" stroke-opacity=".55" stroke-width="1.3"/>'
            )
        for name in quarrel.red_lines:
            colour = colour_of(found.red_lines[name].party)
            parts.append(
                f'<circle cx="{x:g}" cy="{place[name]:g}" r="{RADIUS:g}" style="fill:{colour}"/>'
            )
    first = left + COLUMN * len(quarrels) + 14
    for n, way in enumerate(ways):
        parts += _way_parts(found, way, first + COLUMN * n + COLUMN / 2, place, n, height)
    parts.append("</svg>")
    return Markup("".join(parts))  # every text in it went through escape


def _rows(found: Standoff) -> list[str]:
    """Return the lines in some quarrel, those of one party together, in order of appearance."""
    names = list(dict.fromkeys(name for one in found.quarrels for name in one.red_lines))
    parties = list(dict.fromkeys(found.red_lines[name].party for name in names))
    return sorted(names, key=lambda name: parties.index(found.red_lines[name].party))


def _matrix_title(found: Standoff) -> str:
    return (
        f"Red lines in rows; {len(found.quarrels)} quarrels and "
        f"{min(WAYS, len(found.ways_out))} ways out in columns, {found.as_of}"
    )


def _row_parts(
    found: Standoff, rows: Sequence[str], place: Mapping[str, float], width: float
) -> list[str]:
    parts = []
    before = None
    for name in rows:
        line, y = found.red_lines[name], place[name]
        parts.append(
            f'<line x1="0" x2="{width:g}" y1="{y - ROW / 2:g}" y2="{y - ROW / 2:g}" '
            f'stroke="currentColor" stroke-opacity="{0.35 if line.party != before else 0.12}"/>'
        )
        if line.party != before:
            parts.append(
                f'<circle cx="5" cy="{y:g}" r="4.5" style="fill:{colour_of(line.party)}"/>'
            )
            parts.append(_text(14, y + 4, _who(found, line.party), weight=650))
        before = line.party
        words = line.statement + (" (at home)" if line.level == "ratifier" else "")
        wrapped = textwrap.wrap(words, LETTERS_A_LINE)
        if len(wrapped) > 2:
            wrapped = [wrapped[0], f"{wrapped[1][: LETTERS_A_LINE - 1].rstrip()}…"]
        start = y + 4 - 6.5 * (len(wrapped) - 1)
        for n, text in enumerate(wrapped):
            parts.append(_text(WHO_WIDTH, start + 13 * n, text))
    return parts


def _who(found: Standoff, party: str) -> str:
    name = found.names.get(party, party)
    return name if len(name) <= 12 else party


def _way_parts(  # noqa: PLR0917 - what a column needs
    found: Standoff, way: WayOut, x: float, place: Mapping[str, float], number: int, height: float
) -> list[str]:
    parts = [_text(x, 17, str(number + 1), anchor="middle", weight=650)]
    for name in way.give_up:
        if name not in place:
            continue
        line = found.red_lines[name]
        cost = "" if line.yield_cost is None else f"{line.yield_cost:g}"
        parts.append(
            f'<circle cx="{x:g}" cy="{place[name]:g}" r="8" fill="none" '
            f'style="stroke:{colour_of(line.party)}" stroke-width="1.8"/>'
        )
        parts.append(_text(x, place[name] + 3.6, cost, anchor="middle", size=10, weight=650))
    if way.cost is not None:
        parts.append(_text(x, height - 10, f"{way.cost:g}", anchor="middle", weight=650))
    return parts


def _text(  # noqa: PLR0917 - an SVG text has that many properties
    x: float, y: float, words: str, anchor: str = "start", size: float = 0, weight: int = 0
) -> str:
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += f' font-size="{size:g}"' if size else ""
    more += f' font-weight="{weight}"' if weight else ""
    return f'<text x="{x:g}" y="{y:g}"{more}>{escape(words)}</text>'


def colour_of(party: str) -> str:
    """Return a party's colour, with what stands in where a page does not define it."""
    name = accent(party).removeprefix("var(").removesuffix(")")
    return f"var({name},{_FALLBACK.get(party, '#6b7278')})"


# Landing ranges ---------------------------------------------------------------------------------


def landing_rows(found: Standoff) -> tuple[LandingRow, ...]:
    """Return the amounts on which parties have lines, with what each accepts."""
    rows = []
    for key, some in found.landing.items():
        bounded = {p: one for p, one in some.items() if one.low is not None}
        if len(bounded) > 1:
            rows.append(_landing_row(found, key, bounded))
    return tuple(rows)


def _landing_row(found: Standoff, key: str, some: Mapping[str, Landing]) -> LandingRow:
    lows = {p: float(one.low or 0.0) for p, one in some.items()}
    highs = {p: float(one.high or 0.0) for p, one in some.items()}
    first = next(iter(some.values()))
    bottom, top = float(first.domain_low or 0.0), float(first.domain_high or 0.0)
    inner = [v for v in (*lows.values(), *highs.values()) if bottom < v < top]
    if inner:  # a domain up to 3000 would squeeze what is argued about into a corner
        span = max(max(inner) - min(inner), *(abs(v) for v in inner), 1.0)
        top = min(top, max(inner) + span)
        bottom = max(bottom, min(inner) - span)
    width = (top - bottom) or 1.0

    def at(value: float) -> float:
        return 100 * min(max((value - bottom) / width, 0.0), 1.0)

    low, high = max(lows.values()), min(highs.values())
    open_ends = any(
        (one.low == low and one.low_open) or (one.high == high and one.high_open)
        for one in some.values()
    )
    common = low < high or (low == high and not open_ends)
    unit = f" {first.unit}" if first.unit and first.unit != "year" else ""
    if common and low == high:
        verdict = f"{low:g}{unit}"
    elif common:
        ends = (low <= bottom, high >= top)
        verdict = (
            f"{low:g}–{high:g}{unit}" if not any(ends)
            else "anything" if all(ends)
            else f"at most {high:g}{unit}" if ends[0]
            else f"at least {low:g}{unit}"
        )  # fmt: skip
    elif low == high:
        verdict = f"no common value: they touch at {low:g}{unit}"
    else:
        verdict = f"{low - high:g}{unit} apart"
    bars = tuple(
        Bar(
            found.names.get(p, p), colour_of(p), at(lows[p]), max(at(highs[p]) - at(lows[p]), 0.8),
            some[p].words,
        )
        for p in some
    )  # fmt: skip
    return LandingRow(
        term=found.term_words.get(key, key),
        bars=bars,
        both_left=at(low) if common else 0.0,
        both_width=max(at(high) - at(low), 0.8) if common else 0.0,
        common=common,
        verdict=verdict,
        low=f"{bottom:g}",
        high=f"{top:g}",
    )


# The section as HTML ----------------------------------------------------------------------------


def section_html(section: StandoffSection) -> Markup:
    """Return the section as HTML; the page and a notebook use the same."""
    import jinja2

    from accord.brief.page import TEMPLATES

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return Markup(environment.get_template("standoff.html").render(stuck=section))


def standalone(found: Standoff) -> Markup:
    """Return the section for a notebook, with the little style it needs."""
    section = standoff_section(found)
    intro = Markup("<p>{}</p>").format(Markup(" ").join(section.lead))
    return Markup("<div class=accord-standoff><style>{}</style>{}{}</div>").format(
        Markup(_STYLE), intro, section_html(section)
    )


_STYLE = """\
.accord-standoff{max-width:60rem;font:14px/1.4 system-ui,sans-serif}
.accord-standoff .ld{display:grid;grid-template-columns:14rem 1fr 12rem;gap:.8rem;margin:.3rem 0}
.accord-standoff .lt{position:relative;display:block}
.accord-standoff .lt i{position:absolute;height:6px;background:var(--c)}
.accord-standoff .lt u{position:absolute;border:1px solid currentColor;top:0;bottom:1rem}
.accord-standoff .lt small{position:absolute;bottom:0}
.accord-standoff h2{font-size:1.1rem}
.accord-standoff h2 span{font-weight:400;font-size:.9rem}
.accord-standoff ol{list-style:none;padding:0}
"""
