"""The frame is the same answer that the rest of Accord gives, and follows from what is changed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.assessment.chain import assess
from accord.desk.deal import Deal
from accord.desk.ground import Grounds
from accord.desk.live import Picture
from accord.desk.terms import talks_of
from accord.desk.verdict import verdicts
from accord.ledger import Case


def test_the_untouched_desk_says_what_accord_assess_says(us_china: Case, grounds: Grounds) -> None:
    result = assess(case=us_china, members=400, draws=8)
    picture = Picture.of(grounds.of("", {}), Deal())
    block = picture.warming_block()
    for p in (5, 50, 95):
        assert block["at_2100"][str(p)] == pytest.approx(result.warming.at_2100[p], abs=6e-4)
        assert block["peak"][str(p)] == pytest.approx(result.warming.peak[p], abs=6e-4)
    for level in (1.5, 2.0):
        theirs = result.warming.crossing_year[level][50]
        assert block["crossing"][f"{level:g}"]["50"] == theirs
        assert block["below"][f"{level:g}"] == pytest.approx(
            result.warming.prob_below[level], abs=6e-4
        )
    total = [result.world.ghg.at(int(y))[50] for y in (2030, 2050)]
    assert np.isfinite(total).all()


def test_a_changed_phrase_says_what_the_case_would_say_with_it(
    us_china: Case, grounds: Grounds
) -> None:
    from accord.desk.saving import case_of

    deal = Deal(says={"CN-NZ60": "China: reach carbon neutrality before 2050"})
    picture = Picture.of(grounds.of("", {}), deal)
    result = assess(case=case_of(picture), members=400, draws=8)
    ours = picture.warming_block()["at_2100"]["50"]
    assert ours == pytest.approx(result.warming.at_2100[50], abs=6e-4)


def test_only_the_party_that_is_changed_is_projected_again(grounds: Grounds) -> None:
    ground = grounds.of("", {})
    picture = Picture.of(ground, Deal(says={"CN-PEAK": "China: peak CO2 emissions before 2035"}))
    changed = [c for c, p in picture.world.parties.items() if p is not ground.world.parties[c]]
    assert changed == ["CHN"]


def test_the_stack_adds_up_to_the_world(grounds: Grounds) -> None:
    ground = grounds.of("", {})
    picture = Picture.of(ground, Deal(says={"CN-NZ60": "China: carbon neutrality by 2045"}))
    block = picture.world_block()
    np.testing.assert_allclose(
        np.sum(list(block["stack"].values()), axis=0), block["central"], atol=0.004
    )


def test_the_deal_of_copenhagen_starts_where_copenhagen_stood(grounds: Grounds) -> None:
    ground = grounds.of("copenhagen-2009", {})
    assert ground.world.first_year == 2009
    assert not any("Paris" in row.commitment.instrument for row in Picture.of(
        ground, Deal(as_of="copenhagen-2009")).rows.values())  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_quick_verdicts_never_contradict_the_solver(grounds: Grounds, data: st.DataObject) -> None:
    """What three-valued logic calls kept or broken, the exact solver calls the same."""
    from accord.desk import solver
    from accord.desk.standoff import proposed

    ground = grounds.of("", {})
    terms = talks_of(ground).terms
    chosen = data.draw(st.lists(st.sampled_from(sorted(terms)), max_size=8, unique=True))
    values: dict[str, bool | float | str] = {}
    for key in chosen:
        kind = terms[key].kind
        if kind.type == "bool":
            values[key] = data.draw(st.booleans())
        elif kind.type == "enum":
            values[key] = data.draw(st.sampled_from(kind.values))
        else:
            low, high = int(kind.low), int(kind.high)
            values[key] = float(data.draw(st.integers(low, min(high, low + 600))))
    picture = Picture.of(ground, Deal(terms=values))
    quick = verdicts(talks_of(ground).lines, picture.settled)
    exact, contradiction = solver.ask(proposed, picture)
    if exact is None:
        assert contradiction
        return
    for one in exact.verdicts:
        assert quick[one.line] in {one.verdict, "open"}, one.line


def test_a_way_out_that_is_applied_breaks_what_it_gives_up_and_nothing_else(
    grounds: Grounds,
) -> None:
    from accord.desk import solver
    from accord.desk.standoff import applied, stuck_of

    for as_of in ("", "copenhagen-2009"):
        ground = grounds.of(as_of, {})
        found = solver.ask(stuck_of, ground.case, as_of or ground.day.isoformat())
        way = found.ways_out[0].give_up
        deal = solver.ask(applied, Picture.of(ground, Deal(as_of=as_of)), way)
        broken = {k for k, v in Picture.of(ground, deal).verdicts.items() if v == "broken"}
        assert broken == set(way)


def test_commitments_answer_what_they_are_and_a_hand_overrules_them(grounds: Grounds) -> None:
    """At Copenhagen China was bound by no treaty, and its refusal to be was kept."""
    ground = grounds.of("copenhagen-2009", {})
    before = Picture.of(ground, Deal(as_of="copenhagen-2009"))
    assert before.settled["binding(CHN)"] is False
    assert before.verdicts["CHN-NOBIND"] == "kept"
    assert before.verdicts["CHN-USBIND"] == "broken"
    after = Picture.of(ground, Deal(as_of="copenhagen-2009", terms={"binding(CHN)": True}))
    assert after.verdicts["CHN-NOBIND"] == "broken"


def test_a_figure_that_oversteps_a_line_breaks_it(grounds: Grounds) -> None:
    ground = grounds.of("", {})
    row = "CN-NDC35-GHG"
    for cut, verdict in ((10, "kept"), (12, "broken")):
        says = f"China: cut greenhouse gases by {cut}% below peak by 2035, including LULUCF"
        assert Picture.of(ground, Deal(says={row: says})).verdicts["CHN-CUT2035"] == verdict
