"""From commitments to tonnes: emissions per party, gas and year, and the world's."""

from accord.pathways.extension import extend
from accord.pathways.gases import GASES, UNITS
from accord.pathways.party import PartyPathway, Quantified, party_pathway
from accord.pathways.precedent import with_precedent
from accord.pathways.world import WorldPathway, basis_of, first_year_of, project, quantify

__all__ = [
    "GASES",
    "UNITS",
    "PartyPathway",
    "Quantified",
    "WorldPathway",
    "basis_of",
    "extend",
    "first_year_of",
    "party_pathway",
    "project",
    "quantify",
    "with_precedent",
]
