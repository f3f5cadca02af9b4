from takhai.programmes.models.beneficiary import Beneficiary, ProgrammeEnrolment
from takhai.programmes.models.fate import Fate
from takhai.programmes.models.member import RoundMember

__all__ = ["Beneficiary", "Fate", "ProgrammeEnrolment", "RoundMember"]
