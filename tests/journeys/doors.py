"""Every door of a round and what no door lets in: how the file is spoiled, and the problem that is told."""

from collections.abc import Mapping
from typing import Final

from tests.journeys.spoiling import (
    HTML,
    Spoil,
    archive,
    bomb,
    copied,
    cut,
    every,
    forged,
    gone,
    header_only,
    put,
    renamed,
    repeated,
    row,
    rows,
    text,
    workbook,
)  # fmt: skip
from tests.journeys.stages import BANK, CASH, EMPTY, LAST_CASH, SIGNATURES

AREAS, SCHOOLS, LAST = "areas.csv", "schools.csv", "last_round.csv"
CHANNELS, EXTRACT = "channels.csv", "registry_extract.csv"
APPROVAL, RESULTS, RECEIPTS, RETURNS = (
    f"answers/{kind}-2563-2-old.csv" for kind in ("approval", "results", "receipts", "returns")
)
OBEC, FIRST, LATE = "registers/obec-81.csv", "registers/aaa", "registers/corrections-zzz-81.csv"
CORRECTIONS = "registers/corrections-obec-81-old.csv"
FORMS, MEMBERS = "forms.csv", "form_members.csv"
MEETINGS, COMMITTEE = (f"answers/{kind}-2563-2-new.csv" for kind in ("meetings", "committee"))
DAYS, ATTENDANCE, GROWTH = "school_days.csv", "attendance.csv", "growth.csv"

# Label -> (how it is spoiled, problem). The doors of a place come in the order in which the run meets them.
Refusals = Mapping[str, tuple[Spoil, str]]


def no_table(name: str, column: str) -> dict[str, tuple[Spoil, str]]:
    """What is refused at the door of any CSV, whatever it is about."""
    return {
        "an empty file": (put(name, b""), "file_not_what_it_claims"),
        "a page of the web": (put(name, HTML), "file_not_what_it_claims"),
        "a packed file": (put(name, b"PK\x03\x04 and more"), "file_not_what_it_claims"),
        "sixteen bits a letter": (text(name, str, "utf-16"), "file_not_what_it_claims"),
        "no code page we know": (put(name, b"a,b\n\xe1\xff\xfe\xdb,1\n" * 9), "encoding_unknown"),
        "semicolons": (text(name, lambda whole: whole.replace(",", ";")), "header_not_found"),
        "a column less": (renamed(name, column), "header_missing"),
    }


def some(name: str, column: str) -> dict[str, tuple[Spoil, str]]:
    """Of these, one for each of the three places where a file can be stopped."""
    kept = ("a page of the web", "no code page we know", "a column less")
    return {label: way for label, way in no_table(name, column).items() if label in kept}


def missing(name: str) -> dict[str, tuple[Spoil, str]]:
    return {"no file": (gone(name), "file_missing")}


REFERENCE: Final[Mapping[str, Refusals]] = {
    AREAS: missing(AREAS)
    | no_table(AREAS, "kind")
    | {
        "a kind that is none": (row(AREAS, 3, kind="tertiary"), "reference_rows_bad"),
        "a code of blanks": (row(AREAS, 3, area_code="81 01"), "reference_rows_bad"),
        "a code twice": (repeated(AREAS, 3), "reference_repeated"),
        "cut inside a row": (cut(AREAS, 0.603), "reference_rows_bad"),
        "a header alone": (header_only(AREAS), "no_rows"),
    },
    SCHOOLS: missing(SCHOOLS)
    | some(SCHOOLS, "affiliation")
    | {
        "an area nobody knows": (row(SCHOOLS, 2, area_code="9999"), "school_area_unknown"),
        "a sub-district nobody knows": (row(SCHOOLS, 2, subdistrict_code="819999"), "school_subdistrict_unknown"),
        "an affiliation nobody knows": (row(SCHOOLS, 2, affiliation="moe"), "reference_rows_bad"),
        "a formula for an account": (row(SCHOOLS, 2, account_number="=1+1"), "reference_rows_bad"),
        "a NUL in a name": (row(SCHOOLS, 2, name_th="โรงเรียน\0"), "reference_rows_bad"),
        "a school twice": (repeated(SCHOOLS, 2, affiliation="opec"), "reference_repeated"),
        "one account for all": (every(SCHOOLS, account_bank="KTB", account_number="9810000001"), "reference_repeated"),
        "a header alone": (header_only(SCHOOLS), "no_rows"),
    },
    LAST: missing(LAST) | some(LAST, "compliant"),
    CHANNELS: missing(CHANNELS) | some(CHANNELS, "former_identifier"),
    FIRST: {
        "no workbook": (put(f"{FIRST}.xlsx", "not a workbook"), "file_not_what_it_claims"),
        "a CSV called workbook": (copied(OBEC, f"{FIRST}.xlsx"), "file_not_what_it_claims"),
        "a bomb": (bomb(f"{FIRST}.xlsx"), "workbook_too_heavy"),
        "another document": (archive(f"{FIRST}.xlsx"), "workbook_is_archive"),
        "a cell far away": (workbook(f"{FIRST}.xlsx", far=True), "workbook_far_cell"),
        "the stamp of another round": (workbook(f"{FIRST}.xlsx", stamp="2021-06-09 04:10:12"), "other_round"),
        "the stamp of another era": (workbook(f"{FIRST}.xlsx", stamp="2563-12-09 04:10:12"), "other_round"),
        "the name of another round": (copied(OBEC, "registers/2564-1-obec-81.csv"), "other_round"),
        "no header": (workbook(f"{FIRST}.xlsx", header=False), "header_not_found"),
        "a header alone": (put(f"{FIRST}.csv", "รหัสโรงเรียน,เลขประจำตัวประชาชน,ชั้น,เพศ,ชื่อ,นามสกุล,วันเกิด\n"), "no_rows"),
        "a PDF": (put(f"{FIRST}.csv", b"%PDF-1.7\n"), "file_not_what_it_claims"),
        "no code page we know": (put(f"{FIRST}.csv", b"\xe1\xff\xfe\xdb\xfc\n" * 9), "encoding_unknown"),
    },
    EXTRACT: missing(EXTRACT) | some(EXTRACT, "alive"),
    FORMS: some(FORMS, "tenure"),
    MEMBERS: missing(MEMBERS) | some(MEMBERS, "wages"),
}  # fmt: skip

