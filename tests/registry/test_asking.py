"""Whom a number belongs to, now or formerly; each look is written down with its purpose."""

from datetime import date

import pytest

from takhai.access.models import Look
from takhai.access.scope import Scope, system_scope
from takhai.platform import rotation
from takhai.platform.problems import Refusal
from takhai.platform.sets import fetch
from takhai.registry import queries
from takhai.registry.sealed import SEALED
from takhai.registry.services import identifiers, intake
from takhai.thai.calendar import Term
from tests.registry.world import FIELD, World, citizen, gcode, pupil

pytestmark = pytest.mark.django_db

ROUND, REASON = Term(2563, 2), "explain 2563-2"
ALL = system_scope(reason="test")
COLUMNS = ("identifier", "former_identifier", "channel")


def take(world: World, *rows: dict[str, str]) -> None:
    intake.commit(path=world.register(*rows), round=ROUND, received_on=date(2020, 12, 9))


def first_name(number: str, scope: Scope = ALL) -> object:
    """The child's, None when nobody has the number."""
    person = queries.holder(number=number, reason=REASON, scope=scope)
    if person is None:
        return None
    ((name,),) = fetch(
        "SELECT first_name FROM pupils WHERE person = %(person)s", queries.pupils(scope=ALL), person=person
    )
    return name


def test_a_number_leads_to_its_child(world: World) -> None:
    take(world, pupil(1), pupil(2), pupil(3, identifier=gcode(3)))
    assert first_name(citizen(2)) == pupil(2)["first_name"]
    assert first_name(gcode(3)) == pupil(3)["first_name"]


def test_a_number_that_nobody_has_leads_to_nobody(world: World) -> None:
    take(world, pupil(1))
    assert first_name(citizen(9)) is None


def test_a_number_that_a_child_had_before_still_leads_to_it(world: World) -> None:
    take(world, pupil(1, identifier=gcode(1)))
    file = world.write("channels.csv", COLUMNS, [(citizen(1), gcode(1), "school")])
    identifiers.become(path=file, round=ROUND, on=date(2020, 12, 9))
    assert first_name(citizen(1)) == first_name(gcode(1)) == pupil(1)["first_name"]


@pytest.mark.django_db(transaction=True)
def test_at_every_moment_of_a_change_of_keys_a_number_leads_to_its_child(world: World) -> None:
    take(world, pupil(1))
    for _ in rotation.rotate(tables=SEALED, by="test", batch=1):
        assert first_name(citizen(1)) == pupil(1)["first_name"]
    assert first_name(citizen(1)) == pupil(1)["first_name"]


def test_each_look_is_written_down_also_one_that_found_nobody(world: World) -> None:
    take(world, pupil(1))
    person = queries.holder(number=citizen(1), reason=REASON, scope=ALL)
    queries.holder(number=citizen(9), reason=REASON, scope=ALL)
    found, missed = Look.objects.order_by("looked_at")
    assert (found.reason, found.what, found.persons) == (REASON, "number", [str(person)])
    assert (missed.count, missed.persons) == (0, [])


def test_without_a_reason_nobody_is_found(world: World) -> None:
    take(world, pupil(1))
    with pytest.raises(Refusal) as refused:
        queries.holder(number=citizen(1), reason=" ", scope=ALL)
    assert refused.value.name == "look_without_reason"


def test_a_scope_finds_the_children_of_its_schools_alone(world: World) -> None:
    take(world, pupil(1), pupil(2, school_code=FIELD))
    ((path,),) = fetch("SELECT path FROM place WHERE code = %(code)s", code=FIELD)
    director = Scope(paths=(str(path),), by="director")
    assert first_name(citizen(1), director) is None
    assert first_name(citizen(2), director) == pupil(2)["first_name"]
