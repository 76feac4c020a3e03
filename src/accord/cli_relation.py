"""``accord relations``, ``finance``, ``offsets`` and ``prices``: the other accounts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from accord.errors import InputError


@click.command()
@click.argument("case", default="us-china")
@click.option(
    "--ruler",
    "rulers",
    multiple=True,
    metavar="NAME",
    help="tsinghua, gdelt, icews, phoenix, one direction (icews:CHN>USA), or a CSV file with month "
    "and value; may be given again. The first rules; without it all four.",
)
@click.option(
    "--area", default="climate", show_default=True, help="Issue area set against the rest."
)
@click.option("--as-of", metavar="DATE", help="Nothing after that day (or ROUND).")
@click.option("--svg", type=click.Path(path_type=Path), metavar="FILE", help="Also draw it.")
@click.option("--json", "form", flag_value="json", help="As JSON.")
@click.option("--csv", "form", flag_value="csv", help="The monthly series as CSV.")
def relations(  # noqa: PLR0917 - click passes every option by name
    case: str,
    rulers: tuple[str, ...],
    area: str,
    as_of: str | None,
    svg: Path | None,
    form: str | None,
) -> None:
    """Show the relation as a whole, and whether climate is kept apart from it.

    \b
    accord relations
    accord relations --ruler gdelt --json
    """  # noqa: D301 - click wants the bare \b
    from accord.ledger import load_case
    from accord.tracking import relation as model
    from accord.tracking.ruler import RULERS

    loaded = load_case(case)
    day = loaded.today if as_of is None else loaded.day(as_of)
    found = model.relation(loaded, rulers or RULERS, area=area, as_of=day)
    if svg is not None:
        from accord.brief.relation_chart import relation_drawing
        from accord.brief.standalone import alone
        from accord.output import write_whole

        write_whole(svg, alone(relation_drawing(found, loaded)))
        click.echo(f"written: {svg}", err=True)
    if form == "json":
        _print(model.to_json(found))
    elif form == "csv":
        click.echo(model.to_csv(found), nl=False)
    else:
        from accord import terminal
        from accord.tracking.terminal_view import relation_view

        terminal.show(relation_view(found))


@click.command()
@click.argument("case", default="us-china")
@click.option("--method", default=None, help="ODI, Carbon Brief, CGD, income or emissions; all.")
@click.option(
    "--payers",
    default=None,
    metavar="GROUP",
    help="Who pays: ANNEX_II, ALL, ANNEX_II+CHN …; each method's own unless given.",
)
@click.option("--amount", type=float, default=100.0, show_default=True, help="bn US$ a year.")
@click.option(
    "--givers", default="ANNEX_II", show_default=True, help="Whose GDP it is set against."
)
@click.option("--year", type=int, default=2022, show_default=True, help="Of income and people.")
@click.option("--json", "form", flag_value="json", help="As JSON.")
@click.option("--csv", "form", flag_value="csv", help="Fair shares as CSV.")
def finance(  # noqa: PLR0917 - click passes every option by name
    case: str,
    method: str | None,
    payers: str | None,
    amount: float,
    givers: str,
    year: int,
    form: str | None,
) -> None:
    """Show CASE's finance ledger, fair shares of AMOUNT, and whether it is enough.

    \b
    accord finance --method "Carbon Brief" --amount 76.7 --year 2020
    accord finance --payers ALL --method CGD
    """  # noqa: D301 - click wants the bare \b
    from accord.ledger import load_case
    from accord.tracking import fair_finance
    from accord.tracking import finance as ledger

    totals = ledger.totals(ledger.load_flows(load_case(case)))
    names = [method] if method else list(fair_finance.METHODS)
    shares = {n: fair_finance.fair_shares(n, payers=payers, year=year) for n in names}
    enough = ledger.adequacy(amount, year, givers)
    if form is not None:
        answer = {
            "ledger": ledger.to_json(totals),
            "amount_bn_usd": amount,
            "year": year,
            "fair_shares": {
                name: {
                    "payers": payers or fair_finance.METHODS[name].payers,
                    "source": fair_finance.METHODS[name].source,
                    "shares": {c: round(s, 5) for c, s in _sorted(found)},
                    "bn_usd": {c: round(s * amount, 3) for c, s in _sorted(found)},
                }
                for name, found in shares.items()
            },
            "adequacy": {
                "givers": enough.givers,
                "share_of_gdp": round(enough.share_of_gdp, 6),
                "usd_per_vulnerable_person": round(enough.per_vulnerable, 2),
                "of_need": {k: round(v, 4) for k, v in enough.of_need.items()},
                "how": enough.how,
            },
        }
        rows = [
            {"method": name, "party": code, "share": round(share, 5),
             "bn_usd": round(share * amount, 3)}
            for name, found in shares.items()
            for code, share in _sorted(found)
        ]  # fmt: skip
        _deliver(answer, rows, form)
        return
    from accord import terminal
    from accord.tracking.terminal_view import finance_view

    terminal.show(finance_view(totals, shares, enough, amount))


def _sorted(shares: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(shares.items(), key=lambda item: -item[1])


@click.command()
@click.argument("case", default="us-china")
@click.option(
    "--degrees", is_flag=True, help="Also what it adds to warming in 2100 (a second more)."
)
@click.option("--json", "form", flag_value="json", help="As JSON.")
@click.option("--csv", "form", flag_value="csv", help="What was found, as CSV.")
def offsets(case: str, degrees: bool, form: str | None) -> None:
    """Find in CASE what is claimed twice, and count it once."""
    from accord.ledger import load_case
    from accord.tracking import double_counting as model

    loaded = load_case(case)
    transfers = model.load_transfers(loaded)
    if not transfers:
        raise InputError(
            f"{case}: no {model.TRANSFERS}; docs/finance.md shows how units are written down"
        )
    accounts = model.count_once(transfers)
    answer = model.to_json(accounts)
    if degrees:
        answer["warming_2100_c"] = {
            "of_these_years": round(model.degrees(loaded, accounts), 6),
            "if_it_goes_on": round(model.degrees(loaded, accounts, lasting=True), 6),
            "convention": "median of 400 members, in 2100, added to the world as pledged",
        }
    if form is not None:
        _deliver(answer, answer["found"], form)
        return
    from accord import terminal
    from accord.tracking.terminal_view import offsets_view

    terminal.show(offsets_view(answer))


@click.command()
@click.argument("schemes", nargs=-1)
@click.option("--since", default=2021, show_default=True, help="First year.")
@click.option("--json", "form", flag_value="json", help="As JSON.")
@click.option("--csv", "form", flag_value="csv", help="As CSV.")
def prices(schemes: tuple[str, ...], since: int, form: str | None) -> None:
    """Show prices and trade of carbon markets by year, China's national scheme beside others."""
    from accord.tracking import carbon_market as model

    rows = model.to_json(model.markets(schemes, since=since))
    if form is not None:
        _deliver(rows, rows, form)
        return
    from accord import terminal

    columns = ("scheme", "year", "price", "currency", "usd_per_tonne", "volume_mt",
               "turnover_ratio", "price_is", "verified")  # fmt: skip
    shown = [{k: "" if v is None else v for k, v in row.items()} for row in rows]
    terminal.show([terminal.listing(shown, columns)])


def _print(answer: Any) -> None:
    click.echo(json.dumps(answer, indent=1, ensure_ascii=False, allow_nan=False))


def _deliver(answer: Any, rows: list[dict[str, Any]], form: str) -> None:
    """Print the whole answer as JSON, or its rows as CSV."""
    if form == "json":
        _print(answer)
        return
    import csv
    import io

    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    click.echo(out.getvalue(), nl=False)
