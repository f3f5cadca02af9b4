"""Random trees, moved about: paths are what walking up the parents gives, and a scope sees what lies below."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.access.queries import places, visible
from takhai.access.rules.paths import step
from takhai.access.services.places import Node, plant
from takhai.access.types import COUNTRY_CODE, PlaceKind, Scope
from takhai.platform.sets import fetch
from tests.access.planting import COUNTRY
from tests.registry.world import undone

pytestmark = pytest.mark.django_db

AGENCIES = ("a1", "a2")
AREAS = ("8101", "8102", "81010")
SCHOOLS = ("81010001", "81010002", "81020001")
PROVINCES = ("81", "8")


@dataclass
class Tree:
    """Parents and locations by code, as a person would note them down."""

    agency_of: dict[str, str] = field(default_factory=dict)
    office_of: dict[str, str] = field(default_factory=dict)
    province_of: dict[str, str] = field(default_factory=dict)

    def nodes(self) -> list[Node]:
        """Everything, schools first: the worst order."""
        found = [
            Node(
                PlaceKind.SCHOOL,
                school,
                school,
                parent=(PlaceKind.AREA_OFFICE, office),
                located=(PlaceKind.PROVINCE, self.province_of[school]),
            )
            for school, office in self.office_of.items()
        ]
        found += [
            Node(PlaceKind.AREA_OFFICE, area, area, parent=(PlaceKind.AGENCY, agency))
            for area, agency in self.agency_of.items()
        ]
        found += [Node(PlaceKind.AGENCY, agency, agency, parent=COUNTRY) for agency in AGENCIES]
        found += [Node(PlaceKind.PROVINCE, code, code, parent=COUNTRY) for code in PROVINCES]
        return [*found, Node(PlaceKind.COUNTRY, COUNTRY_CODE, "ไทย")]

    def path(self, school: str) -> str:
        office = self.office_of[school]
        return "".join(
            step(kind=kind, code=code)
            for kind, code in (
                COUNTRY,
                (PlaceKind.AGENCY, self.agency_of[office]),
                (PlaceKind.AREA_OFFICE, office),
                (PlaceKind.SCHOOL, school),
            )
        )

    def located(self, school: str) -> str:
        parts = (COUNTRY, (PlaceKind.PROVINCE, self.province_of[school]), (PlaceKind.SCHOOL, school))
        return "".join(step(kind=kind, code=code) for kind, code in parts)


trees = st.builds(
    Tree,
    agency_of=st.fixed_dictionaries({area: st.sampled_from(AGENCIES) for area in AREAS}),
    office_of=st.fixed_dictionaries({school: st.sampled_from(AREAS) for school in SCHOOLS}),
    province_of=st.fixed_dictionaries({school: st.sampled_from(PROVINCES) for school in SCHOOLS}),
)
moves = st.dictionaries(st.sampled_from(AREAS), st.sampled_from(AGENCIES), max_size=3)
prefixes = st.lists(
    st.sampled_from(
        [
            "cth/",
            "cth/ga1/",
            "cth/ga2/",
            "cth/ga1/a8101/",
            "cth/ga2/a81010/",
            "cth/p8/",
            "cth/p81/",
            "cth/p81/h81010001/",
        ]
    ),
    max_size=3,
)


def planted() -> dict[str, tuple[str, str]]:
    rows = fetch("SELECT code, path, located_path FROM places", places(kind=PlaceKind.SCHOOL))
    return {str(code): (str(path), str(located)) for code, path, located in rows}


def seen(scope: Scope) -> set[str]:
    rows = fetch(
        "SELECT places.code FROM places JOIN visible ON visible.id = places.id",
        places(kind=PlaceKind.SCHOOL),
        visible(scope=scope),
    )
    return {str(code) for (code,) in rows}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees, moves)
def test_paths_are_what_walking_up_gives_after_any_move(tree: Tree, moved: dict[str, str]) -> None:
    with undone():
        plant(nodes=tree.nodes(), by="test")
        assert planted() == {school: (tree.path(school), tree.located(school)) for school in SCHOOLS}
        before = {school: tree.path(school) for school in SCHOOLS}
        tree.agency_of |= moved
        plant(
            nodes=[
                Node(PlaceKind.AREA_OFFICE, area, area, parent=(PlaceKind.AGENCY, to))
                for area, to in moved.items()
            ],
            by="test",
        )
        assert planted() == {school: (tree.path(school), tree.located(school)) for school in SCHOOLS}
        changed = {path for school, path in before.items() if path != tree.path(school)}
        kept = fetch("SELECT path FROM place_event WHERE kind = 'school'")
        assert {str(path) for (path,) in kept} == changed


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees, prefixes)
def test_a_scope_sees_in_sets_what_it_covers_row_by_row(tree: Tree, paths: list[str]) -> None:
    with undone():
        plant(nodes=tree.nodes(), by="test")
        scope = Scope(paths=tuple(sorted(set(paths))))
        assert seen(scope) == {
            school for school in SCHOOLS if scope.covers(tree.path(school), tree.located(school))
        }


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(trees, trees)
def test_a_tree_planted_over_another_is_the_later_one(one: Tree, other: Tree) -> None:
    with undone():
        plant(nodes=one.nodes(), by="test")
        plant(nodes=other.nodes(), by="test")
        assert planted() == {school: (other.path(school), other.located(school)) for school in SCHOOLS}
        assert plant(nodes=other.nodes(), by="test").done == 0
