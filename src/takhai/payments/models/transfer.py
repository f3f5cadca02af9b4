"""Transfers: what the bank is asked to move, for one pupil or for all lines of a school."""

from typing import ClassVar, Final

import pgtrigger
from django.db import models
from django.db.models import Q

from takhai.payments.models.recorded import BELOW, RECORDED, Recorded
from takhai.payments.types import Channel, TransferState
from takhai.platform.fields import Privacy
from takhai.platform.references import refers
from takhai.platform.tracking import keeps_history

# Sums of both sides instead of a join: what a step has just written has no statistics yet, and a join over
# it would compare each with each.
_SUMS_UP: Final = """
IF EXISTS (
    SELECT FROM (
        SELECT round, id AS transfer, lines, satang, true AS fresh FROM fresh
        UNION ALL
        SELECT l.round, l.transfer, -1, -l.satang, false FROM order_line l
        WHERE l.transfer IS NOT NULL
            AND (l.round, l."group", l.province) IN (SELECT DISTINCT f.round, f."group", f.province FROM fresh f)
    ) sides
    GROUP BY round, transfer
    HAVING bool_or(fresh) AND (sum(lines) <> 0 OR sum(satang) <> 0)
) THEN
    RAISE EXCEPTION 'payments: a transfer is not the sum of its lines' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


@keeps_history()
class Transfer(Recorded):
    """One row of the payment file. ``payee_idx`` is the keyed index of the number or account it goes to."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "id": "internal",
        "group": "public",
        "reference": "internal",
        "channel": "internal",
        "school": "internal",
        "payee_idx": "personal",
        "satang": "internal",
        "lines": "internal",
        "province": "internal",
        "state": "internal",
        "reason": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("round", "id")
    round = models.CharField(max_length=6)
    id = models.UUIDField()
    group = models.CharField(max_length=20)
    reference = models.CharField(max_length=64)
    channel = models.CharField(max_length=10)
    school = models.ForeignKey("registry.School", null=True, **BELOW)
    payee_idx = models.BinaryField(max_length=32)
    satang = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    province = models.CharField(max_length=2)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=30, null=True)

    class Meta:
        db_table = "transfer"
        indexes = [models.Index(fields=["round", "group", "province"], name="transfer_unit")]
        constraints = [
            models.UniqueConstraint(fields=["round", "reference"], name="transfer_reference"),
            models.UniqueConstraint(
                fields=["round", "group", "school"],
                condition=Q(channel="school"),
                name="transfer_one_per_school",
            ),
            models.CheckConstraint(condition=Q(satang__gt=0, lines__gt=0), name="transfer_above_zero"),
            models.CheckConstraint(
                condition=Q(channel=Channel.SCHOOL.value, school__isnull=False)
                | Q(channel=Channel.PROMPTPAY.value, school__isnull=True, lines=1),
                name="transfer_pupil_or_school",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[TransferState.SENT.value, TransferState.ACCEPTED.value], reason__isnull=True
                )
                | Q(state__in=[TransferState.REFUSED.value, TransferState.HELD.value], reason__isnull=False),
                name="transfer_state_and_reason",
            ),
        ]
        triggers = [
            *refers("school", to="registry.School"),
            pgtrigger.Trigger(
                name="sums_up",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="fresh"),
                func=_SUMS_UP,
            ),
        ]
