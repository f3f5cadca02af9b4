"""What other rooms are told: relations, within the scope of whoever asks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from takhai.access.models import Look
from takhai.access.scope import Scope, system_scope
from takhai.platform.problems import Refusal
from takhai.platform.relations import Relation, constant
from takhai.platform.sets import fetch
from takhai.registry import queries
from takhai.registry.services import identity, intake
from takhai.thai.calendar import Term
from tests.registry.world import (
    AWAY,
    EXTRACT_COLUMNS,
    FIELD,
    LOCAL,
    TOWN,
    UPPER,
    World,
    citizen,
    gcode,
    pupil,
    wrong_check,
)

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
DAY = date(2020, 12, 28)
ALL = system_scope(reason="test")
PRIMARY_AREA = Scope(paths=("cth/gobec/a8101/",), by="area.officer")
NOWHERE = Scope(by="nobody")


def take(world: World, *rows: dict[str, str]) -> None:
    intake.commit(path=world.register(*rows), round=ROUND, received_on=date(2020, 12, 9))


def people() -> dict[str, UUID]:
    """First name -> person."""
    rows = fetch("SELECT first_name, person FROM pupils", queries.pupils(scope=ALL))
    return {str(name): UUID(str(person)) for name, person in rows}


def asked(*persons: UUID) -> Relation:
    return constant(name="persons", columns={"person": "uuid"}, rows=[(person,) for person in persons])


def entries(scope: Scope = ALL, province: str | None = None) -> list[tuple[object, ...]]:
    relation = queries.entries(round=ROUND, scope=scope, province=province)
    return fetch(
        "SELECT school_code, counted, disadvantage FROM entries ORDER BY school_code, counted", relation
    )


def test_an_entry_speaks_the_registers_own_words(world: World) -> None:
    take(
        world,
        pupil(1),
        pupil(2, school_code=LOCAL, disadvantage="ต้องการสมัครขอรับทุน"),
        pupil(3, school_code=UPPER, disadvantage="-"),
    )
    assert entries() == [
        (TOWN, True, "เด็กยากจน"),
        (UPPER, True, "ไม่ด้อยโอกาส"),
        (LOCAL, True, "ต้องการสมัครขอรับทุน"),
    ]


def test_a_category_nobody_knows_is_no_word(world: World) -> None:
    take(world, pupil(1, disadvantage="อย่างอื่น"))
    assert entries() == [(TOWN, True, None)]


def test_a_pupil_at_two_schools_has_two_rows_and_one_counts(world: World) -> None:
    take(world, pupil(1), pupil(1, school_code=FIELD))
    assert [(code, counted) for code, counted, _ in entries()] == [(TOWN, True), (FIELD, False)]


def test_the_entries_of_a_province_are_those_of_its_pupils_wherever_they_are(world: World) -> None:
    take(world, pupil(1), pupil(1, school_code=AWAY), pupil(2, school_code=AWAY), pupil(2, school_code=TOWN))
    assert [(code, counted) for code, counted, _ in entries(province="81")] == [(TOWN, True), (AWAY, False)]
    assert [(code, counted) for code, counted, _ in entries(province="92")] == [(TOWN, False), (AWAY, True)]
    assert len(entries()) == 4


def test_entries_of_schools_outside_the_scope_are_not_there(world: World) -> None:
    take(world, pupil(1), pupil(2, school_code=UPPER), pupil(3, school_code=LOCAL))
    assert [code for code, _, _ in entries(PRIMARY_AREA)] == [TOWN]
    assert entries(NOWHERE) == []


def test_provinces_are_those_where_somebody_counts(world: World) -> None:
    take(world, pupil(1), pupil(1, school_code=AWAY))
    assert queries.provinces(round=ROUND) == ["81"]
    assert queries.provinces(round=Term(2564, 1)) == []


def test_findings_are_seen_by_who_may_see_the_pupil(world: World) -> None:
    take(world, pupil(1), pupil(2, school_code=UPPER))
    identity.compare(path=extract(world), round=ROUND, on=DAY)
    identity.check(round=ROUND, province="81", as_of=DAY)

    def seen(scope: Scope, on: date = DAY, round: Term | None = ROUND) -> int:
        return len(
            fetch(
                "SELECT round, person, reason FROM findings",
                queries.findings(as_of=on, scope=scope, round=round),
            )
        )

    assert (seen(ALL), seen(PRIMARY_AREA), seen(NOWHERE)) == (2, 1, 0)
    assert seen(ALL, date(2020, 12, 27)) == 0
    assert seen(ALL, round=None) == 2
    assert seen(ALL, round=Term(2564, 1)) == 0


def extract(world: World) -> Path:
    """An extract that knows nobody of the round."""
    return world.write(
        "extract.csv", EXTRACT_COLUMNS, [(citizen(900), "", "ใคร", "ไม่รู้", "ช", "2010-01-01", "yes")]
    )


def test_names_are_given_to_who_may_see_the_pupil(world: World) -> None:
    take(world, pupil(1, first_name="มานะ"), pupil(2, first_name="ปิติ", school_code=UPPER))

    def names(scope: Scope) -> set[object]:
        return {name for (name,) in fetch("SELECT first_name FROM pupils", queries.pupils(scope=scope))}

    assert names(ALL) == {"มานะ", "ปิติ"}
    assert names(PRIMARY_AREA) == {"มานะ"}
    assert names(NOWHERE) == set()


def test_a_number_opens_for_a_stated_reason_and_the_look_is_logged(world: World) -> None:
    take(world, pupil(1, first_name="มานะ"), pupil(2, first_name="ปิติ"))
    who = people()
    opened = queries.numbers(persons=asked(who["มานะ"]), reason="ผู้ปกครองสอบถาม", scope=PRIMARY_AREA)
    assert opened == {who["มานะ"]: citizen(1)}
    look = Look.objects.get()
    assert (look.looked_by, look.reason, look.count, look.persons) == (
        "area.officer",
        "ผู้ปกครองสอบถาม",
        1,
        [str(who["มานะ"])],
    )


def test_a_number_does_not_open_without_a_reason(world: World) -> None:
    take(world, pupil(1, first_name="มานะ"))
    with pytest.raises(Refusal) as refused:
        queries.numbers(persons=asked(people()["มานะ"]), reason=" ", scope=ALL)
    assert refused.value.name == "look_without_reason"


def test_a_number_outside_the_scope_does_not_open(world: World) -> None:
    take(world, pupil(1, first_name="มานะ", school_code=UPPER))
    assert queries.numbers(persons=asked(people()["มานะ"]), reason="test", scope=PRIMARY_AREA) == {}
    assert Look.objects.get().count == 0


def test_opening_many_numbers_is_one_query_and_one_line(
    world: World, django_assert_max_num_queries: Callable[..., object]
) -> None:
    take(world, *(pupil(n) for n in range(1, 151)))
    persons = Relation(
        name="persons", columns={"person": "uuid"}, sql="SELECT person_id AS person FROM register_entry"
    )
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        opened = queries.numbers(persons=persons, reason="payment file", scope=ALL)
    assert sorted(opened.values()) == sorted(citizen(n) for n in range(1, 151))
    look = Look.objects.get()
    assert (look.count, look.persons, look.looked_by) == (150, None, "takhai")


def test_the_form_of_a_number_is_told_without_the_number(world: World) -> None:
    rows = [
        pupil(1),
        pupil(2, identifier=citizen(2, kind=0)),
        pupil(3, identifier=wrong_check(3)),
        pupil(4, identifier=gcode(4)),
    ]
    take(world, *rows)
    told = fetch("SELECT form, length(idx) FROM number_forms ORDER BY form", queries.number_forms(scope=ALL))
    assert told == [("citizen", 16), ("gcode", 16), ("wrong_check", 16), ("zero", 16)]
    assert fetch("SELECT 1 FROM number_forms", queries.number_forms(scope=NOWHERE)) == []


def test_schools_with_an_account_are_those_and_their_numbers_open_for_a_reason(world: World) -> None:
    rows = fetch(
        "SELECT s.code, a.bank FROM school_accounts a JOIN schools s ON s.school = a.school ORDER BY 1",
        queries.school_accounts(scope=ALL),
        queries.schools(),
    )
    assert [code for code, _ in rows] == [TOWN, UPPER, LOCAL, AWAY]
    chosen = Relation(name="chosen", columns={"school": "uuid"}, sql="SELECT place_id AS school FROM school")
    opened = queries.account_numbers(schools=chosen, reason="payment file", scope=ALL)
    assert sorted(opened.values()) == ["9990000001", "9990000003", "9990000004", "9990000005"]
    assert Look.objects.get().what == "account_number"


def test_exceptions_name_every_reason_with_a_zero(world: World) -> None:
    assert queries.exceptions(round=ROUND) == {"identifier_taken": 0, "correction_without_row": 0}


def test_present_is_everybody_with_a_good_row_once(world: World) -> None:
    take(world, pupil(1), pupil(1, school_code=FIELD), pupil(2, school_code=AWAY), pupil(3, sex="?"))
    assert fetch("SELECT count(*), count(DISTINCT person) FROM present", queries.present(round=ROUND)) == [
        (2, 2)
    ]
    assert fetch("SELECT person FROM present", queries.present(round=Term(2564, 1))) == []
