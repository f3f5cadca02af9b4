"""Persons' secrets: sealed for one place, found by a keyed index, useless without the key files."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import tink
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.platform import home, keyfiles, secrets
from takhai.platform.models import KeyCheck
from takhai.platform.problems import Refusal

NUMBER = "1101700230708"


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Path]:
    """First keys in a folder of this test."""
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path))
    secrets.forget()
    secrets.establish(allow_create=True, by="test")
    yield tmp_path / "keys"
    secrets.forget()


def test_a_sealed_value_opens_in_its_place(keys: Path) -> None:
    kept = secrets.protect(NUMBER, table="identifier", column="number")
    assert secrets.open(kept.cipher, table="identifier", column="number", index=kept.idx) == NUMBER
    assert kept.idx_next is None
    assert len(kept.idx) == 16


@pytest.mark.parametrize(
    ("table", "column", "flip"),
    [("school", "number", False), ("identifier", "account", False), ("identifier", "number", True)],
)
def test_a_cipher_moved_to_another_table_column_or_row_does_not_open(
    keys: Path, table: str, column: str, flip: bool
) -> None:
    kept = secrets.protect(NUMBER, table="identifier", column="number")
    index = secrets.index("1101700230700", "number") if flip else kept.idx
    with pytest.raises(Refusal) as refused:
        secrets.open(kept.cipher, table=table, column=column, index=index)
    assert refused.value.name == "sealed_value_unreadable"
    assert NUMBER not in refused.value.th + refused.value.en


def test_a_changed_cipher_does_not_open(keys: Path) -> None:
    kept = secrets.protect(NUMBER, table="identifier", column="number")
    for position in (0, 5, len(kept.cipher) - 1):
        bent = bytearray(kept.cipher)
        bent[position] ^= 1
        with pytest.raises(Refusal):
            secrets.open(bytes(bent), table="identifier", column="number", index=kept.idx)


def test_equal_values_share_an_index_but_never_a_cipher(keys: Path) -> None:
    one, two = (secrets.protect(NUMBER, table="identifier", column="number") for _ in range(2))
    assert one.idx == two.idx
    assert one.cipher != two.cipher


def test_the_same_value_has_another_index_in_another_column(keys: Path) -> None:
    assert secrets.index(NUMBER, "number") != secrets.index(NUMBER, "account")
    # a separator keeps "ab" + "c" from meaning "a" + "bc"
    assert secrets.index("c", "ab") != secrets.index("bc", "a")


def test_sealing_under_an_index_of_another_value_is_refused(keys: Path) -> None:
    with pytest.raises(ValueError, match="not one of the value"):
        secrets.seal(NUMBER, table="identifier", column="number", index=secrets.index("x", "number"))


@settings(max_examples=60)
@given(values=st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=8, unique=True))
def test_different_values_have_different_indexes_and_open_again(
    values: list[str], one_generation: keyfiles.Keys
) -> None:
    indexes = {one_generation.index(value=value, column="number") for value in values}
    assert len(indexes) == len(values)
    for value in values:
        cipher = one_generation.seal(value=value, bound_to=b"here")
        assert one_generation.open(cipher=cipher, bound_to=b"here") == value
        assert value.encode() not in cipher or len(value.encode()) < 3
        with pytest.raises(tink.TinkError):
            one_generation.open(cipher=cipher, bound_to=b"there")


@pytest.fixture(scope="module")
def one_generation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[keyfiles.Keys]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TAKHAI_HOME", str(tmp_path_factory.mktemp("generation")))
        keyfiles.make(1)
        yield keyfiles.load(1)


def test_key_files_are_readable_by_their_owner_only(keys: Path) -> None:
    file = keys / "persons-1.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700


def test_making_keys_again_changes_nothing(keys: Path) -> None:
    before = (keys / "persons-1.json").read_bytes()
    keyfiles.make(1)
    secrets.establish(allow_create=True, by="test")
    assert (keys / "persons-1.json").read_bytes() == before
    assert KeyCheck.objects.count() == 1


def test_no_keys_are_made_over_a_database_that_holds_identifiers(
    db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAKHAI_HOME", str(tmp_path))
    secrets.forget()
    with pytest.raises(Refusal) as refused:
        secrets.establish(allow_create=False, by="test")
    assert refused.value.name == "key_missing"
    assert list(home.folder("keys").iterdir()) == []


def test_a_missing_key_file_is_one_sentence(keys: Path) -> None:
    (keys / "persons-1.json").unlink()
    secrets.forget()
    with pytest.raises(Refusal) as refused, transaction.atomic():
        secrets.hold()
    assert refused.value.name == "key_missing"


def test_key_files_of_another_database_are_refused(keys: Path) -> None:
    (keys / "persons-1.json").unlink()
    keyfiles.make(1)
    secrets.forget()
    with pytest.raises(Refusal) as refused, transaction.atomic():
        secrets.hold()
    assert refused.value.name == "key_wrong"


def test_either_half_of_a_foreign_key_file_is_noticed(keys: Path) -> None:
    import json

    check = bytes(KeyCheck.objects.get().probe)
    ours = json.loads((keys / "persons-1.json").read_text())
    keyfiles.make(2)
    foreign = json.loads((keys / "persons-2.json").read_text())
    for generation, part in ((3, "index"), (4, "seal")):
        home.create_private(keyfiles.path(generation), json.dumps({**ours, part: foreign[part]}).encode())
        assert not keyfiles.load(generation).fits(check)
    assert keyfiles.load(1).fits(check)


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"index": {}, "seal": {}}', "ไม่ใช่กุญแจ", '{"index": 1, "seal": 2}']
)
def test_a_damaged_key_file_is_one_sentence(keys: Path, content: str) -> None:
    (keys / "persons-1.json").write_text(content)
    secrets.forget()
    with pytest.raises(Refusal) as refused, transaction.atomic():
        secrets.hold()
    assert refused.value.name == "key_unreadable"


@pytest.mark.django_db(transaction=True)
def test_keys_are_held_inside_a_transaction_only() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        secrets.hold()


def test_nothing_of_a_value_is_in_the_check_value(keys: Path) -> None:
    probe = bytes(KeyCheck.objects.get().probe)
    assert b"takhai" not in probe
    assert len(probe) > 32


def test_the_database_allows_one_current_generation(keys: Path) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic():
        secrets.add(generation=2, state=KeyCheck.CURRENT, by="test")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from key_check")
        assert cursor.fetchone() == (1,)
