"""Published checkpoints of deliveries, finance and the relation, each reproduced or explained."""

from __future__ import annotations

from functools import cache

import pytest

from accord.ledger import Case, load_case
from accord.ledger.delivery import Deliveries, load_deliveries
from accord.tracking.account import Account, track
from accord.tracking.carbon_market import markets
from accord.tracking.fair_finance import fair_shares
from accord.tracking.relation import relation
from accord.tracking.ruler import agreement, agreements, month_of, ruler
from accord.tracking.status import Standing

CUSTOMS, EXPORTS = "Chinese customs", "United States exports"


@cache
def the_case() -> Case:
    return load_case("us-china")


@cache
def delivered() -> Deliveries:
    return load_deliveries(the_case())


def by_source(promise: str, day: str, **switches: bool) -> dict[str, Standing]:
    case = the_case()
    (account,) = track(
        case, promises=[promise], as_of=case.day(day), history=False, deliveries=delivered(),
        **switches,
    )  # fmt: skip
    return {s.series.source: s for s in account.standings}


def account(promise: str, day: str = "2026-11-21") -> Account:
    case, rows = the_case(), delivered()
    return track(case, promises=[promise], as_of=case.day(day), history=False, deliveries=rows)[0]


# Purchases under the phase-one agreement (Bown, Peterson Institute) -------------------------------


@pytest.mark.parametrize(
    ("day", "source", "actual", "due", "share"),
    [
        ("2020-05-20", CUSTOMS, 19.8, 43.2, 46),
        ("2020-05-20", EXPORTS, 14.4, 35.7, 40),
        ("2020-06-30", CUSTOMS, 26.0, 57.6, 45),
        ("2020-06-30", EXPORTS, 20.4, 47.6, 43),
        ("2020-12-10", CUSTOMS, 75.5, 137.3, 55),
        ("2020-12-10", EXPORTS, 70.3, 125.4, 56),
    ],
)
def test_goods_by_both_sides_statistics(
    day: str, source: str, actual: float, due: float, share: float
) -> None:
    one = by_source("CN-PH1-GOODS", day)[source]
    assert one.amount == actual
    assert one.pro_rated_target == pytest.approx(due, abs=0.05)
    assert round(100 * (one.share or 0)) == share


def test_uniform_pro_rating_overstates_the_gap_of_goods_sold_in_autumn() -> None:
    seasonal = by_source("CN-PH1-GOODS", "2020-12-10")
    uniform = by_source("CN-PH1-GOODS", "2020-12-10", seasonal=False)
    for source, implied in ((CUSTOMS, 0.793), (EXPORTS, 0.789)):
        assert (seasonal[source].share or 0) > (uniform[source].share or 0)
        year = {CUSTOMS: 173.1, EXPORTS: 159.0}[source]
        assert (seasonal[source].pro_rated_target or 0) / year == pytest.approx(implied, abs=5e-4)
        assert (uniform[source].pro_rated_target or 0) / year == pytest.approx(10 / 12)


@pytest.mark.parametrize(
    ("group", "actual", "due", "share"),
    [("AGRI", 57.4, 69.3, 83), ("MANUF", 117.8, 198.9, 59), ("ENERGY", 23.7, 62.4, 38)],
)
def test_groups_by_november_2021(group: str, actual: float, due: float, share: float) -> None:
    one = by_source(f"CN-PH1-{group}", "2022-01-31")[EXPORTS]
    assert one.amount == actual
    assert one.pro_rated_target == pytest.approx(due, abs=0.05)
    assert round(100 * (one.share or 0)) == share


@pytest.mark.parametrize(
    ("group", "due", "share"), [("TOTAL", 502.4, 57), ("ENERGY", 67.6, 37), ("SERVICES", 150.1, 52)]
)
def test_both_years_in_the_end(group: str, due: float, share: float) -> None:
    one = by_source(f"CN-PH1-{group}", "2022-03-01")[EXPORTS]
    assert one.target == pytest.approx(due, abs=0.05)
    assert round(100 * (one.share or 0)) == share
    assert one.word == "missed"


def test_energy_by_july_2021_as_the_press_had_it() -> None:
    # 42-53 %: only the shares were published; the targets are 41.5 and 40.7 for the year.
    found = by_source("CN-PH1-2021", "2021-09-03")
    assert {s: round(100 * (one.share or 0)) for s, one in found.items()} == {
        EXPORTS: 42, CUSTOMS: 53,
    }  # fmt: skip
    assert found[EXPORTS].target == 41.5
    # Crude alone, 270,000 barrels a day for 212 days at some 65 $: 15 % of what was due. The
    # published 16 % rests on a seasonal share of 0.57 by July, ours on 7/12 = 0.583.
    crude = 270_000 * 212 * 65 / 1e9
    assert crude == pytest.approx(3.7, abs=0.05)
    assert crude / (found[EXPORTS].pro_rated_target or 1) == pytest.approx(0.154, abs=0.001)
    assert crude / (41.5 * 0.57) == pytest.approx(0.157, abs=0.001)


