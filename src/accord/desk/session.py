"""Sessions: one a tab, kept on the server; newest value wins.

Changes are taken into the deal as they come. Frames are computed one at a time, each of the newest
state, so a slow moment drops pictures and never falls behind; the standoff follows when changes
pause.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import msgspec

from accord.desk import message as said
from accord.desk import solver
from accord.desk.change import Effect, carry_out, effect_of, known_lines, named
from accord.desk.deal import Course, deal_of
from accord.desk.ground import Ground, Grounds
from accord.desk.live import Picture, blocks_of, frame
from accord.desk.rows import Sources
from accord.desk.scene import scene
from accord.desk.standoff import applied, standoff_block
from accord.errors import AccordError, PhraseError

Sender: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[None]]

PAUSE = 0.15
"""Seconds without a change before the standoff is asked again."""
IDLE = 12 * 3600.0
SESSIONS_MOST = 400


class Session:
    """One tab's deal, whether or not its page is connected now.

    Parameters
    ----------
    grounds
        Of the case.
    pool
        Threads that compute.
    sources
        Numbers of the documents.
    token
        A deal to begin with.

    Raises
    ------
    InputError
        For a token that cannot be read.
    """

    def __init__(
        self,
        grounds: Grounds,
        pool: ThreadPoolExecutor,
        sources: Sources,
        token: str | None = None,
    ) -> None:
        self.id = secrets.token_urlsafe(18)
        self.grounds, self.pool, self.sources = grounds, pool, sources
        self.course = Course(deal_of(token) if token else None)
        self.ground: Ground | None = None
        self.picture: Picture | None = None
        self.last: dict[str, Any] = {}
        self.seq = self.rev = 0
        self.seen = time.monotonic()
        self.send: Sender | None = None
        self.hide: Callable[[dict[str, Any]], dict[str, Any]] = lambda block: block
        self.after_frame: Callable[[Session], Awaitable[None]] | None = None
        self._effect = Effect(table=True, scene=True)
        self._dirty = asyncio.Event()
        self._paused = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._changing = asyncio.Lock()

    # The page ------------------------------------------------------------------------------------

    def attach(self, send: Sender) -> None:
        """Connect a page: it gets everything from here on, first the whole state."""
        self.detach()
        self.send = send
        self.seen = time.monotonic()
        self.seq = 0  # a page counts its changes from one again
        self._effect = Effect(table=True, scene=True)
        self._dirty.set()
        self._tasks = [
            asyncio.create_task(self._frames()),
            asyncio.create_task(self._standoffs()),
        ]

    def detach(self) -> None:
        """Let the page go; the deal stays."""
        self.send = None
        self.seen = time.monotonic()
        for task in self._tasks:
            task.cancel()
        self._tasks = []

    async def tell(self, block: Mapping[str, Any]) -> None:
        """Send a message, if a page is there."""
        if self.send is not None:
            await self.send(block)

    # Changes -------------------------------------------------------------------------------------

    async def change(self, change: said.Message) -> None:
        """Take a change into the deal; a frame follows whether it could be or not."""
        self.seen = self.grounds.changed = time.monotonic()
        async with self._changing:
            self.seq = max(self.seq, change.seq)
            before = self.course.deal
            try:
                ground = await self._on_ground()
                if isinstance(change, said.Apply):
                    give_up = known_lines(ground, change.give_up)
                    picture = Picture.of(ground, self.course.deal)
                    deal = await self._ask(applied, picture, give_up)
                    self.course.step(deal, f"gave up {', '.join(give_up)}")
                elif _needs_solver(change):
                    await self._compute(carry_out, change, self.course, self.grounds, ground)
                else:
                    carry_out(change, self.course, self.grounds, ground)
                effect = effect_of(before, self.course.deal)
                effect.rows |= named(change)
                self.rev += 1
                if effect.scene:
                    self.ground = None
                self._effect.add(effect)
            except AccordError as error:
                await self.tell(fault(error, change))
            self._dirty.set()

    def restart(self, token: str | None = None) -> None:
        """Begin again from the case, or from a token."""
        self.course = Course(deal_of(token) if token else None)
        self.ground, self.rev = None, self.rev + 1
        self._effect = Effect(table=True, scene=True)
        self._dirty.set()

    async def _on_ground(self) -> Ground:
        if self.ground is None:
            deal = self.course.deal
            if not self.grounds.has(deal.as_of, deal.switches):
                await self.tell({"type": "progress", "what": "adding up the pledges of that day",
                                 "done": None})  # fmt: skip
            try:
                self.ground = await self._compute(self.grounds.of, deal.as_of, deal.switches)
            except AccordError as error:  # a link from another case or edition
                await self.tell(fault(error, None))
                self.course.step(deal.with_(as_of="", switches={}), "as of today")
                self.ground = await self._compute(self.grounds.of, "", {})
        return self.ground

    async def now(self) -> Picture:
        """Return the picture of the newest state."""
        return Picture.of(await self._on_ground(), self.course.deal)

    # Frames --------------------------------------------------------------------------------------

    async def _frames(self) -> None:
        while True:
            await self._dirty.wait()
            async with self._changing:
                self._dirty.clear()
                began = time.perf_counter()
                ground = await self._on_ground()
                effect, self._effect = self._effect, Effect()
                seq, rev, deal = self.seq, self.rev, self.course.deal
                undo, redo = self.course.undo_words, self.course.redo_words
            same = self.picture is not None and (self.picture.ground, self.picture.deal) == (
                ground,
                deal,
            )
            if same and self.last and not (effect.table or effect.scene):
                # The end of a drag, or a value set to what it was: nothing has to be computed.
                messages = [self._again(seq, rev, (undo, redo), effect.rows)]
            else:
                messages = await self._compute(
                    self._draw, ground, Picture.of(ground, deal), effect, seq, rev, (undo, redo),
                    began,
                )  # fmt: skip
            for one in messages:
                await self.tell(one)
            self._paused.set()
            if self.after_frame is not None:
                await self.after_frame(self)

    def _again(
        self, seq: int, rev: int, steps: tuple[str | None, str | None], rows: set[str]
    ) -> dict[str, Any]:
        """Return the last frame under a new number."""
        assert self.picture is not None
        self.last = {
            **self.last,
            "seq": seq,
            "rev": rev,
            "ms": 0.0,
            "undo": steps[0],
            "redo": steps[1],
            **blocks_of(self.picture, self.sources, frozenset(rows)),
        }
        return self.last

    def _draw(  # noqa: PLR0917 - a snapshot of the session
        self,
        ground: Ground,
        picture: Picture,
        effect: Effect,
        seq: int,
        rev: int,
        steps: tuple[str | None, str | None],
        began: float,
    ) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        if effect.scene:
            found.append(scene(ground))
        if effect.table:
            found.append(picture.table(self.sources))
        found += [fault(error, None) for error in picture.faults if effect.scene or effect.table]
        found.append(
            frame(
                picture,
                steps,
                self.sources,
                seq=seq,
                rev=rev,
                touched=frozenset() if effect.table else frozenset(effect.rows),
                began=began,
            )
        )
        self.picture, self.last = picture, found[-1]
        return found

    async def _standoffs(self) -> None:
        while True:
            await self._paused.wait()
            self._paused.clear()
            while True:  # wait until changes pause
                try:
                    await asyncio.wait_for(self._paused.wait(), PAUSE)
                    self._paused.clear()
                except TimeoutError:
                    break
            picture, rev = self.picture, self.rev
            if picture is None or picture.deal != self.course.deal:
                continue
            counts = dict(self.grounds.quarrels)
            try:
                block = await self._ask(standoff_block, picture, self.sources, rev, counts)
            except AccordError as error:
                block = {"type": "standoff", "rev": rev, "none": str(error)}
            await self.tell(self.hide(block))

    # Threads -------------------------------------------------------------------------------------

    async def _compute(self, work: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.pool, lambda: work(*args))

    async def _ask(self, work: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.wrap_future(solver.submit(work, *args))


def _needs_solver(change: said.Message) -> bool:
    """Tell whether a change may take long: a new day is looked up with the solver."""
    return isinstance(change, said.AsOf | said.Switch | said.Open)


def fault(error: AccordError, change: said.Message | None) -> dict[str, Any]:
    """Return an ``error`` message."""
    where: dict[str, Any] = {}
    match change:
        case said.Set(row=row) | said.Count(row=row) | said.Remove(row=row):
            where = {"row": row}
        case said.Add():
            where = {"add": True}
        case said.SetTerm(key=key):
            where = {"term": key}
        case said.Switch(switch=switch):
            where = {"switch": switch}
        case said.AsOf(value=value):
            where = {"as_of": value}
        case said.Open():
            where = {"token": True}
        case said.Join():
            where = {"join": True}
    found: dict[str, Any] = {
        "type": "error",
        "seq": change.seq if change is not None else 0,
        "where": where,
        "message": str(error)[:1000],
    }
    if isinstance(error, PhraseError) and error.text:
        found["phrase"] = {
            "text": error.text,
            "start": error.start,
            "end": error.end,
            "accepted": list(error.accepted)[:20],
        }
    return found


class Sessions:
    """All sessions of a server, by id; the longest unused go first.

    Parameters
    ----------
    grounds, sources
        Of the case.
    """

    def __init__(self, grounds: Grounds, sources: Sources, threads: int = 2) -> None:
        self.grounds, self.sources = grounds, sources
        self.pool = ThreadPoolExecutor(threads, "desk")
        self._by_id: OrderedDict[str, Session] = OrderedDict()

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, name: str | None) -> Session | None:
        """Return a session that is still kept."""
        found = self._by_id.get(name) if name else None
        if found is not None:
            self._by_id.move_to_end(found.id)
        return found

    def begin(self, token: str | None = None) -> Session:
        """Begin a session.

        Raises
        ------
        InputError
            For a token that cannot be read.
        """
        made = Session(self.grounds, self.pool, self.sources, token)
        self._by_id[made.id] = made
        self._tidy()
        return made

    def _tidy(self) -> None:
        now = time.monotonic()
        unused = [one for one in self._by_id.values() if one.send is None]
        for one in unused:
            if now - one.seen > IDLE or len(self._by_id) > SESSIONS_MOST:
                del self._by_id[one.id]

    async def tell_rounds(self) -> None:
        """Tell every page how many quarrels stood at each round."""
        for one in list(self._by_id.values()):
            await one.tell({"type": "rounds", "rounds": dict(self.grounds.quarrels)})

    def close(self) -> None:
        """Let every page go."""
        for one in self._by_id.values():
            one.detach()
        self.pool.shutdown(wait=False, cancel_futures=True)


def encoded(block: Mapping[str, Any]) -> str:
    """Return a message as text."""
    return msgspec.json.encode(block).decode("utf-8")
