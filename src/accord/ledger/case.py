"""A case: one negotiation on disk, checked line by line when it is loaded."""

from __future__ import annotations

import datetime as dt
import re
import typing
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from accord.errors import CaseError, InputError, Place, UnknownNameError
from accord.ledger import yaml_file
from accord.ledger.commitment import Citation, Commitment
from accord.ledger.commitments_file import read_commitments
from accord.ledger.convention import Convention, Extension, GwpSet
from accord.ledger.entry import Entry
from accord.ledger.evidence import read_sources
from accord.ledger.round import Round, read_round

RESERVED = ("positions.csv", "scales.csv", "deliveries.csv", "record")
"""Names that later parts of a case use; like unknown files, they are left alone."""


class FaultyCaseError(CaseError):
    """A case that cannot be loaded; ``problems`` holds the first ten faults, in order of lines."""

    def __init__(self, problems: list[InputError], path: Path) -> None:
        first = problems[0]
        more = len(problems) - 1
        tail = f" (and {more} more; accord case check {path} lists them)" if more else ""
        self.problems = tuple(problems[:10])
        super().__init__(f"{first.message}{tail}", first.place)


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One negotiation.

    Attributes
    ----------
    name, path
        The folder's name and where it is.
    title, about
        What the case is called, and what it is about in free words.
    parties
        Codes of the protagonists.
    today
        Date of the edition: nothing after this day is in the case.
    rounds
        Dated meetings, in order of their start.
    commitments
        In the order of the file.
    sources
        Citations by key.
    defaults
        Switches of the convention that the case sets.
    others
        Bundled case from which all parties that this one does not speak of keep their commitments;
        empty: they are on their reference path.
    """

    name: str
    path: Path
    title: str
    parties: tuple[str, ...]
    today: dt.date
    about: str = ""
    rounds: tuple[Round, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    sources: Mapping[str, Citation] = {}
    defaults: Mapping[str, typing.Any] = {}
    others: str = ""

    def convention(self, as_of: dt.date | None = None, **switches: typing.Any) -> Convention:
        """Return the case's convention as of a day (of the edition, if none is given).

        ``switches`` override what the case sets.
        """
        return Convention(as_of=as_of or self.today, **{**self.defaults, **switches})

    def counted(self, as_of: dt.date, archived: bool = False) -> tuple[Commitment, ...]:
        """Return the commitments that bind an assessment of that day, in the order of the file.

        One that is superseded by another which binds on that day does not count, whatever its own
        status says.

        Parameters
        ----------
        as_of
            The day.
        archived
            Whether withdrawn, archived and abandoned commitments count as if in force.
        """
        binding = [one for one in self.commitments if one.counts(as_of, archived=archived)]
        replaced = {earlier for one in binding for earlier in one.supersedes}
        return tuple(one for one in binding if one.id not in replaced)

    def day(self, text: str) -> dt.date:
        """Return the day that a date (``2010-03-01``) or the id of a round means (its last day)."""
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                return dt.date.fromisoformat(text)
        except ValueError:
            raise InputError(f"{text!r} is no day of the calendar") from None
        for one in self.rounds:
            if one.id == text:
                return one.end
        if re.match(r"\d", text):
            raise InputError(f"{text!r} is no date; expected one such as 2010-03-01, or a round")
        raise UnknownNameError("round", text, (one.id for one in self.rounds))


def bundled_cases() -> tuple[str, ...]:
    """Return the names of the cases that come with the package."""
    folder = resources.files("accord").joinpath("data", "cases")
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(one.name for one in folder.iterdir() if one.joinpath("case.yaml").is_file())
    )


def case_path(path_or_name: str | Path) -> Path:
    """Return the folder of a case, by its path or by the name of a bundled one.

    Raises
    ------
    CaseError
        There is no such folder, or it holds no ``case.yaml``.
    """
    path = Path(path_or_name)
    if path.name == "case.yaml" and path.is_file():
        return path.parent
    if (path / "case.yaml").is_file():
        return path
    bundled = bundled_cases()
    if str(path_or_name) in bundled:
        return Path(str(resources.files("accord").joinpath("data", "cases", str(path_or_name))))
    if path.is_dir():
        raise CaseError(
            "the folder holds no case.yaml; 'accord case new' starts a case",
            Place(file=str(path)),
        )
    if path.exists():
        raise CaseError(
            "a case is a folder with case.yaml in it, not a file", Place(file=str(path))
        )
    raise UnknownNameError("case", str(path_or_name), bundled)


def load_case(path_or_name: str | Path) -> Case:
    """Load a case and check all of it.

    Parameters
    ----------
    path_or_name
        A folder with ``case.yaml`` in it, or the name of a bundled case (``"us-china"``).

    Raises
    ------
    FaultyCaseError
        With the first fault in its message and up to ten in ``problems``.
    UnknownNameError
        There is no such case.
    """
    path = case_path(path_or_name)
    case, problems = _read(path)
    if problems or case is None:
        raise FaultyCaseError(problems, path)
    return case


def check_case(path_or_name: str | Path) -> list[InputError]:
    """Return everything that is wrong with a case, in order of lines; ``[]`` if nothing.

    Deliveries are read here and by ``accord track``, not by every command that loads a case.
    """
    from accord.ledger.delivery import read_deliveries
    from accord.ledger.red_line import read_red_lines

    try:
        folder = case_path(path_or_name)
        case, problems = _read(folder)
        more: list[InputError] = []
        read_red_lines(folder, more)
        if case is not None:
            more += read_deliveries(folder, case.commitments, case.sources, case.today)[1]
        known = {str(problem) for problem in problems}
        return problems + [problem for problem in more if str(problem) not in known]
    except InputError as problem:
        return [problem]


def _read(path: Path) -> tuple[Case | None, list[InputError]]:
    problems: list[InputError] = []
    sources: dict[str, Citation] = {}
    if (path / "sources.yaml").exists():
        sources = read_sources(path / "sources.yaml", problems)
    case = _head(path, sources, problems)
    today = case.today if case is not None else None
    files = [path / "commitments.yaml", *sorted(path.glob("commitments-*.yaml"))]
    commitments = read_commitments(files, sources, problems, today)
    if case is not None:
        borrowed = _borrowed(case, commitments, problems)
        case = msgspec.structs.replace(case, commitments=(*commitments, *borrowed), sources=sources)
    names = ["case.yaml", "sources.yaml", *(file.name for file in files)]

    def order(problem: InputError) -> tuple[int, int]:
        place = problem.place or Place()
        return names.index(Path(place.file or "").name), place.line or 0

    return case, sorted(problems, key=order)


@cache
def _bundled(name: str) -> Case:
    return load_case(name)


def _borrowed(
    case: Case, own: tuple[Commitment, ...], problems: list[InputError]
) -> list[Commitment]:
    """Return the commitments of all parties that the case itself does not speak of."""
    if not case.others:
        return []
    spoken, ids = {one.party for one in own}, {one.id for one in own}
    found = [
        one
        for one in _bundled(case.others).commitments
        if one.party not in spoken and one.date <= case.today
    ]
    for one in found:
        if one.id in ids:
            place = Place(file=str(case.path / "commitments.yaml"), field="id")
            message = f"{one.id!r} is taken by {one.says!r} of the case {case.others!r}; rename it"
            problems.append(CaseError(message, place))
    return found


def _head(path: Path, sources: Mapping[str, Citation], problems: list[InputError]) -> Case | None:
    file = path / "case.yaml"
    node = yaml_file.read_yaml(file, problems)
    if not isinstance(node, yaml_file.Mapping):
        if not problems:
            problems.append(
                CaseError("expected the fields title, parties, today", Place(file=str(file)))
            )
        return None
    entry = Entry(node, str(file), "", problems)
    title = entry.text("title", required=True)
    about = entry.text("about")
    today = entry.date("today", required=True)
    parties = _parties(entry)
    rounds: list[Round] = []
    for one in entry.entries("rounds", expected="a list of rounds (id, name, start)"):
        found = read_round(one, sources)
        if found is None:
            continue
        if any(found.id == other.id for other in rounds):
            one.fault(f"{found.id!r} is given twice", "id")
        if rounds and found.start < rounds[-1].start:
            one.fault(
                f"starts on {found.start}, before the round above ({rounds[-1].start}); "
                "rounds stand in order of time",
                "start",
            )
        if today is not None and found.start > today:
            one.fault(f"starts after the edition's day {today}", "start")
        rounds.append(found)
    defaults = _convention(entry)
    others = entry.choice("others", tuple(n for n in bundled_cases() if n != path.name)) or ""
    entry.done()
    if today is None:
        return None
    return Case(
        name=path.resolve().name,
        path=path,
        title=title,
        parties=parties,
        today=today,
        about=about,
        rounds=tuple(rounds),
        defaults=defaults,
        others=others,
    )


def _parties(entry: Entry) -> tuple[str, ...]:
    from accord.parties import party

    codes: list[str] = []
    for name, line in entry.texts("parties", required=True, expected="a list of names or codes"):
        try:
            code = party(name).code
        except InputError as problem:
            entry.problems.append(problem.at(entry.place("parties", line)))
            continue
        if code in codes:
            entry.fault(f"{name!r} is given twice", "parties", line)
        codes.append(code)
    return tuple(codes)


def _convention(entry: Entry) -> dict[str, typing.Any]:
    inner = entry.entry("convention")
    if inner is None:
        return {}
    choices: dict[str, tuple[str, ...]] = {
        "extension": typing.get_args(Extension),
        "lulucf": ("included", "excluded"),
        "gwp": typing.get_args(GwpSet),
        "neutrality": ("CO2", "GHG"),
        "scenario": ("SSP1", "SSP2", "SSP3", "SSP4", "SSP5"),
    }
    found: dict[str, typing.Any] = {}
    for field, known in choices.items():
        value = inner.choice(field, known)
        if value is not None:
            found[field] = value
    for field in ("conditional", "hot_air", "archived"):
        if inner.has(field):
            found[field] = inner.flag(field)
        else:
            inner.flag(field)
    inner.done()
    return found
