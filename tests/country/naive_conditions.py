"""Attendance on paper: who met the conditions of the round."""

from country.classroom import complies
from country.manifest import read
from tests.country.naive_round import Walk


def comply(way: Walk) -> set[str]:
    """Persons on the round's lists who were not compliant; counts all of them."""
    world, outcome = read(way.folder).build()
    failed = set()
    for pupil in outcome.beneficiaries:
        word = complies(world, pupil)
        way.count("comply", {True: "compliant", False: "not_compliant", None: "not_reported"}[word])
        if word is False:
            failed.add(way.person_of[pupil.child.said.number])
    return failed
