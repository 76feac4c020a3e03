"""Counts the quarrels of every round in a process of its own, at low priority.

    python -m accord.desk.counting CASE

prints one JSON object a line: ``{"copenhagen-2009": 23}``. The desk starts it once, so that the
slider of rounds can say how many quarrels stood at each without slowing the first changes.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable

from accord.desk.ground import Grounds

WAIT = 4.0
"""Seconds after the start: the first view comes first."""
QUIET = 2.0
"""Seconds without a change on any desk before counting goes on."""


async def count(grounds: Grounds, tell: Callable[[], Awaitable[None]]) -> None:
    """Count the quarrels of all rounds into ``grounds.quarrels``; tell when all are known."""
    if not grounds.red_lines.lines:
        return
    await asyncio.sleep(WAIT)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "accord.desk.counting", str(grounds.case.path),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    yielding = asyncio.create_task(_yield_to_changes(grounds, process))
    try:
        async for line in process.stdout:
            found = json.loads(line)
            grounds.quarrels.update({str(k): int(v) for k, v in found.items()})
        await tell()
    finally:
        yielding.cancel()
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _yield_to_changes(grounds: Grounds, process: asyncio.subprocess.Process) -> None:
    """Hold the counting while somebody moves a slider, where the system can hold a process."""
    stop, go = getattr(signal, "SIGSTOP", None), getattr(signal, "SIGCONT", None)
    if stop is None or go is None:
        return
    held = False
    while process.returncode is None:
        busy = time.monotonic() - grounds.changed < QUIET
        if busy != held:
            process.send_signal(stop if busy else go)
            held = busy
        await asyncio.sleep(0.05)


def main(path: str) -> None:
    """Print the quarrels of each round of a case."""
    from accord.assessment.talks import standoff
    from accord.ledger import load_case

    if hasattr(os, "nice"):
        os.nice(19)
    case = load_case(path)
    for one in case.rounds:
        began = time.monotonic()
        found = standoff(case, as_of=one.id, deep=False)
        print(json.dumps({one.id: len(found.quarrels)}), flush=True)
        time.sleep(2 * (time.monotonic() - began))  # a third of one core at most


if __name__ == "__main__":
    main(sys.argv[1])
