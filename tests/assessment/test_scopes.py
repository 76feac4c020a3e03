"""The same words in the scopes of others: what they leave out warms, what they add cools."""

from __future__ import annotations

import datetime as dt

import pytest

from accord import Assessment, assess
from accord.brief.published import Published, read_published, warming_beside


@pytest.fixture(scope="module")
def plain() -> Assessment:
    return assess(members=400, draws=5, rules=True)


def test_leaving_pledges_out_never_cools(plain: Assessment) -> None:
    at = {scope: values["2100-p50"] for scope, values in plain.scopes.items()}
    assert at["targets"] == at["unconditional"]
    assert at["conditional-pledges"] < at["conditional"] < at["unconditional"]
    assert at["conditional-pledges"] < plain.warming.at_2100[50] < at["unconditional"]


def test_the_scope_that_is_the_convention_gives_its_own_answer() -> None:
    more = assess(members=400, draws=5, rules=True, conditional=True)
    scope = more.scopes["conditional-pledges"]
    assert scope["2100-p50"] == pytest.approx(more.warming.at_2100[50], abs=1e-9)
    assert scope["century-p66"] == pytest.approx(more.warming.p66_peak, abs=1e-9)


def test_published_values_meet_ours_in_their_scope(plain: Assessment) -> None:
    beside = {b.published.id: b for b in warming_beside(plain)}
    assert beside["cat25-pledges"].ours == plain.warming.at_2100[50]
    assert beside["cat25-targets"].ours == plain.scopes["targets"]["2100-p50"]
    assert beside["unep25-conditional"].ours == plain.scopes["conditional"]["century-p66"]
    assert beside["unep25-netzero"].key == "warming-century-p66-conditional-pledges"


def _value(name: str) -> Published:
    return next(item for item in read_published() if item.id == name)


@pytest.mark.parametrize("name", ["cat25-targets", "cat25-pledges"])
def test_ours_lies_within_three_tenths_of_the_climate_action_trackers(
    plain: Assessment, name: str
) -> None:
    # Their own median, 2100. Both sum up pledges of autumn 2025; ours is a year later and has
    # another model of the climate.
    assert plain.as_of == dt.date(2026, 11, 21)
    ours = next(b.ours for b in warming_beside(plain) if b.published.id == name)
    assert ours == pytest.approx(_value(name).central, abs=0.3)
