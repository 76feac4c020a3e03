"""Whole-process times of the commands that people type first, beside an empty interpreter.

    python benchmarks/cold_start.py [RUNS]

Prints the median of the wall-clock and of the processor time of each command over RUNS runs (7 by
default), one warm-up before, the commands taken in turn so that a drifting machine hits all alike.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ACCORD = [sys.executable, "-c", "from accord.cli import main; main()"]
PHRASE = "China: cut CO2 intensity 65% below 2005 by 2030; carbon neutrality before 2060"
COMMANDS = {
    "python, nothing": [sys.executable, "-c", "pass"],
    "python, import numpy": [sys.executable, "-c", "import numpy"],
    "accord": ACCORD,
    "accord assess": [*ACCORD, "assess", PHRASE],
    "accord assess --json": [*ACCORD, "assess", PHRASE, "--json"],
    "accord case show": [*ACCORD, "case", "show"],
    "accord brief": [*ACCORD, "brief", "-o", "brief.html"],
}


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command; return wall-clock and processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return wall, used


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {runs} runs, medians")
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs + 1):
            for name, command in COMMANDS.items():
                taken = timed(command, Path(folder))
                if run:
                    times[name].append(taken)
    print(f"{'command':24}{'wall s':>10}{'cpu s':>10}")
    for name, taken_all in times.items():
        wall = statistics.median(wall for wall, _ in taken_all)
        used = statistics.median(used for _, used in taken_all)
        print(f"{name:24}{wall:10.2f}{used:10.2f}")


if __name__ == "__main__":
    main()
