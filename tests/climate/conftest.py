"""Members and emissions that the climate tests share."""

from __future__ import annotations

import numpy as np
import pytest

from accord import climate

LAST = 2100


@pytest.fixture(scope="session")
def members() -> climate.Ensemble:
    """A tenth of the bundled ensemble."""
    return climate.Ensemble.bundled(841).take(np.arange(0, 841, 10))


@pytest.fixture(scope="session")
def state(members: climate.Ensemble) -> climate.State:
    """These members at the start of 2025."""
    return climate.history(members, 2025)


@pytest.fixture(scope="session")
def held() -> dict[str, np.ndarray]:
    """Emissions of the last observed year, held to 2100."""
    years = LAST - int(climate.observed_years()[-1])
    return {name: path[-1:].repeat(years) for name, path in climate.bundled_emissions().items()}
