"""A rule decides the same for one row and for a set: every pair on generated facts."""

import dataclasses
import enum
import typing
from datetime import date
from importlib import import_module
from types import NoneType, UnionType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.platform.ids import uuid7s
from takhai.platform.parity import Pair
from takhai.platform.relations import Relation, quoted
from takhai.platform.sets import apply, copy_in, fetch
from takhai.semester.steps import STEPS
from tests.house.plan import HOUSE

PAIRS: tuple[Pair, ...] = tuple(
    pair
    for path in sorted(HOUSE.glob("*/parity.py"))
    if path.parent.name != "platform"
    for pair in import_module(f"takhai.{path.parent.name}.parity").PAIRS
)
TYPES = {bool: "boolean", int: "bigint", str: "text", date: "date"}


def plain(kind: Any) -> tuple[type, bool]:
    """The plain type of a field and whether it may be None."""
    options = (
        typing.get_args(kind)
        if isinstance(kind, UnionType) or typing.get_origin(kind) is typing.Union
        else (kind,)
    )
    (only,) = [option for option in options if option is not NoneType]
    base = str if isinstance(only, type) and issubclass(only, enum.Enum) else only
    return base, NoneType in options


def values(pair: Pair, name: str, kind: Any) -> st.SearchStrategy[Any]:
    base, optional = plain(kind)
    if name in pair.domains:
        given: st.SearchStrategy[Any] = st.sampled_from(list(pair.domains[name]))
    elif base is bool:
        given = st.booleans()
    elif base is int:
        given = st.integers(0, 400_000)
    elif base is date:
        given = st.dates(date(2020, 10, 1), date(2021, 6, 1))
    else:
        raise TypeError(f"{pair.name}.{name}: say its domain")
    return st.none() | given if optional and name not in pair.domains else given


def fact_rows(pair: Pair) -> st.SearchStrategy[list[Any]]:
    hints = typing.get_type_hints(pair.facts)
    return st.lists(
        st.builds(pair.facts, **{name: values(pair, name, hints[name]) for name in hints}),
        min_size=1,
        max_size=60,
    )


def columns(pair: Pair) -> dict[str, str]:
    hints = typing.get_type_hints(pair.facts)
    return {"key": "uuid"} | {name: TYPES[plain(hint)[0]] for name, hint in hints.items()}


def spoken(value: object) -> object:
    return value.value if isinstance(value, enum.Enum) else value


def as_sets(pair: Pair, facts: list[Any]) -> dict[Any, tuple[object, ...]]:
    keys = uuid7s(len(facts))
    names = [field.name for field in dataclasses.fields(pair.facts)]
    rows = [
        (key, *(spoken(getattr(fact, name)) for name in names)) for key, fact in zip(keys, facts, strict=True)
    ]
    given: Relation = copy_in(name=pair.rule.inputs[0], columns=columns(pair), rows=rows)
    verdict = [name for name in pair.rule.columns if name != "key"]
    said = fetch(f"SELECT key, {quoted(verdict)} FROM said", apply(pair.rule, given).named("said"))
    by_key = {row[0]: tuple(row[1:]) for row in said}
    return {at: by_key.get(key, ()) for at, key in enumerate(keys)}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
@pytest.mark.django_db
def test_the_row_form_and_the_set_form_of_a_rule_agree(pair: Pair) -> None:
    verdict = [name for name in pair.rule.columns if name != "key"]

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(fact_rows(pair))
    def agree(facts: list[Any]) -> None:
        by_set = as_sets(pair, facts)
        by_row = {
            at: tuple(spoken(getattr(pair.decide(fact), name)) for name in verdict)
            for at, fact in enumerate(facts)
        }
        assert by_set == by_row

    agree()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_pair_gives_the_same_columns_in_both_forms(pair: Pair) -> None:
    verdict = typing.get_type_hints(typing.get_type_hints(pair.decide)["return"])
    assert set(pair.rule.columns) - {"key"} == set(verdict)
    assert len(pair.rule.inputs) == 1


def test_every_step_that_can_drop_or_hold_somebody_has_its_rule_in_both_forms() -> None:
    deciding = {step.name for step in STEPS if step.drops or step.holds} | {"identity"}
    assert deciding <= {pair.step for pair in PAIRS}
    assert {pair.step for pair in PAIRS} <= {step.name for step in STEPS}
