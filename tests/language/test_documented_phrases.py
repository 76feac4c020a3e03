"""Every phrase that the documentation shows can be read, and read again once printed."""

import re
from pathlib import Path

import pytest

from accord.language import parse, parse_all, say

PAGE = Path(__file__).parents[2] / "docs" / "pledge-language.md"


def examples(kind: str) -> list[str]:
    blocks = re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("phrase", examples("pledge"))
def test_a_documented_phrase_is_read_and_its_printed_form_means_the_same(phrase: str) -> None:
    pledge = parse(phrase)
    assert parse(say(pledge)) == pledge


@pytest.mark.parametrize("phrases", examples("pledges"))
def test_documented_phrases_set_apart_by_semicolons_are_several_pledges(phrases: str) -> None:
    assert len(parse_all(phrases)) == phrases.count(";") + 1
