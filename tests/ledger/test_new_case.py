"""A starter case is valid, and is written whole or not at all."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest

from accord.errors import InputError, OutputError, UnknownNameError
from accord.ledger import check_case, load_case, new_case


@pytest.mark.parametrize(
    "title", ["EU and India", 'A: "b" #c', "yes", "2025", "x\ny", "日本", "- a"]
)
def test_a_new_case_is_valid_whatever_its_title(title: str, tmp_path: Path) -> None:
    folder = new_case(tmp_path / "talks", title, ("EU", "India", "Norway"))
    assert check_case(folder) == []
    case = load_case(folder)
    assert case.title == " ".join(title.split())
    assert case.parties == ("EU27", "IND", "NOR")
    own = [one for one in case.counted(case.today) if one.party in case.parties]
    assert [one.party for one in own] == ["EU27", "IND", "NOR"]
    assert not any(one.verified for one in own)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    with pytest.raises(OutputError, match="exists already"):
        new_case(tmp_path / "talks", "Talks", ("USA",))
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputError, match="exists already"):
        new_case(tmp_path / "link", "Talks", ("USA",))


def test_a_mistake_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownNameError):
        new_case(tmp_path / "talks", "Talks", ("Chna",))
    with pytest.raises(InputError):
        new_case(tmp_path / "talks", "Talks", ())
    with pytest.raises(InputError):
        new_case(tmp_path / "talks", "  ", ("USA",))
    with pytest.raises(OutputError, match="does not exist"):
        new_case(tmp_path / "no" / "talks", "Talks", ("USA",))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputError, match="No space left"):
        new_case(tmp_path / "talks", "Talks", ("USA",))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_leave_to_write_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The refusal is made here, because the superuser is let into every folder.
    def refused(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    with pytest.raises(OutputError, match="Permission denied"):
        new_case(tmp_path / "talks", "Talks", ("USA",))


def test_the_edition_may_be_given(tmp_path: Path) -> None:
    folder = new_case(tmp_path / "talks", "Talks", ("USA",), today=dt.date(2020, 5, 1))
    assert load_case(folder).today == dt.date(2020, 5, 1)
