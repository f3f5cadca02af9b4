"""Parents and guardians, of a household rather than of one child."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import MD5

from takhai.platform.fields import Privacy
from takhai.platform.references import never_vanishes, refers
from takhai.platform.tracking import keeps_history
from takhai.registry.models.recorded import RECORDED, Recorded, period


@keeps_history()
class Guardian(Recorded):
    """A grown-up whom a register names beside a pupil; known by name within one household only."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "household": "internal",
        "names": "personal",
        "occupation": "personal",
        **RECORDED,
    }

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(
        "registry.Household",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="guardians",
    )
    names = models.CharField(max_length=1001)
    occupation = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "guardian"
        constraints = [
            # Names of any length: an index takes no more than 2,704 bytes.
            models.UniqueConstraint("household", MD5("names"), name="guardian_household_names"),
        ]
        triggers = [*never_vanishes(), *refers("household", to="registry.Household")]


@keeps_history()
class GuardianLink(Recorded):
    """What a grown-up is to a pupil for the days [from, to)."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "person": "internal",
        "guardian": "internal",
        "relation": "personal",
        "guards": "internal",
        "from_day": "internal",
        "to_day": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("person", "guardian", "from_day")
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    guardian = models.ForeignKey(
        "registry.Guardian", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    relation = models.CharField(max_length=500)
    guards = models.BooleanField()
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    class Meta:
        db_table = "guardian_link"
        constraints = [
            period("guardian_link_period"),
            models.UniqueConstraint(
                fields=["person", "guardian"],
                condition=models.Q(to_day__isnull=True),
                name="guardian_link_one_current",
            ),
        ]
        triggers = [
            *refers("person", to="registry.Person"),
            *refers("guardian", to="registry.Guardian"),
        ]
