"""The printable answer: one self-contained HTML page.

No script, no outside request (a content security policy forbids both), everything from a case
escaped, light, dark and print from the same page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from accord.assessment import Assessment
from accord.brief import adding_up, story
from accord.brief.citing import Sources
from accord.brief.commitment_table import commitment_table, horizon
from accord.brief.emissions_chart import emissions_chart
from accord.brief.kept import kept
from accord.brief.money import money
from accord.brief.published import needed_paths, warming_beside
from accord.brief.standoff_section import lead as standoff_lead
from accord.brief.standoff_section import standoff_of, standoff_section
from accord.brief.timeline import timeline
from accord.brief.tracing import Figures
from accord.brief.warming_chart import convention_of, warming_chart
from accord.brief.wording import NBSP, between, chemical, day, decimal, percent
from accord.brief.world_chart import world_chart
from accord.output import write_whole

if TYPE_CHECKING:
    from accord.ledger import Case

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class KeyFigure:
    """A large number beside the lead, with its convention below."""

    label: str
    figure: Markup
    beside: Markup
    convention: Markup
    how: str


@dataclass(frozen=True)
class BesideRow:
    """A line of the table of published results."""

    source: str
    cite: Markup
    convention: str
    theirs: str
    ours: Markup
    verified: bool
    note: str


def write_brief(assessment: Assessment, case: Case, *, to: Path | None) -> str:
    """Return the page, and write it to ``to`` at once or not at all.

    Parameters
    ----------
    assessment
        The answer; ask it for ``spread`` and ``rules`` to have those on the page.
    case
        The case it was asked of: protagonists and rounds.
    to
        Where to write; ``None`` writes nothing.

    Raises
    ------
    OutputError
        If the place cannot be written; nothing is left there.
    """
    text = page(assessment, case)
    if to is not None:
        write_whole(Path(to), text)
    return text


def page(assessment: Assessment, case: Case) -> str:
    """Return the page as HTML."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("brief.html").render(**_content(assessment, case))


def _content(result: Assessment, case: Case) -> Mapping[str, Any]:
    """Build the sections in reading order, so that sources are numbered as they appear."""
    figures, sources = Figures(), Sources()
    answer = standoff_of(case, result.as_of)
    stuck_lead = standoff_lead(answer, sources.cite) if answer is not None else ()
    lead = story.lead(result, case.parties, figures, sources)
    keys = _key_figures(result, figures)
    room = {} if answer is None else {"printed_rows": 6}  # the standoff takes that of two rows
    table = commitment_table(result, case.parties, figures, sources, **room)
    emissions = emissions_chart(result, case.parties, figures)
    warming = warming_chart(result, figures, sources)
    world = world_chart(result, figures, sources)
    beside = _beside_rows(result, figures, sources)
    stuck = (
        standoff_section(answer, lambda evidence: sources.cite(evidence, printed=False))
        if answer is not None
        else None
    )
    promises = kept(result, case, figures, sources)
    return {
        "style": Markup((TEMPLATES / "style.css").read_text(encoding="utf-8")),
        "title": story.title(result, case.parties, stuck=bool(answer and answer.quarrels)),
        "case_title": result.title,
        "as_of": day(result.as_of),
        "edition": day(case.today),
        "edition_name": f"{case.today:%Y.%m}",
        "past": result.as_of < case.today,
        "last_observed": int(result.world.history_years[-1]),
        "stuck_lead": stuck_lead,
        "lead": lead,
        "keys": keys,
        "table": table,
        "emissions": emissions,
        "warming": warming,
        "world": world,
        "read_as": _read_as(result),
        "spread": adding_up.spread_words(dict(result.spread), figures, "spread"),
        "spread_2030": adding_up.spread_words(dict(result.spread_2030), figures, "spread-2030"),
        "rules": adding_up.rule_bars(result, figures),
        "shares": adding_up.share_bars(result, figures),
        "share_sentence": adding_up.share_sentence(result, figures),
        "hows": adding_up.hows(result),
        "timeline": timeline(result, case),
        "beside": beside,
        "money": money(result, case, figures),
        "stuck": stuck,
        "kept": promises,
        "tables": [(name, chemical(text)) for name, text in result.sources.items()],
        "sources": sources.listed,
    }


def _read_as(result: Assessment) -> Markup:
    words = result.convention.words()
    return chemical(f"degrees: median, in 2100, above 1850–1900 · {words}")


def _key_figures(result: Assessment, figures: Figures) -> tuple[KeyFigure, ...]:
    warming, year = result.warming, horizon(result.as_of)
    world = result.world.ghg.at(year)
    at = warming.at_2100
    land = "in" if result.convention.lulucf == "included" else "out"
    accounting = chemical(f"CO2e a year, land use {land}, GWP100 {result.convention.gwp}")
    keys = [
        KeyFigure(
            "Warming if the words are kept",
            figures.print(
                f"{decimal(at[50])}{NBSP}°C", at[50], name="warming-2100-p50", how="how-warming"
            ),
            Markup("{}").format(between(at[5], at[95])),
            Markup("median (5–95{}%), 2100, above <span class=nw>1850–1900</span>").format(NBSP),
            "how-warming",
        )
    ]
    gap = next((p for p in needed_paths(result, year) if p.goal == "1.5"), None)
    if gap is not None:
        missing = world[50] / 1000 - gap.gt
        keys.append(
            KeyFigure(
                f"{'Gap' if missing >= 0 else 'Room'} to a 1.5 °C path in {year}",
                figures.print(
                    f"{decimal(abs(missing), 0)}{NBSP}Gt",
                    missing,
                    name=f"gap-1.5-{year}",
                    how="how-world",
                ),
                Markup("of {}").format(decimal(world[50] / 1000, 0)),
                accounting + Markup(f"; path {gap.cut:g}{NBSP}% below 2019"),
                "how-world",
            )
        )
    else:
        keys.append(
            KeyFigure(
                f"World emissions in {year}, as pledged",
                figures.print(
                    f"{decimal(world[50] / 1000, 0)}{NBSP}Gt",
                    world[50] / 1000,
                    name=f"world-{year}-p50",
                    how="how-world",
                ),
                Markup("{} at 5–95{}%").format(between(world[5] / 1000, world[95] / 1000), NBSP),
                accounting,
                "how-world",
            )
        )
    keys.append(
        KeyFigure(
            "Chance to stay below 2 °C",
            figures.print(
                percent(warming.prob_below[2.0]),
                warming.prob_below[2.0],
                name="below-2",
                how="how-warming",
            ),
            Markup("1.5 °C: {}").format(
                figures.print(
                    percent(warming.prob_below[1.5]),
                    warming.prob_below[1.5],
                    name="below-1.5",
                    how="how-warming",
                )
            ),
            Markup("every year up to 2100, above <span class=nw>1850–1900</span>"),
            "how-warming",
        )
    )
    return tuple(keys)


def _beside_rows(result: Assessment, figures: Figures, sources: Sources) -> tuple[BesideRow, ...]:
    return tuple(
        BesideRow(
            source=f"{b.published.publisher} {b.published.edition}",
            cite=sources.cite_text(b.published.source),
            convention=convention_of(b),
            theirs=decimal(b.published.central)
            + (
                f" ({between(b.published.low, b.published.high)})"
                if b.published.low is not None and b.published.high is not None
                else ""
            ),
            ours=figures.print(decimal(b.ours), b.ours, name=b.key, how="how-warming"),
            verified=b.published.verified,
            note=b.published.note,
        )
        for b in warming_beside(result)
    )
