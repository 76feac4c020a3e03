"""World warming: the fan over time, and a thermometer on the same axis with published values."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from accord.assessment import Assessment
from accord.brief.chart import HEIGHT, WIDTH, Chart
from accord.brief.citing import Sources
from accord.brief.drawing import TEXT, Drawing, element
from accord.brief.labels import place, spread
from accord.brief.published import Beside, warming_beside
from accord.brief.scale import Scale
from accord.brief.tracing import Figures, How
from accord.brief.wording import NBSP, between, decimal, percent, possessive

FIRST, LAST = 1990, 2100
GOALS = (1.5, 2.0)


def on_thermometer(result: Assessment) -> tuple[Beside, ...]:
    """Return the published values that the thermometer carries: pledges, one a publisher."""
    chosen: dict[str, Beside] = {}
    for beside in warming_beside(result):
        scope = beside.published.scope
        ndcs = "conditional" if result.convention.conditional else "unconditional"
        if scope == {"UNEP": ndcs}.get(beside.published.publisher, "pledges"):
            chosen.setdefault(beside.published.publisher, beside)
    return tuple(chosen.values())[:2]


def warming_chart(result: Assessment, figures: Figures, sources: Sources) -> Chart:
    """Draw warming 1990-2100 above 1850-1900 and the thermometer of 2100."""
    warming = result.warming
    fan = warming.fan
    beside = on_thermometer(result)
    tops = [float(np.nanmax(fan.percentiles[95])), *(b.published.central for b in beside)]
    top = np.ceil(max([2.0, *tops]) * 2) / 2
    low = min(0.5, np.floor(float(np.nanmin(fan.percentiles[5])) * 2) / 2)
    drawing = Drawing(
        x=Scale((FIRST, LAST), (26.0, 240.0)),
        y=Scale((float(low), float(top)), (HEIGHT - 22, 14.0)),
        width=WIDTH,
        height=HEIGHT,
    )
    start = warming.first_projected
    ticks = [t for t in np.arange(low, top + 0.01, 0.5) if t not in GOALS]
    if top - low > 4:
        ticks = [t for t in ticks if float(t).is_integer()]
    drawing.axis_left([float(t) for t in ticks], "{:.1f}")
    drawing.axis_bottom([FIRST, LAST, start - 1, 2050, 2075])
    ahead = fan.years >= start - 1
    for lower, upper, opacity in ((5, 95, 0.10), (17, 83, 0.17)):
        drawing.band(
            fan.years[ahead],
            fan.percentiles[lower][ahead],
            fan.percentiles[upper][ahead],
            fill="var(--ink)",
            opacity=opacity,
        )
    for goal in GOALS:
        drawing.rule(goal, stroke="var(--ink)", dash="4 3" if goal == 1.5 else None)
        drawing.points += [(x, drawing.y(goal)) for x in np.arange(*drawing.x.span, 4.0)]
        drawing.text(22, drawing.y(goal) + 4, f"{goal:.1f}", anchor="end", css="b")
    for year, value in zip(warming.observed_years, warming.observed, strict=True):
        if year >= FIRST and np.isfinite(value) and low <= value <= top:
            drawing.dot(drawing.x(year), drawing.y(value), fill="var(--mut)", radius=1.5)
    drawing.line(fan.years, fan.median, stroke="var(--ink)", width=2.4)
    _fan_labels(drawing, result)
    _thermometer(drawing, result, beside)
    return Chart(
        id="warming",
        title="World warming",
        unit=Markup("°C above 1850–1900"),
        svg=drawing.svg(
            f"World warming {FIRST} to {LAST} above 1850–1900 with its 5 to 95 percent range, and "
            f"a thermometer for 2100: median {decimal(warming.at_2100[50])} °C, beside "
            + ("published values" if beside else "no published value of that day")
        ),
        summary=_summary(result, beside, figures, sources),
        head=("year", "median", "17–83 %", "5–95 %"),
        table=_table(result),
        how=_how(result),
    )


def _fan_labels(drawing: Drawing, result: Assessment) -> None:
    fan = result.warming.fan
    for words, year, percentile, lift, css in (
        ("as pledged", 2052, 50, -8, "halo b"),
        ("5–95 %", 2062, 95, -6, "mt"),
    ):
        value = float(fan.percentiles[percentile][fan.years == year][0])
        x, y = drawing.x(year), drawing.y(value) + lift
        found = place(
            [(x, y, "end"), (x - 20, y - 8, "end"), (x, y - 18, "end"), (x, y + 30, "start")],
            words,
            TEXT,
            points=drawing.points,
            boxes=drawing.boxes,
            inside=drawing.inside,
        )
        if found:
            drawing.text(found[0], found[1], words, anchor=found[2], css=css)


def _thermometer(drawing: Drawing, result: Assessment, beside: tuple[Beside, ...]) -> None:
    """Draw the range of 2100 as a bar with ticks, labels spread to its right."""
    at = result.warming.at_2100
    x, wide = 247.0, 8.0
    for lower, upper, fill in ((5, 95, "var(--ctl)"), (17, 83, "var(--mut)")):
        y = drawing.y(at[upper])
        drawing.add(
            element(
                "rect",
                x=x,
                y=y,
                width=wide,
                height=max(0.5, drawing.y(at[lower]) - y),
                fill=fill,
            )
        )
    middle = drawing.y(at[50])
    drawing.add(
        element(
            "path",
            d=f"M{x - 4:.1f} {middle:.1f}h{wide + 8:.1f}",
            stroke="var(--bg)",
            stroke_width="4",
        )
    )
    drawing.add(
        element(
            "path",
            d=f"M{x - 4:.1f} {middle:.1f}h{wide + 8:.1f}",
            stroke="var(--ink)",
            stroke_width="2.4",
        )
    )
    labels = [
        (at[50], f"{decimal(at[50])} °C", "b big"),
        (at[95], f"{decimal(at[95])} (95 %)", None),
        (at[5], f"{decimal(at[5])} (5 %)", None),
    ]
    if any(b.published.percentile == 66 for b in beside):
        p66 = result.warming.p66_peak
        labels.append((p66, f"{decimal(p66)} ours (66 %)", None))
    labels += [
        (
            b.published.central,
            f"{decimal(b.published.central)} {_short(b.published.publisher)} "
            f"({b.published.percentile} %)",
            "mt",
        )
        for b in beside
    ]
    moved = spread([drawing.y(v) for v, _, _ in labels], TEXT + 1.5, 18.0, HEIGHT - 26)
    for (value, words, css), y in zip(labels, moved, strict=True):
        from_y = drawing.y(value)
        drawing.add(
            element(
                "path",
                d=f"M{x + wide:.1f} {from_y:.1f}h3L{x + wide + 8:.1f} {y:.1f}h3",
                fill="none",
                stroke="var(--mut)" if css == "mt" else "var(--ink)",
                stroke_width="1",
            )
        )
        drawing.text(x + wide + 13, y + 4, words, css=css)


def _short(publisher: str) -> str:
    return publisher if len(publisher) <= 8 else f"{publisher[:6]}."


def _summary(
    result: Assessment, beside: tuple[Beside, ...], figures: Figures, sources: Sources
) -> Markup:
    warming = result.warming
    crossings = []
    for goal in GOALS:
        when = warming.crossing_year.get(goal, {}).get(50)
        crossings.append(
            Markup("{} °C in {}").format(
                f"{goal:g}",
                figures.print(
                    str(round(when)), when, name=f"crossing-{goal:g}-p50", how="how-warming"
                ),
            )
            if when is not None
            else Markup("{} °C not before 2100").format(f"{goal:g}")
        )
    words = Markup("As pledged, the median passes {} and {}. ").format(*crossings)
    words += Markup("The chance to stay below 2 °C up to 2100 is {}, below 1.5 °C {}. ").format(
        *(
            figures.print(
                percent(warming.prob_below[goal]),
                warming.prob_below[goal],
                name=f"below-{goal:g}",
                how="how-warming",
            )
            for goal in (2.0, 1.5)
        )
    )
    if beside:
        words += Markup("; ").join(
            Markup("{} {} °C is stated {}{}: ours there is {}").format(
                possessive(_short(b.published.publisher)),
                decimal(b.published.central),
                _stated(b),
                sources.cite_text(b.published.source),
                figures.print(decimal(b.ours), b.ours, name=b.key, how="how-warming"),
            )
            for b in beside
        )
        words += Markup(".")
    return words


def _stated(beside: Beside) -> str:
    item = beside.published
    chance = "at the median" if item.percentile == 50 else f"at {item.percentile}{NBSP}%"
    return f"{chance} over the century" if item.when == "century" else f"{chance} of {item.when}"


def convention_of(beside: Beside) -> str:
    """Return probability, year and scope of a published value in words."""
    item = beside.published
    chance = "median" if item.percentile == 50 else f"{item.percentile}{NBSP}% chance"
    when = "over the century" if item.when == "century" else f"in {item.when}"
    return f"{item.words}, {chance}, {when}"


def _table(result: Assessment) -> tuple[tuple[str, ...], ...]:
    fan = result.warming.fan
    rows = []
    for year in (int(y) for y in fan.years if int(y) % 10 == 0):
        at = fan.at(year)
        rows.append((str(year), decimal(at[50]), between(at[17], at[83]), between(at[5], at[95])))
    return tuple(rows)


def _how(result: Assessment) -> How:
    warming = result.warming
    return How(
        id="how-warming",
        steps=(
            Markup(
                "<b>Commitments.</b> Those behind <a href='#how-world'>world emissions</a>; each "
                "member of the ensemble gets one draw of words and economy."
            ),
            Markup(
                "<b>Tables.</b> Observed emissions of every species up to {}, continued by the "
                "world’s path; species that pledges do not name follow CO₂ as in published "
                "scenarios. Dots: observed warming."
            ).format(int(result.world.history_years[-1])),
            Markup(
                "<b>Model.</b> {} members of a climate ensemble of FaIR’s class ({}). Shown are "
                "percentiles over members, annual means above 1850–1900; the chance to stay below "
                "a level counts every year up to 2100. Beside published values the same day’s "
                "words are run again in their scope: with or without pledges that carry a "
                "condition, with or without those of neutrality."
            ).format(warming.members, warming.edition),
        ),
    )
