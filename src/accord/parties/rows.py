"""Reading the package's own small CSV tables."""

from __future__ import annotations

import csv
from importlib.resources import files


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file under ``accord/data``."""
    return files("accord").joinpath("data", name).read_bytes()


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a bundled CSV file with a header line, as texts."""
    return list(csv.DictReader(read_bytes(name).decode().splitlines()))
