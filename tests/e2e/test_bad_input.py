"""A user's mistake: one line that says what would be right, exit code 2, nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

MISTAKES = [
    (["assess", "Chian: peak CO2 before 2030"], "CHN"),
    (["assess", "China: peek CO2 before 2030"], "peak"),
    (["assess", "USA: cut greenhouse gases 200% below 2005 by 2030"], "100"),
    (["assess", "USA: cut greenhouse gases 20% below 2035 by 2030"], "base"),
    (["assess", "China: reach carbon neutrality before 2020"], "2020"),
    (["assess", "China: peak CO2 before 2030", "--as-of", "yesterday"], "2010-03-01"),
    (["assess", "China: peak CO2 before 2030", "--as-of", "2031-01-01"], "edition"),
    (["assess", "China: peak CO2 before 2030", "--extension", "hold"], "hold-level"),
    (["assess", "Germany: cut greenhouse gases 65% below 1990 by 2030"], "EU27"),
    (["assess", "China: peak CO2 before 2030", "--case", "us-chna"], "us-china"),
    (["brief", "no-such-case"], "us-china"),
    (["case", "show", "--party", "Atlantis"], "party"),
    (["data", "fetch", "no-such-table"], "no-such-table"),
]


@pytest.mark.parametrize(("args", "hint"), MISTAKES, ids=[" ".join(a)[:60] for a, _ in MISTAKES])
def test_a_mistake_gets_one_line_and_exit_code_2(accord: Any, args: list[str], hint: str) -> None:
    run = accord(*args)
    assert run.returncode == 2, (run.stdout, run.stderr)
    assert "Traceback" not in run.stderr
    assert run.stdout == ""
    assert hint in run.stderr
    assert len(run.stderr.splitlines()) <= 6


def test_the_word_at_fault_is_marked(accord: Any) -> None:
    run = accord("assess", "China: peek CO2 before 2030")
    lines = run.stderr.splitlines()
    assert lines[-1].index("^") == lines[-2].index("peek")


def test_a_place_that_cannot_be_written_leaves_nothing(accord: Any, tmp_path: Path) -> None:
    run = accord("brief", "-o", "no/such/folder/brief.html")
    assert run.returncode == 2
    assert "brief.html" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_malformed_case_names_file_line_and_field(accord: Any, tmp_path: Path) -> None:
    accord("case", "new", "mine")
    file = tmp_path / "mine" / "commitments.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("says:", "sais:", 1), encoding="utf-8")
    run = accord("assess", "China: peak CO2 before 2030", "--case", "mine")
    assert run.returncode == 2
    assert "commitments.yaml:" in run.stderr
    assert "says" in run.stderr


def test_a_yaml_bomb_is_refused_quickly(accord: Any, tmp_path: Path) -> None:
    accord("case", "new", "mine")
    layers = "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12))
    (tmp_path / "mine" / "commitments.yaml").write_text(f"a0: &a0 [x]\n{layers}\n")
    run = accord("case", "check", "mine")
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_accord_alone_shows_where_to_start(accord: Any) -> None:
    run = accord()
    assert run.returncode == 0
    for command in (
        "accord brief",
        "accord assess",
        "accord standoff",
        "accord desk",
        "accord case new",
    ):
        assert command in run.stdout


def run_raw(arguments: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from accord.cli import main; main()", *arguments]
    return subprocess.run(command, timeout=60, check=False, stderr=subprocess.PIPE, **how)


@pytest.mark.parametrize("arguments", [["assess", "China: peak CO2 before 2030"], ["data", "list"]])
def test_a_full_disk_behind_standard_output_is_one_line(arguments: list[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("wb") as full:
        run = run_raw(arguments, stdout=full)
    assert run.returncode == 2
    assert run.stderr.decode().startswith("accord: cannot write to standard output")
    assert len(run.stderr.splitlines()) == 1


def test_a_reader_that_goes_away_is_no_fault() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    for arguments in (["case", "show"], ["data", "list", "--json"]):
        run = run_raw(arguments, stdout=theirs)
        assert (run.returncode, run.stderr) == (0, b"")
    os.close(theirs)


def test_results_in_a_pipe_are_utf_8_whatever_the_locale() -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    run = run_raw(["case", "show", "--party", "China"], stdout=subprocess.PIPE, env=env)
    assert run.returncode == 0
    assert "●" in run.stdout.decode("utf-8")


def test_phrases_from_standard_input_must_be_utf_8_and_some() -> None:
    text = b"China: peak CO2 before 2030\nIndia: \xff\n"
    run = run_raw(["assess", "-"], stdout=subprocess.PIPE, input=text)
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr == b"accord: standard input:2: the text is not UTF-8\n"
    run = run_raw(["assess", "-"], stdout=subprocess.PIPE, input=b"\n# nothing\n")
    assert run.returncode == 2
    assert run.stderr.startswith(b"accord: standard input holds no phrase")


def test_an_interrupted_answer_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from accord.cli import main; main()", "brief", "-o", "b.html"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
    time.sleep(0.4)
    process.send_signal(signal.SIGINT)
    _, talk = process.communicate(timeout=60)
    assert process.returncode == 130
    assert talk.strip() == b"interrupted"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [["asess"], ["assess"], ["assess", "--nope", "x"]])
def test_a_fault_in_the_command_line_is_one_line_that_names_the_help(
    accord: Any, arguments: list[str]
) -> None:
    run = accord(*arguments)
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith("accord: ")
    assert "--help" in run.stderr
