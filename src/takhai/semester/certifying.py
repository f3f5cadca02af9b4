"""From forms to a certified list."""

from functools import partial

from takhai.platform.flow import Flow
from takhai.platform.relations import Relation
from takhai.platform.steps import Waiting
from takhai.programmes import queries as programmes
from takhai.screening.services import assessment, certification, forms
from takhai.semester.arrivals import answer, form_files, take_forms
from takhai.semester.departures import publish_pmt_list
from takhai.semester.job import COMMITTEES, FORMS, Job


def screen(job: Job) -> None:
    """Forms in, then one cut-off over all provinces; what comes after it is late."""
    if not form_files(job):
        raise Waiting(on=FORMS)
    take_forms(job, partial(forms.take, policy=job.policy, expected=members(job)))
    assessment.fix_cutoff(round=job.round, group=job.group, policy=job.policy, by=job.by)


def members(job: Job, province: str | None = None) -> Relation:
    return programmes.members(round=job.round, group=job.group, province=province, scope=job.scope)


def assess(job: Job, province: str) -> Flow:
    return assessment.run(
        round=job.round,
        group=job.group,
        province=province,
        as_of=job.as_of,
        policy=job.policy,
        members=members(job, province),
    )


def committees(job: Job) -> None:
    publish_pmt_list(job)
    met = answer(job, "meetings", certification.take_meetings)
    said = answer(job, "committee", certification.take_results)
    if not (met and said):
        raise Waiting(on=COMMITTEES)


def certify(job: Job, province: str) -> Flow:
    return certification.close(
        round=job.round,
        group=job.group,
        province=province,
        as_of=job.as_of,
        policy=job.policy,
        window=job.policy.window("certify", job.group),
        members=members(job, province),
    )
