"""What the deal costs and saves, whose part is fair, and whether it would hold: the page's section.

Everything is asked of the engines behind the commands of the same names; each figure leads to the
note that says how it was made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from markupsafe import Markup

from accord.assessment import Assessment
from accord.assessment.costs import SHOWN, Costs
from accord.bargaining.forecast import PARIS_READING, forecast
from accord.bargaining.forecast import to_json as forecast_json
from accord.bargaining.positions import load_positions
from accord.brief.chart import Chart
from accord.brief.club_map import club_map
from accord.brief.forecast_chart import forecast_chart
from accord.brief.gain_chart import YEAR, figures, gain_chart
from accord.brief.leakage_chart import leakage_chart
from accord.brief.market_chart import market_chart
from accord.brief.share_chart import share_chart
from accord.brief.tracing import Figures, How
from accord.brief.wording import NBSP, between, chemical, decimal, listed, percent
from accord.economy.leakage import describe as describe_leakage
from accord.economy.market import KYOTO, SOURCE, clear, kyoto
from accord.economy.market import describe as describe_market
from accord.economy.thin_trade import china

if TYPE_CHECKING:
    from accord.ledger import Case

CLUB_PRICES, CLUB_TARIFFS = (25, 50), (0, 1, 2, 3, 4, 5, 10)


@dataclass(frozen=True)
class Money:
    """The section: its charts and the sentences under its headings."""

    gains: Chart
    shares: Chart
    clubs: Chart
    leakage: Chart
    market: Chart
    costs_words: Markup
    hold_words: Markup
    foretold: Chart
    hows: tuple[How, ...]


def money(result: Assessment, case: Case, figures_: Figures) -> Money | None:
    """Return the section, or ``None`` where costs were not asked for."""
    if result.costs is None:
        return None
    names = {code: party.name for code, party in result.parties.items()}
    return Money(
        _gains(result.costs, names),
        _shares(result, case),
        _clubs(),
        _leakage(figures_),
        _market(),
        _costs_words(result.costs, names, figures_),
        _hold_words(result, case, names, figures_),
        _foretold(result, figures_),
        _hows(result.costs),
    )


def _gains(costs: Costs, names: dict[str, str]) -> Chart:
    head = ("bn 2021 $", *(f"{kind} {year}" for year in (2035, YEAR) for kind in ("cost", "saves")),
            "net to 2100")  # fmt: skip
    rows = []
    for code, gain in costs.gains.items():
        at = [int(np.searchsorted(gain.years, year)) for year in (2035, YEAR)]
        cells = [
            decimal(float(values[n]), 0) for n in at for values in (gain.cost[50], gain.avoided[50])
        ]
        rows.append((names.get(code, code), *cells, decimal(gain.present(gain.net[50]), 0)))
    return Chart(
        id="costs",
        title="What it costs and saves",
        unit=Markup("% of GDP, {}").format(YEAR),
        svg=gain_chart(costs, names),
        summary=Markup(
            "Bar: cost of the cuts. Dot: damage avoided by the whole deal, 5–95{}% of the climate. "
            "Ring: the part of it that the party’s own words avoid for itself."
        ).format(NBSP),
        head=head,
        table=tuple(rows),
        how=_how_costs(costs, "how-costs-figure"),
    )


def _shares(result: Assessment, case: Case) -> Chart:
    from accord.assessment import shares as model

    switches = {
        name: getattr(result.convention, name)
        for name in ("extension", "conditional", "neutrality", "hot_air", "scenario", "archived")
    }
    pathway = model.pathway_of(case, result.as_of, **switches)
    asked = tuple(dict.fromkeys((*case.parties, "EU27", "IND", "RUS", "BRA")))
    answer = model.to_json(model.shares_of(pathway, [c for c in asked if c in pathway.parties]))
    rules = list(next(iter(answer["parties"].values()))["rules"])
    table = tuple(
        (
            str(group["name"]),
            *(decimal(group["rules"][rule]["2035"]["mtco2e"] / 1000) for rule in rules),
            decimal(group["pledged"]["2035"] / 1000),
        )
        for group in answer["parties"].values()
    )
    return Chart(
        id="fair-shares",
        title="Whose part is fair",
        unit=chemical("1.5 °C in 2035, against 2019"),
        svg=share_chart(answer),
        summary=Markup(
            "A letter a principle, each invoked by some parties and rejected by others. How far "
            "they disagree is the message: none is the fair one by calculation."
        ),
        head=(f"GtCO2e in 2035, since {answer['since']}", *rules, "as pledged"),
        table=table,
        how=How(
            "how-fair-shares",
            (
                chemical(f"Goal: {answer['goal_source']}. Gases: {answer['gases']}."),
                Markup("Rules: van den Berg et al. 2020, Climatic Change 162; docs/models/"
                       "fair-shares.md."),
            ),
        ),
    )  # fmt: skip


def _clubs() -> Chart:
    from accord.bargaining.club import MODEL, sweep

    rows = sweep(CLUB_PRICES, CLUB_TARIFFS)
    return Chart(
        id="clubs",
        title="Which climate clubs hold",
        unit=Markup("regions of 15"),
        svg=club_map({"sweep": rows}),
        summary=Markup(
            "A club prices carbon inside and puts a tariff on outsiders. Without a tariff nobody "
            "stays; the dearer the carbon, the more it takes."
        ),
        head=("$/t", "tariff, %", "members", "gain, bn $ a year"),
        table=tuple(
            (
                f"{row['price']:g}",
                f"{row['tariff']:g}",
                "–" if row["members"] is None else str(row["members"]),
                "–" if row["world_gain_bn"] is None else decimal(row["world_gain_bn"]),
            )
            for row in rows
        ),
        how=How("how-clubs", (Markup("{}; docs/models/climate-clubs.md.").format(MODEL),)),
    )


def _costs_words(costs: Costs, names: dict[str, str], figures_: Figures) -> Markup:
    """Say what the first two parties pay and save, and by how much a second opinion differs."""
    parts = []
    for code in list(costs.gains)[:2]:
        row = figures(costs, code, YEAR)
        parts.append(
            Markup("{}: cuts cost {} of GDP in {}, the whole deal saves {} ({}).").format(
                names.get(code, code),
                figures_.print(f"{decimal(row['cost'], 1)}{NBSP}%", row["cost"],
                               name=f"cost-{YEAR}-{code}", how="how-costs"),
                YEAR,
                figures_.print(f"{decimal(row['avoided'], 1)}{NBSP}%", row["avoided"],
                               name=f"avoided-{YEAR}-{code}", how="how-costs"),
                between(row["low"], row["high"], 1),
            )
        )  # fmt: skip
    own = [g.present(g.own[50]) / g.present(g.cost[50]) for g in costs.gains.values()
           if g.present(g.cost[50]) > 1.0]  # fmt: skip
    if own:
        parts.append(
            Markup("Over the century a party’s own words save itself {} of what they cost it; the "
                   "rest of their use is to others.").format(_span(own))
        )  # fmt: skip
    other = [
        (g.present(costs.beside[code].avoided[50]) / g.present(g.avoided[50]))
        for code, g in costs.gains.items()
        if g.present(g.avoided[50]) > 1.0
    ]
    if other:
        parts.append(
            Markup("By another damage function (Howard &amp; Sterner) the savings are {} times as "
                   "large.").format(decimal(float(np.median(other)), 1))
        )  # fmt: skip
    if costs.promises:
        left = [names.get(code, code) for code in costs.renounced]
        parts.append(
            Markup("Finance counted: {}{}.").format(
                listed([f"“{one}”" for one in costs.promises]),
                f"; {listed(left)} ended its own and is taken to pay none" if left else "",
            )
        )
    return Markup(" ").join(parts)


def _span(shares: Sequence[float]) -> str:
    low, high = min(shares), max(shares)
    return percent(low) if round(low, 2) == round(high, 2) else f"{percent(low)} to {percent(high)}"


def _hold_words(result: Assessment, case: Case, names: dict[str, str], figures_: Figures) -> Markup:
    """Say whether the main parties would keep the deal, one by one and together."""
    from accord.assessment import coalitions
    from accord.assessment.shares import pathway_of

    switches = {"extension": result.convention.extension, "scenario": result.convention.scenario}
    world = pathway_of(case, result.as_of, **switches)
    players = coalitions.main_players(world, case.parties, count=5)
    if not players:
        return Markup("No commitment counted that day cuts anything: there is nothing to keep.")
    answer = coalitions.to_json(coalitions.deal_game(world, players))
    leaving = {p: v for p, v in answer["gain_by_leaving_bn"].items() if v > 0}
    shown = listed([names.get(p, p) for p in players])
    if not leaving:
        words = Markup("Counted in dollars alone, {} would each keep their words.").format(shown)
    else:
        most = max(leaving, key=leaving.__getitem__)
        words = Markup(
            "Counted in dollars alone, {} of {} ({}) would each gain by leaving the deal alone, {} "
            "most, by {} bn $ to 2100."
        ).format(
            len(leaving),
            len(players),
            shown,
            names.get(most, most),
            figures_.print(decimal(leaving[most], 0), leaving[most], name="gain-by-leaving",
                           how="how-hold"),
        )  # fmt: skip
    shared = answer["with_transfers"]["members"]
    able = listed([names.get(p, p) for p in shared])
    return Markup("{} {}").format(
        words,
        f"Transfers could hold {able} together." if len(shared) > 1 else
        "No transfers among them alone would hold a coalition: what they save, others enjoy.",
    )  # fmt: skip


def _leakage(figures_: Figures) -> Chart:
    answer = describe_leakage(50.0)
    sweep = answer["fuel_supply_sensitivity"]
    rows = {one["measure"]: one for one in answer["measures"]}
    without, full = (rows[name]["leakage"] for name in ("none", "full adjustment"))
    rates = [row["none"] for row in sweep]
    summary = Markup(
        "At 50 $/t at home {} of the cut leaks abroad, {} with full border adjustment; between {} "
        "and {} as fuel supply gives way more or less, which no border measure changes."
    ).format(
        figures_.print(percent(without), without, name="leakage", how="how-leakage"),
        figures_.print(percent(full), full, name="leakage-adjusted", how="how-leakage"),
        percent(min(rates)),
        percent(max(rates)),
    )
    return Chart(
        id="leakage",
        title="What leaks abroad",
        unit=Markup("% of the cut at home"),
        svg=leakage_chart(answer),
        summary=summary,
        head=("fuel-supply elasticity", "none, %", "full adjustment, %"),
        table=tuple(
            (
                f"{row['fuel_supply']:g}",
                decimal(100 * row["none"]),
                decimal(100 * row["full adjustment"]),
            )
            for row in sweep
        ),
        how=How("how-leakage", (Markup("{}; docs/models/leakage.md.").format(answer["model"]),)),
    )


def _market() -> Chart:
    """Return the bundled market, and how thin the one is that people speak of."""
    market = clear(kyoto())
    answer = {"markets": [describe_market(market)]}
    last = china()[-1]
    return Chart(
        id="market",
        title="What linking markets does",
        unit=Markup("1985 $/tC; million $"),
        svg=market_chart(answer),
        summary=Markup(
            "Annex B under Kyoto: one price of {} instead of {} to {}; the seller of surplus "
            "allowances gains most. China’s national scheme traded {} of what it covered in {}: "
            "too little for its price to say what cuts cost."
        ).format(
            decimal(market.price, 0),
            *(decimal(f(p for r in KYOTO if (p := r.price_alone())), 0) for f in (min, max)),
            percent(last.turnover_ratio),
            last.year,
        ),
        head=("region", "price alone", "cuts, MtC", "buys, MtC", "gain"),
        table=tuple(
            (
                name,
                "–" if (alone := one.region.price_alone()) is None else decimal(alone, 0),
                decimal(one.cut, 0),
                decimal(one.bought, 0),
                decimal(one.gain, 0),
            )
            for name, one in market.positions.items()
        ),
        how=How("how-market", (Markup("{}; docs/models/carbon-markets.md.").format(SOURCE),)),
    )


def _foretold(result: Assessment, figures_: Figures) -> Chart:
    """Return what positions foretold: before Copenhagen up to 2014, before Paris from then on."""
    early = result.as_of.year < 2015
    place = "Copenhagen" if early else "Paris"
    table = load_positions("copenhagen-2009" if early else "paris-2015")
    coded = {} if early else {issue: value for issue, (value, _) in PARIS_READING.items()}
    answer = forecast_json(forecast(table, outcome=coded))
    best, pair = answer["exchanges"][0], answer["pairs"][0]
    off = answer["distance_from_outcome"]
    said = (
        Markup(" From our reading of the outcome the compromise is {} points off, saying 50 "
               "everywhere {}.").format(decimal(off["compromise"]), decimal(off["naive midpoint"]))
        if off
        else Markup("")
    )  # fmt: skip
    return Chart(
        id="foretold",
        title=f"What positions before {place} foretold",
        unit=Markup("scales of 0–100"),
        svg=forecast_chart(answer),
        summary=Markup(
            "Most to gain had {} giving way on “{}” and {} on “{}” ({} each). The deals between {} "
            "cost all others {}, {} most.{}"
        ).format(
            best["actor"],
            table.titles.get(best["supplies"], best["supplies"]),
            best["partner"],
            table.titles.get(best["partner_supplies"], best["partner_supplies"]),
            figures_.print(decimal(best["gain"]), best["gain"], name="first-exchange",
                           how="how-forecast"),
            listed(pair["between"]),
            decimal(-pair["others"]),
            pair["pays_most"][0],
            said,
        ),
        head=("issue", "compromise", "5–95 %", "median", "after exchanges", "mean", "our reading"),
        table=tuple(
            (
                row["title"],
                decimal(row["compromise"], 0),
                between(row["band"][0], row["band"][1], 0),
                decimal(row["median"], 0),
                decimal(row["exchange"], 0),
                decimal(row["naive"]["mean"], 0),
                "–" if row["outcome"] is None else decimal(row["outcome"], 0),
            )
            for row in answer["issues"]
        ),
        how=How(
            "how-forecast",
            (
                Markup("{} Gains and costs in points of outcome times salience; "
                       "docs/models/forecasts.md, docs/models/exchange.md.").format(table.source),
            ),
        ),
    )  # fmt: skip


def _how_costs(costs: Costs, name: str) -> How:
    return How(
        name,
        (
            chemical(f"{costs.words()}. Figures in {', '.join(map(str, SHOWN))} with --json."),
            Markup("Curves and functions: docs/models/abatement-cost.md, docs/models/damages.md."),
        ),
    )


def _hows(costs: Costs) -> tuple[How, ...]:
    notes: list[tuple[str, Any]] = [
        ("how-hold", "Coalitions of the main parties through the cost and climate engines; members "
         "keep their commitments, the others fall back to their reference paths: accord club "
         "--case; docs/models/stability.md."),
    ]  # fmt: skip
    return (_how_costs(costs, "how-costs"), *(How(i, (chemical(t),)) for i, t in notes))
