"""What nobody can write into the tables of access, whoever asks: the walls behind the services."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import DataError

from takhai.access.models import Place, User
from takhai.access.services.looking import note
from takhai.access.services.users import Holder, appoint, appoint_demo
from takhai.access.types import PlaceKind, Role, system_scope
from takhai.platform.ids import uuid7
from takhai.platform.sets import execute
from tests.access.planting import AREA_ONE, AREA_TWO, COUNTRY, grow, ids

pytestmark = pytest.mark.django_db

BEGIN, END = date(2020, 6, 1), date(2021, 1, 1)


def place(**changes: object) -> None:
    """A place of the agency obec, well-formed but for the changes."""
    row: dict[str, object] = {
        "id": uuid7(),
        "kind": "area_office",
        "code": "8109",
        "parent": ids(PlaceKind.AGENCY)["obec"],
        "path": "cth/gobec/a8109/",
    } | changes
    execute(
        "INSERT INTO place (id, kind, code, name_th, name_en, parent_id, path, located_path, recorded_at, recorded_by)"
        " VALUES (%(id)s, %(kind)s, %(code)s, 'เขต', '', %(parent)s, %(path)s, '', now(), 'test')",
        **row,
    )


def assignment(**changes: object) -> None:
    """The approver at area 8101, well-formed but for the changes."""
    row: dict[str, object] = {
        "id": uuid7(),
        "user": User.objects.get(username="malee.approver").pk,
        "role": "area_officer",
        "place": ids(PlaceKind.AREA_OFFICE)["8101"],
        "from_day": BEGIN,
        "to_day": END,
    } | changes
    execute(
        "INSERT INTO assignment (id, user_id, role, place_id, from_day, to_day, recorded_at, recorded_by)"
        " VALUES (%(id)s, %(user)s, %(role)s, %(place)s, %(from_day)s, %(to_day)s, now(), 'test')",
        **row,
    )


def settled(write: Callable[[], object]) -> None:
    """The write, and at once the look at references that the end of a transaction would take."""
    with transaction.atomic():
        write()
        execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def town() -> None:
    grow()
    appoint_demo(by="test")


def test_a_well_formed_place_is_taken(town: None) -> None:
    place()
    assert "8109" in ids(PlaceKind.AREA_OFFICE)


@pytest.mark.parametrize(
    ("changes", "wall"),
    [
        ({"kind": "galaxy"}, "place_kind_known"),
        ({"code": "8101"}, "place_kind_code"),
        ({"path": "cth/gobec/a8101/"}, "place_path"),
        ({"path": "cth/gobec/a8109"}, "place_path_ends_with_slash"),
        ({"path": ""}, "place_path_ends_with_slash"),
        ({"parent": None}, "place_only_the_country_is_a_root"),
        ({"kind": "country", "code": "la", "path": "cla/"}, "place_only_the_country_is_a_root"),
    ],
)
def test_a_place_that_breaks_the_tree_is_refused(town: None, changes: dict[str, object], wall: str) -> None:
    with pytest.raises(IntegrityError, match=f'"{wall}"'), transaction.atomic():
        place(**changes)


def test_a_place_below_nothing_is_refused(town: None) -> None:
    with pytest.raises(IntegrityError, match="foreign key"):
        settled(lambda: place(parent=uuid7()))


def test_one_code_may_name_places_of_two_kinds(town: None) -> None:
    place(kind="agency", code="8101", path="cth/g8101/")
    assert "8101" in ids(PlaceKind.AGENCY)


def test_a_code_longer_than_its_column_is_refused(town: None) -> None:
    with pytest.raises(DataError), transaction.atomic():
        place(code="8" * 21)


def test_a_well_formed_assignment_is_taken(town: None) -> None:
    assignment()
    assignment(from_day=END, to_day=None)


@pytest.mark.parametrize(
    ("changes", "wall"),
    [
        ({"role": "king"}, "assignment_role_known"),
        ({"role": ""}, "assignment_role_known"),
        ({"to_day": BEGIN}, "assignment_period"),
        ({"to_day": date(2020, 5, 31)}, "assignment_period"),
    ],
)
def test_an_assignment_of_no_role_or_no_time_is_refused(
    town: None, changes: dict[str, object], wall: str
) -> None:
    with pytest.raises(IntegrityError, match=f'"{wall}"'), transaction.atomic():
        assignment(**changes)


@pytest.mark.parametrize(
    ("from_day", "to_day"),
    [
        (BEGIN, END),
        (BEGIN, None),
        (date(2020, 12, 31), None),
        (date(2020, 1, 1), date(2020, 6, 2)),
        (date(2020, 7, 1), date(2020, 7, 2)),
        (date(2020, 1, 1), None),
    ],
)
def test_the_same_role_at_the_same_place_is_held_once_at_a_time(
    town: None, from_day: date, to_day: date | None
) -> None:
    assignment()
    with pytest.raises(IntegrityError, match="assignment_once_at_a_time"), transaction.atomic():
        assignment(from_day=from_day, to_day=to_day)


@pytest.mark.parametrize(
    "changes",
    [
        {"from_day": END, "to_day": None},
        {"from_day": date(2020, 1, 1), "to_day": BEGIN},
        {"role": "director"},
        {"place": AREA_TWO},
        {"user": "somchai.freezer"},
    ],
)
def test_what_differs_in_time_role_place_or_person_stands_beside_it(
    town: None, changes: dict[str, object]
) -> None:
    assignment()
    if "place" in changes:
        changes = {"place": ids(AREA_TWO[0])[AREA_TWO[1]]}
    if "user" in changes:
        changes = {"user": User.objects.get(username="somchai.freezer").pk}
    assignment(**changes)


@pytest.mark.parametrize("column", ["user", "place"])
def test_an_assignment_of_nobody_or_nowhere_is_refused(town: None, column: str) -> None:
    with pytest.raises(IntegrityError, match="foreign key"):
        settled(lambda: assignment(**{column: uuid7()}))


def test_a_username_is_taken_once(town: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(username="malee.approver").update(username="somchai.freezer")


@pytest.mark.parametrize("table", ["user_account", "place"])
def test_what_an_assignment_names_is_not_deleted(town: None, table: str) -> None:
    with pytest.raises(IntegrityError, match="foreign key"):
        settled(lambda: execute(f"DELETE FROM {table}"))


@pytest.mark.parametrize("table", ["looking_log", "place_event", "user_account_event", "assignment_event"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_application_only_adds_to_what_is_kept(table: str, verb: str) -> None:
    column = {"looking_log": "reason"}.get(table, "pgh_label")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(verb.format(table, column, column))


@pytest.mark.parametrize("table", ["looking_log", "place", "user_account", "assignment", "place_event"])
def test_the_application_empties_no_table(table: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["UPDATE looking_log SET reason = 'x'", "DELETE FROM looking_log"])
def test_not_even_the_owner_takes_a_look_back(owner_link: psycopg.Connection[object], statement: str) -> None:
    note(scope=system_scope(reason="test"), reason="ตรวจสอบ", what="number", persons=[uuid7()])
    with pytest.raises(psycopg.Error, match=r"Cannot (update|delete)"):
        owner_link.execute(statement)  # type: ignore[call-overload]
    owner_link.rollback()


def test_an_assignment_that_is_ended_or_taken_away_leaves_its_old_row(town: None) -> None:
    officer = Holder("officer", "เจ้าหน้าที่", "Officer", Role.AREA_OFFICER, AREA_ONE, BEGIN)
    appoint(holders=[officer], by="test")
    execute("UPDATE assignment SET to_day = %(day)s WHERE role = 'area_officer'", day=END)
    execute("DELETE FROM assignment WHERE role = 'area_officer'")
    with connection.cursor() as cursor:
        cursor.execute("SELECT from_day, to_day, pgh_label FROM assignment_event ORDER BY pgh_id")
        kept = cursor.fetchall()
    assert [row[:2] for row in kept] == [(BEGIN, None), (BEGIN, END)]
    assert len({row[2] for row in kept}) == 2


def test_a_new_row_needs_no_history_for_it_says_itself_who_wrote_it(town: None) -> None:
    assert set(Place.objects.values_list("recorded_by", flat=True)) == {"test"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM place_event")
        assert cursor.fetchone() == (0,)


def test_a_place_and_a_user_are_named_in_words_that_hold_no_secret(town: None) -> None:
    assert str(Place.objects.get(kind=COUNTRY[0].value)) == "country th"
    user = User.objects.get(username="malee.approver")
    assert str(user) == "malee.approver"
    assert isinstance(user.pk, UUID)
