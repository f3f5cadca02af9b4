"""Bills by which schools send money back, and what they sent."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from takhai.payments.models.recorded import ARRIVED, BELOW, RECORDED, Arrived, Recorded
from takhai.platform.fields import Privacy
from takhai.platform.references import refers
from takhai.platform.tracking import keeps_history


@keeps_history()
class ReturnBill(Recorded):
    """The one bill of a school and group. What it is over is the due back of its lines on a day."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "group": "public",
        "school": "internal",
        "school_code": "public",
        "reference": "internal",
        "returned_on": "internal",
        "satang": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("round", "group", "school")
    round = models.CharField(max_length=6)
    group = models.CharField(max_length=20)
    school = models.ForeignKey("registry.School", **BELOW)
    school_code = models.CharField(max_length=8)
    reference = models.CharField(max_length=64)
    returned_on = models.DateField(null=True)
    satang = models.BigIntegerField(null=True)

    class Meta:
        db_table = "return_bill"
        constraints = [
            models.UniqueConstraint(fields=["round", "reference"], name="return_bill_reference"),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True, satang__isnull=True)
                | Q(returned_on__isnull=False, satang__isnull=False, satang__gt=0),
                name="return_bill_returned",
            ),
        ]
        triggers = [*refers("school", to="registry.School")]


@keeps_history()
class SchoolReturn(Arrived):
    """Money that a school sent for a bill: ``outcome`` is empty until it was compared with the bill."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "copy": "internal",
        "group": "public",
        "reference": "internal",
        "satang": "internal",
        "booked_on": "internal",
        "outcome": "internal",
        **ARRIVED,
    }

    pk = models.CompositePrimaryKey("round", "row_sha", "copy")
    round = models.CharField(max_length=6)
    copy = models.PositiveIntegerField()
    group = models.CharField(max_length=20)
    reference = models.CharField(max_length=64)
    satang = models.BigIntegerField()
    booked_on = models.DateField()
    outcome = models.CharField(max_length=20, default="")

    class Meta:
        db_table = "school_return"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["", "returned", "return_differs", "return_repeated"]),
                name="school_return_outcome_known",
            )
        ]
