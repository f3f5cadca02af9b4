"""Pairs of a rule's row form and its set form; one generic test proves them equal on generated data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from takhai.platform.sets import SetRule


@dataclass(frozen=True, slots=True)
class Pair:
    """``decide(facts) -> verdict`` against ``rule`` over one relation of facts.

    ``facts`` is the frozen dataclass of the row form: its fields are the columns of the relation
    beside ``key``; the fields of the verdict are the columns that the rule gives beside ``key``.
    ``domains`` lists the values worth trying for a field whose type alone does not tell them.
    ``step`` is the step of the semester that calls the rule.
    """

    name: str
    step: str
    facts: type[Any]
    decide: Callable[[Any], Any]
    rule: SetRule
    domains: Mapping[str, Sequence[object]] = field(default_factory=dict)
