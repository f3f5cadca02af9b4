"""The paper for a mother: everything has its words in both languages, no line is too long, nothing is jargon."""

import re
from dataclasses import replace
from datetime import date

import pytest

from takhai.benefits.queries import Judged
from takhai.benefits.rules.compliance import Facts, Verdict, decide
from takhai.benefits.types import FINDINGS, ComplianceReason, Standing
from takhai.payments.types import ABSENT, BANK_CODES, BANK_OTHER, NOT_FETCHED, Channel, LineState
from takhai.policy.pmt import DIMENSIONS, QUESTIONS
from takhai.programmes.types import GroupReason
from takhai.reporting.words import Language, load
from takhai.screening.rules.changing import OWNED, PEOPLE
from takhai.screening.rules.score import CHOICES
from takhai.screening.types import Way
from takhai.semester.explain_text import WIDTH, WORDS, Who, paper, speech, width, wrap
from takhai.semester.explaining import Explained
from tests.semester.told import (
    EVERYTHING,
    LINE,
    POLICY,
    POOR,
    entitled,
    in_group,
    payment,
    pupil,
    screened,
)

WHO = Who(name="เด็กหญิงมาลี ใจดี", grade="ป.3", school="โรงเรียนบ้านนา")
OLD = in_group("old", "on_last_list", listed=True)
THAI, ENGLISH = speech(Language.TH), speech(Language.EN)
DAY = date(2021, 1, 25)
DAYS = Facts(
    days_present=80,
    sick_leave=0,
    personal_leave=0,
    open_reported=100,
    open_term=100,
    weight_g=None,
    height_mm=None,
    percent=80,
    above=False,
    whole_term=False,
    leave_excused=False,
    growth_required=False,
)
PAID = {
    f"{state}-{channel}-{reason}": pupil(
        OLD,
        entitled=entitled(),
        lines=(
            payment(
                state,
                channel,
                reason,
                booked_on=DAY,
                received_on=DAY,
                closed_on=date(2021, 2, 18),
                returned_on=DAY,
            ),
        ),
    )
    for state, channel, reason in [
        (LineState.HELD, Channel.SCHOOL, "no_account"),
        (LineState.HELD, Channel.PROMPTPAY, "no_result"),
        (LineState.HELD, Channel.SCHOOL, "result_differs"),
        (LineState.ORDERED, Channel.PROMPTPAY, None),
        (LineState.ORDERED, Channel.SCHOOL, None),
        (LineState.ACCEPTED, Channel.SCHOOL, None),
        (LineState.PAID, Channel.PROMPTPAY, None),
        (LineState.PAID, Channel.SCHOOL, None),
        *((LineState.REFUSED, Channel.PROMPTPAY, each) for each in (*BANK_CODES, BANK_OTHER)),
        *((LineState.REFUSED, Channel.SCHOOL, each) for each in (*BANK_CODES, BANK_OTHER)),
        *((LineState.DUE_BACK, Channel.SCHOOL, each) for each in (NOT_FETCHED, *ABSENT)),
        *((LineState.RETURNED, Channel.SCHOOL, each) for each in (NOT_FETCHED, *ABSENT)),
    ]
}
HELD = {
    reason: pupil(OLD, entitled=entitled(Standing.HELD, reason))
    for reason in (*(each for each in FINDINGS if each != "dead"), "not_compliant")
}
ALL = EVERYTHING | PAID | HELD


def told(explained: Explained, language: Language = Language.TH) -> str:
    return "\n".join(paper(explained=explained, who=WHO, speech=speech(language)))


def section(text: str, head: str, language: Language = Language.TH) -> list[str]:
    """The lines below a head."""
    lines = text.split("\n")
    start = lines.index(speech(language).say("head", head)) + 1
    rest = lines[start:]
    return [line.strip() for line in (rest[: rest.index("")] if "" in rest else rest)]


# --- every word is there ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("explained", ALL.values(), ids=list(ALL))
def test_whatever_became_of_a_pupil_has_its_words(explained: Explained, language: Language) -> None:
    text = told(explained, language)
    assert "{" not in text
    for head in ("result", "do", "group", "policy"):
        assert section(text, head, language)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("explained", ALL.values(), ids=list(ALL))
def test_no_line_is_too_wide_for_a_terminal_or_a_page(explained: Explained, language: Language) -> None:
    assert [line for line in told(explained, language).split("\n") if width(line) > WIDTH] == []


def test_each_sentence_stands_on_one_line_in_thai() -> None:
    sentences = {
        word.th for part in load(*WORDS).values() for word in part.values() if "{reason}" not in word.th
    }
    assert [each for each in sentences if width(each) > WIDTH - 2] == []


