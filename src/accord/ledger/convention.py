"""How a number is to be read. No tonne and no degree is shown without one."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import msgspec

Extension: TypeAlias = Literal["hold-level", "hold-rate", "hold-intensity", "reference"]
"""What a party does after its last target: keep the level; keep the yearly rate of change of the
last target decade; keep the trend of emissions per GDP; return to the growth of its reference."""

GwpSet: TypeAlias = Literal["SAR", "AR4", "AR5", "AR6"]


class Convention(msgspec.Struct, frozen=True, kw_only=True):
    """The switches under which an assessment holds.

    Attributes
    ----------
    as_of
        Only what was on the table on this day counts.
    extension
        Rule after the last target.
    conditional
        Whether pledges made on a condition are counted.
    lulucf
        Whether totals shown include land use.
    gwp
        Set of 100-year warming potentials by which gases are added up.
    neutrality
        What "carbon neutrality" covers where the words leave it open.
    hot_air
        Whether targets above a party's reference path raise it (``True``) or are ignored.
    scenario
        Socio-economic path whose GDP and population carry intensity and per-capita targets.
    archived
        Whether targets of withdrawn or archived pledges are counted as if in force.
    """

    as_of: dt.date
    extension: Extension = "hold-rate"
    conditional: bool = False
    lulucf: Literal["included", "excluded"] = "included"
    gwp: GwpSet = "AR6"
    neutrality: Literal["CO2", "GHG"] = "GHG"
    hot_air: bool = False
    scenario: Literal["SSP1", "SSP2", "SSP3", "SSP4", "SSP5"] = "SSP2"
    archived: bool = False

    def words(self) -> str:
        """Return the convention as one line of plain words, for the foot of a table or figure."""
        rule = {
            "hold-level": "hold the level",
            "hold-rate": "hold the rate",
            "hold-intensity": "hold the intensity trend",
            "reference": "follow the reference path",
        }[self.extension]
        return " · ".join(
            (
                f"as of {self.as_of.isoformat()}",
                f"after the last target: {rule}",
                f"conditional pledges {'in' if self.conditional else 'out'}",
                f"land use {'in' if self.lulucf == 'included' else 'out'}",
                f"GWP100 {self.gwp}",
                f"carbon neutrality read as {self.neutrality}",
                f"hot air {'in' if self.hot_air else 'out'}",
                f"GDP and population {self.scenario}",
                *(("archived pledges in",) if self.archived else ()),
            )
        )
