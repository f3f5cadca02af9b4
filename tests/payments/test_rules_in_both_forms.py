"""Every combination of facts, not a sample: row and set form of the rules of money say the same."""

import enum
import typing
from dataclasses import fields
from itertools import product
from types import NoneType

import pytest

from takhai.benefits.parity import PAIRS as BENEFITS
from takhai.payments.parity import PAIRS as PAYMENTS
from takhai.platform.ids import uuid7s
from takhai.platform.parity import Pair
from takhai.platform.sets import apply, copy_in, fetch

# Of more combinations than these evenly chosen ones are tried: an odd stride meets every value of every fact.
MOST = 20_000
TYPES = {bool: "boolean", int: "bigint", str: "text"}


def plain(kind: object) -> tuple[type, bool]:
    """The type of a fact, and whether it may be unknown."""
    options = typing.get_args(kind) or (kind,)
    (known,) = [option for option in options if option is not NoneType]
    return known, NoneType in options


def domain(pair: Pair, name: str, kind: object) -> tuple[object, ...]:
    if name in pair.domains:
        return tuple(pair.domains[name])
    known, optional = plain(kind)
    assert known is bool, f"{pair.name}.{name} needs a domain"
    return (False, True, None) if optional else (False, True)


def said(value: object) -> object:
    return value.value if isinstance(value, enum.Enum) else value


@pytest.mark.django_db
@pytest.mark.parametrize("pair", [*BENEFITS, *PAYMENTS], ids=lambda pair: pair.name)
def test_row_and_set_agree_on_every_combination_of_facts(pair: Pair) -> None:
    hints = typing.get_type_hints(pair.facts)
    names = [field.name for field in fields(pair.facts)]
    every = list(product(*(domain(pair, name, hints[name]) for name in names)))
    every = every[:: len(every) // MOST | 1]
    keys = uuid7s(len(every))
    facts = copy_in(
        name="facts",
        columns={"key": "uuid", **{name: TYPES[plain(hints[name])[0]] for name in names}},
        rows=[(key, *values) for key, values in zip(keys, every, strict=True)],
    )
    verdict = [name for name in pair.rule.columns if name != "key"]
    found = fetch(
        f"SELECT key, {', '.join(verdict)} FROM verdicts", apply(pair.rule, facts).named("verdicts")
    )
    by_set = {key: tuple(row) for key, *row in found}
    by_row = {
        key: tuple(said(getattr(pair.decide(pair.facts(*values)), name)) for name in verdict)
        for key, values in zip(keys, every, strict=True)
    }
    assert by_set == by_row
