"""A reference checked once per statement keeps the promise of a foreign key: nobody is named who is not there."""

from uuid import UUID

import pgtrigger
import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from takhai.platform.ids import uuid7, uuid7s
from takhai.platform.references import Refers, never_vanishes, refers
from takhai.platform.sets import copy_in, execute, fetch

NOBODY = UUID("00000000-0000-7000-8000-000000000000")
HOUSEHOLDS = (
    "INSERT INTO household (id, key, recorded_at, recorded_by)"
    " SELECT id, uuid_send(id), now(), 'test' FROM given"
)
# Statement triggers of their rooms know more than that somebody is there: the path walked, the sum.
CHECKED_OTHERWISE = {"ledger.Movement.debit", "ledger.Movement.credit", "benefits.EntitlementLine.person"}
GUARDIANS = (
    "INSERT INTO guardian (id, household_id, names, occupation, recorded_at, recorded_by)"
    " SELECT id, household, 'ชื่อ ' || id, '', now(), 'test' FROM given"
)


def households(count: int) -> list[UUID]:
    made = uuid7s(count)
    execute(HOUSEHOLDS, copy_in(name="given", columns={"id": "uuid"}, rows=[(key,) for key in made]))
    return made


def guardians(*of: UUID) -> int:
    rows = [(uuid7(), household) for household in of]
    given = copy_in(name="given", columns={"id": "uuid", "household": "uuid"}, rows=rows)
    return execute(GUARDIANS, given)


def count(table: str) -> int:
    ((number,),) = fetch(f"SELECT count(*) FROM {table}")
    return int(str(number))


@pytest.mark.django_db
def test_rows_that_name_who_is_there_come_in() -> None:
    assert guardians(*households(50)) == 50


@pytest.mark.django_db
@pytest.mark.parametrize("at", [0, 25, 49])
def test_one_row_that_names_nobody_refuses_the_statement_wherever_it_stands(at: int) -> None:
    named = households(50)
    named[at] = NOBODY
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        guardians(*named)
    assert isinstance(refused.value.__cause__, psycopg.errors.ForeignKeyViolation)
    assert count("guardian") == 0


@pytest.mark.django_db
def test_the_refusal_names_tables_and_columns_and_no_value() -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        guardians(NOBODY)
    text = str(refused.value)
    assert "guardian.household_id names a row that is not in household" in text
    assert str(NOBODY) not in text
    assert "ชื่อ" not in text


@pytest.mark.django_db
def test_a_statement_of_no_rows_is_fine() -> None:
    assert guardians() == 0


@pytest.mark.django_db
def test_a_row_of_the_same_statement_list_may_be_named_by_the_next_statement() -> None:
    with transaction.atomic():
        assert guardians(*households(1)) == 1


@pytest.mark.django_db
def test_a_reference_never_changes_not_even_to_somebody_else_who_is_there() -> None:
    one, other = households(2)
    guardians(one)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        connection.cursor().execute("UPDATE guardian SET household_id = %s", [other])


@pytest.mark.django_db
def test_other_columns_of_the_row_do_change() -> None:
    guardians(*households(1))
    connection.cursor().execute("UPDATE guardian SET occupation = 'ค้าขาย'")
    assert fetch("SELECT occupation FROM guardian") == [("ค้าขาย",)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["DELETE FROM household", "UPDATE household SET id = id"])
def test_not_even_the_owner_lets_a_parent_vanish(
    owner_link: psycopg.Connection[object], statement: str
) -> None:
    with transaction.atomic():
        households(1)
    with pytest.raises(psycopg.Error, match="Cannot"):
        owner_link.execute(statement.encode())
    owner_link.rollback()


def reference_fields() -> list["models.ForeignKey[object, object]"]:
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and not field.db_constraint
        and not hasattr(model, "pgh_tracked_model")
        and model.__module__.startswith("takhai.")
    ]


@pytest.mark.parametrize("field", reference_fields(), ids=str)
def test_every_reference_without_a_key_of_the_database_has_its_trigger(
    field: "models.ForeignKey[object, object]",
) -> None:
    if str(field) in CHECKED_OTHERWISE:
        return
    triggers = field.model._meta.triggers  # type: ignore[attr-defined]
    checked = {trigger.field for trigger in triggers if isinstance(trigger, Refers)}
    assert field.name in checked
    # A row that can only be added names for ever whom it named.
    assert {f"{field.name}_stays", "insert_only"} & {trigger.name for trigger in triggers}


@pytest.mark.parametrize("field", reference_fields(), ids=str)
def test_whoever_is_named_so_can_never_vanish(field: "models.ForeignKey[object, object]") -> None:
    parent = field.related_model._meta
    guards = {trigger.name for trigger in parent.triggers}  # type: ignore[attr-defined]
    assert {"never_deleted", "key_stays"} <= guards or "insert_only" in guards


def test_a_reference_is_two_triggers_and_a_parent_has_two_guards() -> None:
    names = [trigger.name for trigger in refers("person", to="registry.Person")]
    assert names == ["person_is_there", "person_stays"]
    assert next(trigger.operation for trigger in never_vanishes("place_id")) == pgtrigger.Delete


@pytest.mark.django_db
def test_no_reference_of_the_whole_database_names_nobody() -> None:
    guardians(*households(3))
    for field in reference_fields():
        parent = field.related_model._meta
        orphans = fetch(
            f'SELECT count(*) FROM "{field.model._meta.db_table}" c'
            f' WHERE c."{field.column}" IS NOT NULL AND NOT EXISTS'
            f' (SELECT 1 FROM "{parent.db_table}" p WHERE p."{parent.pk.column}" = c."{field.column}")'
        )
        assert orphans == [(0,)], field
