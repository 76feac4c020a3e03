"""One entry of a case file, read field by field; every fault is kept with its place."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from typing import TypeVar

from accord.errors import CaseError, InputError, Place, UnknownNameError
from accord.ledger.yaml_file import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class Entry:
    """A mapping of a case file with typed access to its fields.

    A field that is wrong is put on ``problems`` with file, line, field, what was expected and the
    nearest known value, and reads as its default, so that one pass finds every fault.
    """

    __slots__ = ("_read", "file", "node", "path", "problems")

    def __init__(self, node: Mapping, file: str, path: str, problems: list[InputError]) -> None:
        self.node, self.file, self.path, self.problems = node, file, path, problems
        self._read: set[str] = set()

    def place(self, field: str | None = None, line: int | None = None) -> Place:
        """Return the place of a field (or of the entry)."""
        if line is None:
            line = self.node.lines.get(field, self.node.line) if field else self.node.line
        named = f"{self.path}.{field}" if self.path and field else (field or self.path)
        return Place(file=self.file, line=line, field=named or None)

    def fault(self, message: str, field: str | None = None, line: int | None = None) -> None:
        """Note what is wrong."""
        self.problems.append(CaseError(message, self.place(field, line)))

    def has(self, field: str) -> bool:
        """Tell whether the field is written."""
        node = self.node.fields.get(field)
        return node is not None and not (isinstance(node, Scalar) and node.empty)

    def line(self, field: str) -> int:
        """Return the line of a field."""
        return self.node.lines.get(field, self.node.line)

    # Single values ------------------------------------------------------------------------------

    def _scalar(self, field: str, expected: str, required: bool) -> str | None:
        self._read.add(field)
        node = self.node.fields.get(field)
        if node is None or (isinstance(node, Scalar) and node.empty):
            if required:
                self.fault(f"{field!r} is missing; expected {expected}", field)
            return None
        if not isinstance(node, Scalar):
            self.fault(f"expected {expected}, not {_kind(node)}", field)
            return None
        return node.text.strip()

    def text(self, field: str, *, required: bool = False, expected: str = "a text") -> str:
        """Return a text, ``""`` where there is none."""
        value = self._scalar(field, expected, required)
        if value == "" and required:
            self.fault(f"{field!r} is empty; expected {expected}", field)
        return value or ""

    def identifier(self, field: str) -> str:
        """Return a short name: letters, digits, ``-``, ``.`` and ``_``."""
        value = self.text(field, required=True, expected="a short name")
        if value and not _ID.fullmatch(value):
            self.fault(
                f"{value[:40]!r} is no short name; letters, digits, '-', '.' and '_' make one",
                field,
            )
        return value

    def date(self, field: str, *, required: bool = False) -> dt.date | None:
        """Return a date written ``2015-12-12``."""
        value = self._scalar(field, "a date such as 2015-12-12", required)
        return self.as_date(value, field) if value is not None else None

    def as_date(self, value: str, field: str, line: int | None = None) -> dt.date | None:
        """Return the date that a text is, or note that it is none."""
        try:
            if _DATE.fullmatch(value):
                return dt.date.fromisoformat(value)
        except ValueError as problem:
            self.fault(f"{value!r} is no day of the calendar: {problem}", field, line)
            return None
        self.fault(f"{value[:40]!r} is no date; expected one such as 2015-12-12", field, line)
        return None

    def flag(self, field: str, default: bool = False) -> bool:
        """Return ``true`` or ``false``."""
        value = self._scalar(field, "true or false", required=False)
        if value is None:
            return default
        if value not in {"true", "false", "True", "False"}:
            self.fault(f"{value[:40]!r} is neither true nor false", field)
            return default
        return value in {"true", "True"}

    def number(self, field: str, *, required: bool = False) -> float | None:
        """Return a finite number."""
        value = self._scalar(field, "a number", required)
        if value is None:
            return None
        if not _NUMBER.fullmatch(value) or not math.isfinite(float(value)):
            self.fault(f"{value[:40]!r} is no number; write it like 1234.5", field)
            return None
        return float(value)

    def year(self, field: str, *, required: bool = False) -> int | None:
        """Return a year from 1750 to 2100."""
        value = self._scalar(field, "a year", required)
        if value is None:
            return None
        if not re.fullmatch(r"\d{4}", value) or not 1750 <= int(value) <= 2100:
            self.fault(f"{value[:40]!r} is no year from 1750 to 2100", field)
            return None
        return int(value)

    def choice(self, field: str, known: tuple[str, ...], *, required: bool = False) -> str | None:
        """Return one of the known words."""
        value = self._scalar(field, f"one of {', '.join(known)}", required)
        if value is None:
            return None
        if value not in known:
            self.problems.append(
                UnknownNameError(field.replace("_", " "), value[:60], known, self.place(field))
            )
            return None
        return value

    # Several values -----------------------------------------------------------------------------

    def items(self, field: str, *, required: bool = False, expected: str) -> list[Node]:
        """Return the items of a list."""
        self._read.add(field)
        node = self.node.fields.get(field)
        if node is None or (isinstance(node, Scalar) and node.empty):
            if required:
                self.fault(f"{field!r} is missing; expected {expected}", field)
            return []
        if not isinstance(node, Sequence):
            self.fault(f"expected {expected}, not {_kind(node)}", field)
            return []
        if required and not node.items:
            self.fault(f"{field!r} is empty; expected {expected}", field)
        return node.items

    def texts(self, field: str, *, required: bool = False, expected: str) -> list[tuple[str, int]]:
        """Return the texts of a list with their lines."""
        found = []
        for node in self.items(field, required=required, expected=expected):
            if isinstance(node, Scalar) and not node.empty:
                found.append((node.text.strip(), node.line))
            else:
                self.fault(f"expected {expected}; one item is {_kind(node)}", field, node.line)
        return found

    def entries(self, field: str, *, required: bool = False, expected: str) -> Iterator[Entry]:
        """Yield the mappings of a list as entries."""
        for number, node in enumerate(self.items(field, required=required, expected=expected), 1):
            if isinstance(node, Mapping):
                yield self.within(node, f"{field}[{number}]")
            else:
                self.fault(f"expected {expected}; one item is {_kind(node)}", field, node.line)

    def entry(self, field: str) -> Entry | None:
        """Return the mapping of a field as an entry."""
        self._read.add(field)
        node = self.node.fields.get(field)
        if node is None or (isinstance(node, Scalar) and node.empty):
            return None
        if not isinstance(node, Mapping):
            self.fault(f"expected fields of its own, not {_kind(node)}", field)
            return None
        return self.within(node, field)

    def within(self, node: Mapping, name: str) -> Entry:
        """Return an entry inside this one."""
        return Entry(node, self.file, f"{self.path}.{name}" if self.path else name, self.problems)

    def done(self) -> None:
        """Note every field that nothing reads: a misspelt one would be lost in silence."""
        if len(self.node.fields) == len(self._read & self.node.fields.keys()):
            return
        for field in self.node.fields:
            if field not in self._read:
                self.problems.append(
                    UnknownNameError(
                        "field",
                        field[:60],
                        self._read,
                        Place(
                            file=self.file,
                            line=self.node.lines[field],
                            field=self.path or None,
                        ),
                    )
                )


def _kind(node: Node) -> str:
    if isinstance(node, Mapping):
        return "fields of its own"
    return "a list" if isinstance(node, Sequence) else f"the text {node.text[:40]!r}"
