"""The step comply on real rows: who kept the conditions, and what the next round makes of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from takhai.access.types import Scope
from takhai.benefits import queries as benefits
from takhai.benefits.rules.compliance import Verdict
from takhai.benefits.services import compliance
from takhai.benefits.types import ComplianceReason
from takhai.platform.flow import Flow
from takhai.platform.relations import BadRelation, constant
from takhai.platform.sets import execute, fetch
from takhai.policy.types import Comparison, Denominator, GrowthCondition, Leave
from tests.benefits.records import DAY, POLICY, attended, came, comply, listed, measured
from tests.benefits.town import LATER, ROUND, SCOPE, Town, one

pytestmark = pytest.mark.django_db

BY = "semester comply"


def verdicts() -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for row in fetch("SELECT person_id, compliant, reason FROM compliance")}


def test_each_is_judged_and_goes_somewhere(town: Town) -> None:
    people = town.list(count=4)
    flow = comply(town, came(people[:3], 80, 79, 100))
    assert flow == Flow(joined=4, out=4, to={"compliant": 2, "not_compliant": 1, "not_reported": 1})
    assert flow.broken() == ()
    assert verdicts() == {
        people[0]: (True, "compliant"),
        people[1]: (False, "attendance_low"),
        people[2]: (True, "compliant"),
        people[3]: (None, "not_reported"),
    }


def test_nobody_to_judge_gives_all_names_with_zero(town: Town) -> None:
    assert comply(town) == Flow(to={"compliant": 0, "not_compliant": 0, "not_reported": 0})


def test_no_money_moves_and_nobody_drops(town: Town) -> None:
    comply(town, came(town.list(), 0))
    assert (one("SELECT count(*) FROM movement"), one("SELECT count(*) FROM fate")) == (0, 0)


def test_who_is_not_a_beneficiary_is_not_judged(town: Town) -> None:
    (person,) = town.list()
    (stranger,) = town.pupils(1)
    comply(town, came([person, stranger], 90, 90), measured((stranger, 30_000, 1_300)))
    assert list(verdicts()) == [person]


def test_the_facts_and_the_policy_are_kept_with_the_verdict(town: Town) -> None:
    (person,) = town.list()
    comply(town, attended((person, 85, 3, 2, 100, 120)), measured((person, 28_500, 1_305)))
    assert fetch(
        "SELECT days_present, sick_leave, personal_leave, open_reported, open_term, weight_g, height_mm, percent,"
        " above, whole_term, leave_excused, growth_required, policy_sha256, as_of, province, recorded_by"
        " FROM compliance"
    ) == [(85, 3, 2, 100, 120, 28_500, 1_305, 80, False, False, False, False, POLICY.sha256, DAY, "81", BY)]


@pytest.mark.parametrize(
    ("attendance", "kept"),
    [
        ({}, True),
        ({"comparison": Comparison.ABOVE}, False),
        ({"denominator": Denominator.TERM}, False),
        ({"leave": Leave.EXCUSED, "comparison": Comparison.ABOVE}, True),
        ({"percent": 81}, False),
    ],
)
def test_the_rate_its_denominator_and_leave_are_policy(
    town: Town, attendance: dict[str, object], kept: bool
) -> None:
    (person,) = town.list()
    policy = replace(POLICY, attendance=replace(POLICY.attendance, **attendance))  # type: ignore[arg-type]
    comply(town, attended((person, 80, 5, 5, 100, 120)), policy=policy)
    assert verdicts()[person][0] is kept


@pytest.mark.parametrize(("weight", "height", "kept"), [(0, 1_305, False), (28_500, 1_305, True)])
def test_growth_is_a_condition_where_the_policy_says_so(
    town: Town, weight: int, height: int, kept: bool
) -> None:
    person, absent = town.list(count=2)
    policy = replace(POLICY, growth_condition=GrowthCondition.REQUIRED)
    comply(town, came([person, absent], 90, 90), measured((person, weight, height)), policy=policy)
    assert verdicts()[person][0] is kept
    assert verdicts()[absent] == (False, "not_measured")


def test_a_second_run_changes_nothing_and_tells_the_same(town: Town) -> None:
    people = town.list(count=3)
    first = comply(town, came(people, 80, 0, 90))
    before = fetch("SELECT * FROM compliance ORDER BY person_id")
    assert comply(town, came(people, 0, 100, 0)) == first
    assert fetch("SELECT * FROM compliance ORDER BY person_id") == before


def test_a_unit_takes_only_its_own_province(town: Town) -> None:
    here, there = town.list(school="81010001"), town.list(school="92010001")
    days = came([*here, *there], 90, 0)
    assert comply(town, days, province="81").to["compliant"] == 1
    assert comply(town, days, province="92").to["not_compliant"] == 1


def test_an_explanation_agrees_with_what_was_decided(town: Town) -> None:
    people = town.list(count=3)
    comply(town, came(people[:2], 90, 60))
    found = [benefits.judged(round=ROUND, person=person, scope=SCOPE) for person in people]
    assert [each.decided for each in found if each is not None and each.agrees] == [
        Verdict(True, ComplianceReason.COMPLIANT),
        Verdict(False, ComplianceReason.ATTENDANCE_LOW),
        Verdict(None, ComplianceReason.NOT_REPORTED),
    ]
    assert found[1] is not None
    assert (found[1].facts.days_present, found[1].policy_sha256) == (60, POLICY.sha256)


def test_only_who_may_see_the_school_is_told(town: Town) -> None:
    (person,) = town.list()
    assert benefits.judged(round=ROUND, person=person, scope=SCOPE) is None
    comply(town, came([person], 90))
    assert benefits.judged(round=LATER, person=person, scope=SCOPE) is None
    assert benefits.judged(round=ROUND, person=person, scope=Scope(by="nobody")) is None


@pytest.mark.parametrize(
    "change", ["compliant = NOT compliant", "reason = 'compliant'", "days_present = 100"]
)
def test_a_verdict_is_only_added(town: Town, change: str) -> None:
    comply(town, came(town.list(), 60))
    with pytest.raises((IntegrityError, ProgrammingError, DatabaseError)), transaction.atomic():
        execute(f"UPDATE compliance SET {change}")
    with pytest.raises((IntegrityError, ProgrammingError, DatabaseError)), transaction.atomic():
        execute("DELETE FROM compliance")


def test_the_application_has_no_right_to_change_a_verdict() -> None:
    with connection.cursor() as cursor:
        for right, held in (("INSERT", True), ("SELECT", True), ("UPDATE", False), ("DELETE", False)):
            cursor.execute("SELECT has_table_privilege('compliance', %s)", [right])
            assert cursor.fetchone() == (held,), right


@pytest.mark.parametrize(
    ("compliant", "reason"),
    [
        (True, "attendance_low"),
        (False, "compliant"),
        (None, "compliant"),
        (True, "not_reported"),
        (False, "late"),
    ],
)
def test_the_database_refuses_a_verdict_that_contradicts_its_reason(
    town: Town, compliant: bool | None, reason: str
) -> None:
    (person,) = town.list()
    with pytest.raises(IntegrityError, match="compliance_"):
        execute(
            "INSERT INTO compliance (round, person_id, school_id, province, compliant, reason, percent, above,"
            " whole_term, leave_excused, growth_required, policy_sha256, as_of, recorded_by)"
            " VALUES ('2563-2', %(person)s, %(school)s, '81', %(compliant)s, %(reason)s, 80, false, false, false,"
            " false, '', '2021-04-01', 'test')",
            person=person,
            school=town.school(),
            compliant=compliant,
            reason=reason,
        )


def test_a_pupil_nobody_knows_cannot_be_judged(town: Town) -> None:
    town.list()
    (row,) = town.listed
    town.listed = [("01234567-89ab-7def-8123-456789abcdef", *row[1:])]
    with pytest.raises(DatabaseError, match="not in person"), transaction.atomic():
        comply(town)


@pytest.mark.parametrize("lacking", ["beneficiaries", "attendance", "growth"])
def test_a_relation_without_its_columns_is_a_programmers_mistake(town: Town, lacking: str) -> None:
    given = {"beneficiaries": listed(town), "attendance": attended(), "growth": measured()}
    given[lacking] = constant(name="bad", columns={"person": "uuid"}, rows=[])
    with pytest.raises(BadRelation):
        compliance.run(round=ROUND, province="81", as_of=DAY, policy=POLICY, **given)


def test_the_number_of_statements_does_not_grow_with_the_pupils(
    town: Town, django_assert_max_num_queries: Callable[..., object]
) -> None:
    people = town.list(count=300)
    with django_assert_max_num_queries(24):  # type: ignore[attr-defined]
        flow = comply(town, came(people, *(at % 101 for at in range(300))))
    assert flow.to["compliant"] + flow.to["not_compliant"] == 300
