"""Intake: files of any kind become documents, or a one-line verdict each.

Nothing in a file is executed, fetched or rendered: HTML is handed to the extractor as a string, PDF
is read for its text layer alone, attachments of an e-mail are left aside.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accord.record.document import Document

#: Largest file that is read at all, in bytes; a longer text is hardly an article.
LARGEST = 20_000_000
#: Largest text that is kept, in characters.
LONGEST = 2_000_000
#: A PDF may have at most so many pages, and so many bytes of drawing commands on one page.
PAGES, PAGE_BYTES, PDF_SECONDS = 500, 8_000_000, 30.0

_SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "text", ".rst": "text", "": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".eml": "eml",
}  # fmt: skip


class UnreadableError(Exception):
    """A file that cannot become a document; the message is its one-line verdict."""


@dataclass(frozen=True)
class Source:
    """A file to be read: where it is and what to call it."""

    path: Path | None
    shown: str


def walk(paths: list[str]) -> Iterator[Source | tuple[str, str]]:
    """Yield the files under the given paths, in order of their names; ``-`` is standard input.

    Yields
    ------
    Source or tuple
        A file, or ``(shown name, verdict)`` for a path that is not there.
    """
    for given in paths:
        if given == "-":
            yield Source(None, "-")
            continue
        path = Path(given)
        try:
            if path.is_dir():
                yield from _under(path)
            elif path.is_file():
                yield Source(path, given)
            elif path.exists():
                yield given, "neither a file nor a folder"
            else:
                yield given, "not there"
        except OSError as error:
            yield given, f"cannot be opened ({error.strerror})"


def _under(folder: Path) -> Iterator[Source | tuple[str, str]]:
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        yield str(folder), f"cannot be opened ({error.strerror})"
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        if path.is_symlink() and path.is_dir():
            yield str(path), "a link to a folder, not followed"
        elif path.is_dir():
            yield from _under(path)
        elif path.suffix.lower() in _SUFFIXES and path.is_file():
            yield Source(path, str(path))
        else:
            yield str(path), f"not a kind that is read ({path.suffix}); text, HTML, PDF and EML are"


def load(source: Source, stdin: bytes | None = None) -> Document:
    """Turn one file into a document.

    Raises
    ------
    UnreadableError
        With the verdict: empty, binary, too large, damaged, encrypted, gone …
    """
    raw = stdin if source.path is None else _bytes(source.path)
    raw = raw or b""
    if not raw.strip():
        raise UnreadableError("empty")
    if len(raw) > LARGEST:
        raise UnreadableError(
            f"too large ({len(raw) / 1e6:.0f} MB; at most {LARGEST / 1e6:.0f} MB)"
        )
    form = _form(source, raw)
    name = _name(source)
    reader = {"html": _html, "pdf": _pdf, "eml": _eml, "text": _text}[form]
    try:
        document = reader(raw, name, source.shown)
    except (UnreadableError, ImportError):
        raise
    except RecursionError as error:
        raise UnreadableError(f"too deeply nested {form.upper()}") from error
    except Exception as error:  # a foreign parser may raise anything on a broken file
        raise UnreadableError(f"damaged {form.upper()} ({type(error).__name__})") from error
    if not document.text.strip():
        raise UnreadableError("no text in it" + (" (a scan?)" if form == "pdf" else ""))
    if len(document.text) > LONGEST:
        raise UnreadableError(
            f"text too long ({len(document.text):,} characters; at most {LONGEST:,})"
        )
    return document


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableError(
                f"too large ({size / 1e6:.0f} MB; at most {LARGEST / 1e6:.0f} MB)"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError("gone while reading") from error
    except OSError as error:
        raise UnreadableError(f"cannot be opened ({error.strerror})") from error


def _name(source: Source) -> str:
    """Return a name fit for a file and a line: the stem, odd characters replaced."""
    stem = source.path.stem if source.path is not None else "stdin"
    clean = re.sub(r"[^\w.-]+", "_", stem, flags=re.A).strip("._") or "document"
    return clean[:120]


def _form(source: Source, raw: bytes) -> str:
    if raw.lstrip()[:5] == b"%PDF-":
        return "pdf"
    suffix = source.path.suffix.lower() if source.path is not None else ""
    head = raw[:2000].lstrip().lower()
    if suffix in (".html", ".htm", ".xhtml") or head.startswith((b"<!doctype html", b"<html")):
        return "html"
    if suffix == ".pdf":
        raise UnreadableError("not a PDF, whatever its name says")
    if suffix == ".eml" or (
        suffix == ""
        and re.match(rb"(?:from|received|return-path|mime-version|date|subject): ", head)
    ):
        return "eml"
    return "text"


def decode(raw: bytes) -> str:
    """Decode bytes: UTF-8, UTF-16 by its mark, else Windows-1252, which nearly everything is.

    Raises
    ------
    UnreadableError
        If the bytes are no text.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError(f"broken {encoding.upper()}") from error
    sample = raw[:20000]
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if b"\x00" in sample or control > len(sample) * 0.02:
        raise UnreadableError("binary, not text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
        if text.count("\ufffd") > len(text) * 0.01:
            raise UnreadableError("in no encoding that is known") from None
        return text


def _text(raw: bytes, name: str, shown: str) -> Document:
    return Document(name, decode(raw), shown, "text")


def _html(raw: bytes, name: str, shown: str) -> Document:
    return from_html(decode(raw), name, shown)


def from_html(page: str, name: str, shown: str) -> Document:
    """Take the article out of a page: boilerplate stripped, scripts dropped, nothing fetched."""
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    import trafilatura
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    title_node = tree.css_first("title")
    title = title_node.text(strip=True) if title_node is not None else None
    site = tree.css_first('meta[property="og:site_name"]')
    publisher = site.attributes.get("content") if site is not None else None
    text = (
        trafilatura.extract(page, include_comments=False, include_tables=False, no_fallback=False)
        or ""
    )
    if len(text.split()) < 25:
        for node in tree.css(
            "script, style, noscript, nav, header, footer, aside, template, iframe, form"
        ):
            node.decompose()
        body = tree.body
        plain = body.text(separator="\n", strip=True) if body is not None else ""
        text = plain if len(plain.split()) > len(text.split()) else text
    return Document(name, text, shown, "html", title or None, publisher or None, _html_date(page))


def _html_date(page: str) -> dt.date | None:
    from htmldate import find_date

    try:
        found = find_date(page, extensive_search=False, original_date=True)
    except Exception:
        return None
    return dt.date.fromisoformat(found) if found else None


def _pdf(raw: bytes, name: str, shown: str) -> Document:
    import io
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(raw), strict=False)
    if reader.is_encrypted and not _opens(reader):
        raise UnreadableError("encrypted PDF; a password would be needed")
    if len(reader.pages) > PAGES:
        raise UnreadableError(f"too many pages ({len(reader.pages)}; at most {PAGES})")
    begun = time.monotonic()
    pieces: list[str] = []
    length = 0
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > PAGE_BYTES:
            raise UnreadableError("a page swells beyond all measure when unpacked (a PDF bomb?)")
        piece = page.extract_text() or ""
        pieces.append(_joined(piece))
        length += len(piece)
        if length > LONGEST:
            raise UnreadableError(f"text too long (over {LONGEST:,} characters)")
        if time.monotonic() - begun > PDF_SECONDS:
            raise UnreadableError(f"takes longer than {PDF_SECONDS:.0f} s to unpack")
    info = reader.metadata
    declared = None
    try:
        declared = info.creation_date.date() if info is not None and info.creation_date else None
    except Exception:
        declared = None
    title = str(info.title) if info is not None and info.title else None
    return Document(name, "\n\n".join(pieces), shown, "pdf", title, None, declared)


