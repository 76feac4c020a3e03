"""Run the installed command as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def accord(tmp_path: Path) -> Run:
    """Run ``accord ARGS`` in an empty folder; returns code, stdout, stderr."""

    def run(*args: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from accord.cli import main; main()", *args]
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "NO_COLOR": "1", **env},
            timeout=120,
            check=False,
        )

    return run
