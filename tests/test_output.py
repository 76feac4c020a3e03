"""A command's file is there whole or not at all, and nothing else is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from accord.errors import OutputError
from accord.output import write_whole


def test_an_earlier_file_is_replaced_at_once(tmp_path: Path) -> None:
    place = tmp_path / "page.html"
    place.write_text("old", "utf-8")
    write_whole(place, "new · °C")
    assert place.read_text("utf-8") == "new · °C"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_folder_in_its_place_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(OutputError, match="choose another place"):
        write_whole(tmp_path / "page.html", "text")
    with pytest.raises(OutputError, match="cannot write"):
        write_whole(tmp_path / "nowhere" / "page.html", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_link_is_followed_and_one_in_a_circle_refused(tmp_path: Path) -> None:
    link, place = tmp_path / "link", tmp_path / "place"
    place.write_text("old", "utf-8")
    link.symlink_to(place)
    write_whole(link, "new")
    assert link.is_symlink()
    assert place.read_text("utf-8") == "new"
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OutputError):
        write_whole(tmp_path / "a", "text")


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()
