"""Names, numbers and families."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from country import names, numbers
from country.draw import rng
from country.people import Person, age_on, birth_for, family, title
from country.pupils import special_forms
from takhai.thai.calendar import Term
from takhai.thai.grades import Grade
from takhai.thai.identifiers import NumberForm, read_number
from takhai.thai.names import name_key, normal, split_prefix
from tests.country.conftest import world_of

SERIALS = st.integers(0, 9_999_999)


@given(SERIALS, st.integers(0, 2**31), st.booleans())
def test_a_citizen_number_has_a_right_check_digit(serial: int, seed: int, zero: bool) -> None:
    read = read_number(numbers.citizen("81", serial, seed, zero=zero))
    assert read.form is (NumberForm.ZERO if zero else NumberForm.CITIZEN)


@given(st.sets(SERIALS, min_size=2, max_size=50), st.integers(0, 1000))
def test_two_children_never_have_one_number(serials: set[int], seed: int) -> None:
    assert len({numbers.citizen("81", serial, seed)[-8:-1] for serial in serials}) == len(serials)
    assert len({numbers.gcode("81", serial, 2563) for serial in serials}) == len(serials)


@given(SERIALS, st.integers(0, 100))
def test_a_wrong_check_digit_is_wrong_and_nothing_else(serial: int, by: int) -> None:
    right = numbers.citizen("81", serial, 1)
    wrong = numbers.wrong_check(right, by)
    assert wrong[:12] == right[:12]
    assert read_number(wrong).form is NumberForm.WRONG_CHECK


@given(SERIALS, st.integers(0, 100), st.sampled_from(["zero", "citizen", "gcode"]))
def test_a_malformed_number_is_never_mended(serial: int, by: int, form: str) -> None:
    right = (
        numbers.gcode("81", serial, 2563)
        if form == "gcode"
        else numbers.citizen("81", serial, 1, zero=form == "zero")
    )
    assert read_number(numbers.malformed(right, by)).form is NumberForm.MALFORMED


def test_a_gcode_says_year_and_province() -> None:
    assert numbers.gcode("81", 42, 2563) == "G638100000042"


@pytest.mark.parametrize("sex", ["m", "f"])
def test_names_are_plain_thai_in_one_form_and_never_read_as_a_title(sex: str) -> None:
    found = (*names.first_names(sex), *names.surnames())
    assert len(found) > 10_000
    for name in found:
        assert name == normal(name)
        assert split_prefix(name) == ("", name)
        name.encode("cp874")


def test_another_name_differs_for_every_reader() -> None:
    chance = rng(1)
    for name in names.first_names("m")[:200]:
        assert name_key(names.another(chance, names.first_names("m"), name)) != name_key(name)


@pytest.mark.parametrize(("grade", "age"), [(Grade.K2, 4), (Grade.P1, 6), (Grade.M1, 12), (Grade.M6, 17)])
def test_ages_fit_grades(grade: Grade, age: int) -> None:
    chance = rng(1, grade)
    ages = Counter(age_on(birth_for(chance, grade, Term(2563, 2)), date(2020, 5, 16)) for _ in range(500))
    assert set(ages) <= {age, age + 1, age + 2}
    assert ages[age] > 450


def test_a_title_fits_sex_age_and_robe() -> None:
    boy = Person("1", "ก", "ข", "m", date(2010, 1, 1))
    assert title(boy, "", date(2020, 1, 1)) == "เด็กชาย"
    assert title(boy, "", date(2025, 1, 1)) == "นาย"
    assert title(boy._replace(sex="f"), "", date(2024, 12, 31)) == "เด็กหญิง"
    assert title(boy._replace(sex="f"), "", date(2025, 1, 1)) == "นางสาว"
    assert title(boy, "สามเณร", date(2020, 1, 1)) == "สามเณร"


def test_a_family_lives_in_real_places_and_its_guardian_is_related() -> None:
    found = family(rng(1), "810101", foreign=False)
    assert (found.province, found.district) == ("กระบี่", "เมืองกระบี่")
    if found.relation == "บิดา":
        assert found.guardian == found.father


def test_a_foreign_family_has_no_thai_nationality() -> None:
    assert family(rng(1), "810101", foreign=True).nationality != "ไทย"


def test_brothers_and_sisters_share_family_and_never_a_class() -> None:
    world, _ = world_of()
    homes: dict[int, list[Grade]] = {}
    for pupil in world.pupils:
        homes.setdefault(id(pupil.child.family), []).append(pupil.grade)
    assert any(len(grades) > 2 for grades in homes.values())
    assert all(len(set(grades)) == len(grades) for grades in homes.values())


def test_no_two_pupils_have_one_number() -> None:
    world, _ = world_of()
    said = [pupil.child.said.number for pupil in world.pupils]
    assert len(set(said)) == len(said)
    true = [pupil.child.true.number for pupil in world.pupils]
    assert len(set(true)) == len(true)


def test_about_two_of_a_hundred_bear_a_gcode_and_a_few_of_a_thousand_a_zero() -> None:
    world, _ = world_of(most=None)
    forms = Counter(pupil.child.true.number[0] for pupil in world.pupils)
    assert forms["G"] == pytest.approx(0.02 * len(world.pupils), rel=0.1)
    assert forms["0"] == pytest.approx(0.004 * len(world.pupils), rel=0.1)


def test_some_zero_persons_are_in_the_registry_and_gcodes_never() -> None:
    world, _ = world_of(most=None)
    zeros = {p.child.in_registry for p in world.pupils if p.child.true.number.startswith("0")}
    assert zeros == {True, False}
    bearers = [p for p in world.pupils if p.child.said.number.startswith("G")]
    assert not any(p.child.in_registry for p in bearers)


def test_temple_schools_have_boys_in_robes_only() -> None:
    world, _ = world_of(most=None)
    robed = [p for p in world.pupils if p.school.affiliation == "onab"]
    assert robed
    assert all(p.child.robe in ("สามเณร", "พระ") and p.child.true.sex == "m" for p in robed)


def test_special_forms_never_push_each_other_out() -> None:
    for seed in range(300):
        form = special_forms(seed, "81", 2_000)
        dealt = Counter(form(serial) for serial in range(2_000))
        assert (dealt["gcode"], dealt["zero"]) == (40, 8)
