"""What a person sees in the terminal: an assessment, a case, the tables.

Each function returns rich renderables; a pipe gets the same tables as plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from accord.assessment import Assessment, Fan

if TYPE_CHECKING:
    from rich.table import Table

    from accord.assessment.costs import Costs

BAR = " ▁▂▃▄▅▆▇█"


def assessment(result: Assessment, *, most: int = 8) -> list[Any]:
    """Return the answer to ``accord assess``: degrees, then tonnes, then how they came about.

    Parameters
    ----------
    result
        The assessment.
    most
        Parties to list at most; the rest is in the world's row.
    """
    from rich.text import Text

    warming = result.warming
    head = Text.assemble(
        (f"{warming.at_2100[50]:.1f} °C", "bold"),
        f" in 2100 ({warming.at_2100[5]:.1f}–{warming.at_2100[95]:.1f}, 5–95 %), median, "
        "above 1850–1900",
    )
    chances = ", ".join(
        f"{level} °C {_percent(chance)}" for level, chance in list(warming.prob_below.items())[:2]
    )
    lines = [
        head,
        Text(f"Chance to stay below, over the century: {chances}."),
        Text(_crossings(result)),
        Text(),
        Text("Emissions, GtCO2e a year, median (5–95 %)", style="bold"),
        _tonnes(result, most),
    ]
    reasons = _readings(result)
    if reasons:
        lines += [Text(), Text("How the words became tonnes", style="bold"), *map(Text, reasons)]
    for code, ids in result.set_aside.items():
        if ids:
            many = f"{len(ids)} commitments" if len(ids) > 1 else "1 commitment"
            lines.append(
                Text(
                    f"  {result.parties[code].name}'s {many} of the case "
                    f"{'are' if len(ids) > 1 else 'is'} set aside for these words; add their "
                    "phrases to keep them."
                )
            )
    if result.shares:
        lines += [Text(), Text(_shares(result))]
    if result.spread:
        lines.append(Text(spread_words(result)))
    if result.costs is not None:
        lines += [Text(), *costs(result.costs, {c: p.name for c, p in result.parties.items()})]
    lines += [Text(), Text(f"Read as: {result.convention.words()}.", style="dim")]
    lines.append(
        Text("Next: --json, --csv, --md or --iamc for machines; accord brief for the page.")
    )
    return lines


def costs(found: Costs, names: Mapping[str, str]) -> list[Any]:
    """Return what a deal costs and saves the parties: yearly in 2035 and 2050, then in all."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="dim", pad_edge=False)
    columns = ("", "cost 2035", "2050", "% of GDP", "saves 2050 (5–95 %)", "finance 2035",
               "net to 2100", "on its own")  # fmt: skip
    for column in columns:
        table.add_column(column, justify="right" if column else "left")
    for code, gain in found.gains.items():
        near, far = (int(np.searchsorted(gain.years, year)) for year in (2035, 2050))
        saved = [float(gain.avoided[p][far]) for p in (5, 50, 95)]
        table.add_row(
            names.get(code, code),
            _money(gain.cost[50][near]),
            _money(gain.cost[50][far]),
            f"{gain.percent(gain.cost[50])[far]:.1f}",
            f"{_money(saved[1])} ({_money(saved[0])}–{_money(saved[2])})",
            _money(gain.finance[near]),
            _money(gain.present(gain.net[50])),
            _money(gain.present(gain.alone[50])),
        )
    return [
        Text("What it costs and saves, bn 2021 $ a year", style="bold"),
        table,
        Text(
            "net: damages avoided by the whole deal, plus finance, minus cost; on its own: with "
            "the damages that the party's own words avoid for it.",
            style="dim",
        ),
        Text(f"{found.words()}.", style="dim"),
    ]


def _money(billions: float) -> str:
    text = f"{float(billions):,.0f}".replace(",", " ")
    return "0" if text == "-0" else text.replace("-", "−")


