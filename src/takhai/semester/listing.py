"""From a group to a frozen list."""

from takhai.access import queries as access
from takhai.access.types import Role
from takhai.benefits import queries as benefits
from takhai.benefits.services import entitlement, freezing
from takhai.platform.flow import Flow
from takhai.programmes import queries as programmes
from takhai.programmes.services import beneficiaries
from takhai.registry import queries as registry
from takhai.semester.job import Job


def members_of(job: Job) -> list[str]:
    return programmes.provinces(round=job.round, group=job.group)


def admit(job: Job, province: str) -> Flow:
    return beneficiaries.admit(round=job.round, group=job.group, province=province, as_of=job.as_of)


def entitled_of(job: Job) -> list[str]:
    return sorted({*members_of(job), *benefits.provinces_to_rejoin(round=job.round, group=job.group)})


def entitle(job: Job, province: str) -> Flow:
    return entitlement.run(
        round=job.round,
        group=job.group,
        province=province,
        as_of=job.as_of,
        policy=job.policy,
        beneficiaries=programmes.beneficiaries(
            round=job.round, group=job.group, province=province, scope=job.scope
        ),
        findings=registry.findings(as_of=job.as_of, scope=job.scope),
    )


def freeze(job: Job) -> None:
    (officer, *_) = sorted(access.holders(role=Role.EEF_OFFICER, on=job.as_of)) or [""]
    freezing.freeze(round=job.round, group=job.group, by=officer, on=job.as_of)
