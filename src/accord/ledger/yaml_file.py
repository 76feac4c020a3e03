"""A YAML file as nodes that know their line, read under limits that no file may break.

Only what a case needs is accepted: mappings, lists and plain or quoted texts. Anchors, aliases,
tags and several documents are refused while the text is still being scanned, so a file that would
unfold to gigabytes costs nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

from accord.errors import CaseError, InputError, Place

LARGEST_FILE = 32 * 2**20
"""Bytes; ten thousand commitments take about 6 MB."""

DEEPEST = 12
"""Levels of mappings and lists; the case format has five."""


class Scalar:
    """A text, with its line."""

    __slots__ = ("line", "quoted", "text")

    def __init__(self, text: str, line: int, quoted: bool) -> None:
        self.text, self.line, self.quoted = text, line, quoted

    @property
    def empty(self) -> bool:
        """Whether nothing was written (``key:``, ``~``, ``null``)."""
        return not self.quoted and self.text in {"", "~", "null", "Null", "NULL"}


class Sequence:
    """A list, with the line where it starts."""

    __slots__ = ("items", "line")

    def __init__(self, line: int) -> None:
        self.line = line
        self.items: list[Node] = []


class Mapping:
    """Fields by name, with the line of each."""

    __slots__ = ("fields", "line", "lines")

    def __init__(self, line: int) -> None:
        self.line = line
        self.fields: dict[str, Node] = {}
        self.lines: dict[str, int] = {}


Node: TypeAlias = Scalar | Sequence | Mapping


def read_yaml(path: Path, problems: list[InputError]) -> Node | None:
    """Return the content of a YAML file, or ``None`` where it has none or cannot be read.

    Parameters
    ----------
    path
        The file.
    problems
        Receives what is wrong: duplicate fields, and whatever ended the reading.
    """
    try:
        return _compose(_text(path), str(path), problems)
    except InputError as problem:
        problems.append(problem)
        return None


def _text(path: Path) -> str:
    place = Place(file=str(path))
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise CaseError("the file is missing", place) from None
    except OSError as problem:
        raise CaseError(f"the file cannot be read: {problem.strerror}", place) from None
    if len(raw) > LARGEST_FILE:
        raise CaseError(f"the file is larger than {LARGEST_FILE // 2**20} MB", place)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise CaseError(
            "the file is not UTF-8; save it as UTF-8", Place(file=str(path), line=line)
        ) from None


def _compose(text: str, file: str, problems: list[InputError]) -> Node | None:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    root: Node | None = None
    above: list[Sequence | Mapping] = []
    keys: list[Scalar | None] = []  # the field that waits for its value, one a level
    try:
        event: Any
        for event in yaml.parse(text, loader):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                line = event.start_mark.line + 1
                if event.anchor is not None or event.tag is not None:
                    raise _refused(event, file)
                node: Node = Scalar(event.value, line, bool(event.style))
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                line = event.start_mark.line + 1
                if event.anchor is not None or event.tag is not None:
                    raise _refused(event, file)
                if len(above) >= DEEPEST:
                    raise CaseError(
                        f"nested more than {DEEPEST} levels deep", Place(file=file, line=line)
                    )
                node = Mapping(line) if kind is yaml.MappingStartEvent else Sequence(line)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                above.pop()
                keys.pop()
                continue
            elif kind is yaml.AliasEvent:
                raise _refused(event, file)
            elif kind is yaml.DocumentStartEvent and root is not None:
                line = event.start_mark.line + 1
                raise CaseError("a second document ('---')", Place(file=file, line=line))
            else:
                continue

            if not above:
                root = node
            else:
                parent = above[-1]
                if isinstance(parent, Sequence):
                    parent.items.append(node)
                elif (key := keys[-1]) is None:
                    if not isinstance(node, Scalar):
                        raise CaseError(
                            "a field name must be a word", Place(file=file, line=node.line)
                        )
                    keys[-1] = node
                    continue
                else:
                    _put(parent, key, node, file, problems)
                    keys[-1] = None
            if not isinstance(node, Scalar):
                above.append(node)
                keys.append(None)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise CaseError(
            _explain(problem.problem or "not YAML"),
            Place(file=file, line=mark.line + 1 if mark is not None else None),
        ) from None
    except yaml.YAMLError as problem:
        raise CaseError(f"not YAML: {str(problem).splitlines()[0]}", Place(file=file)) from None
    return root


def _put(parent: Mapping, key: Scalar, node: Node, file: str, problems: list[InputError]) -> None:
    name = key.text
    if name in parent.fields:
        problems.append(
            CaseError(
                f"{name[:60]!r} is given twice; the first is in line {parent.lines[name]}",
                Place(file=file, line=key.line, field=name[:60]),
            )
        )
        return
    if not isinstance(node, Scalar):
        node.line = key.line
    parent.fields[name] = node
    parent.lines[name] = key.line


def _refused(event: Any, file: str) -> CaseError:
    import yaml

    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent):
        what = f"the alias '*{event.anchor}'"
    elif event.anchor is not None:
        what = f"the anchor '&{event.anchor}'"
    else:
        what = f"the tag '{event.tag}'"
    return CaseError(
        f"{what} is not accepted; write the value out (or in quotation marks, where it is text)",
        Place(file=file, line=line),
    )


def _explain(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "a text with a colon must stand in quotation marks"
    if "could not find expected ':'" in problem:
        return "a field name needs a colon after it"
    if "found character that cannot start any token" in problem:
        return "a tab or a sign such as % or @ starts a text; put the text in quotation marks"
    if "did not find expected key" in problem or "did not find expected '-'" in problem:
        return "the indentation does not fit the lines above"
    if "found unexpected end of stream" in problem:
        return "quotation marks or a bracket are not closed"
    return f"not YAML: {problem}"
