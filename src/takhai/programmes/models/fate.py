"""Who dropped out of a step or is held, and why."""

from typing import ClassVar

from django.db import models

from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import refers


class Fate(models.Model):
    """A pupil whom a step dropped or held. ``satang`` is what he carried. Only added.

    ``entitlement_round`` differs from ``round`` where held money of an earlier round joined.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "round": "internal",
        "group": "internal",
        "step": "internal",
        "entitlement_round": "internal",
        "person": "personal",
        "kind": "internal",
        "reason": "personal",
        "satang": "internal",
        "province": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    pk = models.CompositePrimaryKey("round", "group", "step", "entitlement_round", "person")
    round = models.CharField(max_length=6)
    group = models.CharField(max_length=20)
    step = models.CharField(max_length=20)
    entitlement_round = models.CharField(max_length=6)
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    kind = models.CharField(max_length=7)
    reason = models.CharField(max_length=30)
    satang = models.BigIntegerField()
    province = models.CharField(max_length=2)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        db_table = "fate"
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["dropped", "held"]), name="fate_kind"),
            models.CheckConstraint(condition=models.Q(satang__gte=0), name="fate_satang_not_negative"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="fate_has_a_reason"),
        ]
        triggers = [insert_only(), *refers("person", to="registry.Person")]
