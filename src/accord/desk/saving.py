"""What leaves the desk: a case on disk, a brief, tables and the deal as data."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from accord.desk.deal import token_of
from accord.desk.live import Picture
from accord.errors import InputError, OutputError
from accord.ledger import Case
from accord.ledger.commitment import Commitment

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def case_of(picture: Picture) -> Case:
    """Return the case with the deal's commitments in the place of its own."""
    rows = picture.rows
    now: list[Commitment] = []
    for one in picture.ground.case.commitments:
        if one.id in picture.deal.removed:
            continue
        row = rows.get(one.id)
        if row is None:
            now.append(one)
        elif row.counted or row.was is None:
            now.append(_dated(row.commitment, one))
        else:
            now.append(_out(one, picture))
    now += [row.commitment for row in rows.values() if row.was is None]
    return msgspec.structs.replace(
        picture.ground.case,
        title=f"{picture.ground.case.title}, as changed on the desk",
        commitments=tuple(now),
    )


def _dated(commitment: Commitment, was: Commitment) -> Commitment:
    """Keep what the case says of a row's fate, unless the desk counts it by hand."""
    if commitment.statuses == was.statuses and commitment.pledge != was.pledge:
        return msgspec.structs.replace(commitment, note="Words changed on the desk.")
    return commitment


def _out(one: Commitment, picture: Picture) -> Commitment:
    from accord.ledger.commitment import Status

    day = picture.ground.day
    if not one.counts(day):
        return one
    gone = Status(since=max(day, one.date), word="withdrawn", note="taken out on the desk")
    kept = tuple(status for status in one.statuses if status.since < gone.since)
    return msgspec.structs.replace(one, statuses=(*(kept or one.statuses[:1]), gone))


def save(picture: Picture, name: str, folder: Path) -> Path:
    """Write the deal as a case of its own.

    Parameters
    ----------
    picture
        The deal.
    name
        Name of the new folder: small letters, digits, hyphens.
    folder
        Where it is made.

    Raises
    ------
    InputError
        The name cannot be used, or is taken.
    OutputError
        It cannot be written; nothing is left there.
    """
    from accord.ledger import dump_commitments, load_case

    if not NAME.fullmatch(name):
        raise InputError("a name has small letters, digits and hyphens, at most 60: my-deal")
    target = folder / name
    if target.exists():
        raise InputError(f"{name} is there already; choose another name")
    case = case_of(picture)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{name}.", dir=folder) as made:
            new = Path(made) / name
            new.mkdir()
            for file in sorted(case.path.glob("*.yaml")) + sorted(case.path.glob("*.csv")):
                if file.is_file() and not file.name.startswith("commitments"):
                    shutil.copyfile(file, new / file.name)
            _retitle(new / "case.yaml", case.title, picture)
            (new / "commitments.yaml").write_text(
                dump_commitments(case.commitments, case.sources), encoding="utf-8"
            )
            (new / "deal.json").write_text(
                msgspec.json.format(msgspec.json.encode(deal_json(picture)), indent=1).decode(),
                encoding="utf-8",
            )
            load_case(new)
            new.rename(target)
    except OSError as error:
        raise OutputError(f"cannot write {name}: {error.strerror or error}") from error
    return target


def _retitle(path: Path, title: str, picture: Picture) -> None:
    """Put the new title and the convention of the desk into the head of a case."""
    import json

    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r"(?m)^title:.*(\n[ \t]+.*)*", lambda _: f"title: {json.dumps(title)}", text, count=1
    )
    for name, value in picture.deal.switches.items():
        said = str(value).lower() if isinstance(value, bool) else value
        pattern = rf"(?m)^(  {name}:).*$"
        if re.search(pattern, text):
            text = re.sub(pattern, lambda m, said=said: f"{m[1]} {said}", text, count=1)  # type: ignore[misc]
    path.write_text(text, encoding="utf-8")


def deal_json(picture: Picture) -> dict[str, Any]:
    """Return the deal as plain data: what differs, and what it means."""
    rows = [
        {
            "id": row.id,
            "party": row.commitment.party,
            "says": row.commitment.says,
            "was": row.was.says if row.was else None,
            "counted": row.counted,
        }
        for row in picture.rows.values()
        if row.changed or row.id in picture.deal.counted
    ]
    return {
        "case": picture.ground.case.name,
        "as_of": picture.ground.day.isoformat(),
        "convention": picture.ground.convention.words(),
        "token": token_of(picture.deal),
        "rows": rows,
        "removed": list(picture.deal.removed),
        "terms": dict(picture.deal.terms),
        "gave_up": list(picture.deal.gave_up),
        "warming": picture.warming_block(),
        "world": picture.world_block(),
        "gap": picture.gap(),
        "red_lines": picture.verdicts,
    }


def deal_markdown(picture: Picture) -> str:
    """Return the deal as a page of text."""
    summary = picture.summary()
    data = deal_json(picture)
    lines = [
        f"# {_plain(picture.ground.case.title)}",
        "",
        f"Read as: {data['convention']}.",
        "",
        *(f"- {one}" for one in summary.values()),
        "",
        "## What differs from the pledges",
        "",
        *(
            f"- {_plain(row['says'])}"
            + (f" (was: {_plain(row['was'])})" if row["was"] else " (new)")
            + ("" if row["counted"] else " – out")
            for row in data["rows"]
        ),
        *(f"- taken out: {_plain(name)}" for name in data["removed"]),
        *(f"- {_plain(key)}: {_plain(str(value))}" for key, value in data["terms"].items()),
    ]
    if not (data["rows"] or data["removed"] or data["terms"]):
        lines.append("- nothing")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Return text that Markdown takes as it is."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))


def assessed(picture: Picture, *, whole: bool = False) -> tuple[Any, Case]:
    """Return the whole answer on the deal, as ``accord brief`` and ``accord assess`` give it."""
    from accord.assessment.chain import assess

    case = case_of(picture)
    switches: dict[str, Any] = dict(picture.deal.switches)
    answer = assess(
        case=case,
        as_of=picture.ground.day,
        spread=whole,
        rules=whole,
        **switches,
    )
    return answer, case
