"""Through which channel a pupil is paid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.payments.rules.channel import Facts, Verdict, decide
from takhai.payments.types import NO_ACCOUNT, Channel

FORMS = (None, "citizen", "zero", "wrong_check", "gcode")
CHOICES = (None, "promptpay", "school")
FACTS = st.builds(
    Facts, form=st.sampled_from(FORMS), choice=st.sampled_from(CHOICES), has_account=st.booleans()
)
PROMPTPAY, SCHOOL = Verdict(Channel.PROMPTPAY, None), Verdict(Channel.SCHOOL, None)
WAITS = Verdict(Channel.SCHOOL, NO_ACCOUNT)


@pytest.mark.parametrize("form", ["citizen", "zero"])
@pytest.mark.parametrize("has_account", [True, False])
def test_a_right_number_and_the_pupils_choice_make_promptpay(form: str, has_account: bool) -> None:
    assert decide(Facts(form=form, choice="promptpay", has_account=has_account)) == PROMPTPAY


@pytest.mark.parametrize("form", ["gcode", "wrong_check", None])
def test_who_has_no_right_number_goes_through_the_school_whatever_he_chose(form: str | None) -> None:
    assert decide(Facts(form=form, choice="promptpay", has_account=True)) == SCHOOL


@pytest.mark.parametrize("choice", ["school", None])
@pytest.mark.parametrize("form", FORMS)
def test_nobody_is_paid_by_promptpay_without_choosing_it(form: str | None, choice: str | None) -> None:
    assert decide(Facts(form=form, choice=choice, has_account=True)) == SCHOOL


def test_a_school_without_an_account_holds_the_line() -> None:
    assert decide(Facts(form="citizen", choice="school", has_account=False)) == WAITS


@given(FACTS)
def test_only_the_school_channel_can_wait_for_an_account(facts: Facts) -> None:
    verdict = decide(facts)
    assert (verdict.reason is not None) is (verdict.channel is Channel.SCHOOL and not facts.has_account)
