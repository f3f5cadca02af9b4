"""Posting: once for each reference, on its path, in one agency, all or nothing."""

from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from takhai.ledger import queries
from takhai.ledger.services.posting import open_accounts, post, reverse
from takhai.ledger.types import PATHS, Account, Kind
from takhai.platform.ids import uuid7, uuid7s
from takhai.platform.problems import Refusal
from takhai.platform.relations import BadRelation, constant
from takhai.platform.sets import execute, fetch, materialise
from takhai.platform.types import Outcome
from tests.ledger.books import BY, DAY, LATER, ROUND, book, carry_over, entitle, held, postings, row

pytestmark = pytest.mark.django_db


def movement_of(reference: UUID) -> UUID:
    ((found,),) = fetch(
        "SELECT id FROM movement WHERE reference = %(reference)s AND kind <> 'reverse'", reference=reference
    )
    assert isinstance(found, UUID)
    return found


def take_back(*movements: UUID) -> Outcome:
    given = constant(
        name="wrong", columns={"id": "uuid", "booked_on": "date"}, rows=[(each, DAY) for each in movements]
    )
    return reverse(round=ROUND, movements=given, by=BY)


def test_a_movement_takes_from_one_account_and_gives_to_the_other() -> None:
    entitle(uuid7(), satang=150_000)
    assert held(Account.BUDGET) == -150_000
    assert held(Account.OWED) == 150_000


def test_posting_the_same_twice_changes_nothing() -> None:
    references = uuid7s(3)
    assert entitle(*references) == Outcome(done=3)
    assert entitle(*references) == Outcome(done=0, same=3)
    assert held(Account.OWED) == 300_000


def test_posting_goes_on_where_an_earlier_set_stopped() -> None:
    references = uuid7s(5)
    entitle(*references[:2])
    assert entitle(*references) == Outcome(done=3, same=2)


def test_a_set_of_nothing_posts_nothing() -> None:
    assert book(Kind.ENTITLE, []) == Outcome(done=0)


def test_the_same_reference_with_another_amount_is_refused() -> None:
    reference = uuid7()
    entitle(reference)
    with pytest.raises(Refusal) as refused:
        entitle(reference, satang=100_001)
    assert (refused.value.name, refused.value.details["count"]) == ("movement_contradicts", 1)


def test_the_same_reference_on_another_path_is_refused() -> None:
    reference = uuid7()
    entitle(reference)
    book(Kind.ORDER, [row(reference, Account.OWED, Account.SENT_SCHOOL)])
    with pytest.raises(Refusal, match="contradict"):
        book(Kind.ORDER, [row(reference, Account.OWED, Account.SENT_PROMPTPAY)])


def test_a_reference_moves_once_for_each_kind_and_round() -> None:
    reference = uuid7()
    entitle(reference)
    assert entitle(reference, round=LATER) == Outcome(done=1)
    assert book(Kind.ORDER, [row(reference, Account.OWED, Account.SENT_SCHOOL)]) == Outcome(done=1)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.CARRY, Kind.REVERSE)])
def test_a_kind_walks_no_path_but_its_own(kind: Kind) -> None:
    wrong = [
        (source, target)
        for source in Account
        for target in Account
        if source is not target and (source, target) not in PATHS[kind]
    ]
    for source, target in wrong:
        with pytest.raises(IntegrityError, match="leaves its path"), transaction.atomic():
            book(kind, [row(uuid7(), source, target)])


