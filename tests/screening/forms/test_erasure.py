"""Erasing a person's forms: words, people and household go, the answers a decision was made of stay with the id."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from takhai.platform import secrets
from takhai.platform.sets import fetch
from tests.screening.forms.office import Office, families

pytestmark = pytest.mark.django_db(transaction=True)
SEEDED = (
    "ยายทวดสมมุติ",
    "เลี้ยงหอยแครง",
    "ปวส.ช่างไฟ",
    "ครูสมมุติ นามแปลก",
    "H81-424242",
    "ไปทำสวนที่อื่น",
    "pocket_marker",
)
Owner = psycopg.Connection[Any]


@pytest.fixture
def office(transactional_db: None, tmp_path: Path) -> Iterator[Office]:
    secrets.establish(allow_create=True, by="test")
    yield Office(root=tmp_path)
    connection.close()


def sent(office: Office) -> UUID:
    """A pupil with a form full of words, and a sister who tells of the house otherwise."""
    with transaction.atomic():
        pupil, sister = office.pupil(), office.pupil()
        form = office.form(
            pupil,
            guardian_relation=SEEDED[0],
            guardian_occupation=SEEDED[1],
            guardian_education=SEEDED[2],
            teacher=SEEDED[3],
            household_ref=SEEDED[4],
            official_verdict="refused",
            official_reason=SEEDED[5],
            extension=f'{{"{SEEDED[6]}": 1}}',
        )
        other = office.form(sister, household_ref=SEEDED[4], floor="earth")
    office.take([form, other], families([form, other]))
    return pupil


def dump(*tables: str) -> str:
    return "\n".join(str(fetch(f"SELECT t::text FROM {table} t")) for table in tables)


def erase(owner: Owner, person: UUID) -> bool:
    ((answer,),) = owner.execute("SELECT erase_forms(%s)", (person,)).fetchall()
    owner.commit()
    return bool(answer)


def test_no_word_of_the_form_is_left(office: Office, owner_link: Owner) -> None:
    pupil = sent(office)
    own = "(SELECT * FROM form WHERE form_no = (SELECT min(form_no) FROM form))"
    assert all(word in dump(own) for word in SEEDED)
    assert erase(owner_link, pupil)
    assert [word for word in SEEDED if word in dump(own)] == []
    assert fetch("SELECT count(*) FROM household_finding") == [(0,)]
    assert fetch(
        "SELECT count(*) FROM form_member WHERE form_no = (SELECT form_no FROM form WHERE person_id = %(p)s)",
        p=pupil,
    ) == [(0,)]


def test_the_answers_a_decision_was_made_of_stay(office: Office, owner_link: Owner) -> None:
    pupil = sent(office)
    (before,) = office.stored(pupil)
    erase(owner_link, pupil)
    (after,) = office.stored(pupil)
    assert (after.household, after.refused, after.form_no) == (before.household, True, before.form_no)


def test_the_sister_keeps_hers(office: Office, owner_link: Owner) -> None:
    pupil = sent(office)
    erase(owner_link, pupil)
    assert fetch("SELECT count(*) FROM form_member") == [(2,)]
    assert fetch("SELECT household_ref FROM form WHERE person_id <> %(p)s", p=pupil) == [(SEEDED[4],)]


def test_erasing_twice_and_erasing_nobody_do_nothing(office: Office, owner_link: Owner) -> None:
    pupil = sent(office)
    assert erase(owner_link, pupil)
    assert not erase(owner_link, pupil)
    assert not erase(owner_link, UUID("00000000-0000-7000-8000-000000000000"))


def test_forms_are_guarded_again_after_an_erasure(office: Office, owner_link: Owner) -> None:
    pupil = sent(office)
    erase(owner_link, pupil)
    with pytest.raises(psycopg.Error, match="only added"):
        owner_link.execute("UPDATE form SET teacher = 'x'")
    owner_link.rollback()


def test_the_application_can_neither_erase_nor_change_a_form(office: Office) -> None:
    pupil = sent(office)
    for statement in ("SELECT erase_forms(%s)", "DELETE FROM form WHERE person_id = %s"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement, [pupil])
