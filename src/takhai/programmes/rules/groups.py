"""Who is old, who is new. Source: ROUND §2 (DOMAIN §1.4 step 1)."""

from dataclasses import dataclass

from takhai.programmes.types import Group, GroupReason


@dataclass(frozen=True, slots=True)
class Facts:
    """One pupil who is on the last list, in the registers, or both.

    ``same_school``: one of his good rows is at the last list's school. ``applies``: his row carries
    what marks an applicant of his affiliation. ``limit_year``: academic year (BE) less the policy's
    years; who was first subsidised by then is screened again. ``failed_before``: a screening of an
    earlier round refused him.
    """

    on_last_list: bool
    has_row: bool
    same_school: bool
    first_subsidy_year: int
    limit_year: int
    applies: bool
    screened_level: bool
    failed_before: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The group and the reason for it."""

    group: Group
    reason: GroupReason


def decide(facts: Facts) -> Verdict:
    """The first that holds is the reason."""
    if facts.on_last_list:
        if not facts.has_row:
            return Verdict(Group.NONE, GroupReason.NOT_IN_REGISTER)
        if not facts.same_school:
            return Verdict(Group.NEW, GroupReason.MOVED)
        if facts.first_subsidy_year <= facts.limit_year:
            return Verdict(Group.NEW, GroupReason.THREE_YEARS)
        return Verdict(Group.OLD, GroupReason.ON_LAST_LIST)
    if facts.applies and facts.screened_level:
        return Verdict(
            Group.NEW, GroupReason.FAILED_BEFORE if facts.failed_before else GroupReason.NEVER_APPLIED
        )
    return Verdict(Group.NONE, GroupReason.NOT_APPLICANT)
