"""Ten thousand commitments load in seconds, and twice as many in twice the time."""

import time
from pathlib import Path

import pytest

from accord.ledger import check_case, load_case

ENTRY = """\
- id: C-{n}
  says: "{party}: cut CO2 emissions per unit of GDP by {cut} to 65 percent below 2005 by 2030"
  instrument: Contribution {n}
  legal_form: NDC
  date: 2015-06-30
  statuses:
    - 2015-06-30 announced
    - 2016-09-03 in force
  evidence: [KEY]
  {supersedes}
  note: some words about it
"""


def seconds(folder: Path, count: int) -> float:
    folder.mkdir(exist_ok=True)
    (folder / "case.yaml").write_text("title: x\nparties: [USA]\ntoday: 2025-01-01\n", "utf-8")
    (folder / "sources.yaml").write_text("KEY: {title: t, publisher: p}\n", "utf-8")
    text = "".join(
        ENTRY.format(
            n=n,
            party=("China", "USA", "EU27")[n % 3],
            cut=n % 60,
            supersedes=f"supersedes: [C-{n - 3}]" if n >= 3 else "",
        )
        for n in range(count)
    )
    (folder / "commitments.yaml").write_text(text, "utf-8")
    begun = time.perf_counter()
    assert len(load_case(folder).commitments) == count
    return time.perf_counter() - begun


def test_loading_takes_time_in_proportion(tmp_path: Path) -> None:
    seconds(tmp_path / "warm", 50)
    small, large = seconds(tmp_path / "small", 500), seconds(tmp_path / "large", 2000)
    assert large < 4 * small * 2.5
    assert large < 2.5  # a tenth of it on an idle core


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("China: cut", "Chnia: cut"),
        ("supersedes: [C-", "supersedes: [X-"),
        ("[KEY]", "[KEI]"),
        ("below 2005", "belo 2005"),
    ],
)
def test_a_case_full_of_faults_is_answered_in_seconds(good: str, bad: str, tmp_path: Path) -> None:
    seconds(tmp_path, 1500)
    file = tmp_path / "commitments.yaml"
    text = file.read_text("utf-8").replace(good, bad)
    file.write_text(text, "utf-8")
    begun = time.perf_counter()
    problems = check_case(tmp_path)
    assert 100 < len(problems) <= 210
    assert time.perf_counter() - begun < 8
