"""Who takes part: states, blocs and their names; history and projections as tables."""

from accord.parties.bloc import Membership, members, memberships, partition
from accord.parties.party import PARTIES, Party, named, party

__all__ = [
    "PARTIES",
    "Membership",
    "Party",
    "members",
    "memberships",
    "named",
    "partition",
    "party",
]
