"""Old rows are kept by the database, whoever changes them and however; for keys of one column and of several."""

from uuid import UUID

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction

from takhai.platform.fields import CLASSES
from takhai.platform.history import acting
from takhai.platform.ids import uuid7s
from takhai.platform.sets import copy_in, execute, fetch


def histories() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if hasattr(model, "pgh_tracked_model") and model.__module__.startswith("takhai.")
    ]


def places(count: int) -> list[UUID]:
    """Rows of a tracked table at hand: provinces of an invented country."""
    root, *made = uuid7s(count + 1)
    rows = [(key, f"p{n}") for n, key in enumerate(made)]
    execute(
        "INSERT INTO place (id, kind, code, name_th, name_en, path, located_path, recorded_at, recorded_by)"
        " VALUES (%(root)s, 'country', 'th', 'ไทย', '', 'cth/', '', now(), 'test')",
        root=root,
    )
    execute(
        "INSERT INTO place (id, kind, code, name_th, name_en, parent_id, path, located_path, recorded_at, recorded_by)"
        " SELECT id, 'province', code, code, '', %(root)s, 'cth/' || code || '/', '', now(), 'test' FROM given",
        copy_in(name="given", columns={"id": "uuid", "code": "text"}, rows=rows),
        root=root,
    )
    return made


class Undone(Exception):
    """Something went wrong after the change."""


def break_off_after(statement: str) -> None:
    execute(statement)
    raise Undone


def kept() -> list[tuple[object, ...]]:
    return fetch("SELECT pgh_label, name_th FROM place_event ORDER BY name_th")


@pytest.mark.django_db
def test_an_insert_leaves_no_event() -> None:
    places(5)
    assert kept() == []


@pytest.mark.django_db
def test_an_update_keeps_the_row_as_it_was() -> None:
    places(3)
    execute("UPDATE place SET name_th = 'ใหม่' WHERE code = 'p1'")
    assert kept() == [("update", "p1")]


@pytest.mark.django_db
def test_a_set_keeps_every_row_and_no_row_that_did_not_change() -> None:
    places(40)
    execute(
        "UPDATE place SET name_th = CASE WHEN code < 'p2' THEN 'ใหม่' ELSE name_th END WHERE kind = 'province'"
    )
    changed = [f"p{n}" for n in range(40) if f"p{n}" < "p2"]
    assert [name for _, name in kept()] == sorted(changed)


@pytest.mark.django_db
def test_a_delete_keeps_the_row() -> None:
    places(2)
    execute("DELETE FROM place WHERE code = 'p0'")
    assert kept() == [("delete", "p0")]


@pytest.mark.django_db
def test_an_upsert_that_changes_keeps_the_row() -> None:
    places(1)
    execute(
        "INSERT INTO place (id, kind, code, name_th, name_en, parent_id, path, located_path, recorded_at, recorded_by)"
        " SELECT id, kind, code, 'ใหม่', '', parent_id, path, '', now(), 'test' FROM place WHERE code = 'p0'"
        " ON CONFLICT (kind, code) DO UPDATE SET name_th = excluded.name_th"
    )
    assert kept() == [("update", "p0")]


@pytest.mark.django_db
def test_change_and_history_stand_or_fall_together() -> None:
    places(1)
    with pytest.raises(Undone), transaction.atomic():
        break_off_after("UPDATE place SET name_th = 'ใหม่' WHERE code = 'p0'")
    assert kept() == []


@pytest.mark.django_db
def test_who_and_from_which_file_stand_beside_the_old_row() -> None:
    places(1)
    with acting(by="semester intake", source="f00d"):
        execute("UPDATE place SET name_th = 'ใหม่' WHERE code = 'p0'")
    rows = fetch(
        "SELECT c.metadata->>'by', c.metadata->>'source' FROM place_event e"
        " JOIN pghistory_context c ON c.id = e.pgh_context_id"
    )
    assert rows == [("semester intake", "f00d")]


@pytest.mark.django_db
def test_a_change_without_a_name_is_kept_too() -> None:
    places(1)
    execute("UPDATE place SET name_th = 'ใหม่' WHERE code = 'p0'")
    assert fetch("SELECT pgh_context_id FROM place_event") == [(None,)]


@pytest.mark.parametrize("history", histories(), ids=lambda model: model._meta.db_table)
def test_every_history_is_named_after_its_table_and_has_its_columns(history: type[models.Model]) -> None:
    tracked = history.pgh_tracked_model  # type: ignore[attr-defined]
    assert history._meta.db_table == f"{tracked._meta.db_table}_event"
    columns = {field.column for field in history._meta.local_fields if not field.name.startswith("pgh_")}
    own = {field.column for field in tracked._meta.local_fields if field.column}
    assert columns <= own
    assert own - columns <= {"password", "last_login"}


@pytest.mark.parametrize("history", histories(), ids=lambda model: model._meta.db_table)
def test_every_field_of_a_history_has_a_privacy_class(history: type[models.Model]) -> None:
    said = history.PRIVACY  # type: ignore[attr-defined]
    assert set(said) == {field.name for field in history._meta.local_fields}
    assert set(said.values()) <= set(CLASSES)


@pytest.mark.parametrize("history", histories(), ids=lambda model: model._meta.db_table)
def test_a_history_refers_to_nobody_by_force(history: type[models.Model]) -> None:
    keys = [field for field in history._meta.local_fields if isinstance(field, models.ForeignKey)]
    assert all(not field.db_constraint and not field.db_index for field in keys)
    assert not any(field.unique for field in history._meta.local_fields if not field.primary_key)


@pytest.mark.django_db
@pytest.mark.parametrize("history", histories(), ids=lambda model: model._meta.db_table)
@pytest.mark.parametrize("verb", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
def test_the_application_only_adds_to_a_history(history: type[models.Model], verb: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(verb.format(history._meta.db_table))


def test_tables_with_a_key_of_several_columns_are_kept_as_well() -> None:
    composite = [
        model._meta.db_table
        for model in histories()
        if isinstance(model.pgh_tracked_model._meta.pk, models.CompositePrimaryKey)  # type: ignore[attr-defined]
    ]
    assert {"register_entry_event", "beneficiary_event", "identity_finding_event"} <= set(composite)
