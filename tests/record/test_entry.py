"""An entry without its words in a document cannot be made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.record.document import Document
from accord.record.entry import Entry, UnverifiableError, entry
from accord.record.typography import fold, locate

DOCUMENT = Document("note", "The EU said it would not raise its target.")


def test_words_that_stand_at_their_offsets_make_an_entry():
    made = entry(DOCUMENT, "statement", 12, 41, speaker="European Union")
    assert made.quote == "it would not raise its target"
    assert made.plain()["attrs"] == {"speaker": "European Union"}


@pytest.mark.parametrize(
    ("start", "end", "quote"),
    [
        (12, 41, "it would now raise its target"),
        (13, 42, "it would not raise its target"),
        (0, 0, ""),
        (30, 99, "its"),
    ],
)
def test_altered_shifted_or_empty_words_are_refused(start, end, quote):
    with pytest.raises(UnverifiableError):
        Entry(DOCUMENT, "statement", start, end, quote, {})


def test_attributes_of_another_kind_are_refused():
    with pytest.raises(UnverifiableError, match="no attribute 'speaker'"):
        entry(DOCUMENT, "demand", 0, 6, speaker="EU")


@given(st.text(max_size=60))
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(st.text(min_size=1, max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_what_is_located_stands_in_the_text_in_its_own_characters(quote, before, after):
    text = before + quote + after
    place = locate(text, quote)
    if place is not None:
        start, end = place
        assert locate(text[start:end], quote) is not None


def test_quotation_marks_dashes_and_blanks_may_differ():
    text = "He said: “we will —  as ever —\n talk”."
    start, end = locate(text, '"we will - as ever - talk"')
    assert text[start:end] == "“we will —  as ever —\n talk”"
