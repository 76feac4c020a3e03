"""Time the world's pathway: cold, warm, and one party changed.

python benchmarks/pathways.py
"""

from __future__ import annotations

import datetime as dt
import platform
import time

import numpy as np

START = time.perf_counter()
from accord.ledger import load_case  # noqa: E402
from accord.ledger.convention import Convention  # noqa: E402
from accord.pathways import basis_of, party_pathway, project  # noqa: E402

REPEATS = 7


def milliseconds(work, repeats: int = REPEATS) -> float:
    """Return the median time of ``work`` in ms."""
    taken = []
    for _ in range(repeats):
        since = time.perf_counter()
        work()
        taken.append(time.perf_counter() - since)
    return 1000 * float(np.median(taken))


def main() -> None:
    loaded = time.perf_counter() - START
    convention = Convention(as_of=dt.date(2026, 11, 21))
    commitments = load_case("us-china").commitments
    cold = milliseconds(lambda: project(commitments, convention), 1)

    def afresh() -> None:
        party_pathway.cache_clear()
        project(commitments, convention)

    warm = milliseconds(afresh)
    again = milliseconds(lambda: project(commitments, convention))
    basis = basis_of(convention)
    china = tuple(c for c in commitments if c.party == "CHN")
    one = milliseconds(lambda: party_pathway.__wrapped__("CHN", china, basis, convention), 50)
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {platform.machine()}")
    print(f"import, numpy included            {1000 * loaded:8.1f} ms")
    print(f"world, first time (reads tables)  {cold:8.1f} ms")
    print(f"world, every party afresh         {warm:8.1f} ms")
    print(f"world, nothing changed            {again:8.1f} ms")
    print(f"one party ({len(china)} commitments)      {one:8.2f} ms")


if __name__ == "__main__":
    main()
