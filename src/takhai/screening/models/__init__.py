from takhai.screening.models.arriving import FormFile, FormRefused, HouseholdFinding, Official
from takhai.screening.models.assessment import Assessment
from takhai.screening.models.certification import Certification
from takhai.screening.models.committee import CommitteeException, CommitteeResult, Meeting, MeetingMember
from takhai.screening.models.cutoff import Cutoff
from takhai.screening.models.form import Form, FormMember

__all__ = [
    "Assessment",
    "Certification",
    "CommitteeException",
    "CommitteeResult",
    "Cutoff",
    "Form",
    "FormFile",
    "FormMember",
    "FormRefused",
    "HouseholdFinding",
    "Meeting",
    "MeetingMember",
    "Official",
]
