"""What was reported of pupils: one row each, days that count both ways, only what a scope covers."""

from datetime import date
from uuid import UUID

import pytest

from takhai.access.scope import Scope
from takhai.classroom import queries
from takhai.platform.relations import BadRelation, constant
from takhai.platform.sets import fetch
from tests.benefits.town import LATER, ROUND, SCOPE, one
from tests.classroom.school import AWAY, HOME, MONTHS, School, attended, grown

pytestmark = pytest.mark.django_db


def report(school: School, person: UUID, *days: tuple[str, int], at: str = HOME) -> None:
    """Days present by month."""
    rows = [(school.number_of(person), at, month, present, 0, 0) for month, present in days]
    assert school.send("attendance", *rows).done == len(days)


def of_school(code: str) -> Scope:
    """Whoever may see one school."""
    return Scope(paths=(str(one("SELECT path FROM place WHERE code = %(code)s", code=code)),), by="somebody")


def persons(relation_of: object) -> set[object]:
    relation = relation_of
    return {person for (person,) in fetch("SELECT person FROM reported", relation.named("reported"))}  # type: ignore[attr-defined]


def test_months_add_up_and_both_denominators_are_given(school: School) -> None:
    (pupil,) = school.class_of()
    school.open(days=20)
    report(school, pupil, ("2020-11", 20), ("2020-12", 15), ("2021-01", 0))
    assert attended(pupil) == {
        "days_present": 35,
        "sick_leave": 0,
        "personal_leave": 0,
        "open_reported": 60,
        "open_term": 100,
    }


def test_whoever_was_never_reported_has_no_row(school: School) -> None:
    (pupil,) = school.class_of()
    school.open()
    assert attended(pupil) is None
    assert grown(pupil) is None


def test_school_days_that_come_later_lengthen_the_term(school: School) -> None:
    (pupil,) = school.class_of()
    school.open(months=MONTHS[:2])
    report(school, pupil, ("2020-11", 20))
    assert attended(pupil) == {
        "days_present": 20,
        "sick_leave": 0,
        "personal_leave": 0,
        "open_reported": 20,
        "open_term": 40,
    }
    school.open(months=MONTHS[2:])
    later = attended(pupil)
    assert later is not None
    assert (later["open_reported"], later["open_term"]) == (20, 100)


def test_of_several_schools_the_longest_term_counts_and_every_reported_month(school: School) -> None:
    (pupil,) = school.class_of()
    school.enrol(pupil, school=AWAY, since=date(2021, 1, 1))
    school.open(days=20, months=MONTHS[:2])
    school.open(school=AWAY, days=22)
    report(school, pupil, ("2020-11", 20), ("2020-12", 20))
    report(school, pupil, ("2021-01", 11), at=AWAY)
    found = attended(pupil)
    assert found is not None
    assert (found["days_present"], found["open_reported"], found["open_term"]) == (51, 62, 110)


def test_a_closed_month_that_was_reported_adds_nothing(school: School) -> None:
    (pupil,) = school.class_of()
    school.open(days=0, months=["2020-12"])
    report(school, pupil, ("2020-12", 0))
    found = attended(pupil)
    assert found is not None
    assert (found["open_reported"], found["open_term"]) == (0, 0)


def test_a_scope_sees_the_rows_of_its_schools_only(school: School) -> None:
    here, there = school.class_of()[0], school.class_of(school=AWAY)[0]
    for code, pupil in ((HOME, here), (AWAY, there)):
        school.open(school=code)
        report(school, pupil, ("2020-11", 19), at=code)
        assert school.send("growth", (school.number_of(pupil), code, "2021-03-20", "30", "131")).done == 1
    for query in (queries.attendance, queries.growth):
        assert persons(query(round=ROUND, scope=of_school(AWAY))) == {there}
        assert persons(query(round=ROUND, scope=Scope(by="nobody"))) == set()
        assert persons(query(round=ROUND, scope=SCOPE)) == {here, there}


def test_some_pupils_can_be_asked_for_and_a_name_given_twice_counts_once(school: School) -> None:
    one_pupil, other = school.class_of(2)
    school.open()
    for pupil in (one_pupil, other):
        report(school, pupil, ("2020-11", 19))
        school.send("growth", (school.number_of(pupil), HOME, "2021-03-20", "30", "131"))
    asked = constant(name="asked", columns={"person": "uuid"}, rows=[(one_pupil,), (one_pupil,)])
    for query in (queries.attendance, queries.growth):
        assert persons(query(round=ROUND, scope=SCOPE, among=asked)) == {one_pupil}
    found = attended(one_pupil, among=asked)
    assert found is not None
    assert found["days_present"] == 19


def test_those_asked_for_need_a_person(school: School) -> None:
    nobody = constant(name="asked", columns={"school": "uuid"}, rows=[])
    with pytest.raises(BadRelation):
        queries.attendance(round=ROUND, scope=SCOPE, among=nobody)


def test_two_rounds_do_not_mix(school: School) -> None:
    (pupil,) = school.class_of()
    school.open()
    report(school, pupil, ("2020-11", 19))
    assert attended(pupil, round=LATER) is None
    school.send("school_days", (HOME, "2021-06", 10), round=LATER)
    school.send("attendance", (school.number_of(pupil), HOME, "2021-06", 9, 0, 0), round=LATER)
    later, now = attended(pupil, round=LATER), attended(pupil)
    assert later is not None
    assert now is not None
    assert (later["open_term"], now["open_term"]) == (10, 100)


def test_both_relations_can_be_read_in_one_statement(school: School) -> None:
    (pupil,) = school.class_of()
    school.open()
    report(school, pupil, ("2020-11", 19))
    assert fetch(
        "SELECT a.person, a.days_present, g.weight_g FROM attendance a LEFT JOIN growth g ON g.person = a.person",
        queries.attendance(round=ROUND, scope=SCOPE),
        queries.growth(round=ROUND, scope=SCOPE),
    ) == [(pupil, 19, None)]
