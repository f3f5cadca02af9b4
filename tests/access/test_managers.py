"""A read outside a scope raises; inside it gives the rows whose place the scope covers."""

import pytest
from django.apps.registry import Apps

from takhai.access.managers import ScopedManager
from takhai.access.models import Assignment
from takhai.access.types import NoScope, Scope, system_scope
from tests.access.planting import AREA_ONE, AREA_TWO, grow
from tests.access.test_users import appoint, officer


def manager(scoped_by: str) -> ScopedManager[Assignment]:
    """A scoped manager over a table at hand; the model stands in for one that bears persons."""

    class Stand(Assignment):
        SCOPED_BY = scoped_by

        class Meta:
            app_label = "access"
            proxy = True
            apps = Apps()

    made: ScopedManager[Assignment] = ScopedManager()
    made.model = Stand
    return made


@pytest.mark.parametrize(
    "read",
    [
        lambda rows: rows.all(),
        lambda rows: rows.filter(role="director"),
        lambda rows: rows.get(pk=None),
        lambda rows: rows.count(),
        lambda rows: rows.exists(),
        lambda rows: rows.values_list("pk"),
        lambda rows: rows.first(),
        lambda rows: list(rows.iterator()),
    ],
)
def test_every_read_that_names_no_scope_raises(read: object) -> None:
    with pytest.raises(NoScope, match="within a scope"):
        read(manager("place"))  # type: ignore[operator]


def test_a_model_that_does_not_say_where_its_place_is_cannot_be_read_in_a_scope() -> None:
    with pytest.raises(NoScope, match="place"):
        manager("").within(Scope(paths=("cth/",)))


@pytest.mark.django_db
def test_a_scope_gives_the_rows_of_its_places_only() -> None:
    grow()
    appoint(holders=[officer("one"), officer("two", place=AREA_TWO)], by="test")
    rows = manager("place").within(Scope(paths=("cth/gobec/a8101/",)))
    assert [row.place.code for row in rows] == [AREA_ONE[1]]


@pytest.mark.django_db
def test_an_empty_scope_gives_no_row_and_the_machine_gets_all() -> None:
    grow()
    appoint(holders=[officer("one"), officer("two", place=AREA_TWO)], by="test")
    assert manager("place").within(Scope()).count() == 0
    assert manager("place").within(system_scope(reason="test")).count() == 2


@pytest.mark.django_db
def test_a_row_seen_through_two_places_comes_once() -> None:
    grow()
    appoint(holders=[officer("one")], by="test")
    assert manager("place").within(Scope(paths=("cth/gobec/", "cth/gobec/a8101/"))).count() == 1