def test_agriculture_by_august_2021_as_the_press_had_it() -> None:
    found = by_source("CN-PH1-AGRI-2021", "2021-10-01")
    assert {s: round(100 * (one.share or 0)) for s, one in found.items()} == {
        CUSTOMS: 92, EXPORTS: 89,
    }  # fmt: skip


def test_what_was_due_adds_up_as_in_the_annex() -> None:
    dues = delivered().dues
    whole: dict[tuple[str, int], float] = {}
    for due in dues:
        if due.source == EXPORTS and due.since.isoformat() != "2020-05-18":
            whole[due.promise.removeprefix("CN-PH1-"), due.start.year] = due.amount
    assert (whole["TOTAL", 2020], whole["TOTAL", 2021]) == (227.9, 274.5)
    assert whole["TOTAL", 2020] + whole["TOTAL", 2021] == pytest.approx(502.4)
    assert whole["ENERGY", 2021] == 41.5
    for year in (2020, 2021):
        groups = sum(whole[group, year] for group in ("ENERGY", "AGRI", "MANUF"))
        # The three bases add up to 95.0, the published base of goods is 95.1.
        assert groups == pytest.approx(whole["GOODS", year], abs=0.15)
        assert whole["GOODS", year] + whole["SERVICES", year] == pytest.approx(
            whole["TOTAL", year], abs=0.05
        )
    says = {
        one.id: one.pledge.target for one in the_case().commitments if one.id.startswith("CN-PH1-")
    }
    assert says["CN-PH1-GOODS"].low == 162.1
    assert says["CN-PH1-TOTAL"].low == 200


# Targets on emissions and energy ------------------------------------------------------------------


def test_chinas_intensity_of_2020_by_three_series() -> None:
    found = by_source("CN-CPH-INT", "2026-11-21")
    official, ppp, maddison = found.values()
    assert official.amount == 48.4
    assert ppp.amount == pytest.approx(44.2, abs=0.05)
    assert maddison.amount == pytest.approx(34.0, abs=0.05)
    assert [one.word for one in (official, ppp, maddison)] == ["met", "met", "missed"]


def test_the_plan_of_2025_was_missed_by_its_own_yearly_figures() -> None:
    found = by_source("CN-FYP14-CI", "2026-11-21")
    chained = found["Yearly figures, chained"]
    assert chained.amount == pytest.approx(12.4, abs=0.05)
    assert chained.word == "missed"
    assert account("CN-NDC2-CI").status == "off track"


def test_us_inventory_in_2020_and_over_kyotos_years() -> None:
    assert by_source("US-CPH17", "2026-11-21")["Inventory without land use"].amount == (
        pytest.approx(19.4, abs=0.05)
    )
    kyoto = by_source("US-KYOTO", "2026-11-21")["Inventory without land use"]
    assert kyoto.amount == pytest.approx(-7.2, abs=0.05)
    assert kyoto.word == "missed"


def test_wind_and_solar_came_six_years_early() -> None:
    found = account("CN-NDC2-RE", "2024-12-31")
    assert found.status == "met"
    assert account("CN-NDC2-RE", "2024-07-01").status == "on track"


# Finance ------------------------------------------------------------------------------------------


def test_the_hundred_billion_by_year_and_component() -> None:
    one = by_source("US-100BN", "2026-11-21")["OECD"]
    years = {r.end.year: r.amount for r in one.series.readings}
    assert years == {2013: 52.4, 2014: 61.8, 2016: 58.5, 2017: 71.1, 2018: 79.9, 2019: 80.4,
                     2020: 83.3, 2021: 89.6, 2022: 115.9}  # fmt: skip
    assert one.word == "missed"
    assert (one.amount, one.through.year) == (83.3, 2020)
    assert dict(one.series.last.parts) == {
        "bilateral public": 41.0, "multilateral public, attributed": 50.6, "export credits": 2.4,
        "private mobilised": 21.9,
    }  # fmt: skip
    assert next(year for year, amount in years.items() if amount >= 100) == 2022
    assert sum(one.series.last.parts.values()) == pytest.approx(115.9)


def test_carbon_briefs_fair_shares() -> None:
    # Carbon Brief 2022: the pool apportioned is 39.9 / 0.52 = 76.7 bn.
    shares = fair_shares("Carbon Brief", year=2020)
    assert len(shares) == 23
    assert shares["USA"] == pytest.approx(0.52, abs=0.005)
    assert 76.7 * shares["USA"] == pytest.approx(39.9, abs=0.2)
    assert 7.6 / (76.7 * shares["USA"]) == pytest.approx(0.19, abs=0.005)
    # delivered = share - gap; published: 37 %, 76 % and 38 % of the fair share
    assert 1 - 3.3 / (76.7 * shares["CAN"]) == pytest.approx(0.37, abs=0.03)
    assert 1 - 1.4 / (76.7 * shares["GBR"]) == pytest.approx(0.76, abs=0.02)
    # Australia's land use differs between editions of the bookkeeping models: 29 % here, 38 there.
    assert 1 - 1.7 / (76.7 * shares["AUS"]) == pytest.approx(0.29, abs=0.03)


