"""Agencies and schools: what hangs on their nodes of the tree of places."""

from typing import ClassVar

from django.db import models

from takhai.platform.fields import Privacy
from takhai.platform.references import never_vanishes
from takhai.platform.tracking import keeps_history
from takhai.registry.models.recorded import RECORDED, Recorded


@keeps_history()
class Agency(Recorded):
    """An affiliation (สังกัด) of schools."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "key": "public",
        "place": "public",
        "moe_code": "public",
        "short_th": "public",
        "name_th": "public",
        "name_en": "public",
        **RECORDED,
    }

    key = models.CharField(max_length=10, primary_key=True)
    place = models.OneToOneField("access.Place", on_delete=models.PROTECT, related_name="+")
    moe_code = models.CharField(max_length=2, blank=True)
    short_th = models.CharField(max_length=40)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    class Meta:
        db_table = "agency"


@keeps_history()
class School(Recorded):
    """A school is its code, never its name. One without an account has none of the three account fields."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "place": "public",
        "code": "public",
        "moe_code": "public",
        "agency": "public",
        "area_code": "public",
        "province_code": "public",
        "subdistrict_code": "public",
        "phone": "internal",
        "account_bank": "internal",
        "account_idx": "internal",
        "account_cipher": "sensitive",
        **RECORDED,
    }
    SCOPED_BY = "place"

    place = models.OneToOneField("access.Place", primary_key=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    moe_code = models.CharField(max_length=10)
    agency = models.ForeignKey("registry.Agency", on_delete=models.PROTECT, related_name="schools")
    area_code = models.CharField(max_length=16)
    province_code = models.CharField(max_length=2)
    subdistrict_code = models.CharField(max_length=6)
    phone = models.CharField(max_length=500, blank=True)
    account_bank = models.CharField(max_length=500, blank=True)
    account_idx = models.BinaryField(max_length=32, null=True)
    account_cipher = models.BinaryField(null=True)

    class Meta:
        db_table = "school"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account_bank="", account_idx__isnull=True, account_cipher__isnull=True)
                | ~models.Q(account_bank="")
                & models.Q(account_idx__isnull=False, account_cipher__isnull=False),
                name="school_account_whole_or_none",
            ),
        ]
        indexes = [models.Index(fields=["province_code"], name="school_province")]
        triggers = [*never_vanishes("place_id")]
