"""Two signatures: another hand, the very list, a reason for a refusal; and the database says so too."""

from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from takhai.benefits import queries as benefits
from takhai.payments import queries as payments
from takhai.payments.services.orders import take_approval
from takhai.payments.types import Decision
from takhai.platform.problems import Refusal
from takhai.platform.sets import execute, fetch
from takhai.platform.types import Outcome
from tests.benefits.town import APPROVER, FREEZER, LATER, ROUND
from tests.payments.till import Till

pytestmark = pytest.mark.django_db
COLUMNS = ("round", "group", "list_sha256", "count", "baht", "decision", "approver", "decided_on", "reason")


@pytest.fixture
def listed(till: Till) -> Till:
    till.by_school(2)
    till.entitle()
    return till


def file(till: Till, **changed: object) -> Path:
    frozen = till.freeze()
    row = {
        "round": "2563-2",
        "group": "old",
        "list_sha256": frozen.sha256,
        "count": frozen.count,
        "baht": f"{frozen.satang / 100:.2f}",
        "decision": "approve",
        "approver": APPROVER,
        "decided_on": "2021-01-04",
        "reason": "",
    } | changed
    return till.write("approval", COLUMNS, [[row[column] for column in COLUMNS]])


def take(path: Path) -> Outcome:
    return take_approval(path=path, round=ROUND, group="old")


def test_an_approval_by_another_hand_stands(listed: Till) -> None:
    assert listed.approve() == Outcome(done=1)
    assert payments.is_approved(round=ROUND, group="old")
    assert not payments.is_approved(round=ROUND, group="new")
    assert not payments.is_approved(round=LATER, group="old")


def test_the_same_approval_again_changes_nothing(listed: Till) -> None:
    listed.approve()
    assert listed.approve() == Outcome(done=0, same=1)


def test_who_froze_a_list_does_not_approve_it(listed: Till) -> None:
    with pytest.raises(Refusal) as refused:
        listed.approve(approver=FREEZER)
    assert refused.value.name == "approval_same_hand"


def test_only_finance_approves(listed: Till) -> None:
    with pytest.raises(Refusal) as refused:
        listed.approve(approver="somebody")
    assert refused.value.name == "approver_has_no_role"


@pytest.mark.parametrize(
    ("figure", "value"), [("list_sha256", "0" * 64), ("count", 3), ("satang", 200_001), ("satang", 0)]
)
def test_an_approval_of_other_figures_is_refused(listed: Till, figure: str, value: int | str) -> None:
    with pytest.raises(Refusal) as refused:
        listed.approve(**{figure: value})  # type: ignore[arg-type]
    assert refused.value.name == "approval_of_another_list"


