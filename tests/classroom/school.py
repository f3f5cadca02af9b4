"""Schools with enrolled pupils who have numbers, and the files they send."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from takhai.classroom import queries
from takhai.classroom.services import attendance, growth, school_days
from takhai.platform import secrets
from takhai.platform.ids import uuid7s
from takhai.platform.relations import Relation
from takhai.platform.sets import execute, fetch
from takhai.platform.types import Outcome
from takhai.registry.sealed import NUMBER
from takhai.thai.calendar import Term
from takhai.thai.identifiers import check_digit
from tests.benefits.town import ROUND, SCOPE, Town

HOME, AWAY, EMPTY = "81010001", "81010002", "81019999"
MONTHS = ("2020-11", "2020-12", "2021-01", "2021-02", "2021-03")
SINCE = date(2020, 5, 16)
COLUMNS = {
    "school_days": ("school_code", "month", "days_open"),
    "attendance": ("identifier", "school_code", "month", "days_present", "sick_leave", "personal_leave"),
    "growth": ("identifier", "school_code", "measured_on", "weight_kg", "height_cm"),
}


def citizen(number: int) -> str:
    """A well-formed number."""
    twelve = f"18100{number:07d}"
    return f"{twelve}{check_digit(twelve)}"


@dataclass
class School(Town):
    """``numbers`` in clear, as the schools have them; ``folder`` is where their files lie."""

    folder: Path = Path()
    numbers: dict[UUID, str] = field(default_factory=dict)
    files: int = 0

    def class_of(self, count: int = 1, *, school: str = HOME, since: date = SINCE) -> list[UUID]:
        """So many new pupils with numbers, enrolled at the school."""
        people = self.pupils(count)
        self._number(people)
        for person in people:
            self.enrol(person, school=school, since=since)
        return people

    def enrol(
        self, person: UUID, *, school: str = HOME, since: date = SINCE, until: date | None = None
    ) -> None:
        """At the school for the days [since, until)."""
        execute(
            "INSERT INTO school_enrolment (id, person_id, school_id, grade, room, pupil_no, from_day, to_day,"
            " end_reason, ended_in, recorded_at, recorded_by)"
            " VALUES (%(id)s, %(person)s, %(school)s, 'ป.4', '', '', %(since)s, %(until)s, %(why)s, '', now(), 'test')",
            id=uuid7s(1)[0],
            person=person,
            school=self.school(school),
            since=since,
            until=until,
            why="" if until is None else "moved",
        )

    def leave(self, person: UUID, *, school: str = HOME, on: date) -> None:
        """He moves away from the school."""
        execute(
            "UPDATE school_enrolment SET to_day = %(on)s, end_reason = 'moved'"
            " WHERE person_id = %(person)s AND school_id = %(school)s",
            on=on,
            person=person,
            school=self.school(school),
        )

    def open(self, *, school: str = HOME, days: int = 20, months: Iterable[str] = MONTHS) -> Outcome:
        """The school says it was open so many days in each of the months."""
        self.school(school)
        return self.send("school_days", *((school, month, days) for month in months))

    def number_of(self, person: UUID) -> str:
        """His number."""
        return self.numbers[person]

    def send(self, kind: str, *rows: Sequence[object], round: Term = ROUND) -> Outcome:
        """A new file of that kind."""
        return self.take(kind, self.file(kind, *rows), round=round)

    def file(self, kind: str, *rows: Sequence[object]) -> Path:
        """The rows as a file; each is another file, whatever it holds."""
        self.files += 1
        path = self.folder / f"{kind}-{self.files}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(COLUMNS[kind])
            writer.writerows(rows)
        return path

    def take(self, kind: str, path: Path, *, round: Term = ROUND) -> Outcome:
        """What the service of that kind makes of the file."""
        service = {"school_days": school_days, "attendance": attendance, "growth": growth}[kind]
        return service.take(path=path, round=round)

    def _number(self, people: Sequence[UUID]) -> None:
        secrets.hold()
        given = {person: citizen(len(self.numbers) + at) for at, person in enumerate(people)}
        sealed = [secrets.protect(number, table="identifier", column=NUMBER) for number in given.values()]
        execute(
            "INSERT INTO identifier (id, person_id, form, idx, cipher, from_day, recorded_at, recorded_by)"
            " SELECT id, person, 'citizen', idx, cipher, '2020-05-16', now(), 'test'"
            " FROM unnest(%(ids)s::uuid[], %(people)s::uuid[], %(idx)s::bytea[], %(ciphers)s::bytea[])"
            " AS given(id, person, idx, cipher)",
            ids=uuid7s(len(people)),
            people=list(people),
            idx=[each.idx for each in sealed],
            ciphers=[each.cipher for each in sealed],
        )
        self.numbers |= given


def attended(person: UUID, *, among: Relation | None = None, round: Term = ROUND) -> dict[str, object] | None:
    """What is reported of one pupil."""
    return _one(queries.attendance(round=round, scope=SCOPE, among=among), person)


def grown(person: UUID, *, round: Term = ROUND) -> dict[str, object] | None:
    """What was measured of one pupil."""
    return _one(queries.growth(round=round, scope=SCOPE), person)


def counts_of(kind: str, *, round: Term = ROUND) -> dict[str, object]:
    """Rows, taken, and the refusals above zero of one kind."""
    found = queries.counts(round=round)[kind]
    refused = found["refused"]
    assert isinstance(refused, dict)
    return {**found, "refused": {reason: count for reason, count in refused.items() if count}}


def _one(relation: Relation, person: UUID) -> dict[str, object] | None:
    names = [name for name in relation.columns if name != "person"]
    rows = fetch(
        f"SELECT {', '.join(names)} FROM {relation.name} WHERE person = %(person)s", relation, person=person
    )
    assert len(rows) <= 1
    return dict(zip(names, rows[0], strict=True)) if rows else None
