"""Users: from the first migration our own, so that the table never has to be changed under a running site."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from takhai.platform.fields import Privacy
from takhai.platform.tracking import keeps_history


@keeps_history(without=("password", "last_login"))
class User(AbstractBaseUser):
    """Somebody who acts; what he may do and see follows from his assignments alone."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "username": "internal",
        "password": "sensitive",
        "last_login": "internal",
        "display_th": "personal",
        "display_en": "personal",
        "is_active": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    id = models.UUIDField(primary_key=True)
    username = models.CharField(max_length=80, unique=True)
    display_th = models.CharField(max_length=200)
    display_en = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)

    objects = BaseUserManager()

    class Meta:
        db_table = "user_account"

    def __str__(self) -> str:
        return self.username
