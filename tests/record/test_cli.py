"""The commands as a newcomer types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from accord.cli_record import read, record
from accord.errors import InputError, UnknownNameError

PASSAGES = Path(__file__).parent / "passages"


def run(command, *words, stdin=None):
    return CliRunner().invoke(command, [str(w) for w in words], input=stdin)


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "record.sqlite"
    result = run(
        read,
        PASSAGES / "wire-2003-russia.txt",
        PASSAGES / "bulletin-2012-doha.txt",
        "--store",
        path,
    )
    assert result.exit_code == 0
    return path


def test_entries_go_to_stdout_and_talk_to_stderr(tmp_path):
    result = run(
        read, PASSAGES / "wire-2003-russia.txt", "--store", tmp_path / "r.sqlite", "--json"
    )
    kinds = {json.loads(line)["kind"] for line in result.stdout.splitlines()}
    assert {"statement", "demand", "doc_date"} <= kinds
    assert "1 files: 1 read" in result.stderr


def test_standard_input_is_a_document_too(tmp_path):
    text = "Oslo, 3 May 2019\n\nNorway urged Sweden to sign the deal.\n"
    result = run(read, "-", "--store", tmp_path / "r.sqlite", "--json", stdin=text)
    assert '"kind": "demand"' in result.stdout


def test_the_exit_code_tells_what_could_not_be_read(tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    good = PASSAGES / "wire-2003-russia.txt"
    assert run(read, bad, "--store", tmp_path / "a.sqlite").exit_code == 2
    assert run(read, bad, good, "--store", tmp_path / "a.sqlite").exit_code == 3
    assert run(read, good, "--store", tmp_path / "a.sqlite").exit_code == 0


def test_an_export_is_a_line_per_entry_beside_its_text(tmp_path):
    run(
        read,
        PASSAGES / "wire-2003-russia.txt",
        "--store",
        tmp_path / "r.sqlite",
        "--export",
        tmp_path / "out",
    )
    text = (tmp_path / "out" / "wire-2003-russia.txt").read_bytes().decode("utf-8")
    for line in (
        (tmp_path / "out" / "wire-2003-russia.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        entry = json.loads(line)
        assert text[entry["start"] : entry["end"]] == entry["quote"]


def test_list_search_show_and_timeline_answer(store):
    assert "wire-2003-russia" in run(record, "list", "--store", store).stdout
    assert "fur coats" in run(record, "search", "fur", "--store", store).stdout
    shown = run(record, "show", "Moscow", "--store", store).stdout
    assert "Russia" in shown and "[bulletin-2012-doha:7]" in shown
    assert run(record, "timeline", "--store", store, "--json").exit_code == 0
    assert run(record, "changes", "Russia", "--store", store).exit_code == 0


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("show", "Atlantis"), UnknownNameError),
        (("search", "x", "--kind", "quotation"), UnknownNameError),
        (("show", "Russia", "--since", "yesterday"), InputError),
        (("suggest",), InputError),
    ],
)
def test_mistakes_are_one_line_with_what_would_be_right(store, words, error):
    result = run(record, *words, "--store", store)
    assert isinstance(result.exception, error)
    assert "\n" not in str(result.exception)


def test_control_characters_never_reach_the_terminal(tmp_path):
    text = (
        "Oslo, 3 May 2019\n\n“We \x1b[31mwill not sign\x1b[0m,” said Prime Minister Erna Solberg.\n"
    )
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    run(read, path, "--store", tmp_path / "r.sqlite")
    assert "\x1b" not in run(record, "show", "Norway", "--store", tmp_path / "r.sqlite").stdout
