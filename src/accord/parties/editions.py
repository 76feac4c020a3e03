"""Which editions the bundled figures come from, and how to fetch full upstream ones.

Everything that Accord computes runs on the bundled tables. Fetching is for who wants to check
them or to work on with the source; only files whose checksum we know can be fetched.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from accord.errors import NetworkError, OutputError, UnknownNameError
from accord.parties.rows import read_rows
from accord.parties.tables import VARIABLES, history, index, projection

TIMEOUT_S = 30
"""Seconds without an answer after which a server counts as out of reach."""


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """An upstream file at a fixed address, with the checksum it must have."""

    name: str
    edition: str
    licence: str
    bytes: int
    sha256: str
    url: str
    about: str


def list_tables() -> list[dict[str, Any]]:
    """Return one entry a bundled table, for ``accord data list``.

    Returns
    -------
    list of dict
        ``name``, ``title``, ``years`` (``"1850-2024"``), ``parties`` (how many), ``unit``,
        ``edition``, ``date``, ``licence``, ``source``, ``note``.
    """
    return [
        {"name": name, **_extent(name, about)}
        | {
            key: about[key]
            for key in ("title", "unit", "edition", "date", "licence", "source", "note")
        }
        for name, about in index().items()
    ]


def _extent(name: str, about: Any) -> dict[str, Any]:
    if "years" in about:
        return {"years": about["years"], "parties": int(about["parties"])}
    if name in VARIABLES:
        table = history(name)
        return {"years": f"{table.years[0]}-{table.years[-1]}", "parties": len(table.parties)}
    table = projection("gdp_ppp" if name == "ssp_gdp_ppp" else "population")
    return {"years": f"2020-{table.years[-1]}", "parties": len(table.parties) - len(table.filled)}


@cache
def _upstream() -> dict[str, Edition]:
    found = (msgspec.convert(row, Edition, strict=False) for row in read_rows("upstream.csv"))
    return {edition.name: edition for edition in found}


def list_upstream() -> list[dict[str, Any]]:
    """Return what :func:`fetch` can get: name, edition, licence, bytes, sha256, url, about."""
    return [msgspec.to_builtins(edition) for edition in _upstream().values()]


def fetch(name: str, to: Path | None = None) -> Path:
    """Download an upstream edition and check it; a file that is there and right is kept.

    Parameters
    ----------
    name
        One of the names of :func:`list_upstream`.
    to
        Folder; by default the user's cache folder for Accord.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UnknownNameError
        There is no such edition.
    NetworkError
        It cannot be reached, or what came is not what was published.
    OutputError
        The folder cannot be written to.
    """
    editions = _upstream()
    if name not in editions:
        raise UnknownNameError("upstream edition", name, editions)
    return download(editions[name], to)


def download(edition: Edition, to: Path | None = None) -> Path:
    """Download one edition; see :func:`fetch`."""
    import pooch
    import requests

    pooch.get_logger().setLevel("ERROR")
    folder = Path(to) if to is not None else Path(pooch.os_cache("accord"))
    kept = "everything else works on the bundled tables (accord data list)"
    try:
        found = pooch.retrieve(
            edition.url,
            known_hash=f"sha256:{edition.sha256}",
            fname=f"{edition.name}{Path(edition.url).suffix}",
            path=folder,
            downloader=pooch.HTTPDownloader(timeout=TIMEOUT_S),
        )
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else "an error"
        raise NetworkError(
            f"{edition.name}: {edition.url} answered {status}; try again later, {kept}"
        ) from error
    except requests.RequestException as error:
        raise NetworkError(
            f"{edition.name}: cannot reach {edition.url.split('/')[2]}; "
            f"connect to the network and repeat, {kept}"
        ) from error
    except ValueError as error:  # pooch's word for a checksum that differs
        raise NetworkError(
            f"{edition.name}: what {edition.url} sent is not the published file "
            f"(sha256 differs) and was thrown away; {kept}"
        ) from error
    except OSError as error:
        raise OutputError(f"{folder}: cannot write there ({error.strerror or error})") from error
    return Path(found)
