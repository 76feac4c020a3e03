"""The list of commitments on disk: read strictly, written so that it diffs well."""

from __future__ import annotations

import datetime as dt
import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from accord.errors import InputError, TargetError, UnknownNameError
from accord.language import parse
from accord.language.possible import check_possible
from accord.language.target import Pledge
from accord.ledger import yaml_file
from accord.ledger.commitment import (
    BaseValue,
    Citation,
    Commitment,
    LegalForm,
    Outcome,
    Status,
    StatusWord,
)
from accord.ledger.entry import Entry
from accord.ledger.evidence import read_evidence

LEGAL_FORMS: tuple[str, ...] = typing.get_args(LegalForm)
MOST_FAULTS = 200
"""Faults after which reading stops: a file with more has one cause, and near matches cost time."""

STATUS_WORDS: tuple[str, ...] = typing.get_args(StatusWord)
_STATUS = re.compile(r"(\S+)\s+([^:]*[^:\s])(?:\s*:\s+(.*))?", re.DOTALL)
_STATUS_EXPECTED = "'2015-12-12 announced' or '2015-12-12 announced: a note'"
_PLAIN_TEXT = re.compile(r"[A-Za-z][\w .,/()€$%·–'’+-]*(?<! )")
_NOT_TEXT = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


def read_commitments(
    paths: Iterable[Path],
    sources: Mapping[str, Citation],
    problems: list[InputError],
    today: dt.date | None = None,
) -> tuple[Commitment, ...]:
    """Return the commitments of a case's files, in their order.

    Parameters
    ----------
    paths
        The files; ids are unique over all of them.
    sources
        Citations by key, for ``evidence``.
    problems
        Receives every fault with its place.
    today
        Day of the edition: nothing may be dated after it.
    """
    entries: dict[str, tuple[Entry, Commitment]] = {}
    unread: set[str] = set()
    for path in paths:
        for entry in _entries(path, problems):
            if len(problems) >= MOST_FAULTS:
                entry.fault(f"{MOST_FAULTS} faults so far; from here on nothing is checked")
                return ()
            commitment = _read(entry, sources)
            if commitment is None:
                unread.add(entry.path)
                continue
            if today is not None and commitment.date > today:
                entry.fault(f"{commitment.date} is after the edition's day {today}", "date")
            first = entries.setdefault(commitment.id, (entry, commitment))[0]
            if first is not entry:
                where = "" if first.file == entry.file else f"{first.file}, "
                entry.fault(
                    f"{commitment.id!r} is given twice; the first is in {where}line "
                    f"{first.line('id')}",
                    "id",
                )
    _check_supersedes(entries, unread, problems)
    return tuple(commitment for _, commitment in entries.values())


def _entries(path: Path, problems: list[InputError]) -> Iterator[Entry]:
    node = yaml_file.read_yaml(path, problems)
    if node is None:
        return
    whole = Entry(yaml_file.Mapping(node.line), str(path), "", problems)
    if not isinstance(node, yaml_file.Sequence):
        whole.fault("expected a list: each commitment starts with '- id: …'")
        return
    for number, item in enumerate(node.items, 1):
        if isinstance(item, yaml_file.Mapping):
            yield whole.within(item, _name(item, number))
        else:
            whole.fault(
                f"item {number}: expected the fields of a commitment: '- id: …', 'says: …'",
                line=item.line,
            )


def _name(item: yaml_file.Mapping, number: int) -> str:
    node = item.fields.get("id")
    return node.text[:80] if isinstance(node, yaml_file.Scalar) and node.text else f"[{number}]"


