"""100-year global warming potentials, by assessment report.

Sources: SAR: IPCC 1995, WG1, table 2.9. AR4: IPCC 2007, WG1, table 2.14. AR5: IPCC 2013, WG1,
table 8.A.1 (without climate-carbon feedbacks, as UNFCCC decision 18/CMA.1 takes them). AR6: IPCC
2021, WG1, table 7.SM.7; its CH4 value is the one for methane of any origin (fossil methane 29.8,
other 27.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

GWP: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "SAR": MappingProxyType(
            {
                "CO2": 1.0, "CH4": 21.0, "N2O": 310.0, "SF6": 23900.0,
                "CF4": 6500.0, "C2F6": 9200.0, "C3F8": 7000.0,
                "HFC-23": 11700.0, "HFC-32": 650.0, "HFC-125": 2800.0, "HFC-134a": 1300.0,
                "HFC-143a": 3800.0, "HFC-152a": 140.0, "HFC-227ea": 2900.0,
            }
        ),
        "AR4": MappingProxyType(
            {
                "CO2": 1.0, "CH4": 25.0, "N2O": 298.0, "SF6": 22800.0, "NF3": 17200.0,
                "CF4": 7390.0, "C2F6": 12200.0, "C3F8": 8830.0,
                "HFC-23": 14800.0, "HFC-32": 675.0, "HFC-125": 3500.0, "HFC-134a": 1430.0,
                "HFC-143a": 4470.0, "HFC-152a": 124.0, "HFC-227ea": 3220.0, "HFC-245fa": 1030.0,
            }
        ),
        "AR5": MappingProxyType(
            {
                "CO2": 1.0, "CH4": 28.0, "N2O": 265.0, "SF6": 23500.0, "NF3": 16100.0,
                "CF4": 6630.0, "C2F6": 11100.0, "C3F8": 8900.0,
                "HFC-23": 12400.0, "HFC-32": 677.0, "HFC-125": 3170.0, "HFC-134a": 1300.0,
                "HFC-143a": 4800.0, "HFC-152a": 138.0, "HFC-227ea": 3350.0, "HFC-245fa": 858.0,
            }
        ),
        "AR6": MappingProxyType(
            {
                "CO2": 1.0, "CH4": 27.9, "N2O": 273.0, "SF6": 24300.0, "NF3": 17400.0,
                "CF4": 7380.0, "C2F6": 12400.0, "C3F8": 9290.0,
                "HFC-23": 14600.0, "HFC-32": 771.0, "HFC-125": 3740.0, "HFC-134a": 1530.0,
                "HFC-143a": 5810.0, "HFC-152a": 164.0, "HFC-227ea": 3600.0, "HFC-245fa": 962.0,
            }
        ),
    }
)  # fmt: skip
"""Set -> gas -> tonnes of CO2 that warm as much over 100 years as one tonne of the gas."""

F_GASES_FROM_AR5: Mapping[str, float] = MappingProxyType(
    {"SAR": 0.90, "AR4": 1.05, "AR5": 1.0, "AR6": 1.15}
)
"""Set -> CO2e of the world's mix of F-gases of 2022 in that set, over its CO2e in AR5.

National F-gases come as one CO2e figure in AR5 potentials, without the mix behind it, so the mix
of the world stands in for each party's (emissions by gas of the draft CMIP7 scenarios, year 2022).
The factor for AR6 was 1.11 with the mix of 1990 and 1.14 with that of 2005.
"""
