"""A pledge printed is a phrase that reads back to the same pledge."""

from hypothesis import given, settings
from pledges import pledges

from accord.language import parse, say
from accord.parties import PARTIES


@settings(max_examples=400, deadline=None)
@given(pledges())
def test_reading_what_was_said_gives_the_same_pledge(pledge) -> None:
    assert parse(say(pledge)) == pledge


@settings(max_examples=50, deadline=None)
@given(pledges())
def test_a_canonical_phrase_is_printed_as_itself(pledge) -> None:
    phrase = say(pledge)
    assert say(parse(phrase)) == phrase


def test_every_party_is_printed_under_a_name_that_reads_back() -> None:
    for code in PARTIES:
        pledge = parse("carbon neutrality by 2050", default_party=code)
        assert parse(say(pledge)) == pledge, code