def test_each_answer_of_the_form_has_its_words() -> None:
    words = load(*WORDS)
    for field in CHOICES:
        assert set(words[field]) == set(QUESTIONS[field])
    for field in (*PEOPLE, *OWNED, "toilet"):
        assert set(words[field]) == {"yes", "no"}
    assert set(words["dimension"]) == set(DIMENSIONS)


def test_each_reason_for_a_group_has_its_words() -> None:
    assert set(load(*WORDS)["group"]) == {*GroupReason, "not_in_round"}


def test_no_answer_is_said_like_another() -> None:
    words = load(*WORDS)
    said = [word.th for field in (*PEOPLE, *CHOICES, *OWNED, "toilet") for word in words[field].values()]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("explained", ALL.values(), ids=list(ALL))
def test_thai_is_thai_and_says_nothing_that_only_an_office_would(explained: Explained) -> None:
    lines = told(explained).split("\n")
    end = lines.index(THAI.say("head", "policy"))
    spoken = "\n".join(lines[:end])
    assert re.findall(r"[A-Za-z]+", spoken) == []
    for word in ("PMT", "เกณฑ์ตัดสินแบบ", "โควตา", "อัลกอริทึม", "null", "เอนทิตี"):
        assert word not in spoken


@pytest.mark.parametrize("explained", ALL.values(), ids=list(ALL))
def test_english_is_english_but_for_names(explained: Explained) -> None:
    text = told(explained, Language.EN).replace(" · ".join((WHO.name, WHO.grade, WHO.school)), "")
    reasons = ("ไม่พบใครที่บ้านในวันที่ไปเยี่ยม", "ย้ายออกจากหมู่บ้านแล้ว")
    for reason in reasons:
        text = text.replace(reason, "")
    assert re.findall(r"[\u0e00-\u0e7f]+", text) == []


# --- what it says -------------------------------------------------------------------------------------


def test_the_paper_begins_with_the_round_and_the_child() -> None:
    lines = told(EVERYTHING["no_form"]).split("\n")
    assert lines[0] == "เงินทุนเสมอภาค ภาคเรียนที่ 2 ปีการศึกษา 2563"
    assert lines[1] == "เด็กหญิงมาลี ใจดี · ป.3 · โรงเรียนบ้านนา"


def test_a_child_of_whom_nothing_more_is_known_is_called_by_name_alone() -> None:
    lines = paper(explained=pupil(), who=Who("เด็กหญิงมาลี ใจดี", "", ""), speech=THAI)
    assert lines[1] == "เด็กหญิงมาลี ใจดี"


def test_days_are_of_the_buddhist_era_and_money_is_in_baht() -> None:
    text = told(PAID["paid-promptpay-None"])
    assert section(text, "result") == ["ได้รับเงินแล้ว 1,000 บาท"]
    assert section(text, "money") == ["เงิน 1,000 บาทเข้าพร้อมเพย์เมื่อ 25 ม.ค. 2564"]
    assert section(text, "do") == ["ไม่ต้องทำอะไร"]
    english = told(PAID["paid-promptpay-None"], Language.EN)
    assert section(english, "money", Language.EN) == ["1,000 baht reached PromptPay on 25 Jan 2564 BE"]


def test_cash_at_the_school_says_until_when_it_waits() -> None:
    text = told(PAID["accepted-school-None"])
    until = THAI.day(POLICY.window("recover", "new").closes)
    assert section(text, "do") == [f"ไปรับเงินที่โรงเรียนภายใน {until} และลงชื่อในใบรับเงิน"]


def test_a_form_that_is_awaited_says_until_when() -> None:
    until = THAI.day(POLICY.window("assess", "new").closes)
    assert until in section(told(EVERYTHING["form_awaited"]), "do")[0]


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("official_refused", "เจ้าหน้าที่ให้เหตุผลว่า ไม่พบใครที่บ้านในวันที่ไปเยี่ยม"),
        ("committee_refused", "กรรมการให้เหตุผลว่า ย้ายออกจากหมู่บ้านแล้ว"),
    ],
)
def test_who_refused_is_quoted_with_his_reason(key: str, reason: str) -> None:
    assert section(told(EVERYTHING[key]), "result")[1] == reason


def test_a_reason_that_was_erased_is_not_quoted() -> None:
    refused = EVERYTHING["official_refused"]
    assert refused.screened
    assert refused.screened.form
    erased = replace(
        refused, screened=replace(refused.screened, form=replace(refused.screened.form, official_reason="-"))
    )
    assert section(told(erased), "result") == [THAI.say("result", "official_refused")]