def case(view: Mapping[str, Any]) -> list[Any]:
    """Return the answer to ``accord case show`` for :func:`accord.ledger.describe_case`'s view."""
    from rich.table import Table
    from rich.text import Text

    rounds = Table("round", "place", "dates", box=None, header_style="dim", pad_edge=False)
    for one in view["rounds"]:
        rounds.add_row(str(one["name"]), str(one["place"]), f"{one['start']} – {one['end']}")
    blocks: list[Any] = [
        Text(f"{view['title']}, as of {view['as_of']}", style="bold"),
        Text(f"{view['path']}", style="dim"),
        Text(),
        rounds,
    ]
    for party in view["parties"]:
        table = Table("", "says", "form", "since", "status", box=None, header_style="dim",
                      pad_edge=False)  # fmt: skip
        for row in party["commitments"]:
            table.add_row(
                "●" if row["counted"] else "○",
                str(row["says"]),
                str(row["legal_form"]),
                str(row["date"]),
                f"{row['status']}{'' if row['verified'] else ' · not verified'}",
            )
        blocks += [Text(), Text(str(party["name"]), style="bold"), table]
    blocks += [Text(), Text("● counts on that day   ○ history", style="dim")]
    return blocks


def listing(rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]) -> Table:
    """Return ``rows`` as a table of ``columns``."""
    from rich.table import Table

    table = Table(box=None, header_style="dim", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == "name")
    for row in rows:
        table.add_row(*(str(row.get(column, "")) for column in columns))
    return table


def spread_words(result: Assessment) -> str:
    """Return the decomposition of the 2100 spread as one sentence."""
    parts = sorted(result.spread.items(), key=lambda item: -item[1])
    return "Of the 2100 spread: " + ", ".join(f"{name} {_percent(p)}" for name, p in parts) + "."


def _tonnes(result: Assessment, most: int) -> Table:
    from rich.table import Table

    # A narrow terminal gets fewer years rather than cells that end in dots.
    wanted = (2030, 2035, 2050, 2100) if columns() >= 100 else (2030, 2035, 2050)
    years = [y for y in wanted if y in result.world.ghg.years]
    table = Table(box=None, header_style="dim", pad_edge=False)
    last = int(result.world.history_years[-1])
    table.add_column("", no_wrap=True)
    table.add_column(str(last), justify="right", no_wrap=True)
    for year in years:
        table.add_column(str(year), justify="right", no_wrap=True)
    shown = [p for code, p in result.parties.items() if code in result.named]
    shown += [p for code, p in result.parties.items() if code not in result.named]
    for party in (*shown[:most], result.world):
        table.add_row(
            party.name,
            _gt(float(party.history_ghg[-1])),
            *(_cell(party.ghg, year) for year in years),
        )
    return table


def _cell(fan: Fan, year: int) -> str:
    if year not in fan.years:
        return "–"
    at = fan.at(year)
    low, middle, high = (_gt(at[p]) for p in (5, 50, 95))
    return middle if low == middle == high else f"{middle} ({low}–{high})"


def _gt(megatonnes: float) -> str:
    """Return gigatonnes to one decimal, with a true minus and no negative zero."""
    text = f"{megatonnes / 1000:.1f}"
    return text.replace("-0.0", "0.0").replace("-", "−")


def _percent(share: float) -> str:
    if 0 < share < 0.01:
        return "<1 %"
    if 0.99 < share < 1:
        return ">99 %"
    return f"{share:.0%}".replace("%", " %")


def _crossings(result: Assessment) -> str:
    words = []
    for level in (1.5, 2.0):
        year = result.warming.crossing_year[level][50]
        words.append(f"{level} °C {'not by 2100' if year is None else f'in {year:.0f}'}")
    peak, when = result.warming.peak[50], result.warming.peak_year[50]
    return f"Median crossing: {', '.join(words)}; peak {peak:.1f} °C around {when:.0f}."


def _readings(result: Assessment) -> list[str]:
    return [
        f"  {item.commitment.says}: {item.reading}"
        for code in result.named
        for item in result.parties[code].commitments
        if item.commitment.legal_form == "assumption"
    ]


def _shares(result: Assessment) -> str:
    parts = [
        f"{result.parties[code].name} {_taken_off(value)}"
        for code, value in result.shares.items()
        if code in result.parties
    ]
    total = result.shares.get("all")
    whole = f"; all commitments of the world {_taken_off(total)}" if total is not None else ""
    return f"Taken off 2100 warming by commitments: {', '.join(parts)}{whole}."


