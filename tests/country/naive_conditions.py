"""The conditions on paper: who was there often enough, by the schools' own files."""

from datetime import date

from tests.country.classroom.naive_classroom import Reading
from tests.country.naive_round import Walk

SEMESTERS = {
    "2563-2": (date(2020, 11, 1), date(2021, 5, 16)),
    "2564-1": (date(2021, 5, 16), date(2021, 11, 1)),
}
MONTHS = {
    "2563-2": {"2020-11", "2020-12", "2021-01", "2021-02", "2021-03", "2021-04"},
    "2564-1": {"2021-05", "2021-06", "2021-07", "2021-08", "2021-09", "2021-10"},
}
WORDS = {True: "compliant", False: "not_compliant", None: "not_reported"}


def comply(way: Walk) -> set[str]:
    """Persons on the round's lists who were not compliant; counts all of them, and the rows of the files."""
    found = reading(way)
    failed = set()
    for group in ("old", "new"):
        for person in way.enrolled[group]:
            word = found.compliant(way.rows[person][0].number)
            way.count("comply", WORDS[word])
            way.count("comply", "joined")
            way.count("comply", "out")
            if word is False:
                failed.add(person)
    way.records = {
        name: {
            "rows": rows,
            "taken": rows - sum(found.refused[name].values()),
            "refused": dict(found.refused[name]),
        }
        for name, rows in found.rows.items()
    }
    return failed


def reading(way: Walk) -> Reading:
    """The three files, read with the registers of the round in hand."""
    name = way.terms.name
    enrolled: dict[str, set[str]] = {}
    for person, entries in way.rows.items():
        school, _ = way.listed.get(person, ("", 0))
        enrolled[entries[0].number] = {entry.school for entry in entries} | ({school} if school else set())
    first_day, next_first_day = SEMESTERS[name]
    found = Reading(
        schools=set(way.schools),
        known=set(way.person_of),
        enrolled=enrolled,
        months=MONTHS[name],
        first_day=first_day,
        next_first_day=next_first_day,
    )
    found.read(way.folder)
    return found