def test_a_long_reason_is_broken_at_its_spaces() -> None:
    reason = " ".join(["เหตุผลที่ยาวมาก"] * 20)
    refused = pupil(in_group(), screened=screened(refused=reason))
    lines = told(refused).split("\n")
    assert max(map(width, lines)) <= WIDTH
    assert " ".join(section(told(refused), "result")[1:]) == f"เจ้าหน้าที่ให้เหตุผลว่า {reason}"


@pytest.mark.parametrize("reason", [each for each in FINDINGS if each != "dead"])
def test_what_a_register_can_mend_ends_with_the_money_coming_later(reason: str) -> None:
    assert section(told(HELD[reason]), "do")[-1] == THAI.say("do", "lifted")


def test_days_missed_at_school_are_nothing_that_a_register_can_mend() -> None:
    assert section(told(HELD["not_compliant"]), "do") == [THAI.say("do", "not_compliant")]


def test_a_refusal_of_promptpay_is_the_familys_to_mend_and_one_of_the_school_is_not() -> None:
    own = section(told(PAID["refused-promptpay-account_closed"]), "do")
    schools = section(told(PAID["refused-school-account_closed"]), "do")
    assert own == [THAI.say("do", "account_closed"), THAI.say("do", "again")]
    assert schools == [THAI.say("do", "school_account"), THAI.say("do", "again")]


@pytest.mark.parametrize("state", ["due_back", "returned"])
def test_to_a_family_whose_child_died_nothing_is_said_about_fetching_money(state: str) -> None:
    assert section(told(PAID[f"{state}-school-died"]), "do") == [THAI.say("do", "sorry")]


def test_money_of_an_earlier_term_is_told_by_itself() -> None:
    earlier = payment(LineState.PAID, booked_on=DAY, entitlement_round="2563-1")
    text = told(pupil(OLD, entitled=entitled(), lines=(earlier,)))
    assert section(text, "earlier") == ["ภาคเรียนที่ 1 ปีการศึกษา 2563: เงิน 1,000 บาทเข้าพร้อมเพย์เมื่อ 25 ม.ค. 2564"]
    assert section(text, "result") == ["ได้รับทุน 1,000 บาท กำลังเตรียมจ่าย"]


@pytest.mark.parametrize(
    ("facts", "thai"),
    [
        (DAYS, "ภาคเรียนที่ 2 ปีการศึกษา 2563: มา 80 วัน จาก 100 วัน ถึงเกณฑ์ร้อยละ 80"),
        (
            replace(DAYS, days_present=79),
            "ภาคเรียนที่ 2 ปีการศึกษา 2563: มา 79 วัน จาก 100 วัน ยังไม่ถึงร้อยละ 80",
        ),
        (
            replace(DAYS, growth_required=True),
            "ภาคเรียนที่ 2 ปีการศึกษา 2563: ยังไม่ได้ชั่งน้ำหนักหรือวัดส่วนสูง",
        ),
        (replace(DAYS, days_present=None), "ภาคเรียนที่ 2 ปีการศึกษา 2563: โรงเรียนยังไม่ได้ส่งเวลาเรียน"),
    ],
)
def test_days_at_school_are_told_with_what_was_asked(facts: Facts, thai: str) -> None:
    verdict = decide(facts)
    judged = Judged(facts=facts, verdict=verdict, decided=verdict, policy_sha256=POLICY.sha256)
    explained = replace(pupil(OLD, entitled=entitled()), judged={POLICY.term: judged})
    assert section(told(explained), "days") == [thai]
    assert explained.agrees
    assert "{" not in told(explained, Language.EN)
    otherwise = replace(judged, decided=Verdict(None, ComplianceReason.NOT_REPORTED))
    other = replace(explained, judged={POLICY.term: otherwise})
    assert other.agrees is (verdict == otherwise.decided)


def test_who_was_not_judged_hears_nothing_about_days() -> None:
    assert THAI.say("head", "days") not in told(EVERYTHING["to_be_ordered"])


# --- the home -----------------------------------------------------------------------------------------


def test_who_was_compared_sees_the_home_the_line_and_what_would_have_changed_it() -> None:
    text = told(EVERYTHING["not_extremely_poor"])
    assert section(text, "home") == [
        "รายได้ทั้งบ้าน 6,100 บาทต่อเดือน อยู่กัน 5 คน",
        "เฉลี่ยคนละ 1,220 บาท ไม่เกิน 3,000 บาทตามเกณฑ์",
        "คะแนนความยากลำบากของบ้าน 270 จากเต็ม 1,000 มาจาก",
        "+100 เช่าบ้านอยู่ · ที่อยู่อาศัย",
        "+40 พื้นบ้านเป็นปูนเปลือย · ตัวบ้าน",
        "+40 ไม่มีรถเก๋ง · ยานพาหนะ",
        "+30 ในบ้านมีคนวัยทำงานที่ไม่มีงานทำ · คนในบ้าน",
        "+20 หลังคามุงสังกะสี · ตัวบ้าน",
        "+20 ดื่มน้ำประปา · น้ำดื่ม",
        "+20 ไม่มีคอมพิวเตอร์ · ของใช้ในบ้าน",
        "คำตอบข้ออื่นไม่ได้เพิ่มคะแนน",
        "ทุนมีจำกัด จึงให้บ้านที่ลำบากที่สุดก่อน คนสุดท้ายที่ได้มี 520 คะแนน",
        "บ้านนี้ต่ำกว่านั้นอยู่ 250 คะแนน",
    ]
    assert section(text, "otherwise")[0] == "บ้านนี้จะได้รับเลือก ถ้า"
    assert section(text, "otherwise")[-1] == THAI.say("way", "true")


