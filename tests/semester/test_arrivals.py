"""Files that come in: each content once, never another round's or group's, never through a link."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from takhai.access.scope import system_scope
from takhai.platform import work
from takhai.platform.exchange import Folder, sha256
from takhai.platform.problems import Refusal
from takhai.policy import for_round
from takhai.semester.arrivals import answer, once
from takhai.semester.job import Job
from takhai.thai.calendar import Term
from tests.semester.office import AFTERWARDS, ROUND

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """A folder, and what was taken out of it: (file name, what was told beside the path)."""

    root: Path
    taken: list[str] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)

    def job(self, *, round: Term = ROUND, group: str = "old") -> Job:
        return Job(
            round=round,
            group=group,
            as_of=AFTERWARDS,
            policy=for_round(round),
            folder=Folder(self.root),
            scope=system_scope(reason="test"),
            by="test",
        )

    def lay(self, name: str, content: str = "a,b\n1,2\n") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        return path

    def once(self, name: str, **where: Any) -> None:
        once(self.job(**where), name, self._take)

    def answer(self, kind: str = "results", **where: Any) -> bool:
        return answer(self.job(**where), kind, self._take)

    def _take(self, path: Path, **told: Any) -> None:
        self.taken.append(path.name)
        self.told.append(told)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(root=tmp_path)


def test_a_file_is_taken_in_once_however_often_it_is_met(desk: Desk) -> None:
    desk.lay("channels.csv")
    desk.once("channels.csv")
    desk.once("channels.csv")
    assert desk.taken == ["channels.csv"]


def test_a_file_that_came_again_with_other_content_is_taken_in_again(desk: Desk) -> None:
    for content in ("one", "two", "one"):
        desk.lay("channels.csv", content)
        desk.once("channels.csv")
    assert desk.taken == ["channels.csv", "channels.csv"]


def test_a_file_that_is_not_there_is_missed_by_its_name(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        desk.once("channels.csv")
    assert refused.value.name == "file_missing"
    assert "channels.csv" in refused.value.en


def test_a_file_that_could_not_be_taken_in_is_tried_again(desk: Desk) -> None:
    def fall(path: Path) -> None:
        raise Refusal("file_missing", file=path.name)

    desk.lay("channels.csv")
    with pytest.raises(Refusal):
        once(desk.job(), "channels.csv", fall)
    desk.once("channels.csv")
    assert desk.taken == ["channels.csv"]


def test_another_round_takes_the_same_file_for_itself(desk: Desk) -> None:
    desk.lay("channels.csv")
    desk.once("channels.csv")
    desk.once("channels.csv", round=Term(2564, 1))
    assert len(desk.taken) == 2


def test_what_was_taken_in_is_noted_under_its_round_and_group_with_its_whole_hash(desk: Desk) -> None:
    path = desk.lay("channels.csv")
    desk.once("channels.csv")
    ((key, noted),) = work.results(task="2563-2/old/arrivals").items()
    assert (noted["file"], noted["sha256"]) == ("channels.csv", sha256(path))
    assert key == f"{sha256(path)} channels.csv"


def test_a_very_long_name_is_no_reason_to_refuse_a_file(desk: Desk) -> None:
    name = f"answers/results-2563-2-old-{'x' * 200}.csv"
    desk.lay(name)
    assert desk.answer()
    assert desk.answer()
    assert len(desk.taken) == 1


def test_nobody_answered_when_there_is_no_file(desk: Desk) -> None:
    assert not desk.answer()
    assert desk.taken == []


def test_answers_come_in_the_order_of_their_names_each_told_its_round_and_group(desk: Desk) -> None:
    for name in ("results-2563-2-old-2.csv", "results-2563-2-old.csv", "results-2563-2-old-1.csv"):
        desk.lay(f"answers/{name}", name)
    assert desk.answer()
    assert desk.taken == ["results-2563-2-old-1.csv", "results-2563-2-old-2.csv", "results-2563-2-old.csv"]
    assert desk.told == [{"round": ROUND, "group": "old"}] * 3


@pytest.mark.parametrize(
    "name",
    [
        "answers/results-2563-2-new.csv",
        "answers/results-2563-1-old.csv",
        "answers/results-2564-1-old.csv",
        "answers/receipts-2563-2-old.csv",
        "answers/results-2563-2-older.csv",
        "answers/results-2563-2-old2.csv",
        "answers/results-2563-2-old.txt",
        "answers/deeper/results-2563-2-old.csv",
        "answers/my-results-2563-2-old.csv",
        "results-2563-2-old.csv",
        "out/results-2563-2-old.csv",
    ],
)
def test_what_answers_another_question_is_left_alone(desk: Desk, name: str) -> None:
    desk.lay(name)
    assert not desk.answer()
    assert desk.taken == []


@pytest.mark.parametrize(
    "name",
    [
        "results-2563-2-old.csv",
        "results-2563-2-old-again.csv",
        "results-2563-2-old (1).csv",
        "results-2563-2-old_2.csv",
    ],
)
def test_a_copy_keeps_the_beginning_of_its_name_and_is_an_answer(desk: Desk, name: str) -> None:
    desk.lay(f"answers/{name}")
    assert desk.answer()
    assert desk.taken == [name]


def test_an_answer_that_comes_later_is_taken_in_beside_the_first(desk: Desk) -> None:
    desk.lay("answers/results-2563-2-old.csv", "one")
    desk.answer()
    desk.lay("answers/results-2563-2-old-2.csv", "two")
    desk.answer()
    assert desk.taken == ["results-2563-2-old.csv", "results-2563-2-old-2.csv"]


def test_the_same_answer_under_another_name_is_taken_in_once(desk: Desk) -> None:
    desk.lay("answers/results-2563-2-old.csv", "one")
    assert desk.answer()
    desk.lay("answers/results-2563-2-old-again.csv", "one")
    assert desk.answer(), "there is an answer all the same"
    assert desk.taken == ["results-2563-2-old.csv"]


def test_the_same_bytes_in_answer_to_another_question_are_another_answer(desk: Desk) -> None:
    for kind in ("receipts", "returns"):
        desk.lay(f"answers/{kind}-2563-2-old.csv", "one")
        desk.answer(kind)
    assert desk.taken == ["receipts-2563-2-old.csv", "returns-2563-2-old.csv"]


def test_a_link_or_a_folder_is_no_answer(desk: Desk) -> None:
    outside = desk.lay("elsewhere/secret.csv")
    (desk.root / "answers" / "results-2563-2-old.csv").parent.mkdir()
    (desk.root / "answers" / "results-2563-2-old.csv").symlink_to(outside)
    (desk.root / "answers" / "results-2563-2-old-2.csv").mkdir()
    assert not desk.answer()
