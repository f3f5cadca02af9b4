"""Pupils of a round as they are gathered, made by hand for the tests of the words."""

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from takhai.benefits.queries import Explanation as Entitled
from takhai.benefits.rules.entitlement import Facts, Verdict
from takhai.benefits.types import Standing
from takhai.payments.queries import Line
from takhai.payments.types import Channel, LineState
from takhai.policy import RoundPolicy, for_round
from takhai.programmes.queries import Standing as InGroup
from takhai.screening.queries.standing import Committee, Decided
from takhai.screening.rules.certification import Verdict as Certified
from takhai.screening.rules.explanation import Case, explain
from takhai.screening.types import Cutoff, Form, Household
from takhai.semester.explaining import Explained, Screened
from takhai.thai.calendar import Term
from tests.screening.cases import BARE, WEIGHTS, cutoff

ROUND: Final = Term(2563, 2)
POLICY: Final = for_round(ROUND)
PERSON: Final = UUID(int=7)
POOR: Final = replace(
    BARE,
    tenure="rent",
    floor="bare_concrete",
    roof="metal_sheet",
    car=False,
    computer=False,
    unemployed=True,
    water="tap",
    income_satang=610_000,
    members=5,
)
LINE: Final = cutoff(score=520_000, income_satang=400_000, members=5, lottery="3" * 64, screened=100)
LINE = replace(LINE, candidates=80, places=20)


def in_group(group: str = "new", reason: str = "never_applied", *, listed: bool = False) -> InGroup:
    return InGroup(
        person=PERSON,
        group=group,
        reason=reason,
        school=UUID(int=8) if group else None,
        grade="ป.3" if group else "",
        province="81",
        listed=listed,
        first_subsidy_year=None,
    )


def form(household: Household = POOR, *, refused: str = "") -> Form:
    return Form(
        form_no="25632-81010001-0001",
        person=PERSON,
        school=UUID(int=8),
        province="81",
        household_ref="H81-000001",
        filled_on=date(2020, 12, 20),
        official_verdict="refused" if refused else "certified",
        official_reason=refused,
        household=household,
    )


def screened(
    household: Household | None = POOR,
    *,
    line: Cutoff | None = LINE,
    refused: str = "",
    decided: bool = True,
    committee: Committee | None = None,
    closed: str | bool | None = False,
) -> Screened:
    """``closed``: what certify decided: a reason, or None for who is certified; False while it is open."""
    sent = None if household is None else form(household, refused=refused)
    told = line and explain(
        Case(household=household, refused=bool(refused), lottery="5" * 64, weights=WEIGHTS, cutoff=line)
    )
    over = closed is not False
    why = None if closed is False else closed
    stands = told and Decided(
        group="new",
        score=told.score,
        reason=told.verdict.reason,
        policy_sha256=POLICY.sha256,
        closed=over,
        certify_reason=str(why) if why else None,
    )
    return Screened(
        form=sent,
        cutoff=line,
        told=told,
        committee=committee,
        certified=Certified(str(why) if why else None) if over else None,
        decided=stands if decided else None,
    )


def entitled(
    standing: Standing = Standing.GRANTED, reason: str | None = None, *, listed: bool | None = None
) -> Entitled:
    """An entitlement over 1,000 baht; ``listed`` on a list, also one that was held at first."""
    amount = 0 if reason == "no_rate" else 100_000
    facts = Facts(satang=amount or None, finding=None, compliant=None, failing_holds=False)
    on_list = standing is Standing.GRANTED if listed is None else listed
    verdict = Verdict(standing, reason, amount)
    return Entitled(facts, verdict, verdict, POLICY.sha256, (str(ROUND), "new") if on_list else None)


def payment(
    state: LineState, channel: Channel = Channel.PROMPTPAY, reason: str | None = None, **days: Any
) -> Line:
    sent = days.pop("sent", reason != "no_account")
    rest = dict.fromkeys(("booked_on", "received_on", "closed_on", "late_on", "returned_on")) | days
    named = {"entitlement_round": str(ROUND), "round": str(ROUND), "group": "new"} | {
        name: rest.pop(name) for name in ("entitlement_round", "round", "group") if name in rest
    }
    return Line(
        **named,
        channel=channel,
        state=state,
        reason=reason,
        satang=100_000,
        sent=sent,
        **rest,  # type: ignore[arg-type]
    )


def pupil(
    standing: InGroup | None = None,
    *,
    screened: Screened | None = None,
    entitled: Entitled | None = None,
    lines: tuple[Line, ...] = (),
    policy: RoundPolicy = POLICY,
) -> Explained:
    return Explained(PERSON, policy, standing, screened, entitled, lines)


EVERYTHING: Final[dict[str, Explained]] = {
    "not_in_round": pupil(),
    "not_in_register": pupil(in_group("", "not_in_register")),
    "not_applicant": pupil(in_group("", "not_applicant")),
    "form_awaited": pupil(in_group(), screened=screened(None, line=None)),
    "form_received": pupil(in_group(), screened=screened(line=None)),
    "no_form": pupil(in_group(), screened=screened(None)),
    "official_refused": pupil(in_group(), screened=screened(refused="ไม่พบใครที่บ้านในวันที่ไปเยี่ยม")),
    "over_income": pupil(in_group(), screened=screened(replace(POOR, income_satang=1_700_000))),
    "not_extremely_poor": pupil(in_group(), screened=screened()),
    "committee_awaited": pupil(in_group(), screened=screened(line=replace(LINE, score=100_000))),
    "committee_refused": pupil(
        in_group(),
        screened=screened(
            line=replace(LINE, score=100_000),
            committee=Committee("refused", "ย้ายออกจากหมู่บ้านแล้ว", None),
            closed="committee_refused",
        ),
    ),
    "no_quorum": pupil(in_group(), screened=screened(line=replace(LINE, score=100_000), closed="no_quorum")),
    "no_committee_result": pupil(
        in_group(), screened=screened(line=replace(LINE, score=100_000), closed="no_committee_result")
    ),
    "to_be_enrolled": pupil(in_group(), screened=screened(line=replace(LINE, score=100_000), closed=None)),
    "to_be_entitled": pupil(in_group("old", "on_last_list", listed=True)),
    "no_rate": pupil(
        in_group("old", "on_last_list", listed=True), entitled=entitled(Standing.DROPPED, "no_rate")
    ),
    "dead": pupil(in_group("old", "on_last_list", listed=True), entitled=entitled(Standing.DROPPED, "dead")),
    "to_be_ordered": pupil(in_group("old", "on_last_list", listed=True), entitled=entitled()),
}
