"""The calibration behind ``src/accord/data/climate/ensemble.npz``.

``python -m tools.calibrate UPSTREAM`` draws prior members from the literature (``prior``), runs
the observed history with the product's own engine (``history``), keeps what the surface record
allows and weights it to the assessed ranges (``constrain``), chooses the members that ship
(``select``) and writes the bundle and docs/ensemble.md (``report``).

Method of Smith et al. 2024 (https://doi.org/10.5194/gmd-17-8569-2024) with three changes: the
CO2 concentration is solved for, not filtered; weights are raked and capped instead of importance
resampled; the shipped members are chosen by optimisation instead of by lot.
"""