def columns() -> int:
    """Return the width to write for: the terminal's, or 120 for a pipe."""
    import shutil
    import sys

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 120


def _taken_off(value: float) -> str:
    """Return what is taken off, as a change: less warming carries a minus."""
    if abs(value) < 0.005:
        return "0.00 °C"
    return f"{'−' if value > 0 else '+'}{abs(value):.2f} °C"


def show(blocks: Iterable[Any]) -> None:
    """Print renderables to stdout; a pipe gets plain text, 120 columns wide."""
    import click
    from rich.console import Console

    console = Console(width=columns(), soft_wrap=False)
    with console.capture() as captured:
        for block in blocks:
            console.print(block)
    # Written by click, so that a closed pipe is met as everywhere else.
    click.echo(captured.get(), nl=False)


def forecast(answer: Mapping[str, Any]) -> list[Any]:
    """Return the answer to ``accord forecast``, from its JSON form."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="dim", pad_edge=False)
    for column in ("issue", "compromise", "5–95 %", "median", "exchange", "mean", "outcome"):
        table.add_column(column, justify="left" if column == "issue" else "right")
    for row in answer["issues"]:
        low, high = row["band"]
        coded = row["outcome"]
        table.add_row(
            str(row["title"]),
            f"{row['compromise']:.0f}",
            f"{low:.0f}–{high:.0f}",
            f"{row['median']:.0f}",
            f"{row['exchange']:.0f}",
            f"{row['naive']['mean']:.0f}",
            "–" if coded is None else f"{coded:.0f}",
        )
    blocks: list[Any] = [table]
    if answer["exchanges"]:
        blocks += [Text(), Text("Exchanges from which both gain most", style="bold")]
        blocks += [Text(f"  {_exchange(one)}") for one in answer["exchanges"][:5]]
        for pair in answer["pairs"][:1]:
            worst, loss = pair["pays_most"]
            blocks.append(
                Text(
                    f"  Together {' and '.join(pair['between'])} gain {pair['gain_each']:.1f} each "
                    f"from {pair['exchanges']} exchanges; all others {pair['others']:+.1f}, "
                    f"{worst} {loss:+.1f}. Ask for a pair with --between."
                )
            )
    if answer.get("who_pays"):
        parts = sorted(answer["who_pays"].items(), key=lambda item: item[1])
        words = ", ".join(f"{name} {value:+.1f}" for name, value in parts if abs(value) >= 0.05)
        blocks += [
            Text(),
            Text(f"Who pays and who gains (points × salience): {words or 'nobody'}."),
        ]
    if any(row["challenge"] for row in answer["issues"]):
        blocks += [Text(), *_challenge(answer)]
    off = answer["distance_from_outcome"]
    if off:
        ranked = ", ".join(f"{k} {v:.1f}" for k, v in sorted(off.items(), key=lambda i: i[1]))
        often = sorted(answer["nearest_in_share_of_recodings"].items(), key=lambda i: -i[1])
        nearest = ", ".join(f"{k} {_percent(v)}" for k, v in often if v >= 0.01)
        blocks += [
            Text(),
            Text(f"Mean distance from the coded outcome: {ranked}."),
            Text("The coding is a judgement and moves this ranking; give yours with --outcome."),
            Text(f"Nearest when each coded outcome is moved by up to 15 points: {nearest}."),
        ]
    blocks += [Text(), Text(f"Scales 0-100. Band: {answer['band']}.", style="dim")]
    return blocks


def _challenge(answer: Mapping[str, Any]) -> list[Any]:
    """Return the Challenge model's medians round by round, under its warning."""
    from rich.text import Text

    rows = [
        Text(f"  {row['title']}: " + " → ".join(f"{one['median']:.1f}" for one in row["challenge"]))
        for row in answer["issues"]
        if row["challenge"]
    ]
    return [Text("Challenge model, weighted median by round", style="bold"), *rows,
            Text(str(answer["challenge_warning"]))]  # fmt: skip


