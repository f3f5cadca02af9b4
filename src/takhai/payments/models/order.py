"""Order lines: the payment of one pupil in one group."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from takhai.access.managers import ScopedManager
from takhai.payments.models.recorded import BELOW, RECORDED, Recorded
from takhai.payments.types import Channel, LineState
from takhai.platform.fields import Privacy
from takhai.platform.references import refers
from takhai.platform.tracking import keeps_history

# Money is on its way to the pupil, with him, or may still reach him.
_LIVE: Final = Q(state__in=["ordered", "accepted", "paid", "due_back"]) | Q(
    state="held", transfer__isnull=False
)
_RECEIVED_LATE: Final = Q(state="paid", reason__isnull=False)


@keeps_history()
class OrderLine(Recorded):
    """One pupil's payment. ``carried_from`` is the line of an earlier group whose money joined here.

    ``closed_on`` is the day on which its cash fell due back, ``late_on`` the day it was received after all.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "group": "public",
        "entitlement_round": "public",
        "person": "personal",
        "id": "internal",
        "carried_from": "internal",
        "channel": "personal",
        "transfer": "internal",
        "school": "internal",
        "agency": "internal",
        "grade": "internal",
        "level": "internal",
        "province": "internal",
        "area_code": "internal",
        "satang": "internal",
        "state": "personal",
        "reason": "sensitive",
        "live": "internal",
        "closed_on": "internal",
        "late_on": "internal",
        **RECORDED,
    }
    SCOPED_BY = "school__place"

    pk = models.CompositePrimaryKey("round", "group", "entitlement_round", "person")
    round = models.CharField(max_length=6)
    group = models.CharField(max_length=20)
    entitlement_round = models.CharField(max_length=6)
    person = models.ForeignKey("registry.Person", **BELOW)
    id = models.UUIDField()
    carried_from = models.UUIDField(null=True)
    channel = models.CharField(max_length=10)
    transfer = models.UUIDField(null=True)
    school = models.ForeignKey("registry.School", **BELOW)
    agency = models.CharField(max_length=20)
    grade = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    province = models.CharField(max_length=2)
    area_code = models.CharField(max_length=20)
    satang = models.BigIntegerField()
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=30, null=True)
    live = models.BooleanField()
    closed_on = models.DateField(null=True)
    late_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "order_line"
        indexes = [
            models.Index(fields=["round", "group", "province"], name="order_line_unit"),
            models.Index(fields=["province"], name="order_line_waiting", condition=Q(live=False)),
        ]
        constraints = [
            # The wall between a pupil and being paid twice; services lean on it and on nothing else.
            models.UniqueConstraint(
                fields=["entitlement_round", "person"], condition=Q(live=True), name="one_live_payment"
            ),
            models.UniqueConstraint(fields=["round", "id"], name="order_line_reference"),
            models.UniqueConstraint(
                fields=["carried_from"], condition=Q(live=False), name="order_line_waits_again_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in LineState]), name="order_line_state_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[each.value for each in Channel]), name="order_line_channel_known"
            ),
            models.CheckConstraint(condition=Q(satang__gt=0), name="order_line_above_zero"),
            models.CheckConstraint(
                condition=Q(live=True) & _LIVE | Q(live=False) & ~_LIVE, name="order_line_live_is_its_state"
            ),
            models.CheckConstraint(
                condition=Q(transfer__isnull=False) & ~Q(reason="no_account")
                | Q(transfer__isnull=True, state="held", reason="no_account", channel="school"),
                name="order_line_is_sent_or_waits",
            ),
            models.CheckConstraint(
                condition=Q(reason__isnull=True, state__in=["ordered", "accepted", "paid"])
                | Q(reason__isnull=False, state__in=["held", "refused", "due_back", "returned", "paid"]),
                name="order_line_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=False, channel="school")
                & (Q(state__in=["due_back", "returned"]) | _RECEIVED_LATE)
                | Q(closed_on__isnull=True) & ~Q(state__in=["due_back", "returned"]) & ~_RECEIVED_LATE,
                name="order_line_fell_due",
            ),
            models.CheckConstraint(
                condition=Q(late_on__isnull=False) & _RECEIVED_LATE
                | Q(late_on__isnull=True) & ~_RECEIVED_LATE,
                name="order_line_received_late",
            ),
        ]
        triggers = [*refers("person", to="registry.Person"), *refers("school", to="registry.School")]
