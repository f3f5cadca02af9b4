"""Tables of the registry, private to the room."""

from takhai.registry.models.enrolment import SchoolEnrolment
from takhai.registry.models.guardian import Guardian, GuardianLink
from takhai.registry.models.household import Household, HouseholdLink
from takhai.registry.models.identity import Comparison, IdentityFinding
from takhai.registry.models.person import Identifier, Person
from takhai.registry.models.register import IntakeException, RegisterEntry, RegisterFile
from takhai.registry.models.school import Agency, School

__all__ = [
    "Agency",
    "Comparison",
    "Guardian",
    "GuardianLink",
    "Household",
    "HouseholdLink",
    "Identifier",
    "IdentityFinding",
    "IntakeException",
    "Person",
    "RegisterEntry",
    "RegisterFile",
    "School",
    "SchoolEnrolment",
]
