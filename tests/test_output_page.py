"""The page on outputs names what the outputs hold, no more and no less."""

from __future__ import annotations

import re
from pathlib import Path

import accord

PAGE = (Path(__file__).parents[1] / "docs" / "output.md").read_text(encoding="utf-8")


def test_the_page_names_every_key_of_the_json() -> None:
    answer = accord.assess("China: peak CO2 before 2030", members=400, draws=2).to_json()
    table = PAGE.split("<!-- keys -->")[1].split("<!-- end -->")[0]
    first = "".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", first)) == set(answer)
    said = set(re.findall(r"`(\w+)`", PAGE))
    china = answer["parties"]["CHN"]
    for part in (
        answer["convention"],
        answer["warming"],
        china,
        china["history"],
        china["commitments"][0],
    ):
        assert set(part) <= said, set(part) - said


def test_the_page_names_every_array_of_the_dataset() -> None:
    data = accord.assess("USA: net zero GHG by 2050", members=400, draws=2).to_dataset()
    assert {str(name) for name in data} <= set(re.findall(r"`(\w+)`", PAGE))
