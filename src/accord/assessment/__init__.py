"""The answer: what commitments mean in tonnes and degrees, as one result.

``result`` says what an answer holds, ``chain`` makes one, ``export`` turns it into data.
"""

from accord.assessment.result import PERCENTILES as PERCENTILES
from accord.assessment.result import Assessment as Assessment
from accord.assessment.result import CommitmentResult as CommitmentResult
from accord.assessment.result import Fan as Fan
from accord.assessment.result import PartyResult as PartyResult
from accord.assessment.result import WarmingResult as WarmingResult
