"""What the schools say at the end of the term, and the report."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from takhai.benefits.services import compliance
from takhai.classroom import queries as classroom
from takhai.classroom.services import attendance, growth, school_days
from takhai.payments import queries as payments
from takhai.platform.flow import Flow
from takhai.platform.steps import Waiting
from takhai.platform.types import Outcome
from takhai.programmes import queries as programmes
from takhai.semester.arrivals import once
from takhai.semester.job import SCHOOLS, Job


def school_records(job: Job) -> None:
    """Days open, days present, weight and height: what the schools say at the end of the term."""
    for name, take in (
        ("school_days.csv", school_days.take),
        ("attendance.csv", attendance.take),
        ("growth.csv", growth.take),
    ):
        if not job.folder.incoming(name):
            raise Waiting(on=SCHOOLS, detail=name)
        once(job, name, partial(_of_round, job, take))


def _of_round(job: Job, take: Callable[..., Outcome], path: Path) -> Outcome:
    return take(path=path, round=job.round)


def listed_of(job: Job) -> list[str]:
    return sorted(
        {
            province
            for group in job.policy.groups
            for province in programmes.provinces(round=job.round, group=group)
        }
    )


def comply(job: Job, province: str) -> Flow:
    listed = programmes.listed(round=job.round, province=province, scope=job.scope)
    return compliance.run(
        round=job.round,
        province=province,
        as_of=job.as_of,
        policy=job.policy,
        beneficiaries=listed,
        attendance=classroom.attendance(round=job.round, scope=job.scope, among=listed),
        growth=classroom.growth(round=job.round, scope=job.scope, among=listed),
    )


def count_report(job: Job, unit: str) -> Flow:
    listed = programmes.count_beneficiaries(round=job.round)
    return Flow(joined=listed, out=payments.reported(round=job.round))
