"""``takhai intake check`` of forms and members: a sentence for each bad row, before anything is sent."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from takhai.platform.intake.commands import intake_app
from tests.payments.till import citizen
from tests.screening.forms.office import FORM, GOOD, MEMBER, OFFICIAL, PUPIL, Row, member
from tests.screening.forms.test_refusals import wrong_check

BASE: Row = {"form_no": "25632-81010001-0001", "identifier": citizen(1), **GOOD}
# What the check can know without registers, and without the round's policy.
FORMS: dict[str, tuple[dict[str, str], str]] = {
    "form_number_malformed": ({"form_no": "25632-1"}, "25632-81012017-0001"),
    "form_without_pupil": ({"identifier": "123"}, "เลขประจำตัวนักเรียน"),
    "form_school_unknown": ({"school_code": "x"}, "ไม่มีโรงเรียน"),
    "form_day_impossible": ({"filled_on": "2021-02-30"}, "วันที่กรอกแบบ"),
    "answer_unknown": ({"floor": "gold"}, "floor"),
    "official_missing": ({"official_number": ""}, "official_number"),
    "official_not_entitled": ({"official_number": wrong_check(OFFICIAL)}, "ผู้รับรอง"),
    "refusal_without_reason": ({"official_verdict": "refused"}, "ไม่ได้บอกเหตุผล"),
    "text_unclean": ({"teacher": "ครู\ufffd"}, "teacher"),
}
MEMBERS: dict[str, tuple[dict[str, str], str]] = {
    "member_unreadable": ({"works": "maybe"}, "works"),
    "member_age_impossible": ({"age": "190"}, "อายุ"),
    "income_negative": ({"wages": "-500"}, "wages"),
}


def check(path: Path, layout: str, *more: str) -> tuple[int, str]:
    app = intake_app(bad_rows_folder=lambda: path.parent / "bad")
    words = ["check", str(path), "--layout", layout, "--round", "2563-2", *more]
    found = CliRunner().invoke(app, words)
    return found.exit_code, found.stdout


def write(folder: Path, name: str, columns: tuple[str, ...], rows: list[Row]) -> Path:
    path = folder / f"{name}.csv"
    lines = [",".join(columns), *(",".join(_cell(row[each]) for each in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _cell(text: str) -> str:
    quoted = text.replace('"', '""')
    return f'"{quoted}"'


@pytest.mark.parametrize("problem", FORMS)
def test_a_bad_form_is_told_with_row_and_how_to_mend_it(tmp_path: Path, problem: str) -> None:
    changes, words = FORMS[problem]
    path = write(tmp_path, "forms", FORM, [BASE, {**BASE, "form_no": "25632-81010001-0002", **changes}])
    status, out = check(path, "forms", "--json")
    answer = json.loads(out)
    assert (status, answer["rows"], answer["good"]) == (0, 2, 1)
    (entry,) = answer["bad"]
    assert entry["row"] == 3
    assert "แถว 3" in entry["message_th"]
    assert words in entry["message_th"] + entry["mend_th"]
    assert OFFICIAL not in out


@pytest.mark.parametrize("problem", MEMBERS)
def test_a_bad_member_is_told_with_row_and_how_to_mend_it(tmp_path: Path, problem: str) -> None:
    changes, words = MEMBERS[problem]
    path = write(tmp_path, "form_members", MEMBER, [member(BASE, 1, PUPIL), member(BASE, 2, **changes)])
    status, out = check(path, "form_members", "--json")
    answer = json.loads(out)
    assert (status, answer["rows"], answer["good"]) == (0, 2, 1)
    (entry,) = answer["bad"]
    assert "แถว 3" in entry["message_th"]
    assert words in entry["message_th"]


def test_a_number_twice_in_the_file_is_said_and_the_row_stays_good(tmp_path: Path) -> None:
    path = write(tmp_path, "forms", FORM, [BASE, {**BASE, "identifier": citizen(2)}])
    _, out = check(path, "forms", "--json")
    answer = json.loads(out)
    assert (answer["good"], [entry["row"] for entry in answer["warn"]]) == (2, [3])
    assert "form_no" in answer["warn"][0]["message_th"]


def test_people_read_the_sentences(tmp_path: Path) -> None:
    path = write(tmp_path, "forms", FORM, [BASE, {**BASE, "official_position": ""}])
    status, out = check(path, "forms")
    assert status == 0
    assert "อ่าน 2 แถว ใช้ได้ 1 แถว ใช้ไม่ได้ 1 แถว" in out
    assert "ขาดข้อมูลของเจ้าหน้าที่ของรัฐในช่อง official_position" in out
