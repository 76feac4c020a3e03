"""Questions of a page and its downloads: which part of the desk answers each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from accord.desk import message as said
from accord.desk import solver
from accord.desk.compare import compare
from accord.desk.deal import deal_of
from accord.desk.grid import SCALE, grid, to_csv
from accord.desk.live import Picture
from accord.desk.promises import promises, promises_csv
from accord.desk.record import document, record
from accord.desk.saving import assessed, deal_json, deal_markdown, save
from accord.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from accord.desk.conference import Conference
    from accord.desk.session import Session

Answer = TypeVar("Answer")

JSON, CSV, MARKDOWN, PAGE = "application/json", "text/csv", "text/markdown", "text/html"


async def answer(
    question: said.Ask, session: Session, folder: Path, room: Conference | None = None
) -> dict[str, Any]:
    """Answer a question that changes nothing on the desk.

    Parameters
    ----------
    question, session
        Who asks what.
    folder
        Where cases are saved.
    room
        The conference, if one is held: only its chair may save.

    Raises
    ------
    AccordError
        It cannot be answered; the message says why.
    """
    picture, sources = await session.now(), session.sources
    match question.what:
        case "grid":
            rows = await _in_pool(session, grid, picture, sources)
            return {"rows": rows, "scale": list(SCALE)}
        case "record":
            return await _in_pool(
                session, record, picture.ground, sources, question.query, question.party,
                question.kind,
            )  # fmt: skip
        case "document":
            return await _in_pool(session, document, picture.ground, question.document)
        case "promises":
            return {"promises": await _in_pool(session, promises, picture.ground, sources)}
        case "compare":
            deal = deal_of(question.token)

            def beside() -> dict[str, Any]:
                other = Picture.of(session.grounds.of(deal.as_of, deal.switches), deal)
                return compare(picture, other)

            return await _in_pool(session, beside)
        case "row":
            return _row(picture, question.row, session)
        case "save":
            if room is not None and not room.is_chair(session.id):
                raise InputError("only the chair saves a case in a conference")
            path = await _in_pool(session, save, picture, question.name, folder)
            return {"path": path.name}
    raise InputError(f"nothing answers {question.what}")


def _row(picture: Picture, name: str, session: Session) -> dict[str, Any]:
    row = picture.rows.get(name)
    if row is None:
        raise UnknownNameError("row", name[:80], picture.rows)
    block = picture.row_block(row, session.sources)
    if not block["reading"]:
        from accord.pathways import quantify

        done = quantify(row.commitment, picture.ground.convention)
        block["reading"] = done.reading
        if done.central is not None and done.low is not None and done.high is not None:
            block["tonnes"] = {"low": round(done.low / 1000, 3),
                               "central": round(done.central / 1000, 3),
                               "high": round(done.high / 1000, 3)}  # fmt: skip
    one = row.was or row.commitment
    return {
        "row": block,
        "evidence": [
            {"title": c.title, "publisher": c.publisher,
             "date": c.date.isoformat() if c.date else None, "url": c.url}
            for c in one.evidence
        ],
        "statuses": [
            {"since": s.since.isoformat(), "word": s.word, "note": s.note}
            for s in one.statuses
            if s.since <= picture.ground.day
        ],
    }  # fmt: skip


async def download(
    session: Session, kind: str, room: Conference | None = None
) -> tuple[str, str, str]:
    """Return a download: name, media type, text.

    Raises
    ------
    AccordError
        There is no such download.
    """
    picture = await session.now()
    stem = f"{picture.ground.case.name}-{picture.ground.day.isoformat()}"
    made: dict[str, tuple[str, Callable[[], str]]] = {
        "brief.html": (PAGE, lambda: solver.ask(_brief, picture)),
        "iamc.csv": (CSV, lambda: _iamc(picture)),
        "deal.json": (JSON, lambda: _json(deal_json(picture))),
        "deal.md": (MARKDOWN, lambda: deal_markdown(picture)),
        "grid.csv": (CSV, lambda: to_csv(grid(picture, session.sources))),
        "grid.json": (JSON, lambda: _json(grid(picture, session.sources))),
        "promises.csv": (CSV, lambda: promises_csv(picture.ground)),
    }
    if room is not None:
        made["outcome.json"] = (JSON, lambda: _json(room.outcome()))
        made["outcome.md"] = (MARKDOWN, room.outcome_markdown)
    if kind not in made:
        raise UnknownNameError("download", kind[:40], made)
    media, work = made[kind]
    return f"{stem}-{kind}", f"{media}; charset=utf-8", await _in_pool(session, work)


def _brief(picture: Picture) -> str:
    from accord.brief import write_brief

    result, case = assessed(picture, whole=True)
    return write_brief(result, case, to=None)


def _iamc(picture: Picture) -> str:
    from accord.assessment.export import iamc_text

    return iamc_text(assessed(picture)[0])


def _json(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode()


async def _in_pool(session: Session, work: Callable[..., Answer], *args: Any) -> Answer:
    return await asyncio.get_running_loop().run_in_executor(session.pool, lambda: work(*args))
