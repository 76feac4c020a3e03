"""The store: documents and entries in one SQLite file with full-text search.

Each document is written in one transaction together with its entries and their index, so a kill at
any moment leaves either all of it or none. Reading the same text again changes nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accord.errors import InputError, OutputError
from accord.record.document import Document, resemblance
from accord.record.entry import Entry
from accord.record.reading import Reading

#: Raised whenever the rules change: documents read by an older edition are read again.
EDITION = 1
#: From this resemblance on, a text counts as a re-post of another one.
REPOST = 0.75

_SCHEMA = """
CREATE TABLE IF NOT EXISTS document (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, digest TEXT NOT NULL UNIQUE, source TEXT NOT NULL,
    form TEXT NOT NULL, title TEXT, publisher TEXT, declared TEXT, published TEXT, text TEXT NOT NULL,
    sketch TEXT NOT NULL, repost_of TEXT, edition INTEGER NOT NULL, read_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    key TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, quote TEXT NOT NULL,
    attrs TEXT NOT NULL, method TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS entry_document ON entry(document, kind);
CREATE UNIQUE INDEX IF NOT EXISTS entry_key ON entry(key);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(quote, who, kind UNINDEXED, entry UNINDEXED, document UNINDEXED, tokenize='unicode61 remove_diacritics 2');
CREATE TABLE IF NOT EXISTS decision (key TEXT PRIMARY KEY, verdict TEXT NOT NULL, at TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Kept:
    """What became of a document handed to the store: ``new``, ``known``, ``again`` or ``re-post``."""

    name: str
    verdict: str
    of: str | None = None


class Store:
    """One SQLite file with documents and their entries.

    Parameters
    ----------
    path
        The file; made when it is not there.
    create
        Whether it may be made.

    Raises
    ------
    InputError
        If there is no such file and none may be made, or it is no record.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        if not create and not path.is_file():
            raise InputError(f"no record at {path}; make one with: accord read PATH --store {path}")
        try:
            if create:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute("PRAGMA foreign_keys=ON")
            self._db.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise InputError(f"{path} is no record of accord ({error})") from error
        except OSError as error:
            raise OutputError(f"{path}: cannot be written ({error.strerror})") from error

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def known(self, document: Document) -> Kept | None:
        """Tell whether the store has this text already, or one so like it that it is a re-post."""
        row = self._db.execute(
            "SELECT name, edition FROM document WHERE digest = ?", (document.digest,)
        ).fetchone()
        if row is not None:
            return Kept(row["name"], "known") if row["edition"] == EDITION else None
        sketch = document.fingerprint
        for other in self._db.execute("SELECT name, sketch FROM document WHERE repost_of IS NULL"):
            if resemblance(sketch, frozenset(json.loads(other["sketch"]))) >= REPOST:
                return Kept(document.name, "re-post", other["name"])
        return None

    def name_for(self, document: Document) -> str:
        """Return a name that no other text of the store has."""
        row = self._db.execute(
            "SELECT digest FROM document WHERE name = ?", (document.name,)
        ).fetchone()
        if row is None or row["digest"] == document.digest:
            return document.name
        return f"{document.name}-{document.digest[:8]}"

    def add(self, reading: Reading, *, repost_of: str | None = None) -> Kept:
        """Keep a reading, whole or not at all; an older reading of the same text is replaced."""
        document = reading.document
        published = next((e.attrs["value"] for e in reading.entries if e.kind == "doc_date"), None)
        declared = document.declared.isoformat() if document.declared else None
        with self._transaction() as db:
            old = db.execute(
                "SELECT id FROM document WHERE digest = ?", (document.digest,)
            ).fetchone()
            if old is not None:
                db.execute("DELETE FROM words WHERE document = ?", (old["id"],))
                db.execute("DELETE FROM entry WHERE document = ?", (old["id"],))
                db.execute("DELETE FROM document WHERE id = ?", (old["id"],))
            cursor = db.execute(
                "INSERT INTO document (name, digest, source, form, title, publisher, declared, published, text, sketch,"
                " repost_of, edition, read_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (document.name, document.digest, document.source, document.form, document.title, document.publisher,
                 declared, published, document.text, json.dumps(sorted(document.fingerprint)), repost_of, EDITION,
                 dt.datetime.now(dt.UTC).isoformat(timespec="seconds")),
            )  # fmt: skip
            number = cursor.lastrowid
            counts: dict[str, int] = {}
            for one in reading.entries:
                counts[one.kind] = counts.get(one.kind, 0) + 1
                key = f"{document.name}-{one.kind}-{counts[one.kind]}"
                row = db.execute(
                    "INSERT INTO entry (document, key, kind, start, stop, quote, attrs, method) VALUES (?,?,?,?,?,?,?,?)",
                    (
                        number,
                        key,
                        one.kind,
                        one.start,
                        one.end,
                        one.quote,
                        json.dumps(dict(one.attrs), ensure_ascii=False),
                        one.method,
                    ),
                )
                db.execute(
                    "INSERT INTO words (quote, who, kind, entry, document) VALUES (?,?,?,?,?)",
                    (one.quote, _names(one), one.kind, row.lastrowid, number),
                )
        return Kept(document.name, "again" if old is not None else "new", repost_of)

    def documents(self) -> list[dict[str, Any]]:
        """List the documents: name, published, title, source, form, re-post of, entries by kind."""
        rows = self._db.execute(
            "SELECT id, name, published, title, source, form, repost_of FROM document ORDER BY published, name"
        )
        out = []
        for row in rows:
            counts = {
                r["kind"]: r["n"]
                for r in self._db.execute(
                    "SELECT kind, count(*) AS n FROM entry WHERE document = ? GROUP BY kind",
                    (row["id"],),
                )
            }
            out.append(
                {
                    key: row[key]
                    for key in ("name", "published", "title", "source", "form", "repost_of")
                }
                | {"entries": counts}
            )
        return out

    def document(self, name: str) -> Document:
        """Return a stored document by its name."""
        row = self._db.execute("SELECT * FROM document WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise InputError(f"no document {name!r} in {self.path}; accord record list shows them")
        declared = dt.date.fromisoformat(row["declared"]) if row["declared"] else None
        return Document(
            row["name"],
            row["text"],
            row["source"],
            row["form"],
            row["title"],
            row["publisher"],
            declared,
        )

    def entries(
        self, *, kinds: tuple[str, ...] = (), document: str | None = None
    ) -> Iterator[Found]:
        """Yield stored entries in order of date and place; each is verified again as it is loaded."""
        where, values = ["1"], list[Any]()
        if kinds:
            where.append(f"entry.kind IN ({','.join('?' * len(kinds))})")
            values.extend(kinds)
        if document is not None:
            where.append("document.name = ?")
            values.append(document)
        yield from self._found(" AND ".join(where), values)

    def search(self, query: str, *, kinds: tuple[str, ...] = (), limit: int = 50) -> list[Found]:
        """Search the words and names of all entries; every word must occur.

        Parameters
        ----------
        query
            Words; a phrase in double quotation marks, a trailing ``*`` for a beginning.
        """
        match = _match(query)
        if not match:
            raise InputError("nothing to search for; give at least one word")
        rows = self._db.execute(
            "SELECT entry FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", (match, limit * 4)
        ).fetchall()
        ids = [row["entry"] for row in rows]
        if not ids:
            return []
        where = f"entry.id IN ({','.join('?' * len(ids))})"
        values: list[Any] = list(ids)
        if kinds:
            where += f" AND entry.kind IN ({','.join('?' * len(kinds))})"
            values.extend(kinds)
        rank = {number: i for i, number in enumerate(ids)}
        return sorted(self._found(where, values), key=lambda f: rank[f.number])[:limit]

    def _found(self, where: str, values: list[Any]) -> Iterator[Found]:
        cache: dict[str, Document] = {}
        rows = self._db.execute(
            "SELECT entry.*, document.name AS doc, document.published FROM entry JOIN document ON document.id = entry.document"
            f" WHERE {where} ORDER BY document.published, document.name, entry.start, entry.id", values,
        ).fetchall()  # fmt: skip
        for row in rows:
            if row["doc"] not in cache:
                cache[row["doc"]] = self.document(row["doc"])
            one = Entry(
                cache[row["doc"]],
                row["kind"],
                row["start"],
                row["stop"],
                row["quote"],
                json.loads(row["attrs"]),
                row["method"],
            )
            yield Found(row["id"], row["key"], row["published"], one)

    def decided(self) -> dict[str, str]:
        """Return what was accepted or rejected of the suggestions, by key."""
        return {
            row["key"]: row["verdict"]
            for row in self._db.execute("SELECT key, verdict FROM decision")
        }

    def decide(self, key: str, verdict: str) -> None:
        """Remember that a suggestion was accepted or rejected."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO decision VALUES (?,?,?)",
                (key, verdict, dt.datetime.now(dt.UTC).isoformat(timespec="seconds")),
            )


@dataclass(frozen=True)
class Found:
    """A stored entry with its key and the date of its document."""

    number: int
    key: str
    published: str | None
    entry: Entry

    @property
    def date(self) -> str | None:
        """The day of what is told, if known, else that of the document."""
        return self.entry.attrs.get("date") or self.published

    def plain(self) -> dict[str, Any]:
        """Return the entry as a JSON object with key, date and line."""
        return {"id": self.key, "date": self.date, "line": self.entry.line, **self.entry.plain()}


_WHO = (
    "speaker",
    "by",
    "party",
    "actor",
    "source",
    "name",
    "reported_by",
    "addressee",
    "target",
    "of",
    "participants",
    "affiliation",
    "area",
    "metric",
    "speaker_affiliation",
)


def _names(one: Entry) -> str:
    out: list[str] = []
    for key in _WHO:
        value = one.attrs.get(key)
        if isinstance(value, str):
            out.append(value)
        elif isinstance(value, (list, tuple)):
            out.extend(map(str, value))
    return " ".join(out)


def _match(query: str) -> str:
    """Turn what a person types into an FTS5 query; its operators are not interpreted."""
    import re

    parts = re.findall(r'"([^"]+)"|(\S+)', query)
    out = []
    for phrase, word in parts:
        text = (phrase or word).replace('"', " ").strip()
        star = word.endswith("*") and not phrase
        text = text.rstrip("*")
        if re.search(r"\w", text):
            out.append(f'"{text}"' + ("*" if star else ""))
    return " ".join(out)
