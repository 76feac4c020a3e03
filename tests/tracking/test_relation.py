"""Rulers, acts and couplings of a relation."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.tracking.cases import write_case

from accord.cli import cli
from accord.errors import InputError, UnknownNameError
from accord.ledger import load_case
from accord.tracking.coupling import coupling, event_study, f_tail, granger, rolling_var
from accord.tracking.interaction import KINDS, load_interactions, moved, running_index
from accord.tracking.relation import recorded, relation
from accord.tracking.ruler import Ruler, month_of, named, ranks, ruler

START = month_of("2009-01")


def walk(seed: int, n: int = 180) -> Ruler:
    rng = np.random.default_rng(seed)
    return Ruler(f"walk-{seed}", START, np.cumsum(rng.normal(size=n)))


def test_months_are_read_and_written_alike() -> None:
    assert named(month_of("2014-11")) == "2014-11"
    for wrong in ("2014", "2014-13", "Nov 2014"):
        with pytest.raises(InputError, match="is no month"):
            month_of(wrong)


def test_an_unknown_ruler_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean gdelt"):
        ruler("gdlet")
    assert ruler("icews:CHN>USA").first == month_of("2002-01")


def test_a_ruler_of_ones_own_is_a_file_of_months(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("month,value\n2014-01,1\n2014-03,2.5\n", encoding="utf-8")
    mine = ruler(path)
    assert mine.name == "mine"
    assert mine.at(month_of("2014-03")) == 2.5
    assert np.isnan(mine.at(month_of("2014-02")))
    path.write_text("month,value\n2014-01,1\n2014-01,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine.csv:3: 2014-01 stands twice"):
        ruler(path)


def test_ties_share_their_rank() -> None:
    assert ranks(np.array([3.0, 1.0, 3.0])).tolist() == [2.5, 1.0, 2.5]


@given(st.lists(st.sampled_from(sorted(KINDS)), max_size=60), st.floats(-9, 9))
def test_the_running_index_never_leaves_its_scale(kinds: list[str], start: float) -> None:
    level = start
    for kind in kinds:
        level = moved(level, KINDS[kind])
        assert -9 <= level <= 9


def test_bad_news_counts_for_less_where_relations_are_bad_already() -> None:
    assert 0 < -8 - moved(-8, -2) < 0 - moved(0, -2)


def test_the_index_falls_with_the_suspension_and_rises_with_the_statement() -> None:
    acts = load_interactions(load_case("us-china"))
    index = running_index(acts, "climate", START, month_of("2026-11"))
    assert index.at(month_of("2022-08")) < index.at(month_of("2022-07")) - 2
    assert index.at(month_of("2014-11")) > index.at(month_of("2014-10"))
    with pytest.raises(InputError, match="no interactions on space"):
        running_index(acts, "space", START, START + 12)


def test_a_series_that_follows_another_is_found_to_be_linked() -> None:
    rest = walk(1)
    noise = np.random.default_rng(2).normal(size=180)
    area = Ruler("area", START, np.concatenate([[0.0], rest.values[:-1]]) + 0.3 * noise)
    found = coupling(area, rest, draws=200)
    assert found.linked
    assert found.compartment < 0.7
    assert max(found.lags, key=lambda one: one.r).lag == 1


def test_unlinked_series_are_found_apart_as_often_as_they_should_be() -> None:
    linked = sum(coupling(walk(n), walk(100 + n), draws=100).linked for n in range(40))
    assert linked <= 7


def test_too_short_a_span_is_refused() -> None:
    with pytest.raises(InputError, match="48 are needed"):
        coupling(walk(1, 30), walk(2))
    with pytest.raises(InputError, match="too short"):
        rolling_var(walk(1), walk(2), window=12)


def test_causes_are_found_in_their_direction() -> None:
    rng = np.random.default_rng(3)
    cause = rng.normal(size=120)
    effect = np.concatenate([[0.0], 0.8 * cause[:-1]]) + 0.5 * rng.normal(size=120)
    assert granger(cause, effect) < 1e-6
    assert granger(effect, cause) > 0.01


@pytest.mark.parametrize(("value", "upper", "lower", "tail"), [
    (3.0, 2, 50, 0.058823), (1.0, 3, 10, 0.432337), (10.0, 1, 5, 0.025031), (0.0, 2, 9, 1.0),
])  # fmt: skip
def test_the_tail_of_f_is_that_of_the_tables(
    value: float, upper: int, lower: int, tail: float
) -> None:
    assert f_tail(value, upper, lower) == pytest.approx(tail, abs=2e-6)


def test_a_shock_is_the_change_of_three_months_against_three() -> None:
    values = np.zeros(60)
    values[30:] = -2.0
    step = Ruler("step", START, values)
    (shock,) = event_study(step, step, [(START + 30, "shock"), (START + 59, "too late")])
    assert shock.area_change == -2
    assert shock.area_rank < 0.02


def test_documents_read_into_a_case_are_counted_by_area_and_month(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    entries = [
        {"kind": "doc_date", "attrs": {"value": "2010-02-25", "role": "published"}},
        {"kind": "issue", "attrs": {"area": "finance"}},
        {"kind": "interaction", "attrs": {"score": -2.0}},
        {"kind": "interaction", "attrs": {"score": 1.0}},
    ]
    text = "\n".join(json.dumps(entry) for entry in entries)
    (folder / "a.jsonl").write_text(text, encoding="utf-8")
    (row,) = recorded(folder)
    assert (row.area, named(row.month), row.count, row.score) == ("finance", "2010-02", 2, -0.5)
    (folder / "b.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"b.jsonl:1"):
        recorded(folder)


def test_the_bundled_rulers_fit_their_pair_alone(tmp_path: Path) -> None:
    case = load_case(write_case(tmp_path / "case"))
    with pytest.raises(InputError, match="Give a ruler of your own"):
        relation(case)


def test_without_acts_the_question_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("month,value\n2014-01,1\n2014-02,2\n2014-03,2\n", encoding="utf-8")
    found = relation(load_case(write_case(tmp_path / "case")), [str(path)])
    assert "whether it is kept apart is open" in found.words[-1]


def test_the_command_answers_as_json_csv_and_drawing(tmp_path: Path) -> None:
    svg = tmp_path / "relation.svg"
    arguments = ("relations", "--ruler", "tsinghua", "--json", "--svg", str(svg))
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert [r["name"] for r in answer["rulers"]] == ["tsinghua"]
    assert answer["compartmentalisation"][0]["linked"] is True
    assert "CC BY 4.0" in answer["licence"]
    assert svg.read_text(encoding="utf-8").startswith("<svg ")
    table = CliRunner().invoke(cli, ["relations", "--csv"]).stdout.splitlines()
    assert table[0] == "month,tsinghua,gdelt,icews,phoenix,climate"
