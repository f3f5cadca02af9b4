"""The country's sizes, areas and schools."""

from collections import Counter

import pytest

from country.areas import PRIMARY, SECONDARY, area_codes, areas
from country.facts import BANGKOK, facts, rows_of
from country.schools import FEWEST, SPANS, schools
from takhai.policy.types import AFFILIATIONS
from takhai.thai import places

PROVINCES = tuple(place.code for place in places.provinces())


def test_rows_of_all_provinces_add_up_to_the_country() -> None:
    assert sum(map(rows_of, PROVINCES)) == facts().register_rows == 2_661_250


def test_a_province_has_its_share_by_population() -> None:
    assert rows_of("81") == pytest.approx(2_661_250 * 476_739 / 66_558_935, rel=0.001)


def test_population_adds_up_to_what_was_announced() -> None:
    assert sum(facts().thousands.values()) == pytest.approx(66_558.935, abs=5)


def test_an_unknown_province_has_no_rows() -> None:
    with pytest.raises(KeyError):
        rows_of("00")


def test_there_are_245_education_areas_and_an_office_in_every_province() -> None:
    kinds = Counter(area.kind for area in areas())
    assert kinds == {"primary": PRIMARY, "secondary": SECONDARY, "other": 77}
    assert PRIMARY + SECONDARY == 245
    assert len({area.code for area in areas()}) == len(areas())


def test_area_names_are_written_as_offices_write_them() -> None:
    names = {area.code: area.name for area in areas()}
    assert names["1001"] == "สพป.กรุงเทพมหานคร"
    assert names["8101"] == "สพป.กระบี่ เขต 1"
    assert names["8100"] == "ศธจ.กระบี่"
    assert len(set(names.values())) == len(names)


@pytest.mark.parametrize("province", PROVINCES)
def test_every_province_has_an_area_of_each_kind(province: str) -> None:
    for kind in ("primary", "secondary", "other"):
        assert area_codes(province, kind)


def test_a_province_without_a_secondary_area_is_named_by_its_neighbours() -> None:
    homes = {area.province for area in areas() if area.kind == "secondary"}
    alone = next(code for code in PROVINCES if code not in homes)
    served = {area.code: area.name for area in areas()}[area_codes(alone, "secondary")[0]]
    assert places.province(alone).name_th in served


@pytest.mark.parametrize("province", ["81", "10", "63", "85"])
def test_schools_share_all_rows_and_are_where_they_say(province: str) -> None:
    found = schools(province, 20_000, 1)
    assert sum(school.size for school in found) == 20_000
    assert len({school.code for school in found}) == len(found)
    assert len({school.moe_code for school in found}) == len(found)
    assert len({school.account for school in found}) == len(found)
    known = {area.code for area in areas()}
    for school in found:
        assert (len(school.code), len(school.moe_code)) == (8, 10)
        assert school.area in known
        assert school.affiliation in AFFILIATIONS
        assert places.subdistrict(school.subdistrict).code[:2] == province
        assert school.name.startswith(("โรงเรียน", "ศูนย์"))


def test_about_one_school_for_89_pupils() -> None:
    assert len(schools("81", 19_000, 1)) == round(19_000 / 89)
    assert sum(round(rows_of(province) / 89) for province in PROVINCES) == pytest.approx(30_000, rel=0.01)


def test_a_small_world_has_schools_enough_and_every_kind_of_class() -> None:
    found = schools("81", 200, 1)
    assert len(found) == FEWEST
    assert {grade for school in found for grade in school.grades} >= set(SPANS["whole"][1:])


def test_sizes_are_skewed() -> None:
    sizes = sorted(school.size for school in schools("81", 19_000, 1))
    assert sizes[-1] > 5 * sizes[len(sizes) // 2] > 0


def test_names_repeat_and_codes_do_not() -> None:
    found = schools("30", 100_000, 1)
    assert max(Counter(school.name for school in found).values()) > 1


def test_bangkok_has_its_own_schools_and_borders_have_police_schools() -> None:
    assert {s.affiliation for s in schools(BANGKOK, 20_000, 1)} == {"bma", "obec", "opec", "onab", "nfe"}
    assert "bpp" in {s.affiliation for s in schools("63", 20_000, 1)}
    assert "bpp" not in {s.affiliation for s in schools("81", 20_000, 1)}


def test_codes_outside_obec_begin_with_a_zero_that_can_be_lost() -> None:
    for school in schools("63", 20_000, 1):
        assert school.code.startswith("0") is (school.affiliation != "obec")


def test_other_seeds_other_schools() -> None:
    one, two = schools("81", 2_000, 1), schools("81", 2_000, 2)
    assert [s.name for s in one] != [s.name for s in two]
