"""``takhai intake check`` as people and programs call it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.platform.intake import making
from typer.testing import CliRunner

from takhai.platform.intake.commands import SHOWN, intake_app


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    app = intake_app(bad_rows_folder=lambda: folder / "bad")
    found = CliRunner().invoke(app, ["check", *words])
    assert found.exception is None or isinstance(found.exception, SystemExit)
    return found.exit_code, found.stdout, found.stderr


def check(folder: Path, path: Path, *more: str) -> tuple[int, str, str]:
    return run(folder, str(path), "--layout", "dmc", "--round", "2563-2", *more)


def test_json_is_the_answer_of_check(tmp_path: Path) -> None:
    path = making.write_csv(
        tmp_path, [making.row(), making.row(grade="?"), making.row(identifier="1101700230700")]
    )
    status, out, err = check(tmp_path, path, "--json")
    answer = json.loads(out)
    assert (status, err) == (0, "")
    assert answer == making.checked(path).to_json()
    assert list(answer) == ["rows", "good", "bad", "warn", "bad_rows_file"]
    assert (answer["rows"], answer["good"]) == (3, 2)


def test_json_of_a_file_that_cannot_be_read_holds_the_sentence_as_row_0(tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, making.rows(1), name="2568-2-r.csv")
    status, out, err = check(tmp_path, path, "--json")
    answer = json.loads(out)
    assert status == 2
    assert (answer["rows"], answer["good"], answer["warn"], answer["bad_rows_file"]) == (0, 0, [], None)
    assert [(entry["row"], entry["column"]) for entry in answer["bad"]] == [(0, "")]
    assert "2568-2" in answer["bad"][0]["message_th"]
    assert answer["bad"][0]["message_th"] in err


def test_people_read_a_thai_sentence_for_each_bad_row(tmp_path: Path) -> None:
    path = making.write_csv(
        tmp_path, [making.row(), making.row(birth_date="31/02/2556"), making.row(identifier="1101700230700")]
    )
    status, out, err = check(tmp_path, path)
    assert (status, err) == (0, "")
    assert "อ่าน 3 แถว ใช้ได้ 2 แถว ใช้ไม่ได้ 1 แถว" in out
    assert "3 rows read, 2 good, 1 bad" in out
    assert "แถว 3 ช่อง วันเกิด" in out
    assert "แถว 4" in out
    assert str(tmp_path / "bad") in out


def test_a_long_list_is_cut_and_says_so(tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, [making.row(grade="?")] * (SHOWN + 7))
    status, out, _ = check(tmp_path, path)
    assert status == 2
    assert "7 more" in out
    assert out.count("ช่อง ชั้น") == SHOWN


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--layout", "dmc", "--round", "2/2563"], "2563-2"),
        (["--layout", "dmc", "--round", "2563-3"], "2563-2"),
        (["--layout", "nothing", "--round", "2563-2"], "dmc"),
    ],
)
def test_a_wrong_option_is_one_sentence_and_exit_2(words: list[str], sentence: str, tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, making.rows(1))
    status, out, err = run(tmp_path, str(path), *words)
    assert (status, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err


def test_a_file_that_is_not_there_is_one_sentence_and_exit_2(tmp_path: Path) -> None:
    status, out, err = check(tmp_path, tmp_path / "gone.csv")
    assert (status, out) == (2, "")
    assert "gone.csv" in err


def test_without_a_good_row_the_exit_is_2(tmp_path: Path) -> None:
    assert check(tmp_path, making.write_csv(tmp_path, [making.row(grade="?")]))[0] == 2


def test_neither_output_shows_a_number_or_a_name(tmp_path: Path) -> None:
    path = making.write_csv(
        tmp_path,
        [
            making.row(identifier="1101700230700"),
            making.row(identifier="11017002307", first_name="สมปรารถนา<b>"),
        ],
    )
    for more in ([], ["--json"]):
        _, out, err = check(tmp_path, path, *more)
        assert "1101700230700" not in out + err
        assert "11017002307" not in (out + err).replace(str(tmp_path), "")
        assert "สมปรารถนา" not in out + err


def test_the_check_needs_neither_django_nor_the_parser_nor_a_driver(tmp_path: Path) -> None:
    path = making.write_csv(tmp_path, making.rows(2))
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from takhai.platform.intake.commands import run\n"
        f"status = run(file=Path({str(path)!r}), layout='dmc', round_='2563-2', as_json=True, folder=Path)\n"
        "loaded = [name for name in ('django', 'psycopg', 'python_calamine', 'tink') if name in sys.modules]\n"
        "print(status, loaded)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout.splitlines()[-1] == "0 []"


def test_help_tells_both_languages(tmp_path: Path) -> None:
    status, out, _ = run(tmp_path, "--help")
    assert status == 0
    assert "Exit 0" in out