def test_one_wrong_row_keeps_the_whole_set_out() -> None:
    rows = [row(each, Account.BUDGET, Account.OWED) for each in uuid7s(2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        book(Kind.ENTITLE, [*rows, row(uuid7(), Account.BUDGET, Account.PAID)])
    assert held(Account.OWED) == 0


@pytest.mark.parametrize("satang", [0, -1])
def test_a_movement_moves_more_than_nothing(satang: int) -> None:
    with pytest.raises(IntegrityError, match="movement_above_zero"):
        entitle(uuid7(), satang=satang)


def test_an_unknown_account_name_is_refused_and_not_lost() -> None:
    with pytest.raises(Refusal, match="contradict"):
        book(Kind.ENTITLE, [(uuid7(), "obec", 100, "purse", "owed", DAY)])


def test_money_of_one_agency_stays_in_it() -> None:
    entitle(uuid7())
    book(Kind.ENTITLE, [row(uuid7(), Account.BUDGET, Account.OWED, 70, agency="dla")])
    by_agency = {each.agency: each.satang for each in queries.accounts() if each.account is Account.OWED}
    assert by_agency == {"obec": 100_000, "dla": 70}


def test_owed_money_of_an_earlier_round_is_carried_to_a_later_group() -> None:
    reference = uuid7()
    entitle(reference)
    assert carry_over(reference) == Outcome(done=1)
    assert carry_over(reference) == Outcome(done=0, same=1)
    assert (held(Account.OWED), held(Account.OWED, round=LATER)) == (0, 100_000)
    assert held(Account.BUDGET, round=LATER) == 0


def test_owed_money_is_carried_inside_a_round_from_group_to_group() -> None:
    reference = uuid7()
    entitle(reference)
    open_accounts(
        round=ROUND,
        group="new",
        agencies=constant(name="a", columns={"agency": "text"}, rows=[("obec",)]),
        by=BY,
    )
    carry_over(reference, to_round=ROUND, to_group="new")
    assert (held(Account.OWED), held(Account.OWED, group="new")) == (0, 100_000)


def test_money_is_not_carried_to_where_it_is() -> None:
    reference = uuid7()
    entitle(reference)
    with pytest.raises(IntegrityError):
        carry_over(reference, to_round=ROUND, to_group="old")


def test_money_of_a_group_whose_accounts_were_never_opened_cannot_be_carried() -> None:
    with pytest.raises(Refusal, match="contradict"):
        carry_over(uuid7(), from_group="nobody")


def test_a_wrong_movement_is_taken_back_by_its_mirror() -> None:
    reference = uuid7()
    entitle(reference)
    assert take_back(movement_of(reference)) == Outcome(done=1)
    assert (held(Account.BUDGET), held(Account.OWED)) == (0, 0)
    assert queries.moved(round=ROUND, kind=Kind.ENTITLE) == 0


def test_a_movement_is_taken_back_only_once() -> None:
    reference = uuid7()
    entitle(reference)
    take_back(movement_of(reference))
    assert take_back(movement_of(reference)) == Outcome(done=0, same=1)
    assert held(Account.OWED) == 0


def test_what_was_taken_back_is_not_posted_again_under_the_same_reference() -> None:
    reference = uuid7()
    entitle(reference)
    take_back(movement_of(reference))
    assert entitle(reference) == Outcome(done=0, same=1)
    assert held(Account.OWED) == 0


def test_a_reversal_is_not_taken_back() -> None:
    reference = uuid7()
    entitle(reference)
    take_back(movement_of(reference))
    ((mirror,),) = fetch("SELECT id FROM movement WHERE kind = 'reverse'")
    assert isinstance(mirror, UUID)
    with pytest.raises(Refusal) as refused:
        take_back(mirror)
    assert refused.value.name == "movement_unknown"


def test_what_is_no_movement_is_not_taken_back() -> None:
    with pytest.raises(Refusal) as refused:
        take_back(uuid7(), uuid7())
    assert refused.value.details["missing"] == 2


def test_accounts_are_opened_once() -> None:
    agencies = constant(name="a", columns={"agency": "text"}, rows=[("obec",), ("dla",), ("obec",)])
    assert open_accounts(round=ROUND, group="old", agencies=agencies, by=BY) == Outcome(done=16)
    assert open_accounts(round=ROUND, group="old", agencies=agencies, by=BY) == Outcome(done=0)


def test_postings_without_a_day_are_a_programmers_mistake() -> None:
    bad = constant(name="bad", columns={"reference": "uuid", "agency": "text", "satang": "bigint"}, rows=[])
    with pytest.raises(BadRelation, match="booked_on"):
        post(round=ROUND, group="old", kind=Kind.ENTITLE, postings=bad, by=BY)


def test_a_set_that_was_laid_down_is_posted_like_any_other() -> None:
    rows = [row(each, Account.BUDGET, Account.OWED) for each in uuid7s(400)]
    laid = materialise(postings(rows))
    assert post(round=ROUND, group="old", kind=Kind.ENTITLE, postings=laid, by=BY) == Outcome(done=400)


def test_identifiers_are_version_7_and_rise_within_a_set() -> None:
    references = sorted(uuid7s(20))
    entitle(*references)
    found = fetch("SELECT id FROM movement ORDER BY reference")
    ids = [value for (value,) in found if isinstance(value, UUID)]
    assert ids == sorted(ids)
    assert {each.version for each in ids} == {7}


def test_a_movement_says_by_whom_and_on_which_day() -> None:
    entitle(uuid7())
    assert fetch("SELECT recorded_by, booked_on FROM movement") == [(BY, DAY)]


@pytest.mark.parametrize(
    ("debit", "credit"), [("999999", "credit_id"), ("debit_id", "999999"), ("credit_id", "debit_id")]
)
def test_a_movement_names_accounts_that_exist_and_in_their_order(debit: str, credit: str) -> None:
    entitle(uuid7())
    with pytest.raises(DatabaseError, match="leaves its path"):
        execute(
            "INSERT INTO movement"
            " (round, id, kind, reference, debit_id, credit_id, satang, booked_on, recorded_by)"
            f" SELECT round, %(id)s, kind, %(id)s, {debit}, {credit}, 1, booked_on, 'x' FROM movement",
            id=uuid7(),
        )
