"""Work units: done once however often begun; effect and checkpoint stand or fall together."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, connections

from takhai.platform import work
from takhai.platform.models import WorkUnit
from takhai.platform.problems import Refusal

TASK = "2563-2/old/entitle"


@pytest.fixture(autouse=True)
def _closed_connections() -> Iterator[None]:
    yield
    connections["default"].close()


@pytest.mark.django_db
def test_a_finished_unit_gives_its_result_and_is_not_done_again() -> None:
    with work.unit(task=TASK, key="81", by="test") as first:
        assert not first.done
        first.finish({"out": 3})
    with work.unit(task=TASK, key="81", by="test") as second:
        assert second.done
        assert second.result == {"out": 3}
    assert work.results(task=TASK) == {"81": {"out": 3}}


@pytest.mark.django_db(transaction=True)
def test_a_unit_that_fails_leaves_no_result_and_can_be_begun_again() -> None:
    with pytest.raises(ZeroDivisionError), work.unit(task=TASK, key="81", by="test") as unit:
        unit.finish({"out": 1 // 0})
    assert work.results(task=TASK) == {}
    with work.unit(task=TASK, key="81", by="test") as again:
        assert not again.done
        again.finish({"out": 1})
    assert WorkUnit.objects.get(task=TASK, key="81").attempts == 2


@pytest.mark.django_db(transaction=True)
def test_a_unit_that_ends_without_a_result_is_refused() -> None:
    with pytest.raises(Refusal, match="without its result"), work.unit(task=TASK, key="81", by="test"):
        pass
    assert not work.is_done(task=TASK, key="81")


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_that_begin_one_unit_exactly_one_does_it() -> None:
    did: list[int] = []
    start = threading.Barrier(6)

    def begin(number: int) -> None:
        start.wait()
        try:
            with work.unit(task=TASK, key="81", by=f"worker {number}") as unit:
                if not unit.done:
                    did.append(number)
                    unit.finish({"by": number})
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(did) == 1
    assert work.results(task=TASK) == {"81": {"by": did[0]}}


@pytest.mark.django_db
def test_the_tasks_of_a_round_tell_how_far_they_are() -> None:
    for key in ("81", "82"):
        with work.unit(task=TASK, key=key, by="test") as unit:
            unit.finish({})
    with work.unit(task="2564-1//intake", key="a", by="test") as unit:
        unit.finish({})
    told = work.units(prefix="2563-2/")
    assert [(unit.task, unit.key, unit.state, unit.attempts) for unit in told] == [
        (TASK, "81", "done", 1),
        (TASK, "82", "done", 1),
    ]
    assert all(unit.done_at is not None and unit.done_at >= unit.begun_at for unit in told)
