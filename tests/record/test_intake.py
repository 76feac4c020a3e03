"""Every file gets its own verdict, and the rest goes on."""

import datetime as dt
import io
import zlib

import pytest

from accord.record import read_paths
from accord.record.intake import LARGEST, Source, UnreadableError, load

ARTICLE = (
    "Canada will not sign the deal, Prime Minister Justin Trudeau said on Monday at a news conference in Ottawa. "
    "He told reporters that the text was unfair to exporters and that his government would wait for a better one. "
    "The European Union urged Canada to reconsider before the conference of the parties in November."
)


def pdf(text: str, *, password: str | None = None, pages: int = 1, blow: int = 0) -> bytes:
    import pypdf
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for _ in range(pages):
        page = writer.add_blank_page(612, 792)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        lines = [text[i : i + 80] for i in range(0, len(text), 80)]
        commands = (
            "BT /F1 10 Tf 14 TL 40 740 Td "
            + " ".join(f"({line.replace('(', '').replace(')', '')}) Tj T*" for line in lines)
            + " ET"
        )
        stream = DecodedStreamObject()
        stream.set_data(commands.encode("latin-1", "replace") + b" " * blow)
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    if password is not None:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def only(path):
    return load(Source(path, str(path)))


def test_html_loses_its_furniture_and_its_scripts(tmp_path):
    page = tmp_path / "a.html"
    body = "".join(
        f"<p>{ARTICLE} Paragraph {i} of the article says a little more about the talks.</p>"
        for i in range(4)
    )
    page.write_text(
        "<html><head><title>No deal</title><meta property='article:published_time' content='2016-05-03'><script>alert('x')</script></head>"
        f"<body><nav><a href='/'>Home</a><a href='/b'>Subscribe now</a></nav><article>{body}</article><footer>All rights reserved</footer></body></html>",
        encoding="utf-8",
    )
    document = only(page)
    assert "alert" not in document.text
    assert "Subscribe now" not in document.text
    assert "Canada will not sign" in document.text
    assert document.title == "No deal"
    assert document.declared == dt.date(2016, 5, 3)


def test_pdf_and_eml_are_read(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf(ARTICLE))
    (tmp_path / "b.eml").write_text(
        f"From: desk@example.org\nDate: Tue, 03 May 2016 10:00:00 +0000\nSubject: No deal\n\n{ARTICLE}\n",
        encoding="utf-8",
    )
    assert "Justin Trudeau said" in only(tmp_path / "a.pdf").text
    mail = only(tmp_path / "b.eml")
    assert (mail.form, mail.title, mail.declared) == ("eml", "No deal", dt.date(2016, 5, 3))


@pytest.mark.parametrize(
    ("name", "content", "verdict"),
    [
        ("empty.txt", b"  \n", "empty"),
        ("binary.txt", bytes(range(256)) * 20, "binary"),
        ("nulls.txt", b"a\x00b" * 100, "binary"),
        ("not.pdf", b"Just words", "not a PDF"),
        ("broken.pdf", b"%PDF-1.7\ngarbage", "damaged PDF"),
        ("deep.html", b"<div>" * 100 + b"</div>", "no text"),
        ("utf16.txt", b"\xff\xfe\x00\xd8\x01", "broken UTF-16"),
    ],
)
def test_what_cannot_be_read_says_why_in_one_line(tmp_path, name, content, verdict):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=verdict) as caught:
        only(path)
    assert "\n" not in str(caught.value)


def test_encrypted_and_swelling_pdf_are_left_alone(tmp_path):
    locked, bomb, long = tmp_path / "l.pdf", tmp_path / "b.pdf", tmp_path / "p.pdf"
    locked.write_bytes(pdf(ARTICLE, password="secret"))
    bomb.write_bytes(pdf(ARTICLE, blow=60_000_000))
    long.write_bytes(pdf("x", pages=501))
    assert bomb.stat().st_size < 200_000
    for path, verdict in (
        (locked, "encrypted|damaged"),
        (bomb, "bomb|damaged"),
        (long, "too many pages"),
    ):
        with pytest.raises(UnreadableError, match=verdict):
            only(path)


def test_a_huge_file_is_not_even_opened(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST * 5)
    with pytest.raises(UnreadableError, match="too large"):
        only(path)


def test_latin_1_is_read_all_the_same(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Le président français — “d’accord” — said so.".encode("cp1252"))
    assert "président" in only(path).text


def test_a_folder_of_good_and_bad_files_gets_a_verdict_each(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-")
    (folder / "nothing.txt").write_bytes(b"")
    (folder / "odd \x1b[31m name\n.txt").write_text(ARTICLE + " More.", encoding="utf-8")
    (folder / "image.png").write_bytes(zlib.compress(b"x"))
    (folder / "french.txt").write_text(
        "Le ministre a dit que les négociations sur le climat se poursuivent à Paris cette semaine avec les pays en développement.",
        encoding="utf-8",
    )
    session = read_paths([str(folder), str(tmp_path / "gone.txt")], tmp_path / "r.sqlite")
    words = sorted(v.word for v in session)
    assert words.count("unreadable") == 3
    assert "not English" in words
    assert "skipped" in words
    assert session.summary.failed == 3
    assert "7 files" in session.summary.line()


def test_a_file_that_vanishes_meanwhile_is_named(tmp_path):
    with pytest.raises(UnreadableError, match="gone while reading"):
        only(tmp_path / "was-here.txt")
