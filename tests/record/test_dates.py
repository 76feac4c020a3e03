"""Dates as a reader understands them."""

import pytest

from accord.record.dates import published, resolve
from accord.record.typography import fold


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Published: July 18, 2023\nTalks resumed.", "2023-07-18"),
        ("Geneva, 3 March (Wire) - Talks resumed. © 2021 Wire", "2021-03-03"),
        ("18.06.2024\nReadout", "2024-06-18"),
        ("NAIROBI, Kenya, Sept. 5, 2023 (Wire) -- Leaders met.", "2023-09-05"),
        ("The Copenhagen conference held late last year failed.", "2010"),
        ("One stumbling block is left for Copenhagen.", "2009"),
    ],
)
def test_the_date_of_publication_is_read_or_inferred(text, value):
    assert published(fold(text)).value == value


@pytest.mark.parametrize(
    ("phrase", "day", "value"),
    [
        ("he said on Monday", "2023-07-18", "2023-07-17"),
        ("he said on Tuesday", "2023-07-18", "2023-07-18"),
        ("she said yesterday", "2021-09-03", "2021-09-02"),
        ("on his visit this week", "2021-09-03", "2021"),
        ("on his visit this week", "2021-09-16", "2021-09"),
        ("a bill passed in March", "2023-07-18", "2023-03"),
        ("a law passed in October", "2023-07-18", "2022-10"),
        ("earlier this month", "2023-07-20", "2023-07"),
        ("last month", "2023-01-20", "2022-12"),
        ("on Monday", "2010", "2010"),
        ("later this year", "2010", "2010"),
        ("on 5 December 2012", "2010", "2012-12-05"),
    ],
)
def test_relative_dates_are_as_exact_as_the_words_allow(phrase, day, value):
    assert resolve(phrase, day)[0].value == value


def test_what_is_still_to_come_lies_ahead():
    assert resolve("will meet in March", "2023-07-18", future=True)[0].value == "2024-03"
    assert resolve("will meet on Friday", "2023-07-18", future=True)[0].value == "2023-07-21"
