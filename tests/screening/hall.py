"""A town whose poor are screened: households and their forms in the database, committees that meet and speak."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from takhai.platform.flow import Flow
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import execute, fetch
from takhai.platform.types import Outcome
from takhai.policy import Band, RoundPolicy, for_round
from takhai.screening.services import assessment, certification
from takhai.screening.types import Cutoff, Household
from takhai.thai.calendar import Term
from tests.benefits.town import ROUND, Town, column
from tests.screening.cases import BARE

GROUP: Final = "new"
ASSESSED, CERTIFIED = date(2021, 1, 15), date(2021, 2, 12)
MET, SIGNED = date(2021, 2, 3), date(2021, 2, 4)
POLICY: Final = for_round(ROUND)
MEMBERS: Final = {
    "person": "uuid",
    "school": "uuid",
    "agency": "text",
    "grade": "text",
    "level": "text",
    "province": "text",
    "area_code": "text",
    "reason": "text",
}
MEETINGS: Final = (
    "school_code", "met_on", "signed_on", "member_no", "name", "position", "number_masked", "present",
)  # fmt: skip
RESULTS: Final = ("form_no", "school_code", "result", "reason")
Row = Sequence[object]


def quota(percent: int) -> RoundPolicy:
    """The round's policy with another quota."""
    return with_band(Band(quota_percent=percent, score=None))


def by_score(score: int) -> RoundPolicy:
    """The round's policy with a band that ends at a score."""
    return with_band(Band(quota_percent=None, score=score))


def with_band(band: Band) -> RoundPolicy:
    values = {name: getattr(POLICY, name) for name in RoundPolicy.__dataclass_fields__}
    return RoundPolicy(**{**values, "band": band})


