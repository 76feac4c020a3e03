"""Export: entries as JSON lines, one file per document, in the exchange schema."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from accord.errors import OutputError
from accord.record.entry import Entry
from accord.record.reading import Reading


def lines(entries: Iterable[Entry]) -> str:
    """Return entries as JSON lines, each with doc, kind, start, end, quote, attrs."""
    return "".join(json.dumps(e.plain(), ensure_ascii=False) + "\n" for e in entries)


def export(readings: Iterable[Reading], folder: Path) -> list[Path]:
    """Write ``<doc>.jsonl`` and the text it refers to (``<doc>.txt``) for every reading.

    Raises
    ------
    OutputError
        If the folder cannot be written.
    """
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for reading in readings:
            name = reading.document.name
            target = folder / f"{name}.jsonl"
            target.write_text(lines(reading.entries), encoding="utf-8")
            (folder / f"{name}.txt").write_bytes(reading.document.text.encode("utf-8"))
            written.append(target)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from error
    return written
