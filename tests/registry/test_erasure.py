"""Erasing a person: his personal values are nowhere, his tombstone stays, others are untouched."""

from datetime import date

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from takhai.platform.sets import fetch
from takhai.registry.services import identifiers, identity, intake
from takhai.thai.calendar import Term
from tests.registry.world import EXTRACT_COLUMNS, World, citizen, citizen_of, count, gcode, pupil

pytestmark = pytest.mark.django_db(transaction=True)

ROUND, NEXT = Term(2563, 2), Term(2564, 1)
ON = date(2021, 8, 1)
# Values that stand nowhere else; a number stands nowhere at all.
SEEDED = ("ชื่อลบหนึ่ง", "ชื่อลบสอง", "สกุลลบหนึ่ง", "สกุลลบสอง", "พ่อลบ", "แม่ลบ", "อาชีพลบ", "7777777")
OWN = {
    "first_name": SEEDED[0],
    "last_name": SEEDED[2],
    "father_first_name": SEEDED[4],
    "mother_first_name": SEEDED[5],
    "guardian_first_name": SEEDED[5],
    "father_occupation": SEEDED[6],
    "pupil_no": SEEDED[7],
    "disadvantage": "เด็กกำพร้า",
    "house_no": "1234/5",
}


def live(world: World) -> str:
    """A child with a history: a G-code that became a number, a changed name, another household. His id."""
    first = pupil(1, **OWN, identifier=gcode(1))
    later = pupil(1, **OWN | {"first_name": SEEDED[1], "last_name": SEEDED[3], "house_no": "9/99"})
    intake.commit(path=world.register(first, pupil(2)), round=ROUND, received_on=date(2020, 12, 9))
    changes = world.write(
        "c.csv", ("identifier", "former_identifier", "channel"), [(citizen(1), gcode(1), "school")]
    )
    identifiers.become(path=changes, round=ROUND, on=date(2020, 12, 20))
    extract = world.write("x.csv", EXTRACT_COLUMNS, [citizen_of(later), citizen_of(pupil(2))])
    identity.compare(path=extract, round=ROUND, on=date(2020, 12, 28))
    identity.check(round=ROUND, province="81", as_of=date(2020, 12, 28))
    intake.commit(
        path=world.register(later, pupil(2), name="b.csv"), round=NEXT, received_on=date(2021, 6, 30)
    )
    ((person,),) = fetch("SELECT id FROM person WHERE first_name = %(name)s", name=SEEDED[1])
    return str(person)


def dump() -> str:
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        texts = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            texts.append(str(cursor.fetchone()[0]))
    return "\n".join(texts)


def erase(owner: "psycopg.Connection[object]", person: str) -> bool:
    (answer,) = owner.execute("SELECT erase_person(%s, %s)", (person, ON)).fetchone() or (None,)  # type: ignore[misc]
    owner.commit()
    return bool(answer)


def test_no_seeded_value_is_left_in_any_table(world: World, owner_link: "psycopg.Connection[object]") -> None:
    person = live(world)
    before = dump()
    assert all(value in before for value in SEEDED)
    assert erase(owner_link, person)
    after = dump()
    assert [value for value in SEEDED if value in after] == []
    assert citizen(1) not in after


def test_the_ciphers_and_indexes_of_the_number_are_gone_too(
    world: World, owner_link: "psycopg.Connection[object]"
) -> None:
    person = live(world)
    sealed = fetch(
        "SELECT encode(idx, 'hex'), encode(cipher, 'hex') FROM identifier WHERE person_id = %(p)s"
        " UNION SELECT encode(idx, 'hex'), encode(cipher, 'hex') FROM identifier_event WHERE person_id = %(p)s",
        p=person,
    )
    before = dump()
    assert len(sealed) == 2
    assert all(str(value) in before for pair in sealed for value in pair)
    erase(owner_link, person)
    after = dump()
    assert [value for pair in sealed for value in pair if str(value) in after] == []


def test_a_tombstone_stays_for_those_who_know_the_id(
    world: World, owner_link: "psycopg.Connection[object]"
) -> None:
    person = live(world)
    erase(owner_link, person)
    rows = fetch("SELECT first_name, birth_date, sex, erased_on FROM person WHERE id = %(p)s", p=person)
    assert rows == [("", None, None, ON)]
    assert count("SELECT count(*) FROM register_entry WHERE person_id = %(p)s", p=person) == 2
    assert count("SELECT count(*) FROM school_enrolment WHERE person_id = %(p)s", p=person) == 1


def test_others_keep_everything_of_theirs(world: World, owner_link: "psycopg.Connection[object]") -> None:
    person = live(world)
    erase(owner_link, person)
    assert count("SELECT count(*) FROM person WHERE first_name <> ''") == 1
    assert count("SELECT count(*) FROM identifier") == 1
    assert count("SELECT count(*) FROM guardian") == 2
    assert count("SELECT count(*) FROM comparison") == 1


def test_parents_of_a_brother_stay_with_the_brother(
    world: World, owner_link: "psycopg.Connection[object]"
) -> None:
    brother = pupil(1, **OWN) | {"identifier": citizen(31), "first_name": "น้องชาย", "pupil_no": "31"}
    intake.commit(path=world.register(pupil(1, **OWN), brother), round=ROUND, received_on=date(2020, 12, 9))
    ((person,),) = fetch("SELECT id FROM person WHERE first_name = %(name)s", name=SEEDED[0])
    erase(owner_link, str(person))
    assert count("SELECT count(*) FROM guardian") == 2
    assert count("SELECT count(*) FROM guardian_link") == 2


def test_the_erased_number_is_unknown_and_would_be_a_new_person(
    world: World, owner_link: "psycopg.Connection[object]"
) -> None:
    erase(owner_link, live(world))
    path = world.register(pupil(1, first_name="คนใหม่"), name="c.csv")
    assert intake.commit(path=path, round=Term(2564, 2), received_on=date(2021, 12, 1)).out == 1
    assert count("SELECT count(*) FROM person WHERE first_name = 'คนใหม่'") == 1


def test_erasing_twice_and_erasing_nobody_do_nothing(
    world: World, owner_link: "psycopg.Connection[object]"
) -> None:
    person = live(world)
    assert erase(owner_link, person)
    assert not erase(owner_link, person)
    assert not erase(owner_link, "00000000-0000-7000-8000-000000000000")


def test_history_is_guarded_again_after_an_erasure(
    world: World, owner_link: "psycopg.Connection[object]"
) -> None:
    person = live(world)
    owner_link.execute("SELECT erase_person(%s, %s)", (person, ON))
    with pytest.raises(psycopg.Error, match="Cannot update"):
        owner_link.execute("UPDATE person_event SET first_name = 'x'")
    owner_link.rollback()


def test_the_application_cannot_erase_anybody(world: World) -> None:
    person = live(world)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT erase_person(%s, %s)", [person, ON])