def _opens(reader: object) -> bool:
    try:
        return bool(reader.decrypt(""))  # type: ignore[attr-defined]
    except Exception:
        return False


def _joined(page: str) -> str:
    """Undo the line ends and hyphens of print: a line runs on unless it ends a sentence or is short."""
    page = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", page)
    lines = page.split("\n")
    longest = max((len(line) for line in lines), default=0)
    out: list[str] = []
    for line in lines:
        bare = line.strip()
        if (
            out
            and out[-1]
            and bare
            and len(out[-1]) > 0.6 * longest
            and not out[-1].endswith((".", "!", "?", ":", '"', "”"))
        ) or (out and out[-1] and bare and len(lines[max(0, len(out) - 1)]) > 0.85 * longest):
            out[-1] = f"{out[-1]} {bare}"
        else:
            out.append(bare)
    return "\n".join(out)


def _eml(raw: bytes, name: str, shown: str) -> Document:
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(raw, policy=default)
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise UnreadableError("an e-mail without text")
    content = body.get_content()
    if not isinstance(content, str):
        raise UnreadableError("an e-mail without text")
    declared = None
    if message["date"] is not None and getattr(message["date"], "datetime", None):
        declared = message["date"].datetime.date()
    if body.get_content_type() == "text/html":
        inner = from_html(content, name, shown)
        content = inner.text
    title = str(message["subject"]) if message["subject"] else None
    sender = str(message["from"]) if message["from"] else None
    return Document(name, content, shown, "eml", title, sender, declared)


_ENGLISH = frozenset(
    (
        "the of and to in that is for on with as by it was are from at be has have said its "
        "will not"
    ).split()
)


def english(text: str) -> bool:
    """Tell whether a text is English enough for the rules: its little words give it away."""
    words = re.findall(r"[^\W\d_]+", text[:6000].lower())
    if len(words) < 20:
        return True
    return sum(w in _ENGLISH for w in words) / len(words) > 0.08
