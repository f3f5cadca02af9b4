"""The components of every pupil sum up to his amount, whatever a statement brings."""

import pytest
from django.db import IntegrityError, transaction

from takhai.platform.sets import execute, fetch
from tests.benefits.town import Town, one

pytestmark = pytest.mark.django_db

ADD = "INSERT INTO entitlement_line (round, person_id, component, satang) "


def refused(statement: str, **params: object) -> None:
    with pytest.raises(IntegrityError, match="components are not the amount"), transaction.atomic():
        execute(ADD + statement, **params)


def bare(town: Town) -> None:
    """Two pupils of 100_000 satang each, without a component."""
    town.list(count=2)
    execute(
        'INSERT INTO entitlement (round, person_id, reference, "group", list_round, list_group, school_id, agency,'
        " grade, level, province, area_code, satang, standing, failing_holds, policy_sha256, as_of, recorded_by)"
        " SELECT '2563-2', id, id, 'old', '2563-2', 'old', %(school)s, 'obec', 'ป.4', 'primary', '81', '8101', 100000,"
        " 'granted', false, '', '2020-12-28', 'test' FROM person",
        school=town.school(),
    )


def test_components_that_sum_up_are_taken(town: Town) -> None:
    bare(town)
    execute(
        ADD
        + "SELECT round, person_id, c, 50000 FROM entitlement CROSS JOIN (VALUES ('basic'), ('living')) AS v(c)"
    )
    assert one("SELECT count(*) FROM entitlement_line") == 4


def test_a_sum_above_or_below_the_amount_is_refused(town: Town) -> None:
    bare(town)
    for satang in (99_999, 100_001):
        refused("SELECT round, person_id, 'living', %(satang)s FROM entitlement", satang=satang)


def test_what_one_pupil_has_too_much_another_has_too_little_is_refused(town: Town) -> None:
    bare(town)
    refused(
        "SELECT round, person_id, 'living', 99999 + 2 * (row_number() OVER (ORDER BY person_id) - 1) FROM entitlement"
    )


def test_one_wrong_pupil_among_right_ones_refuses_the_statement(town: Town) -> None:
    bare(town)
    (first, _) = [row[0] for row in fetch("SELECT person_id FROM entitlement ORDER BY person_id")]
    refused(
        "SELECT round, person_id, 'living', CASE person_id WHEN %(first)s THEN 1 ELSE 100000 END FROM entitlement",
        first=first,
    )
    assert one("SELECT count(*) FROM entitlement_line") == 0


def test_lines_added_later_count_with_those_that_stand(town: Town) -> None:
    bare(town)
    execute(ADD + "SELECT round, person_id, 'living', 100000 FROM entitlement")
    refused("SELECT round, person_id, 'basic', 1 FROM entitlement")


def test_a_component_of_nobodys_entitlement_is_refused(town: Town) -> None:
    bare(town)
    (stranger,) = town.pupils(1)
    refused("SELECT '2563-2', %(person)s::uuid, 'living', 100000", person=stranger)


def test_a_component_of_another_rounds_entitlement_is_refused(town: Town) -> None:
    bare(town)
    refused("SELECT '2564-1', person_id, 'living', satang FROM entitlement")
