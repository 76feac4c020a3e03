"""``accord forecast`` and ``accord club``: where positions land, and which clubs hold."""

from __future__ import annotations

import json
from typing import Any

import click

from accord.errors import InputError


@click.command()
@click.argument("positions", default="copenhagen-2009")
@click.option("--rounds", default=1, show_default=True, type=click.IntRange(1, 50))
@click.option(
    "--outcome",
    multiple=True,
    metavar="ISSUE=VALUE",
    help="Coded outcome 0-100, to see how far each forecast is off; may be given again.",
)
@click.option("--between", nargs=2, metavar="A B", help="Who pays for the deals of A and B?")
@click.option("--seed", default=0, show_default=True, help="Of the jitter behind the band.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def forecast(  # noqa: PLR0917 - click passes every option by name
    positions: str,
    rounds: int,
    outcome: tuple[str, ...],
    between: tuple[str, str] | None,
    seed: int,
    as_json: bool,
) -> None:
    """Forecast where POSITIONS land, beside the forecasts that need no model.

    POSITIONS is copenhagen-2009, paris-2015, or a positions.csv (or the case it lies in).
    """
    from accord.bargaining import forecast as model
    from accord.bargaining.exchange import who_pays
    from accord.bargaining.positions import load_positions

    table = load_positions(positions)
    coded = _outcome(outcome)
    if not coded and positions == "paris-2015":
        coded = {issue: value for issue, (value, _) in model.PARIS_READING.items()}
    result = model.forecast(table, outcome=coded, count=rounds, seed=seed)
    pays = who_pays(result.rounds[0], table, *between) if between else None
    answer = model.to_json(result)
    if pays is not None:
        answer["who_pays"] = {name: round(value, 4) for name, value in pays.items()}
    if as_json:
        click.echo(json.dumps(answer, indent=1, ensure_ascii=False, allow_nan=False))
        return
    from accord import terminal

    terminal.show(terminal.forecast(answer))


@click.command()
@click.option("--price", default=50.0, show_default=True, help="Target price inside, $/tCO2.")
@click.option("--tariff", default=5.0, show_default=True, help="Tariff on outsiders, percent.")
@click.option("--sweep", is_flag=True, help="All prices 12.5, 25, 50, 100 by tariffs 0 to 10 %.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def club(price: float, tariff: float, sweep: bool, as_json: bool) -> None:
    """Find every climate club that holds at a price and a tariff (C-DICE, Nordhaus 2015)."""
    from accord.bargaining import club as model

    if sweep:
        rows = model.sweep((12.5, 25, 50, 100), range(11))
        answer: dict[str, Any] = {"sweep": rows, "model": model.MODEL}
    else:
        found = model.equilibria(price, tariff)
        answer = {
            "price": price,
            "tariff_percent": tariff,
            "equilibria": [
                {
                    "members": list(one.members),
                    "out": list(one.out),
                    "world_gain_bn": round(one.world_gain, 4),
                    "abatement_percent": round(100 * one.abatement, 4),
                    "gain_bn": {
                        name: round(float(value), 4)
                        for name, value in zip(
                            (*model.bundled_regions().names,), one.payoff, strict=True
                        )
                    },
                }
                for one in found
            ],
            "model": model.MODEL,
        }
    if as_json:
        click.echo(json.dumps(answer, indent=1, ensure_ascii=False, allow_nan=False))
        return
    from accord import terminal

    terminal.show(terminal.sweep(answer) if sweep else terminal.club(answer))


def _outcome(pairs: tuple[str, ...]) -> dict[str, float]:
    coded = {}
    for pair in pairs:
        issue, _, value = pair.partition("=")
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not 0 <= number <= 100:
            raise InputError(f"--outcome {pair!r}: write it as legal=70, with 0 to 100")
        coded[issue.strip()] = number
    return coded
