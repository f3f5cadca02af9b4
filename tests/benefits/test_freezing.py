"""A frozen list: its hash, who may freeze it, and that nothing on it changes afterwards."""

import hashlib
import threading
from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from takhai.benefits import queries as benefits
from takhai.benefits.services.entitlement import freeze
from takhai.platform.problems import Refusal
from takhai.platform.sets import execute, fetch
from tests.benefits.town import APPROVER, ENTITLED, FREEZER, LATER, ROUND, SCOPE, Town, one

pytestmark = pytest.mark.django_db


def test_a_frozen_list_says_how_many_how_much_by_whom_and_when(town: Town) -> None:
    town.list(count=3)
    town.list(count=2, level="kindergarten")
    town.entitle()
    frozen = town.freeze()
    assert (frozen.count, frozen.satang) == (5, 600_000)
    assert (frozen.frozen_by, frozen.frozen_on) == (FREEZER, ENTITLED)
    assert benefits.frozen(round=ROUND, group="old") == frozen


def test_only_granted_rows_are_on_the_list(town: Town) -> None:
    held, dead, _ = town.list(count=3)
    town.find(held, "name_differs")
    town.find(dead, "dead")
    town.entitle()
    assert (
        town.freeze().count,
        len(fetch("SELECT * FROM g", benefits.granted(round=ROUND, group="old", scope=SCOPE).named("g"))),
    ) == (1, 1)


def test_the_hash_is_over_the_rows_in_the_order_of_round_and_person(town: Town) -> None:
    town.list(count=3)
    town.entitle()
    rows = fetch(
        "SELECT round, person_id, school_id, agency, grade, level, province, area_code, satang, policy_sha256"
        " FROM entitlement ORDER BY round, person_id"
    )
    text = "\n".join("|".join(map(str, row)) for row in rows)
    assert town.freeze().sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_an_empty_list_can_be_frozen(town: Town) -> None:
    frozen = town.freeze()
    assert (frozen.count, frozen.satang, frozen.sha256) == (0, 0, hashlib.sha256(b"").hexdigest())


def test_freezing_again_gives_what_stands(town: Town) -> None:
    town.list()
    town.entitle()
    first = town.freeze()
    assert freeze(round=ROUND, group="old", by=FREEZER, on=date(2021, 1, 5)) == first


@pytest.mark.parametrize("user", [APPROVER, "nobody"])
def test_only_an_officer_of_the_fund_freezes(town: Town, user: str) -> None:
    with pytest.raises(Refusal) as refused:
        town.freeze(by=user)
    assert refused.value.name == "freezer_has_no_role"


def test_an_officer_freezes_only_from_the_day_of_his_assignment(town: Town) -> None:
    town.freeze(group="new")
    with pytest.raises(Refusal):
        freeze(round=ROUND, group="old", by=FREEZER, on=date(2020, 5, 15))


def test_a_list_that_is_not_frozen_is_told_so() -> None:
    with pytest.raises(Refusal) as refused:
        benefits.frozen(round=ROUND, group="old")
    assert refused.value.name == "list_not_frozen"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entitlement SET satang = satang + 1",
        "UPDATE entitlement SET school_id = school_id",
        "UPDATE entitlement SET standing = 'held', reason = 'dead', list_round = NULL, list_group = NULL",
        "UPDATE entitlement SET list_group = 'new', joined_on = as_of, reason = 'dead'",
        "DELETE FROM entitlement",
    ],
)
def test_nothing_of_a_frozen_list_changes(town: Town, change: str) -> None:
    town.list(count=2)
    town.entitle()
    town.freeze()
    with (
        pytest.raises(DatabaseError, match=r"frozen list does not change|_stays|Cannot"),
        transaction.atomic(),
    ):
        execute(change)
    assert benefits.changed() == []


def test_nobody_is_added_to_a_frozen_list(town: Town) -> None:
    town.list()
    town.entitle()
    town.freeze()
    town.list()
    with pytest.raises(DatabaseError, match="frozen list does not change"), transaction.atomic():
        town.entitle()


def test_a_held_row_beside_a_frozen_list_may_still_join_another(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs")
    town.entitle()
    town.freeze()
    town.lift(person)
    town.clear()
    assert town.entitle(group="new").joined == 1
    assert town.freeze(group="new").count == 1


def test_a_held_row_does_not_join_a_frozen_list(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs")
    town.entitle()
    town.freeze(group="new")
    town.lift(person)
    town.clear()
    with pytest.raises(DatabaseError, match="frozen list does not change"), transaction.atomic():
        town.entitle(group="new")


def test_a_second_run_beside_a_frozen_list_changes_nothing(town: Town) -> None:
    town.list(count=2)
    first = town.entitle()
    town.freeze()
    assert town.entitle() == first


@pytest.mark.parametrize("change", ["UPDATE frozen_list SET count = 0", "DELETE FROM frozen_list"])
def test_a_frozen_list_is_for_good(town: Town, owner_link: psycopg.Connection[object], change: str) -> None:
    town.freeze()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        execute(change)
    with pytest.raises(psycopg.errors.RestrictViolation, match="only added"):
        owner_link.execute(change)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_a_row_changed_by_force_gives_another_hash(owner_link: psycopg.Connection[object]) -> None:
    town = Town()
    with transaction.atomic():
        town.list(count=2)
        town.entitle()
        town.freeze()
    assert (benefits.changed(), benefits.problems()) == ([], [])
    owner_link.execute("ALTER TABLE entitlement DISABLE TRIGGER USER")
    owner_link.execute("UPDATE entitlement SET satang = satang + 1")
    owner_link.execute("ALTER TABLE entitlement ENABLE TRIGGER USER")
    owner_link.commit()
    assert [each.group for each in benefits.changed()] == ["old"]
    (problem,) = benefits.problems()
    assert (problem.code, problem.exit_code) == (5003, 4)
    assert "old" in problem.en
    assert "2563-2" in problem.th


@pytest.mark.django_db(transaction=True)
def test_who_freezes_waits_for_who_still_adds(owner_link: psycopg.Connection[object]) -> None:
    """A list frozen while a province is being added would lack its rows."""
    town = Town()
    with transaction.atomic():
        town.list(count=2, school="81010001")
        town.list(count=3, school="92010001")
        town.freeze(round=LATER)
    added, go_on = threading.Event(), threading.Event()

    def add() -> None:
        with transaction.atomic():
            town.entitle(province="92")
            added.set()
            go_on.wait(10)
        connection.close()

    worker = threading.Thread(target=add)
    worker.start()
    added.wait(10)
    threading.Timer(0.3, go_on.set).start()
    with transaction.atomic():
        frozen = town.freeze()
    worker.join()
    assert frozen.count == one("SELECT count(*) FROM entitlement WHERE list_group = 'old'") == 3
    assert benefits.changed() == []
