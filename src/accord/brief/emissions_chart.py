"""Emissions by party: history, what was pledged with its range, targets as brackets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from accord.assessment import Assessment, PartyResult
from accord.brief.accents import accent
from accord.brief.chart import HEIGHT, WIDTH, Chart
from accord.brief.commitment_table import (
    given_up,
    headline,
    horizon,
    main_others,
    of_gas,
    pledged,
    protagonists,
)
from accord.brief.drawing import TEXT, Drawing
from accord.brief.labels import place, spread, text_box, width_of
from accord.brief.scale import Scale, round_domain
from accord.brief.tracing import Figures, How
from accord.brief.wording import between, decimal, display_name, listed, with_article

FIRST, LAST = 1990, 2060
DRAWN = 4
"""Parties drawn: more lines than this cannot be told apart in half a column."""


def drawn_parties(result: Assessment, case_parties: Sequence[str]) -> tuple[PartyResult, ...]:
    """Return the protagonists and the largest others, ``DRAWN`` in all."""
    first = protagonists(result, case_parties)[:DRAWN]
    return (*first, *main_others(result, case_parties)[: DRAWN - len(first)])


def short(party: PartyResult) -> str:
    """Return a name short enough for the end of a line."""
    name = display_name(party.code, party.name)
    return name if len(name) <= 16 else f"{name[:15]}…"


def emissions_chart(result: Assessment, case_parties: Sequence[str], figures: Figures) -> Chart:
    """Draw emissions by party 1990-2060 and say what they show."""
    parties = drawn_parties(result, case_parties)
    first = protagonists(result, case_parties)
    year = horizon(result.as_of)
    right = max([width_of(short(p), TEXT) for p in parties] or [0.0]) + 12
    tops = [
        value / 1000
        for p in parties
        for value in (*p.history_ghg, *p.ghg.percentiles[95][p.ghg.years <= LAST])
    ]
    drawing = Drawing(
        x=Scale((FIRST, LAST), (24.0, WIDTH - right)),
        y=Scale(round_domain(tops, 4), (HEIGHT - 22, 24.0)),
        width=WIDTH,
        height=HEIGHT,
    )
    start = _first_projected(parties, result)
    drawing.axis_left(drawing.y.ticks(4))
    drawing.axis_bottom([FIRST, LAST, year, start - 1, 2010])
    drawing.parting(start - 1)
    for party in reversed(parties):
        _draw(drawing, party)
    for party in parties:
        _targets(drawing, party, year, result, first)
    _name_ends(drawing, parties)
    names = listed([with_article(p.name) for p in parties]) or "nobody"
    return Chart(
        id="emissions",
        title="Emissions by party",
        unit=Markup("GtCO<sub>2</sub>e a year"),
        svg=drawing.svg(
            f"Emissions of {names} from {FIRST} to {LAST} in GtCO₂e a year, history and the "
            f"pledged range; the table below has the figures"
        ),
        summary=_summary(parties, year, result, figures),
        head=("party", "year", "central", "5–95 %", "without pledges"),
        table=_table(parties, start, result),
        how=_how(parties, result),
    )


def _first_projected(parties: Sequence[PartyResult], result: Assessment) -> int:
    return int((parties[0] if parties else result.world).ghg.years[0])


def _draw(drawing: Drawing, party: PartyResult) -> None:
    colour = accent(party.code)
    fan = party.ghg
    shown = fan.years <= LAST
    years = fan.years[shown]
    known = np.isfinite(party.history_ghg)
    if known.any():
        # The projection starts where the history ends, so that no gap is read as a jump.
        years = np.concatenate([party.history_years[known][-1:], years])

    def joined(percentile: int) -> np.ndarray:
        values = fan.percentiles[percentile][shown] / 1000
        if known.any():
            values = np.concatenate([party.history_ghg[known][-1:] / 1000, values])
        return values

    drawing.band(years, joined(5), joined(95), fill=colour, opacity=0.22)
    bound = bool(pledged(party))
    drawing.line(years, joined(50), stroke=colour, width=1.6, dash=None if bound else "4 3")
    past = party.history_years >= FIRST
    drawing.line(
        party.history_years[past], party.history_ghg[past] / 1000, stroke=colour, width=2.4
    )


def _targets(
    drawing: Drawing,
    party: PartyResult,
    year: int,
    result: Assessment,
    first: Sequence[PartyResult],
) -> None:
    """Draw brackets for targets up to the axis' end, and label one of each protagonist's."""
    colour = accent(party.code)
    left = given_up(party, result.as_of)
    label = headline(party, year)
    labelled = party.code in {p.code for p in first}
    for item, dashed in (*((i, False) for i in pledged(party)), *((i, True) for i in left[:1])):
        if (
            item.year is None
            or item.year > LAST
            or of_gas(item, result.convention)
            or item.central is None
        ):
            continue
        low = (item.low if item.low is not None else item.central) / 1000
        high = (item.high if item.high is not None else item.central) / 1000
        drawing.bracket(
            drawing.x(item.year), low, high, stroke=colour, dash="3 2" if dashed else None
        )
        if labelled and (item is label or dashed):
            x, middle = drawing.x(item.year), drawing.y((low + high) / 2)
            words = (
                between(low, high)
                if dashed
                else f"{decimal(item.central / 1000)} ({between(low, high)})"
            )
            top, bottom = drawing.y(high), drawing.y(low)
            found = place(
                [
                    (x + 9, middle + 4, "start"),
                    (x + 9, top - 5, "start"),
                    (x + 9, bottom + 14, "start"),
                    (x - 9, middle + 4, "end"),
                    (x, top - 7, "middle"),
                    (x, bottom + 16, "middle"),
                ],
                words,
                TEXT,
                points=drawing.points,
                boxes=drawing.boxes,
                inside=drawing.inside,
            )
            if found:
                drawing.text(
                    found[0], found[1], words, anchor=found[2], css="halo mt" if dashed else "halo"
                )


def _name_ends(drawing: Drawing, parties: Sequence[PartyResult]) -> None:
    """Write each name at the end of its line, spread so that none covers another."""
    x = drawing.x.span[1]
    wished = [drawing.y(p.ghg.at(LAST)[50] / 1000) for p in parties]
    moved = spread(wished, TEXT + 1, 24.0, HEIGHT - 27)
    for party, at, y in zip(parties, wished, moved, strict=True):
        drawing.dot(x, at, fill=accent(party.code))
        drawing.text(x + 7, y + 4, short(party), css="halo b")
        drawing.boxes.append(text_box(short(party), x + 7, y + 4, TEXT))


def _summary(
    parties: Sequence[PartyResult], year: int, result: Assessment, figures: Figures
) -> Markup:
    told: list[Markup] = []
    for party in parties[:2]:
        at = party.ghg.at(year)
        told.append(
            Markup("{} {} {} Gt in {}").format(
                with_article(party.name, start=not told),
                "stands at" if not told else "at",
                figures.print(
                    decimal(at[50] / 1000),
                    at[50] / 1000,
                    name=f"ghg-{party.code}-{year}-p50",
                    how="how-emissions",
                ),
                year,
            )
        )
    free = [p for p in parties if not pledged(p)]
    words = Markup("; ").join(told) + Markup(". " if told else "")
    words += Markup("Bands: words and economy, 5–95 %. Brackets: targets{}.").format(
        ", dashed if no longer stood by" if any(given_up(p, result.as_of) for p in parties) else ""
    )
    if free:
        names = listed([with_article(p.name) for p in free])
        words += Markup(" Dashed line: {}, no pledge counted.").format(names)
    return words


def _table(
    parties: Sequence[PartyResult], start: int, result: Assessment
) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    wanted = [1990, 2005, 2010, 2020, start - 1, *range(start // 5 * 5 + 5, LAST + 1, 5)]
    for party in (*parties, result.world):
        past = {
            int(y): float(v)
            for y, v in zip(party.history_years, party.history_ghg, strict=True)
            if np.isfinite(v)
        }
        for year in sorted(set(wanted)):
            if year in past:
                rows.append((party.name, str(year), decimal(past[year] / 1000), "observed", ""))
            elif year >= start:
                at = party.ghg.at(year)
                without = party.reference.at(year)[50]
                rows.append(
                    (
                        party.name,
                        str(year),
                        decimal(at[50] / 1000),
                        between(at[5] / 1000, at[95] / 1000),
                        decimal(without / 1000),
                    )
                )
    return tuple(rows)


def _how(parties: Sequence[PartyResult], result: Assessment) -> How:
    names = listed([with_article(p.name) for p in parties])
    last = int(result.world.history_years[-1])
    return How(
        id="how-emissions",
        steps=(
            Markup(
                "<b>Commitments.</b> Those of {} listed under “Who committed to what”, each with "
                "the reading that turns its words into tonnes."
            ).format(names),
            Markup(
                "<b>Tables.</b> Emissions observed up to {}: CO₂, CH₄, N₂O and F-gases added up "
                "with GWP100 {}, land use {}; editions under Tables and models."
            ).format(last, result.convention.gwp, result.convention.lulucf),
            Markup(
                "<b>Model.</b> Each target binds in its year, straight lines between; after the "
                "last one the rule of the convention. The band holds 5–95 % of draws over the "
                "range of the words and of the economy."
            ),
        ),
    )
