"""Two forms of one household that tell of it differently: nobody is refused, both are shown."""

import pytest

from takhai.access.types import Scope
from takhai.platform.sets import fetch
from takhai.screening.queries import forms as queries
from takhai.screening.services.households import COMPARED, NEAR
from tests.screening.forms.office import (
    OTHER,
    PUPIL,
    ROUND,
    SCHOOL,
    SCOPE,
    Office,
    Row,
    families,
    family,
    member,
)

DIFFERENT = {
    "tenure": "own", "floor": "earth", "wall": "brick", "roof": "tile", "toilet": "no", "farmland": "over_5",
    "water": "tap", "electricity": "none", "car": "yes", "pickup": "yes", "tractor": "yes", "motorcycle": "no",
    "computer": "yes", "air_conditioner": "yes", "television": "no", "washing_machine": "yes", "refrigerator": "no",
}  # fmt: skip


def found() -> list[tuple[str, str]]:
    return [(each.household_ref, each.field) for each in queries.contradictions(round=ROUND, scope=SCOPE)]


def siblings(office: Office, count: int = 2, **changes: str) -> list[Row]:
    """Forms of one household; ``changes`` are on the last."""
    forms = [office.form(office.pupil()) for _ in range(count)]
    forms[-1].update(changes)
    return forms


def test_brothers_and_sisters_who_say_the_same_contradict_nobody(office: Office) -> None:
    forms = siblings(office, 3)
    assert office.take(forms, families(forms)).done == 3
    assert found() == []


@pytest.mark.parametrize("name", DIFFERENT)
def test_each_answer_about_the_house_is_compared(office: Office, name: str) -> None:
    forms = siblings(office, **{name: DIFFERENT[name]})
    assert office.take(forms, families(forms)).done == 2
    assert found() == [("H81-000001", name)]
    assert queries.forms_counts(round=ROUND)["findings"] == {"household_contradicts": 1}


def test_number_and_income_of_the_members_are_compared(office: Office) -> None:
    one, two, three = siblings(office, 3)
    third = [*family(three), member(three, 3, PUPIL, relation="sibling")]
    office.take([one, two, three], [*family(one), *family(two, wages="2999.99"), *third])
    assert [field for _, field in found()] == ["income_satang", "members", "members"]


def test_every_answer_that_is_compared_has_its_case() -> None:
    assert {*DIFFERENT, "members", "income_satang"} == set(COMPARED)


def test_the_first_answer_that_differs_is_told(office: Office) -> None:
    forms = siblings(office, refrigerator="no", roof="thatch")
    office.take(forms, families(forms))
    assert found() == [("H81-000001", "roof")]


def test_answers_of_the_child_alone_may_differ(office: Office) -> None:
    forms = siblings(
        office, lives_with="relative", guardian_occupation="ค้าขาย", family_status="apart", extension=""
    )
    office.take(forms, families(forms))
    assert found() == []


def test_both_forms_are_shown(office: Office) -> None:
    forms = siblings(office, floor="earth")
    office.take(forms, families(forms))
    ((told),) = queries.contradictions(round=ROUND, scope=SCOPE)
    shown = {each.form_no: each.household.floor for each in (told.one, told.other)}
    assert shown == {forms[0]["form_no"]: "bare_concrete", forms[1]["form_no"]: "earth"}


def test_a_brother_whose_form_comes_later_is_compared_too(office: Office) -> None:
    one, two = siblings(office, floor="earth")
    office.take([one], family(one))
    office.take([two], family(two), name="later")
    assert found() == [("H81-000001", "floor")]


def test_a_refused_form_contradicts_nobody(office: Office) -> None:
    forms = siblings(office, floor="earth", filled_on="2021-02-30")
    office.take(forms, families(forms))
    assert found() == []


def test_other_households_are_not_compared(office: Office) -> None:
    forms = siblings(office, floor="earth", household_ref="H81-000002")
    office.take(forms, families(forms))
    assert found() == []


def test_a_household_of_a_hundred_forms_costs_no_square(office: Office) -> None:
    people = office.pupils(100)
    office.numbers_of([(person, f"G6481{n:08d}", "gcode") for n, person in enumerate(people)])
    office.expected += [(person, office.school(), "81") for person in people]
    forms = [office.form(person, floor=("earth", "bamboo")[n % 2]) for n, person in enumerate(people)]
    assert office.take(forms, families(forms)).done == 100
    pairs = sum(1 for a in range(100) for b in range(a + 1, min(100, a + NEAR + 1)) if (a - b) % 2)
    assert fetch("SELECT count(*) FROM household_finding") == [(pairs,)]


def test_who_sees_one_school_only_sees_no_form_of_the_other(office: Office) -> None:
    one = office.form(office.pupil())
    other = office.form(office.pupil(school=OTHER), school_code=OTHER, floor="earth")
    office.take([one, other], families([one, other]))
    ((path,),) = fetch("SELECT path FROM place WHERE code = %(code)s AND kind = 'school'", code=SCHOOL)
    narrow = Scope(by="teacher", paths=(str(path),))
    assert queries.contradictions(round=ROUND, scope=narrow) == []
    assert [form.form_no for form in queries.inputs(round=ROUND, scope=narrow)] == [one["form_no"]]
    assert len(found()) == 1
