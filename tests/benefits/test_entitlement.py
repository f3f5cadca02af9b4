"""The step entitle on real rows: who is granted, dropped, held; what joins; what is posted."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from takhai.benefits import queries as benefits
from takhai.benefits.services.entitlement import run
from takhai.ledger import queries as ledger
from takhai.ledger.services import verify
from takhai.ledger.types import Account, Kind
from takhai.platform.flow import Flow
from takhai.platform.relations import BadRelation, constant
from takhai.platform.sets import execute, fetch
from takhai.policy import for_round
from tests.benefits.town import FOUND, LATER, ROUND, SCOPE, Town, one

pytestmark = pytest.mark.django_db


def standing(person: object) -> tuple[object, ...]:
    (row,) = fetch(
        "SELECT standing, reason, satang FROM entitlement WHERE person_id = %(person)s", person=person
    )
    return row


def owed(*, group: str = "old") -> int:
    return sum(
        each.satang for each in ledger.accounts() if (each.account, each.group) == (Account.OWED, group)
    )


def test_a_pupil_with_a_rate_and_nothing_against_him_is_granted(town: Town) -> None:
    (person,) = town.list()
    flow = town.entitle()
    assert standing(person) == ("granted", None, 100_000)
    assert flow == Flow(in_=1, out=1, satang_joined=100_000, satang_out=100_000)


def test_kindergarten_has_two_components_in_2563_2(town: Town) -> None:
    (person,) = town.list(level="kindergarten")
    town.entitle()
    lines = fetch(
        "SELECT component, satang FROM entitlement_line WHERE person_id = %(p)s ORDER BY 1", p=person
    )
    assert lines == [("basic", 50_000), ("living", 100_000)]
    assert standing(person)[2] == 150_000


def test_who_has_no_rate_drops_with_no_money(town: Town) -> None:
    (person,) = town.list(level="upper_secondary")
    flow = town.entitle()
    assert standing(person) == ("dropped", "no_rate", 0)
    assert (flow.dropped, flow.satang_dropped, flow.satang_joined) == ({"no_rate": 1}, {"no_rate": 0}, 0)


def test_no_rate_is_asked_before_death(town: Town) -> None:
    (person,) = town.list(level="vocational")
    town.find(person, "dead")
    town.entitle()
    assert standing(person) == ("dropped", "no_rate", 0)


def test_the_dead_drop_with_the_money_that_joined_for_them(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "dead")
    flow = town.entitle()
    assert standing(person) == ("dropped", "dead", 100_000)
    assert (flow.satang_joined, flow.satang_dropped) == (100_000, {"dead": 100_000})


@pytest.mark.parametrize("reason", ["wrong_number", "identifier_clash", "two_schools", "not_in_registry"])
def test_a_finding_holds_the_pupil_and_his_money(town: Town, reason: str) -> None:
    (person,) = town.list()
    town.find(person, reason)
    flow = town.entitle()
    assert standing(person) == ("held", reason, 100_000)
    assert (flow.held, flow.satang_held, flow.out) == ({reason: 1}, {reason: 100_000}, 0)


def test_a_finding_of_another_round_does_not_hold(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs", round=LATER)
    assert town.entitle().out == 1


def test_failed_conditions_only_warn_in_2563_2_and_hold_in_2564_1(town: Town) -> None:
    town.list(compliant=False)
    assert town.entitle().out == 1
    town.clear()
    (person,) = town.list(compliant=False)
    flow = town.entitle(round=LATER, as_of=date(2021, 7, 1))
    assert flow.held == {"not_compliant": 1}
    assert standing(person)[:2] == ("held", "not_compliant")


def test_conditions_nobody_judged_hold_nobody(town: Town) -> None:
    town.list(compliant=None)
    assert town.entitle(round=LATER, as_of=date(2021, 7, 1)).out == 1


def test_only_a_border_police_school_has_a_rate_for_upper_secondary(town: Town) -> None:
    town.list(level="upper_secondary", agency="bpp", school="81020001")
    town.list(level="upper_secondary", school="81010001")
    flow = town.entitle(round=LATER, as_of=date(2021, 7, 1))
    assert (flow.out, flow.dropped) == (1, {"no_rate": 1})


def test_the_law_holds_over_a_mixed_list(town: Town) -> None:
    town.list(count=5)
    for person, reason in zip(
        town.list(count=4, level="kindergarten"), ("dead", "two_schools", "sex_differs", "dead"), strict=True
    ):
        town.find(person, reason)
    town.list(count=2, level="vocational")
    flow = town.entitle()
    assert flow.broken() == ()
    assert (flow.in_, flow.out, sum(flow.dropped.values()), sum(flow.held.values())) == (11, 5, 4, 2)


def test_granted_money_is_owed_and_held_money_posts_nothing(town: Town) -> None:
    town.list(count=3)
    (held,) = town.list()
    town.find(held, "birth_differs")
    town.entitle()
    assert owed() == 300_000
    assert ledger.moved(round=ROUND, kind=Kind.ENTITLE) == 300_000


def test_every_movement_belongs_to_a_granted_row(town: Town) -> None:
    town.list(count=3)
    town.entitle()
    assert verify.run(expected=[benefits.movements()]) == []


def test_money_is_owed_by_the_agency_of_the_pupil(town: Town) -> None:
    town.list(agency="dla", school="81990001")
    town.list()
    town.entitle()
    assert {each.agency for each in ledger.accounts() if each.satang} == {"dla", "obec"}


def test_a_second_run_changes_nothing_and_tells_the_same(town: Town) -> None:
    town.list(count=3)
    (held,) = town.list()
    town.find(held, "birth_differs")
    first = town.entitle()
    before = fetch("SELECT * FROM entitlement ORDER BY person_id")
    assert town.entitle() == first
    assert fetch("SELECT * FROM entitlement ORDER BY person_id") == before
    assert owed() == 300_000
    assert one("SELECT count(*) FROM fate") == 1


def test_a_unit_takes_only_its_own_province(town: Town) -> None:
    town.list(school="81010001")
    town.list(school="92010001")
    assert (town.entitle(province="81").in_, town.entitle(province="92").in_) == (1, 1)
    assert benefits.provinces(round=ROUND, group="old") == ["81", "92"]


def test_who_was_dropped_or_held_is_written_down_with_his_money(town: Town) -> None:
    dead, held = town.list(count=2)
    town.find(dead, "dead")
    town.find(held, "name_differs")
    town.entitle()
    rows = fetch("SELECT person_id, kind, reason, satang, entitlement_round, step FROM fate ORDER BY kind")
    assert rows == [
        (dead, "dropped", "dead", 100_000, "2563-2", "entitle"),
        (held, "held", "name_differs", 100_000, "2563-2", "entitle"),
    ]


def test_the_policy_and_the_inputs_are_kept_with_the_decision(town: Town) -> None:
    (person,) = town.list(compliant=False)
    town.find(person, "sex_differs")
    town.entitle()
    row = fetch("SELECT policy_sha256, finding, compliant, failing_holds, as_of FROM entitlement")
    assert row == [(for_round(ROUND).sha256, "sex_differs", False, False, date(2020, 12, 28))]


@pytest.mark.parametrize(
    ("finding", "level"),
    [(None, "primary"), ("dead", "primary"), ("two_schools", "kindergarten"), (None, "vocational")],
)
def test_an_explanation_agrees_with_what_was_decided(town: Town, finding: str | None, level: str) -> None:
    (person,) = town.list(level=level)
    if finding:
        town.find(person, finding)
    town.entitle()
    found = benefits.explain(round=ROUND, person=person, scope=SCOPE)
    assert found is not None
    assert found.agrees
    assert found.facts.finding == finding


def test_a_lifted_row_joins_the_next_group_of_the_round_with_its_own_money(town: Town) -> None:
    (person,) = town.list(level="kindergarten")
    town.find(person, "name_differs")
    town.entitle()
    town.lift(person)
    town.clear()
    flow = town.entitle(group="new", as_of=date(2021, 2, 12))
    assert flow == Flow(joined=1, out=1, satang_joined=150_000, satang_out=150_000)
    assert owed(group="new") == 150_000
    assert fetch("SELECT list_group, joined_on, reason FROM entitlement") == [
        ("new", date(2021, 2, 12), "name_differs")
    ]


def test_a_lifted_row_joins_the_next_round_when_no_group_is_left(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs")
    town.entitle()
    town.lift(person)
    town.clear()
    flow = town.entitle(round=LATER, as_of=date(2021, 7, 1))
    assert (flow.joined, flow.satang_joined) == (1, 100_000)
    assert fetch("SELECT round, list_round FROM entitlement") == [("2563-2", "2564-1")]


def test_a_rejoined_pupil_may_have_a_new_entitlement_beside_the_old_one(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs")
    town.entitle()
    town.lift(person)
    flow = town.entitle(round=LATER, as_of=date(2021, 7, 1))
    assert (flow.in_, flow.joined, flow.out, flow.satang_out) == (1, 1, 2, 250_000)
    assert flow.broken() == ()


def test_a_row_that_is_still_found_does_not_join(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs")
    town.entitle()
    town.clear()
    assert town.entitle(group="new") == Flow()
    assert benefits.provinces_to_rejoin(round=ROUND, group="new") == ["81"]


def test_a_row_found_dead_meanwhile_does_not_join(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs")
    town.entitle()
    town.lift(person)
    town.find(person, "dead")
    town.clear()
    assert town.entitle(group="new") == Flow()


def test_who_failed_the_conditions_is_not_lifted_by_identity(town: Town) -> None:
    town.list(compliant=False)
    town.entitle(round=LATER, as_of=date(2021, 7, 1))
    town.clear()
    assert town.entitle(round=LATER, group="new", as_of=date(2021, 8, 1)) == Flow()


def test_a_row_joins_once_and_its_group_still_counts_it_as_held(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs")
    first = town.entitle()
    town.lift(person)
    listed, town.listed = town.listed, []
    assert town.entitle(group="new").joined == 1
    assert town.entitle(round=LATER, as_of=date(2021, 7, 1)).joined == 0
    town.listed = listed
    town.find(person, "name_differs")
    assert town.entitle() == first
    assert owed(group="new") == 100_000


def test_a_row_of_a_later_round_does_not_join_an_earlier_one(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs", round=LATER)
    town.entitle(round=LATER, as_of=date(2021, 7, 1))
    town.lift(person)
    town.clear()
    assert town.entitle(group="new") == Flow()


def test_a_dropped_row_never_joins(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "dead")
    town.entitle()
    town.lift(person)
    town.clear()
    assert town.entitle(group="new") == Flow()


def test_the_change_of_a_row_that_joined_is_kept_in_its_history(town: Town) -> None:
    (person,) = town.list()
    town.find(person, "name_differs")
    town.entitle()
    town.lift(person)
    town.clear()
    town.entitle(group="new")
    assert fetch("SELECT standing, reason, list_group FROM entitlement_event") == [
        ("held", "name_differs", None)
    ]


def test_an_amount_that_is_not_the_sum_of_its_components_is_refused(town: Town) -> None:
    town.list()
    town.entitle()
    with pytest.raises(IntegrityError, match="components are not the amount"):
        execute(
            "INSERT INTO entitlement_line (round, person_id, component, satang)"
            " SELECT round, person_id, 'extra', 1 FROM entitlement"
        )


@pytest.mark.parametrize(
    "change",
    [
        "standing = 'held'",
        "standing = 'dropped', list_round = NULL, list_group = NULL",
        "list_round = NULL",
        "satang = 0",
        "reason = 'dead'",
        "joined_on = as_of",
        "list_round = '2563-1'",
        "standing = 'unknown'",
    ],
)
def test_the_database_refuses_a_standing_that_contradicts_itself(town: Town, change: str) -> None:
    town.list()
    town.entitle()
    with pytest.raises(IntegrityError), transaction.atomic():
        execute(f"UPDATE entitlement SET {change}")


def test_a_pupil_nobody_knows_cannot_be_entitled(town: Town) -> None:
    town.list()
    (row,) = town.listed
    town.listed = [("01234567-89ab-7def-8123-456789abcdef", *row[1:])]
    with pytest.raises(DatabaseError, match="not in person"), transaction.atomic():
        town.entitle()


def test_a_relation_without_the_agency_is_a_programmers_mistake(town: Town) -> None:
    bad = constant(name="listed", columns={"person": "uuid"}, rows=[])
    with pytest.raises(BadRelation, match="agency"):
        run(
            round=ROUND,
            group="old",
            province="81",
            as_of=date(2020, 12, 28),
            policy=for_round(ROUND),
            beneficiaries=bad,
            findings=constant(name="found", columns=FOUND, rows=[]),
        )