def deal_game(answer: Mapping[str, Any]) -> list[Any]:
    """Return the answer to ``accord club --case`` or ``--payoffs``, from its JSON form."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="dim", pad_edge=False)
    leaving = "gains by leaving"
    for column in ("player", "all keep", "nobody keeps", leaving):
        table.add_column(column, justify="left" if column == "player" else "right")
    for name in answer["players"]:
        table.add_row(
            name,
            _money(answer["all_keep"]["payoff_bn"][name]),
            _money(answer["nobody_keeps"]["payoff_bn"][name]),
            _money(answer["gain_by_leaving_bn"][name]),
        )
    blocks: list[Any] = [Text("Payoffs, bn", style="bold"), table, Text()]
    blocks += [Text(f"Holds by itself: {_coalition(one)}") for one in answer["equilibria"]]
    if not answer["equilibria"]:
        blocks.append(Text("Nothing holds by itself: somebody always gains by joining or leaving."))
    blocks.append(Text(f"Holds with transfers among its members: "
                       f"{_coalition(answer['with_transfers'])}"))  # fmt: skip
    if answer["club_good_bn"]:
        goods = ", ".join(f"{name} {value:g}" for name, value in answer["club_good_bn"].items())
        blocks.append(Text(f"With a good that only members enjoy (bn): {goods}."))
    return [*blocks, Text(f"{answer['words']}.", style="dim")]


def _coalition(one: Mapping[str, Any]) -> str:
    members = ", ".join(one["members"]) or "nobody"
    warming = f", {one['warming_2100']:.2f} °C in 2100" if "warming_2100" in one else ""
    return f"{members} (together {_money(one['world_payoff_bn'])} bn{warming})."


def club(answer: Mapping[str, Any]) -> list[Any]:
    """Return the answer to ``accord club``, from its JSON form."""
    from rich.text import Text

    head = f"{answer['price']:g} $/tCO2 inside, {answer['tariff_percent']:g} % tariff on outsiders"
    blocks: list[Any] = [Text(head, style="bold")]
    for one in answer["equilibria"]:
        members = ", ".join(one["members"]) or "nobody"
        blocks.append(
            Text(
                f"{len(one['members'])} regions hold together: {members}. Outside: "
                f"{', '.join(one['out']) or 'nobody'}. World gain {one['world_gain_bn']:.1f} bn $ "
                f"a year, {one['abatement_percent']:.1f} % of CO2 abated."
            )
        )
    if not answer["equilibria"]:
        blocks.append(Text("No club is stable: somebody always gains by joining or leaving."))
    shared = answer["with_transfers"]
    blocks.append(
        Text(
            f"With transfers among members {len(shared['members'])} regions could hold "
            f"(outside: {', '.join(shared['out']) or 'nobody'}; world gain "
            f"{shared['world_gain_bn']:.1f} bn $ a year)."
        )
    )
    return [*blocks, Text(str(answer["model"]), style="dim")]


def sweep(answer: Mapping[str, Any]) -> list[Any]:
    """Return the table of ``accord club --sweep``: members by price and tariff."""
    from rich.table import Table
    from rich.text import Text

    rows = answer["sweep"]
    tariffs = sorted({row["tariff"] for row in rows})
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("price \\ tariff")
    for tariff in tariffs:
        table.add_column(f"{tariff:g} %", justify="right")
    for price in sorted({row["price"] for row in rows}):
        cells = {row["tariff"]: row["members"] for row in rows if row["price"] == price}
        shown = ("–" if cells[t] is None else str(cells[t]) for t in tariffs)
        table.add_row(f"{price:g} $/t", *shown)
    return [Text("Regions in the club that holds", style="bold"), table, Text(str(answer["model"]))]


def _exchange(one: Mapping[str, Any]) -> str:
    return (
        f"{one['actor']} gives {one['supplies']} {one['from']:.0f} → {one['to']:.0f}, "
        f"{one['partner']} gives {one['partner_supplies']} "
        f"{one['partner_from']:.0f} → {one['partner_to']:.0f}; gain {one['gain']:.2f} each"
    )
