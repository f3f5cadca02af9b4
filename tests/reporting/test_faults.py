"""A break of the law is one sentence with the step, both sides and the gap."""

import pytest

from takhai.reporting import faults, words
from takhai.reporting.law import Break
from takhai.reporting.words import Language, Speech

KNOWN = words.load(words.OWN)
TH, EN = Speech(Language.TH, KNOWN), Speech(Language.EN, KNOWN)


@pytest.mark.parametrize(
    ("fault", "thai", "english"),
    [
        (
            Break("entitle", "old", "rows", 100, 98),
            "ขั้นกำหนดสิทธิ · กลุ่มเก่า: เข้ามา 100 คน แต่ไปต่อ ตัดออก และพักไว้รวมกันได้ 98 คน ต่างกัน 2 คน",
            "Fix entitlements · Continuing group: 100 pupils came in, but out, dropped and held make 98 pupils; "
            "the gap is 2 pupils",
        ),
        (
            Break("intake", "", "rows", 10, 9),
            "ขั้นรับทะเบียนนักเรียน · ทุกคน: เข้ามา 10 แถว แต่ไปต่อ ตัดออก และพักไว้รวมกันได้ 9 แถว ต่างกัน 1 แถว",
            "Take in registers · Everybody: 10 rows came in, but out, dropped and held make 9 rows; "
            "the gap is 1 row",
        ),
        (
            Break("order", "old", "satang", 100_050, 100_049),
            "ขั้นสั่งจ่าย · กลุ่มเก่า: เงินเข้ามา 1,000.50 บาท แต่ไปต่อ ตัดออก และพักไว้รวมกันได้ 1,000.49 บาท ต่างกัน 0.01 บาท",
            "Order payment · Continuing group: 1,000.50 baht came in, but out, dropped and held make "
            "1,000.49 baht; the gap is 0.01 baht",
        ),
        (
            Break("group", "", "to", 12, 10),
            "ขั้นจัดกลุ่ม: ไปต่อ 12 คน แต่แยกเข้ากลุ่มรวมกันได้ 10 คน ต่างกัน 2 คน",
            "Sort into groups: 12 pupils went on, but the groups make 10 pupils; the gap is 2 pupils",
        ),
        (
            Break("enrol", "old", "chain", 12, 11),
            "ขั้นขึ้นทะเบียนผู้รับทุน · กลุ่มเก่า: ขั้นก่อนส่งต่อ 12 คน แต่ขั้นนี้รับ 11 คน ต่างกัน 1 คน",
            "Enrol beneficiaries · Continuing group: the step before sent 12 pupils, this one received "
            "11 pupils; the gap is 1 pupil",
        ),
        (
            Break("", "", "ledger", 500, 400),
            "บัญชี: เดบิต 5.00 บาท แต่เครดิต 4.00 บาท ต่างกัน 1.00 บาท",
            "Ledger: debits 5.00 baht, credits 4.00 baht; the gap is 1.00 baht",
        ),
    ],
)
def test_a_fault_is_said_in_both_languages(fault: Break, thai: str, english: str) -> None:
    assert faults.sentence(fault, speech=TH) == thai
    assert faults.sentence(fault, speech=EN) == english
