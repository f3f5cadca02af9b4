"""What committees answer to the list, and what the truth makes of it."""

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from country.screening import Screening, answer, answer_late, screen
from country.screening.forms import Form
from country.world import World
from takhai.policy import for_round
from tests.country.conftest import world_of


def world() -> World:
    """A small province, made when a test asks for it."""
    return world_of()[0]


def drawn() -> Screening:
    """Its screening."""
    return screen(world())


def listed() -> list[Form]:
    """Forms of the extremely poor."""
    ended = drawn().ended
    good = (form for form in drawn().forms if form.good)
    return [form for form in good if ended.get(form.pupil.serial, ("certify",))[0] == "certify"]


def send_list(folder: Path) -> None:
    """Writes the list that Takhai would send, by form number."""
    path = folder / "out" / f"pmt-list-{world().term}-new.csv"
    path.parent.mkdir(parents=True)
    rows = [f"{n},{form.number},{form.row['school_code']}" for n, form in enumerate(listed(), start=1)]
    path.write_text("no,form_no,school_code\n" + "\n".join(rows) + "\n", encoding="utf-8")


def table(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A folder with a list and the answers to it."""
    send_list(tmp_path)
    answer(world(), tmp_path)
    answer_late(world(), tmp_path)
    return tmp_path


def test_without_a_list_nobody_answers(tmp_path: Path) -> None:
    assert answer(world(), tmp_path) == []
    assert answer_late(world(), tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_the_files_that_are_written_are_named(tmp_path: Path) -> None:
    send_list(tmp_path)
    names = [path.relative_to(tmp_path).as_posix() for path in answer(world(), tmp_path)]
    assert names == [
        "answers/meetings-2563-2-new.csv", "answers/committee-2563-2-new.csv", "forms-late.csv",
        "form_members-late.csv",
    ]  # fmt: skip
    late = answer_late(world(), tmp_path)
    assert [path.name for path in late] == ["committee-2563-2-new-late.csv"]


def meets(rows: list[dict[str, str]]) -> bool:
    """Whether a meeting counts, read off its rows."""
    policy = for_round(world().term)
    window = policy.window("certify", "new")
    met, signed = (date.fromisoformat(rows[0][name]) for name in ("met_on", "signed_on"))
    here = sum(row["present"] == "yes" for row in rows)
    enough = len(rows) >= policy.committee_least and here * 100 >= policy.committee_quorum_percent * len(rows)
    return enough and met <= signed and met in window and signed in window


def test_every_school_on_the_list_has_a_meeting_and_those_planned_do_not_count(told: Path) -> None:
    by_school = defaultdict(list)
    for row in table(told / "answers" / "meetings-2563-2-new.csv"):
        by_school[row["school_code"]].append(row)
    assert set(by_school) == {form.row["school_code"] for form in listed()}
    assert {code for code, rows in by_school.items() if not meets(rows)} == set(drawn().committees.no_quorum)


def test_the_results_read_one_by_one_give_the_truth(told: Path) -> None:
    on_list = {form.number: form for form in listed()}
    said: dict[str, str] = {}
    trouble: Counter[str] = Counter()
    for row in table(told / "answers" / "committee-2563-2-new.csv"):
        if row["form_no"] not in on_list:
            trouble["not_expected"] += 1
        elif row["result"] == "refused" and not row["reason"]:
            trouble["verdict_without_reason"] += 1
        elif row["form_no"] in said:
            assert row["result"] != said[row["form_no"]], "another word, else it would change nothing"
            trouble["verdict_repeated"] += 1
        else:
            said[row["form_no"]] = row["result"]
    late = table(told / "answers" / "committee-2563-2-new-late.csv")
    trouble["verdict_after_signing"] = len(late)
    assert trouble == drawn().exceptions
    assert not {row["form_no"] for row in late} & set(said)
    ends = {}
    for number, form in on_list.items():
        word = said.get(number)
        if word is None:
            ends[form.pupil.serial] = "no_committee_result"
        elif form.row["school_code"] in drawn().committees.no_quorum:
            ends[form.pupil.serial] = "no_quorum"
        elif word == "refused":
            ends[form.pupil.serial] = "committee_refused"
    assert ends == {serial: reason for serial, (step, reason) in drawn().ended.items() if step == "certify"}


def test_strays_are_a_good_form_that_is_not_listed_and_one_that_nobody_sent() -> None:
    numbers = [number for number, _ in drawn().committees.stray]
    assert numbers[0] in drawn().judged
    assert numbers[1] not in drawn().judged
    assert not set(numbers) & {form.number for form in listed()}


def test_late_forms_are_of_pupils_without_one(told: Path) -> None:
    rows = table(told / "forms-late.csv")
    assert len(rows) == drawn().counts["refused"]["form_after_signing"]
    members = table(told / "form_members-late.csv")
    assert {row["form_no"] for row in members} == {row["form_no"] for row in rows}
    early = {form.row["identifier"] for form in drawn().forms if form.sent}
    assert not {row["identifier"] for row in rows} & early


def test_answers_come_out_the_same_byte_for_byte(told: Path) -> None:
    def everything() -> dict[str, bytes]:
        return {p.relative_to(told).as_posix(): p.read_bytes() for p in sorted(told.rglob("*.csv"))}

    before = everything()
    answer(world(), told)
    answer_late(world(), told)
    assert everything() == before


def test_a_form_that_only_takhai_lists_is_certified(tmp_path: Path) -> None:
    path = tmp_path / "out" / "pmt-list-2563-2-new.csv"
    path.parent.mkdir()
    school = min(world().schools)
    path.write_text(f"form_no,school_code\n25632-{school}-7777,{school}\n", encoding="utf-8")
    answer(world(), tmp_path)
    assert table(tmp_path / "answers" / "committee-2563-2-new.csv")[0]["result"] == "certified"


def test_numbers_of_members_are_masked(told: Path) -> None:
    rows = table(told / "answers" / "meetings-2563-2-new.csv")
    assert all("xxxxx" in row["number_masked"] and len(row["number_masked"]) == 17 for row in rows)


def test_answers_are_for_two_pairs_of_eyes(told: Path) -> None:
    for path in told.rglob("*2563-2-new*.csv"):
        if path.parent.name == "answers":
            assert path.stat().st_mode & 0o777 == 0o600
