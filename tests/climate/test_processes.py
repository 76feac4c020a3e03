"""Single processes against closed forms and published numbers."""

from __future__ import annotations

import numpy as np
import pytest

from accord import climate
from accord.climate import energy_balance, minor_gases
from accord.climate.greenhouse_forcing import (
    ch4_forcing,
    co2_forcing,
    doubling_forcing,
    n2o_forcing,
)
from accord.climate.species import Chemistry


def test_doubled_co2_forces_3_93_watts_as_assessed():
    """IPCC AR6 WG1 section 7.3.2.1: 3.93 W m-2."""
    assert doubling_forcing(np.ones(1))[0] == pytest.approx(3.93, abs=0.01)


def test_forcing_of_2019_is_the_assessed():
    """IPCC AR6 WG1 table 7.8: CO2 2.16, CH4 0.54, N2O 0.21 W m-2 above 1750."""
    then = (np.array(278.3), 729.2, 270.1)
    now = (np.array(409.9), 1866.3, 332.1)
    co2 = co2_forcing(now[0], now[2]) - co2_forcing(then[0], then[2])
    ch4 = ch4_forcing(now[1], now[2]) - ch4_forcing(then[1], then[2])
    n2o = n2o_forcing(now[2], now[0], now[1]) - n2o_forcing(then[2], then[0], then[1])
    assert co2 == pytest.approx(2.16, abs=0.01)
    assert ch4 == pytest.approx(0.54, abs=0.01)
    assert n2o == pytest.approx(0.21, abs=0.01)


def test_one_year_propagators_are_the_matrix_exponential(members):
    linalg = pytest.importorskip("scipy.linalg")
    built = members.propagators
    for member in range(0, members.size, 17):
        a = energy_balance.matrix(members)[member]
        phi = linalg.expm(a)
        drive = np.array([members.gamma[member], 0, 0, 0])
        push = linalg.solve(a, (phi - np.eye(4)) @ drive)
        assert np.abs(built.step[:, :, member].T - phi[1:]).max() < 1e-12
        assert np.abs(built.push[:, member] - push[1:]).max() < 1e-12
        assert built.decay[member] == pytest.approx(phi[0, 0], abs=1e-14)
        assert built.gain[member] == pytest.approx(push[0], abs=1e-13)


def test_noise_covariance_solves_its_equation(members):
    """A P + P A^T + Q integrates to the same covariance as quadrature over the year."""
    linalg = pytest.importorskip("scipy.linalg")
    nodes, weights = np.polynomial.legendre.leggauss(40)
    for member in (0, members.size // 2):
        a = energy_balance.matrix(members)[member]
        q = np.zeros((4, 4))
        q[0, 0] = members.sigma_eta[member] ** 2
        q[1, 1] = (members.sigma_xi[member] / members.heat_capacity[0, member]) ** 2
        parts = [linalg.expm(a * (node + 1) / 2) for node in nodes]
        exact = sum(w / 2 * p @ q @ p.T for w, p in zip(weights, parts, strict=True))
        factor = members.propagators.noise[:, :, member]
        assert np.abs(factor @ factor.T - exact).max() < 1e-8 * np.abs(exact).max()


def test_constant_forcing_ends_at_forcing_over_feedback(members):
    p = members.propagators
    red, layers = np.zeros(members.size), np.zeros((3, members.size))
    for _ in range(20000):
        layers = p.step[0] * red + np.einsum("jlm,jm->lm", p.step[1:], layers) + p.push
        red = p.decay * red + p.gain
    assert np.abs(layers * members.heat_transfer[0] - 1).max() < 1e-6


def test_a_minor_gas_decays_with_its_lifetime():
    lifetime = np.array([14.0])
    pulse = np.zeros((1, 50, 1))
    pulse[0, 0] = 1.0
    pools = minor_gases.accumulate(np.zeros(1), pulse, lifetime)[0, :, 0]
    assert pools[1:] / pools[:-1] == pytest.approx(np.exp(-1 / 14))
    assert pools[0] == pytest.approx(14 * (1 - np.exp(-1 / 14)))


def test_gases_common_to_all_scenarios_run_once_with_the_same_result():
    chemistry = Chemistry()
    rng = np.random.default_rng(0)
    common = {gas.name: rng.uniform(0, 100, (1, 20)) for gas in chemistry.minor}
    spread = {name: path.repeat(3, axis=0) for name, path in common.items()}
    common["SF6"] = spread["SF6"]
    start = np.zeros(len(chemistry.minor))
    once = minor_gases.minor_series(chemistry, start, common)
    thrice = minor_gases.minor_series(chemistry, start, spread)
    assert once.forcing + np.zeros((3, 1)) == pytest.approx(thrice.forcing)
    assert once.eesc + np.zeros((3, 1)) == pytest.approx(thrice.eesc)


def test_carbon_constants_are_those_of_the_published_calibration():
    """Smith et al. 2024 print g0 = 0.010178288 and g1 = 11.41262243 (rounded by cancellation)."""
    g0, g1 = Chemistry().co2_lifetime_constants
    assert g1 == pytest.approx(11.41262243, abs=1e-7)
    assert g0 == pytest.approx(0.010178288, abs=1e-9)


def test_the_species_table_names_every_species_of_the_history_once():
    assert len(set(climate.species.SPECIES)) == len(climate.species.SPECIES) == 51
    assert set(climate.bundled_emissions()) == set(climate.species.SPECIES)
