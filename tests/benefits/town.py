"""A town for the rooms of money: schools and pupils in the database, lists and findings as relations."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from takhai.access.scope import Scope, system_scope
from takhai.access.services.places import Node, plant
from takhai.access.services.users import appoint_demo
from takhai.access.types import COUNTRY_CODE, PlaceKind
from takhai.benefits.services.entitlement import freeze, run
from takhai.benefits.types import Frozen
from takhai.platform.flow import Flow
from takhai.platform.ids import uuid7s
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import execute, fetch
from takhai.policy import RoundPolicy, for_round
from takhai.thai.calendar import Term

ROUND, LATER = Term(2563, 2), Term(2564, 1)
ENTITLED = date(2020, 12, 28)
FREEZER, APPROVER = "somchai.freezer", "malee.approver"
SCOPE: Scope = system_scope(reason="test")
LISTED = {
    "person": "uuid",
    "school": "uuid",
    "agency": "text",
    "grade": "text",
    "level": "text",
    "province": "text",
    "area_code": "text",
    "compliant": "boolean",
}
FOUND = {"round": "text", "person": "uuid", "reason": "text"}
GRADES = {
    "kindergarten": "อ.2",
    "primary": "ป.4",
    "lower_secondary": "ม.1",
    "upper_secondary": "ม.4",
    "vocational": "ปวช.1",
}


@dataclass
class Town:
    """``listed`` are the beneficiaries of the group at hand, ``found`` what identity has against whom."""

    schools: dict[str, UUID] = field(default_factory=dict)
    listed: list[tuple[object, ...]] = field(default_factory=list)
    found: list[tuple[str, UUID, str]] = field(default_factory=list)

    def school(self, code: str = "81010001", *, agency: str = "obec") -> UUID:
        """The school of that code, planted when it is new."""
        if code not in self.schools:
            owner = self._place(PlaceKind.AGENCY, agency, (PlaceKind.COUNTRY, COUNTRY_CODE))
            self.schools[code] = self._place(PlaceKind.SCHOOL, code, (PlaceKind.AGENCY, agency))
            execute(
                "INSERT INTO agency"
                " (key, place_id, moe_code, short_th, name_th, name_en, recorded_at, recorded_by)"
                " VALUES (%(key)s, %(place)s, '', %(key)s, %(key)s, %(key)s, now(), 'test')"
                " ON CONFLICT (key) DO NOTHING",
                key=agency,
                place=owner,
            )
            execute(
                "INSERT INTO school (place_id, code, moe_code, agency_id, area_code, province_code,"
                " subdistrict_code, phone, account_bank, recorded_at, recorded_by)"
                " VALUES (%(place)s, %(code)s, %(code)s, %(agency)s, '8101',"
                " %(province)s, '810101', '', '', now(), 'test')",
                place=self.schools[code],
                code=code,
                agency=agency,
                province=code[:2],
            )
        return self.schools[code]

    def pupils(self, count: int) -> list[UUID]:
        """So many persons, each of a name of his own."""
        people = uuid7s(count)
        execute(
            "INSERT INTO person (id, prefix, first_name, last_name, first_key, last_key, sex, birth_date,"
            " recorded_at, recorded_by)"
            " SELECT id, 'เด็กชาย', 'ใจ' || at, 'ดี', 'ใจ' || at, 'ดี', 'm', '2011-05-20', now(),"
            " 'test' FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS given(id, at)",
            ids=people,
        )
        return people

    def list(
        self,
        *,
        count: int = 1,
        school: str = "81010001",
        level: str = "primary",
        agency: str = "obec",
        compliant: bool | None = True,
    ) -> list[UUID]:
        """So many new pupils on the list at hand."""
        people = self.pupils(count)
        place, area, grade = self.school(school, agency=agency), "8101", GRADES[level]
        self.listed += [(each, place, agency, grade, level, school[:2], area, compliant) for each in people]
        return people

    def find(self, person: UUID, reason: str, *, round: Term = ROUND) -> None:
        """Identity has something against the pupil of that round."""
        self.found.append((str(round), person, reason))

    def lift(self, person: UUID) -> None:
        """Nothing stands against him any more."""
        self.found = [each for each in self.found if each[1] != person]

    def clear(self) -> None:
        """An empty list for the next group."""
        self.listed = []

    def entitle(
        self,
        *,
        round: Term = ROUND,
        group: str = "old",
        province: str = "81",
        as_of: date = ENTITLED,
        policy: RoundPolicy | None = None,
    ) -> Flow:
        """The step for one province of the group at hand."""
        rows = [row for row in self.listed if row[5] == province]
        return run(
            round=round,
            group=group,
            province=province,
            as_of=as_of,
            policy=policy or for_round(round),
            beneficiaries=constant(name="listed", columns=LISTED, rows=rows),
            findings=self.findings,
        )

    @property
    def findings(self) -> Relation:
        return constant(name="found", columns=FOUND, rows=self.found)

    def freeze(self, *, round: Term = ROUND, group: str = "old", by: str = FREEZER) -> Frozen:
        """Freezes the list; the demo's two users are there."""
        appoint_demo(by="test")
        return freeze(round=round, group=group, by=by, on=ENTITLED)

    def _place(self, kind: PlaceKind, code: str, parent: tuple[PlaceKind, str]) -> UUID:
        nodes = [
            Node(PlaceKind.COUNTRY, COUNTRY_CODE, "ประเทศไทย", "Thailand"),
            Node(kind, code, code, parent=parent),
        ]
        plant(nodes=nodes, by="test")
        ((found,),) = fetch(
            "SELECT id FROM place WHERE kind = %(kind)s AND code = %(code)s", kind=kind.value, code=code
        )
        assert isinstance(found, UUID)
        return found


def one(statement: str, **params: object) -> object:
    """The one value of a SELECT."""
    ((value,),) = fetch(statement, **params)
    return value


def column(statement: str, **params: object) -> Iterable[object]:
    """The one column of a SELECT."""
    return [value for (value,) in fetch(statement, **params)]
