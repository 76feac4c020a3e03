"""A mock conference: seats by role, rounds against the clock, proposals, votes, the outcome.

Everybody works on a draft of their own and tables it for their role. What a majority of the roles
present accepts becomes the room's deal. A role sees the cost of yielding of its own red lines only.
Numbers cannot drift during a term: the edition (program, case, ensemble) is frozen and shown.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from accord.desk import message as said
from accord.desk.deal import Deal, deal_of, token_of
from accord.desk.guard import Lock, new_code, same_code
from accord.desk.live import Picture
from accord.desk.saving import deal_markdown
from accord.desk.terms import talks_of
from accord.desk.welcome import edition
from accord.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from accord.desk.session import Sender, Session, Sessions

CHAIR, PRESS = "chair", "press"
SEATS_MOST = 200
PROPOSALS_MOST = 200
NAME_MOST = 60
MINUTES_MOST = 240.0
ROLES_DRAWN = 5
"""Roles offered where nobody says which: protagonists, then those with the most red lines."""


@dataclass
class Seat:
    """Somebody at the table."""

    id: str
    role: str
    name: str
    session: str
    present: bool = True


@dataclass
class Proposal:
    """A draft that a role has tabled, with what it means."""

    id: str
    role: str
    by: str
    round: int
    deal: Deal
    note: str
    changes: list[str]
    warming: float
    broken: int
    finance: float | None
    votes: dict[str, str] = field(default_factory=dict)

    def block(self) -> dict[str, Any]:
        """Return it as the page gets it."""
        return {
            "id": self.id, "role": self.role, "round": self.round, "by": self.by,
            "changes": self.changes, "warming": self.warming, "broken": self.broken,
            "finance": self.finance, "token": token_of(self.deal), "note": self.note,
        }  # fmt: skip


class Conference:
    """The room.

    Parameters
    ----------
    code
        Join code; drawn if it is empty.
    roles
        Codes of the roles; drawn from the case if there are none.
    rounds, minutes
        How many rounds, and how long each.

    Raises
    ------
    InputError
        The code could be guessed.
    """

    def __init__(
        self, *, code: str = "", roles: tuple[str, ...] = (), rounds: int = 4, minutes: float = 15.0
    ) -> None:
        if code and len(re.sub(r"[^0-9A-Za-z]", "", code)) < 8:
            raise InputError(
                "a join code has at least 8 letters and digits; leave it out to draw one"
            )
        self.code, self.chair_code = code or new_code(), new_code()
        self.roles, self.rounds, self.minutes = list(roles), rounds, minutes
        self.round, self.state, self.edition = 0, "waiting", ""
        self.seats: dict[str, Seat] = {}
        self.proposals: list[Proposal] = []
        self.log: list[dict[str, Any]] = []
        self.agreed: Deal | None = None
        self._left, self._since = minutes * 60.0, 0.0
        self._lock = Lock()
        self._sessions: Sessions | None = None
        self._pushing = asyncio.Lock()

    def open(self, sessions: Sessions) -> None:
        """Open the room on a server."""
        self._sessions = sessions
        grounds = sessions.grounds
        self.edition = f"{edition(grounds)}, frozen"
        if not self.roles:
            counts: dict[str, int] = {}
            for line in grounds.red_lines.in_force(grounds.case.today):
                counts[line.party] = counts.get(line.party, 0) + 1
            others = sorted((c for c in counts if c not in grounds.case.parties),
                            key=lambda c: -counts[c])  # fmt: skip
            self.roles = [*grounds.case.parties, *others][:ROLES_DRAWN]
        self.roles = [*dict.fromkeys(self.roles)]

    def door(self) -> dict[str, Any]:
        """Return what a page sees before it has a seat."""
        return {"needs_code": True, "roles": [*self.roles, PRESS], "chair": False}

    # Seats ---------------------------------------------------------------------------------------

    def seat_of(self, session: str) -> Seat | None:
        """Return the seat of a session."""
        return self.seats.get(session)

    def is_chair(self, session: str) -> bool:
        """Tell whether a session is the chair's."""
        seat = self.seats.get(session)
        return seat is not None and seat.role == CHAIR

    async def arrive(self, session: Session, send: Sender) -> None:
        """Let a page in: straight to its seat if it had one, else it waits at the door."""
        seat = self.seats.get(session.id)
        if seat is None:
            session.seen = time.monotonic()
            return
        await self._sit(session, send, seat)

    async def leave(self, session: Session) -> None:
        """Note that a page has gone; its seat is kept."""
        seat = self.seats.get(session.id)
        if seat is not None:
            seat.present = False
            await self.push()

    async def _sit(self, session: Session, send: Sender, seat: Seat) -> None:
        seat.present = True
        await send({"type": "joined", "role": seat.role, "seat": seat.id,
                    "chair": seat.role == CHAIR})  # fmt: skip
        session.hide = lambda block: hidden(block, seat.role)
        session.after_frame = self._tell_yours
        session.attach(send)
        await self.push()

    # Talking -------------------------------------------------------------------------------------

    async def hear(self, one: said.Message, session: Session, send: Sender, address: str) -> None:
        """Take what a page says to the room."""
        from accord.desk.session import fault

        try:
            match one:
                case said.Join():
                    await self._join(one, session, send, address)
                    return
                case said.TableIt():
                    await self._table(one, session)
                case said.CastVote():
                    self._vote(one, session)
                case said.Chair():
                    self._chair(one, session)
        except InputError as error:
            await send(fault(error, one))
            return
        await self.push()

    async def _join(self, one: said.Join, session: Session, send: Sender, address: str) -> None:
        waits = self._lock.waits(address)
        if waits > 0:
            raise InputError(f"too many wrong codes; try again in {waits:.0f} seconds")
        wanted = self.chair_code if one.role == CHAIR else self.code
        if not same_code(one.code, wanted):
            self._lock.wrong(address)
            await asyncio.sleep(0.5)
            raise InputError("this join code is not the one of this room")
        self._lock.right(address)
        if one.role not in {*self.roles, PRESS, CHAIR}:
            raise UnknownNameError("role", one.role[:40], [*self.roles, PRESS])
        if session.id not in self.seats and len(self.seats) >= SEATS_MOST:
            raise InputError("every seat is taken")
        name = " ".join(one.name.split())[:NAME_MOST] or "somebody"
        seat = Seat(f"s{len(self.seats) + 1}", one.role, name, session.id)
        self.seats[session.id] = seat
        await self._sit(session, send, seat)

    def _role(self, session: Session) -> Seat:
        seat = self.seats.get(session.id)
        if seat is None:
            raise InputError("take a seat first")
        if seat.role in {PRESS, CHAIR}:
            raise InputError(f"the {seat.role} neither proposes nor votes")
        return seat

    async def _table(self, one: said.TableIt, session: Session) -> None:
        seat = self._role(session)
        if self.state not in {"open", "voting"}:
            raise InputError("nothing can be tabled now: the round is not open")
        if len(self.proposals) >= PROPOSALS_MOST:
            raise InputError("no more proposals fit on the table")
        picture = await session.now()
        proposal = await asyncio.get_running_loop().run_in_executor(
            session.pool, self._weigh, picture, seat, one.note
        )
        same = (seat.role, self.round)
        self.proposals = [p for p in self.proposals if (p.role, p.round) != same]
        self.proposals.append(proposal)

    def _weigh(self, picture: Picture, seat: Seat, note: str) -> Proposal:
        median = float(picture.warming.percentiles((50,))[0, 0, -1])
        number = sum(p.round == self.round for p in self.proposals) + 1
        taken = {p.id for p in self.proposals}
        while f"p{self.round}-{number}" in taken:
            number += 1
        return Proposal(
            id=f"p{self.round}-{number}",
            role=seat.role,
            by=seat.name,
            round=self.round,
            deal=picture.deal,
            note=" ".join(note.split())[:400],
            changes=changes_of(picture),
            warming=round(median, 2),
            broken=list(picture.verdicts.values()).count("broken"),
            finance=finance_of(picture),
        )

    def _vote(self, one: said.CastVote, session: Session) -> None:
        seat = self._role(session)
        found = next((p for p in self.proposals if p.id == one.proposal), None)
        if found is None:
            raise InputError("there is no such proposal")
        if self.state != "voting":
            raise InputError("the chair has not called a vote")
        if found.round != self.round:
            raise InputError("this proposal was of an earlier round")
        found.votes[seat.role] = one.choice

    def _chair(self, one: said.Chair, session: Session) -> None:
        if not self.is_chair(session.id):
            raise InputError("only the chair does that")
        match one.do:
            case "start":
                if self.state == "closed" or self.round >= self.rounds:
                    raise InputError("the conference is over")
                if self.state in {"open", "paused", "voting"}:
                    self._end_round()
                if self.round >= self.rounds:
                    return
                minutes = one.minutes if one.minutes == one.minutes else self.minutes
                self.round += 1
                self._left = 60.0 * min(max(minutes, 0.1), MINUTES_MOST)
                self._since, self.state = time.monotonic(), "open"
            case "pause" if self.state == "open":
                self._left, self.state = self.left(), "paused"
            case "resume" if self.state == "paused":
                self._since, self.state = time.monotonic(), "open"
            case "call_vote" if self.state in {"open", "paused"}:
                if not any(p.round == self.round for p in self.proposals):
                    raise InputError("nothing is on the table to vote on")
                self._left, self.state = self.left(), "voting"
            case "end_round" if self.state in {"open", "paused", "voting"}:
                self._end_round()
            case "close":
                if self.state in {"open", "paused", "voting"}:
                    self._end_round()
                self.state = "closed"
            case _:
                raise InputError(f"that cannot be done while the room is {self.state}")

    def _end_round(self) -> None:
        """Count the votes and note where the room stands."""
        won = [p for p in self.proposals if p.round == self.round and self._carried(p)]
        best = max(won, key=lambda p: list(p.votes.values()).count("yes"), default=None)
        if best is not None:
            self.agreed = best.deal
        words = f"agreed: {best.role}'s proposal" if best else "no agreement"
        self.log.append(
            {
                "round": self.round,
                "words": words,
                "warming": best.warming if best else None,
                "broken": best.broken if best else None,
                "finance": best.finance if best else None,
            }
        )
        self._left, self.state = 0.0, "closed" if self.round >= self.rounds else "waiting"

    def _carried(self, proposal: Proposal) -> bool:
        """Tell whether more roles said yes than no, and more than half of those present."""
        votes = list(proposal.votes.values())
        roles = {seat.role for seat in self.seats.values() if seat.role not in {PRESS, CHAIR}}
        return votes.count("yes") > votes.count("no") and 2 * votes.count("yes") > len(roles)

    # The clock -----------------------------------------------------------------------------------

    def left(self) -> float:
        """Return the seconds left in the round."""
        if self.state != "open":
            return self._left
        return max(0.0, self._left - (time.monotonic() - self._since))

    async def keep_time(self) -> None:
        """Call the vote when the time of a round is up."""
        while True:
            await asyncio.sleep(0.5)
            if self.state == "open" and self.left() <= 0:
                self._left = 0.0
                there = any(p.round == self.round for p in self.proposals)
                if there:
                    self.state = "voting"
                else:
                    self._end_round()
                await self.push()

    # Telling -------------------------------------------------------------------------------------

    async def push(self) -> None:
        """Tell everybody in the room how things stand."""
        if self._sessions is None:
            return
        async with self._pushing:
            block = self.block()
            for seat in list(self.seats.values()):
                session = self._sessions.find(seat.session)
                if session is not None and session.send is not None:
                    await session.tell({**block, "yours": self.yours(seat, session)})

    async def _tell_yours(self, session: Session) -> None:
        """After a frame of the seat's draft, tell what it does to the role's lines."""
        seat = self.seats.get(session.id)
        if seat is not None and seat.role not in {PRESS, CHAIR}:
            await session.tell({"type": "yours", **self.yours(seat, session)})

    def yours(self, seat: Seat, session: Session) -> dict[str, Any]:
        """Return a role's own red lines with their cost and what the seat's draft does to them."""
        picture = session.picture
        if picture is None or seat.role in {PRESS, CHAIR}:
            return {"role": seat.role, "lines": []}
        lines = talks_of(picture.ground).lines
        return {
            "role": seat.role,
            "lines": [
                {
                    "id": one.id,
                    "statement": one.statement,
                    "cost": one.yield_cost,
                    "verdict": picture.verdicts.get(one.id, "open"),
                }
                for one in picture.ground.red_lines.lines
                if one.id in lines and one.party == seat.role
            ],
        }

    def block(self) -> dict[str, Any]:
        """Return the ``room`` message."""
        now = [p for p in self.proposals if p.round == self.round]
        roles = []
        for role in self.roles:
            mine = [seat for seat in self.seats.values() if seat.role == role]
            roles.append(
                {
                    "role": role,
                    "name": self._name(role),
                    "seats": len(mine),
                    "present": sum(seat.present for seat in mine),
                    "proposal": any(p.role == role for p in now),
                    "voted": any(role in p.votes for p in now),
                }
            )
        press = sum(seat.role == PRESS for seat in self.seats.values())
        return {
            "type": "room",
            "edition": self.edition,
            "round": self.round,
            "rounds": self.rounds,
            "state": self.state,
            "left": round(self.left(), 1),
            "at": time.time(),
            "roles": roles,
            "press": press,
            "proposals": [p.block() for p in self.proposals],
            "tabled": None
            if self.agreed is None
            else {"token": token_of(self.agreed), **self._of_agreed()},
            "votes": {
                p.id: {word: sorted(r for r, v in p.votes.items() if v == word)
                       for word in ("yes", "no", "abstain")}
                for p in self.proposals
            },
            "log": self.log,
        }  # fmt: skip

    def _of_agreed(self) -> dict[str, Any]:
        found = next((p for p in reversed(self.proposals) if p.deal is self.agreed), None)
        if found is None:
            return {}
        return {"changes": found.changes, "warming": found.warming, "broken": found.broken,
                "finance": found.finance, "role": found.role, "round": found.round}  # fmt: skip

    def _name(self, role: str) -> str:
        from accord.bargaining.sentence import party_name

        assert self._sessions is not None
        return party_name(role, self._sessions.grounds.red_lines.vocabulary)

    async def bridge(self, session: Session) -> dict[str, Any]:
        """Return a draft between the proposals of this round: of each row and term the middle.

        Amounts take the mean of what was proposed (the case's own where a role left it), words and
        yes-or-no terms what most proposals say.

        Raises
        ------
        InputError
            Fewer than two proposals are on the table.
        """
        now = [p for p in self.proposals if p.round == self.round]
        if len(now) < 2:
            raise InputError("a bridge needs two proposals in this round")
        picture = await session.now()
        deal = await asyncio.get_running_loop().run_in_executor(
            session.pool, between, [p.deal for p in now], picture
        )
        return {"token": token_of(deal), "changes": changes_of(Picture.of(picture.ground, deal))}

    # The outcome ---------------------------------------------------------------------------------

    def outcome(self) -> dict[str, Any]:
        """Return the class's result as data: edition, rounds, proposals, votes, the deal."""
        block = self.block()
        return {key: block[key] for key in
                ("edition", "rounds", "state", "log", "proposals", "votes", "tabled")} | {
            "roles": [{"role": r["role"], "name": r["name"], "seats": r["seats"]}
                      for r in block["roles"]],
        }  # fmt: skip

    def outcome_markdown(self) -> str:
        """Return the class's result as a page of text."""
        assert self._sessions is not None
        grounds = self._sessions.grounds
        lines = [f"# Outcome of the mock conference\n\nEdition: {self.edition}.\n"]
        for one in self.log:
            warming = f", {one['warming']:.1f} °C" if one["warming"] is not None else ""
            lines.append(f"- Round {one['round']}: {one['words']}{warming}")
        if self.agreed is None:
            return "\n".join([*lines, "", "No deal was agreed."]) + "\n"
        picture = Picture.of(
            grounds.of(self.agreed.as_of, self.agreed.switches), deal_of(token_of(self.agreed))
        )
        return "\n".join(lines) + "\n\n" + deal_markdown(picture)


