"""Listing the bundled tables and fetching upstream files, over a server on this machine."""

from __future__ import annotations

import functools
import hashlib
import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.errors import NetworkError, OutputError, UnknownNameError
from accord.parties.editions import Edition, download, fetch, list_tables, list_upstream

CONTENT = b"year,gmst\n2024,1.523\n"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "upstream"
    folder.mkdir()
    (folder / "annual.csv").write_bytes(CONTENT)
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def edition(url: str, content: bytes = CONTENT) -> Edition:
    return Edition(
        name="some-edition",
        edition="2024",
        licence="CC BY 4.0",
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        url=url,
        about="A file of the test",
    )


def test_every_bundled_table_is_listed_with_source_licence_edition_and_date() -> None:
    rows = list_tables()
    assert {"co2_fossil", "gdp_ppp", "ssp_population"} <= {row["name"] for row in rows}
    for row in rows:
        assert all(row[key] for key in ("source", "licence", "edition", "date", "unit", "years"))
        assert row["parties"] >= 1


def test_an_edition_is_fetched_and_is_what_was_published(server: str, tmp_path: Path) -> None:
    found = download(edition(f"{server}/annual.csv"), tmp_path / "to")
    assert found == tmp_path / "to" / "some-edition.csv"
    assert found.read_bytes() == CONTENT


def test_an_edition_that_is_there_and_right_is_not_fetched_again(
    server: str, tmp_path: Path
) -> None:
    download(edition(f"{server}/annual.csv"), tmp_path / "to")
    again = download(edition("http://127.0.0.1:9/annual.csv"), tmp_path / "to")
    assert again.read_bytes() == CONTENT


def test_a_file_that_differs_from_the_published_one_is_thrown_away(
    server: str, tmp_path: Path
) -> None:
    with pytest.raises(NetworkError, match="sha256 differs"):
        download(edition(f"{server}/annual.csv", b"something else"), tmp_path / "to")
    assert not list((tmp_path / "to").glob("*.csv"))


def test_without_network_one_line_says_what_works_without(tmp_path: Path) -> None:
    with socket.socket() as taken:  # a port that nobody answers on
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/annual.csv"
        with pytest.raises(NetworkError, match=r"cannot reach 127\.0\.0\.1") as caught:
            download(edition(url), tmp_path)
    assert "bundled tables" in str(caught.value) and "\n" not in str(caught.value)


def test_a_file_that_moved_is_said_to_be_missing(server: str, tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match="answered 404"):
        download(edition(f"{server}/moved.csv"), tmp_path)


def test_a_folder_that_cannot_be_written_to_is_named(server: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OutputError, match="cannot write there"):
        download(edition(f"{server}/annual.csv"), tmp_path / "file")


def test_an_unknown_edition_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean igcc-gmst"):
        fetch("igcc-gmts")


def test_what_can_be_fetched_is_pinned_by_commit_and_checksum() -> None:
    for row in list_upstream():
        assert len(row["sha256"]) == 64 and row["bytes"] > 0
        assert any(len(part) == 40 for part in row["url"].split("/"))


UPSTREAM_COPIES = {
    "fair-calibration": "fair/calibrated_constrained_parameters_calibration1.4.1.csv",
    "fair-scenarios": "fair/extensions_1750-2500.csv",
    "igcc-gmst": "climate_obs/gmst_annual_1850_2024.csv",
    "igcc-concentrations": "climate_obs/ghg_concentrations.csv",
    "cr2021-emissions": "pledges/cr2021_global_totals.csv",
    "cr2021-warming": "pledges/cr2021_global_warming_stats.csv",
}


def test_the_checksums_are_those_of_the_files_we_worked_with(upstream: Path) -> None:
    for row in list_upstream():
        copy = (upstream / "data" / UPSTREAM_COPIES[row["name"]]).read_bytes()
        assert hashlib.sha256(copy).hexdigest() == row["sha256"]