SIGNED: Final[Mapping[str, Refusals]] = {
    APPROVAL: some(APPROVAL, "list_sha256")
    | {
        "another hash": (row(APPROVAL, 0, list_sha256="0" * 64), "approval_of_another_list"),
        "another count": (row(APPROVAL, 0, count="1"), "approval_of_another_list"),
        "another sum": (row(APPROVAL, 0, baht="1.00"), "approval_of_another_list"),
        "another group": (row(APPROVAL, 0, group="new"), "approval_of_another_list"),
        "another round": (row(APPROVAL, 0, round="2564-1"), "approval_of_another_list"),
        "the freezer's own hand": (row(APPROVAL, 0, approver="somchai.freezer"), "approval_same_hand"),
        "nobody's hand": (row(APPROVAL, 0, approver="nobody"), "approver_has_no_role"),
        "a day before the list": (row(APPROVAL, 0, decided_on="2020-12-27"), "approval_too_early"),
        "a Buddhist year": (row(APPROVAL, 0, decided_on="2564-01-05"), "approval_rows"),
        "a formula": (row(APPROVAL, 0, approver="=malee.approver"), "approval_rows"),
        "half a satang": (row(APPROVAL, 0, baht="45500.005"), "approval_rows"),
        "a NUL": (row(APPROVAL, 0, reason="\0"), "approval_rows"),
        "no decision": (row(APPROVAL, 0, decision="maybe"), "approval_rows"),
        "a refusal that says nothing": (row(APPROVAL, 0, decision="refuse"), "approval_without_reason"),
        "a second answer by another hand": (
            forged(APPROVAL, "answers/approval-2563-2-old-2.csv", approver="somchai.freezer"), "approval_same_hand",
        ),
        "two rows": (repeated(APPROVAL, 0), "approval_rows"),
        "no row": (rows(APPROVAL, {0: lambda old: None}), "approval_rows"),
        "cut": (cut(APPROVAL, 0.8), "approval_rows"),
    },
    MEETINGS: some(MEETINGS, "signed_on"),
    COMMITTEE: some(COMMITTEE, "result"),
}  # fmt: skip

BOOKED: Final[Mapping[str, Refusals]] = {
    RESULTS: no_table(RESULTS, "satang")
    | {
        "a header alone": (header_only(RESULTS), "answer_says_nothing"),
        "every day in Buddhist years": (every(RESULTS, booked_on="2564-01-08"), "answer_says_nothing"),
        "every day as registers write it": (every(RESULTS, booked_on="08/01/2564"), "answer_says_nothing"),
        "every amount in words": (every(RESULTS, satang="หนึ่งพัน"), "answer_says_nothing"),
        "a column twice": (text(RESULTS, lambda whole: whole.replace("code", "code,status", 1)), "header_repeated"),
    },
}  # fmt: skip

PAID_OUT: Final[Mapping[str, Refusals]] = {
    LATE: {
        "the stamp of another round": (copied(CORRECTIONS, "registers/2564-1-corrections.csv"), "other_round"),
        "a page of the web": (put(LATE, HTML), "file_not_what_it_claims"),
        "no header": (put(LATE, "a,b,c\n1,2,3\n"), "header_not_found"),
        "a header alone": (put(LATE, "รหัสโรงเรียน,เลขประจำตัวประชาชน,ชั้น,เพศ,ชื่อ,นามสกุล,วันเกิด\n"), "no_rows"),
    },
    RECEIPTS: some(RECEIPTS, "received_on")
    | {"every amount a formula": (every(RECEIPTS, baht="=1000"), "answer_says_nothing")},
    RETURNS: some(RETURNS, "school_code"),
}  # fmt: skip

TOLD_AT_THE_END: Final[Mapping[str, Refusals]] = {
    DAYS: some(DAYS, "days_open"),
    ATTENDANCE: some(ATTENDANCE, "days_present"),
    GROWTH: some(GROWTH, "weight_kg"),
}

WAYS: Final = {
    EMPTY: REFERENCE,
    SIGNATURES: SIGNED,
    BANK: BOOKED,
    CASH: PAID_OUT,
    LAST_CASH: TOLD_AT_THE_END,
}
