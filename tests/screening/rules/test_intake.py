"""The rule that takes or refuses a form: the first reason counts, and a good form has none."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhai.screening.rules.intake import UNREADABLE, Facts, decide, first, of_member, of_row
from takhai.screening.types import FORM_REFUSALS, FormRefusal

GOOD = Facts(
    fault=None,
    number_repeated=False,
    pupil_known=True,
    school_known=True,
    has_members=True,
    member_unreadable=False,
    age_impossible=False,
    income_negative=False,
    income_absurd=False,
    pupil_listed=True,
    expected=True,
    repeated=False,
)
# What makes each reason hold.
HOLDS = {
    FormRefusal.FORM_NUMBER_REPEATED: {"number_repeated": True},
    FormRefusal.FORM_WITHOUT_PUPIL: {"pupil_known": False},
    FormRefusal.FORM_SCHOOL_UNKNOWN: {"school_known": False},
    FormRefusal.FORM_WITHOUT_MEMBERS: {"has_members": False},
    FormRefusal.MEMBER_UNREADABLE: {"member_unreadable": True},
    FormRefusal.MEMBER_AGE_IMPOSSIBLE: {"age_impossible": True},
    FormRefusal.INCOME_NEGATIVE: {"income_negative": True},
    FormRefusal.INCOME_ABSURD: {"income_absurd": True},
    FormRefusal.PUPIL_NOT_LISTED: {"pupil_listed": False},
    FormRefusal.FORM_NOT_EXPECTED: {"expected": False},
    FormRefusal.FORM_REPEATED: {"repeated": True},
}
OF_THE_ROW = (
    FormRefusal.FORM_DAY_IMPOSSIBLE,
    FormRefusal.ANSWER_UNKNOWN,
    FormRefusal.OFFICIAL_MISSING,
    FormRefusal.OFFICIAL_NOT_ENTITLED,
    FormRefusal.REFUSAL_WITHOUT_REASON,
)
UNTIL = date(2021, 1, 15)
ENTITLED = frozenset({"กำนัน"})


def test_a_good_form_is_taken() -> None:
    assert decide(GOOD).reason is None


@pytest.mark.parametrize("reason", HOLDS)
def test_each_fact_has_its_reason(reason: str) -> None:
    assert decide(replace(GOOD, **HOLDS[FormRefusal(reason)])).reason == reason


@pytest.mark.parametrize("fault", [*UNREADABLE, *OF_THE_ROW])
def test_what_the_row_shows_by_itself_is_its_reason(fault: str) -> None:
    assert decide(replace(GOOD, fault=fault)).reason == fault


@pytest.mark.parametrize("fault", UNREADABLE)
def test_of_an_unreadable_row_nothing_else_is_looked_at(fault: str) -> None:
    worst = {name: value for changes in HOLDS.values() for name, value in changes.items()}
    assert decide(replace(GOOD, fault=fault, **worst)).reason == fault


@given(st.sets(st.sampled_from(list(HOLDS))), st.none() | st.sampled_from([*UNREADABLE, *OF_THE_ROW]))
@settings(max_examples=60)
def test_of_many_reasons_the_first_in_the_order_counts(
    holding: set[FormRefusal], fault: FormRefusal | None
) -> None:
    changes = {name: value for reason in holding for name, value in HOLDS[reason].items()}
    facts = replace(GOOD, fault=fault, **changes)
    told = [reason.value for reason in holding] + ([fault.value] if fault else [])
    assert decide(facts).reason == (min(told, key=FORM_REFUSALS.index) if told else None)


def test_every_reason_but_that_of_coming_late_can_be_given() -> None:
    given = {*HOLDS, *UNREADABLE, *OF_THE_ROW}
    assert set(FormRefusal) - given == {FormRefusal.FORM_AFTER_SIGNING}
    assert len(fields(Facts)) == len(HOLDS) + 1


def test_no_reason_is_first_of_none() -> None:
    assert first([]) is None
    assert first(["form_repeated", "answer_unknown"]) == "answer_unknown"


@pytest.mark.parametrize(
    ("day", "position", "reason"),
    [
        (UNTIL, "กำนัน", None),
        (date(2021, 1, 16), "กำนัน", "form_day_impossible"),
        (UNTIL, "ครู", "official_not_entitled"),
        (date(2021, 1, 16), "ครู", "form_day_impossible"),
        (None, None, None),
    ],
)
def test_day_and_position_of_a_row(day: date | None, position: str | None, reason: str | None) -> None:
    found = of_row(problems=(), filled_on=day, until=UNTIL, position=position, entitled=ENTITLED)
    assert found == reason


def test_what_the_reader_said_is_ranked_with_the_rest() -> None:
    said = ["refusal_without_reason", "answer_unknown"]
    assert of_row(problems=said, filled_on=UNTIL, until=UNTIL, position="ครู", entitled=ENTITLED) == said[1]
    assert (
        of_row(problems=said[:1], filled_on=UNTIL, until=UNTIL, position="ครู", entitled=ENTITLED)
        == "official_not_entitled"
    )


@pytest.mark.parametrize(
    ("problems", "age", "incomes", "reason"),
    [
        ((), 120, (50_000_000, -50_000_000), None),
        ((), 121, (), "member_age_impossible"),
        ((), 40, (50_000_001,), "income_absurd"),
        ((), 40, (0, -50_000_001), "income_absurd"),
        ((), 121, (50_000_001,), "member_age_impossible"),
        (("text_unclean",), None, (), "member_unreadable"),
        (("row_malformed",), None, (), "member_unreadable"),
        (("income_negative",), 40, (), "income_negative"),
        (("income_negative",), 130, (), "member_age_impossible"),
        (("income_negative", "member_unreadable"), 130, (), "member_unreadable"),
        (("member_age_impossible",), None, (), "member_age_impossible"),
    ],
)
def test_what_is_wrong_with_a_member(
    problems: tuple[str, ...], age: int | None, incomes: tuple[int, ...], reason: str | None
) -> None:
    assert of_member(problems=problems, age=age, oldest=120, incomes=incomes, most=50_000_000) == reason
