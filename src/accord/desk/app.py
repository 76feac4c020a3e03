"""The server of the desk: one page, one socket, a few downloads; nothing else on this machine.

The page's files are read once at the start; after that no path of a request ever touches the disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import gzip
import mimetypes
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response, WebSocket
from starlette.websockets import WebSocketDisconnect, WebSocketState

from accord.desk import message as said
from accord.desk.answers import answer, download
from accord.desk.conference import Conference
from accord.desk.counting import count
from accord.desk.deal import Deal
from accord.desk.ground import Grounds
from accord.desk.guard import Guard, Hosts, Pace
from accord.desk.live import Picture, frame
from accord.desk.rows import Sources, pledged_rows
from accord.desk.session import Session, Sessions, encoded, fault
from accord.desk.welcome import PER_SECOND, all_sources, welcome
from accord.errors import AccordError, InputError
from accord.ledger import Case

OPENING = 10.0
"""Seconds within which a page has to say hello."""
SOCKETS_MOST = 300
SLOW = 20.0
"""Seconds that a page may take to read a message before it is let go."""
UNBUILT = (
    "<!doctype html><meta charset=utf-8><title>Accord</title>"
    "<p>The page of the desk is not built in this checkout. In web/: npm ci, npm run build."
)


def create_app(
    case: Case,
    *,
    host: str = "127.0.0.1",
    conference: Conference | None = None,
    folder: Path | None = None,
    members: int = 841,
    draws: int = 40,
    static: Path | None = None,
) -> Any:
    """Return the application, guarded.

    Parameters
    ----------
    case
        The case on the desk.
    host
        Address it will listen on; decides by which names it may be called.
    conference
        A mock conference to be held here.
    folder
        Where saved cases are written; default: where the program runs.
    members, draws
        Sizes of the climate ensemble and of the words and economy.
    static
        Folder with the built page; default: the one in the package.
    """
    grounds = Grounds(case, members=members, draws=draws)
    sources = all_sources(grounds)
    sessions = Sessions(grounds, sources)
    files = _files(static)
    room = conference
    if room is not None:
        room.open(sessions)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        warm = asyncio.get_running_loop().run_in_executor(sessions.pool, _warm, grounds)
        tasks = [asyncio.create_task(count(grounds, sessions.tell_rounds))]
        if room is not None:
            tasks.append(asyncio.create_task(room.keep_time()))
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        warm.cancel()
        sessions.close()

    app = FastAPI(title="Accord desk", openapi_url=None, docs_url=None, redoc_url=None,
                  lifespan=life)  # fmt: skip
    app.state.sessions, app.state.conference = sessions, room
    sockets: set[WebSocket] = set()
    opening = welcome(grounds, sources)

    @app.get("/healthz")
    async def healthz() -> Response:
        return Response("ok", media_type="text/plain")

    @app.get("/export/{kind}")
    async def export(kind: str, session: str = "") -> Response:
        found = sessions.find(session)
        if found is None or (room is not None and room.seat_of(found.id) is None):
            return Response("This download needs the session of an open desk.", status_code=403,
                            media_type="text/plain")  # fmt: skip
        try:
            name, media, text = await download(found, kind, room)
        except AccordError as error:
            return Response(str(error), status_code=404, media_type="text/plain; charset=utf-8")
        headers = {
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "no-store",
            "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        }
        return Response(text.encode("utf-8"), media_type=media, headers=headers)

    @app.websocket("/ws")
    async def ws(socket: WebSocket) -> None:
        if len(sockets) >= SOCKETS_MOST:
            await socket.close(1013, "too many pages are open")
            return
        await socket.accept()
        sockets.add(socket)
        try:
            await _serve(socket, sessions, opening, room, folder or Path.cwd())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            sockets.discard(socket)

    @app.get("/{path:path}")
    async def page(path: str, request: Request) -> Response:
        found = files.get(path or "index.html")
        if found is None:
            return Response("not here", status_code=404, media_type="text/plain")
        body, packed, media = found
        fixed = path.startswith("assets/")
        headers = {"cache-control": "max-age=31536000, immutable" if fixed else "no-cache",
                   "vary": "accept-encoding"}  # fmt: skip
        if "gzip" in request.headers.get("accept-encoding", "") and len(packed) < len(body):
            return Response(packed, media_type=media, headers={**headers,
                            "content-encoding": "gzip"})  # fmt: skip
        return Response(body, media_type=media, headers=headers)

    return Guard(app, Hosts(host))


def _files(static: Path | None) -> Mapping[str, tuple[bytes, bytes, str]]:
    """Read the page's files: by path, as they are and packed, with their type."""
    root = static or Path(str(resources.files("accord").joinpath("desk", "static")))
    found: dict[str, tuple[bytes, bytes, str]] = {}
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            body = path.read_bytes()
            media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            if path.suffix in {".js", ".mjs"}:
                media = "text/javascript"
            if media.startswith("text/"):
                media += "; charset=utf-8"
            found[path.relative_to(root).as_posix()] = (body, gzip.compress(body, 6), media)
    if "index.html" not in found:
        body = UNBUILT.encode()
        found["index.html"] = (body, gzip.compress(body), "text/html; charset=utf-8")
    return found


