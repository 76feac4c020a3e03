"""The calibration's own steps, on small synthetic cases: prior, raking, cap, choice."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "tools" / "calibrate").is_dir():
    pytest.skip("needs the tools folder of a checkout", allow_module_level=True)
pytest.importorskip("scipy")
sys.path.insert(0, str(ROOT))

from tools.calibrate import constrain, history, pool, prior, select, targets  # noqa: E402

TWO_DIMENSIONS = (
    targets.Target("warmth", "Warmth", "K", -1.645, 0.0, 1.645),
    targets.Target("dryness", "Dryness", "mm", 0.5, 1.0, 2.0),
)


@pytest.fixture(scope="module")
def record():
    return history.load_record()


@pytest.fixture(scope="module")
def ebm() -> prior.EnergyBalancePrior:
    """Mean and spread of published three-layer fits, without their correlations."""
    mean = np.log([3.39, 3.79, 11.2, 89.6, 1.0, 2.42, 0.753, 1.08, 0.693, 0.515, 7.62])
    spread = np.array([0.83, 0.25, 0.31, 0.58, 0.39, 0.39, 0.30, 0.50, 0.55, 0.29, 0.11])
    return prior.EnergyBalancePrior(mean, np.diag(spread**2))


def test_the_same_seed_draws_the_same_members(record, ebm):
    def once():
        return prior.draw(50, np.random.default_rng(7), ebm, record.drivers())

    first, second = once(), once()
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_fits_without_a_physical_ocean_have_no_vote(upstream):
    fits = upstream / "data" / "fair" / "cmip6_ebm3_fits_cummins.csv"
    found = prior.energy_balance_prior(fits)
    # 45 CMIP6 models: typical feedback 1.0 W/m2/K, 4xCO2 forcing 7.6 W/m2, layers in order.
    _, c1, c2, c3, k1, *_, f4x = np.exp(found.mean)
    assert k1 == pytest.approx(1.0, abs=0.05)
    assert f4x == pytest.approx(7.62, abs=0.05)
    assert c1 < c2 < c3
    assert not prior.is_sound(np.array([2.7, 5.3, 0.16, 81, 1, 2, 1.9, 1.8, 1, 0.7, 9.0]))


def test_prior_forcings_have_the_assessed_size(record, ebm):
    drivers = record.drivers()
    draws = prior.draw(20_000, np.random.default_rng(1), ebm, drivers)
    assert np.mean(draws["land"]) * drivers.rise_2019["land"] == pytest.approx(-0.20, abs=0.01)
    assert np.median(draws["snow"]) * drivers.rise_2019["BC"] == pytest.approx(0.08, abs=0.01)
    ozone = sum(draws[f"ozone_{name}"] * drivers.rise_2019[name] for name in prior.OZONE_2019)
    assert np.mean(ozone) == pytest.approx(0.48, abs=0.01)  # AR6: 0.47 (0.24 to 0.71)
    assert np.std(ozone) * prior.P95 == pytest.approx(0.23, abs=0.02)
    assert draws["aci_mean"].min() >= -2.2
    assert draws["aci_mean"].max() <= 0
    # Beta may be huge where a shape is nearly linear, but never infinite.
    assert np.isfinite(draws["aci_beta"]).all()


def test_co2_is_solved_for_and_not_filtered(record, ebm):
    drivers, rng = record.drivers(), np.random.default_rng(3)
    pilot = prior.draw(1500, rng, ebm, drivers)
    free = pool.run_batches(pilot, record)
    assert np.std(free["co2_2022"]) > 10
    guess = pool.CarbonGuess.fit(pilot, free["co2_2022"])
    draws, found = pool.survivors(prior.draw(300, rng, ebm, drivers), guess, record, rng)
    assert len(draws["r0"]) > 30
    assert np.median(np.abs(found["co2_2022"] - 417.0)) < 0.6
    assert found["rmse"].max() <= targets.RMSE_LIMIT


def test_the_weight_of_r0_is_its_conditional_prior_density():
    mean, covariance = prior.carbon_prior()
    rng = np.random.default_rng(0)
    sample = rng.multivariate_normal(mean, covariance, 20_000)
    draws = dict(zip(prior.CARBON, sample.T, strict=True))
    # Minus twice the log density of a normal number is chi-squared with mean one.
    assert np.mean(-2 * prior.log_density_r0(draws)) == pytest.approx(1.0, abs=0.03)


def test_raking_makes_every_target_hold_at_once():
    rng = np.random.default_rng(5)
    size = 40_000
    warmth = rng.normal(0.5, 1.5, size)
    dryness = np.exp(rng.normal(0.2, 0.5, size) + 0.1 * warmth)
    values = {"warmth": warmth, "dryness": dryness}
    weights = constrain.rake(values, TWO_DIMENSIONS, np.ones(size))
    assert weights.sum() == pytest.approx(1.0)
    for target in TWO_DIMENSIONS:
        reached = constrain.weighted_percentiles(values[target.name], weights, (5, 50, 95))
        spread = target.p95 - target.p05
        assert reached == pytest.approx((target.p05, target.p50, target.p95), abs=0.02 * spread)


def test_raking_gives_members_outside_a_target_no_weight():
    values = {"warmth": np.array([-50.0, *np.linspace(-3, 3, 2000), 50.0])}
    weights = constrain.rake(values, TWO_DIMENSIONS[:1], np.ones(2002))
    assert weights[0] == 0
    assert weights[-1] == 0


def test_no_capped_weight_stands_for_more_than_one_shipped_member():
    weights = constrain.cap(np.random.default_rng(2).pareto(1.1, 5000), 841)
    assert weights.sum() == pytest.approx(1.0)
    assert weights.max() <= 1 / 841 * (1 + 1e-9)
    with pytest.raises(ValueError, match="841"):
        constrain.cap(np.ones(100), 841)


def test_effective_size_counts_equal_members_once():
    assert constrain.effective_size(np.ones(50)) == pytest.approx(50)
    assert constrain.effective_size(np.array([1.0, 0.0, 0.0])) == pytest.approx(1)


def test_skew_normal_targets_have_the_percentiles_asked_for():
    for target in targets.TARGETS:
        got = target.quantile(np.array([0.05, 0.5, 0.95]))
        wanted = (target.p05, target.p50, target.p95)
        assert got == pytest.approx(wanted, abs=0.01 * (target.p95 - target.p05))


def test_chosen_members_carry_percentiles_better_than_a_random_draw():
    rng = np.random.default_rng(9)
    measures = rng.standard_normal((6000, 3)) @ rng.standard_normal((3, 6))
    weights = rng.uniform(size=6000)
    chosen = select.choose(measures, weights, 200, rng, proposals=4000)
    assert len(np.unique(chosen)) == 200
    random = rng.choice(6000, 200, replace=False, p=weights / weights.sum())

    def worst(members):
        return max(
            np.abs(
                np.percentile(column[members], (5, 50, 95))
                - constrain.weighted_percentiles(column, weights, (5, 50, 95))
            ).max()
            / column.std()
            for column in measures.T
        )

    assert worst(chosen) < 0.5 * worst(random)
