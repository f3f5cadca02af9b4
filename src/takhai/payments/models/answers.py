"""Answers from outside that stand, and rows of them that need a person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from takhai.payments.models.recorded import ARRIVED, Arrived
from takhai.payments.types import ABSENT, RECEIVED, Trouble
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.tracking import keeps_history


class BankResult(Arrived):
    """The result that stands for a transfer: the first that came. The payee itself is not kept."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "transfer": "internal",
        "payee_equal": "internal",
        "satang": "internal",
        "accepted": "internal",
        "code": "internal",
        "booked_on": "internal",
        **ARRIVED,
    }

    pk = models.CompositePrimaryKey("round", "transfer")
    round = models.CharField(max_length=6)
    transfer = models.UUIDField()
    payee_equal = models.BooleanField()
    satang = models.BigIntegerField()
    accepted = models.BooleanField()
    code = models.CharField(max_length=32, null=True)
    booked_on = models.DateField()

    class Meta:
        db_table = "bank_result"
        triggers = [insert_only()]


@keeps_history()
class Receipt(Arrived):
    """The receipt that stands for a line. Who signed and what reason he gave stay in the file."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "line": "internal",
        "status": "personal",
        "received_on": "internal",
        "reasoned": "internal",
        **ARRIVED,
    }

    pk = models.CompositePrimaryKey("round", "line")
    round = models.CharField(max_length=6)
    line = models.UUIDField()
    status = models.CharField(max_length=10)
    received_on = models.DateField(null=True)
    reasoned = models.BooleanField()

    class Meta:
        db_table = "receipt"
        constraints = [
            models.CheckConstraint(
                condition=Q(status=RECEIVED, received_on__isnull=False) | Q(status__in=ABSENT),
                name="receipt_status_and_day",
            )
        ]


class PaymentException(Arrived):
    """A row of an answer that posts nothing until a person has looked at it.

    ``copy`` counts rows that say the same within one file; the same file again adds nothing.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "reason": "internal",
        "copy": "internal",
        "group": "public",
        "reference": "internal",
        "satang": "internal",
        **ARRIVED,
    }

    pk = models.CompositePrimaryKey("round", "reason", "row_sha", "copy")
    round = models.CharField(max_length=6)
    reason = models.CharField(max_length=30)
    copy = models.PositiveIntegerField()
    group = models.CharField(max_length=20)
    reference = models.CharField(max_length=64)
    satang = models.BigIntegerField(null=True)

    class Meta:
        db_table = "payment_exception"
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=[each.value for each in Trouble]), name="payment_exception_known"
            )
        ]
        triggers = [insert_only()]
