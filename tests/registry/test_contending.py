"""Workers that meet: the same file at once, the same new person in two files, a file that was broken off."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from psycopg import errors

from takhai.platform import work
from takhai.platform.flow import Flow
from takhai.registry.services import intake, placing
from takhai.registry.services.contending import TRIES, repeat
from takhai.thai.calendar import Term
from tests.registry.world import FIELD, World, citizen, count, pupil

ROUND = Term(2563, 2)
DAY = date(2020, 12, 9)


def together(*jobs: Callable[[], Flow]) -> list[Flow]:
    """Runs the jobs at once, each on a connection of its own; their flows in order."""
    flows: dict[int, Flow] = {}
    failures: list[BaseException] = []
    start = threading.Barrier(len(jobs))

    def one(at: int, job: Callable[[], Flow]) -> None:
        try:
            start.wait(30)
            flows[at] = job()
        except BaseException as error:  # noqa: BLE001 - told by the test below
            failures.append(error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    return [flows[at] for at in range(len(jobs))]


def commit(path: Path) -> Callable[[], Flow]:
    return lambda: intake.commit(path=path, round=ROUND, received_on=DAY)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_taken_in_twice_at_once_is_taken_in_once(world: World) -> None:
    path = world.register(*(pupil(n) for n in range(1, 120)))
    first, second = together(commit(path), commit(path))
    assert first == second
    assert first.out == 119
    assert count("SELECT count(*) FROM person") == 119
    assert count("SELECT count(*) FROM register_entry") == 119
    assert count("SELECT count(*) FROM register_file") == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_two_files_that_meet_the_same_new_persons_make_each_once(world: World, turn: int) -> None:
    here = world.register(*(pupil(n) for n in range(1, 80)), name="a.csv")
    there = world.register(*(pupil(n, school_code=FIELD) for n in range(79, 0, -1)), name="b.csv")
    flows = together(commit(here), commit(there))
    total = flows[0] + flows[1]
    assert (total.joined, total.out, total.dropped["second_school"]) == (158, 79, 79)
    assert total.broken() == ()
    assert count("SELECT count(*) FROM person") == 79
    assert count("SELECT count(*) FROM identifier") == 79
    assert count("SELECT count(*) FROM register_entry WHERE standing = 'first'") == 79
    assert (
        count(
            "SELECT count(*) FROM register_entry e JOIN school s ON s.place_id = e.school_id"
            " WHERE e.standing = 'first' AND s.code = %(code)s",
            code=FIELD,
        )
        == 0
    )


@pytest.mark.django_db(transaction=True)
def test_brothers_and_sisters_in_two_files_at_once_found_one_household(world: World) -> None:
    def child(number: int, school: str) -> dict[str, str]:
        return pupil(1) | {"identifier": citizen(number), "pupil_no": str(number), "school_code": school}

    here = world.register(*(child(n, "81010001") for n in range(1, 30)), name="a.csv")
    there = world.register(*(child(n, FIELD) for n in range(30, 60)), name="b.csv")
    together(commit(here), commit(there))
    assert count("SELECT count(*) FROM household") == 1
    assert count("SELECT count(*) FROM guardian") == 2
    assert count("SELECT count(*) FROM household_link") == 59


@pytest.mark.django_db(transaction=True)
def test_a_file_that_was_broken_off_leaves_nothing_and_is_taken_in_whole_the_next_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = world.register(*(pupil(n) for n in range(1, 20)))

    def unit() -> Flow:
        with work.unit(task="2563-2//intake", key=path.name, by="test") as hand:
            if not hand.done:
                hand.finish(commit(path)().to_json())
            return Flow.from_json(hand.result)

    with monkeypatch.context() as broken:
        broken.setattr(placing, "_settle", None)
        broken.setattr(intake.placing, "write", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            unit()
    for table in ("person", "identifier", "register_entry", "register_file", "household"):
        assert count(f"SELECT count(*) FROM {table}") == 0, table
    assert unit().out == 19
    assert unit().out == 19
    assert count("SELECT count(*) FROM person") == 19


def failing(
    error: type[Exception], cause: type[Exception], times: int
) -> tuple[Callable[[], int], list[int]]:
    tried: list[int] = []

    def attempt() -> int:
        tried.append(len(tried))
        if len(tried) <= times:
            raise error from cause()
        return len(tried)

    return attempt, tried


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "cause"),
    [(IntegrityError, errors.UniqueViolation), (OperationalError, errors.DeadlockDetected)],
)
def test_who_came_second_goes_again(error: type[Exception], cause: type[Exception]) -> None:
    attempt, tried = failing(error, cause, times=2)
    with transaction.atomic():
        assert repeat(attempt) == 3
    assert len(tried) == 3


@pytest.mark.django_db
def test_nobody_goes_again_for_ever() -> None:
    attempt, tried = failing(IntegrityError, errors.UniqueViolation, times=99)
    with pytest.raises(IntegrityError), transaction.atomic():
        repeat(attempt)
    assert len(tried) == TRIES


@pytest.mark.django_db
@pytest.mark.parametrize("cause", [errors.CheckViolation, errors.ForeignKeyViolation])
def test_what_would_fail_again_is_not_tried_again(cause: type[Exception]) -> None:
    attempt, tried = failing(IntegrityError, cause, times=99)
    with pytest.raises(IntegrityError), transaction.atomic():
        repeat(attempt)
    assert len(tried) == 1
