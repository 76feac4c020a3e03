"""Time clubs, exchanges, leakage, markets and the case's coalitions, beside plain Python loops.

python benchmarks/bargaining.py
"""

from __future__ import annotations

import platform
import time

import numpy as np

from accord.bargaining.club import bundled_regions, club_game, sweep
from accord.bargaining.exchange import exchange_round
from accord.bargaining.positions import load_positions
from accord.economy.leakage import leakage
from accord.economy.market import KYOTO, clear, kyoto

REPEATS = 7
PRICES, TARIFFS = (12.5, 25, 50, 100), range(11)


def milliseconds(work, repeats: int = REPEATS) -> float:
    """Return the median time of ``work`` in ms."""
    taken = []
    for _ in range(repeats):
        since = time.perf_counter()
        work()
        taken.append(time.perf_counter() - since)
    return 1000 * float(np.median(taken))


def club_by_loop(price: float, tariff: float) -> list[int]:
    """Return the stable coalitions by plain loops, which leave one at the first who gains."""
    r = bundled_regions()
    n = len(r.names)
    gdp, co2, cost = r.gdp.tolist(), r.co2.tolist(), r.cost.tolist()
    gain, loss, imports = r.tariff_gain.tolist(), r.tariff_loss.tolist(), r.imports.tolist()
    rate, world = tariff / 100.0, sum(gdp)
    scc = [price * g / world for g in gdp]
    high = [price * e / g / (2 * a) / 1000 for e, g, a in zip(co2, gdp, cost, strict=True)]
    low = [s * e / g / (2 * a) / 1000 for s, e, g, a in zip(scc, co2, gdp, cost, strict=True)]

    def payoff(number: int, i: int) -> float:
        inside = [number >> k & 1 for k in range(n)]
        mu = [high[k] if inside[k] else low[k] for k in range(n)]
        value = (
            scc[i] * sum(co2[k] * mu[k] for k in range(n)) / 1000 - gdp[i] * cost[i] * mu[i] ** 2
        )
        if inside[i]:
            for k in range(n):
                if not inside[k]:
                    value += imports[k][i] * (rate * gain[i] - rate**2 * loss[i])
        else:
            for j in range(n):
                if inside[j]:
                    value -= imports[i][j] * rate * gain[j]
        return value

    return [
        number
        for number in range(2**n)
        if all(payoff(number, i) >= payoff(number ^ 1 << i, i) for i in range(n))
    ]


def exchange_by_loop() -> int:
    """Size every potential exchange of Paris by plain Python: what a round does at the least."""
    p = load_positions("paris-2015")
    x, s, w = p.x.tolist(), p.s.tolist(), p.weight.tolist()
    actors, issues = p.x.shape
    total = [sum(w[k][d] for k in range(actors)) for d in range(issues)]
    middle = [
        sum(w[k][d] * x[k][d] for k in range(actors) if w[k][d]) / total[d] for d in range(issues)
    ]
    count = 0
    for a in range(issues):
        for b in range(a + 1, issues):
            for i in range(actors):
                for j in range(i + 1, actors):
                    if not (w[i][a] and w[j][a] and w[i][b] and w[j][b]):
                        continue
                    if (x[i][a] <= middle[a]) == (x[j][a] <= middle[a]):
                        continue
                    if (x[i][b] <= middle[b]) == (x[j][b] <= middle[b]):
                        continue
                    shift = abs(x[i][a] - x[j][a]) * w[j][a] / total[a]
                    count += shift * (s[i][a] * s[j][b] - s[i][b] * s[j][a]) != 0
    return count


def main() -> None:
    names = [r.name for r in KYOTO]
    cell = milliseconds(lambda: club_game(50, 5).stable())
    ours = np.flatnonzero(club_game(50, 5).stable()).tolist()
    since = time.perf_counter()
    theirs = club_by_loop(50, 5)
    loop = 1000 * (time.perf_counter() - since)
    assert ours == theirs, "the loop and the arrays must agree"
    every = milliseconds(lambda: sweep(PRICES, TARIFFS), 3)
    paris = load_positions("paris-2015")
    one = milliseconds(lambda: exchange_round(paris), 5)
    sizing = milliseconds(exchange_by_loop, 3)
    played = exchange_round(paris)
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}")
    print(f"clubs, one cell, 2^15 coalitions   {cell:9.1f} ms   target   50 ms")
    print(f"  the same by a plain loop         {loop:9.0f} ms   {loop / cell:.0f} times as long")
    print(f"clubs, 44 cells                    {every:9.0f} ms   target 3000 ms")
    print(f"exchange, Paris, one round         {one:9.1f} ms   target 1000 ms")
    print(
        f"  sizing its pairs once by a loop  {sizing:9.1f} ms; the round re-sizes after each of "
        f"{len(played.exchanges)} exchanges"
    )
    print(f"leakage, one price                 {milliseconds(lambda: leakage(50.0)):9.3f} ms")
    print(f"market, 12 regions                 {milliseconds(lambda: clear(kyoto(names))):9.2f} ms")

    from accord.assessment.coalitions import deal_game, main_players
    from accord.assessment.costs import costs_of
    from accord.assessment.shares import pathway_of, shares_of
    from accord.ledger import load_case

    case = load_case("us-china")
    world = pathway_of(case, case.today)
    players = main_players(world, case.parties)
    counted = case.counted(case.today)
    deal_game(world, players[:2])
    for words, work in (
        ("costs of six parties", lambda: costs_of(world, players, counted)),
        ("coalitions of six parties (64)", lambda: deal_game(world, players)),
        ("fair shares, six rules", lambda: shares_of(world, players)),
    ):
        print(f"{words:34s} {milliseconds(work, 3):9.1f} ms")


if __name__ == "__main__":
    main()
