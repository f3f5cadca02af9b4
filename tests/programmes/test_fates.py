"""Whom a step dropped or held is written down once, and counted as it is written."""

from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from takhai.platform.flow import Flow
from takhai.platform.relations import BadRelation, Relation, constant
from takhai.platform.sets import fetch
from takhai.programmes.services import fates
from takhai.thai.calendar import Term
from tests.programmes.world import World

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)


@pytest.fixture
def world() -> World:
    return World()


def verdicts(*rows: tuple[UUID, str, str, int], round: Term = ROUND) -> Relation:
    return constant(
        name="verdicts",
        columns=fates.VERDICT,
        rows=[(str(round), person, kind, reason, satang, "81") for person, kind, reason, satang in rows],
    )


def record(relation: Relation, *, step: str = "entitle") -> Flow:
    return fates.record(round=ROUND, group="old", step=step, verdicts=relation)


def test_dropped_and_held_are_counted_by_reason_with_their_money(world: World) -> None:
    one, two, three = world.pupil(), world.pupil(), world.pupil()
    flow = record(
        verdicts(
            (one, "dropped", "dead", 100_000),
            (two, "held", "name_differs", 150_000),
            (three, "held", "name_differs", 50_000),
        )
    )
    assert flow == Flow(
        dropped={"dead": 1},
        held={"name_differs": 2},
        satang_dropped={"dead": 100_000},
        satang_held={"name_differs": 200_000},
    )
    assert fetch('SELECT round, "group", step, province, recorded_by FROM fate GROUP BY 1, 2, 3, 4, 5') == [
        ("2563-2", "old", "entitle", "81", "semester entitle")
    ]


def test_nobody_gives_an_empty_flow(world: World) -> None:
    assert record(verdicts()) == Flow()


def test_one_pupil_may_be_held_by_two_steps_and_for_two_rounds(world: World) -> None:
    pupil = world.pupil()
    record(verdicts((pupil, "held", "no_account", 1)), step="order")
    record(verdicts((pupil, "held", "no_result", 1)), step="reconcile")
    record(verdicts((pupil, "held", "no_account", 1), round=ROUND.previous()), step="order")
    assert len(fetch("SELECT 1 FROM fate")) == 3


def test_a_step_says_only_once_what_becomes_of_a_pupil(world: World) -> None:
    pupil = world.pupil()
    record(verdicts((pupil, "held", "no_account", 1)))
    with pytest.raises(IntegrityError), transaction.atomic():
        record(verdicts((pupil, "dropped", "dead", 1)))


@pytest.mark.parametrize(
    ("kind", "reason", "satang"), [("lost", "dead", 1), ("held", "", 1), ("held", "name_differs", -1)]
)
def test_the_database_refuses_a_fate_that_is_none(world: World, kind: str, reason: str, satang: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record(verdicts((world.pupil(), kind, reason, satang)))


def test_the_fate_of_nobody_is_refused() -> None:
    nobody = UUID("00000000-0000-7000-8000-000000000000")
    with pytest.raises(IntegrityError, match="names a row that is not in person"), transaction.atomic():
        record(verdicts((nobody, "held", "no_account", 1)))


def test_verdicts_without_their_columns_are_a_mistake_of_the_program() -> None:
    with pytest.raises(BadRelation, match="satang"):
        record(constant(name="verdicts", columns={"person": "uuid"}, rows=[]))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fate SET reason = 'dead'",
        "DELETE FROM fate",
        "UPDATE round_member SET reason = 'moved'",
        "DELETE FROM round_member",
    ],
)
def test_what_became_of_a_pupil_cannot_be_changed_or_taken_back(world: World, statement: str) -> None:
    record(verdicts((world.pupil(), "held", "no_account", 1)))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)
