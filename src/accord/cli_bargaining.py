"""``accord forecast`` and ``accord club``: where positions land, and which clubs hold."""

from __future__ import annotations

import json
from pathlib import Path
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
@click.option(
    "--exchange-band",
    "draws",
    default=0,
    type=click.IntRange(0, 1000),
    metavar="DRAWS",
    help="Also a band for the exchange model, from so many jittered tables.",
)
@click.option(
    "--challenge",
    default=0,
    type=click.IntRange(0, 50),
    metavar="ROUNDS",
    help="Also the Challenge model, as a replication: it does not converge.",
)
@click.option(
    "--svg", type=click.Path(path_type=Path), metavar="FILE", help="Also draw it, as SVG."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def forecast(  # noqa: PLR0917 - click passes every option by name
    positions: str,
    rounds: int,
    outcome: tuple[str, ...],
    between: tuple[str, str] | None,
    seed: int,
    draws: int,
    challenge: int,
    svg: Path | None,
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
    result = model.forecast(
        table,
        outcome=coded,
        count=rounds,
        seed=seed,
        exchange_draws=draws,
        challenge_rounds=challenge,
    )
    pays = who_pays(result.rounds[0], table, *between) if between else None
    answer = model.to_json(result)
    if pays is not None:
        answer["who_pays"] = {name: round(value, 4) for name, value in pays.items()}
    if svg is not None:
        from accord.brief.standalone import draw

        draw("forecast", answer, svg)
        click.echo(f"drawn: {svg}", err=True)
    if as_json:
        click.echo(json.dumps(answer, indent=1, ensure_ascii=False, allow_nan=False))
        return
    from accord import terminal

    terminal.show(terminal.forecast(answer))


@click.command()
@click.option("--price", default=50.0, show_default=True, help="Target price inside, $/tCO2.")
@click.option("--tariff", default=5.0, show_default=True, help="Tariff on outsiders, percent.")
@click.option("--sweep", is_flag=True, help="All prices 12.5, 25, 50, 100 by tariffs 0 to 10 %.")
@click.option(
    "--case",
    default=None,
    metavar="CASE",
    help="Instead: would the case's own deal be kept, coalition by coalition?",
)
@click.option("--players", default=None, metavar="A,B,…", help="With --case: who plays; at most 8.")
@click.option("--curves", default=None, help="With --case: RICE-2010 or 'C-DICE 2015'.")
@click.option("--damage", default=None, help="With --case: damage function, e.g. DICE-2023.")
@click.option(
    "--payoffs",
    default=None,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Instead: any table of payoffs, a column 'coalition' (USA+CHN) and one a player.",
)
@click.option(
    "--good",
    multiple=True,
    metavar="PLAYER=BN",
    help="A club good that PLAYER enjoys as a member (issue linkage), in the unit of the "
    "payoffs; may be given again.",
)
@click.option(
    "--svg",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --sweep: also draw the heat map, as SVG.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def club(  # noqa: PLR0917 - click passes every option by name
    price: float,
    tariff: float,
    sweep: bool,
    case: str | None,
    players: str | None,
    curves: str | None,
    damage: str | None,
    payoffs: Path | None,
    good: tuple[str, ...],
    svg: Path | None,
    as_json: bool,
) -> None:
    """Find every climate club that holds at a price and a tariff (C-DICE, Nordhaus 2015)."""
    from accord import terminal

    goods = _goods(good)
    if case is not None or payoffs is not None:
        chosen = {k: v for k, v in (("curves", curves), ("damage", damage)) if v is not None}
        answer = _deal(case, players, goods, chosen) if case else _table(payoffs, goods)
        view = terminal.deal_game
    elif sweep:
        from accord.bargaining import club as model

        answer = {"sweep": model.sweep((12.5, 25, 50, 100), range(11)), "model": model.MODEL}
        view = terminal.sweep
    else:
        answer = _clubs(price, tariff, goods)
        view = terminal.club
    if svg is not None:
        if not sweep:
            raise InputError("--svg draws the heat map of --sweep; give both")
        from accord.brief.standalone import draw

        draw("sweep", answer, svg)
        click.echo(f"drawn: {svg}", err=True)
    if as_json:
        click.echo(json.dumps(answer, indent=1, ensure_ascii=False, allow_nan=False))
        return
    terminal.show(view(answer))


def _clubs(price: float, tariff: float, good: dict[str, float]) -> dict[str, Any]:
    from accord.bargaining import club as model

    names = model.bundled_regions().names
    game = model.club_game(price, tariff)
    found = model.equilibria(price, tariff, good=good)
    shared = model.best_with_transfers(game.linked(good) if good else game)
    return {
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
                    for name, value in zip(names, one.payoff, strict=True)
                },
            }
            for one in found
        ],
        "with_transfers": shared,
        "club_good_bn": good,
        "model": model.MODEL,
    }


def _deal(
    case: str, players: str | None, good: dict[str, float], chosen: dict[str, Any]
) -> dict[str, Any]:
    from accord.assessment import coalitions
    from accord.assessment.shares import pathway_of
    from accord.ledger import load_case
    from accord.parties import party

    loaded = load_case(case)
    world = pathway_of(loaded, loaded.today)
    if players is not None:
        codes = tuple(party(name.strip()).code for name in players.split(",") if name.strip())
    else:
        codes = coalitions.main_players(world, loaded.parties)
    if not codes:
        raise InputError("no commitment of this case cuts anything: there is no deal to keep")
    goods = {party(name).code: value for name, value in good.items()}
    return coalitions.to_json(coalitions.deal_game(world, codes, **chosen), goods)


def _table(path: Path | None, good: dict[str, float]) -> dict[str, Any]:
    from accord.bargaining.coalition import describe, read_payoffs

    game = read_payoffs(path if path is not None else Path())
    return {
        **describe(game.linked(good) if good else game),
        "club_good_bn": good,
        "words": f"payoffs of {path}",
    }


def _goods(pairs: tuple[str, ...]) -> dict[str, float]:
    goods = {}
    for pair in pairs:
        name, _, value = pair.rpartition("=")
        try:
            goods[name.strip()] = float(value)
        except ValueError:
            raise InputError(f"--good {pair!r}: write it as China=12.5") from None
        if not name.strip() or not abs(goods[name.strip()]) < float("inf"):
            raise InputError(f"--good {pair!r}: write it as China=12.5")
    return goods


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
