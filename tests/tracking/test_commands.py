"""accord track, as it is typed."""

from __future__ import annotations

from click.testing import CliRunner

from accord.cli_track import track


def test_before_the_first_figures_are_out_no_empty_table_is_shown() -> None:
    # The agreement was two months old; customs figures to March came out in May.
    run = CliRunner().invoke(track, ["--promise", "CN-PH1-GOODS", "--as-of", "2020-03-31"])
    assert run.exit_code == 0
    assert "No delivery had been published by that day." in run.output
    assert "delivered  due by then" not in run.output


def test_the_checkpoint_of_march_2020_in_both_sources() -> None:
    run = CliRunner().invoke(track, ["--promise", "CN-PH1-GOODS", "--as-of", "2020-05-31"])
    assert "46 %" in run.output
    assert "40 %" in run.output
