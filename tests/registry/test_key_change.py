"""While the keys change, and after, a number finds its person."""

from datetime import date

import pytest

from takhai.access.scope import system_scope
from takhai.platform import rotation, secrets
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.registry import queries
from takhai.registry.sealed import SEALED
from takhai.registry.services import identifiers, identity, intake
from takhai.thai.calendar import Term
from tests.registry.world import EXTRACT_COLUMNS, World, citizen, citizen_of, count, gcode, pupil

pytestmark = pytest.mark.django_db(transaction=True)

ROUND, NEXT = Term(2563, 2), Term(2564, 1)


def take(world: World, *numbers: int, name: str, round: Term = NEXT) -> int:
    path = world.register(*(pupil(n) for n in numbers), name=name)
    return intake.commit(path=path, round=round, received_on=round.first_day).out


def opened() -> list[str]:
    persons = Relation(name="persons", columns={"person": "uuid"}, sql="SELECT id AS person FROM person")
    return sorted(queries.numbers(persons=persons, reason="test", scope=system_scope(reason="test")).values())


def test_at_every_moment_of_a_change_a_known_number_is_known(world: World) -> None:
    assert take(world, 1, 2, 3, name="a.csv", round=ROUND) == 3
    steps = rotation.rotate(tables=SEALED, by="test", batch=1)
    seen = []
    for at, progress in enumerate(steps):
        seen.append(progress.phase)
        take(world, 1, 2, 3, 10 + at, name=f"{at}.csv")
        assert count("SELECT count(*) FROM person") == 4 + at
        assert opened() == sorted(citizen(n) for n in (1, 2, 3, *range(10, 11 + at)))
    assert {"fill", "promote", "settle"} <= set(seen)
    assert take(world, 1, 2, 3, name="last.csv", round=Term(2564, 2)) == 3
    assert count("SELECT count(*) FROM person") == 3 + len(seen)


def test_in_the_middle_of_a_change_comparing_and_becoming_find_their_persons(world: World) -> None:
    path = world.register(pupil(1), pupil(2, identifier=gcode(2)))
    intake.commit(path=path, round=ROUND, received_on=date(2020, 12, 9))
    steps = rotation.rotate(tables=SEALED, by="test", batch=1)
    next(steps)
    extract = world.write("x.csv", EXTRACT_COLUMNS, [citizen_of(pupil(1))])
    assert identity.compare(path=extract, round=ROUND, on=date(2020, 12, 28)).done == 1
    changes = world.write(
        "c.csv", ("identifier", "former_identifier", "channel"), [(citizen(2), gcode(2), "school")]
    )
    assert identifiers.become(path=changes, round=ROUND, on=date(2020, 12, 28)).done == 1
    for _ in steps:
        assert identity.compare(path=extract, round=ROUND, on=date(2020, 12, 28)).same == 1
    assert opened() == [citizen(1), citizen(2)]


def test_an_account_number_opens_after_a_change(world: World) -> None:
    before = fetch("SELECT account_idx FROM school WHERE account_idx IS NOT NULL ORDER BY code")
    for _ in rotation.rotate(tables=SEALED, by="test"):
        pass
    secrets.forget()
    after = fetch("SELECT account_idx FROM school WHERE account_idx IS NOT NULL ORDER BY code")
    assert [bytes(one) for (one,) in before] != [bytes(one) for (one,) in after]  # type: ignore[arg-type]
    chosen = Relation(name="chosen", columns={"school": "uuid"}, sql="SELECT place_id AS school FROM school")
    opened_accounts = queries.account_numbers(
        schools=chosen, reason="test", scope=system_scope(reason="test")
    )
    assert "9990000001" in opened_accounts.values()