def changes_of(picture: Picture) -> list[str]:
    """Return what differs from the pledges, one phrase each."""
    found = [
        row.commitment.says + ("" if row.counted else " (out)")
        for row in picture.rows.values()
        if row.changed or row.id in picture.deal.counted
    ]
    found += [f"taken out: {name}" for name in picture.deal.removed]
    for key, value in picture.deal.terms.items():
        shown = ("yes" if value else "no") if isinstance(value, bool) else value
        found.append(f"{key}: {shown:g}" if isinstance(shown, float) else f"{key}: {shown}")
    return found


def finance_of(picture: Picture) -> float | None:
    """Return the largest sum of climate finance in the deal, $bn a year."""
    sums = [
        value[1]
        for key, value in picture.settled.items()
        if key.startswith("finance(") and isinstance(value, tuple)
    ]
    return max(sums, default=None)


def hidden(block: Mapping[str, Any], role: str) -> dict[str, Any]:
    """Return a ``standoff`` message without what only others may know: their costs."""
    if role == CHAIR or "lines" not in block:
        return dict(block)
    lines = [line if line["party"] == role else {**line, "cost": None} for line in block["lines"]]
    ways = [
        {**way, "cost": None, "by_party": {c: v for c, v in way["by_party"].items() if c == role}}
        for way in block["ways"]
    ]
    standing = {code: value for code, value in block["standing"].items() if code == role}
    lead = [one for one in block["lead"] if "cost" not in one]
    return {**block, "lines": lines, "ways": ways, "standing": standing, "lead": lead}


