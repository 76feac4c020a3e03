"""``accord track``: what was promised, what was delivered, and who says so."""

from __future__ import annotations

import json
from typing import Any

import click

from accord.errors import InputError


@click.command()
@click.argument("case", default="us-china")
@click.option(
    "--promise", "promises", multiple=True, metavar="ID", help="This one; may be given again."
)
@click.option("--party", default=None, help="One party's promises alone.")
@click.option(
    "--as-of", metavar="DATE", help="Only figures known that day (or at the end of a ROUND)."
)
@click.option(
    "--pro-rating",
    type=click.Choice(["seasonal", "uniform"]),
    default="seasonal",
    show_default=True,
    help="How a year's target is spread over months, where the case gives weights.",
)
@click.option("--json", "form", flag_value="json", help="As JSON.")
@click.option("--csv", "form", flag_value="csv", help="As CSV, one row a promise and source.")
def track(  # noqa: PLR0917 - click passes every option by name
    case: str,
    promises: tuple[str, ...],
    party: str | None,
    as_of: str | None,
    pro_rating: str,
    form: str | None,
) -> None:
    """Say what became of the promises of CASE: delivered against due, source by source.

    \b
    accord track --promise CN-PH1-GOODS --as-of 2020-12-31
    accord track my-case --csv
    """  # noqa: D301 - click wants the bare \b
    from accord.ledger import load_case
    from accord.parties import party as named
    from accord.tracking import account

    loaded = load_case(case)
    day = loaded.today if as_of is None else loaded.day(as_of)
    accounts = account.track(
        loaded,
        as_of=day,
        promises=promises,
        party=named(party).code if party else None,
        seasonal=pro_rating == "seasonal",
    )
    if form == "json":
        _print_json(account.to_json(loaded, accounts, day))
    elif form == "csv":
        click.echo(account.to_csv(accounts), nl=False)
    elif not accounts:
        raise InputError(
            f"{case}: no promise with deliveries on {day}; write deliveries.csv as "
            "docs/tracking.md shows, or name a promise with --promise"
        )
    else:
        from accord import terminal
        from accord.tracking.terminal_view import accounts_view

        terminal.show(accounts_view(accounts, day))


def _print_json(answer: Any) -> None:
    click.echo(json.dumps(answer, indent=1, ensure_ascii=False, allow_nan=False))
