"""A tiny country in the database: schools and pupils, made row by row, and what registers would say of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone

from takhai.access.models import Place
from takhai.platform.ids import uuid7
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import execute
from takhai.programmes.models import Beneficiary
from takhai.registry.models import Agency, School

NOW = {"recorded_at": timezone.now(), "recorded_by": "test"}
ENTRY = {
    "person": "uuid",
    "school": "uuid",
    "counted": "boolean",
    "agency": "text",
    "grade": "text",
    "level": "text",
    "province": "text",
    "area_code": "text",
    "disadvantage": "text",
}


@dataclass
class World:
    """Schools by code; ``entries`` are the good rows of the round's registers."""

    round: str = "2563-2"
    schools: dict[str, UUID] = field(default_factory=dict)
    rows: list[tuple[object, ...]] = field(default_factory=list)
    root: Place | None = None

    def school(self, code: str = "81010001", *, agency: str = "obec") -> UUID:
        if code not in self.schools:
            if self.root is None:
                self.root = Place.objects.filter(kind="country").first() or Place.objects.create(
                    id=uuid7(),
                    kind="country",
                    code="th",
                    name_th="ประเทศไทย",
                    name_en="Thailand",
                    path="th/",
                    **NOW,
                )
            place = self._place("school", code, f"th/{code}/")
            owner = Agency.objects.filter(pk=agency).first() or Agency.objects.create(
                key=agency,
                place=self._place("agency", agency, f"th/{agency}/"),
                short_th=agency,
                name_th=agency,
                name_en=agency,
                **NOW,
            )
            School.objects.create(
                place=place,
                code=code,
                moe_code=f"10{code}",
                agency=owner,
                area_code="8101",
                province_code=code[:2],
                subdistrict_code=f"{code[:2]}0101",
                **NOW,
            )
            self.schools[code] = place.pk
        return self.schools[code]

    def _place(self, kind: str, code: str, path: str) -> Place:
        return Place.objects.create(
            id=uuid7(), kind=kind, code=code, name_th=code, name_en=code, parent=self.root, path=path, **NOW
        )

    def pupil(self) -> UUID:
        person = uuid7()
        execute(
            "INSERT INTO person (id, prefix, first_name, last_name, first_key, last_key, sex, birth_date, recorded_at,"
            " recorded_by) VALUES (%(id)s, 'เด็กชาย', 'ใจ', 'ดี', 'ใจ', 'ดี', 'm', %(born)s, now(), 'test')",
            id=person,
            born=date(2011, 5, 20),
        )
        return person

    def listed(
        self,
        *,
        school: str = "81010001",
        first_year: int = 2562,
        compliant: bool | None = True,
        channel: str = "school",
    ) -> UUID:
        """A pupil on the last list."""
        person = self.pupil()
        Beneficiary.objects.create(
            round="2563-1",
            person_id=person,
            group="",
            school_id=self.school(school),
            agency="obec",
            grade="ป.3",
            level="primary",
            province=school[:2],
            area_code="8101",
            first_subsidy_year=first_year,
            channel=channel,
            compliant=compliant,
            source="list",
            source_file="",
            **NOW,
        )
        return person

    def row(
        self,
        person: UUID,
        *,
        school: str = "81010001",
        counted: bool = True,
        agency: str = "obec",
        level: str = "primary",
        says: str = "-",
    ) -> None:
        """A good row of the round's registers."""
        grade = {"primary": "ป.4", "upper_secondary": "ม.4"}[level]
        self.rows.append(
            (person, self.school(school), counted, agency, grade, level, school[:2], "8101", says)
        )

    def entries_of(self, province: str) -> Relation:
        """The rows of the pupils who are counted in the province."""
        counted = {row[0] for row in self.rows if row[2] and row[6] == province}
        return constant(name="entries", columns=ENTRY, rows=[row for row in self.rows if row[0] in counted])

    @property
    def school_codes(self) -> Relation:
        """id, code of the schools made so far."""
        rows = [(key, code) for code, key in self.schools.items()]
        return constant(name="schools", columns={"id": "uuid", "code": "text"}, rows=rows)

    @property
    def present(self) -> Relation:
        """All who have a row."""
        return constant(
            name="present",
            columns={"person": "uuid"},
            rows=[(person,) for person in {row[0] for row in self.rows}],
        )


def provinces(world: World) -> Sequence[str]:
    return sorted({str(row[6]) for row in world.rows} | {"81"})
