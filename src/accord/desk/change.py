"""Changes to a deal: what each message of a page does to it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from accord.desk import message as said
from accord.desk.deal import ROWS_MOST, Course, Deal, deal_of
from accord.desk.ground import Ground, Grounds
from accord.desk.rows import OWN, Row, given, read_phrase, rewritten, rows_of
from accord.desk.slider import moved
from accord.desk.terms import checked, talks_of
from accord.errors import InputError, UnknownNameError


@dataclass
class Effect:
    """What a change touched.

    Attributes
    ----------
    rows
        Rows and terms whose own figures have to be sent again.
    table
        Whether the whole table has.
    scene
        Whether day or convention changed.
    """

    rows: set[str] = field(default_factory=set)
    table: bool = False
    scene: bool = False

    def add(self, other: Effect) -> None:
        """Join the effect of another change."""
        self.rows |= other.rows
        self.table |= other.table
        self.scene |= other.scene


def effect_of(before: Deal, after: Deal) -> Effect:
    """Return what has to be sent again between two deals."""
    if (before.as_of, before.switches) != (after.as_of, after.switches):
        return Effect(table=True, scene=True)
    own = [{name for name in one.says if name.startswith(OWN)} for one in (before, after)]
    if own[0] != own[1] or before.removed != after.removed:
        return Effect(table=True)
    rows: set[str] = set()
    for one, other in (
        (before.says, after.says),
        (before.counted, after.counted),
        (before.terms, after.terms),
    ):
        rows |= {name for name in {*one, *other} if one.get(name) != other.get(name)}
    return Effect(rows=rows)


def carry_out(change: said.Message, course: Course, grounds: Grounds, ground: Ground) -> None:
    """Carry out a change; the course takes the step.

    Parameters
    ----------
    change
        The message.
    course
        The deal with its steps.
    grounds, ground
        Of the case, and the one that the deal stands on now.

    Raises
    ------
    AccordError
        It cannot be done; then nothing has changed.
    """
    deal = course.deal
    match change:
        case said.Set():
            after, words = _set(change, deal, ground)
            course.step(after, words, f"row {change.row}", ends=not change.drag)
            return
        case said.SetTerm(key=key):
            value = checked(ground, key, change.value)
            terms = {k: v for k, v in deal.terms.items() if k != key}
            if value is not None:
                terms[key] = value
            words = f"{key}: {_shown(value)}"
            course.step(deal.with_(terms=terms), words, f"term {key}", ends=not change.drag)
            return
        case said.Count(row=name, counted=counted):
            row = _row(name, deal, ground)
            with_it = {**deal.counted, name: counted}
            plain = {one.id for one in ground.counted}
            if row.was is not None and not row.changed and counted == (name in plain):
                del with_it[name]
            course.step(deal.with_(counted=with_it), f"{row.commitment.says}: {_shown(counted)}")
            return
        case said.Add(says=says):
            name = _free(deal)
            one = given(name, read_phrase(says, ground.day), ground)
            course.step(deal.with_(says={**deal.says, name: one.says}), f"added: {one.says}")
            return
        case said.Remove(row=name):
            row = _row(name, deal, ground)
            texts = {k: v for k, v in deal.says.items() if k != name}
            removed = deal.removed if row.was is None else (*deal.removed, name)
            course.step(
                deal.with_(says=texts, removed=removed), f"taken out: {row.commitment.says}"
            )
            return
        case said.Reset(row=None):
            course.step(Deal(as_of=deal.as_of, switches=deal.switches), "back to the case")
            return
        case said.Reset(row=str() as name):
            course.step(_without(deal, name), f"{name} back to the case")
            return
        case said.Switch(switch=switch, value=value):
            switches = {**deal.switches, switch: value}
            grounds.where(deal.as_of, switches)
            standard = grounds.case.convention(ground.day)
            switches = {k: v for k, v in switches.items() if getattr(standard, k) != v}
            course.step(deal.with_(switches=switches), f"{switch}: {_shown(value)}")
            return
        case said.AsOf(value=value):
            day, at, _ = grounds.where(value, deal.switches)
            as_of = at.id if at is not None else "" if day == grounds.case.today else value
            course.step(deal.with_(as_of=as_of, gave_up=()), f"as of {value or day}")
            return
        case said.Open(token=token):
            opened = deal_of(token)
            grounds.where(opened.as_of, opened.switches)
            course.step(opened, "opened a link")
            return
        case said.Undo() | said.Redo():
            done = course.undo() if isinstance(change, said.Undo) else course.redo()
            if not done:
                raise InputError("nothing to undo" if isinstance(change, said.Undo)
                                 else "nothing to do again")  # fmt: skip
            return
    raise InputError("this message changes nothing here")


def named(change: said.Message) -> set[str]:
    """Return the row or term that a change names: it is sent again even where nothing changed."""
    match change:
        case said.Set(row=name) | said.Count(row=name) | said.SetTerm(key=name):
            return {name}
    return set()


def _set(change: said.Set, deal: Deal, ground: Ground) -> tuple[Deal, str]:
    row = _row(change.row, deal, ground)
    if change.value is not None:
        if not math.isfinite(change.value):
            raise InputError("a slider takes a number")
        pledge = moved(row.commitment.pledge, change.value)
    elif change.says is not None:
        pledge = read_phrase(change.says, ground.day, row.commitment.party)
    else:
        raise InputError("say value or says")
    if row.was is None:
        one = given(row.id, pledge, ground)
    else:
        from accord.ledger import check_possible

        check_possible(pledge, ground.day)
        one = rewritten(row.was, pledge, ground)
    says = {**deal.says, row.id: one.says}
    if row.was is not None and one is row.was:
        del says[row.id]
    return deal.with_(says=says), one.says


def _row(name: str, deal: Deal, ground: Ground) -> Row:
    rows, _ = rows_of(ground, deal)
    if name not in rows:
        raise UnknownNameError("row", name[:80], rows)
    return rows[name]


def _free(deal: Deal) -> str:
    used = {int(name[len(OWN) :]) for name in deal.says if name[len(OWN) :].isdigit()}
    if len(used) >= ROWS_MOST:
        raise InputError(f"a desk holds at most {ROWS_MOST} rows of your own")
    return f"{OWN}{max(used, default=0) + 1}"


def _without(deal: Deal, name: str) -> Deal:
    return deal.with_(
        says={k: v for k, v in deal.says.items() if k != name},
        counted={k: v for k, v in deal.counted.items() if k != name},
        terms={k: v for k, v in deal.terms.items() if k != name},
        removed=tuple(one for one in deal.removed if one != name),
    )


def _shown(value: object) -> str:
    if value is None:
        return "left open"
    if isinstance(value, bool):
        return "in" if value else "out"
    return f"{value:g}" if isinstance(value, float) else str(value)


def known_lines(ground: Ground, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return red lines by id.

    Raises
    ------
    UnknownNameError
        One is not in force that day.
    """
    lines = talks_of(ground).lines
    for name in names:
        if name not in lines:
            raise UnknownNameError("red line", name[:80], lines)
    return names
