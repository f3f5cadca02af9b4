"""The tree of places is planted in sets, mended in place, and never holds an orphan."""

import pytest
from django.db import IntegrityError, connection, transaction

from takhai.access.queries import places, visible
from takhai.access.services.places import Node, plant, thailand
from takhai.access.types import PlaceKind, Scope, system_scope
from takhai.platform.history import acting
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from tests.access.planting import (
    AREA_ONE,
    AREA_TWO,
    COUNTRY,
    DLA,
    IN_TOWN,
    NODES,
    OBEC,
    UPCOUNTRY,
    grow,
    ids,
    paths,
)

pytestmark = pytest.mark.django_db


def seen(scope: Scope) -> set[str]:
    return {
        str(code)
        for (code,) in fetch(
            "SELECT places.code FROM places JOIN visible ON visible.id = places.id",
            places(kind=PlaceKind.SCHOOL),
            visible(scope=scope),
        )
    }


def test_a_province_is_planted_with_its_districts_and_sub_districts() -> None:
    thailand(provinces=["81"], by="test")
    assert len(paths(PlaceKind.PROVINCE)) == 77
    assert len(paths(PlaceKind.DISTRICT)) == 8
    assert paths(PlaceKind.SUBDISTRICT)["810101"] == "cth/p81/d8101/s810101/"
    assert all(code.startswith("81") for code in paths(PlaceKind.SUBDISTRICT))


def test_planting_again_changes_nothing() -> None:
    assert grow().done == len(NODES)
    again = grow()
    assert (again.done, again.same) == (0, len(NODES))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM place_event")
        assert cursor.fetchone() == (0,)


def test_the_order_of_the_nodes_does_not_matter() -> None:
    grow()
    assert paths(PlaceKind.SCHOOL)["81010001"] == "cth/gobec/a8101/h81010001/"
    assert paths(PlaceKind.SCHOOL)["81990001"] == "cth/gdla/h81990001/"


def test_a_school_knows_where_it_lies_beside_who_governs_it() -> None:
    grow()
    ((located,),) = fetch(
        "SELECT located_path FROM places WHERE code = '81020001'", places(kind=PlaceKind.SCHOOL)
    )
    assert located == "cth/p81/d8102/s810201/h81020001/"


def test_a_moved_area_takes_its_schools_along_and_the_old_row_is_kept() -> None:
    grow()
    with acting(by="tester", source="f00d"):
        plant(nodes=[Node(*AREA_ONE, "เขตตัวอย่าง 1", parent=DLA)], by="test")
    assert paths(PlaceKind.SCHOOL)["81010001"] == "cth/gdla/a8101/h81010001/"
    assert paths(PlaceKind.SCHOOL)["81020001"] == "cth/gobec/a8102/h81020001/"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.path, c.metadata->>'by', c.metadata->>'source' FROM place_event e"
            " JOIN pghistory_context c ON c.id = e.pgh_context_id ORDER BY e.path"
        )
        assert cursor.fetchall() == [
            ("cth/gobec/a8101/", "tester", "f00d"),
            ("cth/gobec/a8101/h81010001/", "tester", "f00d"),
        ]


def test_a_node_keeps_its_id_when_its_name_changes() -> None:
    grow()
    before = ids(PlaceKind.SCHOOL)["81010001"]
    outcome = plant(
        nodes=[Node(PlaceKind.SCHOOL, "81010001", "ชื่อใหม่", parent=AREA_ONE, located=IN_TOWN)], by="test"
    )
    assert outcome.done == 1
    assert ids(PlaceKind.SCHOOL)["81010001"] == before


@pytest.mark.parametrize(
    "node",
    [
        Node(PlaceKind.SCHOOL, "81010009", "ไร้เขต", parent=(PlaceKind.AREA_OFFICE, "9999")),
        Node(
            PlaceKind.SCHOOL, "81010009", "ไร้ตำบล", parent=AREA_ONE, located=(PlaceKind.SUBDISTRICT, "000000")
        ),
    ],
)
def test_a_place_without_a_place_above_it_is_refused_whole(node: Node) -> None:
    grow()
    with pytest.raises(Refusal) as refused:
        plant(nodes=[node, Node(PlaceKind.SCHOOL, "81010008", "ดี", parent=AREA_ONE)], by="test")
    assert refused.value.name == "place_without_parent"
    assert "school 81010009" in refused.value.en
    assert "81010008" not in paths(PlaceKind.SCHOOL)


def test_an_area_officer_sees_the_schools_of_the_area_only() -> None:
    grow()
    assert seen(Scope(paths=("cth/gobec/a8101/",))) == {"81010001"}


def test_an_agency_officer_sees_the_schools_of_all_its_areas() -> None:
    grow()
    assert seen(Scope(paths=("cth/gobec/",))) == {"81010001", "81020001"}


def test_a_district_officer_sees_the_schools_that_lie_there() -> None:
    grow()
    assert seen(Scope(paths=("cth/p81/d8101/",))) == {"81010001", "81990001"}


def test_a_user_with_two_places_sees_both() -> None:
    grow()
    assert seen(Scope(paths=("cth/gdla/", "cth/p81/d8102/"))) == {"81990001", "81020001"}


def test_an_empty_scope_sees_no_school_and_the_machine_sees_all() -> None:
    grow()
    assert seen(Scope()) == set()
    assert len(seen(system_scope(reason="test"))) == 3


def test_the_set_form_of_a_scope_agrees_with_its_row_form() -> None:
    grow()
    rows = fetch("SELECT code, path, located_path FROM places", places(kind=PlaceKind.SCHOOL))
    for prefix in ("cth/", "cth/gobec/", "cth/gobec/a8102/", "cth/p81/", "cth/p8/", "cth/p81/d8101/s810101/"):
        scope = Scope(paths=(prefix,))
        assert seen(scope) == {
            str(code) for code, path, located in rows if scope.covers(str(path), str(located))
        }


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "galaxy"), ("path", "no slash"), ("parent_id", None)],
)
def test_the_database_refuses_a_place_that_breaks_the_tree(column: str, value: str | None) -> None:
    grow()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE place SET {column} = %s WHERE code = '81010001'", [value])


def test_the_database_refuses_two_places_of_one_kind_and_code() -> None:
    grow()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE place SET code = '81010001', path = 'x/' WHERE code = '81020001'")


def test_nobody_deletes_what_others_hang_on() -> None:
    grow()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM place WHERE code = '8101'")


def test_the_country_is_the_only_root() -> None:
    grow()
    assert paths(PlaceKind.COUNTRY) == {COUNTRY[1]: "cth/"}
    assert {OBEC[1], DLA[1]} == set(paths(PlaceKind.AGENCY))
    assert {AREA_TWO[1], UPCOUNTRY[1]} <= {*paths(PlaceKind.AREA_OFFICE), *paths(PlaceKind.SUBDISTRICT)}