def _read(entry: Entry, sources: Mapping[str, Citation]) -> Commitment | None:
    name = entry.identifier("id")
    says = entry.text("says", required=True, expected="a pledge phrase in quotation marks")
    party = entry.text("party")
    instrument = entry.text("instrument", required=True)
    form = entry.choice("legal_form", LEGAL_FORMS, required=True)
    date = entry.date("date", required=True)
    pledge = _pledge(entry, says, party or None, date) if says else None
    statuses = _statuses(entry, date)
    evidence = read_evidence(entry, sources, required=True)
    base_values = tuple(_base_value(one) for one in _list(entry, "base_values"))
    outcomes = tuple(_outcome(one) for one in _list(entry, "outcomes"))
    supersedes = tuple(
        text for text, _ in entry.texts("supersedes", expected="a list of commitment ids")
    )
    gdp_series = entry.text("gdp_series") or None
    note = entry.text("note")
    verified = entry.flag("verified")
    entry.done()
    if not name or pledge is None or form is None or date is None:
        return None
    return Commitment(
        id=name,
        says=says,
        pledge=pledge,
        instrument=instrument,
        legal_form=typing.cast(LegalForm, form),
        date=date,
        statuses=statuses,
        evidence=evidence,
        base_values=tuple(value for value in base_values if value is not None),
        gdp_series=gdp_series,
        outcomes=tuple(outcome for outcome in outcomes if outcome is not None),
        supersedes=supersedes,
        note=note,
        verified=verified,
    )


def _pledge(entry: Entry, says: str, party: str | None, date: dt.date | None) -> Pledge | None:
    try:
        pledge = parse(says, default_party=party)
        if party is not None and parse("policy: x", default_party=party).party != pledge.party:
            entry.fault(f"the phrase is of {pledge.party}, not of {party!r}", "party")
        if date is not None:
            check_possible(pledge, date)
    except InputError as problem:
        entry.problems.append(problem.at(entry.place("says")))
        return None
    except TargetError as problem:
        entry.fault(str(problem), "says")
        return None
    return pledge


def _statuses(entry: Entry, date: dt.date | None) -> tuple[Status, ...]:
    found: list[Status] = []
    for node in entry.items("statuses", expected=f"a list of {_STATUS_EXPECTED}"):
        line, note = node.line, ""
        text = node
        if isinstance(node, yaml_file.Mapping) and len(node.fields) == 1:
            head, value = next(iter(node.fields.items()))
            text = yaml_file.Scalar(head, line, quoted=False)
            if isinstance(value, yaml_file.Scalar):
                note = value.text.strip()
        match = _STATUS.fullmatch(text.text.strip()) if isinstance(text, yaml_file.Scalar) else None
        if match is None:
            entry.fault(f"expected {_STATUS_EXPECTED}", "statuses", line)
            continue
        since = entry.as_date(match[1], "statuses", line)
        if match[2] not in STATUS_WORDS:
            entry.problems.append(
                UnknownNameError(
                    "status", match[2][:60], STATUS_WORDS, entry.place("statuses", line)
                )
            )
            continue
        if since is None:
            continue
        if date is not None and since < date:
            entry.fault(
                f"the status of {since} is earlier than the commitment's date {date}",
                "statuses",
                line,
            )
        if found and since < found[-1].since:
            entry.fault(
                f"{since} comes after {found[-1].since}; statuses stand in order of time",
                "statuses",
                line,
            )
        found.append(
            Status(since=since, word=typing.cast(StatusWord, match[2]), note=note or match[3] or "")
        )
    if not found and date is not None:
        found.append(Status(since=date, word="announced"))
    return tuple(found)


def _list(entry: Entry, field: str) -> Iterable[Entry]:
    return entry.entries(field, expected="a list of {value: …, unit: …, year: …, series: …}")


def _base_value(entry: Entry) -> BaseValue | None:
    value = entry.number("value", required=True)
    unit = entry.text("unit", required=True)
    year = entry.year("year", required=True)
    series = entry.text("series", required=True)
    official = entry.flag("official", default=True)
    entry.done()
    if value is None or year is None:
        return None
    return BaseValue(value=value, unit=unit, year=year, series=series, official=official)


def _outcome(entry: Entry) -> Outcome | None:
    value = entry.number("value", required=True)
    unit = entry.text("unit", required=True)
    year = entry.year("year", required=True)
    series = entry.text("series", required=True)
    source = entry.text("source", required=True)
    official = entry.flag("official")
    if not entry.has("official"):
        entry.fault("'official' is missing; expected true or false", "official")
    verified = entry.flag("verified")
    entry.done()
    if value is None or year is None:
        return None
    return Outcome(
        value=value,
        unit=unit,
        year=year,
        series=series,
        official=official,
        source=source,
        verified=verified,
    )


