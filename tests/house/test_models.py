"""What every table of the house owes its reader."""

from collections.abc import Iterator

from django.apps import apps
from django.core.management import call_command
from django.db import models

from takhai.platform.fields import CLASSES
from tests.house.plan import DJANGO_ROOMS


def own_models() -> Iterator[type[models.Model]]:
    """The models written by hand: history tables repeat the fields of what they keep."""
    for room in DJANGO_ROOMS:
        for model in apps.get_app_config(room).get_models():
            if not hasattr(model, "pgh_tracked_model"):
                yield model


def unique_keys(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    key = model._meta.pk
    if isinstance(key, models.CompositePrimaryKey):
        yield tuple(key.field_names)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            yield tuple(constraint.fields)


def test_every_field_has_a_privacy_class_and_no_class_is_left_over() -> None:
    wrong = []
    for model in own_models():
        said = dict(getattr(model, "PRIVACY", {}))
        there = {
            field.name for field in model._meta.get_fields() if not field.auto_created and field.concrete
        }
        composite = isinstance(model._meta.pk, models.CompositePrimaryKey)
        there |= {"pk"} if composite else set()
        said_names = set(said) | ({"pk"} if composite else set())
        wrong += [f"{model.__name__}.{name} has no class" for name in sorted(there - said_names)]
        wrong += [f"{model.__name__}.{name} is no field" for name in sorted(set(said) - there - {"id", "pk"})]
        wrong += [f"{model.__name__}.{name}: {kind}" for name, kind in said.items() if kind not in CLASSES]
    assert wrong == []


def test_tables_are_named_without_their_room() -> None:
    wrong = [
        model._meta.db_table
        for model in own_models()
        if model._meta.db_table.startswith(f"{model._meta.app_label}_")
    ]
    assert wrong == []


def test_every_unique_key_that_bears_a_round_begins_with_it() -> None:
    wrong = [
        f"{model.__name__}: {key}"
        for model in own_models()
        for key in unique_keys(model)
        if any(name in {"round", "entitlement_round"} for name in key)
        and key[0] not in {"round", "entitlement_round"}
    ]
    assert wrong == []


def test_a_fact_with_its_time_says_by_whom() -> None:
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if field.name.endswith("_at")
        and f"{field.name.removesuffix('_at')}_by" not in {other.name for other in model._meta.get_fields()}
    ]
    assert wrong == []


def test_the_migrations_are_up_to_date_with_the_models() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
