"""World emissions: what all words add up to, what goals need, and what others publish."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from accord.assessment import Assessment
from accord.brief.chart import HEIGHT, WIDTH, Chart
from accord.brief.citing import Sources
from accord.brief.commitment_table import horizon
from accord.brief.drawing import TEXT, Drawing
from accord.brief.labels import place, text_box
from accord.brief.published import Beside, emissions_beside, needed_paths
from accord.brief.scale import Scale, round_domain
from accord.brief.tracing import Figures, How
from accord.brief.wording import NBSP, between, decimal

FIRST, LAST = 1990, 2100
TALL = HEIGHT - 28
NEAR = 4.0
"""Gt between two published figures below which their labels would touch."""


def world_chart(result: Assessment, figures: Figures, sources: Sources) -> Chart:
    """Draw world emissions 1990-2100 with published figures beside them."""
    world, year = result.world, horizon(result.as_of)
    fan = world.ghg
    start = int(fan.years[0])
    reference = world.reference
    tops = [
        *(world.history_ghg / 1000),
        *(fan.percentiles[95] / 1000),
        *(reference.percentiles[50] / 1000),
    ]
    drawing = Drawing(
        x=Scale((FIRST, LAST), (24.0, WIDTH - 78)),
        y=Scale(round_domain([*tops, *(fan.percentiles[5] / 1000)], 4), (TALL - 22, 24.0)),
        width=WIDTH,
        height=TALL,
    )
    drawing.axis_left(drawing.y.ticks(4))
    drawing.axis_bottom([FIRST, LAST, year, start - 1, 2050, 2075, 2010])
    drawing.parting(start - 1)
    known = np.isfinite(world.history_ghg)
    head_year, head = world.history_years[known][-1:], world.history_ghg[known][-1:] / 1000
    years = np.concatenate([head_year, fan.years])

    def joined(values: np.ndarray) -> np.ndarray:
        return np.concatenate([head, values / 1000])

    for low, high, opacity in ((5, 95, 0.10), (17, 83, 0.17)):
        drawing.band(
            years,
            joined(fan.percentiles[low]),
            joined(fan.percentiles[high]),
            fill="var(--ink)",
            opacity=opacity,
        )
    drawing.line(years, joined(reference.median), stroke="var(--mut)", width=1.4, dash="4 3")
    drawing.line(years, joined(fan.median), stroke="var(--ink)", width=1.8)
    drawing.line(world.history_years, world.history_ghg / 1000, stroke="var(--ink)", width=2.4)

    _end_labels(drawing, result)
    paths = needed_paths(result, year)
    for path in paths:
        x, y = drawing.x(path.year), drawing.y(path.gt)
        drawing.dot(x, y, fill="var(--ink)", radius=3.6, hollow=path.goal == "2")
        drawing.boxes.append(text_box("o", x - 4, y + 4, TEXT))
    others = emissions_beside(result)
    for beside in others:
        item = beside.published
        x = drawing.x(int(item.when))
        if item.low is not None and item.high is not None:
            drawing.bracket(x, item.low, item.high, stroke="var(--mut)")
        else:
            drawing.dot(x, drawing.y(item.central), fill="var(--mut)", radius=2.6)
    labels = [(p.year, p.gt, f"{p.goal} °C path", "halo") for p in paths]
    labels += [(year, gt, words, "halo mt") for gt, words in _published_labels(others, year)]
    for when, gt, words, css in sorted(labels, key=lambda label: -label[1]):
        x, y = drawing.x(when), drawing.y(gt)
        # Room is above the falling line; the dots of needed paths keep their label beside them.
        lifts = (-6.0, -12.0) if css == "halo mt" else ()
        found = place(
            [
                (x + 8, y + 4, "start"),
                (x - 8, y + 4, "end"),
                *((x + 8, y + lift, "start") for lift in lifts),
            ],
            words,
            TEXT,
            points=drawing.points,
            boxes=drawing.boxes,
            inside=drawing.inside,
        )
        if found:
            drawing.text(found[0], found[1], words, anchor=found[2], css=css)
    return Chart(
        id="world",
        title="World emissions",
        unit=Markup("GtCO<sub>2</sub>e a year"),
        svg=drawing.svg(
            f"World emissions from {FIRST} to {LAST} in GtCO₂e a year: history, the pledged range, "
            "the reference path, and published figures"
        ),
        summary=_summary(result, year, figures, sources),
        head=("year", "ours, central", "5–95 %", "reference", "published"),
        table=_table(result),
        how=_how(result),
    )


def _published_labels(others: Sequence[Beside], year: int) -> list[tuple[float, str]]:
    """Return one label a place: figures closer than a line of text share theirs."""
    joined: list[tuple[float, str]] = []
    here = [b for b in others if int(b.published.when) == year]
    for beside in sorted(here, key=lambda b: -b.published.central):
        if joined and joined[-1][0] - beside.published.central < NEAR:
            joined[-1] = (joined[-1][0], f"{joined[-1][1]}, {_said(beside)}")
        else:
            joined.append((beside.published.central, _said(beside)))
    return joined


def _said(beside: Beside) -> str:
    item = beside.published
    return f"{item.publisher} {_value(item.low, item.high, item.value)}"


def _value(low: float | None, high: float | None, value: float | None) -> str:
    if value is not None:
        return f"{value:g}"
    assert low is not None and high is not None
    return f"{low:g}–{high:g}"


def _end_labels(drawing: Drawing, result: Assessment) -> None:
    from accord.brief.labels import spread

    x = drawing.x.span[1] + 6
    ends = [
        ("as pledged", result.world.ghg.median[-1] / 1000, "b"),
        ("reference", result.world.reference.median[-1] / 1000, "mt"),
    ]
    moved = spread([drawing.y(v) for _, v, _ in ends], TEXT + 1, 20.0, TALL - 22)
    for (words, _, css), y in zip(ends, moved, strict=True):
        drawing.text(x, y + 4, words, css=css)


def _summary(result: Assessment, year: int, figures: Figures, sources: Sources) -> Markup:
    at = result.world.ghg.at(year)
    words = Markup("The words add up to {} Gt in {} ({} at 5–95{}%). ").format(
        figures.print(
            decimal(at[50] / 1000), at[50] / 1000, name=f"world-{year}-p50", how="how-world"
        ),
        year,
        between(at[5] / 1000, at[95] / 1000),
        NBSP,
    )
    for path in sorted(needed_paths(result, year), key=lambda p: p.gt):
        words += Markup("A {} °C path needs {} Gt ({}{}% below 2019){}. ").format(
            path.goal,
            figures.print(
                decimal(path.gt), path.gt, name=f"path-{path.goal}-{year}", how="how-world"
            ),
            f"{path.cut:g}",
            NBSP,
            sources.cite_text(path.source),
        )
    beside = emissions_beside(result)
    if beside:
        named = {
            (b.published.publisher, b.published.words, b.published.verified): b for b in beside
        }
        words += Markup("Published: {}.").format(
            Markup("; ").join(
                Markup("{} {}{}{}").format(
                    b.published.publisher,
                    b.published.words,
                    "" if b.published.verified else " (unverified)",
                    sources.cite_text(b.published.source),
                )
                for b in named.values()
            )
        )
    return words


def _table(result: Assessment) -> tuple[tuple[str, ...], ...]:
    world = result.world
    rows = [
        (str(int(y)), decimal(v / 1000), "observed", "", "")
        for y, v in zip(world.history_years, world.history_ghg, strict=True)
        if np.isfinite(v) and (int(y) % 5 == 0 or int(y) == int(world.history_years[-1]))
    ]
    beside = emissions_beside(result)
    for year in (int(y) for y in world.ghg.years if int(y) % 5 == 0):
        at = world.ghg.at(year)
        published = "; ".join(_said(b) for b in beside if b.published.when == str(year))
        rows.append(
            (
                str(year),
                decimal(at[50] / 1000),
                between(at[5] / 1000, at[95] / 1000),
                decimal(world.reference.at(year)[50] / 1000),
                published,
            )
        )
    return tuple(rows)


def _how(result: Assessment) -> How:
    counted = sum(item.counted for party in result.parties.values() for item in party.commitments)
    return How(
        id="how-world",
        steps=(
            Markup(
                "<b>Commitments.</b> {} counted, of {} parties; all others on reference."
            ).format(
                counted,
                sum(any(i.counted for i in p.commitments) for p in result.parties.values()),
            ),
            Markup(
                "<b>Tables.</b> World = sum of the parties and bunkers, harmonised to the observed "
                "totals of {}; needed paths = a published cut applied to our own 2019."
            ).format(int(result.world.history_years[-1])),
            Markup(
                "<b>Model.</b> As for the parties. “All others” in the first table is the world "
                "less the parties shown. Reference: the same world without commitments."
            ),
        ),
    )
