"""A starter case: small, commented and valid, to be edited."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from accord.errors import InputError, OutputError
from accord.ledger.commitments_file import scalar

_CASE = """\
# One negotiation. Every field is explained in docs/case-format.md.
title: {title}
parties: [{parties}]
today: {today}          # the edition of this case: nothing after this day is in it
others: us-china           # all parties not spoken of here keep their commitments of that case

# Meetings that an analysis can be asked "as of": accord case show . --as-of first-round
rounds:
  - id: first-round
    name: First round
    place: ""
    start: {today}
    outcome: ""

# How numbers are read unless asked otherwise. Remove a line to take the default.
convention:
  extension: hold-rate  # or hold-level, hold-intensity, reference
  conditional: false    # whether pledges made on a condition count
  scenario: SSP2
"""

_COMMITMENTS = """\
# Who undertakes what. One entry each; the phrases are explained in docs/pledge-language.md.
# These are examples of yours to replace, not anybody's pledge: "legal_form: assumption" says so.
"""

_COMMITMENT = """
- id: {code}-1
  says: "{name}: cut greenhouse gases by 40% below 2010 by {year}"
  instrument: Example to be replaced
  legal_form: assumption
  date: {today}
  statuses:
    - {today} announced
  evidence: [EXAMPLE]
  verified: false
"""

_SOURCES = """\
# Documents cited more than once, by a short key; other citations can be written out where used.
EXAMPLE:
  title: Title of the document
  publisher: Who published it
  date: {today}
"""


def new_case(
    path: str | Path, title: str, parties: Sequence[str], today: dt.date | None = None
) -> Path:
    """Write a small valid case and return its folder.

    Parameters
    ----------
    path
        Folder to be made; its parent must exist.
    title
        One line.
    parties
        Names or codes of the protagonists.
    today
        Date of the edition; the day of writing, if none is given.

    Raises
    ------
    InputError
        No party is given, or one is not known.
    OutputError
        The folder exists already, or cannot be written; nothing is left half-written.
    """
    from accord.parties import PARTIES, party

    folder = Path(path)
    day = today or dt.date.today()
    if not title.strip():
        raise InputError("a case needs a title")
    codes = list(dict.fromkeys(party(name).code for name in parties))
    if not codes:
        raise InputError("a case needs at least one party, for example USA")
    if folder.exists() or folder.is_symlink():
        raise OutputError(f"{folder}: exists already; name a folder that does not")
    blanks = {
        "title": scalar(" ".join(title.split())),
        "parties": ", ".join(scalar(code) for code in codes),
        "today": day.isoformat(),
    }
    commitments = _COMMITMENTS + "".join(
        _COMMITMENT.format(
            code=code, name=PARTIES[code].name, today=day.isoformat(), year=(day.year // 5 + 2) * 5
        )
        for code in codes
    )
    texts = {
        "case.yaml": _CASE.format(**blanks),
        "commitments.yaml": commitments,
        "sources.yaml": _SOURCES.format(**blanks),
    }
    _write(folder, texts)
    return folder


def _write(folder: Path, texts: dict[str, str]) -> None:
    """Write all files beside the folder and then give it its name: all of it, or nothing."""
    parent = folder.absolute().parent
    if not parent.is_dir():
        raise OutputError(f"{folder}: the folder {parent} does not exist")
    draft: Path | None = None
    try:
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=parent))
        for name, text in texts.items():
            (draft / name).write_text(text, encoding="utf-8")
        draft.chmod(0o777 & ~_umask())
        draft.rename(folder)
    except OSError as problem:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
        raise OutputError(f"{folder}: cannot be written: {problem.strerror}") from None


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
