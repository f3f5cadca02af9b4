"""A province of households looks like the published figures, within what chance allows."""

from functools import cache

import pytest

from country.screening import Screening, screen
from country.screening.forms import Form
from country.screening.scoring import answers, satang
from tests.country.conftest import world_of

SOURCES = {"wages": 47.5, "agriculture": 44.2, "business": 5.9, "welfare": 54.5, "other": 8.8}
PROVINCES = [("81", 1), ("58", 7)]


@cache
def drawn(province: str, seed: int) -> Screening:
    """The screening of a whole province."""
    return screen(world_of(province, seed, None)[0])


@cache
def screened(province: str, seed: int) -> list[Form]:
    """Its good forms that no official refused."""
    good = (form for form in drawn(province, seed).forms if form.good)
    return [form for form in good if form.row["official_verdict"] == "certified"]


def share(found: list[bool]) -> float:
    """Percent."""
    return 100 * sum(found) / len(found)


pytestmark = pytest.mark.parametrize(("province", "seed"), PROVINCES)


def test_a_fifth_of_the_screened_is_extremely_poor(province: str, seed: int) -> None:
    counts = drawn(province, seed).counts
    assert counts["extremely_poor"] == counts["screened"] * 20 // 100
    assert counts["poor"] > counts["extremely_poor"]


def test_the_extremely_poor_have_about_1143_baht_a_head(province: str, seed: int) -> None:
    mean = drawn(province, seed).counts["income_per_head"]["extremely_poor"]
    assert mean == pytest.approx(114_300, rel=0.05)


def test_the_poorest_fifth_lies_under_about_1337_baht(province: str, seed: int) -> None:
    judged = [form for form in drawn(province, seed).judged.values() if not form.refused]
    heads = sorted(form.per_head for form in judged)
    assert heads[len(heads) // 5] == pytest.approx(133_700, rel=0.06)


def test_some_of_the_screened_have_more_than_3000_baht(province: str, seed: int) -> None:
    counts = drawn(province, seed).counts
    assert 0.05 < 1 - counts["poor"] / counts["screened"] < 0.25


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_of_income_is_as_common_as_published(province: str, seed: int, source: str) -> None:
    found = [any(satang(who[source]) != 0 for who in form.members) for form in screened(province, seed)]
    assert share(found) == pytest.approx(SOURCES[source], abs=2.5)


def test_households_have_several_sources(province: str, seed: int) -> None:
    each = [
        sum(any(satang(who[source]) != 0 for who in form.members) for source in SOURCES)
        for form in screened(province, seed)
    ]
    assert sum(each) / len(each) == pytest.approx(1.609, abs=0.06)
    assert min(each) >= 1


def test_a_household_has_about_five_people(province: str, seed: int) -> None:
    sizes = [len(form.members) for form in screened(province, seed)]
    assert sum(sizes) / len(sizes) == pytest.approx(5, abs=0.25)
    assert min(sizes) >= 2


def test_three_of_four_households_have_an_unemployed_member(province: str, seed: int) -> None:
    found = ["dependency.unemployed" in answers(form.row, form.members) for form in screened(province, seed)]
    assert share(found) == pytest.approx(73, abs=2.5)


def test_two_of_five_guardians_have_a_welfare_card(province: str, seed: int) -> None:
    found = [form.row["guardian_welfare_card"] == "yes" for form in screened(province, seed)]
    assert share(found) == pytest.approx(42, abs=2.5)


def test_a_score_is_mostly_right_about_a_household_and_sometimes_wrong(province: str, seed: int) -> None:
    forms = screened(province, seed)
    poorest = sorted(forms, key=lambda form: form.welfare)[: len(forms) // 5]
    ended = drawn(province, seed).ended
    missed = [ended.get(form.pupil.serial, ("", ""))[0] == "assess" for form in poorest]
    assert 15 < share(missed) < 35


def test_income_and_house_hang_together(province: str, seed: int) -> None:
    by_income = sorted(drawn(province, seed).judged.values(), key=lambda form: form.per_head)
    fifth = len(by_income) // 5
    poorest = sum(form.score for form in by_income[:fifth]) / fifth
    richest = sum(form.score for form in by_income[-fifth:]) / fifth
    assert poorest > richest + 200_000
    assert min(form.score for form in by_income[:fifth]) < poorest - 100_000, "but not in every house"
