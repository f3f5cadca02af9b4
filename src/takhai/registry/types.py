"""The words of the registry."""

from enum import StrEnum


class Form(StrEnum):
    """What kind of number a person is known by."""

    CITIZEN = "citizen"
    ZERO = "zero"
    WRONG_CHECK = "wrong_check"
    GCODE = "gcode"


class Sex(StrEnum):
    MALE = "m"
    FEMALE = "f"


class Standing(StrEnum):
    """Whether a register entry is the one that counts for its pupil, or that of another school."""

    FIRST = "first"
    SECOND_SCHOOL = "second_school"


class RowReason(StrEnum):
    """Why a good row is not counted."""

    DUPLICATE = "duplicate"
    SECOND_SCHOOL = "second_school"


class Finding(StrEnum):
    """What the identity check may find, in the order in which the first one counts."""

    DEAD = "dead"
    WRONG_NUMBER = "wrong_number"
    IDENTIFIER_CLASH = "identifier_clash"
    TWO_SCHOOLS = "two_schools"
    NOT_IN_REGISTRY = "not_in_registry"
    NAME_DIFFERS = "name_differs"
    BIRTH_DIFFERS = "birth_differs"
    SEX_DIFFERS = "sex_differs"


class FileKind(StrEnum):
    """A register file of the first hour, or one that corrects it."""

    FIRST = "first"
    CORRECTION = "correction"


class EndReason(StrEnum):
    """Why a school enrolment ended. Absence from a register is no reason."""

    MOVED = "moved"
    LEFT = "left"
    GRADUATED = "graduated"
    DIED = "died"
