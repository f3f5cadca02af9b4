"""What a round of the equity grant reads besides its rates."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from takhai import policy
from takhai.policy import AFFILIATIONS
from takhai.policy.library import Library, library
from takhai.policy.rounds import read_round
from takhai.policy.types import Entry
from takhai.thai.calendar import Term
from takhai.thai.working_days import count, end_day

ROUND = policy.for_round(Term(2563, 2))
NEXT = policy.for_round(Term(2564, 1))


def test_a_round_is_read_as_of_the_first_day_of_its_semester() -> None:
    assert ROUND.snapshot.day == date(2020, 11, 1)
    assert ROUND.snapshot.sha256 == policy.as_of(date(2020, 11, 1)).sha256


def test_kindergarten_to_lower_secondary_is_screened() -> None:
    assert ROUND.screened_levels == ("kindergarten", "primary", "lower_secondary")


def test_every_affiliation_has_a_mark_of_its_applicants() -> None:
    assert set(ROUND.entry) == set(AFFILIATIONS)
    poor = {name for name, entry in ROUND.entry.items() if entry.mark == "เด็กยากจน"}
    assert poor == {"obec", "opec", "bma", "onab", "nfe"}
    assert ROUND.entry["dla"].mark == "ต้องการสมัครขอรับทุน"
    assert ROUND.entry["bpp"].mark is None


@pytest.mark.parametrize(
    ("affiliation", "text", "applies"),
    [
        ("obec", "เด็กยากจน", True),
        ("obec", "ต้องการสมัครขอรับทุน", False),
        ("obec", "-", False),
        ("dla", "ต้องการสมัครขอรับทุน", True),
        ("dla", "เด็กยากจน", False),
        ("bpp", "-", True),
        ("bpp", "", True),
    ],
)
def test_an_applicant_is_told_by_the_mark(affiliation: str, text: str, applies: bool) -> None:
    assert ROUND.entry[affiliation].applies(text) is applies


def test_an_entry_without_a_mark_takes_every_row() -> None:
    assert Entry("bpp", None).applies("anything")
    assert not Entry("obec", "x").applies("")


def test_limits_of_the_round() -> None:
    assert ROUND.three_years == 3
    assert ROUND.income_ceiling_satang == 300_000
    assert (ROUND.income_most_satang, ROUND.oldest_member) == (50_000_000, 120)
    assert (ROUND.committee_least, ROUND.committee_quorum_percent) == (3, 50)
    assert ROUND.groups == ("old", "new")


def test_cash_has_twenty_working_days_unless_the_calendar_names_the_last() -> None:
    clock = ROUND.cash_clock
    assert (clock.days, clock.day_policy) == (20, "government_holidays")
    assert dict(clock.explicit_end) == {"old": date(2021, 2, 18), "new": date(2021, 3, 29)}
    opens = ROUND.window("recover", "old").opens
    explicit = clock.explicit_end["old"]
    assert end_day(opens, clock.days, clock.day_policy, explicit_end=explicit) == explicit
    assert count(opens, explicit, clock.day_policy) == 23


def test_a_round_without_a_calendar_counts_its_clock() -> None:
    clock = policy.for_round(Term(2567, 1)).cash_clock
    assert (clock.days, dict(clock.explicit_end)) == (20, {})


@pytest.mark.parametrize(
    ("term", "what"),
    [("2563-1", "warn"), ("2563-2", "warn"), ("2564-1", "hold"), ("2564-2", "warn"), ("2569-2", "warn")],
)
def test_only_2564_1_holds_payment_for_a_failed_condition(term: str, what: str) -> None:
    assert policy.for_round(Term.parse(term)).not_compliant == what


def test_a_round_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        ROUND.groups = ("old",)  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        ROUND.snapshot.rows = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        ROUND.entry["obec"] = Entry("obec", None)  # type: ignore[index]
    with pytest.raises(TypeError):
        ROUND.calendar["", "intake"] = ROUND.window("report")  # type: ignore[index]


def test_rounds_have_their_own_hash_even_with_equal_values() -> None:
    terms = [Term(2563, 1), Term(2563, 2), Term(2564, 1), Term(2564, 2), Term(2565, 1), Term(2567, 1)]
    hashes = [policy.for_round(term).sha256 for term in terms]
    assert len(set(hashes)) == len(terms)
    assert all(len(each) == 64 and int(each, 16) for each in hashes)
    assert policy.for_round(Term(2564, 2)).snapshot.sha256 == policy.for_round(Term(2565, 1)).snapshot.sha256


def test_a_round_asked_twice_is_the_same() -> None:
    assert policy.for_round(Term(2563, 2)) is ROUND
    assert NEXT.sha256 != ROUND.sha256


def test_a_topic_of_another_unit_than_the_round_reads_is_refused() -> None:
    swapped = [
        replace(t, name="equity_grant.groups")
        if t.name == "equity_grant.attendance"
        else replace(t, name="equity_grant.attendance")
        if t.name == "equity_grant.groups"
        else t
        for t in library().topics
    ]
    renamed = tuple(replace(t, rows=tuple(replace(r, topic=t.name) for r in t.rows)) for t in swapped)
    with pytest.raises(TypeError, match="attendance is read as int"):
        read_round(Term(2565, 1), Library(renamed, library().sources))
