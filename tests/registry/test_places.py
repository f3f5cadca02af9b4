"""Areas and schools are reference files: taken in whole, again without change, mended in place."""

import csv
from pathlib import Path

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from takhai.access.queries import places as place_nodes
from takhai.access.types import PlaceKind
from takhai.platform import secrets
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from takhai.registry.agencies import agencies, agency_lists
from takhai.registry.sealed import ACCOUNT
from takhai.registry.services import places
from tests.registry.world import (
    AREA_COLUMNS,
    AREAS,
    AWAY,
    FIELD,
    LOCAL,
    SCHOOL_COLUMNS,
    SCHOOLS,
    TOWN,
    UPPER,
    World,
    count,
)

pytestmark = pytest.mark.django_db


def path_of(code: str) -> str:
    ((path,),) = fetch(
        "SELECT path FROM places WHERE code = %(code)s", place_nodes(kind=PlaceKind.SCHOOL), code=code
    )
    return str(path)


def again(
    world: World,
    *,
    areas: tuple[tuple[str, ...], ...] = AREAS,
    schools: tuple[tuple[str, ...], ...] = SCHOOLS,
) -> int:
    return places.load(
        areas=world.write("areas2.csv", AREA_COLUMNS, areas),
        schools=world.write("schools2.csv", SCHOOL_COLUMNS, schools),
    ).done


def changed(code: str, **values: str) -> tuple[tuple[str, ...], ...]:
    """All schools, one of them with other values."""
    made = []
    for school in SCHOOLS:
        row = dict(zip(SCHOOL_COLUMNS, school, strict=True))
        made.append(tuple((row | values if row["school_code"] == code else row).values()))
    return tuple(made)


def test_schools_hang_under_their_area_office(world: World) -> None:
    assert path_of(TOWN) == f"cth/gobec/a8101/h{TOWN}/"
    assert path_of(UPPER) == f"cth/gobec/a9280/h{UPPER}/"


def test_a_school_whose_agency_has_no_area_offices_hangs_under_the_agency(world: World) -> None:
    assert path_of(LOCAL) == f"cth/gdla/h{LOCAL}/"


def test_the_province_of_a_school_is_where_it_lies_not_where_its_office_stands(world: World) -> None:
    rows = fetch(
        "SELECT code, province_code, area_code FROM school WHERE code IN (%(u)s, %(a)s)", u=UPPER, a=AWAY
    )
    assert set(rows) == {(UPPER, "81", "9280"), (AWAY, "92", "9280")}


def test_two_schools_of_one_name_are_two(world: World) -> None:
    assert count("SELECT count(*) FROM school WHERE code IN (%(a)s, %(b)s)", a=TOWN, b=FIELD) == 2


def test_a_school_without_an_account_has_nothing_of_one(world: World) -> None:
    ((bank, index, cipher),) = fetch(
        "SELECT account_bank, account_idx, account_cipher FROM school WHERE code = %(code)s", code=FIELD
    )
    assert (bank, index, cipher) == ("", None, None)


def test_an_account_number_is_sealed_and_opens_again(world: World) -> None:
    ((index, cipher),) = fetch("SELECT account_idx, account_cipher FROM school WHERE code = %(c)s", c=TOWN)
    assert b"9990000001" not in bytes(cipher)  # type: ignore[arg-type]
    assert secrets.open(bytes(cipher), table="school", column=ACCOUNT, index=bytes(index)) == "9990000001"  # type: ignore[arg-type]


def test_loading_again_changes_nothing(world: World) -> None:
    assert again(world) == 0
    assert count("SELECT count(*) FROM school_event") == 0
    assert count("SELECT count(*) FROM agency_event") == 0


def test_a_changed_account_is_taken_over_and_the_old_row_is_kept(world: World) -> None:
    assert again(world, schools=changed(TOWN, account_number="9990000099")) == 1
    assert count("SELECT count(*) FROM school_event WHERE code = %(code)s", code=TOWN) == 1


def test_a_school_that_closes_its_account_has_none(world: World) -> None:
    again(world, schools=changed(TOWN, account_bank="", account_number=""))
    assert count("SELECT count(*) FROM school WHERE code = %(c)s AND account_idx IS NULL", c=TOWN) == 1


def test_a_school_that_is_missing_from_a_later_file_stays(world: World) -> None:
    assert again(world, schools=SCHOOLS[:2]) == 0
    assert count("SELECT count(*) FROM school") == len(SCHOOLS)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"area_code": "9999"}, "school_area_unknown"),
        ({"subdistrict_code": "999999"}, "school_subdistrict_unknown"),
        ({"affiliation": "unknown"}, "reference_rows_bad"),
        ({"moe_code": "12"}, "reference_rows_bad"),
    ],
)
def test_a_file_with_a_school_that_cannot_be_placed_is_refused_whole(
    world: World, values: dict[str, str], problem: str
) -> None:
    with pytest.raises(Refusal) as refused, transaction.atomic():
        again(world, schools=changed(TOWN, **values))
    assert refused.value.name == problem
    assert count("SELECT count(*) FROM school_event") == 0


def test_the_two_lists_of_six_are_not_the_same() -> None:
    mou, edc = agency_lists()["mou"], agency_lists()["edc"]
    assert len(set(mou.agencies)) == len(set(edc.agencies)) == 6
    assert set(mou.agencies) ^ set(edc.agencies) == {"bma", "nfe"}


def test_every_listed_agency_is_one_we_know() -> None:
    known = {agency.key for agency in agencies()}
    assert all(set(each.agencies) <= known for each in agency_lists().values())
    assert len(known) == len(agencies())


def test_agencies_are_nodes_under_the_country(world: World) -> None:
    rows = fetch("SELECT code, path FROM places", place_nodes(kind=PlaceKind.AGENCY))
    assert {(str(code), str(path)) for code, path in rows} == {(a.key, f"cth/g{a.key}/") for a in agencies()}


def test_the_database_refuses_half_an_account(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE school SET account_cipher = NULL WHERE code = %s", [TOWN])


def test_the_application_cannot_delete_a_school(world: World) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("DELETE FROM school")


def test_a_school_file_with_a_byte_order_mark_is_the_same_file(world: World, tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([SCHOOL_COLUMNS, *SCHOOLS])
    assert places.load(areas=world.root / "areas.csv", schools=path).done == 0