def between(deals: list[Deal], picture: Picture) -> Deal:
    """Return a deal between several on the same ground."""
    from accord.desk.slider import moved, slider_of
    from accord.language import say

    ground = picture.ground
    pictures = [Picture.of(ground, deal.with_(as_of=picture.deal.as_of)) for deal in deals]
    first = ground.world.first_year
    says: dict[str, str] = {}
    names = dict.fromkeys(
        name for one in pictures for name, row in one.rows.items() if row.changed and row.was
    )
    for name in names:
        rows = [one.rows[name] for one in pictures if name in one.rows]
        sliders = [slider_of(row.commitment.pledge.target, first) for row in rows]
        values = [one.value for one in sliders if one is not None]
        was = rows[0].was
        if was is None or len(values) != len(pictures):
            continue
        mean = sum(values) / len(values)
        target = slider_of(was.pledge.target, first)
        if target is not None:
            value = min(max(mean, target.min), target.max)
            pledge = moved(was.pledge, round(value) if target.step == 1 else value)
            if pledge != was.pledge:
                says[name] = say(pledge)
    terms: dict[str, bool | float | str] = {}
    for key in dict.fromkeys(key for deal in deals for key in deal.terms):
        given = [deal.terms[key] for deal in deals if key in deal.terms]
        amounts = [v for v in given if isinstance(v, float) and not isinstance(v, bool)]
        if len(amounts) == len(given):
            terms[key] = round(sum(amounts) / len(amounts), 2)
        else:
            terms[key] = max(given, key=given.count)
    return picture.deal.with_(says=says, terms=terms, counted={}, removed=(), gave_up=())
