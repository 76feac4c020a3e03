"""Time all quarrels of 60 red lines over 40 terms of 12 parties, and ``accord standoff`` whole.

python benchmarks/standoff.py [--peer PYTHON] [--systems N]

``--peer`` names a Python with cpmpy (its MARCO over OR-Tools): the same groups of lines are put to
it in one run, and counts and times stand side by side. It must be an environment of its own,
because OR-Tools and other solvers do not share a process well.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import time
from fractions import Fraction

from accord.bargaining.line import Line, Negotiation
from accord.bargaining.quarrel import enumerate_group
from accord.language.red_line import parse
from accord.language.term import TermKind
from accord.language.vocabulary import Vocabulary

LINES, TERMS, PARTIES = 60, 40, 12
YES_NO = 32
PEER = """
import json, sys, time
import cpmpy as cp
from cpmpy.tools.explain.marco import marco
groups = json.load(sys.stdin)
rows = []
for group in groups:
    names = {n: cp.boolvar(name=n) if n[0] == "b" else cp.intvar(0, 100, name=n)
             for n in group["terms"]}
    soft = [eval(text, {}, names) for text in group["python"]]
    since = time.perf_counter()
    found = list(marco(soft))
    taken = time.perf_counter() - since
    rows.append([sum(kind == "MUS" for kind, _ in found),
                 sum(kind == "MCS" and len(some) > 0 for kind, some in found), taken])
print(json.dumps({"version": cp.__version__, "rows": rows}))
"""


def random_lines(seed: int) -> list[tuple[str, str]]:
    """Return lines as (phrase of ours, Python for the peer)."""
    rng = random.Random(seed)
    yes_no = [f"b{n}" for n in range(YES_NO)]
    amounts = [f"n{n}" for n in range(TERMS - YES_NO)]
    lines = []
    for _ in range(LINES):
        kind = rng.random()
        b, c = rng.sample(yes_no, 2)
        n = rng.choice(amounts)
        at = rng.randrange(10, 91, 5)
        sign = rng.choice(["<=", ">="])
        if kind < 0.25:
            lines.append((f"not {b}", f"~{b}") if rng.random() < 0.5 else (b, b))
        elif kind < 0.5:
            lines.append((f"{b} implies {c}", f"{b}.implies({c})"))
        elif kind < 0.58:
            lines.append((f"{b} implies not {c}", f"{b}.implies(~{c})"))
        elif kind < 0.8:
            lines.append((f"{n} {sign} {at}", f"{n} {sign} {at}"))
        else:
            lines.append((f"{n} > {at} implies {b}", f"({n} > {at}).implies({b})"))
    return lines


def vocabulary() -> Vocabulary:
    return Vocabulary().extended(
        [TermKind(name=f"b{n}") for n in range(YES_NO)]
        + [
            TermKind(name=f"n{n}", type="int", low=Fraction(0), high=Fraction(100))
            for n in range(TERMS - YES_NO)
        ]
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--peer")
    asked.add_argument("--systems", type=int, default=12)
    given = asked.parse_args()
    import z3

    print(f"Python {platform.python_version()}, Z3 {z3.get_version_string()}, "
          f"{platform.machine()}, {os.cpu_count()} cores (one used)")  # fmt: skip
    print(
        f"{given.systems} random systems of {LINES} lines over {TERMS} terms of {PARTIES} parties"
    )
    words = vocabulary()
    print("system  largest group  quarrels  ways out  questions  seconds")
    totals = [0, 0, 0.0]
    put: list[dict[str, list[str]]] = []
    for seed in range(1, given.systems + 1):
        made = random_lines(seed)
        table = Negotiation(
            lines=tuple(
                Line(id=f"L{n}", party=f"P{n % PARTIES}", holds=words.ground(parse(text), text))
                for n, (text, _) in enumerate(made)
            )
        )
        since = time.perf_counter()
        groups = table.groups()
        found = [enumerate_group(group) for group in groups]
        taken = time.perf_counter() - since
        assert all(one.complete for one in found)
        quarrels = sum(len(one.quarrels) for one in found)
        ways = sum(len(one.ways) for one in found)
        largest = max(len(group.lines) for group in groups)
        print(f"{seed:6} {largest:14} {quarrels:9} {ways:9} "
              f"{sum(one.asked for one in found):10} {taken:8.2f}")  # fmt: skip
        totals = [totals[0] + quarrels, totals[1] + ways, totals[2] + taken]
        python = {f"L{n}": text for n, (_, text) in enumerate(made)}
        put += [
            {"terms": list(group.terms), "python": [python[line.id] for line in group.lines]}
            for group in groups
        ]
    print(f"accord: {totals[0]} quarrels, {totals[1]} ways out of the groups, {totals[2]:.2f} s")
    if given.peer:
        answer = subprocess.run(
            [given.peer, "-c", PEER], input=json.dumps(put), text=True, capture_output=True,
            check=True,
        )  # fmt: skip
        peer = json.loads(answer.stdout)
        print(f"cpmpy {peer['version']}: {sum(r[0] for r in peer['rows'])} quarrels, "
              f"{sum(r[1] for r in peer['rows'])} ways out, "
              f"{sum(r[2] for r in peer['rows']):.2f} s")  # fmt: skip
    for day in ("copenhagen-2009", "paris-2015", "today"):
        taken = []
        for _ in range(3):
            since = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", "from accord.cli import main; main()",
                 "standoff", "--as-of", day, "--json"],
                stdout=subprocess.DEVNULL, check=True,
            )  # fmt: skip
            taken.append(time.perf_counter() - since)
        print(f"accord standoff --as-of {day}: {sorted(taken)[1]:.2f} s, whole process")


if __name__ == "__main__":
    main()
