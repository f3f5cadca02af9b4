"""Entitlements: what one pupil gets for one round, and its components."""

from typing import Any, ClassVar, Final

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from takhai.access.managers import ScopedManager
from takhai.benefits.types import NO_RATE, Standing
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import refers
from takhai.platform.tracking import keeps_history

_BELOW: Final[dict[str, Any]] = {
    "on_delete": models.DO_NOTHING,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}

# Who adds to a list shares its lock; who freezes it takes the lock alone and so sees every row.
_STAYS_FROZEN: Final = """
PERFORM pg_advisory_xact_lock_shared(hashtextextended('list ' || l.list_round || ' ' || l.list_group, 0))
FROM (SELECT DISTINCT list_round, list_group FROM {rows} WHERE list_round IS NOT NULL ORDER BY 1, 2) l;
IF EXISTS (
    SELECT FROM frozen_list f
    JOIN (SELECT DISTINCT list_round, list_group FROM {rows}) t
        ON t.list_round = f.round AND t.list_group = f."group"
) THEN
    RAISE EXCEPTION 'benefits: a frozen list does not change' USING ERRCODE = 'restrict_violation';
END IF;
"""
# Summed in one pass: a look for each pupil by himself took most of the step.
_SUMS_UP: Final = """
IF EXISTS (
    SELECT FROM (
        SELECT l.round, l.person_id, sum(l.satang) AS satang
        FROM entitlement_line l JOIN (SELECT DISTINCT round, person_id FROM fresh) f USING (round, person_id)
        GROUP BY l.round, l.person_id
    ) lines
    LEFT JOIN entitlement e ON e.round = lines.round AND e.person_id = lines.person_id
    WHERE e.satang IS DISTINCT FROM lines.satang
) THEN
    RAISE EXCEPTION 'benefits: the components are not the amount' USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""


def _stays_frozen(
    name: str, operation: pgtrigger.Operation, *, old: str = "", new: str = ""
) -> pgtrigger.Trigger:
    bodies = "".join(_STAYS_FROZEN.format(rows=rows) for rows in (old, new) if rows)
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(old=old or None, new=new or None),
        func=f"{bodies}RETURN NULL;",
    )


@keeps_history()
class Entitlement(models.Model):
    """What one pupil gets for one round, with everything the decision used.

    ``group`` is where it arose; ``list_round`` and ``list_group`` are the list that grants it, another
    one when it was held and joined later (then ``reason`` still says why, and ``joined_on`` when).
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "person": "personal",
        "reference": "internal",
        "group": "public",
        "list_round": "internal",
        "list_group": "internal",
        "school": "internal",
        "agency": "internal",
        "grade": "internal",
        "level": "internal",
        "province": "internal",
        "area_code": "internal",
        "satang": "internal",
        "standing": "personal",
        "reason": "sensitive",
        "finding": "sensitive",
        "compliant": "personal",
        "failing_holds": "internal",
        "policy_sha256": "internal",
        "as_of": "internal",
        "joined_on": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }
    SCOPED_BY = "school__place"

    pk = models.CompositePrimaryKey("round", "person")
    round = models.CharField(max_length=6)
    person = models.ForeignKey("registry.Person", **_BELOW)
    reference = models.UUIDField()
    group = models.CharField(max_length=20)
    list_round = models.CharField(max_length=6, null=True)
    list_group = models.CharField(max_length=20, null=True)
    school = models.ForeignKey("registry.School", **_BELOW)
    agency = models.CharField(max_length=20)
    grade = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    province = models.CharField(max_length=2)
    area_code = models.CharField(max_length=20)
    satang = models.BigIntegerField()
    standing = models.CharField(max_length=10)
    reason = models.CharField(max_length=30, null=True)
    finding = models.CharField(max_length=30, null=True)
    compliant = models.BooleanField(null=True)
    failing_holds = models.BooleanField()
    policy_sha256 = models.CharField(max_length=64)
    as_of = models.DateField()
    joined_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.CharField(max_length=100)

    objects = ScopedManager()

    class Meta:
        db_table = "entitlement"
        indexes = [
            models.Index(fields=["list_round", "list_group", "province"], name="entitlement_list"),
            models.Index(fields=["round", "group", "province"], name="entitlement_origin"),
            models.Index(
                fields=["province"], name="entitlement_held", condition=Q(standing=Standing.HELD.value)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=[each.value for each in Standing]), name="entitlement_standing_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    standing=Standing.GRANTED.value, list_round__isnull=False, list_group__isnull=False
                )
                | Q(list_round__isnull=True, list_group__isnull=True) & ~Q(standing=Standing.GRANTED.value),
                name="entitlement_granted_is_listed",
            ),
            models.CheckConstraint(
                condition=Q(reason__isnull=False) | Q(standing=Standing.GRANTED.value),
                name="entitlement_refusal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(satang__gt=0) & ~Q(reason=NO_RATE)
                | Q(satang=0, reason=NO_RATE, standing=Standing.DROPPED.value),
                name="entitlement_has_money_or_no_rate",
            ),
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True)
                & (Q(reason__isnull=True) | ~Q(standing=Standing.GRANTED.value))
                | Q(joined_on__isnull=False, reason__isnull=False, standing=Standing.GRANTED.value)
                & (~Q(list_round=F("round")) | ~Q(list_group=F("group"))),
                name="entitlement_joins_another_list",
            ),
            models.CheckConstraint(
                condition=Q(list_round__isnull=True) | Q(list_round__gte=F("round")),
                name="entitlement_joins_no_earlier_round",
            ),
        ]
        triggers = [
            *refers("person", to="registry.Person"),
            *refers("school", to="registry.School"),
            _stays_frozen("frozen_insert", pgtrigger.Insert, new="fresh"),
            _stays_frozen("frozen_update", pgtrigger.Update, old="stale", new="fresh"),
            _stays_frozen("frozen_delete", pgtrigger.Delete, old="stale"),
        ]


class EntitlementLine(models.Model):
    """One component of an entitlement; the components sum up to its amount (the database sees to it)."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "person": "personal",
        "component": "public",
        "satang": "internal",
    }

    pk = models.CompositePrimaryKey("round", "person", "component")
    round = models.CharField(max_length=6)
    person = models.ForeignKey("registry.Person", **_BELOW)
    component = models.CharField(max_length=20)
    satang = models.BigIntegerField()

    class Meta:
        db_table = "entitlement_line"
        constraints = [models.CheckConstraint(condition=Q(satang__gt=0), name="entitlement_line_above_zero")]
        triggers = [
            insert_only(),
            pgtrigger.Trigger(
                name="sums_up",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="fresh"),
                func=_SUMS_UP,
            ),
        ]
