"""From a frozen list to reconciled money."""

from takhai.benefits import queries as benefits
from takhai.payments import queries as payments
from takhai.payments.services import approving, orders, recovery, results
from takhai.platform.flow import Flow
from takhai.platform.steps import Waiting
from takhai.registry import queries as registry
from takhai.semester.arrivals import answer
from takhai.semester.departures import publish_cash_roll, publish_list, publish_payment
from takhai.semester.job import BANK, CASH_CLOCK, TWO_SIGNATURES, Job


def signatures(job: Job) -> None:
    publish_list(job)
    answers = answer(job, "approval", approving.take_approval)
    if not answers:
        raise Waiting(on=TWO_SIGNATURES)
    refusal = payments.approval_refused(round=job.round, group=job.group)
    if refusal is not None:
        raise Waiting(on=TWO_SIGNATURES, detail=refusal)


def ordered_of(job: Job) -> list[str]:
    to_rejoin = payments.provinces_to_rejoin(round=job.round, group=job.group)
    return sorted({*benefits.provinces(round=job.round, group=job.group), *to_rejoin})


def order(job: Job, province: str) -> Flow:
    return orders.issue(
        round=job.round,
        group=job.group,
        province=province,
        as_of=job.as_of,
        granted=benefits.granted(round=job.round, group=job.group, province=province, scope=job.scope),
        numbers=registry.number_forms(scope=job.scope),
        schools=registry.school_accounts(scope=job.scope),
    )


def bank(job: Job) -> None:
    publish_payment(job)
    if not answer(job, "results", results.take):
        raise Waiting(on=BANK)


def lines_of(job: Job) -> list[str]:
    return payments.provinces(round=job.round, group=job.group)


def reconcile(job: Job, province: str) -> Flow:
    return results.match(round=job.round, group=job.group, province=province, as_of=job.as_of)


def cash(job: Job) -> None:
    publish_cash_roll(job)
    if not answer(job, "receipts", recovery.take_receipts):
        raise Waiting(on=CASH_CLOCK)


def recover(job: Job, province: str) -> Flow:
    return recovery.close(
        round=job.round,
        group=job.group,
        province=province,
        as_of=job.as_of,
        window=job.policy.window("recover", job.group),
    )
