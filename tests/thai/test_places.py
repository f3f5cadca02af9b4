import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.thai import places
from takhai.thai.places import Change, NoPlace, Place, PlaceKind

EVERY = [
    (province, district, subdistrict)
    for province in places.provinces()
    for district in places.districts(province.code)
    for subdistrict in places.subdistricts(district.code)
]


def test_there_are_77_provinces_928_districts_and_7436_subdistricts() -> None:
    assert len(places.provinces()) == 77
    assert len({district.code for _, district, _ in EVERY}) == 928
    assert len({subdistrict.code for _, _, subdistrict in EVERY}) == len(EVERY) == 7436


def test_bangkok_has_50_khet_and_180_khwaeng() -> None:
    assert len(places.districts("10")) == 50
    assert sum(len(places.subdistricts(khet.code)) for khet in places.districts("10")) == 180


def test_a_code_begins_with_the_code_of_the_place_around_it() -> None:
    for province, district, subdistrict in EVERY:
        assert (len(province.code), len(district.code), len(subdistrict.code)) == (2, 4, 6)
        assert (district.code[:2], subdistrict.code[:4]) == (province.code, district.code)
        assert (province.parent, district.parent, subdistrict.parent) == (None, province.code, district.code)


def test_places_of_one_level_come_by_code() -> None:
    codes = [place.code for place in places.provinces()]
    assert codes == sorted(codes)


def test_a_place_is_found_by_its_code() -> None:
    assert places.province("81") == Place("81", "กระบี่", "Krabi", PlaceKind.PROVINCE, None)
    assert places.district("8101").name_th == "เมืองกระบี่"
    assert places.subdistrict("810115").name_th == "ไสไทย"


@pytest.mark.parametrize("code", ["", "99", "8", "8101", "810115", "ก"])
def test_only_a_code_of_a_province_in_force_names_a_province(code: str) -> None:
    with pytest.raises(NoPlace):
        places.province(code)


@pytest.mark.parametrize("ask", [places.districts, places.subdistricts, places.district, places.subdistrict])
def test_an_unknown_code_is_refused_at_every_level(ask: object) -> None:
    with pytest.raises(NoPlace):
        ask("99")  # type: ignore[operator]


def test_every_subdistrict_is_found_by_the_three_names_of_an_address() -> None:
    for province, district, subdistrict in EVERY:
        assert places.find(province.name_th, district.name_th, subdistrict.name_th) == subdistrict


@given(st.sampled_from(EVERY))
def test_english_names_find_the_province_and_the_district(address: tuple[Place, Place, Place]) -> None:
    province, district, _ = address
    alike = [d for d in places.districts(province.code) if d.name_en == district.name_en]
    assert places.find(province.name_en) == province
    assert places.find(province.name_en, district.name_en) == (district if len(alike) == 1 else None)


def test_an_english_spelling_of_two_districts_finds_neither() -> None:
    assert places.find(places.province("14").name_en, "Bang Sai") is None
    assert places.find("อยุธยา", "บางซ้าย") == places.district("1413")
    assert places.find("อยุธยา", "บางไทร") == places.district("1404")


@given(
    st.sampled_from(EVERY),
    st.sampled_from(["", "จังหวัด", "จ.", "จ. "]),
    st.sampled_from(["", "อำเภอ", "อ.", "เขต "]),
    st.sampled_from(["", "ตำบล", "ต.", " แขวง"]),
)
def test_words_for_the_level_do_not_matter(
    address: tuple[Place, Place, Place], p: str, d: str, s: str
) -> None:
    province, district, subdistrict = address
    found = places.find(p + province.name_th, d + district.name_th, s.strip() + subdistrict.name_th)
    assert found == subdistrict


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("กระบี่", "เมือง", "ไสไทย"), "810115"),
        (("กระบี่", "อ.เมือง"), "8101"),
        (("กระบี่",), "81"),
        (("กทม.",), "10"),
        (("กรุงเทพฯ",), "10"),
        (("กรุงเทพมหานคร", "เขตปทุมวัน"), "1007"),
        (("อยุธยา",), "14"),
        (("กระบี่", "", "ไสไทย"), "81"),
    ],
)
def test_short_forms_people_write_are_understood(names: tuple[str, ...], code: str) -> None:
    found = places.find(*names)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "names",
    [("",), ("-",), ("แอตแลนติส",), ("กระบี่", "ปทุมวัน"), ("กทม", "เมือง"), ("กระบี่", "เมือง", "ปทุมวัน"), ("ไสไทย",)],
)
def test_a_name_that_fits_nothing_finds_nothing(names: tuple[str, ...]) -> None:
    assert places.find(*names) is None


def test_one_name_in_two_provinces_is_two_places() -> None:
    one = [subdistrict for _, _, subdistrict in EVERY if subdistrict.name_th == "วังทอง"]
    assert len(one) > 1
    assert len({places.find(*_names(place)) for place in one}) == len(one)


def test_bueng_kan_was_part_of_nong_khai_until_2554() -> None:
    (change,) = places.predecessors("38")
    assert (change.old, change.new, change.on, change.split) == ("43", "38", date(2011, 3, 23), True)
    assert "บึงกาฬ" in change.source
    assert change in places.successors("43")
    assert places.predecessors("81") == ()


def test_an_abolished_subdistrict_leads_to_the_one_that_took_its_place() -> None:
    (change,) = places.successors("430112")
    assert change.new == "431401"
    assert not change.split
    assert "GeoThai" in change.source
    assert change in places.predecessors("431401")


def test_changes_are_dated_sourced_and_told_from_both_sides() -> None:
    codes = {place.code for address in EVERY for place in address}
    changes = {change for code in codes for change in places.predecessors(code)}
    assert len(changes) > 1000
    for change in changes:
        assert isinstance(change, Change)
        assert change in places.successors(change.old)
        assert change.old != change.new
        assert change.source
        assert date(1900, 1, 1) < change.on
        # A split leaves the old code in force; an abolished code is in force no more.
        assert (change.old in codes) is change.split


def test_importing_places_reads_no_data() -> None:
    code = (
        "import sys; from takhai.thai import places;"
        "assert places._by_code.cache_info().currsize == 0;"
        "assert places._changes.cache_info().currsize == 0;"
        "assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": "src"})


def _names(place: Place) -> tuple[str, str, str]:
    return (
        places.province(place.code[:2]).name_th,
        places.district(place.code[:4]).name_th,
        place.name_th,
    )