@pytest.mark.parametrize("key", ["no_form", "official_refused", "form_received", "to_be_entitled"])
def test_who_was_not_compared_sees_no_points(key: str) -> None:
    text = told(EVERYTHING[key])
    assert THAI.say("head", "home") not in text
    assert THAI.say("head", "otherwise") not in text


@pytest.mark.parametrize("key", ["committee_refused", "committee_awaited", "no_quorum"])
def test_who_was_chosen_sees_what_would_have_unchosen_him(key: str) -> None:
    told_ = section(told(EVERYTHING[key]), "otherwise")
    assert told_[0] == "บ้านนี้จะไม่ได้รับเลือก ถ้า"
    assert "หรือถ้า" in told_
    assert "รายได้ทั้งบ้านตั้งแต่ 15,001 บาทต่อเดือนขึ้นไป" in told_


def test_the_model_is_said_to_be_nobodys_own_with_its_hash() -> None:
    for language in Language:
        text = section(told(EVERYTHING["not_extremely_poor"], language), "policy", language)
        assert POLICY.sha256 in text
        assert POLICY.pmt.sha256 in text
        assert POLICY.pmt.version in text[0]
    assert "ไม่ใช่ของ กสศ." in section(told(EVERYTHING["no_form"]), "policy")[0]
    assert "not the Fund's" in section(told(EVERYTHING["no_form"], Language.EN), "policy", Language.EN)[0]


def test_who_needed_no_screening_hears_of_the_policy_alone() -> None:
    text = section(told(EVERYTHING["to_be_ordered"]), "policy")
    assert POLICY.sha256 in text
    assert POLICY.pmt.sha256 not in text


def test_it_says_whether_it_agrees_with_what_was_decided() -> None:
    right = EVERYTHING["not_extremely_poor"]
    assert right.screened
    assert right.screened.decided
    wrong = replace(right, screened=replace(right.screened, decided=replace(right.screened.decided, score=1)))
    assert section(told(right), "policy")[-1] == THAI.say("policy", "agrees")
    assert section(told(wrong), "policy")[-1] == THAI.say("policy", "differs")


def test_a_policy_that_changed_since_the_decision_is_told() -> None:
    right = EVERYTHING["not_extremely_poor"]
    assert right.screened
    assert right.screened.decided
    earlier = replace(right.screened.decided, policy_sha256="0" * 64)
    changed = replace(right, screened=replace(right.screened, decided=earlier))
    assert section(told(changed), "policy")[-1] == THAI.say("policy", "changed")


def test_nothing_is_said_to_agree_before_anything_was_decided() -> None:
    assert THAI.say("policy", "agrees") not in told(EVERYTHING["form_received"])


def test_where_nobody_had_a_place_no_answer_would_have_helped() -> None:
    nobody = replace(
        LINE, way=Way.NOBODY, score=0, income_satang=0, members=0, lottery="", candidates=1, places=0
    )
    text = told(pupil(in_group(), screened=screened(POOR, line=nobody)))
    assert THAI.say("screening", "line_nobody") in section(text, "home")
    assert section(text, "otherwise") == [THAI.say("way", "none")]


# --- breaking lines -----------------------------------------------------------------------------------


def test_marks_above_and_below_take_no_column() -> None:
    assert width("ที่นี่") == 2
    assert width("ผู้ใหญ่") == 4
    assert width("abc") == 3


def test_a_short_line_is_left_alone_and_a_word_is_never_cut() -> None:
    assert list(wrap("สั้น ๆ")) == ["  สั้น ๆ"]
    long = "ก" * 200
    assert list(wrap(long)) == [f"  {long}"]


def test_a_break_keeps_the_depth_of_its_line() -> None:
    first, *rest = wrap("  " + "word " * 40)
    assert first.startswith("    word")
    assert all(line.startswith("      word") for line in rest)
    assert " ".join([first.strip(), *(line.strip() for line in rest)]) == " ".join(["word"] * 40)
