"""The words of benefits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Standing(StrEnum):
    """Where an entitlement stands: on a list, held until a reason is lifted, or out for its round."""

    GRANTED = "granted"
    HELD = "held"
    DROPPED = "dropped"


NO_RATE: Final = "no_rate"
DEAD: Final = "dead"
NOT_COMPLIANT: Final = "not_compliant"

# Findings of identity in the order in which the first counts; `dead` drops, the others hold.
FINDINGS: Final = (
    DEAD,
    "wrong_number",
    "identifier_clash",
    "two_schools",
    "not_in_registry",
    "name_differs",
    "birth_differs",
    "sex_differs",
)


class ComplianceReason(StrEnum):
    """Why a pupil has kept the round's conditions or not; the first that holds."""

    NOT_REPORTED = "not_reported"
    ATTENDANCE_LOW = "attendance_low"
    NOT_MEASURED = "not_measured"
    COMPLIANT = "compliant"


# What a list hands on: one row is one pupil with his money.
GRANTED_COLUMNS: Final[Mapping[str, str]] = {
    "entitlement_round": "text",
    "person": "uuid",
    "school": "uuid",
    "agency": "text",
    "grade": "text",
    "level": "text",
    "province": "text",
    "area_code": "text",
    "satang": "bigint",
}


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen list: how many pupils, how much, the hash of its rows, by whom and on which day."""

    round: str
    group: str
    count: int
    satang: int
    sha256: str
    frozen_by: str
    frozen_on: date
