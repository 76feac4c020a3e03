"""An assessment as data: JSON, CSV, Markdown, IAMC rows, xarray, and a notebook's view.

Every form carries the convention. JSON and IAMC use the units and variable names of the IAMC
template; percentiles of emissions are those of words and economy, percentiles of warming those of
words, economy and climate together.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from accord.assessment.result import Assessment, CommitmentResult, Fan, PartyResult

if TYPE_CHECKING:
    import xarray

IAMC_COLUMNS = ("Model", "Scenario", "Region", "Variable", "Unit")


def to_json(result: Assessment) -> dict[str, Any]:
    """Return the assessment as plain values, ready for ``json.dumps``.

    Top level: ``convention``, ``parties`` (by code), ``world``, ``warming``, and what stands
    behind them. Percentiles are keyed by ``"p05"`` … ``"p95"``.
    """
    import msgspec

    warming = result.warming
    return {
        "title": result.title,
        "case": result.case,
        "convention": {
            **msgspec.to_builtins(result.convention),
            "words": result.convention.words(),
            "reference_period": "1850-1900",
            "warming": "annual mean surface temperature, percentiles over words, economy, climate",
            "ensemble": f"{warming.members} members, {warming.edition}",
        },
        "named": list(result.named),
        "set_aside": {code: list(ids) for code, ids in result.set_aside.items()},
        "parties": {code: _party(party) for code, party in result.parties.items()},
        "world": _party(result.world),
        "warming": {
            "unit": "°C above 1850-1900",
            "by_year": {
                str(int(year)): _ranks(warming.fan.at(int(year))) for year in warming.fan.years
            },
            "first_projected": warming.first_projected,
            "2100": _ranks(warming.at_2100),
            "peak": _ranks(warming.peak),
            "peak_year": _ranks(warming.peak_year),
            "p66_peak": _round(warming.p66_peak),
            "prob_below": {str(level): chance for level, chance in warming.prob_below.items()},
            "prob_below_in_2100": {
                str(level): chance for level, chance in warming.prob_below_2100.items()
            },
            "crossing_year": {
                str(level): {_key(p): year for p, year in years.items()}
                for level, years in warming.crossing_year.items()
            },
        },
        "shares": {
            "unit": "°C taken off the 2100 median by the party's commitments",
            **{code: _round(value) for code, value in result.shares.items()},
        },
        "spread": {
            "2100_warming": {name: _round(part) for name, part in result.spread.items()},
            "2030_emissions": {name: _round(part) for name, part in result.spread_2030.items()},
        },
        "rules": {rule: _ranks(values) for rule, values in result.rules.items()},
        "scopes": {
            scope: {name: _round(value) for name, value in values.items()}
            for scope, values in result.scopes.items()
        },
        "sources": dict(result.sources),
        "costs": _costs(result),
    }


def _costs(result: Assessment) -> dict[str, Any] | None:
    if result.costs is None:
        return None
    from accord.assessment.costs import to_json as costs_json

    return costs_json(result.costs)


def json_text(result: Assessment) -> str:
    """Return :func:`to_json` as text; not-a-number never reaches it."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(to_json(result)), indent=1).decode()


def to_iamc(result: Assessment) -> list[dict[str | int, Any]]:
    """Return IAMC rows (wide, one column a year) that ``pyam.IamDataFrame`` reads.

    Medians carry the plain variable name; other percentiles are appended as
    ``|5.0th Percentile``, in the manner of the AR6 scenario database.
    """
    from accord import __version__

    model = f"Accord {__version__}"
    scenario = scenario_name(result)
    rows: list[dict[str | int, Any]] = []

    def add(region: str, variable: str, fan: Fan, unit: str, past: Mapping[int, float]) -> None:
        for p, values in fan.percentiles.items():
            row: dict[str | int, Any] = dict(
                zip(IAMC_COLUMNS, (model, scenario, region, "", unit), strict=True)
            )
            row["Variable"] = variable if p == 50 else f"{variable}|{p}.0th Percentile"
            row.update(past.items() if p == 50 else ())
            row.update(zip(fan.years.tolist(), values.tolist(), strict=True))
            rows.append(row)

    suffix = "" if result.convention.lulucf == "included" else "|Excluding AFOLU"
    kyoto = f"Emissions|Kyoto Gases ({result.convention.gwp}-GWP100){suffix}"
    for party in (*result.parties.values(), result.world):
        add(party.name, kyoto, party.ghg, "Mt CO2-equiv/yr", _past(party, party.history_ghg))
        add(party.name, f"Emissions|CO2{suffix}", party.co2, "Mt CO2/yr",
            _past(party, party.history_co2))  # fmt: skip
    add("World", "Surface Temperature (GSAT)", result.warming.fan, "K", {})
    return rows


