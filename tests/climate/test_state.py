"""Kept states and the file that carries them."""

from __future__ import annotations

import numpy as np
import pytest

from accord import climate
from accord.climate import state as states
from accord.errors import InputError


def test_a_bundle_reads_back_as_it_was_written(tmp_path, members):
    kept = [climate.history(members, year) for year in (1992, 2025)]
    path = tmp_path / "ensemble.npz"
    nested = np.arange(0, members.size, 2)
    climate.save_bundle(path, members, kept, nested={nested.size: nested})
    read = climate.load_bundle(path)
    assert np.array_equal(read.whole.table(), members.table())
    assert read.whole.edition == members.edition
    assert [state.year for state in read.whole.states] == [1992, 2025]
    for ours, theirs in zip(kept, read.whole.states, strict=True):
        assert np.array_equal(ours.pools, theirs.pools)
        assert np.array_equal(ours.reference, theirs.reference)
        assert np.array_equal(ours.shared.minor, theirs.shared.minor)
        assert ours.shared.land_cumulated == theirs.shared.land_cumulated
    half = read.ensemble(nested.size)
    assert np.array_equal(half.gamma, members.gamma[nested])
    assert np.array_equal(half.states[1].methane, kept[1].methane[nested])


def test_members_that_are_not_rounded_are_refused(tmp_path, members):
    from dataclasses import replace

    exact = replace(members, gamma=members.gamma * (1 + 1e-12), states=())
    with pytest.raises(InputError, match="round"):
        climate.save_bundle(tmp_path / "x.npz", exact, [])
    climate.save_bundle(tmp_path / "x.npz", climate.rounded(exact), [])


def test_a_file_that_is_no_ensemble_is_refused(tmp_path):
    wrong = tmp_path / "wrong.npz"
    np.savez(wrong, parameters=np.zeros((2, 3)))
    with pytest.raises(InputError, match="not an ensemble"):
        climate.load_bundle(wrong)
    with pytest.raises(InputError, match=r"tools/calibrate"):
        climate.load_bundle(tmp_path / "missing.npz")


def test_an_unknown_size_names_the_known():
    with pytest.raises(InputError, match="400 and 841"):
        climate.Ensemble.bundled(500)


def test_the_bundled_ensemble_is_the_same_object_each_time():
    assert climate.Ensemble.bundled(400) is climate.Ensemble.bundled(400)


def test_kept_states_are_what_the_history_gives(members):
    fresh = members.with_states([])
    for year in (1992, 2025):
        run, kept = climate.history(fresh, year), climate.history(members, year)
        assert np.abs(run.pools - kept.pools).max() < 1e-9
        assert np.abs(run.temperatures - kept.temperatures).max() < 1e-12
        assert np.abs(run.reference - kept.reference).max() < 1e-12
        assert np.abs(run.shared.minor - kept.shared.minor).max() < 1e-9


def test_history_before_its_reference_and_after_its_data_is_refused(members):
    for year in (1890, 2040):
        with pytest.raises(InputError, match="1901 to 2025"):
            climate.history(members, year)


def test_a_state_of_other_members_is_refused(members, state, held):
    with pytest.raises(InputError, match="same ensemble"):
        climate.project(members.take(slice(0, 10)), held, state=state)


def test_preindustrial_is_at_rest(members):
    start = states.preindustrial(members.size, members.chemistry)
    assert not start.pools.any()
    assert np.isnan(start.reference).all()
