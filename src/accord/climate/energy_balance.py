"""Three ocean layers and a red-noise forcing: forcing to temperature, exactly, a year at a time.

With x = (forcing state, T1, T2, T3) and forcing F constant over a year,

    dx/dt = A x + (gamma, 0, 0, 0)^T F + noise,      x(t+1) = Phi x(t) + b F(t+1) + w(t+1)

(Cummins et al. 2020, https://doi.org/10.1175/JCLI-D-19-0589.1, eq. 13-14 and what follows;
Leach et al. 2021, https://doi.org/10.5194/gmd-14-3007-2021). Phi = expm(A), b = A^-1 (expm(A) - I)
(gamma, 0, 0, 0)^T and the covariance of w are built for 1/2048 of a year from a short series and
doubled eleven times, for all members at once. Doubling is stable where the block-matrix method (Van
Loan 1978) loses digits, and needs no library beyond NumPy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from accord.climate.greenhouse_forcing import co2_forcing_of_ratio
from accord.climate.species import FloatArray

if TYPE_CHECKING:
    from accord.climate.ensemble import Ensemble

DOUBLINGS = 11

#: Earth's surface x one year, in ZJ per W m-2: 4 pi (6371 km)^2 x 365.24219 d.
ZJ_PER_W_YR_M2 = 4 * np.pi * 6371000.0**2 * 86400.0 * 365.24219 / 1e21


@dataclass(frozen=True, eq=False)
class Propagators:
    """One year of the energy balance for every member.

    Attributes
    ----------
    decay
        Share of the forcing state that stays, exp(-gamma), shape (member,).
    gain
        Response of the forcing state to F, 1 - exp(-gamma), shape (member,).
    step
        Shape (4, 3, member): rows T1..T3 of Phi by column, forcing state first.
    push
        Shape (3, member): response of T1..T3 to F.
    noise
        Shape (4, 4, member): lower Cholesky factor of the covariance of a year's noise.
    """

    decay: FloatArray
    gain: FloatArray
    step: FloatArray
    push: FloatArray
    noise: FloatArray

    def take(self, where: Any) -> Propagators:
        """Return the propagators of these members."""
        parts = (self.decay, self.gain, self.step, self.push, self.noise)
        return Propagators(*(np.ascontiguousarray(part[..., where]) for part in parts))


def matrix(ensemble: Ensemble) -> FloatArray:
    """Return A of every member, shape (member, 4, 4) (Cummins et al. 2020, eq. 14)."""
    c1, c2, c3 = ensemble.heat_capacity
    k1, k2, k3 = ensemble.heat_transfer
    k3_felt = ensemble.deep_ocean_efficacy * k3
    a = np.zeros((ensemble.size, 4, 4))
    a[:, 0, 0] = -ensemble.gamma
    a[:, 1, 0] = 1 / c1
    a[:, 1, 1] = -(k1 + k2) / c1
    a[:, 1, 2] = k2 / c1
    a[:, 2, 1] = k2 / c2
    a[:, 2, 2] = -(k2 + k3_felt) / c2
    a[:, 2, 3] = k3_felt / c2
    a[:, 3, 2] = k3 / c3
    a[:, 3, 3] = -k3 / c3
    return a


def propagators(ensemble: Ensemble) -> Propagators:
    """Build the exact one-year propagators by doubling."""
    size = ensemble.size
    a = matrix(ensemble)
    drive = np.zeros((size, 4, 1))
    drive[:, 0, 0] = ensemble.gamma
    q = np.zeros((size, 4, 4))
    q[:, 0, 0] = ensemble.sigma_eta**2
    q[:, 1, 1] = (ensemble.sigma_xi / ensemble.heat_capacity[0]) ** 2

    h = 0.5**DOUBLINGS
    ah = a * h
    identity = np.eye(4)
    phi_less_one = np.zeros_like(a)  # expm(A h) - I: small, so kept apart from I
    integral = np.zeros_like(a)  # A^-1 (expm(A h) - I)
    term = np.broadcast_to(identity, a.shape) * h
    for order in range(2, 9):
        integral += term
        term = term @ ah / order
    phi_less_one = integral @ a
    b = integral @ drive
    # Integral of Phi(s) Q Phi(s)^T over h, to third order in h (h gamma << 1), Simpson's rule.
    half = identity + ah / 2 + ah @ ah / 8
    full = identity + phi_less_one
    noise = h / 6 * (q + 4 * half @ q @ half.swapaxes(1, 2) + full @ q @ full.swapaxes(1, 2))
    for _ in range(DOUBLINGS):
        phi = identity + phi_less_one
        b = b + phi @ b
        noise = noise + phi @ noise @ phi.swapaxes(1, 2)
        phi_less_one = 2 * phi_less_one + phi_less_one @ phi_less_one
    phi = identity + phi_less_one
    columns = np.ascontiguousarray(phi[:, 1:, :].transpose(2, 1, 0))
    return Propagators(
        decay=np.exp(-ensemble.gamma),
        gain=-np.expm1(-ensemble.gamma),
        step=columns,
        push=np.ascontiguousarray(b[:, 1:, 0].T),
        noise=_factor(noise),
    )


def _factor(covariance: FloatArray) -> FloatArray:
    """Return lower Cholesky factors as (4, 4, member); deep layers vary by 1e-6 of the surface."""
    sd = np.sqrt(np.maximum(np.einsum("mii->mi", covariance), 1e-300))
    scaled = covariance / (sd[:, :, None] * sd[:, None, :])
    scaled += 1e-10 * np.eye(4)
    factor = np.linalg.cholesky(scaled) * sd[:, :, None]
    return np.ascontiguousarray(factor.transpose(1, 2, 0))


class EnergyBalance:
    """Forcing state and layer temperatures of a block of runs, stepped in place.

    Attributes
    ----------
    now
        Shape (5, …): forcing state, T1, T2, T3, and the forcing to be written before a step.
    """

    def __init__(self, ensemble: Ensemble, red_noise: FloatArray, layers: FloatArray) -> None:
        p = ensemble.propagators
        step = np.zeros((5, 4, ensemble.size))
        step[0, 0], step[4, 0] = p.decay, p.gain
        step[:4, 1:], step[4, 1:] = p.step, p.push
        shape = red_noise.shape
        self._step = step if red_noise.ndim == 1 else step[:, :, None]
        self._parts = np.empty((5, 4, *shape))
        self.now, self._ahead = np.empty((2, 5, *shape))
        self.now[0], self.now[1:4] = red_noise, layers

    def step(self, noise: FloatArray | None) -> None:
        """Advance a year under the forcing in ``now[4]``; ``noise`` has shape (4, …, member)."""
        now, ahead = self.now, self._ahead
        np.multiply(self._step, now[:, None], out=self._parts)
        np.add.reduce(self._parts, axis=0, out=ahead[:4])
        if noise is not None:
            ahead[:4] += noise
        self.now, self._ahead = ahead, now


def transient_response(ensemble: Ensemble) -> FloatArray:
    """Return TCR in K: mean of the years 61-80 with CO2 rising 1 % a year, noise-free."""
    p = ensemble.propagators
    x0 = np.zeros(ensemble.size)
    t = np.zeros((3, ensemble.size))
    total = np.zeros(ensemble.size)
    forcing_per_year = co2_forcing_of_ratio(1.01 ** np.arange(81.0))
    for year in range(80):
        forcing = forcing_per_year[year + 1] * ensemble.co2_scale
        t_before = t[0].copy()
        t = p.step[0] * x0 + np.einsum("jlm,jm->lm", p.step[1:], t) + p.push * forcing
        x0 = p.decay * x0 + p.gain * forcing
        if year >= 60:
            total += (t_before + t[0]) / 2
    return total / 20


def heat_content(ensemble: Ensemble, temperatures: FloatArray) -> FloatArray:
    """Return heat gained since 1750 in ZJ from layer temperatures (3, …, member).

    The sum of C_i T_i; the deep-ocean efficacy changes the radiation, not the heat that arrives.
    """
    capacity = ensemble.heat_capacity
    total: FloatArray = (
        capacity[0] * temperatures[0]
        + capacity[1] * temperatures[1]
        + capacity[2] * temperatures[2]
    ) * ZJ_PER_W_YR_M2
    return total


def imbalance(ensemble: Ensemble, forcing: FloatArray, temperatures: FloatArray) -> FloatArray:
    """Return the top-of-atmosphere imbalance, W m-2.

    Geoffroy et al. 2013, https://doi.org/10.1175/JCLI-D-12-00196.1.
    """
    k1, _, k3 = ensemble.heat_transfer
    result: FloatArray = (
        forcing
        - k1 * temperatures[0]
        + (1 - ensemble.deep_ocean_efficacy) * k3 * (temperatures[1] - temperatures[2])
    )
    return result
