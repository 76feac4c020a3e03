"""``accord leakage``, ``accord market``, ``accord shares``: what leaks, trades, and whose part."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from accord.errors import InputError

SVG = click.option(
    "--svg", type=click.Path(path_type=Path), metavar="FILE", help="Also draw it, as SVG."
)
JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.command()
@click.option("--price", default=50.0, show_default=True, help="Carbon price at home, $/tCO2.")
@click.option(
    "--measure",
    default=None,
    help="none, import charge, export rebate, full adjustment; default: all beside each other.",
)
@click.option("--at", "charge_at", type=click.Choice(["foreign", "home"]), default="foreign",
              show_default=True, help="Carbon content by which imports are charged.")  # fmt: skip
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another parameter, e.g. fuel_supply=1; may be given again.",
)
@click.option("--parties", default="USA,EU27,CHN,IND", show_default=True,
              help="Whose traded emissions to show beside it.")  # fmt: skip
@SVG
@JSON
def leakage(  # noqa: PLR0917 - click passes every option by name
    price: float,
    measure: str | None,
    charge_at: str,
    settings: tuple[str, ...],
    parties: str,
    svg: Path | None,
    as_json: bool,
) -> None:
    """Say what a carbon price at home adds abroad, and what a border measure takes back.

    The elasticity of fuel supply rules the answer, so its sensitivity comes first.
    """
    from accord.economy import leakage as model

    answer = model.describe(price, measure, _economy(settings), charge_at=charge_at)  # type: ignore[arg-type]
    answer["traded_emissions"] = _traded(parties)
    _answer(answer, "leakage", svg=svg, as_json=as_json)


@click.command()
@click.argument("regions", required=False, type=click.Path(path_type=Path))
@click.option("--only", default=None, metavar="A,B,…", help="Only these regions trade.")
@click.option(
    "--link",
    multiple=True,
    metavar="A,B,…",
    help="Regions of one market; give it again for a market apart from it.",
)
@click.option("--world", is_flag=True, help="All bundled regions trade, not Annex B alone.")
@click.option("--hot-air/--no-hot-air", default=True, help="May surplus allowances be sold?")
@click.option("--others-share", type=click.FloatRange(0, 100), default=100.0, show_default=True,
              help="Part of the supply outside Annex B that is sold, %.")  # fmt: skip
@click.option("--china", is_flag=True, help="How thin China's national scheme trades, by year.")
@SVG
@JSON
def market(  # noqa: PLR0917 - click passes every option by name
    regions: Path | None,
    only: str | None,
    link: tuple[str, ...],
    world: bool,
    hot_air: bool,
    others_share: float,
    china: bool,
    svg: Path | None,
    as_json: bool,
) -> None:
    """Clear a carbon market: price, who sells, what each gains by trade.

    REGIONS is a CSV file with region, a, b, obligation (marginal cost a q² + b q); without it the
    bundled curves of twelve regions and their Kyoto obligations are used.
    """
    if china:
        _answer(_thin(), "thin_trade", svg=None, as_json=as_json)
        return
    from accord.economy import market as model

    if regions is not None:
        rows = model.read_regions(regions)
        source = str(regions)
    else:
        names = [r.name for r in model.KYOTO] if world or only or link else list(model.ANNEX_B)
        rows = model.kyoto(names, others_share=others_share / 100.0)
        source = model.SOURCE
    if only:
        known = {r.name: r for r in rows}
        rows = [known[_known(name, known)] for name in _names(only)]
    if link:
        markets = model.linked(rows, [_names(group) for group in link])
    else:
        markets = [model.clear(rows, hot_air=hot_air)]
    answer = {
        "markets": [model.describe(one) for one in markets],
        "hot_air": hot_air,
        "source": source,
        "units": "MtC and 1985 $/tC" if regions is None else "as in the file",
    }
    _answer(answer, "market", svg=svg, as_json=as_json)


@click.command()
@click.argument("parties", nargs=-1)
@click.option("--case", default="us-china", show_default=True, help="Whose pledges to compare.")
@click.option("--as-of", metavar="DATE", help="Only what was on the table that day (or ROUND).")
@click.option("--rule", multiple=True, help="One rule alone; may be given again.")
@click.option("--since", default=1850, show_default=True, help="First year of responsibility.")
@click.option("--converge", default=2050, show_default=True,
              help="Year by which shares converge and what is owed is paid back.")  # fmt: skip
@click.option("--discount", default=0.0, show_default=True, type=click.FloatRange(0, 20),
              help="How much less older emissions count in what is owed, % a year.")  # fmt: skip
@click.option("--goal", type=click.Choice(["1.5", "2"]), default="1.5", show_default=True)
@click.option("--year", default=2035, show_default=True, help="Year of the common axes.")
@click.option("--developed", multiple=True, metavar="PARTY",
              help="Count it as developed beside Annex II; may be given again.")  # fmt: skip
@SVG
@JSON
def shares(  # noqa: PLR0917 - click passes every option by name
    parties: tuple[str, ...],
    case: str,
    as_of: str | None,
    rule: tuple[str, ...],
    since: int,
    converge: int,
    discount: float,
    goal: str,
    year: int,
    developed: tuple[str, ...],
    svg: Path | None,
    as_json: bool,
) -> None:
    """Say what each principle of fairness leaves PARTIES (or groups), and what they pledged.

    Without PARTIES: those of the case and the largest others.
    """
    from accord.assessment import shares as model
    from accord.assessment.chain import day_of
    from accord.economy.comparability import AXES
    from accord.economy.fair_share import RULES
    from accord.errors import UnknownNameError
    from accord.ledger import load_case
    from accord.parties import party

    for one in rule:
        if one not in RULES:
            raise UnknownNameError("allocation rule", one, RULES)
    loaded = load_case(case)
    pathway = model.pathway_of(loaded, day_of(loaded, as_of))
    asked = parties or tuple(dict.fromkeys((*loaded.parties, "EU27", "IND", "RUS", "BRA")))
    found = model.shares_of(
        pathway,
        asked,
        goal=goal,
        since=since,
        rules=rule or None,
        converge=converge,
        discount=discount / 100.0,
    )
    answer = model.to_json(found)
    own = [code for code in found.names if code in pathway.parties]
    answer["pledges_on_common_axes"] = {
        "year": year,
        "axes": dict(AXES),
        "parties": {
            code: {axis: _rounded(value) for axis, value in row.values.items()}
            for code, row in model.standings(pathway, own, year).items()
        },
    }
    status = [party(one).code for one in developed]
    answer["who_pays"] = {
        "counted_as_developed_beside_annex_ii": status,
        "shares": model.contributions(status),
        "formulas": {
            "annex_ii_mean": "mean of shares in GDP, CO2 since 1990, population (after ODI)",
            "annex_ii_emissions": "CO2 since 1990 alone, among the same",
            "all_product": "CO2 since 1990 times GDP per head, all states (after CGD)",
        },
    }
    _answer(answer, "shares", svg=svg, as_json=as_json)


def _answer(answer: dict[str, Any], kind: str, *, svg: Path | None, as_json: bool) -> None:
    if svg is not None:
        from accord.brief.standalone import draw

        draw(kind, answer, svg)
        click.echo(f"drawn: {svg}", err=True)
    if as_json:
        click.echo(json.dumps(answer, indent=1, ensure_ascii=False, allow_nan=False))
        return
    from accord import terminal, terminal_economy

    terminal.show(getattr(terminal_economy, kind)(answer))


def _economy(settings: tuple[str, ...]) -> Any:
    from dataclasses import fields

    from accord.economy.leakage import Economy
    from accord.errors import UnknownNameError

    known = [one.name for one in fields(Economy)]
    chosen = {}
    for setting in settings:
        name, equals, text = setting.partition("=")
        if name not in known:
            raise UnknownNameError("parameter of the leakage model", name, known)
        try:
            chosen[name] = float(text)
        except ValueError:
            raise InputError(f"--set {setting!r}: write it as {name}=1.5") from None
        if not equals or chosen[name] != chosen[name]:
            raise InputError(f"--set {setting!r}: write it as {name}=1.5")
    return Economy(**chosen)


def _traded(names: str) -> dict[str, Any]:
    """Return produced, consumed and net imported CO2 of the latest year on file."""
    import numpy as np

    from accord.parties import party, tables

    consumed, produced = tables.history("co2_consumption"), tables.history("co2_fossil")
    rows = {}
    for name in _names(names):
        code = party(name).code
        if code not in consumed:
            continue
        seen = np.flatnonzero(np.isfinite(consumed.of(code)))
        if not seen.size:
            continue
        year = int(consumed.years[seen[-1]])
        used, made = consumed.at(code, year), produced.at(code, year)
        rows[code] = {
            "year": year,
            "produced_mt": round(made, 1),
            "consumed_mt": round(used, 1),
            "net_imports_mt": round(used - made, 1),
            "net_imports_percent": round(100.0 * (used - made) / made, 1) if made > 0 else None,
        }
    return {"parties": rows, "source": f"{consumed.source}, edition {consumed.edition}"}


def _thin() -> dict[str, Any]:
    from accord.economy.thin_trade import china

    return {
        "scheme": "China, national emissions trading scheme",
        "years": [
            {
                "year": one.year,
                "volume_mt": round(one.volume, 3),
                "turnover_bn_cny": round(one.turnover, 3),
                "mean_price": _rounded(one.mean_price),
                "close": one.close,
                "turnover_ratio": round(one.turnover_ratio, 4),
                "block_share": _rounded(one.block_share),
                "block_discount": _rounded(one.block_discount),
                "late_share": one.late_share,
                "verified": one.verified,
                "source": one.source,
            }
            for one in china()
        ],
    }


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _known(name: str, known: dict[str, Any]) -> str:
    from accord.errors import UnknownNameError

    if name not in known:
        raise UnknownNameError("market region", name, known)
    return name


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)
