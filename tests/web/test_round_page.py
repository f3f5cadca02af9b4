"""What the page of a round says, before any template: the law and waits in words, the picture of steps."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from takhai.policy import for_round
from takhai.reporting import summary
from takhai.reporting.words import Language
from takhai.thai.calendar import Term
from takhai.web import language
from takhai.web.round import page
from tests.reporting import samples

ROUND = Term(2563, 2)


def build(
    raw: Mapping[str, Any] | None = None, *, lang: Language = Language.TH, **changes: Any
) -> page.RoundPage:
    told = summary.read({**(raw or samples.summary()), **changes})
    return page.build(
        told,
        speech=language.speech(lang),
        windows=for_round(told.term).windows,
        rounds=[ROUND, Term(2564, 1)],
        has_report=True,
    )


def test_the_round_is_named_as_people_say_it() -> None:
    shown = build()
    assert shown.title == "รอบ 2/2563"
    assert shown.lead == "ภาคเรียนที่ 2 ปีการศึกษา 2563"
    assert build(lang=Language.EN).title == "Round 2/2563"


def test_rounds_to_choose_from_begin_with_the_latest_and_mark_the_one_shown() -> None:
    assert [(each.label, each.current) for each in build().rounds] == [("1/2564", False), ("2/2563", True)]


def test_four_figures_come_first_and_each_is_set_against_its_whole() -> None:
    paid = sum(samples.at(samples.summary(), "recover", group)["out"] for group in ("old", "new"))
    figures = {each.kind: each for each in build().figures}
    assert list(figures) == ["paid", "pupils", "held", "back"]
    assert figures["paid"].value == "6,964,500.00 บาท"
    assert figures["paid"].beside == "จากบัญชีรายชื่อที่ปิดแล้ว 7,215,000.00 บาท"
    assert figures["pupils"].value == f"{paid:,} คน"
    assert figures["pupils"].beside == "จากผู้รับทุน 6,781 คน"
    assert (figures["held"].value, figures["held"].beside) == (
        "369 คน",
        "413,500.00 บาท · กลับเข้าแล้ว 26 คน",
    )
    assert (figures["back"].value, figures["back"].beside) == ("75,000.00 บาท", "คืนแล้ว 19,500.00 บาท")


def test_the_law_line_says_that_nothing_is_unexplained() -> None:
    law = build().law
    assert law.holds
    assert law.unexplained == "0.00 บาท"
    assert law.proof == "ตรงทั้ง 17 ขั้น ทั้งจำนวนคนและจำนวนเงิน"
    assert law.faults == ()


def test_the_law_line_of_a_waiting_round_speaks_only_of_the_steps_that_are_closed() -> None:
    assert build(samples.waiting()).law.proof.startswith("ตรงทั้ง 7 ขั้น")


def test_a_violation_is_said_in_words_at_the_top_and_at_its_step() -> None:
    shown = build(samples.broken(), lang=Language.EN)
    assert not shown.law.holds
    assert shown.law.unexplained == "0.01 baht · 7 pupils"
    assert shown.law.proof == ""
    assert [fault.split(":")[0] for fault in shown.law.faults] == [
        "Sort into groups · Everybody",
        "Order payment · Continuing group",
    ]
    faulty = [card for card in cards(shown) if card.state == "faulty"]
    assert [card.name for card in faulty] == ["Sort into groups", "Order payment"]
    assert [card.faults for card in faulty] == [(fault,) for fault in shown.law.faults]
    assert faulty[0].state_word == "Does not add up"


def test_a_round_that_does_not_add_up_is_called_so_whatever_its_status() -> None:
    assert build(samples.broken()).status == "broken"
    assert build(samples.broken(), status="complete").status == "broken"


@pytest.mark.parametrize(
    ("raw", "status", "word"),
    [
        (samples.summary(), "complete", "เสร็จสมบูรณ์"),
        (samples.waiting(), "waiting", "กำลังรอ"),
        ({**samples.waiting(), "waits": []}, "running", "กำลังดำเนินการ"),
    ],
)
def test_a_round_is_complete_waiting_or_being_worked_on(raw: dict[str, Any], status: str, word: str) -> None:
    shown = build(raw)
    assert (shown.status, shown.status_word) == (status, word)


@pytest.mark.parametrize(
    ("what", "step", "thai", "english", "window"),
    [
        ("TWO_SIGNATURES", "order", "รอลายเซ็นสองคน", "Waiting for two signatures", "ช่วง 6 ม.ค. 2564"),
        ("BANK", "reconcile", "รอผลจากธนาคาร", "Waiting for the bank", "ช่วง 6–11 ม.ค. 2564"),
        (
            "CASH_CLOCK",
            "recover",
            "รอโรงเรียนจ่ายเงินสด",
            "Waiting for schools to hand out cash",
            "ช่วง 18 ม.ค.–18 ก.พ. 2564",
        ),
    ],
)
def test_a_wait_is_said_in_words_with_its_step_and_its_window(
    what: str, step: str, thai: str, english: str, window: str
) -> None:
    waits = [{"step": step, "group": "old", "for": what, "reason": ""}]
    (wait,) = build(samples.waiting(), waits=waits).waits
    assert (wait.what, wait.window, wait.reason, wait.anchor) == (thai, window, "", f"step-old-{step}")
    assert wait.where.endswith("กลุ่มเก่า")
    assert build(samples.waiting(), waits=waits, lang=Language.EN).waits[0].what == english


def test_the_reason_of_a_refusal_is_repeated() -> None:
    waits = [{"step": "order", "group": "old", "for": "TWO_SIGNATURES", "reason": "ยอดไม่ตรงกับบัญชี"}]
    assert build(samples.waiting(), waits=waits).waits[0].reason == "เหตุผล: ยอดไม่ตรงกับบัญชี"


def test_a_day_that_has_not_come_is_named_in_a_buddhist_year() -> None:
    waits = [{"step": "recover", "group": "old", "for": "DATE", "reason": "2021-02-18"}]
    (wait,) = build(samples.waiting(), waits=waits).waits
    assert (wait.what, wait.reason) == ("ยังไม่ถึงวัน", "จะทำวันที่ 18 ก.พ. 2564")


def test_a_waiting_step_is_marked_in_the_picture_and_those_after_it_have_not_begun() -> None:
    states = {card.anchor: card.state for card in cards(build(samples.waiting()))}
    assert states["step-old-order"] == states["step-new-assess"] == "closed"
    assert states["step-old-reconcile"] == states["step-new-certify"] == "waiting"
    assert states["step-old-recover"] == states["step-new-enrol"] == states["step-report"] == "open"


def test_the_committees_are_waited_for_by_the_new_group_alone() -> None:
    bank, committees = build(samples.waiting()).waits
    assert (bank.what, bank.anchor) == ("รอผลจากธนาคาร", "step-old-reconcile")
    assert (committees.what, committees.anchor) == ("รอคณะกรรมการโรงเรียน", "step-new-certify")
    assert "นร.05" in committees.about
    assert committees.window == "ช่วง 31 ม.ค.–12 ก.พ. 2564"
    english = build(samples.waiting(), lang=Language.EN).waits[1]
    assert english.what == "Waiting for the schools' committees"


def test_the_waiting_page_says_how_to_go_on() -> None:
    assert "takhai semester run 2563-2 " in build(samples.waiting()).next_command


def test_the_picture_has_a_trunk_a_lane_for_each_group_and_a_close() -> None:
    picture = build().picture
    assert [card.anchor for card in picture.trunk] == ["step-intake", "step-identity", "step-group"]
    assert [(lane.group, len(lane.cards)) for lane in picture.lanes] == [("old", 5), ("new", 7)]
    assert [card.anchor for card in picture.close] == ["step-comply", "step-report"]


def test_a_group_with_steps_of_its_own_begins_with_them() -> None:
    _, new = build().picture.lanes
    assert [card.name for card in new.cards][:3] == ["คัดกรองความยากจน", "รับรองรายชื่อ", "ขึ้นทะเบียนผู้รับทุน"]


def test_each_lane_counts_on_from_the_trunk_and_the_close_from_the_longest_lane() -> None:
    picture = build().picture
    assert [card.number for card in picture.trunk] == [1, 2, 3]
    assert [[card.number for card in lane.cards] for lane in picture.lanes] == [
        [4, 5, 6, 7, 8],
        [4, 5, 6, 7, 8, 9, 10],
    ]
    assert [card.number for card in picture.close] == [11, 12]
    assert [card.number for card in cards(build(samples.one_group()))] == list(range(1, 11))


def test_the_conditions_say_what_was_found_and_no_group_is_made_of_them() -> None:
    comply = next(card for card in cards(build()) if card.anchor == "step-comply")
    assert comply.shares_title == "ผลการตรวจ"
    assert [(share.label, share.count) for share in comply.shares] == [
        ("ผ่านเงื่อนไข", "6,532 คน"),
        ("ไม่ผ่านเงื่อนไข", "188 คน"),
        ("โรงเรียนไม่ได้รายงาน", "61 คน"),
    ]


def test_a_group_that_walks_on_stands_before_one_that_does_not_however_they_were_counted() -> None:
    raw = samples.one_group()
    group = samples.at(raw, "group")
    group["to"] = dict(reversed(group["to"].items()))
    picture = build(raw).picture
    assert [lane.group for lane in picture.lanes] == ["old", "new"]
    assert [share.label for share in picture.trunk[2].shares] == ["กลุ่มเก่า", "กลุ่มใหม่"]


def test_a_group_without_steps_is_counted_and_says_that_it_goes_no_further() -> None:
    old, new = build(samples.one_group()).picture.lanes
    assert (new.people, new.name) == ("2,105 คน", "กลุ่มใหม่")
    assert new.note
    assert old.note == ""
    assert build(samples.one_group()).picture.short
    assert not build().picture.short


def test_intake_counts_rows_and_every_later_step_pupils() -> None:
    trunk = build().picture.trunk
    assert trunk[0].enters == "31,248 แถว"
    assert trunk[1].enters == "30,739 คน"


def test_rows_that_join_a_step_already_entered_are_shown_beside_those_that_came() -> None:
    group = build().picture.trunk[2]
    assert (group.enters, group.joins, group.leaves) == ("30,739 คน", "63 คน", "8,517 คน")
    assert [(share.label, share.count) for share in group.shares] == [
        ("กลุ่มเก่า", "6,412 คน"),
        ("กลุ่มใหม่", "2,105 คน"),
    ]


def test_windows_are_in_buddhist_years_both_days_named() -> None:
    windows = {card.anchor: card.window for card in cards(build())}
    assert windows["step-intake"] == "13 พ.ย.–9 ธ.ค. 2563"
    assert windows["step-old-reconcile"] == "6–11 ม.ค. 2564"
    assert windows["step-old-recover"] == "18 ม.ค.–18 ก.พ. 2564"


def test_money_is_shown_from_the_step_at_which_it_joins() -> None:
    with_money = [card.anchor for card in cards(build()) if card.baht]
    paying = ("entitle", "order", "reconcile", "recover")
    assert with_money == [f"step-{group}-{step}" for group in ("old", "new") for step in paying]


def test_who_left_a_step_stands_by_reason_most_first_with_their_money() -> None:
    entitle = next(card for card in cards(build()) if card.anchor == "step-old-entitle")
    dropped, held = entitle.losses
    assert (dropped.kind, dropped.total, held.kind, held.total) == ("dropped", "40 คน", "held", "184 คน")
    assert [reason.label for reason in held.reasons][:2] == ["ชื่อไม่ตรงทะเบียนราษฎร", "ไม่พบในทะเบียนราษฎร"]
    assert held.reasons[0].baht == "64,000.00 บาท"


def test_reasons_that_nobody_met_are_named_apart() -> None:
    entitle = next(card for card in cards(build()) if card.anchor == "step-old-entitle")
    assert entitle.zeros == ("ไม่ผ่านเงื่อนไขรอบก่อน",)
    assert entitle.zeros_title == "เหตุผลที่ตรวจแล้วไม่พบ (1)"


def test_a_step_that_drops_nobody_by_its_nature_says_so_and_one_that_met_nobody_otherwise() -> None:
    raw = deepcopy(samples.summary())
    order = samples.at(raw, "order", "old")
    order["out"] += order["held"]["no_account"]
    order["held"] = {"no_account": 0}
    said = {card.anchor: card.nothing for card in cards(build(raw))}
    assert said["step-identity"] == "ขั้นนี้ไม่ตัดใครออก"
    assert said["step-old-order"] == "ไม่มีใครออกจากเส้นทางในขั้นนี้"
    assert said["step-intake"] == ""


def test_a_step_not_begun_shows_neither_reasons_nor_their_absence() -> None:
    for card in cards(build(samples.waiting())):
        if card.state == "open":
            assert (card.losses, card.zeros, card.nothing, card.enters) == ((), (), "", "")


def test_the_ledger_stands_in_full_and_sums_to_nothing() -> None:
    shown = build()
    assert [row.kind for row in shown.accounts] == [
        "budget",
        "owed",
        "sent-promptpay",
        "sent-school",
        "at_school",
        "paid",
        "due_back",
        "returned",
    ]
    assert shown.balance == "0.00"
    bars = {row.kind: bool(row.bar) for row in shown.accounts}
    assert bars["paid"]
    assert not bars["budget"]
    assert not bars["at_school"]


def test_exceptions_met_are_counted_and_those_not_met_are_named() -> None:
    shown = build()
    assert len(shown.exceptions) + len(shown.exception_zeros) == len(samples.EXCEPTIONS)
    assert {row.kind: row.value for row in shown.exceptions}["receipt_differs"] == "6"
    assert shown.exception_zeros == ("ผลของคณะกรรมการมาหลังลงนาม", "ใบรับเงินซ้ำ", "คืนเงินซ้ำ")


def test_what_came_after_the_close_stands_by_itself() -> None:
    assert [(row.kind, row.value) for row in build().after] == [
        ("returned", "19,500.00"),
        ("late_receipt", "4,000.00"),
    ]


def test_the_day_of_a_demonstration_is_named_and_no_day_otherwise() -> None:
    assert build(samples.waiting()).today == "วันของระบบตั้งไว้ที่ 8 ม.ค. 2564"
    assert build().today == ""


def cards(shown: page.RoundPage) -> list[Any]:
    picture = shown.picture
    return [*picture.trunk, *(card for lane in picture.lanes for card in lane.cards), *picture.close]
