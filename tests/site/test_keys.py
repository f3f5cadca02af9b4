"""The keys of all tables of the house: made once, proven at each start, changed for every table at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from takhai.platform import secrets
from takhai.platform.models import KeyCheck
from takhai.platform.problems import Refusal
from takhai.platform.rotation import SealedTable
from takhai.site import keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path))
    secrets.forget()
    yield tmp_path / "keys"
    secrets.forget()


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


@pytest.mark.parametrize("table", keys.SEALED, ids=lambda table: table.table)
def test_a_sealed_table_is_as_it_is_described(table: SealedTable) -> None:
    wanted = {table.key, table.idx, table.cipher, *([table.idx_next] if table.idx_next else [])}
    assert wanted <= columns(table.table)
    for follower in table.followers:
        assert follower.idx in columns(follower.table)


def test_no_column_of_a_cipher_is_forgotten() -> None:
    known = {(table.table, table.cipher) for table in keys.SEALED}
    there = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if not model._meta.db_table.endswith("_event")
        for field in model._meta.local_fields
        if "cipher" in (field.column or "")
    }
    assert there == known


def test_no_column_of_a_changing_index_is_forgotten() -> None:
    known = {
        (table.table, column) for table in keys.SEALED for column in (table.idx, table.idx_next) if column
    }
    known |= {(follower.table, follower.idx) for table in keys.SEALED for follower in table.followers}
    there = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if not model._meta.db_table.endswith("_event")
        for field in model._meta.local_fields
        if (field.column or "").endswith(("idx", "idx_next"))
    }
    assert there == known


def test_a_database_without_secrets_gets_its_keys(fresh: Path) -> None:
    keys.ready()
    assert (fresh / "persons-1.json").is_file()
    keys.ready()
    assert KeyCheck.objects.count() == 1


def test_a_database_with_secrets_and_no_keys_stops_in_a_sentence(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys.rotation, "any_sealed", lambda *, tables: True)
    with pytest.raises(Refusal) as refused:
        keys.ready()
    assert refused.value.name == "key_missing"
    assert not (fresh / "persons-1.json").exists()


def test_a_database_with_keys_that_are_not_there_stops_in_a_sentence(fresh: Path) -> None:
    keys.ready()
    (fresh / "persons-1.json").unlink()
    secrets.forget()
    with pytest.raises(Refusal) as refused:
        keys.ready()
    assert refused.value.name == "key_missing"


def test_the_keys_of_an_empty_house_can_be_changed(fresh: Path) -> None:
    keys.ready()
    steps = list(keys.rotate())
    assert [step.phase for step in steps] == ["promote"]
    assert KeyCheck.objects.get(state="current").generation == 2
