"""Assess, meeting, committee and arriving rows as pure rules: each case says the rule in its name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.screening.rules import arriving_member, arriving_verdict, assessment, certification, meeting
from takhai.screening.types import ASSESS_DROPS, CERTIFY_DROPS, Cutoff, MemberTrouble, Trouble, Way
from tests.screening.cases import BARE, cutoff

FACTS = assessment.Facts(
    has_form=True,
    refused=False,
    income_satang=1_200_000,
    members=4,
    ceiling_satang=300_000,
    score=500_000,
    lottery="7",
    way="quota",
    cut_score=500_000,
    cut_income_satang=1_200_000,
    cut_members=4,
    cut_lottery="7",
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({}, None, id="the last place itself is inside"),
        pytest.param({"has_form": False}, "no_form", id="without a form nothing is known"),
        pytest.param({"has_form": False, "refused": True}, "no_form", id="no form comes before everything"),
        pytest.param({"refused": True}, "official_refused", id="the official refused"),
        pytest.param(
            {"refused": True, "income_satang": 1_200_001}, "official_refused", id="before the income"
        ),
        pytest.param({"income_satang": 1_200_001}, "over_income", id="a satang over in the whole household"),
        pytest.param({"income_satang": 1_200_001, "score": 900_000}, "over_income", id="before the score"),
        pytest.param({"score": 499_999}, "not_extremely_poor", id="a lower score"),
        pytest.param({"score": 500_001, "lottery": "f"}, None, id="a higher score, whatever else"),
        pytest.param({"cut_income_satang": 1_199_999}, "not_extremely_poor", id="a higher income per head"),
        pytest.param(
            {"cut_income_satang": 900_001, "cut_members": 3, "lottery": "f"}, None, id="a lower one"
        ),
        pytest.param(
            {"cut_income_satang": 1_500_000, "cut_members": 5}, "not_extremely_poor", id="a smaller house"
        ),
        pytest.param(
            {"cut_income_satang": 900_000, "cut_members": 3, "lottery": "f"}, None, id="a larger house"
        ),
        pytest.param({"lottery": "8"}, "not_extremely_poor", id="lost in the lottery"),
        pytest.param({"lottery": "6"}, None, id="won in the lottery"),
        pytest.param({"way": "nobody", "score": 1_000_000}, "not_extremely_poor", id="no place for anybody"),
        pytest.param({"way": "score", "lottery": "f"}, None, id="by score the score itself is inside"),
        pytest.param({"way": "score", "score": 499_999}, "not_extremely_poor", id="by score, below it"),
        pytest.param(
            {"way": "score", "income_satang": 1_200_001}, "over_income", id="by score the income counts too"
        ),
    ],
)
def test_the_first_reason_that_holds(change: dict[str, object], reason: str | None) -> None:
    verdict = assessment.decide(replace(FACTS, **change))  # type: ignore[arg-type]
    assert verdict.reason == reason
    assert verdict.extremely_poor is (reason is None)
    assert verdict.poor is (reason in (None, "not_extremely_poor"))
    assert verdict.screened is (reason in (None, "not_extremely_poor", "over_income"))


def test_reasons_are_those_of_the_step_in_their_order() -> None:
    assert ASSESS_DROPS == ("no_form", "official_refused", "over_income", "not_extremely_poor")
    assert CERTIFY_DROPS == ("committee_refused", "no_quorum", "no_committee_result")


@settings(max_examples=60)
@given(
    st.builds(
        assessment.Facts,
        income_satang=st.integers(0, 2_000_000),
        members=st.integers(1, 9),
        ceiling_satang=st.just(300_000),
        way=st.sampled_from(list(Way)),
    ),
    st.integers(1, 1_000_000),
)
def test_more_income_never_makes_anybody_poorer(facts: assessment.Facts, more: int) -> None:
    richer = assessment.decide(replace(facts, income_satang=facts.income_satang + more))
    assert assessment.decide(facts).extremely_poor or not richer.extremely_poor
    assert assessment.decide(facts).poor or not richer.poor


@pytest.mark.parametrize(
    "line", [cutoff(Way.SCORE, score=3), cutoff(score=3, income_satang=9, members=2, lottery="a")]
)
def test_facts_are_the_household_beside_the_cutoff(line: Cutoff) -> None:
    facts = assessment.facts_of(household=BARE, refused=True, score=5, lottery="b", cutoff=line)
    assert (facts.has_form, facts.refused, facts.members, facts.income_satang) == (True, True, 4, 500_000)
    assert (facts.score, facts.lottery, facts.ceiling_satang) == (5, "b", 300_000)
    assert (facts.way, facts.cut_score, facts.cut_income_satang) == (line.way, line.score, line.income_satang)
    assert (facts.cut_members, facts.cut_lottery) == (line.members, line.lottery)


def test_no_household_gives_facts_of_nothing() -> None:
    facts = assessment.facts_of(household=None, refused=False, score=0, lottery="", cutoff=cutoff())
    assert assessment.decide(facts).reason == "no_form"
    assert (facts.members, facts.income_satang) == (0, 0)


OPENS, UNTIL = date(2021, 1, 31), date(2021, 2, 13)
MEETING = meeting.Facts(
    members=6, present=3, met_on=OPENS, signed_on=OPENS, opens=OPENS, until=UNTIL, least=3, quorum_percent=50
)


@pytest.mark.parametrize(
    ("change", "valid"),
    [
        ({}, True),
        ({"present": 2}, False),
        ({"members": 7, "present": 3}, False),
        ({"members": 7, "present": 4}, True),
        ({"members": 2, "present": 2}, False),
        ({"members": 0, "present": 0}, False),
        ({"members": 3, "present": 3, "quorum_percent": 100}, True),
        ({"members": 3, "present": 2, "quorum_percent": 67}, False),
        ({"met_on": OPENS - timedelta(1)}, False),
        ({"signed_on": UNTIL - timedelta(1)}, True),
        ({"signed_on": UNTIL}, False),
        ({"met_on": OPENS + timedelta(1)}, False),
    ],
)
def test_a_meeting_counts_or_does_not(change: dict[str, object], valid: bool) -> None:
    assert meeting.decide(replace(MEETING, **change)).valid is valid  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("result", "met", "reason"),
    [
        ("certified", True, None),
        ("refused", True, "committee_refused"),
        ("certified", False, "no_quorum"),
        ("refused", False, "no_quorum"),
        (None, True, "no_committee_result"),
        (None, False, "no_committee_result"),
    ],
)
def test_a_committee_speaks_only_when_it_met(result: str | None, met: bool, reason: str | None) -> None:
    assert certification.decide(certification.Facts(result=result, met=met)).reason == reason


WORD = arriving_verdict.Facts(
    closed=False, listed=True, first=True, same=True, result="refused", reasoned=True
)


@pytest.mark.parametrize(
    ("change", "stands", "trouble"),
    [
        ({}, True, None),
        ({"first": False}, False, None),
        ({"first": False, "same": False}, False, Trouble.VERDICT_REPEATED),
        ({"reasoned": False}, False, Trouble.VERDICT_WITHOUT_REASON),
        ({"reasoned": False, "result": "certified"}, True, None),
        ({"listed": False}, False, Trouble.NOT_EXPECTED),
        ({"listed": False, "reasoned": False}, False, Trouble.NOT_EXPECTED),
        ({"closed": True}, False, Trouble.VERDICT_AFTER_SIGNING),
        ({"closed": True, "listed": False}, False, Trouble.VERDICT_AFTER_SIGNING),
    ],
)
def test_a_word_stands_or_says_why_not(change: dict[str, object], stands: bool, trouble: str | None) -> None:
    verdict = arriving_verdict.decide(replace(WORD, **change))  # type: ignore[arg-type]
    assert (verdict.stands, verdict.trouble) == (stands, trouble)


MEMBER = arriving_member.Facts(
    known=True, closed=False, signed=False, same=False, days_equal=True, first=True
)


@pytest.mark.parametrize(
    ("change", "stands", "trouble"),
    [
        ({}, True, None),
        ({"known": False, "same": True}, False, MemberTrouble.SCHOOL_UNKNOWN),
        ({"same": True, "closed": True, "signed": True}, False, None),
        ({"closed": True, "signed": True}, False, MemberTrouble.MEETING_AFTER_CLOSE),
        ({"signed": True, "days_equal": False}, False, MemberTrouble.MEETING_SIGNED),
        ({"days_equal": False, "first": False}, False, MemberTrouble.MEETING_DAYS_DIFFER),
        ({"first": False}, False, MemberTrouble.MEETING_MEMBER_REPEATED),
    ],
)
def test_a_member_stands_or_says_why_not(change: dict[str, bool], stands: bool, trouble: str | None) -> None:
    verdict = arriving_member.decide(replace(MEMBER, **change))
    assert (verdict.stands, verdict.trouble) == (stands, trouble)


@given(st.builds(arriving_member.Facts))
def test_a_member_never_both_stands_and_is_in_trouble(facts: arriving_member.Facts) -> None:
    verdict = arriving_member.decide(facts)
    assert not (verdict.stands and verdict.trouble)
