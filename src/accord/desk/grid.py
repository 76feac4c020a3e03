"""Who wants what: the positions of the day in one table, as journalists know it, with evidence.

Columns known from published grids (party, topic, issue, position), and what those lack: how much
stands behind it, the newest words or document, since when, what is at stake, and whether the deal
on the desk breaks it. The place on the scale follows from what a line asks (a demand is pushed for,
a refusal is a red line) and from its cost of yielding, which is the case's own judgement.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from accord.desk.ground import GOAL_YEAR
from accord.desk.live import Picture
from accord.desk.rows import Sources
from accord.desk.terms import talks_of
from accord.language.expression import Comparison, Expression, Implies, Not, Number, Term, say
from accord.ledger.red_line import RedLine

SCALE = ("high priority", "supports", "neutral", "resists", "red line")
FIRM = 5.0
"""From this cost of yielding on a wish is a priority, and a refusal a red line."""
EMISSIONS = frozenset(
    {"cut", "cap", "peak", "neutral", "intensity_cut", "cut_from_peak", "binding", "deeper"}
)
COLUMNS = ("party", "topic", "issue", "position", "verdict", "evidence", "quote", "verbatim",
           "said", "since", "stake", "line")  # fmt: skip


def grid(picture: Picture, sources: Sources) -> list[dict[str, Any]]:
    """Return the rows of the grid.

    Parameters
    ----------
    picture, sources
        The deal on its ground, and the numbers of the documents.
    """
    from accord.desk.record import entry_block, newest_said, store_of

    ground = picture.ground
    talks = talks_of(ground)
    path = store_of(ground.case)
    store: Any = None
    if path is not None:
        from accord.record.store import Store

        store = Store(path, create=False)
    rows = []
    try:
        for line in ground.red_lines.lines:
            if line.id not in talks.lines:
                continue
            place = scale_of(line)
            dated = [one for one in line.evidence if one.date]
            newest = max(dated, key=lambda one: str(one.date), default=None) or (
                line.evidence[0] if line.evidence else None
            )
            said = ""
            if newest is not None:
                said = f"{newest.publisher}, {newest.date}" if newest.date else newest.publisher
            row = {
                "party": line.party,
                "topic": line.topic,
                "issue": line.statement,
                "scale": place,
                "position": SCALE[place - 1],
                "verdict": picture.verdicts.get(line.id, "open"),
                "evidence": len(line.evidence),
                "quote": newest.title if newest else "",
                "verbatim": False,
                "said": said,
                "source": sources.of([newest])[0] if newest else None,
                "sources": sources.of(line.evidence),
                "since": line.since.isoformat(),
                "until": line.until.isoformat() if line.until else None,
                "stake": stake_of(line, picture),
                "cost": line.yield_cost,
                "line": line.id,
                "row": None,
            }
            if store is not None:
                found = newest_said(store, line.party, line.topic.split(" · ")[0])
                if found is not None:
                    block = entry_block(found)
                    row |= {"quote": block["words"], "verbatim": True,
                            "said": f"{block['document']}, {block['date'] or 'no date'}",
                            "document": block["document"]}  # fmt: skip
            rows.append(row)
    finally:
        if store is not None:
            store.close()
    return rows


def scale_of(line: RedLine) -> int:
    """Return the place of a line on the scale, 1 (high priority) to 5 (red line)."""
    firm = line.yield_cost is None or line.yield_cost >= FIRM
    if _refuses(line.expression):
        return 5 if firm else 4
    return 1 if firm else 2


def _refuses(node: Expression) -> bool:
    match node:
        case Not() | Implies():
            return True
        case Comparison(_, sign, _):
            return sign in {"<=", "<", "!="}
    return False


def stake_of(line: RedLine, picture: Picture) -> str:
    """Return what a line is about in tonnes, dollars or degrees; ``–`` where it is about words."""
    first = picture.world.first_year
    for key, term in talks_of(picture.ground).lines[line.id].holds.terms.items():
        kind = term.kind
        limit = _limit(line.expression, key)
        if kind.name == "finance" and limit:
            return f"{limit:g} $bn/yr"
        if kind.name in {"goal_firm", "goal_aspire"} and limit is not None:
            median = float(picture.warming.percentiles((50,))[0, 0, -1])
            return f"{abs(median - limit):.1f} °C {'over' if median > limit else 'under'}"
        if kind.name == "tariff":
            return f"{limit:g} % charge" if limit else "any charge"
        code = next((one.text for one in term.term.arguments if hasattr(one, "text")), "")
        if kind.name in EMISSIONS and code in picture.world.parties:
            year = max(GOAL_YEAR, first)
            path = picture.world.parties[code]
            convention = picture.ground.convention
            reference = path.reference_ghg(convention.gwp, picture.ground.with_land)
            saved = float(reference[0, year - first]) / 1000 - float(
                picture.party(code)[year - first]
            )
            return f"{saved:.1f} Gt in {year}"
    return "–"


def _limit(node: Expression, key: str) -> float | None:
    from accord.language.expression import children

    if isinstance(node, Comparison) and isinstance(node.left, Term) and say(node.left) == key:
        return float(node.right.value) if isinstance(node.right, Number) else None
    return next((found for one in children(node) if (found := _limit(one, key)) is not None), None)


def to_csv(rows: list[dict[str, Any]]) -> str:
    """Return the grid as a table for a spreadsheet, in which no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _harmless(row[key]) for key in COLUMNS})
    return out.getvalue()


def _harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value
