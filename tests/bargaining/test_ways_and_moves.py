"""What ways out cost, how far lines must move, win-sets, zone and landing ranges."""

from __future__ import annotations

import pytest
from tests.bargaining.tables import WORKED, kind, table, worked_standoff

from accord.bargaining.elastic import Elasticity
from accord.bargaining.line import Negotiation
from accord.bargaining.quarrel import enumerate_group
from accord.bargaining.way_out import combined, frontier, priced, ranked
from accord.bargaining.win_set import Menus, landings, win_sets
from accord.bargaining.zone import zone
from accord.bargaining.zone_map import pairs, zone_map
from accord.language.vocabulary import Vocabulary

WORDS = Vocabulary().extended(
    [
        kind("a"),
        kind("b"),
        kind("fin", 0, 200, "$bn/yr"),
        kind("peak_at", 2020, 2060, "year", "int"),
    ]
)


def money() -> Negotiation:
    return table(
        {
            "US": ("USA", "fin <= 10", 8.0),
            "CN": ("CHN", "fin >= 40", 4.0),
            "CN-A": ("CHN", "a", 2.0),
            "US-A": ("USA", "not a", 6.0),
            "IN": ("IND", "b", 1.0),
        },
        WORDS,
    )


def groups(one: Negotiation):
    lines = {line.id: line for line in one.lines}
    return [
        [priced(way, lines) for way in enumerate_group(group).ways]
        for group in one.groups()
        if enumerate_group(group).ways
    ], lines


def test_whole_ways_out_take_one_from_each_group_cheapest_first() -> None:
    some, lines = groups(money())
    ways = combined(some, lines)
    assert [(way.give_up, way.cost) for way in ways] == [
        (("CN", "CN-A"), 6.0),
        (("CN", "US-A"), 10.0),
        (("US", "CN-A"), 10.0),
        (("US", "US-A"), 14.0),
    ]
    assert ways[0].by_party == {"CHN": 6.0}
    assert ways[0].cost_per_party == 4.0


def test_each_ranking_has_its_own_first() -> None:
    some, lines = groups(money())
    assert combined(some, lines, ranking="party", most=1)[0].give_up == ("CN", "CN-A")
    assert combined(some, lines, ranking="dearest", most=1)[0].dearest == 4.0


def test_the_frontier_is_every_way_that_no_other_beats() -> None:
    some, lines = groups(money())
    every = combined(some, lines, most=100)

    def burden(way):
        own = [way.by_party.get(party, 0.0) for party in ("USA", "CHN")]
        return (*own, way.cost - sum(own))

    best = {
        way.give_up
        for way in every
        if not any(
            burden(other) != burden(way)
            and all(a <= b for a, b in zip(burden(other), burden(way), strict=True))
            for other in every
        )
    }
    assert {way.give_up for way in frontier(some, lines, ["USA", "CHN"])} == best
    assert frontier(groups(worked_standoff())[0], lines, ["USA"]) == ()


def test_without_costs_ways_are_unranked_and_smallest_first() -> None:
    one = worked_standoff()
    some, lines = groups(one)
    ways = combined(some, lines, most=20)
    assert len(ways) == 18
    assert [len(way.give_up) for way in ways] == [3] * 6 + [4] * 12
    assert all(way.cost is None for way in ways)
    assert ranked(ways) == ways


def test_the_least_movement_goes_where_moving_is_cheap() -> None:
    one = money()
    quarrels = [q for group in one.groups() for q in enumerate_group(group).quarrels]
    moves = Elasticity(one, quarrels)
    least = moves.least()
    assert {m.line: (m.given_up, m.amount) for m in least.moves} == {
        "CN": (False, 30.0),
        "CN-A": (True, 0.0),
    } or {m.line for m in least.moves} == {"CN", "CN-A"}
    assert least.cost == pytest.approx(6.0)


def test_the_most_even_movement_shares_the_burden() -> None:
    one = table({"US": ("USA", "fin <= 10", 8.0), "CN": ("CHN", "fin >= 40", 8.0)}, WORDS)
    even = Elasticity(one, [("US", "CN")]).even()
    assert even.by_party["USA"] == pytest.approx(4.0, abs=0.15)
    assert even.by_party["CHN"] == pytest.approx(4.0, abs=0.15)
    assert sum(m.amount for m in even.moves) == pytest.approx(30.0, abs=0.5)


