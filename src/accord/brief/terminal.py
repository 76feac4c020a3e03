"""The brief's summary in the terminal: lead, commitments, degrees, convention."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from accord.assessment import Assessment, CommitmentResult
from accord.brief import story
from accord.brief.citing import Sources
from accord.brief.commitment_table import (
    amount,
    given_up,
    glyph_of,
    headline,
    horizon,
    main_others,
    of_gas,
    pledged,
    protagonists,
)
from accord.brief.published import warming_beside
from accord.brief.standoff_section import standoff_of
from accord.brief.tracing import Figures
from accord.brief.warming_chart import convention_of
from accord.brief.wording import (
    NBSP,
    between,
    chemical_plain,
    day,
    decimal,
    display_name,
    in_brief,
    percent,
)
from accord.ledger.convention import Convention

if TYPE_CHECKING:
    from accord.ledger import Case


def terminal_summary(assessment: Assessment, case: Case, width: int | None = None) -> Sequence[Any]:
    """Return the summary as blocks that a rich console prints; a pipe gets them without colour.

    Parameters
    ----------
    width
        Width to fold the words at; ``None`` leaves it to the console.
    """
    from rich import box
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    year = horizon(assessment.as_of)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=False, width=width)
    table.add_column("party", style="bold", no_wrap=True)
    table.add_column("undertakes to", overflow="fold", ratio=1)
    table.add_column("status", no_wrap=True)
    table.add_column("Gt a year (range)", justify="right", no_wrap=True)
    table.add_column("in", justify="right", no_wrap=True)
    for name, words, status, tonnes_words, when, dim in _rows(assessment, case):
        table.add_row(
            Text(name),
            Text(words),
            Text(status),
            Text(tonnes_words),
            when,
            style="dim" if dim else "",
        )

    # Sources and anchors mean nothing here: the lead is written once more as plain words.
    answer = standoff_of(case, assessment.as_of)
    stuck = " ".join(answer.lead) if answer is not None else ""
    lead = " ".join(
        _plain(sentence) for sentence in story.lead(assessment, case.parties, Figures(), Sources())
    )
    warming = assessment.warming
    at = warming.at_2100
    degrees = Text.assemble(
        ("Warming in 2100  ", ""),
        (f"{decimal(at[50])} °C", "bold"),
        f"  ({between(at[5], at[95])}; median and 5–95 %, above 1850–1900)",
    )
    chances = Text(
        f"Chance to stay below 2 °C {_spaced(percent(warming.prob_below[2.0]))}, "
        f"below 1.5 °C {_spaced(percent(warming.prob_below[1.5]))}, every year up to 2100"
    )
    world = assessment.world.ghg.at(year)
    tonnes = Text(
        f"World emissions in {year}  {decimal(world[50] / 1000)} Gt CO₂e "
        f"({between(world[5] / 1000, world[95] / 1000)})"
    )
    blocks: list[Any] = [
        Text(
            _spaced(
                f"{assessment.title} · as of {day(assessment.as_of)} · edition {day(case.today)}"
            ),
            style="bold",
        ),
        Text(""),
        *([Text(stuck), Text()] if stuck else []),
        Text(lead),
        Text(""),
        table,
        tonnes,
        degrees,
        chances,
    ]
    beside = warming_beside(assessment)
    if beside:
        lines = [
            _spaced(
                f"{b.published.publisher} {b.published.edition}: "
                f"{decimal(b.published.central)} °C ({convention_of(b)}); ours there "
                f"{decimal(b.ours)} °C"
            )
            for b in beside
        ]
        blocks += [Text("Published"), Padding(Text("\n".join(lines)), (0, 0, 0, 2))]
    blocks.append(Text(f"Read as: {assessment.convention.words()}", style="dim"))
    if assessment.as_of < case.today:
        blocks.append(
            Text(
                f"Commitments as of {_spaced(day(assessment.as_of))}; GDP, population and the "
                f"climate ensemble are of the edition of {_spaced(day(case.today))}.",
                style="dim",
            )
        )
    return blocks


def _rows(result: Assessment, case: Case) -> list[tuple[str, str, str, str, str, bool]]:
    year = horizon(result.as_of)
    rows: list[tuple[str, str, str, str, str, bool]] = []

    def reference(name: str, at: dict[int, float]) -> None:
        tonnes = " ".join(filter(None, amount(at[5], at[50], at[95])))
        rows.append((name, "no pledge counted; reference path", "–", tonnes, str(year), False))

    for party in protagonists(result, case.parties):
        name = display_name(party.code, party.name)
        bound = pledged(party)[:6]
        if not bound:
            reference(name, party.ghg.at(year))
            name = ""
        for item in (*bound, *given_up(party, result.as_of)[:2]):
            rows.append((name, *_cells(item, result.convention)))
            name = ""
    for party in main_others(result, case.parties):
        target = headline(party, year)
        if target is None:
            reference(display_name(party.code, party.name), party.ghg.at(year))
        else:
            rows.append((display_name(party.code, party.name), *_cells(target, result.convention)))
    return rows


def _cells(item: CommitmentResult, convention: Convention) -> tuple[str, str, str, str, bool]:
    glyph, word = glyph_of(item)
    assert item.central is not None
    low = item.low if item.low is not None else item.central
    high = item.high if item.high is not None else item.central
    gas = chemical_plain(of_gas(item, convention))
    return (
        chemical_plain(in_brief(item.commitment)),
        f"{glyph} {word}",
        " ".join(filter(None, (*amount(low, item.central, high), gas))),
        str(item.year),
        not item.counted,
    )


def _plain(markup: Any) -> str:
    """Return the words of a sentence without markup, source numbers and hard spaces."""
    import re

    from markupsafe import Markup

    bare = re.sub(r"<sup>.*?</sup>", "", str(markup))
    return chemical_plain(_spaced(Markup(bare).striptags()))


def _spaced(text: str) -> str:
    return text.replace(NBSP, " ")
