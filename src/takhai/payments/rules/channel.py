"""Through which channel a pupil is paid. Set form: ``sets/channel.sql``."""

from dataclasses import dataclass

from takhai.payments.types import NO_ACCOUNT, PAYABLE_FORMS, Channel


@dataclass(frozen=True, slots=True)
class Facts:
    """``form`` of his current number, ``choice`` he recorded last, whether his school has an account."""

    form: str | None
    choice: str | None
    has_account: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``reason`` says why the line is held, None when it is ordered."""

    channel: Channel
    reason: str | None


def has_payable_number(facts: Facts) -> bool:
    """Thirteen digits with a right check digit; a G-code is no PromptPay number."""
    return facts.form in PAYABLE_FORMS


def chose_promptpay(facts: Facts) -> bool:
    """The pupil's own word; nobody is paid by PromptPay without it."""
    return facts.choice == Channel.PROMPTPAY


def decide(facts: Facts) -> Verdict:
    """PromptPay for who can and wants; everyone else through the school, if it has an account."""
    if has_payable_number(facts) and chose_promptpay(facts):
        return Verdict(Channel.PROMPTPAY, None)
    return Verdict(Channel.SCHOOL, None if facts.has_account else NO_ACCOUNT)