@dataclass
class Hall(Town):
    """``forms`` are the numbers of the forms that were taken, by pupil; ``root`` is the folder for answers."""

    root: Path = Path()
    forms: dict[UUID, str] = field(default_factory=dict)
    sent: int = 0

    def pupil(
        self,
        household: Household | None = BARE,
        *,
        school: str = "81010001",
        refused: bool = False,
        form_no: str = "",
        level: str = "primary",
    ) -> UUID:
        """A new pupil of the group with his form; None: nobody filled one in."""
        (person,) = self.list(count=1, school=school, level=level)
        if household is not None:
            self.form(person, household, school=school, refused=refused, form_no=form_no)
        return person

    def form(
        self,
        person: UUID,
        household: Household,
        *,
        school: str = "81010001",
        refused: bool = False,
        form_no: str = "",
        round: Term = ROUND,
    ) -> str:
        """A form that stands in the database, as intake would have written it."""
        self.sent += 1
        number = form_no or f"{str(round).replace('-', '')}-{school}-{self.sent:04d}"
        self.forms[person] = number
        answers = asdict(household)
        names = ", ".join(f'"{name}"' for name in answers)
        values = ", ".join(f"%({name})s" for name in answers)
        execute(
            'INSERT INTO form (round, form_no, "group", person_id, school_id, province, household_ref, filled_on,'
            " family_status, lives_with, guardian_relation, guardian_education, guardian_occupation,"
            " guardian_welfare_card, extension, teacher, official_id, official_name, official_position,"
            f" official_verdict, official_reason, file_sha, row_no, recorded_by, {names})"
            " VALUES (%(round)s, %(number)s, %(group)s, %(person)s, %(place)s, %(province)s, 'H81-000001',"
            " '2021-01-08', 'together', 'parents', 'มารดา', '', '', false, '{}', 'ครู', %(official)s, 'กำนัน', 'กำนัน',"
            f" %(said)s, %(why)s, 'sha', 1, 'test', {values})",
            round=str(round),
            number=number,
            group=GROUP,
            person=person,
            place=self.school(school),
            province=school[:2],
            official=self.official(),
            said="refused" if refused else "certified",
            why="บ้านว่าง" if refused else "",
            **answers,
        )
        return number

    def official(self) -> object:
        """The one official of the town."""
        execute(
            "INSERT INTO official (id, idx, cipher, recorded_by) VALUES"
            " ('019b0000-0000-7000-8000-000000000001', decode('00', 'hex'), decode('00', 'hex'), 'test')"
            " ON CONFLICT DO NOTHING"
        )
        return "019b0000-0000-7000-8000-000000000001"

    def members(self, province: str = "81") -> Relation:
        """The group's members of a province."""
        rows = [(*row[:-1], "never_applied") for row in self.listed if row[5] == province]
        return constant(name="members", columns=MEMBERS, rows=rows)

    def fix(self, policy: RoundPolicy = POLICY, *, round: Term = ROUND) -> Cutoff:
        return assessment.fix_cutoff(round=round, group=GROUP, policy=policy, by="test")

    def assess(
        self, province: str = "81", *, policy: RoundPolicy = POLICY, members: Relation | None = None
    ) -> Flow:
        return assessment.run(
            round=ROUND,
            group=GROUP,
            province=province,
            as_of=ASSESSED,
            policy=policy,
            members=members or self.members(province),
        )

    def list_of(self, *households: Household, school: str = "81010001") -> list[UUID]:
        """So many pupils on the list of the extremely poor: all are inside the band."""
        people = [self.pupil(each, school=school) for each in households]
        self.fix(by_score(0))
        self.assess(school[:2])
        return people

    def meeting(
        self,
        school: str = "81010001",
        *,
        members: int = 5,
        present: int = 4,
        met_on: date = MET,
        signed_on: date = SIGNED,
    ) -> list[Row]:
        """Rows of a meeting that counts, unless it is told otherwise."""
        return [
            (
                school,
                met_on.isoformat(),
                signed_on.isoformat(),
                at + 1,
                f"กรรมการ ที่{at}",
                "กรรมการ",
                f"3-81{at:02d}-xxxxx-12-3",
                "yes" if at < present else "no",
            )
            for at in range(members)
        ]

    def take_meetings(self, rows: Iterable[Row], name: str = "meetings") -> Outcome:
        return certification.take_meetings(path=self.write(name, MEETINGS, rows), round=ROUND, group=GROUP)

    def word(
        self, person: UUID, result: str = "certified", reason: str = "", school: str = "81010001"
    ) -> Row:
        """A row of the committee about a pupil."""
        return (self.forms[person], school, result, reason)

    def take_results(self, rows: Iterable[Row], name: str = "committee") -> Outcome:
        return certification.take_results(path=self.write(name, RESULTS, rows), round=ROUND, group=GROUP)

    def late(self, rows: Iterable[Row], name: str = "late") -> Outcome:
        return certification.late(path=self.write(name, RESULTS, rows), round=ROUND, group=GROUP)

    def close(self, province: str = "81", *, policy: RoundPolicy = POLICY) -> Flow:
        return certification.close(
            round=ROUND,
            group=GROUP,
            province=province,
            as_of=CERTIFIED,
            policy=policy,
            window=policy.window("certify", GROUP),
            members=self.members(province),
        )

    def write(self, name: str, columns: Sequence[str], rows: Iterable[Row]) -> Path:
        path = self.root / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        return path


def reasons(table: str) -> dict[UUID, Any]:
    """By pupil: why he dropped at a step, None for who goes on."""
    return dict(fetch(f"SELECT person_id, reason FROM {table}"))  # type: ignore[arg-type]


def fated(step: str) -> dict[UUID, Any]:
    """By pupil: the reason that programmes keeps of a step."""
    return dict(fetch("SELECT person_id, reason FROM fate WHERE step = %(step)s", step=step))  # type: ignore[arg-type]


def not_taken() -> list[object]:
    """Reasons of all rows of committees that were not taken."""
    return list(column("SELECT reason FROM committee_exception ORDER BY reason, row_no"))
