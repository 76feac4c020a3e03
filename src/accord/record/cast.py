"""The cast of a document: everybody named in it, in order of the text."""

from __future__ import annotations

from dataclasses import dataclass

from accord.record.body import administrations, organisations
from accord.record.group import commons, groups
from accord.record.holder import bodies_alone, offices, titles, unnamed
from accord.record.mention import Mention, Taken
from accord.record.naming import known
from accord.record.person import people, short_forms
from accord.record.sentence import Sentence


@dataclass
class Cast:
    """Everybody named in a document, in order of the text."""

    mentions: list[Mention]

    def at(self, offset: int) -> Mention | None:
        """Return the mention whose phrase covers ``offset``."""
        for mention in self.mentions:
            if mention.left <= offset < mention.right:
                return mention
        return None

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions whose names lie in a span."""
        return [m for m in self.mentions if m.start >= start and m.end <= end]


def find(folded: str, sentences: list[Sentence], day: str | None) -> Cast:
    """Find everybody named in a text.

    Parameters
    ----------
    folded
        The folded text.
    sentences
        Its sentences.
    day
        Date of the document (ISO prefix): offices are taken as of that day.
    """
    found = known(folded)
    taken = Taken(found)
    administrations(folded, found, taken)
    organisations(folded, found, taken)
    groups(folded, found, taken)
    people(folded, sentences, found, taken)
    short_forms(folded, found, taken, day)
    commons(folded, found, taken)
    found.sort(key=lambda m: m.start)
    offices(folded, sentences, found, day)
    titles(folded, found, taken)
    bodies_alone(folded, found, taken)
    unnamed(folded, found, taken)
    found.sort(key=lambda m: m.start)
    return Cast(found)
