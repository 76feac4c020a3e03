"""What moves the degrees: the rule after the last target, the sources of the spread, each party."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from accord.assessment import Assessment
from accord.brief.accents import accent
from accord.brief.scale import Scale, round_domain
from accord.brief.tracing import Figures, How
from accord.brief.wording import NBSP, decimal, percent

RULES = {
    "hold-level": "hold the level",
    "hold-rate": "hold the rate",
    "hold-intensity": "hold the intensity trend",
    "reference": "follow the reference path",
}
PARTS = {
    "climate": "climate",
    "rule": "rule after the last target",
    "words": "words",
    "economy": "economy",
}


@dataclass(frozen=True)
class Bar:
    """A line of a small chart: label, place of its range and mark in %, and the figure."""

    label: str
    accent: str
    left: float
    width: float
    inner_left: float
    inner_width: float
    mark: float
    figure: Markup
    chosen: bool = False


@dataclass(frozen=True)
class Bars:
    """A small chart of bars with its ticks (place in %, words)."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]


def rule_bars(result: Assessment, figures: Figures) -> Bars | None:
    """Return 2100 warming under every extension rule, the convention's own marked."""
    if not result.rules:
        return None
    tops = [at[95] for at in result.rules.values()]
    lows = [at[5] for at in result.rules.values()]
    scale = Scale((math.floor(2 * min(lows)) / 2, math.ceil(2 * max(tops)) / 2), (0.0, 100.0))
    bars = []
    for rule, at in sorted(result.rules.items(), key=lambda pair: pair[1][50]):
        left, right = 100 * scale.fraction(at[5]), 100 * scale.fraction(at[95])
        inner, outer = 100 * scale.fraction(at[17]), 100 * scale.fraction(at[83])
        bars.append(
            Bar(
                label=RULES.get(rule, rule),
                accent="var(--ink)",
                left=left,
                width=right - left,
                inner_left=inner,
                inner_width=outer - inner,
                mark=100 * scale.fraction(at[50]),
                figure=Markup("{}").format(
                    figures.print(
                        f"{decimal(at[50])}{NBSP}°C",
                        at[50],
                        name=f"warming-2100-p50-{rule}",
                        how="how-rules",
                    )
                ),
                chosen=rule == result.convention.extension,
            )
        )
    return Bars(tuple(bars), tuple((100 * scale.fraction(t), f"{t:g}") for t in scale.ticks(4)))


def share_bars(result: Assessment, figures: Figures) -> Bars | None:
    """Return what each party's commitments take off 2100 warming, in hundredths of a degree.

    Hundredths are meant here: both runs use the same members, so the difference is known far
    better than either level.
    """
    shares = [(code, value) for code, value in result.shares.items() if code != "all"]
    if not shares:
        return None
    scale = Scale(round_domain([value for _, value in shares], 3), (0.0, 100.0))
    zero = 100 * scale.fraction(0.0)
    bars = []
    for code, value in shares:
        end = 100 * scale.fraction(value)
        bars.append(
            Bar(
                label=result.parties[code].name if code in result.parties else code,
                accent=accent(code),
                left=min(zero, end),
                width=abs(end - zero),
                inner_left=0.0,
                inner_width=0.0,
                mark=-1.0,
                figure=figures.print(
                    f"{decimal(value, 2)}{NBSP}°C", value, name=f"share-{code}", how="how-shares"
                ),
            )
        )
    return Bars(
        tuple(bars), tuple((100 * scale.fraction(t), decimal(t, 2)) for t in scale.ticks(3))
    )


def share_sentence(result: Assessment, figures: Figures) -> Markup:
    """Return what all words together take off, or nothing."""
    if "all" not in result.shares:
        return Markup("")
    return Markup("All words together take {} off the reference path.").format(
        figures.print(
            f"{decimal(result.shares['all'])}{NBSP}°C",
            result.shares["all"],
            name="share-all",
            how="how-shares",
        )
    )


def spread_words(parts: dict[str, float], figures: Figures, name: str) -> Markup:
    """Return "climate 62 %, rule … 19 %", largest first."""
    ordered = sorted(parts.items(), key=lambda pair: -pair[1])
    return Markup(", ").join(
        Markup("{} {}").format(
            PARTS.get(part, part),
            figures.print(percent(share), share, name=f"{name}-{part}", how="how-spread"),
        )
        for part, share in ordered
        if share >= 0.005
    )


def hows(result: Assessment) -> tuple[How, ...]:
    """Return how the figures of this section were made, those that are on the page."""
    notes = []
    if result.rules:
        notes.append(
            How(
                "how-rules",
                (
                    Markup(
                        "<b>Rule after the last target.</b> The same commitments and draws, run "
                        "again with every rule for the years after a party’s last target; median, "
                        "17–83 % and 5–95 % of 2100 over the ensemble."
                    ),
                ),
            )
        )
    if result.spread or result.spread_2030:
        notes.append(
            How(
                "how-spread",
                (
                    Markup(
                        "<b>Spread.</b> Share of each source in the variance of 2100 warming (or "
                        "2030 tonnes): climate over the members at the central reading, rule over "
                        "the rules, words and economy over the draws."
                    ),
                ),
            )
        )
    if result.shares:
        notes.append(
            How(
                "how-shares",
                (
                    Markup(
                        "<b>Shares.</b> The world without a party’s commitments (it follows its "
                        "reference path) minus the world with them, median of 2100, same members. "
                        "Warming is not linear, so the parts need not add up to the whole."
                    ),
                ),
            )
        )
    return tuple(notes)
