"""``takhai explain``: found by number, G-code or internal id; both languages; every look is written down."""

from typing import Any
from uuid import UUID

import pytest

from takhai.access.models import Look
from takhai.platform import secrets
from takhai.platform.problems import Refusal
from takhai.platform.sets import execute
from takhai.semester.explain_command import explain, told
from tests.benefits.town import ROUND
from tests.payments.till import Till, citizen

pytestmark = pytest.mark.django_db
GCODE = "G638100000001"


@pytest.fixture
def till(db: None, tmp_path: Any) -> Till:
    secrets.establish(allow_create=True, by="test")
    return Till(root=tmp_path)


@pytest.fixture
def paid(till: Till) -> UUID:
    """A pupil of the old group whose money has arrived."""
    (person,) = till.by_promptpay()
    execute(
        'INSERT INTO round_member (round, person_id, "group", reason, school_id, agency, grade, level, province,'
        " area_code, recorded_at, recorded_by) VALUES (%(round)s, %(person)s, 'old', 'on_last_list', %(school)s,"
        " 'obec', 'ป.4', 'primary', '81', '8101', now(), 'test')",
        round=str(ROUND),
        person=person,
        school=till.school(),
    )
    till.deliver()
    return person


def refused(person: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        told(person=person, term=ROUND)
    return caught.value


def test_a_number_an_id_and_a_number_with_dashes_lead_to_the_same_paper(paid: UUID) -> None:
    number = citizen(0)
    by_number = told(person=number, term=ROUND)
    dashed = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    assert by_number == told(person=str(paid), term=ROUND) == told(person=dashed, term=ROUND)


def test_a_gcode_leads_to_its_child(till: Till, paid: UUID) -> None:
    (stateless,) = till.pupils(1)
    till.number(stateless, GCODE, form="gcode")
    lines = told(person=GCODE.lower(), term=ROUND)
    assert "รอบนี้ไม่มีชื่อเด็ก" in "\n".join(lines)


def test_thai_comes_first_and_then_english(paid: UUID) -> None:
    lines = told(person=str(paid), term=ROUND)
    assert lines[0].startswith("เงินทุนเสมอภาค")
    assert lines.index("เงินอยู่ที่ไหน") < lines.index("Where the money is")
    assert "  ได้รับเงินแล้ว 1,000 บาท" in lines
    assert "  Paid: 1,000 baht" in lines


def test_the_paper_names_child_class_and_school_and_no_number(paid: UUID) -> None:
    lines = told(person=citizen(0), term=ROUND)
    assert lines[1] == "เด็กชายใจ1 ดี · ป.4 · 81010001"
    assert citizen(0) not in "\n".join(lines)


def test_each_look_says_for_what_it_was_and_whose(paid: UUID) -> None:
    told(person=citizen(0), term=ROUND)
    by_number, opened = Look.objects.order_by("looked_at")
    assert {by_number.reason, opened.reason} == {f"explain {ROUND}"}
    assert (by_number.what, opened.what) == ("number", "explanation")
    assert by_number.persons == opened.persons == [str(paid)]


def test_a_look_by_an_id_is_written_down_as_well(paid: UUID) -> None:
    told(person=str(paid), term=ROUND)
    assert Look.objects.get().persons == [str(paid)]


def test_nobodys_number_is_refused_masked_and_the_look_is_kept(paid: UUID) -> None:
    refusal = refused(citizen(99))
    assert refusal.name == "person_unknown"
    assert citizen(99) not in f"{refusal.th} {refusal.en} {refusal}"
    assert "xxxxx" in refusal.th
    assert Look.objects.get().count == 0


def test_nobodys_id_is_refused(paid: UUID) -> None:
    assert refused(str(UUID(int=1))).name == "person_unknown"


@pytest.mark.parametrize("person", ["", "มาลี ใจดี", "12345", "1234567890123456", "G12"])
def test_what_names_nobody_is_refused_without_being_repeated(paid: UUID, person: str) -> None:
    refusal = refused(person)
    assert refusal.name == "person_not_named"
    assert not person or person not in f"{refusal.th} {refusal.en}"


def test_a_number_with_a_wrong_check_digit_may_still_be_somebodys(till: Till, paid: UUID) -> None:
    number = citizen(5)
    wrong = number[:12] + str((int(number[12]) + 1) % 10)
    (person,) = till.pupils(1)
    till.number(person, wrong, form="wrong_check")
    assert told(person=wrong, term=ROUND)


def test_a_round_that_is_none_is_refused(paid: UUID) -> None:
    with pytest.raises(Refusal) as caught:
        explain(person=str(paid), round_="2563-3")
    assert caught.value.name == "round_unknown"


def test_the_command_prints_the_paper(paid: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    explain(person=str(paid), round_="2563-2")
    assert capsys.readouterr().out == "\n".join(told(person=str(paid), term=ROUND)) + "\n"


def test_its_help_is_in_both_languages() -> None:
    assert "tell a mother" in (explain.__doc__ or "")
    assert "แม่" in (explain.__doc__ or "")
