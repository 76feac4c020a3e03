"""What parties have undertaken, with instrument, fate and evidence; the case on disk."""

from accord.errors import CaseError as CaseError
from accord.language.possible import check_possible as check_possible
from accord.ledger.case import Case as Case
from accord.ledger.case import FaultyCaseError as FaultyCaseError
from accord.ledger.case import bundled_cases as bundled_cases
from accord.ledger.case import case_path as case_path
from accord.ledger.case import check_case as check_case
from accord.ledger.case import load_case as load_case
from accord.ledger.commitment import BaseValue as BaseValue
from accord.ledger.commitment import Citation as Citation
from accord.ledger.commitment import Commitment as Commitment
from accord.ledger.commitment import Outcome as Outcome
from accord.ledger.commitment import Status as Status
from accord.ledger.commitments_file import dump_commitments as dump_commitments
from accord.ledger.convention import Convention as Convention
from accord.ledger.description import describe_case as describe_case
from accord.ledger.round import Round as Round
from accord.ledger.starter import new_case as new_case
