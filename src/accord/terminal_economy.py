"""What a person sees of the economy in the terminal: leakage, markets, fair shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table


def leakage(answer: Mapping[str, Any]) -> list[Any]:
    """Return the answer to ``accord leakage``, from its JSON form."""
    from rich.text import Text

    sweep = answer["fuel_supply_sensitivity"]
    names = [name for name in sweep[0] if name != "fuel_supply"]
    first = _table(["fuel-supply elasticity", *names])
    for row in sweep:
        first.add_row(f"{row['fuel_supply']:g}", *(_percent(row[name]) for name in names))
    second = _table(["measure", "home, Mt", "by trade", "by fuel price", "leakage", "output"])
    for row in answer["measures"]:
        second.add_row(
            str(row["measure"]),
            _number(row["home_mt"], 0),
            _number(row["competitiveness_mt"], 0),
            _number(row["fuel_price_mt"], 0),
            _percent(row["leakage"]),
            _percent(row["output_of_sector"]),
        )
    traded = _table(["traded CO2", "year", "made, Mt", "used, Mt", "net imports, Mt", ""])
    for code, row in answer["traded_emissions"]["parties"].items():
        share = row["net_imports_percent"]
        traded.add_row(
            code,
            str(row["year"]),
            _number(row["produced_mt"], 0),
            _number(row["consumed_mt"], 0),
            _number(row["net_imports_mt"], 0),
            "" if share is None else f"{_number(share, 0)} %",
        )
    out = answer["measures"][0]["out_of_reach_of_border_measures"]
    emf = answer["emf29"]
    return [
        Text(f"Leakage at {answer['price']:g} $/tCO2, by how far fuel supply gives way",
             style="bold"),
        first,
        Text(f"No border measure reaches the fuel-price part: {_percent(out)} of the cut at home."),
        Text(),
        second,
        Text(
            f"EMF-29, mean of 12 models: {_percent(emf['without'])} without, "
            f"{_percent(emf['with_full_adjustment'])} with full adjustment."
        ),
        Text(),
        traded,
        Text(f"{answer['model']}.", style="dim"),
    ]  # fmt: skip


def market(answer: Mapping[str, Any]) -> list[Any]:
    """Return the answer to ``accord market``, from its JSON form."""
    from rich.text import Text

    blocks: list[Any] = []
    for one in answer["markets"]:
        table = _table(["", "must cut", "price alone", "cuts", "buys", "cost alone", "with trade",
                        "gains"])  # fmt: skip
        for name, row in one["regions"].items():
            alone = row["price_alone"]
            table.add_row(
                name,
                _number(row["obligation"], 0),
                "–" if alone is None else _number(alone, 1),
                _number(row["cut"], 1),
                _number(row["bought"], 1),
                _number(row["cost_alone"], 0),
                _number(row["net_cost"], 0),
                _number(row["gain"], 0),
            )
        sellers = [name for name, row in one["regions"].items() if row["bought"] < -1e-6]
        main = min(sellers, key=lambda name: one["regions"][name]["bought"], default=None)
        words = f"{_number(one['traded'], 0)} change hands"
        if main:
            words += f", {main} sells most"
        blocks += [
            Text(f"The market clears at {_number(one['price'], 2)}: {words}; "
                 f"trade saves {_number(one['gain'], 0)} in all.", style="bold"),
            table,
            Text(),
        ]  # fmt: skip
    if not answer["hot_air"]:
        blocks.append(Text("Surplus allowances (hot air) stay out of the market."))
    blocks.append(Text(f"{answer['units']}; {answer['source']}.", style="dim"))
    return blocks


def thin_trade(answer: Mapping[str, Any]) -> list[Any]:
    """Return the answer to ``accord market --china``, from its JSON form."""
    from rich.text import Text

    table = _table(["year", "Mt", "of cover", "block deals", "block discount", "Nov–Dec",
                    "CNY/t, mean", "close"])  # fmt: skip
    for row in answer["years"]:
        table.add_row(
            f"{row['year']}{'' if row['verified'] else ' *'}",
            _number(row["volume_mt"], 0),
            _percent(row["turnover_ratio"]),
            *(_percent(row[key]) for key in ("block_share", "block_discount", "late_share")),
            _number(row["mean_price"], 2),
            _number(row["close"], 2),
        )
    return [
        Text(answer["scheme"], style="bold"),
        table,
        Text("A price at which a few per cent of the cover change hands, mostly between two and "
             "before the deadline, says little about the cost of cutting."),
        Text("–: not on file; *: not verified.", style="dim"),
    ]  # fmt: skip


def shares(answer: Mapping[str, Any]) -> list[Any]:
    """Return the answer to ``accord shares``, from its JSON form."""
    from rich.text import Text

    axes = answer["pledges_on_common_axes"]
    year = str(axes["year"]) if str(axes["year"]) in answer["world_goal_mtco2e"] else "2035"
    groups = answer["parties"]
    rules = list(next(iter(groups.values()))["rules"])
    table = _table([f"GtCO2e in {year}", *(group["name"] for group in groups.values())])
    for rule in rules:
        table.add_row(
            rule,
            *(_gt(group["rules"][rule][year]["mtco2e"]) for group in groups.values()),
        )
    table.add_row("as pledged", *(_gt(group["pledged"][year]) for group in groups.values()))
    table.add_row("in 2019", *(_gt(group["mtco2e_2019"]) for group in groups.values()))
    blocks: list[Any] = [
        Text(f"Fair shares of {answer['goal']}, responsibility since {answer['since']}",
             style="bold"),
        table,
    ]  # fmt: skip
    for group in groups.values():
        met = group["rules_met"][year]
        span = group["disagreement"][year]
        blocks.append(
            Text(
                f"  {group['name']}: rules span {_gt(span['low'])} to {_gt(span['high'])} Gt; the "
                f"pledge keeps within {', '.join(met) if met else 'none of them'}; an equal budget "
                f"a head lasts to {group['budget_by_head']['net_zero_year'] or 'no year'}."
            )
        )
    if axes["parties"]:
        blocks += [Text(), Text(f"Every pledge on common axes, {axes['year']}", style="bold")]
        blocks.append(_axes(axes))
    pay = answer["who_pays"]
    status = pay["counted_as_developed_beside_annex_ii"]
    words = f"Annex II{' and ' + ', '.join(status) if status else ''}"
    for key, start in (("annex_ii_mean", f"Who pays, among {words}"),
                       ("all_product", "among all states")):  # fmt: skip
        rows = list(pay["shares"][key].items())[:6]
        listed = ", ".join(f"{code} {_percent(value)}" for code, value in rows)
        blocks += [Text(f"{start} ({pay['formulas'][key]}): {listed}.")]
    return [*blocks, Text(answer["message"]), Text(f"{answer['goal_source']}; {answer['gases']}.",
            style="dim")]  # fmt: skip


def _axes(axes: Mapping[str, Any]) -> Table:
    titles = {
        "vs_1990": "% of 1990",
        "vs_2005": "% of 2005",
        "vs_reference": "% of no pledge",
        "per_head": "t a head",
        "intensity": "kg per $",
        "cumulative_per_head": "t a head to then",
        "cost": "cost, % GDP",
    }
    table = _table(["", *titles.values()])
    for code, row in axes["parties"].items():
        cells = []
        for axis in titles:
            digits = 0 if axis.startswith(("vs_", "cumulative")) else 2
            cells.append("–" if row[axis] is None else _number(row[axis], digits))
        table.add_row(code, *cells)
    return table


def _table(columns: Sequence[str]) -> Table:
    from rich.table import Table

    table = Table(box=None, header_style="dim", pad_edge=False)
    for n, column in enumerate(columns):
        table.add_column(column, justify="right" if n else "left")
    return table


def _number(value: float | None, digits: int) -> str:
    if value is None:
        return "–"
    text = f"{value:,.{digits}f}".replace(",", " ")
    return text.lstrip("-") if float(text.replace(" ", "")) == 0 else text.replace("-", "−")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{_number(100.0 * share, 1)} %"


def _gt(megatonnes: float) -> str:
    return _number(megatonnes / 1000.0, 1)
