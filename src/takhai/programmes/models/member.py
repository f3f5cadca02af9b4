"""Pupils of a round and their group."""

from typing import ClassVar

from django.db import models

from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import refers


class RoundMember(models.Model):
    """A pupil of the old or new group, with the school and class that the round goes by. Only added."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "round": "internal",
        "person": "personal",
        "group": "internal",
        "reason": "internal",
        "school": "internal",
        "agency": "internal",
        "grade": "internal",
        "level": "internal",
        "province": "internal",
        "area_code": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    pk = models.CompositePrimaryKey("round", "person")
    round = models.CharField(max_length=6)
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    group = models.CharField(max_length=20)
    reason = models.CharField(max_length=30)
    school = models.ForeignKey(
        "registry.School", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    agency = models.CharField(max_length=10)
    grade = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    province = models.CharField(max_length=2)
    area_code = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        db_table = "round_member"
        constraints = [
            models.CheckConstraint(condition=~models.Q(group=""), name="round_member_has_a_group"),
        ]
        indexes = [models.Index(fields=["round", "group", "province"], name="round_member_unit")]
        triggers = [
            insert_only(),
            *refers("person", to="registry.Person"),
            *refers("school", to="registry.School"),
        ]
