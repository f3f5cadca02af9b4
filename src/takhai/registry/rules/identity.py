"""What is in doubt about a pupil's identity (ROUND of the project, section 3).

A G-code, and a number beginning with 0 that the extract does not have, are not compared.
"""

from dataclasses import dataclass
from typing import Final

from takhai.registry.types import Finding, Form


@dataclass(frozen=True, slots=True)
class Facts:
    """One pupil of a round.

    ``found`` tells that the civil registry has his number; the five after it mean nothing without it.
    ``schools`` counts the schools at which this round's registers have him.
    """

    form: Form
    clash: bool
    schools: int
    found: bool
    alive: bool
    first_ok: bool
    last_ok: bool
    birth_ok: bool
    sex_ok: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first finding that holds, None when nothing is in doubt."""

    reason: Finding | None


def is_compared(facts: Facts) -> bool:
    """Whether the registry has something to say about the number."""
    return facts.found and facts.form in {Form.CITIZEN, Form.ZERO}


def is_dead(facts: Facts) -> bool:
    return is_compared(facts) and not facts.alive


def has_wrong_number(facts: Facts) -> bool:
    return facts.form is Form.WRONG_CHECK


def shares_his_number(facts: Facts) -> bool:
    return facts.clash


def is_at_two_schools(facts: Facts) -> bool:
    return facts.schools > 1


def is_not_in_registry(facts: Facts) -> bool:
    return facts.form is Form.CITIZEN and not facts.found


def has_another_name(facts: Facts) -> bool:
    return is_compared(facts) and not (facts.first_ok and facts.last_ok)


def has_another_birth_date(facts: Facts) -> bool:
    return is_compared(facts) and not facts.birth_ok


def has_another_sex(facts: Facts) -> bool:
    return is_compared(facts) and not facts.sex_ok


PREDICATES: Final = (
    (Finding.DEAD, is_dead),
    (Finding.WRONG_NUMBER, has_wrong_number),
    (Finding.IDENTIFIER_CLASH, shares_his_number),
    (Finding.TWO_SCHOOLS, is_at_two_schools),
    (Finding.NOT_IN_REGISTRY, is_not_in_registry),
    (Finding.NAME_DIFFERS, has_another_name),
    (Finding.BIRTH_DIFFERS, has_another_birth_date),
    (Finding.SEX_DIFFERS, has_another_sex),
)


def decide(facts: Facts) -> Verdict:
    """The first of the predicates that holds is the finding."""
    return Verdict(next((finding for finding, holds in PREDICATES if holds(facts)), None))
