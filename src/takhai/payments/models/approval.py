"""Approvals: the second signature under a frozen list."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from takhai.payments.models.recorded import RECORDED, Recorded
from takhai.payments.types import Decision
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only


class Approval(Recorded):
    """What an approver said of exactly the list that was frozen, and not by him who froze it.

    Hash and freezer point together to the frozen list (a composite key made by the migration), so an
    approval of another list, or with another freezer's name, cannot be written. A refusal may be followed
    by an approval, never the other way round: once approved, the money goes out.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "group": "public",
        "decision": "public",
        "list_sha256": "public",
        "frozen_by": "internal",
        "approved_by": "internal",
        "decided_on": "internal",
        "reason": "internal",
        "source_file": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("round", "group", "decision")
    round = models.CharField(max_length=6)
    group = models.CharField(max_length=20)
    decision = models.CharField(max_length=10)
    list_sha256 = models.CharField(max_length=64)
    frozen_by = models.CharField(max_length=80)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        to_field="username",
        db_column="approved_by",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    decided_on = models.DateField()
    reason = models.TextField()
    source_file = models.CharField(max_length=64)

    class Meta:
        db_table = "approval"
        constraints = [
            models.CheckConstraint(condition=~Q(frozen_by=F("approved_by")), name="approval_two_hands"),
            models.CheckConstraint(
                condition=Q(decision__in=[each.value for each in Decision]), name="approval_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.APPROVE.value) | ~Q(reason=""),
                name="approval_refusal_has_a_reason",
            ),
        ]
        triggers = [insert_only()]