def test_a_refusal_keeps_its_reason_for_the_runner(listed: Till) -> None:
    listed.approve(decision=Decision.REFUSE, reason="ยอดไม่ตรง")
    assert payments.approval_refused(round=ROUND, group="old") == "ยอดไม่ตรง"
    assert not payments.is_approved(round=ROUND, group="old")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_refusal_needs_a_reason(listed: Till, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        listed.approve(decision=Decision.REFUSE, reason=reason)
    assert refused.value.name == "approval_without_reason"


def test_a_refusal_may_be_followed_by_an_approval(listed: Till) -> None:
    listed.approve(decision=Decision.REFUSE, reason="รอเอกสาร")
    listed.approve()
    assert payments.is_approved(round=ROUND, group="old")
    assert payments.approval_refused(round=ROUND, group="old") is None


def test_an_approval_is_not_taken_back(listed: Till) -> None:
    listed.approve()
    with pytest.raises(Refusal) as refused:
        listed.approve(decision=Decision.REFUSE, reason="เปลี่ยนใจ")
    assert refused.value.name == "approval_stands"


def test_a_list_that_is_not_frozen_cannot_be_approved(listed: Till) -> None:
    path = file(listed)
    with pytest.raises(Refusal) as refused:
        take_approval(path=path, round=ROUND, group="new")
    assert refused.value.name == "approval_of_another_list"


def test_an_approval_comes_as_a_file_of_one_row(listed: Till) -> None:
    assert take(file(listed)) == Outcome(done=1)
    assert take(file(listed)) == Outcome(done=0, same=1)
    ((source,),) = fetch("SELECT source_file FROM approval")
    assert len(str(source)) == 64


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("round", "2564-1", "approval_of_another_list"),
        ("group", "new", "approval_of_another_list"),
        ("count", "1", "approval_of_another_list"),
        ("baht", "2000.01", "approval_of_another_list"),
        ("decided_on", "2020-12-27", "approval_too_early"),
        ("approver", FREEZER, "approval_same_hand"),
        ("baht", "2000.001", "approval_rows"),
        ("baht", "-2000.00", "approval_rows"),
        ("decision", "maybe", "approval_rows"),
        ("decided_on", "04/01/2564", "approval_rows"),
        ("list_sha256", "", "approval_rows"),
        ("approver", "a b; drop table", "approval_rows"),
        ("count", "2.5", "approval_rows"),
    ],
)
def test_a_file_that_says_something_else_is_refused(listed: Till, column: str, value: str, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        take(file(listed, **{column: value}))
    assert refused.value.name == name
    assert fetch("SELECT count(*) FROM approval") == [(0,)]


@pytest.mark.parametrize("rows", [0, 2])
def test_a_file_of_another_number_of_rows_is_refused(listed: Till, rows: int) -> None:
    text = file(listed).read_text("utf-8").splitlines()
    path = listed.root / "several.csv"
    path.write_text("\n".join([text[0], *text[1:] * rows]) + "\n", "utf-8")
    with pytest.raises(Refusal):
        take(path)
    assert not payments.is_approved(round=ROUND, group="old")


SIGN = (
    'INSERT INTO approval (round, "group", decision, list_sha256, frozen_by, approved_by, decided_on, reason,'
    " source_file, recorded_by) SELECT round, \"group\", 'approve', {sha}, {freezer}, {approver}, '2021-01-04', '', '',"
    " 'x' FROM frozen_list"
)


def force(**said: str) -> None:
    """Writes an approval past the service; references are looked at when a transaction ends."""
    with transaction.atomic():
        execute(SIGN.format(**said))
        execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("sha", "freezer", "approver", "wall"),
    [
        ("sha256", "frozen_by", "frozen_by", "approval_two_hands"),
        ("sha256", "'malee.approver'", "'somchai.freezer'", "approval_of_frozen_list"),
        ("repeat('0', 64)", "frozen_by", "'malee.approver'", "approval_of_frozen_list"),
        ("sha256", "'malee.approver'", "'malee.approver'", "approval_two_hands"),
    ],
)
def test_the_database_refuses_one_hand_or_another_list(
    listed: Till, sha: str, freezer: str, approver: str, wall: str
) -> None:
    listed.freeze()
    with pytest.raises(IntegrityError, match=wall):
        force(sha=sha, freezer=freezer, approver=approver)


def test_the_database_knows_only_approvers_that_are_users(listed: Till) -> None:
    listed.freeze()
    with pytest.raises(IntegrityError):
        force(sha="sha256", freezer="frozen_by", approver="'nobody'")


@pytest.mark.parametrize("change", ["UPDATE approval SET reason = 'x'", "DELETE FROM approval"])
def test_an_approval_is_for_good(listed: Till, owner_link: psycopg.Connection[object], change: str) -> None:
    listed.approve()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        execute(change)
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner_link.execute(change)  # type: ignore[arg-type]


def test_an_approval_is_of_the_day_of_the_list_or_later(listed: Till) -> None:
    frozen = benefits.find_frozen(round=ROUND, group="old") or listed.freeze()
    assert frozen.frozen_on == date(2020, 12, 28)
    assert take(file(listed, decided_on="2020-12-28")).done == 1
