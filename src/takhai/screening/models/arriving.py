"""Files of forms, their rows that were refused, and the officials who speak in them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import never_vanishes
from takhai.screening.models.recorded import ARRIVED, RECORDED, Arrived, Recorded
from takhai.screening.types import FORM_REFUSALS


class Official(Recorded):
    """A state official who certifies forms: his number, sealed. It is never shown."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "idx": "internal",
        "idx_next": "internal",
        "cipher": "sensitive",
        **RECORDED,
    }

    id = models.UUIDField(primary_key=True)
    idx = models.BinaryField(max_length=16, unique=True)
    idx_next = models.BinaryField(max_length=16, null=True, unique=True)
    cipher = models.BinaryField(max_length=200)

    class Meta:
        db_table = "official"
        triggers = [*never_vanishes()]


class FormFile(Recorded):
    """A file of forms with its members, taken in or come too late; ``file_sha`` is over both."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "file_sha": "internal",
        "group": "public",
        "rows": "internal",
        "taken": "internal",
        "member_rows": "internal",
        "stray_members": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("round", "file_sha")
    round = models.CharField(max_length=6)
    file_sha = models.CharField(max_length=64)
    group = models.CharField(max_length=20)
    rows = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()
    member_rows = models.PositiveIntegerField()
    stray_members = models.PositiveIntegerField()

    class Meta:
        db_table = "form_file"
        constraints = [models.CheckConstraint(condition=Q(taken__lte=F("rows")), name="form_file_taken")]
        triggers = [insert_only()]


class FormRefused(Arrived):
    """A row of a file of forms that was not taken, and why; ``form_no`` is "" where it could not be read."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "reason": "internal",
        "form_no": "internal",
        **ARRIVED,
    }

    pk = models.CompositePrimaryKey("round", "file_sha", "row_no")
    round = models.CharField(max_length=6)
    reason = models.CharField(max_length=30)
    form_no = models.CharField(max_length=19)

    class Meta:
        db_table = "form_refusal"
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=FORM_REFUSALS), name="form_refusal_known")
        ]
        triggers = [insert_only()]


class HouseholdFinding(Recorded):
    """Two forms of one household that differ about it; ``field`` is the first answer that does."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "household_ref": "personal",
        "form_a": "internal",
        "form_b": "internal",
        "field": "personal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("round", "household_ref", "form_a", "form_b")
    round = models.CharField(max_length=6)
    household_ref = models.CharField(max_length=20)
    form_a = models.CharField(max_length=19)
    form_b = models.CharField(max_length=19)
    field = models.CharField(max_length=30)

    class Meta:
        db_table = "household_finding"
        triggers = [insert_only()]
