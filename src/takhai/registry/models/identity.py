"""What the comparison with the civil registry said, and what the identity check made of it."""

from typing import ClassVar

from django.db import models

from takhai.platform.fields import Privacy
from takhai.platform.references import refers
from takhai.platform.tracking import keeps_history
from takhai.registry.models.recorded import RECORDED, Recorded, period
from takhai.registry.types import Finding


@keeps_history()
class Comparison(Recorded):
    """The verdict of a comparison, nothing else of the registry. No row: the number was not found."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "round": "internal",
        "person": "internal",
        "alive": "personal",
        "first_ok": "internal",
        "last_ok": "internal",
        "birth_ok": "internal",
        "sex_ok": "internal",
        "compared_on": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("round", "person")
    round = models.CharField(max_length=6)
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    alive = models.BooleanField()
    first_ok = models.BooleanField()
    last_ok = models.BooleanField()
    birth_ok = models.BooleanField()
    sex_ok = models.BooleanField()
    compared_on = models.DateField()

    class Meta:
        db_table = "comparison"
        triggers = [*refers("person", to="registry.Person")]


@keeps_history()
class IdentityFinding(Recorded):
    """Why a pupil's identity is in doubt for the days [from, to); one reason at a time."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "round": "internal",
        "person": "internal",
        "reason": "personal",
        "from_day": "internal",
        "to_day": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("round", "person", "from_day")
    round = models.CharField(max_length=6)
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    reason = models.CharField(max_length=20)
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    class Meta:
        db_table = "identity_finding"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=[finding.value for finding in Finding]),
                name="identity_finding_reason",
            ),
            period("identity_finding_period"),
            models.UniqueConstraint(
                fields=["round", "person"],
                condition=models.Q(to_day__isnull=True),
                name="identity_finding_one_open",
            ),
        ]
        triggers = [*refers("person", to="registry.Person")]
