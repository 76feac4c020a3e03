"""The page: self-contained, escaped, every figure traceable, whatever the case holds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from synthetic import CASE, TODAY, assessment, commitment, party, read

from accord.assessment import Assessment
from accord.brief import terminal_summary, write_brief
from accord.brief.published import read_published, warming_beside
from accord.errors import OutputError

VOID = {"meta", "br", "path", "line", "circle", "rect"}
MEXICO = dt.date(2010, 3, 1)


class Page(HTMLParser):
    """The page as a list of elements; fails on tags that do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[tuple[str, ...], str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append((tuple(self.open), data))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]

    def text(self) -> str:
        return " ".join("".join(words for _, words in self.words).split())


@pytest.fixture(scope="module")
def html() -> str:
    return write_brief(assessment(), CASE, to=None)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def with_party(result: Assessment, code: str, **changes: Any) -> Assessment:
    changed = dataclasses.replace(result.parties[code], **changes)
    return dataclasses.replace(result, parties={**result.parties, code: changed})


def test_the_page_asks_nothing_of_the_network(page: Page, html: str) -> None:
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "use", "image"}
    assert not [attrs for _, attrs in page.elements if "src" in attrs]
    assert "@import" not in html
    assert "url(" not in html
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    (policy,) = [a for a in page.of("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert "default-src 'none'" in (policy["content"] or "")


def test_links_out_are_citations_that_tell_nobody_where_they_come_from() -> None:
    made = commitment(
        "CN-X",
        "China: peak CO2 emissions before 2030",
        "2021-01-01",
        url="https://unfccc.int/NDCREG",
    )
    result = with_party(
        assessment(extra=0), "CHN", commitments=(read(made, 2029, (1, 2, 3), TODAY),)
    )
    page = Page(write_brief(result, CASE, to=None))
    outward = [a for a in page.of("a") if not (a["href"] or "").startswith("#")]
    assert {a["href"] for a in outward} == {"https://unfccc.int/NDCREG"}
    assert all("noreferrer" in (a["rel"] or "") for a in outward)


def test_every_figure_leads_to_how_it_was_made(page: Page) -> None:
    figures = page.of("data")
    assert len(figures) > 25
    ids = set(page.ids)
    for figure in figures:
        assert figure["data-how"] in ids, figure
        assert figure["data-figure"]
        float(figure["value"] or "")


def test_every_number_of_the_lead_and_the_key_figures_is_such_a_figure(html: str) -> None:
    keys = re.search(r'<dl class="keys">.*?</dl>', html, re.S)
    assert keys is not None
    for large in re.findall(r"<dd>(.*?)<small>", keys.group(), re.S):
        assert "<data" in large
    amounts = re.findall(r'<td class="n amt">(.*?)</td>', html, re.S)
    assert len(amounts) > 8
    assert all("<data" in amount for amount in amounts)


def test_figures_of_the_same_name_agree_wherever_they_stand(page: Page) -> None:
    values: dict[str, set[str]] = {}
    for figure in page.of("data"):
        values.setdefault(figure["data-figure"] or "", set()).add(figure["value"] or "")
    assert {name: v for name, v in values.items() if len(v) > 1} == {}


def test_anchors_are_unique_and_links_inside_the_page_arrive(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    inward = {(a["href"] or "")[1:] for a in page.of("a") if (a["href"] or "").startswith("#")}
    assert inward <= set(page.ids)


def test_every_chart_has_a_name_a_unit_a_sentence_and_a_table(page: Page, html: str) -> None:
    charts = page.of("svg")
    assert len(charts) == 3
    for chart in charts:
        assert chart["role"] == "img"
        assert len(chart["aria-label"] or "") > 40
    assert html.count('role="status"') == 3
    assert html.count("<summary>Figures as a table</summary>") == 3
    assert html.count("<figure") == 3


def test_no_degree_stands_without_its_convention(page: Page) -> None:
    text = page.text()
    assert "Read as: degrees: median, in 2100, above 1850–1900" in text
    assert "after the last target: hold the rate" in text
    assert "median (5–95\xa0%), 2100, above 1850–1900" in text.replace(" %", "\xa0%")
    assert text.count("21\xa0Nov\xa02026".replace("\xa0", " ")) >= 2


def test_hostile_words_in_a_case_stay_words() -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    made = commitment(
        'CN-"><b onload=x>',
        "China: policy: " + evil,
        "2021-01-01",
        instrument=evil,
        source=evil,
        url="javascript:alert(3)",
        note="</style><script>alert(4)</script>",
    )
    first = read(made, 2030, (1.0, 2.0, 3.0), TODAY, gas=evil)
    result = with_party(assessment(extra=0), "CHN", commitments=(first,), name=evil)
    result = dataclasses.replace(result, title=evil, sources={evil: evil})
    rounds = tuple(msgspec.structs.replace(r, name=evil, place=evil) for r in CASE.rounds)
    case = msgspec.structs.replace(CASE, title=evil, rounds=rounds)
    html = write_brief(result, case, to=None)
    page = Page(html)
    assert not page.of("script")
    assert not page.of("img")
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
    assert not [a for a in page.of("a") if "javascript" in (a["href"] or "")]
    assert "alert(1)" in page.text()


def test_two_ids_that_differ_in_odd_signs_get_different_anchors() -> None:
    says = "China: peak CO2 emissions before 2030"
    rows = tuple(
        read(commitment(name, says, "2021-01-01"), 2029, (1, 2, 3), TODAY)
        for name in ("a b", "a\tb", "ab", "b a")
    )
    page = Page(
        write_brief(with_party(assessment(extra=0), "CHN", commitments=rows), CASE, to=None)
    )
    assert len(page.ids) == len(set(page.ids))


def test_a_target_no_longer_stood_by_is_hollow_and_not_counted(html: str) -> None:
    row = next(r for r in re.findall(r"<tr.*?</tr>", html, re.S) if "61–66%" in r)
    assert "arch" in row
    assert "○ archived" in row
    assert 'class="o"' in row


def test_the_lead_tells_who_offers_what_and_who_left_what(page: Page) -> None:
    text = page.text()
    assert "China offers to" in text
    assert (
        "The United States’ pledge to cut net GHG by 61–66% below 2005 by 2035 is archived" in text
    )
    assert "With everyone else’s words the world emits" in text


def test_official_and_independent_outcomes_stand_apart(page: Page) -> None:
    assert "official −48.4 % in 2020; independent −44.2 % in 2020" in page.text()


def test_rows_that_nobody_verified_say_so(html: str) -> None:
    row = next(r for r in re.findall(r"<tr.*?</tr>", html, re.S) if "carbon neutrality" in r)
    assert "unverified" in row


def test_a_past_day_shows_only_what_was_known_then() -> None:
    text = Page(write_brief(assessment(MEXICO), CASE, to=None)).text()
    assert "As of 1 Mar 2010: only what was on the table then counts." in text.replace("\xa0", " ")
    assert "observed up to 2009" in text
    assert "are those of the edition of 21 Nov 2026" in text.replace("\xa0", " ")
    assert "48.4" not in text
    assert "before 2060" not in text
    assert "UNEP" not in text
    assert "COP21" not in text


def test_published_values_stand_beside_ours_in_their_own_convention() -> None:
    result = assessment(extra=0)
    beside = {b.published.id: b for b in warming_beside(result)}
    assert beside["unep25-unconditional"].ours == result.warming.p66_peak
    assert beside["cat25-pledges"].ours == result.warming.at_2100[50]
    assert not [name for name in beside if name.startswith(("unep24", "cat24"))]
    assert "unep25-conditional" not in beside
    conditional = {b.published.id for b in warming_beside(assessment(extra=0, conditional=True))}
    assert "unep25-conditional" in conditional
    assert "unep25-unconditional" not in conditional


def test_every_published_value_names_its_source_and_convention() -> None:
    items = read_published()
    assert len({item.id for item in items}) == len(items)
    for item in items:
        assert item.source
        assert item.when
        assert item.value is not None or (item.low is not None and item.high is not None)
        if item.quantity == "warming":
            assert item.percentile in {50, 66}
            assert item.reference


@pytest.mark.parametrize("only", [("CHN",), ("JPN",), ("USA", "CHN")])
def test_a_case_of_few_parties_has_a_page(only: tuple[str, ...]) -> None:
    case = msgspec.structs.replace(CASE, parties=only, rounds=())
    Page(write_brief(assessment(extra=0, only=only, rules=False), case, to=None))


def test_a_party_without_commitments_is_on_its_reference_path() -> None:
    result = assessment(extra=0)
    for code in ("CHN", "USA"):
        result = with_party(result, code, commitments=())
    text = Page(write_brief(result, CASE, to=None)).text()
    assert "China has no pledge in force that could be counted in tonnes." in text
    assert "no pledge in tonnes; reference path" in text


def test_protagonists_that_are_not_in_the_world_are_left_out() -> None:
    case = msgspec.structs.replace(CASE, parties=("ATL",))
    text = Page(write_brief(assessment(extra=0), case, to=None)).text()
    assert "what the words add up to" in text


def test_long_words_and_names_do_not_break_the_page() -> None:
    made = commitment(
        "CN-LONG", "China: policy: " + "build ever more renewables " * 70, "2021-01-01"
    )
    result = with_party(
        assessment(extra=0),
        "CHN",
        commitments=(read(made, 2030, (1.0, 2.0, 3.0), TODAY),),
        name="The Most Serene Federation of " + "Long" * 60,
    )
    Page(write_brief(result, CASE, to=None))


def test_ten_thousand_commitments_make_a_page_of_sane_size() -> None:
    says = "Brazil: cut greenhouse gases by 30% below 2010 by 2030"
    made = commitment("P-NDC", says, "2021-05-01")
    rows = tuple(
        read(msgspec.structs.replace(made, id=f"P{i}"), 2030, (90.0, 100.0, 110.0), TODAY)
        for i in range(10_000)
    )
    result = assessment(extra=0)
    crowd = party("ZZZ", "Crowd", {1990: 80, 2024: 1, 2100: 1}, rows)
    result = dataclasses.replace(result, parties={**result.parties, "ZZZ": crowd})
    html = write_brief(result, CASE, to=None)
    assert len(html) < 1_500_000
    assert "9400 more commitments" in html


def test_two_hundred_parties_fit_a_page_of_sane_size(html: str) -> None:
    assert len(html) < 600_000
    assert "190 parties as pledged" in html


def test_the_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "brief.html"
    text = write_brief(assessment(extra=0), CASE, to=target)
    assert target.read_text(encoding="utf-8") == text
    folder = tmp_path / "folder"
    folder.mkdir()
    for wrong in (folder, tmp_path / "missing" / "brief.html", Path("/proc/brief.html")):
        with pytest.raises(OutputError, match="cannot write"):
            write_brief(assessment(extra=0), CASE, to=wrong)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["brief.html", "folder"]


def test_the_terminal_tells_the_same_in_words() -> None:
    from rich.console import Console

    console = Console(width=100, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    for block in terminal_summary(assessment(extra=0), CASE):
        console.print(block)
    text = console.export_text()
    assert "China offers to" in text
    assert "Warming in 2100" in text
    assert "Read as: as of 2026-11-21" in text
    assert "UNEP EGR 2025" in text
    assert "<" not in text