def _warm(grounds: Grounds) -> None:
    """Make the ground of today, draw one frame, and take what stays out of the collector's way.

    A full collection walks every commitment of the case and costs a tenth of a second, which a
    drag would feel. What is made here lives as long as the server.
    """
    ground = grounds.of("", {})
    row = next((r for r in pledged_rows(ground).values() if r.counted), None)
    deal = Deal(counted={row.id: False}) if row is not None else Deal()
    frame(Picture.of(ground, deal), (None, None), Sources(), seq=0, rev=0)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 1_000)


async def _serve(
    socket: WebSocket,
    sessions: Sessions,
    opening: Mapping[str, Any],
    room: Conference | None,
    folder: Path,
) -> None:
    """Serve one page from hello to goodbye."""
    writing = asyncio.Lock()

    async def send(block: Mapping[str, Any]) -> None:
        if socket.client_state is not WebSocketState.CONNECTED:
            return
        text = encoded(block)
        async with writing:
            try:
                await asyncio.wait_for(socket.send_text(text), SLOW)
            except (TimeoutError, RuntimeError, WebSocketDisconnect):
                with contextlib.suppress(RuntimeError):
                    await socket.close(1008, "the page reads too slowly")

    async def close(reason: str, code: int = 1008) -> None:
        await send({"type": "closing", "reason": reason})
        with contextlib.suppress(RuntimeError):
            await socket.close(code, reason[:100])

    session = await _hello(socket, sessions, opening, room, send, close)
    if session is None:
        return
    address = socket.client.host if socket.client else "?"
    pace = Pace(PER_SECOND, 2 * PER_SECOND)
    waiting: set[asyncio.Task[None]] = set()
    if room is None:
        session.attach(send)
    else:
        await room.arrive(session, send)
    try:
        while True:
            text = await _receive(socket)
            if not pace.allows():
                await close("too many messages; the page has to be opened again")
                return
            try:
                one = said.read(text)
            except InputError as error:
                await send(fault(error, None))
                continue
            if session.send is not send and (room is None or session.send is not None):
                await close("this desk was opened in another tab")
                return
            match one:
                case said.Ping():
                    await send({"type": "pong"})
                case said.Hello():
                    continue
                case said.Ask() | said.Bridge():
                    if len(waiting) >= 8:
                        await send(_failed(one, "one question after the other, please"))
                        continue
                    task = asyncio.create_task(_reply(one, session, send, folder, room))
                    waiting.add(task)
                    task.add_done_callback(waiting.discard)
                case said.Join() | said.TableIt() | said.CastVote() | said.Chair():
                    if room is None:
                        await send(fault(InputError("no mock conference is held here"), one))
                    else:
                        await room.hear(one, session, send, address)
                case _ if room is not None and room.seat_of(session.id) is None:
                    await send(fault(InputError("take a seat first"), one))
                case _:
                    await session.change(one)
    finally:
        for task in waiting:
            task.cancel()
        if session.send is send:
            session.detach()
            if room is not None:
                await room.leave(session)


async def _receive(socket: WebSocket) -> str | bytes:
    received = await socket.receive()
    if received["type"] != "websocket.receive":
        raise WebSocketDisconnect(received.get("code", 1000))
    return received.get("text") or received.get("bytes") or ""


async def _hello(  # noqa: PLR0917 - what a page needs to be let in
    socket: WebSocket,
    sessions: Sessions,
    opening: Mapping[str, Any],
    room: Conference | None,
    send: Any,
    close: Any,
) -> Session | None:
    """Wait for hello; return the session, a new one or the one from before."""
    try:
        hello = said.read(await asyncio.wait_for(_receive(socket), OPENING))
    except TimeoutError:
        await close("no hello within ten seconds")
        return None
    except InputError as error:
        await close(str(error))
        return None
    if not isinstance(hello, said.Hello) or hello.protocol != 1:
        await close("this server speaks protocol 1; load the page again")
        return None
    session = sessions.find(hello.session)
    restored, unread = session is not None, None
    if session is None:
        try:
            session = sessions.begin(hello.token)
        except InputError as error:
            session, unread = sessions.begin(), error
    elif session.send is not None:
        await session.send({"type": "closing", "reason": "this desk was opened in another tab"})
        session.detach()
    block = {**opening, "session": session.id, "restored": restored,
             "mode": "desk" if room is None else "conference"}  # fmt: skip
    if room is not None:
        block["room"] = room.door()
        block["edition"] = room.edition
    await send(block)
    if unread is not None:
        await send(fault(unread, said.Open(token="")))
    return session


async def _reply(
    question: said.Ask | said.Bridge,
    session: Session,
    send: Any,
    folder: Path,
    room: Conference | None,
) -> None:
    """Answer a question; whatever happens, exactly once."""
    try:
        if room is not None and room.seat_of(session.id) is None:
            raise InputError("take a seat first")
        if isinstance(question, said.Bridge):
            if room is None:
                raise InputError("no mock conference is held here")
            found = await room.bridge(session)
        else:
            found = await answer(question, session, folder, room)
    except AccordError as error:
        await send(_failed(question, str(error)[:1000]))
        return
    except OSError as error:
        await send(_failed(question, f"this could not be read: {error.strerror or 'no reason'}"))
        return
    await send({"type": "answer", "id": question.id, "what": _what(question), **found})


def _failed(question: said.Ask | said.Bridge, words: str) -> dict[str, Any]:
    return {"type": "answer", "id": question.id, "what": _what(question), "failed": words}


def _what(question: said.Ask | said.Bridge) -> str:
    return question.what if isinstance(question, said.Ask) else "bridge"
