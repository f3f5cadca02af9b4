"""What is on a list, who may read it, where there is work; and who has an amount in a round."""

from datetime import date

import pytest

from takhai.access.scope import NoScope, Scope
from takhai.benefits import queries as benefits
from takhai.benefits.models import Entitlement
from takhai.benefits.types import GRANTED_COLUMNS
from takhai.platform.sets import fetch
from tests.benefits.town import LATER, ROUND, SCOPE, Town

pytestmark = pytest.mark.django_db


def listed(*, scope: Scope = SCOPE, province: str | None = None, group: str = "old") -> set[object]:
    relation = benefits.granted(round=ROUND, group=group, province=province, scope=scope)
    return {person for (person,) in fetch("SELECT person FROM granted", relation)}


def of_school(code: str) -> Scope:
    ((path,),) = fetch("SELECT path FROM place WHERE code = %(code)s", code=code)
    return Scope(paths=(str(path),), by="director")


def amounts() -> list[tuple[object, ...]]:
    return fetch(
        'SELECT "group", standing, satang FROM amounts ORDER BY 1, 2, 3', benefits.amounts(round=ROUND)
    )


def test_a_list_hands_on_everything_an_order_needs(town: Town) -> None:
    (person,) = town.list(level="kindergarten")
    town.entitle()
    relation = benefits.granted(round=ROUND, group="old", scope=SCOPE)
    assert relation.columns == GRANTED_COLUMNS
    assert fetch(f"SELECT {', '.join(GRANTED_COLUMNS)} FROM granted", relation) == [
        ("2563-2", person, town.schools["81010001"], "obec", "อ.2", "kindergarten", "81", "8101", 150_000)
    ]


def test_a_list_is_of_one_group_and_round(town: Town) -> None:
    town.list()
    town.entitle()
    assert listed(group="new") == set()
    assert fetch("SELECT person FROM granted", benefits.granted(round=LATER, group="old", scope=SCOPE)) == []


def test_a_list_may_be_read_by_province(town: Town) -> None:
    (here,) = town.list(school="81010001")
    (there,) = town.list(school="92010001")
    town.entitle(province="81")
    town.entitle(province="92")
    assert (listed(province="81"), listed(province="92")) == ({here}, {there})
    assert listed() == {here, there}


def test_a_reader_sees_only_rows_of_his_schools(town: Town) -> None:
    (mine,) = town.list(school="81010001")
    town.list(school="81010002")
    town.entitle()
    assert listed(scope=of_school("81010001")) == {mine}


def test_a_reader_without_a_place_sees_nobody(town: Town) -> None:
    town.list()
    town.entitle()
    assert listed(scope=Scope(by="nobody")) == set()


def test_entitlements_are_read_only_within_a_scope(town: Town) -> None:
    town.list(school="81010001")
    town.list(school="81010002")
    town.entitle()
    with pytest.raises(NoScope):
        Entitlement.objects.all()
    assert Entitlement.objects.within(SCOPE).count() == 2
    assert Entitlement.objects.within(of_school("81010002")).count() == 1


def test_nobody_explains_a_pupil_outside_his_scope(town: Town) -> None:
    (person,) = town.list(school="81010001")
    town.school("81010002")
    town.entitle()
    assert benefits.explain(round=ROUND, person=person, scope=of_school("81010002")) is None
    assert benefits.explain(round=LATER, person=person, scope=SCOPE) is None


def test_a_row_that_joined_later_is_explained_as_it_was_decided(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs")
    town.entitle()
    town.lift(person)
    town.clear()
    town.entitle(group="new")
    found = benefits.explain(round=ROUND, person=person, scope=SCOPE)
    assert found is not None
    assert found.agrees
    assert found.decided.reason == "name_differs"


def test_amounts_are_those_granted_and_those_held_and_nobody_who_dropped(town: Town) -> None:
    held, dead, _ = town.list(count=3)
    town.list(level="vocational")
    town.find(held, "two_schools")
    town.find(dead, "dead")
    town.entitle()
    assert amounts() == [("old", "granted", 100_000), ("old", "held", 100_000)]


def test_a_row_that_joined_a_later_group_of_the_round_is_there_once_as_granted(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "two_schools")
    town.entitle()
    town.lift(person)
    town.clear()
    town.entitle(group="new", as_of=date(2021, 2, 12))
    assert amounts() == [("new", "granted", 100_000)]
    assert benefits.decided(round=ROUND) == 1


def test_a_row_that_joined_a_later_round_stays_held_in_its_own(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "two_schools")
    town.entitle()
    town.lift(person)
    town.clear()
    town.entitle(round=LATER, as_of=date(2021, 7, 1))
    assert amounts() == [("old", "held", 100_000)]


def test_units_are_named_in_order(town: Town) -> None:
    for code in ("92010001", "10010001", "81010001"):
        (person,) = town.list(school=code)
        if code != "81010001":
            town.find(person, "sex_differs")
        town.entitle(province=code[:2])
    assert benefits.provinces(round=ROUND, group="old") == ["81"]
    assert benefits.provinces_to_rejoin(round=ROUND, group="new") == ["10", "92"]
    assert benefits.provinces_to_rejoin(round=ROUND, group="old") == []
    assert benefits.provinces_to_rejoin(round=ROUND.previous(), group="old") == []


def test_the_digest_of_a_list_changes_with_its_rows_and_not_with_their_order(town: Town) -> None:
    town.list(count=2)
    town.entitle()
    before = benefits.digest(round=ROUND, group="old")
    assert benefits.digest(round=ROUND, group="old") == before
    town.list()
    town.entitle()
    after = benefits.digest(round=ROUND, group="old")
    assert (after[0], after[1]) == (3, 300_000)
    assert after[2] != before[2]
