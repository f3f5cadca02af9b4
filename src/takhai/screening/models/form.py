"""Forms นร.01 that were taken, and the members of their households."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from takhai.access.managers import ScopedManager
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import refers
from takhai.screening.models.recorded import ARRIVED, BELOW, Arrived, refused_when
from takhai.screening.types import (
    Electricity,
    FamilyStatus,
    Farmland,
    Floor,
    Kinship,
    LivesWith,
    Result,
    Roof,
    Tenure,
    Wall,
    Water,
)

_ANSWERS: dict[str, type[StrEnum]] = {
    "family_status": FamilyStatus,
    "lives_with": LivesWith,
    "tenure": Tenure,
    "floor": Floor,
    "wall": Wall,
    "roof": Roof,
    "farmland": Farmland,
    "water": Water,
    "electricity": Electricity,
    "official_verdict": Result,
}
_AFTER_CUTOFF = (
    'EXISTS (SELECT FROM cutoff c JOIN (SELECT DISTINCT round, "group" FROM fresh) f'
    ' ON f.round = c.round AND f."group" = c."group")'
)
_THINGS = (
    "toilet",
    "car",
    "pickup",
    "tractor",
    "motorcycle",
    "computer",
    "air_conditioner",
    "television",
    "washing_machine",
    "refrigerator",
)


def _known(field: str, words: type[StrEnum]) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [word.value for word in words]}), name=f"form_{field}_known"
    )


class Form(Arrived):
    """The one form of a pupil in a round; the first that was good stays.

    ``members``, ``income_satang`` (a month, losses of agriculture and business as 0) and the flags
    ``disabled`` to ``unemployed`` are made of its members. The official's number lies sealed in ``official``.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "form_no": "internal",
        "group": "public",
        "person": "personal",
        "school": "internal",
        "province": "internal",
        "household_ref": "personal",
        "filled_on": "internal",
        "family_status": "sensitive",
        "lives_with": "sensitive",
        "guardian_relation": "personal",
        "guardian_education": "personal",
        "guardian_occupation": "personal",
        "guardian_welfare_card": "sensitive",
        "single_parent": "sensitive",
        "tenure": "personal",
        "rent_satang": "personal",
        "floor": "personal",
        "wall": "personal",
        "roof": "personal",
        "farmland": "personal",
        "water": "personal",
        "electricity": "personal",
        **dict.fromkeys(_THINGS, "personal"),
        "extension": "sensitive",
        "teacher": "personal",
        "members": "personal",
        "income_satang": "sensitive",
        "disabled": "sensitive",
        "chronic": "sensitive",
        "elderly": "personal",
        "unemployed": "personal",
        "official": "personal",
        "official_name": "personal",
        "official_position": "internal",
        "official_verdict": "personal",
        "official_reason": "sensitive",
        **ARRIVED,
    }
    SCOPED_BY = "school__place"

    pk = models.CompositePrimaryKey("round", "form_no")
    round = models.CharField(max_length=6)
    form_no = models.CharField(max_length=19)
    group = models.CharField(max_length=20)
    person = models.ForeignKey("registry.Person", **BELOW)
    school = models.ForeignKey("registry.School", **BELOW)
    province = models.CharField(max_length=2)
    household_ref = models.CharField(max_length=20)
    filled_on = models.DateField()
    family_status = models.CharField(max_length=20)
    lives_with = models.CharField(max_length=20)
    guardian_relation = models.CharField(max_length=100)
    guardian_education = models.CharField(max_length=100)
    guardian_occupation = models.CharField(max_length=100)
    guardian_welfare_card = models.BooleanField()
    single_parent = models.BooleanField()
    tenure = models.CharField(max_length=20)
    rent_satang = models.BigIntegerField(null=True)
    floor = models.CharField(max_length=20)
    wall = models.CharField(max_length=20)
    roof = models.CharField(max_length=20)
    toilet = models.BooleanField()
    farmland = models.CharField(max_length=20)
    water = models.CharField(max_length=20)
    electricity = models.CharField(max_length=20)
    car = models.BooleanField()
    pickup = models.BooleanField()
    tractor = models.BooleanField()
    motorcycle = models.BooleanField()
    computer = models.BooleanField()
    air_conditioner = models.BooleanField()
    television = models.BooleanField()
    washing_machine = models.BooleanField()
    refrigerator = models.BooleanField()
    extension = models.TextField()
    teacher = models.CharField(max_length=200)
    members = models.PositiveSmallIntegerField()
    income_satang = models.BigIntegerField()
    disabled = models.BooleanField()
    chronic = models.BooleanField()
    elderly = models.BooleanField()
    unemployed = models.BooleanField()
    official = models.ForeignKey("screening.Official", **BELOW)
    official_name = models.CharField(max_length=200)
    official_position = models.CharField(max_length=100)
    official_verdict = models.CharField(max_length=20)
    official_reason = models.CharField(max_length=500)

    objects = ScopedManager()

    class Meta:
        db_table = "form"
        indexes = [models.Index(fields=["round", "household_ref"], name="form_of_household")]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="form_one_of_a_pupil"),
            *(_known(field, words) for field, words in _ANSWERS.items()),
            models.CheckConstraint(condition=Q(members__gt=0), name="form_has_members"),
            models.CheckConstraint(condition=Q(income_satang__gte=0), name="form_income_not_negative"),
            models.CheckConstraint(
                condition=Q(official_verdict=Result.CERTIFIED.value) | ~Q(official_reason=""),
                name="form_refusal_has_a_reason",
            ),
        ]
        triggers = [
            insert_only(),
            refused_when("before_cutoff", _AFTER_CUTOFF, "no form comes after the cut-off is fixed"),
            *refers("person", to="registry.Person"),
            *refers("school", to="registry.School"),
            *refers("official", to="screening.Official"),
        ]


class FormMember(models.Model):
    """A member of a form's household; satang a month as on the form, losses too."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "form_no": "internal",
        "member_no": "internal",
        "relation": "personal",
        "age": "personal",
        "disabled": "sensitive",
        "chronic": "sensitive",
        "studies": "personal",
        "works": "personal",
        "wages": "sensitive",
        "agriculture": "sensitive",
        "business": "sensitive",
        "welfare": "sensitive",
        "other": "sensitive",
    }

    pk = models.CompositePrimaryKey("round", "form_no", "member_no")
    round = models.CharField(max_length=6)
    form_no = models.CharField(max_length=19)
    member_no = models.PositiveSmallIntegerField()
    relation = models.CharField(max_length=20)
    age = models.PositiveSmallIntegerField()
    disabled = models.BooleanField()
    chronic = models.BooleanField()
    studies = models.BooleanField()
    works = models.BooleanField()
    wages = models.BigIntegerField()
    agriculture = models.BigIntegerField()
    business = models.BigIntegerField()
    welfare = models.BigIntegerField()
    other = models.BigIntegerField()

    class Meta:
        db_table = "form_member"
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=[each.value for each in Kinship]), name="form_member_relation_known"
            ),
            models.CheckConstraint(
                condition=Q(wages__gte=0, welfare__gte=0, other__gte=0), name="form_member_not_negative"
            ),
        ]
        triggers = [insert_only()]
