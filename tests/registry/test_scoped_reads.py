"""Tables that bear persons are read within a scope or not at all."""

from datetime import date

import pytest

from takhai.access.types import NoScope, Scope, system_scope
from takhai.registry.models import Identifier, Person, RegisterEntry, SchoolEnrolment
from takhai.registry.services import intake
from takhai.thai.calendar import Term
from tests.registry.world import FIELD, UPPER, World, pupil

BEARERS = (Person, Identifier, SchoolEnrolment, RegisterEntry)


@pytest.mark.parametrize("model", BEARERS, ids=lambda model: model.__name__)
def test_a_read_without_a_scope_raises(model: type) -> None:
    with pytest.raises(NoScope, match=model.__name__):
        model.objects.all()  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", BEARERS, ids=lambda model: model.__name__)
def test_a_count_without_a_scope_raises(model: type) -> None:
    with pytest.raises(NoScope):
        model.objects.count()  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_what_hangs_on_a_person_is_not_read_without_a_scope_either(world: World) -> None:
    intake.commit(path=world.register(pupil(1)), round=Term(2563, 2), received_on=date(2020, 12, 9))
    person = Person.objects.within(system_scope(reason="test")).get()
    with pytest.raises(NoScope):
        person.enrolments.all()  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_scope_gives_the_pupils_of_its_schools_each_once(world: World) -> None:
    rows = [pupil(1), pupil(1, school_code=FIELD), pupil(2, school_code=UPPER)]
    intake.commit(path=world.register(*rows), round=Term(2563, 2), received_on=date(2020, 12, 9))
    primary = Scope(paths=("cth/gobec/a8101/",), by="area.officer")
    district = Scope(paths=("cth/p81/d8101/",), by="district.officer")
    assert Person.objects.within(primary).count() == 1
    assert Person.objects.within(district).count() == 2
    assert RegisterEntry.objects.within(primary).count() == 2
    assert Identifier.objects.within(Scope()).count() == 0
    assert SchoolEnrolment.objects.within(system_scope(reason="test")).count() == 3
