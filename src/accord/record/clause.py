"""Clauses: where what is asked, refused or promised ends, and whose words it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.record.attribution import Voices
from accord.record.mention import Mention
from accord.record.scene import SAID, SUBJECT, WHO, Line, Scene
from accord.record.statement import Statement
from accord.record.verbs import SAID_WORDS

_BOUNDARY = re.compile(
    rf"[;:](?=\s|$)|\s-{{1,2}}\s|[.!?](?=[\s\"')]|$)"
    rf"|,?\"?\s(?:the\s)?{WHO}++(?:,)?\s(?:has\s|had\s|also\s)?(?:{SAID_WORDS})\b|,?\"?\s(?:s?he|it|they)\s(?:{SAID_WORDS})\b"
    rf"|,\"?\s(?:said|added|told|wrote)\s|,?\s(?:according to)\b|,\s(?:sources|officials|diplomats)\ssaid"
    r"|,\s(?:but|while|whereas|although|though|which|who|where|when|because|as|after|before|so|saying|adding|noting|arguing|warning|setting|leaving|dashing|"
    r"drawing|prompting|raising|citing|insisting|stressing|calling|a (?:decision|demand|move|step|claim|call|request|sign|target|process|forum|group|plan|goal|measure)|even though|even if|in part because|and also|nor|yet)\b"
    rf"|,\s(?:and\s)(?:the\s)?(?:{WHO}|an?\s\w+\s\w+|he\b|she\b|it\b|they\b|we\b)"
    r"|,\s(?!including|according|following|regarding|concerning|excluding|during|bring|being|something|nothing|anything|everything)[a-z]{3,}ing\s"
    r"|\sand\s(?:says|said|warned|told|added|argued|noted|has|had|is|was|also|asked|urged|called|demanded|pressed|proposed|invited|supported|opposed|rejected|welcomed|stressed|insisted|pledged|promised|objected|maintains|maintained|argues|insists|demands|wants|calls|urges|prefers|backs|supports|rejects|opposes|paid|met|held|offered)\b"
    r"|\s(?:in part because|because|even though|although|while|whereas)\s"
)


def clause_end(mask: str, start: int, *, minimum: int = 8) -> int:
    """Return where the clause that starts at ``start`` ends: the next boundary, at the latest."""
    for m in _BOUNDARY.finditer(mask, start + minimum):
        return m.start()
    return len(mask.rstrip(" .!?\"'"))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Shed blanks and end marks from a span (a closing quotation mark only where none opened)."""
    while start < end and text[start] in " ,;:\n":
        start += 1
    while end > start and text[end - 1] in " ,;:.!?\n":
        end -= 1
    span = text[start:end]
    if span.endswith('"') and span.count('"') % 2 == 1:
        end -= 1
        while end > start and text[end - 1] in " ,;:.!?":
            end -= 1
    elif span.startswith('"') and span.count('"') % 2 == 1:
        start += 1
    return start, end


@dataclass
class Voiced:
    """A line together with what is said in it and the memory for its pronouns.

    ``decade`` is the year with which the decade of the document ends.
    """

    line: Line
    said: list[Statement]
    voices: Voices
    decade: int = 2030

    def speaker_at(self, at: int) -> Mention | None:
        """Return who says the words at a position of the sentence, if somebody does."""
        offset = self.line.start + at
        for statement in self.said:
            if statement.start - 1 <= offset < statement.end + 1:
                return statement.speaker
        return None

    def partial_speaker(self, at: int) -> Mention | None:
        """Return who is behind a sentence with quoted fragments, whole or in part."""
        direct = self.speaker_at(at)
        if direct is not None:
            return direct
        return next((s.speaker for s in self.said if s.speaker is not None), None)

    def subject(self, words: str, at: int) -> Mention | None:
        """Resolve a matched subject: the person masked in it, or the pronoun."""
        if WHO in words:
            return self.line.who(at + words.index(WHO))
        lower = words.strip().lower()
        if lower in ("we", "i", "us", "our"):
            return self.speaker_at(at) or (self.voices.last if self._quoted(at) else None)
        if lower.startswith(("both ", "the ")):
            sides = [p for p in self.line.people(0, at) if p.type in ("state", "group", "official")]
            return sides[0] if sides else self.voices.last_body or self.voices.last
        return self.voices.pronoun(lower, self.line, at)

    def _quoted(self, at: int) -> bool:
        return self.line.mask[at : at + 1] == SAID

    def main_subject(self, before: int) -> Mention | None:
        """Return the subject of the main clause: the first somebody followed by a verb."""
        for m in _SUBJECT_VERB.finditer(self.line.mask, 0, before):
            who = self.subject(m["who"], m.start("who"))
            if who is not None and who.type != "document":
                return who
        people = [m for m in self.line.people(0, before) if m.type != "document"]
        return people[0] if people else None

    def objects(self, start: int, end: int) -> list[Mention]:
        """Return those named between two positions."""
        return [m for m in self.line.people(start, end) if m.type != "document"]


_SUBJECT_VERB = re.compile(
    rf"(?P<who>{SUBJECT}),?(?=\s(?:[a-z]+ly\s|also\s|then\s|only\s)?(?:is|are|was|were|has|have|had|will|would|could|should|may|might|must|can|does|did|do|"
    r"[a-z]+ed|[a-z]+s|met|said|told|sent|spoke|set|held|led|left|went|began|won|got|made|took|gave|put|sought|want|say|call|urge)\b)"
)


def voiced(scene: Scene, said: list[Statement]) -> list[Voiced]:
    """Pair every line with its statements and with a memory that has read up to it."""
    out: list[Voiced] = []
    at = 0
    ordered = sorted(said, key=lambda s: s.start)
    memory = Voices(scene)
    decade = (int(scene.day[:4]) // 10 + 1) * 10 if scene.day else 2030
    for line in scene.lines:
        while at < len(ordered) and ordered[at].end <= line.start:
            at += 1
        here = [s for s in ordered[at:] if s.start < line.sentence.end]
        snapshot = Voices(scene)
        snapshot.last, snapshot.last_person, snapshot.last_body = (
            memory.last,
            memory.last_person,
            memory.last_body,
        )
        out.append(Voiced(line, here, snapshot, decade))
        memory.note(line, next((s.speaker for s in reversed(here) if s.speaker is not None), None))
    return out
