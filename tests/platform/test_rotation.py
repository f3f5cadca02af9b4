"""The keys change while the site works: nobody misses a row, nothing is lost, a death half-way is mended."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from takhai.platform import rotation, secrets
from takhai.platform.models import KeyCheck
from takhai.platform.problems import Refusal
from takhai.platform.rotation import Follower, SealedTable

WIDE = SealedTable(table="vault", column="number", followers=(Follower("paid_from_vault", "payee_idx"),))
SMALL = SealedTable(
    table="safe", column="account", key="code", idx="account_idx", cipher="account_cipher", idx_next=None,
    followers=(Follower("paid_from_safe", "payee_idx"),),
)  # fmt: skip
TABLES = (WIDE, SMALL)
NUMBERS = [f"11017{number:08d}" for number in range(60)]
ACCOUNTS = [f"98{number:08d}" for number in range(7)]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vault(
    transactional_db: None,
    owner_link: psycopg.Connection[Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[list[UUID]]:
    """Sixty sealed numbers, seven sealed accounts (one used by two), and who is paid to them."""
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path))
    secrets.forget()
    owner_link.execute(
        "create table vault (id uuid primary key, idx bytea not null unique, idx_next bytea unique,"
        " cipher bytea not null)"
    )
    owner_link.execute("create table paid_from_vault (payee_idx bytea)")
    owner_link.execute("create table safe (code text primary key, account_idx bytea, account_cipher bytea)")
    owner_link.execute("create table paid_from_safe (payee_idx bytea)")
    owner_link.commit()
    secrets.establish(allow_create=True, by="test")
    ids = [insert(number) for number in NUMBERS]
    with transaction.atomic(), connection.cursor() as cursor:
        secrets.hold()
        for number in NUMBERS:
            cursor.execute("insert into paid_from_vault values (%s)", [secrets.index(number, "number")])
        for place, account in enumerate([*ACCOUNTS, ACCOUNTS[0]]):
            index = secrets.index(account, "account")
            cipher = secrets.seal(account, table="safe", column="account", index=index)
            cursor.execute("insert into safe values (%s, %s, %s)", [f"s{place}", index, cipher])
            cursor.execute("insert into paid_from_safe values (%s)", [index])
        cursor.execute("insert into safe values ('none', null, null)")
    yield ids
    connection.close()
    owner_link.execute("drop table vault, safe, paid_from_vault, paid_from_safe")
    owner_link.commit()
    secrets.forget()


def insert(number: str) -> UUID:
    key = uuid4()
    with transaction.atomic(), connection.cursor() as cursor:
        secrets.hold()
        kept = secrets.protect(number, table="vault", column="number")
        cursor.execute("insert into vault values (%s, %s, %s, %s)", [key, *kept])
    return key


def find(number: str) -> UUID | None:
    with transaction.atomic(), connection.cursor() as cursor:
        secrets.hold()
        index = secrets.index(number, "number")
        cursor.execute("select id from vault where idx = %s or idx_next = %s", [index, index])
        row = cursor.fetchone()
        return row[0] if row else None


def read_all() -> list[str]:
    with transaction.atomic(), connection.cursor() as cursor:
        secrets.hold()
        cursor.execute("select idx, idx_next, cipher from vault order by id")
        return [
            secrets.open(cipher, table="vault", column="number", index=idx, index_next=idx_next)
            for idx, idx_next, cipher in cursor.fetchall()
        ]


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def rotate(tables: Sequence[SealedTable] = TABLES, batch: int = 8) -> list[rotation.Progress]:
    return list(rotation.rotate(tables=tables, by="test", batch=batch))


def test_everything_is_found_and_read_after_the_keys_changed(vault: list[UUID]) -> None:
    before = dict(rows("select id, idx from vault"))
    steps = rotate()
    assert [find(number) for number in NUMBERS] == vault
    assert sorted(read_all()) == sorted(NUMBERS)
    after = dict(rows("select id, idx from vault"))
    assert after.keys() == before.keys()
    assert not {bytes(idx) for idx in before.values()} & {bytes(idx) for idx in after.values()}
    assert rows("select count(*) from vault where idx_next is not null") == [(0,)]
    assert [step.phase for step in steps if step.done == step.total] == ["fill", "promote", "settle"]


def test_small_tables_and_followers_move_in_the_moment_of_promotion(vault: list[UUID]) -> None:
    rotate()
    assert rows("select count(*) from paid_from_vault p join vault v on v.idx = p.payee_idx") == [(60,)]
    assert rows(
        "select count(*) from paid_from_safe p where payee_idx in (select account_idx from safe)"
    ) == [(8,)]
    assert rows("select account_idx, account_cipher from safe where code = 'none'") == [(None, None)]
    with transaction.atomic():
        secrets.hold()
        for code, idx, cipher in rows("select * from safe where code <> 'none' order by code"):
            value = secrets.open(cipher, table="safe", column="account", index=idx)
            assert value == [*ACCOUNTS, ACCOUNTS[0]][int(code[1:])]
            assert secrets.index(value, "account") == bytes(idx)


def test_keys_may_change_again_and_again(vault: list[UUID]) -> None:
    for generation in (2, 3, 4):
        rotate()
        assert [find(number) for number in NUMBERS] == vault
        states = dict(KeyCheck.objects.values_list("generation", "state"))
        assert states == {**dict.fromkeys(range(1, generation), "retired"), generation: "current"}


def test_a_lasting_index_outlives_every_change(vault: list[UUID]) -> None:
    before = secrets.lasting_index("บ้านเลขที่ 1", "household"), secrets.index("บ้านเลขที่ 1", "household")
    rotate()
    rotate()
    secrets.forget()
    after = secrets.lasting_index("บ้านเลขที่ 1", "household"), secrets.index("บ้านเลขที่ 1", "household")
    assert before[0] == after[0]
    assert before[1] != after[1]


@pytest.mark.parametrize("steps", [1, 3, 8, 9, 10, 13, 16, 17])
def test_a_change_that_died_goes_on_where_it_stopped(vault: list[UUID], steps: int) -> None:
    dying = rotation.rotate(tables=TABLES, by="test", batch=8)
    for _ in range(steps):
        next(dying, None)
    dying.close()
    secrets.forget()
    assert [find(number) for number in NUMBERS] == vault
    assert sorted(read_all()) == sorted(NUMBERS)
    new = insert("1101799999999")
    rotate()
    assert [find(number) for number in NUMBERS] == vault
    assert find("1101799999999") == new
    assert rows("select count(*) from vault where idx_next is not null") == [(0,)]
    assert KeyCheck.objects.filter(state="current").count() == 1
    assert not KeyCheck.objects.filter(state="next").exists()


def test_what_comes_in_during_the_change_keeps_both_indexes_and_is_told_apart(vault: list[UUID]) -> None:
    change = rotation.rotate(tables=TABLES, by="test", batch=8)
    next(change)
    insert("1101788888888")
    (pair,) = rows("select idx, idx_next from vault where idx = %s", secrets.index("1101788888888", "number"))
    assert pair[1] is not None
    assert pair[0] != pair[1]
    with pytest.raises(IntegrityError):
        insert("1101788888888")
    list(change)
    with pytest.raises(IntegrityError):
        insert("1101788888888")


def test_look_ups_from_other_sessions_never_miss_while_the_keys_change(vault: list[UUID]) -> None:
    """Two look-ups and one writer work all the time; 0 misses, and each new row is there once."""
    done, misses, looks, written = threading.Event(), [], [0], []

    def look(turn: int) -> None:
        try:
            place = turn
            while not done.is_set():
                place += 1
                if find(NUMBERS[place % 60]) != vault[place % 60]:
                    misses.append(place)
                looks[0] += 1
        finally:
            connection.close()

    def write() -> None:
        try:
            while not done.is_set():
                number = f"22017{len(written):08d}"
                written.append((number, insert(number)))
                time.sleep(0.01)
        finally:
            connection.close()

    workers = [threading.Thread(target=look, args=(turn,)) for turn in (0, 30)]
    workers.append(threading.Thread(target=write))
    for worker in workers:
        worker.start()
    try:
        for _ in range(2):
            rotate(batch=10)
    finally:
        done.set()
        for worker in workers:
            worker.join()
    assert misses == []
    assert looks[0] > 20
    assert len(written) > 5
    for number, key in written:
        assert find(number) == key
    assert len(read_all()) == 60 + len(written)


def test_without_the_lock_the_change_would_not_wait_for_holders(vault: list[UUID]) -> None:
    """Promotion waits for a transaction that holds the keys, so no writer keeps yesterday's index alone."""
    order: list[str] = []
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                secrets.hold()
                held.set()
                release.wait(10)
                order.append("holder ended")
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    threading.Timer(0.3, release.set).start()
    rotate()
    order.append("keys changed")
    holder.join()
    assert order == ["holder ended", "keys changed"]


def test_a_row_that_cannot_be_opened_stops_the_change_and_names_the_table(vault: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update vault set cipher = %s where id = %s", [b"\x01" * 46, vault[7]])
    with pytest.raises(Refusal) as refused:
        rotate()
    assert refused.value.name == "sealed_value_unreadable"
    assert "vault" in refused.value.en
    assert KeyCheck.objects.get(state="current").generation == 1


def test_sealed_tables_are_asked_whether_they_hold_anything(
    vault: list[UUID], owner_link: psycopg.Connection[Any]
) -> None:
    assert rotation.any_sealed(tables=TABLES)
    assert rotation.any_sealed(tables=(SMALL,))
    for table in ("vault", "safe"):
        owner_link.execute(sql.SQL("delete from {}").format(sql.Identifier(table)))
    owner_link.commit()
    assert not rotation.any_sealed(tables=TABLES)