def test_one_party_alone_moves_all_the_way_or_not_at_all() -> None:
    one = money()
    quarrels = [q for group in one.groups() for q in enumerate_group(group).quarrels]
    moves = Elasticity(one, quarrels)
    alone = moves.alone("CHN")
    assert alone is not None
    assert alone.cost == pytest.approx(6.0)
    assert {m.line for m in alone.moves} == {"CN", "CN-A"}
    assert moves.alone("USA").cost == pytest.approx(14.0)
    stuck = table({"US": ("USA", "a"), "CN": ("CHN", "not a"), "IN": ("IND", "not a")}, WORDS)
    assert Elasticity(stuck, [("US", "CN"), ("US", "IN")]).alone("CHN") is None


def test_a_strict_bound_is_passed_by_one_step() -> None:
    one = table({"EU": ("EU27", "fin <= 30", 7.0), "IN": ("IND", "fin > 30", 6.0)}, WORDS)
    (move,) = Elasticity(one, [("EU", "IN")]).least().moves
    assert (move.line, move.given_up or move.amount == 1.0) == ("IN", True)


def test_landings_are_the_ranges_that_lines_leave() -> None:
    one = table(
        {"A": ("USA", "fin <= 10"), "B": ("USA", "a implies b"), "C": ("USA", "not b"),
         "D": ("USA", "peak_at < 2030")},
        WORDS,
    )  # fmt: skip
    found = {each.term: each for each in landings(one)}
    assert (found["fin"].low, found["fin"].high, found["fin"].words) == (0, 10, "at most 10 $bn/yr")
    assert found["a"].values == ("no",)
    assert found["b"].values == ("no",)
    assert found["peak_at"].high == 2029
    assert landings(worked_standoff()) == ()


def test_a_win_set_is_a_share_of_the_menu_at_the_table_and_at_home() -> None:
    sets = {one.party: one for one in win_sets(worked_standoff())}
    # fin <= 10 of 0..200 in 101 steps: 6 of 101; above 1: mrv; cut <= 17 of 0..50: 35 of 101.
    assert sets["USA"].share == pytest.approx(3 / 4 * (1 + 5 / 2) / 101 * 35 / 101, rel=0.05)
    assert sets["CHN"].share is not None
    assert {one.term for one in sets["CHN"].landings} >= {"cn_bind", "fin", "cut"}


def test_the_zone_is_empty_while_they_quarrel_and_opens_on_the_way_out() -> None:
    one = money()
    closed = zone(one)
    assert (closed.share, closed.landings) == (0.0, ())
    opened = zone(one, ("CN", "CN-A"), between=("USA", "CHN"))
    assert opened.share is not None and opened.share > 0
    found = {each.term: each.words for each in opened.landings}
    assert found == {"fin": "at most 10 $bn/yr", "a": "no", "b": "yes"}
    assert opened.best["CHN"].terms["fin"] == "10 $bn/yr"
    assert opened.nash is not None
    assert opened.nash.terms["fin"] == "10 $bn/yr"


def test_nash_splits_what_two_want_alike() -> None:
    one = table({"A": ("USA", "fin >= 200", 5.0), "B": ("CHN", "fin <= 0", 5.0)}, WORDS)
    found = zone(one, ("A", "B"), between=("USA", "CHN"))
    assert found.nash is not None
    assert found.nash.points["USA"] == pytest.approx(2.5, abs=0.1)
    assert found.nash.points["CHN"] == pytest.approx(2.5, abs=0.1)
    assert len(found.edge) >= 2


def test_the_map_of_two_terms_shows_what_each_and_all_accept() -> None:
    words = Vocabulary().extended([kind("x", 0, 23), kind("y", 0, 23)])
    one = table(
        {"A": ("USA", "x + y >= 20"), "B": ("CHN", "x <= 8"), "C": ("CHN", "y <= 14")}, words
    )
    assert pairs(one) == (("x", "y"),)
    found = zone_map(one, "x", "y")
    values = {(found.across[i], found.up[j]) for i, j in found.common}
    assert values == {
        (x, y) for x in found.across for y in found.up if x + y >= 20 and x <= 8 and y <= 14
    }
    assert found.common == found.accepts["USA"] & found.accepts["CHN"]


def test_a_menu_is_drawn_once_and_the_same_each_time() -> None:
    one = worked_standoff()
    ids = [line.id for line in one.lines if line.party == "CHN"]
    assert Menus(one).share(ids) == Menus(one).share(ids)


def test_a_dated_term_moves_by_years() -> None:
    one = table({"A": ("USA", "a before 2030", 5.0), "B": ("CHN", "not a before 2040", 3.0)}, WORKED
                .extended([kind("a")]))  # fmt: skip
    (move,) = Elasticity(one, [("A", "B")]).least().moves
    assert (move.line, move.unit) == ("B", "year")
    assert move.amount == pytest.approx(11)
