"""What ``accord track`` shows a person: one block a promise, one line a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from accord.language import say
from accord.tracking.account import Account
from accord.tracking.status import Standing


def accounts_view(accounts: Sequence[Account], day: dt.date) -> list[Any]:
    """Return renderables for the accounts; one alone is shown with its history and evidence."""
    from rich.text import Text

    blocks: list[Any] = [Text(f"Promises kept, as of {day}", style="bold")]
    for one in accounts:
        blocks += [Text(), _head(one), _sources(one)]
        if len(accounts) == 1:
            blocks += _more(one)
    blocks += [
        Text(),
        Text(
            "Share: delivered over what was due by then (due over delivered for a ceiling). "
            "Sources are kept apart.",
            style="dim",
        ),
    ]
    if len(accounts) > 1:
        blocks.append(Text("Next: accord track --promise ID for its history and evidence."))
    return blocks


def _head(one: Account) -> Any:
    from rich.text import Text

    return Text.assemble(
        (one.status, "bold"),
        "" if one.agreed else " (sources disagree)",
        f"  {say(one.promise.commitment.pledge)}  ",
        (one.promise.id, "dim"),
    )


def _sources(one: Account) -> Any:
    from rich.table import Table

    heads = ("  source", "through", "delivered", "due by then", "share", "in the end", "status")
    table = Table(*heads, box=None, header_style="dim", pad_edge=False)
    for s in one.standings:
        unit = one.promise.unit
        table.add_row(
            f"  {s.series.source}",
            s.through.isoformat() if s.through.month != 12 else str(s.through.year),
            f"{amount(s.amount)} {unit}",
            "" if s.pro_rated_target is None else amount(s.pro_rated_target),
            "" if s.share is None else f"{100 * s.share:.0f} %",
            amount(s.target),
            s.word + ("" if s.reading.verified else " · not verified"),
        )
    return table


def _more(one: Account) -> list[Any]:
    from rich.text import Text

    lines: list[Any] = [Text(), Text("How each stands", style="bold")]
    for s in one.standings:
        lines.append(Text(f"  {s.series.source}: {s.why}; due by then: {s.pro_rating}."))
        lines += [Text(f"    {note}", style="dim") for note in _notes(s)]
    lines += [Text(), Text("Over time", style="bold")]
    lines += [Text(f"  {day}  {word}: {why}") for day, word, why in one.history]
    return lines


def _notes(s: Standing) -> list[str]:
    parts = ", ".join(f"{name} {amount(value)}" for name, value in s.series.parts.items())
    notes = [*s.series.remarks, s.reading.note, f"parts: {parts}" if parts else ""]
    return [*(n for n in notes if n), f"source: {s.reading.evidence}"]


def amount(value: float) -> str:
    """Return an amount with as many digits as it deserves."""
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.1f}"
