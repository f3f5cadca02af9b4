"""The words of access: kinds of places, roles, grants, and the scope that a reader must name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class PlaceKind(StrEnum):
    """Kinds of nodes in the one tree of places."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    AGENCY = "agency"
    AREA_OFFICE = "area_office"
    SCHOOL = "school"
    CLASSROOM = "classroom"


class Role(StrEnum):
    """What a user is at a place."""

    CLASS_TEACHER = "class_teacher"
    SCHOOL_ADMIN = "school_admin"
    DIRECTOR = "director"
    AREA_OFFICER = "area_officer"
    AGENCY_OFFICER = "agency_officer"
    EEF_OFFICER = "eef_officer"
    FINANCE = "finance"
    AUDITOR = "auditor"


COUNTRY_CODE: Final = "th"


class NoScope(RuntimeError):
    """A read that named no scope: a programmer's mistake, never a user's."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One assignment as the decision sees it: a role at a place for the days ``[from_day, to_day)``."""

    role: Role
    path: str
    from_day: date
    to_day: date | None


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the tree somebody may see.

    ``paths`` are prefixes of the tree; none of them contains another. A system scope has a ``reason``
    instead and sees everything: the steps of the semester and commands of the operator.
    """

    paths: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        if self.paths and self.reason:
            raise ValueError("a scope is either somebody's places or a stated reason")

    @property
    def everything(self) -> bool:
        """Whether nothing is hidden from it."""
        return bool(self.reason)

    def covers(self, *paths: str) -> bool:
        """Whether a place with these paths (its own, and where it lies) is inside."""
        return self.everything or any(
            path.startswith(prefix) for path in paths if path for prefix in self.paths
        )


def system_scope(*, reason: str, by: str = "takhai") -> Scope:
    """The scope of the machine's own work; the reason is written wherever looking is logged."""
    if not reason.strip():
        raise ValueError("a system scope needs its reason")
    return Scope(reason=reason, by=by)
