"""Small cases on disk, as a user would write them."""

from __future__ import annotations

from pathlib import Path

CASE = """\
title: Methane and renewables
parties: [Norway, Chile]
today: 2026-11-21
"""

PROMISES = """\
- id: NO-CH4
  says: "Norway: cut methane by 30% below 2020 by 2030"
  instrument: Pledge of its own
  legal_form: announcement
  date: 2021-11-02
  evidence: [PLEDGE]
- id: CL-RE
  says: "Chile: get 60% of electricity from renewable sources by 2025"
  instrument: Plan
  legal_form: domestic target
  date: 2018-01-15
  evidence: [PLEDGE]
- id: CL-GW
  says: "Chile: install 20 GW of wind and solar by 2030"
  instrument: Plan
  legal_form: domestic target
  date: 2022-01-15
  evidence: [PLEDGE]
- id: NO-FIN
  says: "Norway: provide $10 billion in climate finance over 2021-2025"
  instrument: Budget
  legal_form: announcement
  date: 2020-12-01
  evidence: [PLEDGE]
- id: CL-PEAK
  says: "Chile: peak greenhouse gases by 2025"
  instrument: Plan
  legal_form: domestic target
  date: 2020-01-01
  evidence: [PLEDGE]
"""

SOURCES = """\
PLEDGE:
  title: The pledge
  publisher: The party
  date: 2021-11-02
"""

HEAD = "promise,source,component,from,to,published,amount,unit,price_year,evidence,verified,note\n"


def write_case(folder: Path, rows: str = "", **files: str) -> Path:
    """Write a case with deliveries ``rows`` and further ``files`` by stem."""
    folder.mkdir(exist_ok=True)
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    (folder / "commitments.yaml").write_text(PROMISES, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    if rows:
        (folder / "deliveries.csv").write_text(HEAD + rows, encoding="utf-8")
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return folder