def _check_supersedes(
    entries: Mapping[str, tuple[Entry, Commitment]], unread: set[str], problems: list[InputError]
) -> None:
    for entry, commitment in entries.values():
        if len(problems) >= MOST_FAULTS:
            return
        for earlier in commitment.supersedes:
            if earlier in unread:
                continue  # its own fault is listed already
            other = entries[earlier][1] if earlier in entries else None
            if other is None:
                place = entry.place("supersedes")
                problems.append(UnknownNameError("commitment", earlier[:80], entries, place))
            elif other.party != commitment.party:
                entry.fault(f"{earlier!r} is a commitment of {other.party}", "supersedes")
            elif other.date > commitment.date or other is commitment:
                entry.fault(
                    f"{earlier!r} of {other.date} is not earlier than {commitment.date}",
                    "supersedes",
                )
            elif commitment.id in other.supersedes:
                entry.fault(f"{earlier!r} and this one supersede each other", "supersedes")


# Writing ------------------------------------------------------------------------------------------


def scalar(text: str) -> str:
    """Return a text as YAML, in quotation marks where it could be taken for something else."""
    import json

    plain = _PLAIN_TEXT.fullmatch(text) and text.lower() not in _NOT_TEXT
    return text if plain else json.dumps(text, ensure_ascii=False)


def _number(value: float) -> str:
    from accord.language.quantity import number

    return number(value)


def dump_commitments(
    commitments: Iterable[Commitment], sources: Mapping[str, Citation] | None = None
) -> str:
    """Return commitments as the text of ``commitments.yaml``, in their order.

    Parameters
    ----------
    commitments
        What to write.
    sources
        Citations of ``sources.yaml``: evidence that is among them is written as its key.
    """
    keys = {citation: key for key, citation in (sources or {}).items()}
    return "\n".join(_dump(commitment, keys) for commitment in commitments)


def _dump(one: Commitment, keys: Mapping[Citation, str]) -> str:
    import json

    lines = [
        f"- id: {scalar(one.id)}",
        f"  says: {json.dumps(one.says, ensure_ascii=False)}",
        f"  instrument: {scalar(one.instrument)}",
        f"  legal_form: {one.legal_form}",
        f"  date: {one.date.isoformat()}",
        "  statuses:",
    ]
    for status in one.statuses:
        note = f": {scalar(status.note)}" if status.note else ""
        lines.append(f"    - {status.since.isoformat()} {status.word}{note}")
    lines.append("  evidence:")
    lines += [f"    - {_cited(citation, keys)}" for citation in one.evidence]
    if one.base_values:
        lines.append("  base_values:")
        for value in one.base_values:
            lines.append(
                f"    - {{value: {_number(value.value)}, unit: {scalar(value.unit)}, "
                f"year: {value.year}, series: {json.dumps(value.series, ensure_ascii=False)}, "
                f"official: {str(value.official).lower()}}}"
            )
    if one.gdp_series is not None:
        lines.append(f"  gdp_series: {scalar(one.gdp_series)}")
    if one.outcomes:
        lines.append("  outcomes:")
        for outcome in one.outcomes:
            lines.append(
                f"    - {{value: {_number(outcome.value)}, unit: {json.dumps(outcome.unit)}, "
                f"year: {outcome.year}, series: {json.dumps(outcome.series, ensure_ascii=False)}, "
                f"official: {str(outcome.official).lower()}, "
                f"source: {json.dumps(outcome.source, ensure_ascii=False)}, "
                f"verified: {str(outcome.verified).lower()}}}"
            )
    if one.supersedes:
        lines.append(f"  supersedes: [{', '.join(one.supersedes)}]")
    if one.note:
        lines.append(f"  note: {scalar(one.note)}")
    lines.append(f"  verified: {str(one.verified).lower()}")
    return "\n".join(lines) + "\n"


def _cited(citation: Citation, keys: Mapping[Citation, str]) -> str:
    if citation in keys:
        return keys[citation]
    import json

    parts = [
        f"title: {json.dumps(citation.title, ensure_ascii=False)}",
        f"publisher: {json.dumps(citation.publisher, ensure_ascii=False)}",
    ]
    if citation.date is not None:
        parts.append(f"date: {citation.date.isoformat()}")
    if citation.url is not None:
        parts.append(f"url: {json.dumps(citation.url)}")
    return f"{{{', '.join(parts)}}}"
