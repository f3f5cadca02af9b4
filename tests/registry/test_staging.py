"""Rows on their way to COPY: what is sealed, keyed and left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.platform import secrets
from takhai.registry.sealed import NUMBER
from takhai.registry.services import staging
from takhai.registry.types import Form
from takhai.thai.names import name_key
from tests.registry.world import citizen, gcode, pupil, wrong_check

ROW = pupil(7)


def values(**changes: str | None) -> dict[str, str | None]:
    """A row of values as the reading gives them: None where the register says nothing."""
    blank: dict[str, str | None] = dict.fromkeys(("street", "father_occupation"))
    return blank | ROW | changes


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (citizen(1), Form.CITIZEN),
        (citizen(1, kind=0), Form.ZERO),
        (wrong_check(1), Form.WRONG_CHECK),
        (gcode(1), Form.GCODE),
    ],
)
def test_a_number_is_known_by_its_form(number: str, form: Form) -> None:
    assert staging.form(number) == form.value


@pytest.mark.django_db
def test_brothers_and_sisters_have_one_household(keys: None) -> None:
    one, other = values(), values(first_name="น้อง", birth_date="01/01/2557", pupil_no="9", grade="อ.2")
    assert staging.household_key(one) == staging.household_key(other)


@pytest.mark.django_db
def test_spaces_and_a_title_before_a_parents_name_do_not_part_a_household(keys: None) -> None:
    other = values(father_first_name="นายประเสริฐ", house_no=" 7 / 9 ", subdistrict="ปาก น้ำ")
    assert staging.household_key(values()) == staging.household_key(other)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"house_no": "8/9"},
        {"village_no": "5"},
        {"subdistrict": "กระบี่ใหญ่"},
        {"province": "ตรัง"},
        {"mother_first_name": "สมหญิง"},
        {"guardian_first_name": "ยายมา"},
    ],
)
def test_another_address_parent_or_guardian_is_another_household(keys: None, changes: dict[str, str]) -> None:
    assert staging.household_key(values()) != staging.household_key(values(**changes))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "missing",
    [
        ("house_no",),
        ("subdistrict",),
        tuple(
            f"{who}_{part}"
            for who in ("father", "mother", "guardian")
            for part in ("first_name", "last_name")
        ),
    ],
)
def test_a_row_that_tells_too_little_founds_no_household(keys: None, missing: tuple[str, ...]) -> None:
    assert staging.household_key(values(**dict.fromkeys(missing))) is None


@pytest.mark.django_db
def test_a_household_is_known_by_a_keyed_index_and_nothing_of_its_address(keys: None) -> None:
    key = staging.household_key(values())
    assert key is not None
    assert len(key) == 16
    assert "ปากน้ำ".encode() not in key


def test_a_parent_who_is_the_guardian_is_one_grown_up() -> None:
    kin = list(staging.kin(values()))
    assert [(relation, guards) for _, _, relation, guards in kin] == [("father", False), ("mother", True)]


def test_a_guardian_beside_the_parents_keeps_the_registers_own_word() -> None:
    kin = list(staging.kin(values(guardian_first_name="ยายมา", guardian_relation="ยาย")))
    assert kin[-1][2:] == ("ยาย", True)
    assert len(kin) == 3


def test_a_row_without_grown_ups_has_no_kin() -> None:
    names = [
        f"{who}_{part}" for who in ("father", "mother", "guardian") for part in ("first_name", "last_name")
    ]
    assert list(staging.kin(values(**dict.fromkeys(names)))) == []


@given(st.text(min_size=1, max_size=30))
def test_the_remembered_key_of_a_name_is_its_key(name: str) -> None:
    assert staging.key(name) == name_key(name)


def test_fresh_ids_are_different_and_rise() -> None:
    made = staging.ids()
    ids = [next(made) for _ in range(2_500)]
    assert len(set(ids)) == len(ids)
    assert ids[:1_000] == sorted(ids[:1_000])


@pytest.mark.django_db
def test_nothing_of_a_number_is_readable_in_what_goes_to_copy(keys: None) -> None:
    row = staging.Sealer().person(number=3, values=values())
    number = ROW["identifier"]
    texts = [value for value in row if isinstance(value, str)]
    sealed = [value for value in row if isinstance(value, bytes)]
    assert not any(number in text for text in texts)
    assert not any(number.encode() in value for value in sealed)
    index, cipher = sealed[0], sealed[-1]
    assert secrets.open(cipher, table="identifier", column=NUMBER, index=index) == number
