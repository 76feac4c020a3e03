"""All quarrels and ways out: known answers, an oracle, and the law that binds them."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bargaining.tables import WORKED, by_brute_force, kind, table, worked_standoff

from accord.bargaining.constraint import ImpossibleFactsError, needed_facts
from accord.bargaining.line import Negotiation
from accord.bargaining.quarrel import Enumeration, enumerate_group
from accord.language.vocabulary import Vocabulary


def sets(found: tuple[tuple[str, ...], ...]) -> set[frozenset[str]]:
    return {frozenset(one) for one in found}


def minimal_hitting_sets(of: set[frozenset[str]]) -> set[frozenset[str]]:
    names = sorted(set().union(*of))
    hitting: list[frozenset[str]] = []
    for size in range(len(names) + 1):
        for some in map(frozenset, itertools.combinations(names, size)):
            if all(some & one for one in of) and not any(done <= some for done in hitting):
                hitting.append(some)
    return set(hitting)


def whole(one: Negotiation) -> Enumeration:
    return enumerate_group(one)


def test_the_worked_standoff_has_its_four_quarrels_and_eighteen_ways_out() -> None:
    found = whole(worked_standoff())
    assert found.complete
    assert sets(found.quarrels) == {
        frozenset(one)
        for one in (
            {"US2", "CN4"},
            {"US4", "CN5"},
            {"US1", "CN1", "CN2"},
            {"US3", "CN3", "CN4"},
        )
    }
    ways = sets(found.ways)
    assert len(ways) == 18
    of_three = {frozenset({"CN4", a, b}) for a in ("US1", "CN1", "CN2") for b in ("US4", "CN5")}
    of_four = {
        frozenset({"US2", a, b, c})
        for a in ("US3", "CN3")
        for b in ("US1", "CN1", "CN2")
        for c in ("US4", "CN5")
    }
    assert ways == of_three | of_four
    assert all("CN6" not in one for one in [*found.quarrels, *found.ways])


def test_the_textbook_example() -> None:
    words = Vocabulary().extended([kind("a"), kind("b")])
    found = whole(
        table(
            {
                "C1": ("USA", "a"),
                "C2": ("USA", "not a"),
                "C3": ("USA", "not a or b"),
                "C4": ("USA", "not b"),
            },
            words,
        )
    )
    assert sets(found.quarrels) == {frozenset({"C1", "C2"}), frozenset({"C1", "C3", "C4"})}
    assert sets(found.ways) == {
        frozenset({"C1"}), frozenset({"C2", "C3"}), frozenset({"C2", "C4"}),
    }  # fmt: skip


PHRASES = [
    "us_bind", "not us_bind", "cn_bind", "not cn_bind", "mrv", "not mrv",
    "us_bind implies cn_bind", "cn_bind implies mrv", "fin > 1 implies mrv",
    "fin <= 10", "fin >= 40", "fin < 40", "fin == 10", "cut <= 17", "cut >= 25", "cut > 17",
    "cut >= 20 implies fin >= 30", "2 * cut + cint <= 60", "cut - cint >= 5", "cint <= 10",
    "mrv before 2020", "mrv after 2020", "not mrv by 2030",
    "votes(3 if us_bind, 2 if mrv, 1) >= 4", "false", "cut >= 60",
]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=7))
def test_random_tables_agree_with_trying_every_subset(phrases: list[str]) -> None:
    one = table({f"L{n}": ("USA", text) for n, text in enumerate(phrases)}, WORKED)
    quarrels, ways = by_brute_force(one)
    found = whole(one)
    assert sets(found.quarrels) == quarrels
    assert sets(found.ways) == ways


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PHRASES), min_size=2, max_size=10))
def test_ways_out_are_the_minimal_hitting_sets_of_the_quarrels(phrases: list[str]) -> None:
    one = table({f"L{n}": ("USA", text) for n, text in enumerate(phrases)}, WORKED)
    found = whole(one)
    if found.quarrels:
        assert sets(found.ways) == minimal_hitting_sets(sets(found.quarrels))
        assert sets(found.quarrels) == minimal_hitting_sets(sets(found.ways))
    for way in found.ways:
        assert not whole(one.without(way)).quarrels


def test_groups_share_no_term_and_together_find_what_the_whole_finds() -> None:
    one = worked_standoff()
    groups = one.groups()
    assert [len(group.lines) for group in groups] == [3, 4, 2, 1]
    found = set().union(*(sets(enumerate_group(group).quarrels) for group in groups))
    assert found == sets(whole(one).quarrels)


def test_facts_link_groups_and_are_named_where_they_are_needed() -> None:
    words = Vocabulary().extended([kind("x", 0, 10), kind("y", 0, 10), kind("z", 0, 10)])
    one = table({"A": ("USA", "x >= 6"), "B": ("CHN", "y <= 5")}, words, ["y >= x", "z >= y"])
    assert len(one.groups()) == 1
    assert sets(whole(one).quarrels) == {frozenset({"A", "B"})}
    assert [fact.id for fact in needed_facts(one)] == ["F0"]


def test_facts_that_leave_no_deal_are_an_error_that_names_them() -> None:
    words = Vocabulary().extended([kind("x", 0, 10)])
    one = table({"A": ("USA", "x >= 6")}, words, ["x >= 1", "x >= 11"])
    with pytest.raises(ImpossibleFactsError, match="F1"):
        whole(one)


def test_a_line_that_nobody_could_meet_is_a_quarrel_with_itself() -> None:
    found = whole(table({"A": ("USA", "cut >= 60"), "B": ("CHN", "mrv")}, WORKED))
    assert found.quarrels == (("A",),)
    assert found.ways == (("A",),)


def test_when_time_runs_out_what_was_found_is_right_and_said_to_be_partial() -> None:
    lines = {f"U{n}": ("USA", f"x{n} and not y{n % 7}") for n in range(40)}
    lines |= {f"C{n}": ("CHN", f"not x{n} or y{(n + 1) % 7}") for n in range(40)}
    words = Vocabulary().extended(
        [kind(f"x{n}") for n in range(40)] + [kind(f"y{n}") for n in range(7)]
    )
    one = table(lines, words)
    start = time.monotonic()
    found = enumerate_group(one, deadline=start + 0.3)
    assert time.monotonic() - start < 2
    assert not found.complete
    for quarrel in found.quarrels[:3]:
        assert whole(one.only(quarrel)).quarrels == (quarrel,)


def test_progress_is_told() -> None:
    seen: list[tuple[int, int]] = []
    enumerate_group(
        worked_standoff(), progress=lambda quarrels, ways: seen.append((quarrels, ways))
    )
    assert seen[-1] == (4, 18)
