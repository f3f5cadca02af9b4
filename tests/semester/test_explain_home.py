"""How a household was read: points, money rounded the way that does not mislead, where the line lay."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from takhai.reporting.words import Language
from takhai.screening.rules.changing import INCOME
from takhai.screening.rules.explanation import Case, explain
from takhai.screening.types import Cutoff, Household, Way
from takhai.semester import explain_home as home
from takhai.semester.explain_text import speech
from tests.screening.cases import BARE, CEILING, WEIGHTS, cases, cutoff
from tests.semester.told import POLICY

THAI = speech(Language.TH)
LINE = cutoff(score=100_000, income_satang=400_000, members=4, lottery="5" * 64, candidates=80, places=20)


def case(household: Household, line: Cutoff = LINE) -> Case:
    return Case(household=household, refused=False, lottery="9" * 64, weights=WEIGHTS, cutoff=line)


def lines(household: Household, line: Cutoff = LINE) -> list[str]:
    return list(home.line(told=explain(case(household, line)), cutoff=line, speech=THAI))


def otherwise(household: Household, line: Cutoff = LINE) -> list[str]:
    return list(home.otherwise(told=explain(case(household, line)), cutoff=line, speech=THAI))


@pytest.mark.parametrize(
    ("millionths", "said"),
    [(0, "0"), (412_000, "412"), (412_500, "412.5"), (1, "0.001"), (1_000_000, "1,000"), (20_010, "20.01")],
)
def test_points_are_thousandths_without_a_tail(millionths: int, said: str) -> None:
    assert home.points(millionths) == said


@pytest.mark.parametrize(
    ("satang", "said"), [(0, "0"), (100_000, "1,000"), (100_050, "1,000.50"), (5, "0.05")]
)
def test_money_is_in_baht_without_a_tail(satang: int, said: str) -> None:
    assert home.money(satang) == said


def test_an_income_at_the_ceiling_passes_and_a_satang_more_is_seen_to_be_over() -> None:
    at = replace(BARE, members=3, income_satang=3 * CEILING)
    over = replace(at, income_satang=3 * CEILING + 1)
    assert list(home.income(household=at, cutoff=LINE, speech=THAI)) == [
        "รายได้ทั้งบ้าน 9,000 บาทต่อเดือน อยู่กัน 3 คน",
        "เฉลี่ยคนละ 3,000 บาท ไม่เกิน 3,000 บาทตามเกณฑ์",
    ]
    assert list(home.income(household=over, cutoff=LINE, speech=THAI)) == [
        "รายได้ทั้งบ้าน 9,000.01 บาทต่อเดือน อยู่กัน 3 คน",
        "เฉลี่ยคนละ 3,000.01 บาท เกิน 3,000 บาทตามเกณฑ์",
    ]


def test_an_income_that_does_not_divide_is_rounded_down_below_the_ceiling() -> None:
    household = replace(BARE, members=3, income_satang=100_000)
    assert "คนละ 333.33 บาท" in list(home.income(household=household, cutoff=LINE, speech=THAI))[1]


def test_the_most_points_there_are_are_a_thousand() -> None:
    told = explain(case(replace(BARE, tenure="rent")))
    first, only, rest = home.score(told=told, model=POLICY.pmt, speech=THAI)
    assert first == "คะแนนความยากลำบากของบ้าน 100 จากเต็ม 1,000 มาจาก"
    assert only.strip() == "+100 เช่าบ้านอยู่ · ที่อยู่อาศัย"
    assert rest == "คำตอบข้ออื่นไม่ได้เพิ่มคะแนน"


def test_a_home_without_a_point_is_told_so_and_nothing_else() -> None:
    told = explain(case(BARE))
    assert list(home.score(told=told, model=POLICY.pmt, speech=THAI)) == [
        "คะแนนความยากลำบากของบ้าน 0 จากเต็ม 1,000"
    ]


def test_points_stand_below_each_other() -> None:
    told = explain(case(replace(BARE, tenure="rent", water="tap")))
    _, *moved, _ = home.score(told=told, model=POLICY.pmt, speech=THAI)
    assert [each.index("0 ") for each in moved] == [moved[0].index("0 ")] * 2


def test_the_line_says_how_far_away_it_was() -> None:
    assert lines(BARE)[1] == "บ้านนี้ต่ำกว่านั้นอยู่ 100 คะแนน"
    assert lines(replace(BARE, tenure="rent", water="tap"))[1] == "บ้านนี้สูงกว่านั้นอยู่ 20 คะแนน"


def test_at_equal_points_it_says_what_went_first() -> None:
    assert len(lines(replace(BARE, tenure="rent"))) == 3
    by_score = cutoff(Way.SCORE, score=100_000)
    assert lines(replace(BARE, tenure="rent"), by_score) == ["รอบนี้รับตั้งแต่ 100 คะแนนขึ้นไป"]


def test_a_round_with_a_place_for_everybody_compares_nobody() -> None:
    everybody = replace(LINE, candidates=20, places=20, score=0)
    assert lines(BARE, everybody) == ["รอบนี้ทุนพอสำหรับทุกบ้านที่รายได้ไม่เกินเกณฑ์"]
    told = otherwise(replace(BARE, tenure="rent"), everybody)
    assert told[1] == "  รายได้ทั้งบ้านตั้งแต่ 12,001 บาทต่อเดือนขึ้นไป"
    assert "หรือถ้า" not in told


def test_several_changes_are_joined_by_and() -> None:
    told = otherwise(BARE, cutoff(Way.SCORE, score=300_000))
    assert told[0] == "บ้านนี้จะได้รับเลือก ถ้า"
    assert [each.strip().startswith("และ ") for each in told[1:-1]] == [False, True, True]


@given(cases())
@settings(max_examples=60)
def test_whatever_is_told_of_a_home_has_its_words(of: Case) -> None:
    assert of.household
    told = explain(of)
    for language in Language:
        said = speech(language)
        texts = [
            *home.income(household=of.household, cutoff=of.cutoff, speech=said),
            *home.score(told=told, model=POLICY.pmt, speech=said),
            *home.line(told=told, cutoff=of.cutoff, speech=said),
            *home.otherwise(told=told, cutoff=of.cutoff, speech=said),
        ]
        assert all("{" not in text for text in texts)


@given(cases())
@settings(max_examples=60)
def test_every_change_of_a_way_is_told_once(of: Case) -> None:
    told = explain(of)
    if told.ways and not home.everybody(of.cutoff):
        texts = list(home.otherwise(told=told, cutoff=of.cutoff, speech=THAI))
        assert sum(text.startswith("  ") for text in texts) == sum(map(len, told.ways))
        incomes = sum(change.field == INCOME for way in told.ways for change in way)
        assert sum("รายได้ทั้งบ้าน" in text for text in texts) == incomes