def scenario_name(result: Assessment) -> str:
    """Return a name that tells any two answers apart: case, day, rule, switches, words given.

    Two exports can then be put into one frame; a switch left as it usually is stays unsaid.
    """
    import msgspec

    convention = result.convention
    usual = type(convention)(as_of=result.as_of)
    switched = [
        f"{field.replace('_', ' ')} {value if isinstance(value, str) else 'in' if value else 'out'}"
        for field, value in msgspec.structs.asdict(convention).items()
        if field not in {"as_of", "extension"} and value != getattr(usual, field)
    ]
    given = [
        item.commitment.says
        for code in result.named
        for item in result.parties[code].commitments
        if item.commitment.legal_form == "assumption"
    ]
    head = f"{result.case} as of {result.as_of.isoformat()}, {convention.extension}"
    return "; ".join([", ".join([head, *switched]), *given])


def iamc_text(result: Assessment) -> str:
    """Return :func:`to_iamc` as CSV text."""
    rows = to_iamc(result)
    years = sorted({key for row in rows for key in row if isinstance(key, int)})
    text = io.StringIO()
    writer = csv.DictWriter(text, [*IAMC_COLUMNS, *years], lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(
        {key: f"{value:.6g}" if isinstance(value, float) else value for key, value in row.items()}
        for row in rows
    )
    return text.getvalue()


def csv_text(result: Assessment) -> str:
    """Return a long table: region, variable, unit, year, percentile, value, convention."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["region", "variable", "unit", "year", "percentile", "value", "convention"])
    words = result.convention.words()
    for region, variable, fan in _fans(result):
        for p, values in fan.percentiles.items():
            for year, value in zip(fan.years, values, strict=True):
                writer.writerow([region, variable, fan.unit, int(year), p, f"{value:.6g}", words])
    return text.getvalue()


def markdown_text(result: Assessment) -> str:
    """Return a short report: the degrees, the parties' tonnes, the commitments, the convention."""
    warming = result.warming
    lines = [
        f"# {_plain(result.title)}, as of {result.as_of.isoformat()}",
        "",
        f"**{warming.at_2100[50]:.1f} °C** in 2100 (5-95 %: {warming.at_2100[5]:.1f}-"
        f"{warming.at_2100[95]:.1f}), median, above 1850-1900; "
        f"peak {warming.peak[50]:.1f} °C; chance of staying below over the century: "
        + ", ".join(f"{level} °C {chance:.0%}" for level, chance in warming.prob_below.items())
        + ".",
        "",
        f"Read as: {result.convention.words()}.",
        "",
        "| party | 2030 | 2035 | 2050 | unit |",
        "|---|---|---|---|---|",
    ]
    for party in (*result.parties.values(), result.world):
        cells = [_range(party.ghg, year) for year in (2030, 2035, 2050)]
        lines.append(f"| {_plain(party.name)} | {' | '.join(cells)} | GtCO2e/yr, p50 (p5-p95) |")
    lines += [
        "",
        "| commitment | counted | year | Mt/yr (low-high) | how |",
        "|---|---|---|---|---|",
    ]
    for party in result.parties.values():
        for item in party.commitments:
            if item.counted or party.code in result.named:
                lines.append(_commitment_row(item))
    return "\n".join(lines) + "\n"


def to_dataset(result: Assessment) -> xarray.Dataset:
    """Return the assessment as an :class:`xarray.Dataset`.

    Variables ``ghg``, ``co2``, ``reference`` with dimensions ``(party, year, percentile)`` (the
    world is party ``WLD``) and ``warming`` with ``(warming_year, percentile)``; units and
    convention are attributes.
    """
    import xarray

    parties = {**result.parties, "WLD": result.world}
    some = result.world.ghg
    ranks = list(some.percentiles)

    def block(which: str) -> tuple[tuple[str, ...], Any, dict[str, str]]:
        fans: list[Fan] = [getattr(party, which) for party in parties.values()]
        values = np.stack([np.stack([fan.percentiles[p] for p in ranks], axis=-1) for fan in fans])
        return ("party", "year", "percentile"), values, {"units": fans[0].unit}

    fan = result.warming.fan
    return xarray.Dataset(
        {
            "ghg": block("ghg"),
            "co2": block("co2"),
            "reference": block("reference"),
            "warming": (
                ("warming_year", "percentile"),
                np.stack([fan.percentiles[p] for p in ranks], axis=-1),
                {"units": "°C above 1850-1900"},
            ),
        },
        coords={
            "party": list(parties),
            "name": ("party", [party.name for party in parties.values()]),
            "year": some.years,
            "warming_year": fan.years,
            "percentile": ranks,
        },
        attrs={"title": result.title, "convention": result.convention.words()},
    )


def repr_html(result: Assessment) -> str:
    """Return the notebook view: degrees, tonnes of the parties shown first, convention."""
    from html import escape

    warming = result.warming
    first = [p for c, p in result.parties.items() if c in result.shares] or list(
        result.parties.values()
    )[:5]
    rows = "".join(
        f"<tr><th style='text-align:left'>{escape(party.name)}</th>"
        + "".join(f"<td>{escape(_range(party.ghg, year))}</td>" for year in (2030, 2035, 2050))
        + "</tr>"
        for party in (*first, result.world)
    )
    return (
        f"<div><strong>{escape(result.title)}</strong>: {warming.at_2100[50]:.1f} °C in 2100 "
        f"({warming.at_2100[5]:.1f}–{warming.at_2100[95]:.1f}, 5–95 %), above 1850–1900"
        "<table><thead><tr><th>GtCO2e/yr</th><th>2030</th><th>2035</th><th>2050</th></tr></thead>"
        f"<tbody>{rows}</tbody></table><small>Read as: {escape(result.convention.words())}"
        "</small></div>"
    )


def _fans(result: Assessment) -> Iterator[tuple[str, str, Fan]]:
    for party in (*result.parties.values(), result.world):
        yield party.name, "Emissions|Kyoto Gases", party.ghg
        yield party.name, "Emissions|CO2", party.co2
        yield party.name, "Emissions|Kyoto Gases|Reference", party.reference
    yield "World", "Surface Temperature (GSAT)", result.warming.fan


def _party(party: PartyResult) -> dict[str, Any]:
    return {
        "name": party.name,
        "years": [int(year) for year in party.ghg.years],
        "ghg_mtco2e": _series(party.ghg),
        "co2_mt": _series(party.co2),
        "reference_ghg_mtco2e": _series(party.reference),
        "history": {
            "years": [int(year) for year in party.history_years],
            "ghg_mtco2e": _rounded(party.history_ghg),
            "co2_mt": _rounded(party.history_co2),
        },
        "commitments": [_commitment(item) for item in party.commitments],
    }


def _commitment(item: CommitmentResult) -> dict[str, Any]:
    commitment = item.commitment
    return {
        "id": commitment.id,
        "says": commitment.says,
        "instrument": commitment.instrument,
        "legal_form": commitment.legal_form,
        "date": commitment.date.isoformat(),
        "status": item.status.word if item.status else None,
        "counted": item.counted,
        "verified": commitment.verified,
        "year": item.year,
        "gas": item.gas,
        "low_mt": _round(item.low, 1),
        "central_mt": _round(item.central, 1),
        "high_mt": _round(item.high, 1),
        "on_own_base_mt": [round(value, 1) for value in item.stated] if item.stated else None,
        "reading": item.reading,
    }


def _commitment_row(item: CommitmentResult) -> str:
    tonnes = (
        "–"
        if item.central is None or item.low is None or item.high is None
        else f"{item.central:,.0f} ({item.low:,.0f}-{item.high:,.0f}) {item.gas}"
    )
    return (
        f"| {_plain(item.commitment.says)} | {'yes' if item.counted else 'no'} "
        f"| {item.year or '–'} | {tonnes} | {_plain(item.reading)} |"
    )


def _past(party: PartyResult, values: Any) -> dict[int, float]:
    return {
        int(year): float(value)
        for year, value in zip(party.history_years, values, strict=True)
        if np.isfinite(value)
    }


def _range(fan: Fan, year: int) -> str:
    if year not in fan.years:
        return "–"
    at = fan.at(year)
    return f"{at[50] / 1000:.1f} ({at[5] / 1000:.1f}-{at[95] / 1000:.1f})"


def _series(fan: Fan) -> dict[str, list[float | None]]:
    return {_key(p): _rounded(values) for p, values in fan.percentiles.items()}


def _rounded(values: npt.NDArray[np.float64]) -> list[float | None]:
    """Return tens of kilotonnes; one that is not known is ``None``."""
    if np.isfinite(values).all():
        return np.round(values, 2).tolist()  # type: ignore[no-any-return]
    return [_round(value, 2) for value in values]


def _ranks(values: Mapping[int, float]) -> dict[str, float | None]:
    return {_key(p): _round(value) for p, value in values.items()}


def _key(percentile: int) -> str:
    return f"p{percentile:02d}"


def _round(value: float | None, digits: int = 4) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), digits)


def _plain(text: str) -> str:
    """Keep a document's words from being read as Markdown or HTML."""
    from html import escape

    return escape(" ".join(text.split()), quote=False).replace("|", "\\|")
