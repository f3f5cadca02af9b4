"""What the rules forbid of lists and enrolments, the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from takhai.platform.sets import fetch
from takhai.policy import for_round
from takhai.programmes.services import beneficiaries, groups
from takhai.thai.calendar import Term
from tests.programmes.world import World

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)


@pytest.fixture
def listed() -> World:
    world = World()
    world.row(world.listed())
    groups.assign(
        round=ROUND,
        province="81",
        policy=for_round(ROUND),
        entries=world.entries_of("81"),
        present=world.present,
    )
    beneficiaries.admit(round=ROUND, group="old", province="81", as_of=date(2020, 12, 28))
    return world


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE beneficiary SET source = 'guess'",
        "UPDATE beneficiary SET \"group\" = '' WHERE source = 'enrol'",
        "UPDATE beneficiary SET round = '2563-1'",
        "UPDATE programme_enrolment SET status = 'left'",
        "UPDATE programme_enrolment SET status = 'left', left_on = entered_on, left_reason = 'moved away'",
        "UPDATE programme_enrolment SET left_reason = 'moved away'",
        "INSERT INTO programme_enrolment (id, person_id, programme, entered_on, status, left_reason, recorded_at,"
        " recorded_by) SELECT gen_random_uuid(), person_id, programme, '2021-01-01', 'active', '', now(), 'x'"
        " FROM programme_enrolment",
        "INSERT INTO round_member SELECT * FROM round_member",
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(listed: World, statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(statement)


def test_an_exit_has_its_day_and_its_reason_and_the_old_row_is_kept(listed: World) -> None:
    connection.cursor().execute(
        "UPDATE programme_enrolment SET status = 'left', left_on = '2021-05-16', left_reason = 'graduated'"
    )
    assert fetch("SELECT status, left_on FROM programme_enrolment_event") == [("active", None)]


def test_after_an_exit_a_pupil_may_enter_again(listed: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE programme_enrolment SET status = 'left', left_on = '2021-05-16', left_reason = 'graduated'"
        )
        cursor.execute(
            "INSERT INTO programme_enrolment (id, person_id, programme, entered_on, status, left_reason, recorded_at,"
            " recorded_by) SELECT gen_random_uuid(), person_id, programme, '2022-05-16', 'active', '', now(), 'x'"
            " FROM programme_enrolment"
        )
    assert fetch("SELECT count(*) FROM programme_enrolment") == [(2,)]


def test_a_change_on_a_list_keeps_the_old_row(listed: World) -> None:
    connection.cursor().execute("UPDATE beneficiary SET compliant = true WHERE source = 'enrol'")
    assert fetch("SELECT round, compliant FROM beneficiary_event") == [("2563-2", None)]
