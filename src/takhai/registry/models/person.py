"""Persons, and the numbers they are or were known by."""

from typing import ClassVar

from django.db import models

from takhai.access.managers import ScopedManager
from takhai.platform.fields import Privacy
from takhai.platform.references import never_vanishes, refers
from takhai.platform.tracking import keeps_history
from takhai.registry.models.recorded import RECORDED, Recorded, period
from takhai.registry.types import Form, Sex


@keeps_history()
class Person(Recorded):
    """Somebody, for good: erasing blanks the personal values and leaves the row as a tombstone.

    The keys are the names as registers are compared by (``takhai.thai.names.name_key``), made once.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "prefix": "personal",
        "first_name": "personal",
        "last_name": "personal",
        "first_key": "personal",
        "last_key": "personal",
        "sex": "personal",
        "birth_date": "personal",
        "died_on": "personal",
        "erased_on": "internal",
        **RECORDED,
    }
    SCOPED_BY = "enrolments__school__place"

    id = models.UUIDField(primary_key=True)
    prefix = models.CharField(max_length=500)
    first_name = models.CharField(max_length=500)
    last_name = models.CharField(max_length=500)
    first_key = models.CharField(max_length=500)
    last_key = models.CharField(max_length=500)
    sex = models.CharField(max_length=1, null=True)
    birth_date = models.DateField(null=True)
    died_on = models.DateField(null=True)
    erased_on = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "person"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    erased_on__isnull=True,
                    sex__in=[sex.value for sex in Sex],
                    birth_date__isnull=False,
                )
                & ~models.Q(first_name="")
                | models.Q(
                    erased_on__isnull=False,
                    sex__isnull=True,
                    birth_date__isnull=True,
                    died_on__isnull=True,
                    prefix="",
                    first_name="",
                    last_name="",
                    first_key="",
                    last_key="",
                ),
                name="person_whole_or_tombstone",
            ),
        ]
        triggers = [*never_vanishes()]


@keeps_history()
class Identifier(Recorded):
    """A number, sealed and found through its keyed index; one person for good, for a time his current one."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "person": "internal",
        "form": "personal",
        "idx": "personal",
        "idx_next": "personal",
        "cipher": "sensitive",
        "from_day": "internal",
        "to_day": "internal",
        **RECORDED,
    }
    SCOPED_BY = "person__enrolments__school__place"

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(
        "registry.Person",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="identifiers",
    )
    form = models.CharField(max_length=12)
    idx = models.BinaryField(max_length=32, unique=True)
    idx_next = models.BinaryField(max_length=32, null=True)
    cipher = models.BinaryField()
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    objects = ScopedManager()

    class Meta:
        db_table = "identifier"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(form__in=[form.value for form in Form]), name="identifier_form"
            ),
            period("identifier_period", same_day=True),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(to_day__isnull=True), name="identifier_one_current"
            ),
            models.UniqueConstraint(
                fields=["idx_next"], condition=models.Q(idx_next__isnull=False), name="identifier_idx_next"
            ),
        ]
        triggers = [*refers("person", to="registry.Person")]
