"""Files that a round sends out: the list to certify, the list to approve, the payment file, the cash roll.

They are written anew from the database whenever a step waits for their answer: same state, same bytes.
"""

from takhai.benefits import queries as benefits
from takhai.payments import queries as payments
from takhai.screening import queries as screening
from takhai.semester.job import Job
from takhai.thai.money import baht


def publish_pmt_list(job: Job) -> None:
    """Who is extremely poor by form and score: what the committees certify."""
    job.folder.write(
        name=job.file("pmt-list"),
        columns=screening.PMT_COLUMNS,
        rows=screening.pmt_rows(round=job.round, group=job.group, scope=job.scope),
    )


def publish_list(job: Job) -> None:
    """The frozen list, and the request to approve it: hash, count and sum."""
    frozen = benefits.frozen(round=job.round, group=job.group)
    job.folder.write(
        name=job.file("list"),
        columns=benefits.LIST_COLUMNS,
        rows=benefits.list_rows(round=job.round, group=job.group, scope=job.scope),
    )
    request = (
        job.round,
        job.group,
        job.file("list"),
        frozen.sha256,
        frozen.count,
        baht(frozen.satang).replace(",", ""),
        frozen.frozen_by,
        frozen.frozen_on,
    )
    job.folder.write(
        name=job.file("approval-request"),
        columns=("round", "group", "list_file", "list_sha256", "count", "baht", "frozen_by", "frozen_on"),
        rows=[request],
    )


def publish_payment(job: Job) -> None:
    """The payment file for the bank: one row is one transfer."""
    job.folder.write(
        name=job.file("payment"),
        columns=payments.PAYMENT_COLUMNS,
        rows=payments.payment_rows(
            round=job.round,
            group=job.group,
            value_date=job.policy.window("reconcile", job.group).opens,
            scope=job.scope,
        ),
    )


def publish_cash_roll(job: Job) -> None:
    """The cash roll for the schools: one row is one pupil whose school was paid for him."""
    window = job.policy.window("recover", job.group)
    job.folder.write(
        name=job.file("cash-roll"),
        columns=payments.CASH_ROLL_COLUMNS,
        rows=payments.cash_roll_rows(
            round=job.round, group=job.group, opens=window.opens, closes=window.closes, scope=job.scope
        ),
    )
