"""A reference file in which a code or an account is there twice, or nothing is there, is refused whole."""

import pytest
from django.db import transaction

from takhai.platform.problems import Refusal
from takhai.registry.services import places
from tests.registry.world import AREA_COLUMNS, AREAS, SCHOOL_COLUMNS, SCHOOLS, World, count

pytestmark = pytest.mark.django_db
Rows = tuple[tuple[str, ...], ...]
NEW = ("81010009", "1081000009", "โรงเรียนใหม่", "obec", "8101", "810101", "KTB", "9990000009", "")


def load(world: World, *, areas: Rows = AREAS, schools: Rows = SCHOOLS) -> int:
    return places.load(
        areas=world.write("areas3.csv", AREA_COLUMNS, areas),
        schools=world.write("schools3.csv", SCHOOL_COLUMNS, schools),
    ).done


def refusal(world: World, **files: Rows) -> Refusal:
    with pytest.raises(Refusal) as refused, transaction.atomic():
        load(world, **files)
    assert count("SELECT count(*) FROM school") == len(SCHOOLS)
    return refused.value


def test_an_area_that_is_there_twice_is_refused_by_its_column(world: World) -> None:
    refused = refusal(world, areas=(*AREAS, ("8101", "สพป.กระบี่ เขต 2", "primary", "81")))
    assert (refused.name, refused.details["column"]) == ("reference_repeated", "area_code")
    assert refused.details["count"] == 1


@pytest.mark.parametrize("copies", [1, 3])
def test_a_school_that_is_there_twice_is_refused_even_when_it_says_the_same(
    world: World, copies: int
) -> None:
    refused = refusal(world, schools=(*SCHOOLS, *SCHOOLS[:1] * copies))
    assert (refused.name, refused.details["column"]) == ("reference_repeated", "school_code")
    assert refused.details["count"] == copies


def test_two_schools_cannot_be_paid_to_one_account(world: World) -> None:
    account = (*NEW[:6], *SCHOOLS[0][6:8], "")
    refused = refusal(world, schools=(*SCHOOLS, account))
    assert (refused.name, refused.details["column"]) == ("reference_repeated", "account_number")


def test_two_banks_may_have_accounts_of_one_number(world: World) -> None:
    account = (*NEW[:6], "GSB", SCHOOLS[0][7], "")
    assert load(world, schools=(*SCHOOLS, account)) == 1


def test_any_number_of_schools_may_have_no_account(world: World) -> None:
    without = tuple((f"8101010{n}", f"108100010{n}", *NEW[2:6], "", "", "") for n in range(3))
    assert load(world, schools=(*SCHOOLS, *without)) == 3


@pytest.mark.parametrize("empty", ["areas", "schools"])
def test_a_header_without_rows_is_no_list(world: World, empty: str) -> None:
    assert refusal(world, **{empty: ()}).name == "no_rows"


def test_no_account_number_is_in_the_sentence(world: World) -> None:
    account = (*NEW[:6], *SCHOOLS[0][6:8], "")
    refused = refusal(world, schools=(*SCHOOLS, account))
    said = refused.th + refused.en + refused.mend_th + refused.mend_en
    assert SCHOOLS[0][7] not in said
