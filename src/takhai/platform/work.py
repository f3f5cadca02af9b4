"""Work units: effect and checkpoint in one transaction, so a unit is done once however often it is begun.

A *task* (``2563-2/old/entitle``) has *units* (a file, a province). The unit's row is first claimed
with a lease in a transaction of its own, so that others see who works on it and how far; then effect and
checkpoint are committed together, and only while the lease is still ours.
"""

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from takhai.platform.history import acting
from takhai.platform.ids import uuid7
from takhai.platform.models.work import WorkUnit
from takhai.platform.problems import Refusal

LEASE = timedelta(minutes=10)


@dataclass(slots=True)
class Unit:
    """One unit in hand. ``done`` says that an earlier run finished it, with ``result``."""

    task: str
    key: str
    done: bool
    result: Mapping[str, Any] = field(default_factory=dict)
    finished: bool = False

    def finish(self, result: Mapping[str, Any]) -> None:
        """Sets the checkpoint that will be committed with the effect."""
        self.result = result
        self.finished = True


@contextmanager
def unit(*, task: str, key: str, by: str, source: str = "") -> Iterator[Unit]:
    """The unit, inside a transaction that commits effect and checkpoint together.

    The second of two workers that begin the same unit waits for the first and then finds it done.
    Raises Refusal ``work_not_finished`` when the block ends without ``finish``.
    """
    lease = _claim(task, key, by)
    with transaction.atomic():
        row = WorkUnit.objects.select_for_update().get(task=task, key=key)
        if row.state == WorkUnit.DONE:
            yield Unit(task=task, key=key, done=True, result=row.result)
            return
        with acting(by=by, source=source):
            if row.lease != lease:
                _hold(task, key, lease)
            hand = Unit(task=task, key=key, done=False)
            yield hand
            if not hand.finished:
                raise Refusal("work_not_finished", task=task, unit=key)
            _checkpoint(task, key, lease, hand.result, by)


def results(*, task: str) -> dict[str, Mapping[str, Any]]:
    """Unit -> checkpoint of every finished unit of a task, in the order of their keys."""
    rows = WorkUnit.objects.filter(task=task, state=WorkUnit.DONE).order_by("key")
    return {row.key: row.result for row in rows}


def is_done(*, task: str, key: str) -> bool:
    """Whether that unit is finished."""
    return WorkUnit.objects.filter(task=task, key=key, state=WorkUnit.DONE).exists()


@dataclass(frozen=True, slots=True)
class Told:
    """A unit as others see it."""

    task: str
    key: str
    state: str
    begun_by: str
    begun_at: datetime
    done_at: datetime | None
    attempts: int


def units(*, prefix: str) -> list[Told]:
    """All units of the tasks that begin so, finished or begun, in the order of task and key."""
    rows = WorkUnit.objects.filter(task__startswith=prefix).order_by("task", "key")
    return [
        Told(
            task=row.task,
            key=row.key,
            state=row.state,
            begun_by=row.begun_by,
            begun_at=row.begun_at,
            done_at=row.done_at,
            attempts=row.attempts,
        )
        for row in rows
    ]


def _claim(task: str, key: str, by: str) -> UUID:
    lease = uuid7()
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO work_unit"
            " (task, key, state, lease, leased_until, attempts, begun_at, begun_by, done_by, result)"
            " VALUES (%(task)s, %(key)s, 'begun', %(lease)s, %(until)s, 1, %(now)s, %(by)s, '', '{}')"
            " ON CONFLICT (task, key) DO NOTHING",
            {"task": task, "key": key, "lease": lease, "by": _worker(by), "until": now + LEASE, "now": now},
        )
    return lease


def _hold(task: str, key: str, lease: UUID) -> None:
    # We hold the row lock, so whoever had the lease is dead or waits behind us: it is ours now.
    WorkUnit.objects.filter(task=task, key=key).update(
        lease=lease, leased_until=timezone.now() + LEASE, attempts=WorkUnit.one_more()
    )


def _checkpoint(task: str, key: str, lease: UUID, result: Mapping[str, Any], by: str) -> None:
    kept = WorkUnit.objects.filter(task=task, key=key, lease=lease, state=WorkUnit.BEGUN).update(
        state=WorkUnit.DONE, result=dict(result), done_at=timezone.now(), done_by=_worker(by)
    )
    if kept != 1:
        raise Refusal("work_lease_lost", task=task, unit=key)


def _worker(by: str) -> str:
    return f"{by} {socket.gethostname()}:{os.getpid()}"[:200]