def test_odi_and_cgd_disagree_on_who_pays() -> None:
    odi = fair_shares("ODI", year=2022)
    # Published: 32 % delivered, 30 bn short of 100, so a share of 44.1; ours is 42.7 because income
    # is taken at purchasing power parity, where others weigh more.
    assert 100 * odi["USA"] == pytest.approx(44.1, abs=1.6)
    assert "CHN" not in odi
    cgd = fair_shares("CGD", year=2022)
    annex = set(odi)
    others = sum(share for code, share in cgd.items() if code not in annex)
    # Published: 20-30 % from non-traditional contributors; at purchasing power parity 38 %.
    assert 0.30 < others < 0.42
    assert cgd["CHN"] == max(share for code, share in cgd.items() if code not in annex)
    # One switch makes China a payer under ODI's own criteria.
    assert fair_shares("ODI", payers="ANNEX_II+CHN")["CHN"] > 0.4


# Markets and the relation -------------------------------------------------------------------------


def test_chinas_scheme_by_year() -> None:
    rows = {m.year: m for m in markets(["China national ETS"])}
    for year, price, ratio in ((2021, 42.85, 4.0), (2022, 55.30, 1.1), (2024, 95.84, 3.6)):
        assert rows[year].price == pytest.approx(price, abs=0.01)
        assert 100 * (rows[year].turnover_ratio or 0) == pytest.approx(ratio, abs=0.05)
    # Turnover over volume, both rounded: 68.15 where the table says about 68.3.
    assert rows[2023].price == pytest.approx(68.3, abs=0.2)


def test_the_published_correlations_of_the_rulers() -> None:
    # Study of the event databases, table S7b, 2002-01 to 2019-03.
    found = {
        (a.one, a.other): a for a in agreements(first=month_of("2002-01"), last=month_of("2019-03"))
    }
    pair = found["gdelt", "icews"]
    assert pair.n == 207
    assert round(pair.pearson, 3) == 0.574
    assert round(pair.spearman, 3) == 0.552
    assert min(a.spearman for a in found.values()) == pytest.approx(0.13, abs=0.005)
    assert max(a.pearson for a in found.values()) == pytest.approx(0.57, abs=0.005)


TSINGHUA = {
    2009: "1.1 1.0 .6 .5 .4 .8 1.2 1.2 1.2 1.2 1.6 1.7",
    2010: "1.1 .9 .8 1.0 1.2 1.1 1.0 1.0 1.1 1.1 1.2 1.2",
    2014: "2.2 2.0 2.0 1.4 1.3 1.2 1.2 1.2 1.2 1.3 1.7 1.7",
    2015: "1.7 1.8 1.8 1.4 1.0 1.2 1.0 1.2 1.8 1.8 1.9 1.6",
    2018: "-1.9 -2.0 -3.0 -3.6 -3.3 -3.4 -3.8 -4.2 -4.6 -4.9 -4.8 -4.8",
    2021: "-7.8 -7.7 -7.6 -7.6 -7.7 -7.7 -7.8 -7.8 -7.6 -7.5 -6.9 -7.2",
    2022: "-7.2 -7.2 -7.1 -7.2 -7.4 -7.4 -7.4 -7.6 -7.7 -7.7 -7.5 -7.5",
    2023: "-7.5 -7.6 -7.7 -7.9 -7.7 -7.3 -7.1 -7.1 -6.8 -6.5 -5.5 -5.7",
    2025: "-6.2 -6.4 -6.6 -6.9 -6.8 -6.5 -6.4 -6.4",
}


@pytest.mark.parametrize("year", TSINGHUA)
def test_the_tsinghua_index_as_published(year: int) -> None:
    values = [float(text) for text in TSINGHUA[year].split()]
    ours = ruler("tsinghua").over(12 * year, 12 * year + len(values) - 1)
    assert ours.tolist() == pytest.approx(values)


def test_monthly_sums_hide_who_reacted_to_whom() -> None:
    both = agreement(ruler("gdelt:CHN>USA"), ruler("gdelt:USA>CHN"))
    assert round(both.pearson, 2) == 0.89


@pytest.mark.parametrize(
    ("month", "score"),
    [("2009-01", 1.1), ("2015-12", 1.6), ("2018-07", -3.8), ("2021-09", -7.6), ("2023-07", -7.1)],
)
def test_the_tsinghua_index_on_the_dates_of_the_articles(month: str, score: float) -> None:
    assert ruler("tsinghua").at(month_of(month)) == pytest.approx(score)


def test_the_relation_jumps_with_the_breakthroughs() -> None:
    index = ruler("tsinghua")
    for month, jump in (("2021-11", 0.6), ("2023-11", 1.0)):
        here = month_of(month)
        assert index.at(here) - index.at(here - 1) == pytest.approx(jump)


def test_the_rulers_disagree_on_whether_climate_is_kept_apart() -> None:
    found = relation(the_case())
    linked = {c.ruler for c in found.couplings if c.linked}
    assert linked == {"tsinghua"}
    assert any("rulers disagree" in words for words in found.words)
