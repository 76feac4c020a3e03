"""accord standoff and accord deal, as a user types them."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from accord.cli import cli

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "eu-india")
KEYS = {"quarrels", "ways_out", "idle", "zone", "win_sets", "as_of"}


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def answer(*words: str) -> dict:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output + str(result.exception)
    return json.loads(result.output)


def sets(found: dict) -> set[frozenset[str]]:
    return {frozenset(one["red_lines"]) for one in found["quarrels"]}


def topics(found: dict) -> set[str]:
    return {part for one in found["quarrels"] for part in one["topic"].split(" · ")}


def test_copenhagen_is_stuck_over_money_depth_mirrored_caps_and_review() -> None:
    found = answer("standoff", "--as-of", "copenhagen-2009")
    assert set(found) >= KEYS
    assert {"money", "depth of cuts", "binding form", "review", "which text counts"} <= topics(
        found
    )
    assert {
        frozenset({"US-SEN-MIRROR", "CHN-NOBIND", "CHN-USBIND"}),
        frozenset({"CHN-DEV40", "US-CONG-17"}),
        frozenset({"USA-MRV", "CHN-NOVERIFY"}),
        frozenset({"CHN-MONEY", "USA-NOLONGTERM"}),
        frozenset({"CHN-TRACKS", "EU-SINGLE"}),
    } <= sets(found)
    settled = {frozenset(one) for change in found["course"] for one in change["vanished"]}
    assert frozenset({"USA-MRV", "CHN-NOVERIFY"}) in settled
    assert frozenset({"CHN-DEV40", "US-CONG-17"}) not in settled
    for way in found["ways_out"]:
        assert all(set(way["give_up"]) & one for one in sets(found))
        assert way["cost"] == sum(way["by_party"].values())
    assert found["ways_out"] == sorted(found["ways_out"], key=lambda way: way["cost"])
    assert all(one["sentence"] and one["parties"] for one in found["quarrels"])
    for name in {name for one in sets(found) for name in one}:
        assert found["red_lines"][name]["evidence"]


def test_before_cancun_the_central_quarrel_is_which_text_counts() -> None:
    found = answer("standoff", "--as-of", "mexico-2010")
    about_text = [one for one in sets(found) if "USA-ACCORDTRACK" in one]
    assert len(about_text) == 3
    assert frozenset({"US-SEN-MIRROR", "CHN-NOBIND", "CHN-USBIND"}) in sets(found)


def test_washington_and_beijing_have_no_quarrel_after_november_2014() -> None:
    assert sets(answer("standoff", "--as-of", "2014-11-11", "--among", "USA,CHN"))
    assert not sets(answer("standoff", "--as-of", "2014-11-12", "--among", "USA,CHN"))


def test_kyoto_holds_at_the_table_and_breaks_at_home() -> None:
    at_the_table = answer("standoff", "--as-of", "1997-12-11", "--level", "negotiator")
    assert not sets(at_the_table)
    assert any("US-SEN-MIRROR" in one for one in sets(answer("standoff", "--as-of", "1997-12-11")))


def test_paris_opens_because_lines_changed() -> None:
    found = answer("standoff", "--as-of", "paris-2015")
    assert len(found["quarrels"]) == 13
    assert not sets(answer("standoff", "--as-of", "2015-12-12"))
    last = found["course"][-1]
    assert (last["until"], len(last["vanished"])) == ("2015-12-12", 13)
    assert "LMDC-DEVBIND" in last["lapsed"]


def test_glasgow_settles_linkage_then_coal_and_leaves_the_fund() -> None:
    found = answer("standoff", "--as-of", "glasgow-2021")
    settled = [set(one) for change in found["course"] for one in change["vanished"]]
    assert settled == [{"USA-UNLINK", "CHN-LINK21", "USA-DEEPER21"}, {"EU-COALOUT", "IND-COALDOWN"}]
    assert sets(answer("standoff", "--as-of", "2021-11-13")) == {
        frozenset({"G77-LDFUND", "USA-NOLDFUND"})
    }


def test_beijing_2023_is_stuck_over_linkage_and_status() -> None:
    found = answer("standoff", "--as-of", "2023-07-19", "--party", "USA")
    assert sets(found) == {
        frozenset({"USA-UNLINK", "CHN-LINK23", "USA-DEEPER23"}),
        frozenset({"USA-UNLINK", "US-GOP-EDGE", "CHN-LINK23", "CHN-USLEAD"}),
        frozenset({"US-HOUSE-NOTDEV", "CHN-DEVELOPING"}),
    }
    assert found["linkage"]["quarrels_apart"] == 1


def test_today_little_is_left_between_the_two_because_little_is_asked() -> None:
    found = answer("standoff")
    bilateral = [one for one in found["quarrels"] if set(one["parties"]) == {"USA", "CHN"}]
    assert [set(one["red_lines"]) for one in bilateral] == [{"US-HOUSE-NOTDEV", "CHN-DEVELOPING"}]
    assert len(found["lead"]) == 3


def test_the_answer_comes_within_seconds() -> None:
    start = time.perf_counter()
    answer("standoff", "--as-of", "copenhagen-2009")
    assert time.perf_counter() - start < 10  # on a busy machine; docs/standoff.md has the figure


def test_a_line_of_ones_own_is_tried_with_the_engines() -> None:
    found = answer("standoff", "--line", "AOSIS: warming(p50, 2100) <= 1.5 °C")
    assert found["impossible"] == ["GIVEN-1"]
    assert "percentile 50" in found["confirmed"][0]


def test_a_person_reads_sentences_and_tables() -> None:
    result = run("standoff", EXAMPLE)
    assert result.exit_code == 0
    assert "Any two of these can hold, all three cannot" in " ".join(result.output.split())
    assert "Ways out, cheapest first" in result.output


def test_a_case_without_costs_is_listed_smallest_first(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(EXAMPLE, tmp_path / "case")
    lines = tmp_path / "case" / "red_lines.yaml"
    text = "\n".join(
        line for line in lines.read_text(encoding="utf-8").splitlines() if "yield_cost" not in line
    )
    lines.write_text(text, encoding="utf-8")
    found = answer("standoff", str(tmp_path / "case"))
    assert [way["cost"] for way in found["ways_out"]] == [None] * 4
    assert [len(way["give_up"]) for way in found["ways_out"]] == [1, 1, 2, 2]


def test_a_deal_is_told_what_it_breaks_and_what_is_nearest() -> None:
    found = answer("deal", "charge(EU27, IND) == 40", "price(IND) == 20", "--case", EXAMPLE)
    verdicts = {one["id"]: one for one in found["red_lines"]}
    assert verdicts["EU-LEVEL"]["verdict"] == "broken"
    assert verdicts["EU-LEVEL"]["by"][0]["amount"] == 10
    assert verdicts["EU-NOEXEMPT"]["verdict"] == "kept"
    assert verdicts["EU-OWNRESOURCE"]["verdict"] == "open"
    assert found["nearest"] is not None
    assert found["nearest_gives_up"]


def test_pledges_in_a_deal_are_run_through_the_engines(tmp_path: Path) -> None:
    file = tmp_path / "deal.txt"
    file.write_text(
        "# a proposal\nChina: reach carbon neutrality by 2050\nfinance(DEV, 2035) == 320 $bn/yr\n",
        encoding="utf-8",
    )
    found = answer("deal", str(file))
    warming = found["consequences"][0]
    assert warming["then"] < warming["now"]
    assert "median" in warming["convention"]
    assert {one["id"] for one in found["red_lines"] if one["verdict"] == "broken"} >= {"EU-300"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("standoff", "--as-of", "copenhagen"), "copenhagen-2009"),
        (("standoff", "--as-of", "2031-01-01"), "after the edition"),
        (("standoff", "--party", "Atlantis"), "unknown party"),
        (("standoff", "--party", "Kenya"), "no red line"),
        (("standoff", "--line", "binding(USA)"), "is no line"),
        (("standoff", "--line", "USA: bindng(USA)"), "did you mean binding"),
        (("deal", "binding(USA)", "not binding(USA)"), "contradicts itself"),
        (("deal", "finance(DEV, 2035) == 5000"), "contradicts itself, a domain"),
        (("deal", "missing.txt"), "cannot be read"),
    ],
)
def test_a_mistake_is_told_in_one_line(words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    assert result.exit_code != 0
    assert message in str(result.exception)


def test_thousands_of_lines_get_an_answer(tmp_path: Path) -> None:
    """Ten thousand take seven seconds; two thousand show the same here."""
    (tmp_path / "case.yaml").write_text(
        "title: Many\nparties: [USA, CHN]\ntoday: 2026-01-01\n", encoding="utf-8"
    )
    (tmp_path / "commitments.yaml").write_text("[]\n", encoding="utf-8")
    (tmp_path / "sources.yaml").write_text("D:\n  title: A\n  publisher: B\n", encoding="utf-8")
    terms = "".join(f"  - {{term: t{n}, domain: 0..100}}\n" for n in range(1000))
    (tmp_path / "terms.yaml").write_text(f"terms:\n{terms}", encoding="utf-8")
    lines = "".join(
        f"- {{id: {who}{n}, party: {who}, statement: s, holds: t{n} {holds}, since: 2020-01-01, "
        "evidence: [D]}\n"
        for n in range(1000)
        for who, holds in (("USA", "<= 50"), ("CHN", ">= 60" if n % 100 == 0 else ">= 40"))
    )
    (tmp_path / "red_lines.yaml").write_text(lines, encoding="utf-8")
    found = answer("standoff", str(tmp_path))
    assert len(found["quarrels"]) == 10
    assert found["ways_count"] == 2**10
    assert found["complete"]


def test_a_search_cut_short_says_so() -> None:
    result = run("standoff", "--as-of", "2009-12-10", "--seconds", "0.000001")
    assert result.exit_code == 0
    assert "time budget ended the search" in " ".join(result.output.split())


def test_a_case_without_red_lines_says_where_they_go(tmp_path: Path) -> None:
    run("case", "new", str(tmp_path / "mine"))
    result = run("standoff", str(tmp_path / "mine"))
    assert result.exit_code != 0
    assert "write them in red_lines.yaml" in str(result.exception)
