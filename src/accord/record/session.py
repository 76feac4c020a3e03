"""A reading session: many files into one store, each with its own verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from accord.record.export import export as write_out
from accord.record.intake import Source, UnreadableError, english, load, walk
from accord.record.reading import Reading, read
from accord.record.store import Store

if TYPE_CHECKING:
    from accord.record.llm import Extractor


@dataclass(frozen=True)
class Verdict:
    """What became of one file: its name, one word, a remark, and the reading if there is one."""

    shown: str
    word: str
    remark: str = ""
    reading: Reading | None = None

    @property
    def line(self) -> str:
        """The verdict as one line."""
        return f"{self.shown}: {self.word}" + (f" ({self.remark})" if self.remark else "")


@dataclass
class Summary:
    """How many files came to which verdict."""

    counts: Counter[str] = field(default_factory=Counter)
    entries: int = 0

    @property
    def failed(self) -> int:
        """Files that could not be read."""
        return self.counts["unreadable"]

    @property
    def kept(self) -> int:
        """Files that are in the record now."""
        return sum(self.counts[w] for w in ("read", "known", "re-post", "not English"))

    def line(self) -> str:
        """Return the summary as one line."""
        parts = [f"{n} {word}" for word, n in sorted(self.counts.items())]
        return f"{sum(self.counts.values())} files: {', '.join(parts) or 'none'}; {self.entries} entries"


class Session:
    """Iterates over the verdicts of a reading session; ``summary`` counts them."""

    def __init__(
        self,
        paths: list[str],
        store: Path,
        export: Path | None,
        stdin: bytes | None,
        extractor: Extractor | None,
    ) -> None:
        self.paths, self.store, self.export, self.stdin, self.extractor = (
            paths,
            store,
            export,
            stdin,
            extractor,
        )
        self.summary = Summary()

    def __iter__(self) -> Iterator[Verdict]:
        with Store(self.store) as store:
            for item in walk(self.paths):
                if isinstance(item, tuple):
                    word = (
                        "skipped" if item[1].startswith(("not a kind", "a link")) else "unreadable"
                    )
                    verdict = Verdict(item[0], word, item[1])
                else:
                    verdict = self._one(store, item)
                self.summary.counts[verdict.word] += 1
                if verdict.reading is not None and verdict.word == "read":
                    self.summary.entries += len(verdict.reading.entries)
                yield verdict

    def _one(self, store: Store, source: Source) -> Verdict:
        try:
            document = load(source, self.stdin)
        except UnreadableError as error:
            return Verdict(source.shown, "unreadable", str(error))
        kept = store.known(document)
        if kept is not None and kept.verdict == "known":
            # The stored reading stands; it is only written out again where that was asked for.
            reading = Reading(
                store.document(kept.name), tuple(f.entry for f in store.entries(document=kept.name))
            )
            if self.export is not None:
                write_out([reading], self.export)
            return Verdict(source.shown, "known", f"as {kept.name}", reading)
        document = replace(document, name=store.name_for(document))
        if kept is not None:
            store.add(Reading(document, ()), repost_of=kept.of)
            return Verdict(source.shown, "re-post", f"of {kept.of}")
        if not english(document.text):
            store.add(Reading(document, ()))
            return Verdict(source.shown, "not English", "stored, nothing extracted")
        try:
            reading = read(document)
        except Exception as error:  # a fault of ours must not end the reading of a folder
            return Verdict(
                source.shown,
                "unreadable",
                f"the rules failed on it ({type(error).__name__}); please report this text",
            )
        if self.extractor is not None:
            reading, rejected = self.extractor.extend(reading)
            remark = f"{len(reading.entries)} entries, {rejected} proposals rejected"
        else:
            remark = f"{len(reading.entries)} entries"
        store.add(reading)
        if self.export is not None:
            write_out([reading], self.export)
        return Verdict(source.shown, "read", remark, reading)


def read_paths(
    paths: list[str],
    store: Path,
    *,
    export: Path | None = None,
    stdin: bytes | None = None,
    extractor: Extractor | None = None,
) -> Session:
    """Read files and folders into a store.

    Parameters
    ----------
    paths
        Files and folders; ``"-"`` is standard input, given as ``stdin``.
    store
        SQLite file of the record; made when it is not there.
    export
        Folder for JSON lines and texts, or ``None``.
    extractor
        Optional language-model extractor (:mod:`accord.record.llm`).

    Returns
    -------
    Session
        Iterate over it for one :class:`Verdict` per file; its ``summary`` counts them.
    """
    return Session(paths, store, export, stdin, extractor)
