"""What a person sees of the accounts: promises by source, the relation, finance, offsets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from accord.language import say
from accord.tracking.account import Account
from accord.tracking.finance import Adequacy, Total
from accord.tracking.relation import Relation
from accord.tracking.ruler import named
from accord.tracking.status import Standing


def accounts_view(accounts: Sequence[Account], day: dt.date) -> list[Any]:
    """Return renderables for the accounts; one alone is shown with its history and evidence."""
    from rich.text import Text

    blocks: list[Any] = [Text(f"Promises kept, as of {day}", style="bold")]
    for one in accounts:
        blocks += [Text(), _head(one)]
        if not one.standings:
            blocks.append(Text("  No delivery had been published by that day."))
            continue
        blocks.append(_sources(one))
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
    parts = ", ".join(f"{name} {amount(value)}" for name, value in s.reading.parts.items())
    notes = [*s.series.remarks, s.reading.note, f"parts: {parts}" if parts else ""]
    return [*(n for n in notes if n), f"source: {s.reading.evidence}"]


def amount(value: float) -> str:
    """Return an amount with as many digits as it deserves."""
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.1f}"


def relation_view(found: Relation) -> list[Any]:
    """Return renderables for ``accord relations``."""
    from rich.table import Table
    from rich.text import Text

    blocks: list[Any] = [Text(line, style="bold" if n == 0 else "")
                         for n, line in enumerate(found.words)]  # fmt: skip
    if found.couplings:
        heads = ("ruler", "kept apart (1 = wholly)", "90 %", "chance", "lags outside the band",
                 "months")  # fmt: skip
        table = Table(*heads, box=None, header_style="dim", pad_edge=False)
        for c in found.couplings:
            outside = ", ".join(f"{one.lag:+d}: {one.r:.2f}" for one in c.lags if one.outside)
            table.add_row(
                c.ruler, f"{c.compartment:.2f}", f"{c.low:.2f} to {c.high:.2f}", f"{c.p:.2f}",
                outside or "none", f"{c.months} from {named(c.first)}",
            )  # fmt: skip
        blocks += [Text(), Text(f"{found.area} and the rest", style="bold"), table]
    if found.shocks:
        columns = ("month", "event", f"change in {found.area}", "in the relation", "as rare as")
        table = Table(*columns, box=None, header_style="dim", pad_edge=False)
        for s in found.shocks:
            table.add_row(
                named(s.month), s.name, f"{s.area_change:+.2f}", f"{s.rest_change:+.2f}",
                f"{100 * s.rest_rank:.0f} % of months",
            )  # fmt: skip
        blocks += [Text(), Text("Three months after against three before", style="bold"), table]
    if found.record:
        table = Table("area", "acts", "mean score", "months", box=None, header_style="dim",
                      pad_edge=False)  # fmt: skip
        for area in dict.fromkeys(r.area for r in found.record):
            rows = [r for r in found.record if r.area == area]
            count = sum(r.count for r in rows)
            mean = sum(r.count * r.score for r in rows) / count
            table.add_row(
                area, str(count), f"{mean:+.1f}",
                f"{named(min(r.month for r in rows))} to {named(max(r.month for r in rows))}",
            )  # fmt: skip
        blocks += [Text(), Text("In the case's documents", style="bold"), table]
    if found.windows:
        low = sum(w.rest_to_area < 0.05 for w in found.windows)
        back = sum(w.area_to_rest < 0.05 for w in found.windows)
        blocks += [
            Text(),
            Text(
                f"Of {len(found.windows)} windows of five years the rest leads {found.area} in "
                f"{low}, {found.area} the rest in {back} (F test, 5 %; one in twenty is chance)."
            ),
        ]
    return blocks


def finance_view(
    totals: Sequence[Total],
    shares: Mapping[str, Mapping[str, float]],
    enough: Adequacy,
    amount: float,
) -> list[Any]:
    """Return renderables for ``accord finance``."""
    from rich.table import Table
    from rich.text import Text

    blocks: list[Any] = []
    if totals:
        heads = ("year", "source", "basis", "face value", "counted once", "as a grant", "parts")
        table = Table(*heads, box=None, header_style="dim", pad_edge=False)
        for t in totals:
            parts = ", ".join(f"{k} {v:.1f}" for k, v in t.components.items())
            grant = "not stated" if t.grant_equivalent is None else f"{t.grant_equivalent:.1f}"
            table.add_row(
                str(t.year), t.source, t.basis, f"{t.face:.1f} bn {t.currency}", f"{t.once:.1f}",
                grant, parts,
            )  # fmt: skip
        blocks += [Text("What was given", style="bold"), table, Text()]
    blocks.append(Text(f"Fair shares of {amount:g} bn US$ a year", style="bold"))
    for name, found in shares.items():
        first = sorted(found.items(), key=lambda item: -item[1])[:6]
        said = ", ".join(f"{code} {100 * s:.0f} % ({s * amount:.1f})" for code, s in first)
        blocks.append(Text(f"  {name} ({len(found)} payers): {said}"))
    blocks += [
        Text(),
        Text("Is it enough", style="bold"),
        Text(
            f"  {100 * enough.share_of_gdp:.2f} % of the GDP of {enough.givers} in {enough.year}; "
            f"{enough.per_vulnerable:.0f} US$ a year for each person in least developed countries "
            "and small island states."
        ),
    ]
    blocks += [Text(f"  {100 * s:.0f} % of {name}") for name, s in enough.of_need.items()]
    blocks.append(Text(f"  {enough.how}.", style="dim"))
    return blocks


def offsets_view(answer: Mapping[str, Any]) -> list[Any]:
    """Return renderables for ``accord offsets``."""
    from rich.text import Text

    blocks: list[Any] = [
        Text(
            f"{answer['claimed_mt']:,.0f} MtCO2e of cuts claimed, {answer['corrected_mt']:,.0f} "
            f"counted once: {answer['claimed_twice_mt']:,.0f} Mt are claimed twice.",
            style="bold",
        ),
        Text(
            f"{answer['finance_claimed_bn_usd']:g} bn US$ paid for units is reported as finance; "
            f"{answer['finance_corrected_bn_usd']:g} bn is left counted once."
        ),
        Text(),
    ]
    for one in answer["found"]:
        mark = "" if one["verified"] else " (not verified)"
        blocks.append(Text(f"  {one['what']}: {one['why']}. {one['evidence']}{mark}"))
        if one["note"]:
            blocks.append(Text(f"    {one['note']}", style="dim"))
    warming = answer.get("warming_2100_c")
    if warming:
        blocks += [
            Text(),
            Text(
                f"In 2100 that is {warming['of_these_years']:.4f} °C, and "
                f"{warming['if_it_goes_on']:.4f} °C if it goes on ({warming['convention']})."
            ),
        ]
    return blocks
