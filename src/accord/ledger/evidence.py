"""What stands behind an entry: documents cited, by key or written out."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

from accord.errors import InputError, UnknownNameError
from accord.ledger import yaml_file
from accord.ledger.commitment import Citation
from accord.ledger.entry import Entry
from accord.ledger.yaml_file import Scalar

_EXPECTED = "a list of source keys or citations (title, publisher)"


def read_citation(entry: Entry) -> Citation:
    """Return the citation written out in ``entry``."""
    citation = Citation(
        title=entry.text("title", required=True),
        publisher=entry.text("publisher", required=True),
        date=entry.date("date"),
        url=entry.text("url") or None,
    )
    if citation.url is not None and not citation.url.startswith(("https://", "http://")):
        entry.fault(f"{citation.url[:60]!r} is no web address; expected https://…", "url")
    entry.done()
    return citation


def read_sources(path: Path, problems: list[InputError]) -> dict[str, Citation]:
    """Return the citations of ``sources.yaml`` by key."""
    node = yaml_file.read_yaml(path, problems)
    if node is None:
        return {}
    if not isinstance(node, yaml_file.Mapping):
        whole = Entry(yaml_file.Mapping(node.line), str(path), "", problems)
        whole.fault("expected a citation under each key, as in 'PARIS: {title: …, publisher: …}'")
        return {}
    top = Entry(node, str(path), "", problems)
    sources = {}
    for key in node.fields:
        entry = top.entry(key)
        if entry is not None:
            sources[key] = read_citation(entry)
        else:
            top.fault("expected title and publisher under the key", key)
    return sources


def read_evidence(
    entry: Entry, sources: Mapping[str, Citation], *, required: bool = False
) -> tuple[Citation, ...]:
    """Return the citations of the field ``evidence``, keys resolved."""
    found = []
    for number, node in enumerate(
        entry.items("evidence", required=required, expected=_EXPECTED), 1
    ):
        if isinstance(node, yaml_file.Mapping):
            found.append(read_citation(entry.within(node, f"evidence[{number}]")))
        elif isinstance(node, Scalar) and node.text in sources:
            found.append(sources[node.text])
        elif isinstance(node, Scalar):
            place = entry.place("evidence", node.line)
            if difflib.get_close_matches(node.text, sources, n=1):
                entry.problems.append(UnknownNameError("source", node.text, sources, place))
            else:
                entry.fault(
                    f"{node.text[:60]!r} is not in sources.yaml; add it there or write the "
                    "citation out",
                    "evidence",
                    node.line,
                )
        else:
            entry.fault(f"expected {_EXPECTED}", "evidence", node.line)
    return tuple(found)
