"""What a round reads to screen: the illustrative model, the band, the limits of a form, the committee."""

import hashlib
from dataclasses import replace
from types import MappingProxyType

import pytest

from takhai import policy
from takhai.policy import Attendance, Band, PmtModel
from takhai.policy.library import Library, library
from takhai.policy.pmt import ANSWERS, DIMENSIONS, FLAGS, QUESTIONS
from takhai.policy.rounds import read_round
from takhai.policy.types import (
    Comparison,
    Denominator,
    GrowthCondition,
    Leave,
    NoValue,
    PolicyFileError,
)
from takhai.thai.calendar import Term
from tests.policy.files import topic

ROUND = policy.for_round(Term(2563, 2))
PMT = ROUND.pmt
# The answers by which a household scores nothing.
BEST = {
    "tenure.own",
    "floor.marble_tile",
    "wall.brick",
    "roof.tile",
    "toilet.has",
    "farmland.over_5",
    "water.bottled",
    "electricity.own_meter",
}
BAND = """
label = {{ th = "ก", en = "A" }}
unit = "{unit}"
keys = []
status = "illustrative"
"""
VALUE = """
[[value]]
from = {begins}
known_on = 2020-05-16
amount = {amount}
source = "a"
"""


def with_bands(quota: str, score: str) -> Library:
    """The project's library with other bands."""
    names = ("equity_grant.band_quota", "equity_grant.band_score")
    others = tuple(t for t in library().topics if t.name not in names)
    bands = (
        topic(BAND.format(unit="percent") + quota, names[0]),
        topic(BAND.format(unit="millionths") + score, names[1]),
    )
    return Library((*bands, *others), library().sources)


def value(amount: int, begins: str = "2020-05-16", until: str | None = None) -> str:
    end = "" if until is None else f"to = {until}\n"
    return VALUE.format(amount=amount, begins=begins) + end


def test_the_maxima_of_the_eight_dimensions_add_up_to_one() -> None:
    assert len(DIMENSIONS) == 8
    assert {dimension: PMT.most(dimension) for dimension in DIMENSIONS} == {
        "dependency": 150_000,
        "tenure": 100_000,
        "dwelling": 250_000,
        "farmland": 100_000,
        "water": 80_000,
        "electricity": 100_000,
        "vehicles": 100_000,
        "goods": 120_000,
    }
    assert sum(PMT.most(dimension) for dimension in DIMENSIONS) == 1_000_000


def test_every_weight_is_of_an_answer_of_the_form_and_only_the_best_answers_have_none() -> None:
    assert set(PMT.weights) <= ANSWERS
    assert ANSWERS - set(PMT.weights) == BEST
    assert all(0 < weight <= 1_000_000 for weight in PMT.weights.values())


def test_a_question_belongs_to_one_dimension_and_flags_are_questions() -> None:
    placed = [question for questions in DIMENSIONS.values() for question in questions]
    assert sorted(placed) == sorted(QUESTIONS)
    assert set(FLAGS) < set(QUESTIONS)


@pytest.mark.parametrize(
    ("answer", "weight"),
    [
        ("dependency.single_parent", 35_000),
        ("tenure.rent", 100_000),
        ("floor.earth", 70_000),
        ("wall.metal_sheet", 45_000),
        ("roof.metal_sheet", 20_000),
        ("toilet.none", 50_000),
        ("farmland.1_to_5", 40_000),
        ("water.natural", 80_000),
        ("electricity.shared_battery", 60_000),
        ("vehicles.no_tractor", 10_000),
        ("goods.no_refrigerator", 30_000),
    ],
)
def test_some_weights_as_they_were_written(answer: str, weight: int) -> None:
    assert PMT.weights[answer] == weight


def test_the_model_is_versioned_and_hashed_over_its_sorted_weights() -> None:
    assert PMT.version == "illustrative-1"
    lines = ["illustrative-1", *sorted(f"{key}={weight}" for key, weight in PMT.weights.items())]
    assert PMT.sha256 == hashlib.sha256("\n".join(lines).encode()).hexdigest()
    turned = PmtModel(PMT.version, dict(reversed(list(PMT.weights.items()))))
    assert turned.sha256 == PMT.sha256


def test_another_weight_or_version_is_another_model() -> None:
    one_more = {**PMT.weights, "floor.earth": 70_001}
    hashes = {
        PMT.sha256,
        PmtModel("illustrative-2", PMT.weights).sha256,
        PmtModel(PMT.version, one_more).sha256,
    }
    assert len(hashes) == 3


def test_the_weights_of_a_round_cannot_be_changed() -> None:
    assert isinstance(PMT.weights, MappingProxyType)


def test_every_round_has_a_quota_of_twenty_percent_and_no_score() -> None:
    for term in ("2563-1", "2563-2", "2564-1", "2567-1", "2569-2"):
        assert policy.for_round(Term.parse(term)).band == Band(quota_percent=20, score=None)


def test_a_round_with_a_score_has_no_quota() -> None:
    ended = value(20, until="2022-05-16")
    source = with_bands(ended, value(550_000, begins="2022-05-16"))
    assert read_round(Term(2564, 2), source).band == Band(quota_percent=20, score=None)
    assert read_round(Term(2565, 1), source).band == Band(quota_percent=None, score=550_000)


def test_a_round_with_both_or_none_is_refused() -> None:
    with pytest.raises(PolicyFileError, match="a quota holds too on 2022-05-16"):
        read_round(Term(2565, 1), with_bands(value(20), value(550_000)))
    with pytest.raises(NoValue, match="band_quota"):
        read_round(Term(2565, 1), with_bands("", ""))


@pytest.mark.parametrize(
    ("term", "seed"), [("2563-2", "takhai-2563-2"), ("2564-1", "takhai-2564-1"), ("2565-1", "takhai")]
)
def test_the_seed_of_the_lottery_is_published_with_the_round(term: str, seed: str) -> None:
    assert policy.for_round(Term.parse(term)).lottery_seed == seed


def test_who_may_certify_a_form() -> None:
    assert ROUND.official_positions == (
        "ผู้ใหญ่บ้าน",
        "กำนัน",
        "ผู้ช่วยผู้ใหญ่บ้าน",
        "แพทย์ประจำตำบล",
        "ข้าราชการ",
        "พนักงานส่วนท้องถิ่น",
        "นายกองค์การบริหารส่วนตำบล",
    )


@pytest.mark.parametrize(
    ("term", "skipped"), [("2563-2", ()), ("2564-1", ()), ("2567-1", ("certify",)), ("2567-2", ())]
)
def test_a_round_says_which_steps_it_skips(term: str, skipped: tuple[str, ...]) -> None:
    assert policy.for_round(Term.parse(term)).skipped_steps == skipped


def test_the_condition_of_attendance_and_growth() -> None:
    assert ROUND.attendance == Attendance(
        percent=80, comparison=Comparison.AT_LEAST, denominator=Denominator.REPORTED, leave=Leave.ABSENT
    )
    assert (ROUND.attendance.comparison, ROUND.attendance.leave) == ("at_least", "absent")
    assert ROUND.growth_condition is GrowthCondition.FOLLOW_UP


def test_a_change_of_one_weight_changes_the_hash_of_the_round() -> None:
    heavier = [
        replace(
            t, rows=tuple(replace(r, value=1) if ("answer", "roof.thatch") in r.keys else r for r in t.rows)
        )
        for t in library().topics
    ]
    changed = read_round(Term(2563, 2), Library(tuple(heavier), library().sources))
    assert changed.pmt.weights["roof.thatch"] == 1
    assert changed.sha256 != ROUND.sha256
