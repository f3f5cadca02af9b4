"""Every entitlement of a round explained at once: decided anew from its facts, and on which list it stands."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from takhai.access.types import Scope
from takhai.benefits.queries.explaining import explain, explain_all
from takhai.benefits.types import Standing
from tests.benefits.town import LATER, ROUND, SCOPE, Town

pytestmark = pytest.mark.django_db


def test_all_are_explained_as_each_by_himself(town: Town) -> None:
    granted, dead, held, without = *town.list(count=3), *town.list(level="vocational")
    town.find(dead, "dead")
    town.find(held, "name_differs")
    town.entitle()
    found = explain_all(round=ROUND, scope=SCOPE)
    assert {person: each.decided.standing for person, each in found.items()} == {
        granted: Standing.GRANTED,
        dead: Standing.DROPPED,
        held: Standing.HELD,
        without: Standing.DROPPED,
    }
    for person, each in found.items():
        assert each.agrees
        assert each == explain(round=ROUND, person=person, scope=SCOPE)
        assert explain_all(round=ROUND, scope=SCOPE, person=person) == {person: each}


def test_the_list_that_grants_is_named_and_nobody_elses(town: Town) -> None:
    granted, held = town.list(count=2)
    town.find(held, "name_differs")
    town.entitle()
    found = explain_all(round=ROUND, scope=SCOPE)
    assert found[granted].listed == (str(ROUND), "old")
    assert found[held].listed is None
    town.lift(held)
    town.clear()
    town.entitle(group="new")
    joined = explain_all(round=ROUND, scope=SCOPE)[held]
    assert (joined.decided.standing, joined.listed) == (Standing.HELD, (str(ROUND), "new"))


def test_a_scope_and_a_round_see_their_own(town: Town) -> None:
    town.list(count=2)
    town.entitle()
    assert explain_all(round=ROUND, scope=Scope(by="nobody")) == {}
    assert explain_all(round=LATER, scope=SCOPE) == {}


def test_one_query_for_all(town: Town) -> None:
    town.list(count=5)
    town.entitle()
    with CaptureQueriesContext(connection) as asked:
        assert len(explain_all(round=ROUND, scope=SCOPE)) == 5
    assert len(asked) == 1
