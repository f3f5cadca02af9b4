"""Accounts: one for each round, group, agency and name."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from takhai.ledger.types import Account
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only


class LedgerAccount(models.Model):
    """An account. It holds no balance: that is the sum of its movements."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "round": "public",
        "group": "public",
        "agency": "public",
        "name": "public",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    id = models.AutoField(primary_key=True)
    round = models.CharField(max_length=6)
    group = models.CharField(max_length=20)
    agency = models.CharField(max_length=20)
    name = models.CharField(max_length=20)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.CharField(max_length=100)

    class Meta:
        db_table = "account"
        constraints = [
            models.UniqueConstraint(fields=["round", "group", "agency", "name"], name="account_once"),
            models.CheckConstraint(
                condition=models.Q(name__in=[each.value for each in Account]), name="account_known"
            ),
        ]
        triggers = [insert_only()]
