"""The deal as a value: links, undo, drags."""

from __future__ import annotations

import base64
import contextlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.desk.deal import Course, Deal, deal_of, token_of
from accord.errors import InputError

WORDS = st.text(max_size=40)
DEALS = st.builds(
    Deal,
    as_of=WORDS,
    switches=st.dictionaries(WORDS, st.booleans() | WORDS, max_size=3),
    says=st.dictionaries(WORDS, WORDS, max_size=4),
    removed=st.lists(WORDS, max_size=3).map(tuple),
    counted=st.dictionaries(WORDS, st.booleans(), max_size=3),
    terms=st.dictionaries(
        WORDS, st.booleans() | WORDS | st.floats(-1e6, 1e6, allow_nan=False), max_size=4
    ),
)


@given(DEALS)
def test_a_link_brings_back_the_deal_it_was_made_of(deal: Deal) -> None:
    assert deal_of(token_of(deal)) == deal


@given(DEALS)
def test_a_link_fits_into_an_address(deal: Deal) -> None:
    assert all(c.isalnum() or c in "-_" for c in token_of(deal))


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda b: "1" + b.hex()))
def test_no_text_that_somebody_puts_into_a_link_does_more_than_be_refused(text: str) -> None:
    with contextlib.suppress(InputError):
        deal_of(text)


def test_a_link_that_unfolds_to_megabytes_is_refused() -> None:
    bomb = zlib.compress(b'{"says":{"a":"' + b"x" * 50_000_000 + b'"}}', 9)
    with pytest.raises(InputError, match="link"):
        deal_of("1" + base64.urlsafe_b64encode(bomb).decode())


def test_moves_of_one_drag_are_undone_together() -> None:
    course = Course()
    for year in (2031, 2032, 2033):
        course.step(Deal(says={"a": str(year)}), f"{year}", "row a", ends=year == 2033)
    course.step(Deal(says={"a": "2040"}), "2040", "row a")
    assert course.undo()
    assert course.deal.says == {"a": "2033"}
    assert course.undo()
    assert course.deal == Deal()
    assert not course.undo()
    assert course.redo() and course.redo()
    assert course.deal.says == {"a": "2040"}


def test_what_was_undone_is_gone_once_something_new_is_done() -> None:
    course = Course()
    course.step(Deal(as_of="a"), "a")
    course.undo()
    course.step(Deal(as_of="b"), "b")
    assert course.redo_words is None
