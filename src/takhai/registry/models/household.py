"""Households: brothers and sisters of one address and the same parents share one."""

from typing import ClassVar

from django.db import models

from takhai.platform.fields import Privacy
from takhai.platform.references import never_vanishes, refers
from takhai.platform.tracking import keeps_history
from takhai.registry.models.recorded import RECORDED, Recorded, period


class Household(Recorded):
    """Whom one keyed index of address, parents and guardian brings together; the address is not kept."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {"id": "internal", "key": "personal", **RECORDED}

    id = models.UUIDField(primary_key=True)
    key = models.BinaryField(max_length=32, unique=True)

    class Meta:
        db_table = "household"
        triggers = [*never_vanishes()]


@keeps_history()
class HouseholdLink(Recorded):
    """A person in a household for the days [from, to); in one at a time."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "person": "internal",
        "household": "internal",
        "from_day": "internal",
        "to_day": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("person", "from_day")
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    household = models.ForeignKey(
        "registry.Household", on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    class Meta:
        db_table = "household_link"
        constraints = [
            period("household_link_period"),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(to_day__isnull=True), name="household_link_one_current"
            ),
        ]
        triggers = [
            *refers("person", to="registry.Person"),
            *refers("household", to="registry.Household"),
        ]
