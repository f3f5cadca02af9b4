"""The second signature: an approver's answer to a frozen list."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction

from takhai.access.queries.users import holders
from takhai.access.types import Role
from takhai.benefits import queries as benefits
from takhai.payments.queries.approvals import is_approved
from takhai.payments.types import Decision
from takhai.platform.intake.layout import load as layout
from takhai.platform.intake.reading import reading
from takhai.platform.intake.types import Row
from takhai.platform.problems import Refusal
from takhai.platform.sets import execute
from takhai.platform.types import Outcome
from takhai.thai.calendar import Term

_SIGN: Final = """
INSERT INTO approval (
    round, "group", decision, list_sha256, frozen_by, approved_by, decided_on, reason, source_file, recorded_by
)
VALUES (
    %(round)s, %(group)s, %(decision)s, %(sha256)s, %(frozen_by)s, %(approver)s, %(on)s, %(reason)s,
    %(source)s, %(approver)s
)
ON CONFLICT (round, "group", decision) DO NOTHING
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an approver says, with the figures of the list he saw."""

    round: Term
    group: str
    list_sha256: str
    count: int
    satang: int
    decision: Decision
    approver: str
    decided_on: date
    reason: str


@transaction.atomic
def approve(*, answer: Answer, source: str = "") -> Outcome:
    """Writes the answer down; the same again changes nothing.

    Refusals, in this order: ``list_not_frozen``, ``approval_of_another_list`` (hash, count or sum differ),
    ``approval_too_early``, ``approval_same_hand``, ``approver_has_no_role``, ``approval_without_reason``,
    ``approval_stands`` (a refusal after an approval). The database refuses the same hand as well.
    """
    frozen = benefits.frozen(round=answer.round, group=answer.group)
    seen = (answer.list_sha256, answer.count, answer.satang)
    if seen != (frozen.sha256, frozen.count, frozen.satang):
        raise Refusal("approval_of_another_list", round=str(answer.round), group=answer.group)
    if answer.decided_on < frozen.frozen_on:
        raise Refusal("approval_too_early", frozen_on=frozen.frozen_on.isoformat())
    if answer.approver == frozen.frozen_by:
        raise Refusal("approval_same_hand", user=answer.approver)
    if answer.approver not in holders(role=Role.FINANCE, on=answer.decided_on):
        raise Refusal("approver_has_no_role", user=answer.approver)
    if answer.decision is Decision.REFUSE:
        _may_refuse(answer)
    done = execute(
        _SIGN,
        round=str(answer.round),
        group=answer.group,
        decision=answer.decision.value,
        sha256=answer.list_sha256,
        frozen_by=frozen.frozen_by,
        approver=answer.approver,
        on=answer.decided_on,
        reason=answer.reason,
        source=source,
    )
    return Outcome(done=done, same=1 - done)


def take_approval(*, path: Path, round: Term, group: str) -> Outcome:
    """Takes in the approver's file: one row, of this round and group (Refusal ``approval_rows``)."""
    with reading(path=path, layout=layout("approval"), term=round) as file:
        rows = list(file)
    if file.rows != 1 or len(rows) != 1:
        raise Refusal("approval_rows", file=path.name, rows=file.rows, bad=file.rows - file.good)
    answer = _answer(rows[0])
    if (answer.round, answer.group) != (round, group):
        raise Refusal("approval_of_another_list", round=str(round), group=group)
    return approve(answer=answer, source=file.sha256)


def _may_refuse(answer: Answer) -> None:
    if not answer.reason.strip():
        raise Refusal("approval_without_reason")
    if is_approved(round=answer.round, group=answer.group):
        raise Refusal("approval_stands", round=str(answer.round), group=answer.group)


def _answer(row: Row) -> Answer:
    values = row.values
    decided_on = values["decided_on"]
    if not isinstance(decided_on, date):
        raise TypeError("the layout gives a date")
    return Answer(
        round=Term.parse(str(values["round"])),
        group=str(values["group"]),
        list_sha256=str(values["list_sha256"]),
        count=int(str(values["count"])),
        satang=int(str(values["baht"])),
        decision=Decision(str(values["decision"])),
        approver=str(values["approver"]),
        decided_on=decided_on,
        reason=str(values["reason"] or ""),
    )
