"""Users hold roles at places for a time; the demo's two people are two, without passwords."""

from datetime import date

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, ProgrammingError, connection, transaction

from takhai.access.queries import holders
from takhai.access.scope import scope_of
from takhai.access.services.users import Holder, appoint, appoint_demo
from takhai.access.types import PlaceKind, Role
from takhai.platform.problems import Refusal
from tests.access.planting import AREA_ONE, AREA_TWO, grow

pytestmark = pytest.mark.django_db

DAY = date(2020, 12, 28)


def officer(
    name: str = "area.officer",
    *,
    place: tuple[PlaceKind, str] = AREA_ONE,
    from_day: date = date(2020, 1, 1),
    to_day: date | None = None,
) -> Holder:
    return Holder(name, "เจ้าหน้าที่ตัวอย่าง", "An officer", Role.AREA_OFFICER, place, from_day, to_day)


def test_the_user_model_is_our_own_from_the_first_migration() -> None:
    assert get_user_model()._meta.label == "access.User"


def test_the_demo_has_one_who_freezes_and_one_who_approves() -> None:
    assert appoint_demo(by="test").done == 4
    assert holders(role=Role.EEF_OFFICER, on=DAY) == {"somchai.freezer"}
    assert holders(role=Role.FINANCE, on=DAY) == {"malee.approver"}


def test_appointing_the_demo_again_changes_nothing() -> None:
    appoint_demo(by="test")
    again = appoint_demo(by="test")
    assert (again.done, again.same) == (0, 2)


def test_demo_users_cannot_sign_in_with_any_password() -> None:
    appoint_demo(by="test")
    for user in get_user_model().objects.all():
        assert not user.has_usable_password()
        assert not user.check_password("")


def test_nobody_holds_a_role_before_it_was_given() -> None:
    appoint_demo(by="test")
    assert holders(role=Role.FINANCE, on=date(2020, 5, 15)) == frozenset()


def test_a_user_sees_the_places_assigned_to_him_on_that_day() -> None:
    grow()
    appoint(
        holders=[officer(to_day=date(2021, 1, 1)), officer(place=AREA_TWO, from_day=date(2021, 1, 1))],
        by="test",
    )
    user = get_user_model().objects.get(username="area.officer")
    assert scope_of(user, on=DAY).paths == ("cth/gobec/a8101/",)
    assert scope_of(user, on=date(2021, 1, 1)).paths == ("cth/gobec/a8102/",)
    assert scope_of(user, on=DAY).by == "area.officer"


def test_a_role_that_ended_is_held_no_more() -> None:
    grow()
    appoint(holders=[officer(to_day=DAY)], by="test")
    assert holders(role=Role.AREA_OFFICER, on=DAY) == frozenset()


def test_an_inactive_user_holds_no_role() -> None:
    grow()
    appoint(holders=[officer()], by="test")
    get_user_model().objects.update(is_active=False)
    assert holders(role=Role.AREA_OFFICER, on=DAY) == frozenset()


def test_a_place_that_was_never_planted_refuses_the_whole_appointment() -> None:
    grow()
    with pytest.raises(Refusal) as refused:
        appoint(holders=[officer(), officer("other", place=(PlaceKind.SCHOOL, "00000000"))], by="test")
    assert refused.value.name == "assignment_place_unknown"
    assert not get_user_model().objects.exists()


def test_the_database_refuses_the_same_assignment_twice_at_a_time() -> None:
    grow()
    appoint(holders=[officer()], by="test")
    with pytest.raises(IntegrityError), transaction.atomic():
        appoint(holders=[officer(from_day=date(2020, 6, 1))], by="test")


def test_the_same_assignment_may_follow_itself() -> None:
    grow()
    appoint(holders=[officer(to_day=DAY), officer(from_day=DAY)], by="test")
    assert holders(role=Role.AREA_OFFICER, on=DAY) == {"area.officer"}


def test_the_database_refuses_a_period_that_ends_before_it_begins() -> None:
    grow()
    with pytest.raises(IntegrityError), transaction.atomic():
        appoint(holders=[officer(from_day=DAY, to_day=DAY)], by="test")


def test_a_users_password_is_never_kept_in_the_history() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'user_account_event'"
        )
        kept = {name for (name,) in cursor.fetchall()}
    assert "username" in kept
    assert not {"password", "last_login"} & kept


def test_a_changed_user_leaves_his_old_row() -> None:
    appoint_demo(by="test")
    get_user_model().objects.filter(username="malee.approver").update(display_en="Malee")
    with connection.cursor() as cursor:
        cursor.execute("SELECT username, display_en FROM user_account_event")
        assert cursor.fetchall() == [("malee.approver", "Malee, who approves payments (demo)")]


def test_the_application_can_neither_change_nor_delete_history() -> None:
    for statement in ("UPDATE user_account_event SET username = 'x'", "DELETE FROM assignment_event"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_changes_a_line_of_history(owner_link: psycopg.Connection[object]) -> None:
    appoint_demo(by="test")
    get_user_model().objects.update(display_en="changed")
    with pytest.raises(psycopg.Error, match="Cannot update"):
        owner_link.execute("UPDATE user_account_event SET username = 'x'")
    owner_link.rollback()
