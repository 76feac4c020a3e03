"""Deals side by side: as pledged, another one, and the one on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accord.desk.deal import Deal
from accord.desk.live import Picture
from accord.desk.scene import rounded


def compare(this: Picture, other: Picture) -> dict[str, Any]:
    """Return figures and differences of three deals.

    Parameters
    ----------
    this, other
        The deal on the desk, and the one to compare with; each on its own ground.
    """
    pledged = Picture.of(this.ground, Deal(as_of=this.deal.as_of, switches=this.deal.switches))
    three = (pledged, other, this)
    return {
        "columns": ["as pledged", "other", "this deal"],
        "conventions": [one.ground.convention.words() for one in three],
        "rows": figures(three),
        "world": [
            {"first": one.world.first_year, "central": rounded(one.central)} for one in three
        ],
        "warming": [
            {
                "first": int(one.warming.years[0]),
                **{
                    str(p): rounded(row)
                    for p, row in zip(
                        (5, 50, 95), one.warming.percentiles((5, 50, 95))[0], strict=True
                    )
                },
            }
            for one in three
        ],
        "differences": differences(three),
    }


def figures(pictures: Sequence[Picture]) -> list[dict[str, Any]]:
    """Return the figures worth comparing, one row each."""
    warmings = [one.warming_block() for one in pictures]
    rows: list[dict[str, Any]] = [
        _row("median in 2100, °C", "warming", [w["at_2100"]["50"] for w in warmings]),
        _row("5 % in 2100, °C", "warming", [w["at_2100"]["5"] for w in warmings]),
        _row("95 % in 2100, °C", "warming", [w["at_2100"]["95"] for w in warmings]),
        _row("median peak, °C", "warming", [w["peak"]["50"] for w in warmings]),
        _row("chance of staying below 2 °C", "chance", [w["below"]["2"] for w in warmings]),
        _row("chance of staying below 1.5 °C", "chance", [w["below"]["1.5"] for w in warmings]),
        _row("year 1.5 °C is passed", "year", [w["crossing"]["1.5"]["50"] for w in warmings]),
        _row("year 2 °C is passed", "year", [w["crossing"]["2"]["50"] for w in warmings]),
    ]
    for year in (2030, 2035, 2050):
        values = [
            round(float(one.central[year - one.world.first_year]), 2)
            if year >= one.world.first_year
            else None
            for one in pictures
        ]
        rows.append(_row(f"world in {year}, GtCO₂e", "tonnes", values))
    for goal in ("1.5", "2"):
        gaps = [{g["goal"]: g["gt"] for g in one.gap()}.get(goal) for one in pictures]
        rows.append(_row(f"gap to {goal} °C in 2035, Gt", "tonnes", gaps))
    for word in ("broken", "kept", "open"):
        counts = [list(one.verdicts.values()).count(word) for one in pictures]
        rows.append(_row(f"red lines {word}", "lines", counts))
    return rows


def differences(pictures: Sequence[Picture]) -> list[dict[str, Any]]:
    """Return the rows and terms in which the deals differ."""
    names = dict.fromkeys(name for one in pictures for name in one.rows)
    found = []
    for name in names:
        values, party = [], ""
        for one in pictures:
            row = one.rows.get(name)
            values.append(None if row is None else row.commitment.says if row.counted else "out")
            party = row.commitment.party if row is not None else party
        if len(set(values)) > 1:
            found.append({"row": name, "party": party, "values": values})
    for key in dict.fromkeys(key for one in pictures for key in one.deal.terms):
        values = [_said(one.deal.terms.get(key)) for one in pictures]
        if len(set(values)) > 1:
            found.append({"row": key, "party": "", "values": values})
    return found


def _said(value: bool | float | str | None) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else value


def _row(label: str, kind: str, values: Sequence[Any]) -> dict[str, Any]:
    return {"label": label, "kind": kind, "values": list(values)}
