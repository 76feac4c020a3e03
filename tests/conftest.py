"""Shared fixtures: the upstream figures, where a developer has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

UPSTREAM = Path(os.environ.get("ACCORD_UPSTREAM", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def upstream() -> Path:
    """Folder with upstream figures and published calibrations; the test skips without it."""
    if not (UPSTREAM / "data").is_dir():
        pytest.skip("needs the upstream figures, which only developers have (ACCORD_UPSTREAM)")
    return UPSTREAM
