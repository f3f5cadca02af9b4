"""A school's desk: forms and members as good as they can be, written as files and taken in."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from takhai.access.scope import Scope, system_scope
from takhai.platform.intake.layout import load
from takhai.platform.relations import Relation, constant
from takhai.platform.types import Outcome
from takhai.policy import for_round
from takhai.screening import types
from takhai.screening.queries import forms as queries
from takhai.screening.services import forms
from takhai.thai.calendar import Term
from tests.payments.till import Till, citizen

ROUND, GROUP, SCHOOL, OTHER = Term(2563, 2), "new", "81010001", "81010002"
SCOPE: Final[Scope] = system_scope(reason="test")
FORM: Final = load("forms").fields
MEMBER: Final = load("form_members").fields
OFFICIAL: Final = citizen(900_000)
Row = dict[str, str]

GOOD: Final[Mapping[str, str]] = {
    "school_code": SCHOOL, "household_ref": "H81-000001", "filled_on": "2021-01-05", "family_status": "together",
    "lives_with": "parents", "guardian_relation": "มารดา", "guardian_education": "ประถมศึกษา",
    "guardian_occupation": "รับจ้าง", "guardian_welfare_card": "yes", "single_parent": "no", "tenure": "rent",
    "rent_baht": "800.00", "floor": "bare_concrete", "wall": "wood_plank", "roof": "metal_sheet", "toilet": "yes",
    "farmland": "none", "water": "well", "electricity": "own_meter", "car": "no", "pickup": "no", "tractor": "no",
    "motorcycle": "yes", "computer": "no", "air_conditioner": "no", "television": "yes", "washing_machine": "no",
    "refrigerator": "yes", "extension": '{"travel": {"way": "walk", "km": 1.5}}', "teacher": "ครูใจ รักเรียน",
    "official_name": "สมมุติ ใจมั่น", "official_number": OFFICIAL, "official_position": "ผู้ใหญ่บ้าน",
    "official_verdict": "certified", "official_reason": "",
}  # fmt: skip
ADULT: Final[Mapping[str, str]] = {
    "relation": "mother", "age": "40", "disabled": "no", "chronic": "no", "studies": "no", "works": "yes",
    "wages": "3000.00", "agriculture": "0.00", "business": "0.00", "welfare": "300.00", "other": "0.00",
}  # fmt: skip
PUPIL: Final[Mapping[str, str]] = {
    "relation": "pupil", "age": "9", "disabled": "no", "chronic": "no", "studies": "yes", "works": "no",
    "wages": "0.00", "agriculture": "0.00", "business": "0.00", "welfare": "0.00", "other": "0.00",
}  # fmt: skip


@dataclass
class Office(Till):
    """``expected`` are the pupils to be screened: person, school, province."""

    expected: list[tuple[UUID, UUID, str]] = field(default_factory=list)
    _serial: int = 0

    def pupil(self, *, school: str = SCHOOL, screened: bool = True) -> UUID:
        """A pupil with a number of his own, to be screened at that school."""
        (person,) = self.pupils(1)
        self._serial += 1
        self.number(person, citizen(self._serial))
        place = self.school(school)
        if screened:
            self.expected.append((person, place, school[:2]))
        return person

    def form(self, person: UUID, *, no: int | None = None, **changes: str) -> Row:
        """A good form of the pupil, with some cells changed."""
        self._serial += 1
        code = changes.get("school_code", SCHOOL)
        number = f"25632-{code}-{no if no is not None else self._serial:04d}"
        row = {"form_no": number, "identifier": self.numbers[person], **GOOD, **changes}
        assert row.keys() <= set(FORM), row.keys() - set(FORM)
        return row

    def take(
        self, rows: Sequence[Row], members: Sequence[Row], *, name: str = "forms", round: Term = ROUND
    ) -> Outcome:
        """The rows as two files, taken in."""
        return self.take_files(*self.files(rows, members, name=name), round=round)

    def take_files(self, path: Path, members: Path, *, round: Term = ROUND) -> Outcome:
        return forms.take(
            path=path,
            members=members,
            round=round,
            group=GROUP,
            policy=for_round(round),
            expected=self.asked(),
        )

    def files(self, rows: Sequence[Row], members: Sequence[Row], *, name: str = "forms") -> tuple[Path, Path]:
        """The two files."""
        return (
            self.write(name, FORM, ([row[each] for each in FORM] for row in rows)),
            self.write(f"{name}-members", MEMBER, ([row[each] for each in MEMBER] for row in members)),
        )

    def asked(self) -> Relation:
        """The pupils to be screened as semester hands them on."""
        return constant(
            name="expected",
            columns={"person": "uuid", "school": "uuid", "province": "text"},
            rows=self.expected,
        )

    def reasons(self, *, round: Term = ROUND) -> dict[str, int]:
        """Counts by reason, without zeros."""
        return {name: n for name, n in queries.forms_counts(round=round)["refused"].items() if n}

    def stored(self, person: UUID | None = None) -> list[types.Form]:
        """The forms that were taken."""
        return list(queries.inputs(round=ROUND, scope=SCOPE, person=person))


def member(form: Row, no: int, base: Mapping[str, str] = ADULT, **changes: str) -> Row:
    """One member of the form's household."""
    return {"form_no": form["form_no"], "member_no": str(no), **base, **changes}


def family(form: Row, **changes: str) -> list[Row]:
    """Pupil and mother; ``changes`` are hers."""
    return [member(form, 1, PUPIL), member(form, 2, ADULT, **changes)]


def families(forms: Iterable[Row]) -> list[Row]:
    return [one for form in forms for one in family(form)]


def written(path: Path) -> list[list[str]]:
    """The file's cells."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def without(row: Row, *names: str) -> dict[str, Any]:
    """The row with these cells empty."""
    return {**row, **dict.fromkeys(names, "")}
