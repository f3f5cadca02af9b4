"""One word for where a pupil stands, and one for where the money is: for every state there is."""

import pytest

from takhai.benefits.types import FINDINGS, Standing
from takhai.payments.types import ABSENT, BANK_CODES, BANK_OTHER, NOT_FETCHED, Channel, LineState
from takhai.screening.types import ASSESS_DROPS, CERTIFY_DROPS
from takhai.semester.explain_outcome import money, money_of, result, result_of
from takhai.semester.explaining import Explained
from tests.semester.told import EVERYTHING, entitled, in_group, payment, pupil, screened

HOLDS = (*(each for each in FINDINGS if each != "dead"), "not_compliant")


@pytest.mark.parametrize(("key", "explained"), EVERYTHING.items(), ids=list(EVERYTHING))
def test_before_there_is_a_payment_the_last_decision_is_the_result(key: str, explained: Explained) -> None:
    assert result(explained) == key


def test_every_reason_to_drop_a_pupil_of_a_screened_group_is_a_result_of_its_own() -> None:
    assert {*ASSESS_DROPS, *CERTIFY_DROPS} <= EVERYTHING.keys()


@pytest.mark.parametrize("reason", HOLDS)
def test_who_is_held_at_entitle_is_held_whatever_for_and_the_money_says_it(reason: str) -> None:
    held = pupil(in_group("old", "on_last_list", listed=True), entitled=entitled(Standing.HELD, reason))
    assert (result(held), money(held)) == ("held", reason)


@pytest.mark.parametrize("reason", HOLDS)
def test_who_was_held_and_joined_a_later_list_is_held_no_longer(reason: str) -> None:
    joined = pupil(
        in_group("old", "on_last_list", listed=True), entitled=entitled(Standing.HELD, reason, listed=True)
    )
    assert (result(joined), money(joined)) == ("to_be_ordered", "to_be_ordered")


@pytest.mark.parametrize(
    "key", ["no_form", "not_applicant", "committee_refused", "to_be_entitled", "no_rate", "not_in_round"]
)
def test_who_was_granted_nothing_has_no_money_anywhere(key: str) -> None:
    assert money(EVERYTHING[key]) is None


def test_of_the_dead_it_is_said_that_nothing_was_paid() -> None:
    assert money(EVERYTHING["dead"]) == "dead"


@pytest.mark.parametrize(
    ("state", "channel", "reason", "told"),
    [
        (LineState.HELD, Channel.SCHOOL, "no_account", ("no_account", "no_account")),
        (LineState.ORDERED, Channel.PROMPTPAY, None, ("sent", "sent_promptpay")),
        (LineState.ORDERED, Channel.SCHOOL, None, ("sent", "sent_school")),
        (LineState.HELD, Channel.PROMPTPAY, "no_result", ("unsettled", "no_result")),
        (LineState.HELD, Channel.SCHOOL, "result_differs", ("unsettled", "result_differs")),
        (LineState.ACCEPTED, Channel.SCHOOL, None, ("at_school", "at_school")),
        (LineState.PAID, Channel.PROMPTPAY, None, ("paid", "paid_promptpay")),
        (LineState.PAID, Channel.SCHOOL, None, ("paid", "paid_school")),
        (LineState.PAID, Channel.SCHOOL, "cash_not_fetched", ("paid", "paid_school")),
        *(
            (LineState.REFUSED, Channel.PROMPTPAY, code, ("bank_refused", code))
            for code in (*BANK_CODES, BANK_OTHER)
        ),
        *(
            (LineState.DUE_BACK, Channel.SCHOOL, reason, ("due_back", reason))
            for reason in (NOT_FETCHED, *ABSENT)
        ),
        *(
            (LineState.RETURNED, Channel.SCHOOL, reason, ("returned", "returned"))
            for reason in (NOT_FETCHED, *ABSENT)
        ),
    ],
)
def test_a_payment_is_told_by_its_state(
    state: LineState, channel: Channel, reason: str | None, told: tuple[str, str]
) -> None:
    line = payment(state, channel, reason)
    paid = pupil(in_group("old", "on_last_list", listed=True), entitled=entitled(), lines=(line,))
    assert (result_of(line), money_of(line)) == told == (result(paid), money(paid))


def test_no_state_of_a_payment_was_forgotten() -> None:
    assert {result_of(payment(state, reason="no_result")) for state in LineState} == {
        "unsettled",
        "sent",
        "bank_refused",
        "at_school",
        "paid",
        "due_back",
        "returned",
    }


def test_the_payment_of_this_round_counts_and_not_that_of_an_earlier_one() -> None:
    earlier = payment(LineState.PAID, entitlement_round="2563-1")
    waiting = pupil(in_group("old", "on_last_list", listed=True), entitled=entitled(), lines=(earlier,))
    assert result(waiting) == "to_be_ordered"
    own = payment(LineState.REFUSED, reason="account_closed")
    both = pupil(in_group("old", "on_last_list", listed=True), entitled=entitled(), lines=(own, earlier))
    assert (result(both), both.line) == ("bank_refused", own)


def test_a_decision_stays_unsaid_while_none_stands_though_the_rule_could_tell_it() -> None:
    assert result(pupil(in_group(), screened=screened(decided=False))) == "form_received"
    assert result(pupil(in_group(), screened=screened(None, decided=False))) == "form_awaited"


def test_what_was_decided_and_what_the_rules_say_must_agree() -> None:
    assert all(explained.agrees for explained in EVERYTHING.values())
