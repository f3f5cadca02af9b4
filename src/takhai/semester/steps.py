"""The semester: a tuple of steps, and one law for all of them.

``STEPS`` says what a step is; the round's calendar, which is policy data, says when, for which group
and in what order. What joins, drops and holds where is told in ``docs/architecture.md``.
"""

from pathlib import Path
from typing import Final

from takhai.access import queries as access
from takhai.access.services import users
from takhai.access.types import Role
from takhai.benefits import queries as benefits
from takhai.benefits.services import entitlement, freezing
from takhai.payments import queries as payments
from takhai.payments.services import approving, channels, orders, recovery, results
from takhai.platform.exchange import sha256
from takhai.platform.flow import Flow
from takhai.platform.steps import Per, Step, Waiting
from takhai.platform.types import Outcome
from takhai.programmes import queries as programmes
from takhai.programmes.services import beneficiaries, groups, last_list
from takhai.registry import queries as registry
from takhai.registry.services import identifiers, identity, intake, places
from takhai.semester.arrivals import answer, is_first, once
from takhai.semester.departures import publish_cash_roll, publish_list, publish_payment
from takhai.semester.job import BANK, CASH_CLOCK, TWO_SIGNATURES, Job

# --- intake: register files become pupils ------------------------------------------------------------


def reference(job: Job) -> None:
    """What must be there before the first register file: places, the last list, new numbers, choices."""
    # A change of either file is a change of the places.
    for name in ("areas.csv", "schools.csv"):
        once(job, name, lambda _: load_places(job))
    users.appoint_demo(by=job.by)
    if programmes.needs_last_list(round=job.round):
        once(job, "last_round.csv", lambda path: last_list.load(path=path, round=job.round))
    once(job, "channels.csv", lambda path: take_choices(job, path))


def load_places(job: Job) -> None:
    places.load(areas=job.folder.need("areas.csv"), schools=job.folder.need("schools.csv"))


def take_choices(job: Job, path: Path) -> Outcome:
    """The pupil's new number first: his choice is known by it."""
    identifiers.become(path=path, round=job.round, on=job.policy.window("intake").opens)
    return channels.load(path=path, round=job.round)


def register_files(job: Job) -> list[str]:
    """Register files of the first hour, in the order that makes a row of theirs the first of its pupil.

    Of files with the same bytes one counts: the one that is taken in, else the first by name.
    """
    files = job.folder.incoming("registers/*.csv") + job.folder.incoming("registers/*.xlsx")
    first = [path for path in files if not path.name.startswith("corrections-")]
    first.sort(key=lambda path: (not is_first(job, path), path.name))
    names = {sha256(path): path.name for path in reversed(first)}
    return sorted(names.values())


def take_register(job: Job, name: str) -> Flow:
    path = job.folder.need(f"registers/{name}")
    return intake.commit(path=path, round=job.round, received_on=job.as_of)


# --- from pupils to a frozen list --------------------------------------------------------------------


def compare(job: Job) -> None:
    once(job, "registry_extract.csv", lambda path: identity.compare(path=path, round=job.round, on=job.as_of))


def pupils_of(job: Job) -> list[str]:
    return registry.provinces(round=job.round)


def check_identity(job: Job, province: str) -> Flow:
    return identity.check(round=job.round, province=province, as_of=job.as_of)


def candidates_of(job: Job) -> list[str]:
    return sorted({*registry.provinces(round=job.round), *programmes.provinces_of_last_list(round=job.round)})


def assign_groups(job: Job, province: str) -> Flow:
    return groups.assign(
        round=job.round,
        province=province,
        policy=job.policy,
        entries=registry.entries(round=job.round, scope=job.scope, province=province),
        present=registry.present(round=job.round),
    )


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


# --- from a frozen list to reconciled money ----------------------------------------------------------


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


def count_report(job: Job, unit: str) -> Flow:
    listed = programmes.count_beneficiaries(round=job.round)
    return Flow(joined=listed, out=payments.reported(round=job.round))


HOLDS_AT_ENTITLE: Final = (
    "wrong_number",
    "identifier_clash",
    "two_schools",
    "not_in_registry",
    "name_differs",
    "birth_differs",
    "sex_differs",
    "not_compliant",
)
BANK_REFUSES: Final = ("proxy_not_registered", "account_closed", "account_name_differs", "bank_other")

STEPS: Final[tuple[Step[Job], ...]] = (
    Step(
        name="intake",
        per=Per.ROUND,
        before=reference,
        units=register_files,
        run=take_register,
        drops=(*intake.REFUSALS, "duplicate", "second_school"),
    ),
    Step(name="identity", per=Per.ROUND, before=compare, units=pupils_of, run=check_identity),
    Step(
        name="group",
        per=Per.ROUND,
        units=candidates_of,
        run=assign_groups,
        drops=("not_in_register", "not_applicant"),
    ),
    Step(name="enrol", per=Per.GROUP, units=members_of, run=admit),
    Step(
        name="entitle",
        per=Per.GROUP,
        units=entitled_of,
        run=entitle,
        close=freeze,
        drops=("no_rate", "dead"),
        holds=HOLDS_AT_ENTITLE,
    ),
    Step(
        name="order",
        per=Per.GROUP,
        waits_for=TWO_SIGNATURES,
        before=signatures,
        units=ordered_of,
        run=order,
        holds=("no_account",),
    ),
    Step(
        name="reconcile",
        per=Per.GROUP,
        waits_for=BANK,
        before=bank,
        units=lines_of,
        run=reconcile,
        holds=("result_differs", "no_result", *BANK_REFUSES),
    ),
    Step(
        name="recover",
        per=Per.GROUP,
        waits_for=CASH_CLOCK,
        before=cash,
        units=lines_of,
        run=recover,
        drops=("cash_not_fetched", "moved", "left", "died"),
    ),
    Step(name="report", per=Per.ROUND, units=lambda job: ["all"], run=count_report, chained=False),
)
