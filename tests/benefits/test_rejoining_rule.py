"""When a held row may join a later list."""

import pytest

from takhai.benefits.rules.rejoining import Facts, decide
from takhai.benefits.types import FINDINGS, NOT_COMPLIANT


@pytest.mark.parametrize("held_for", FINDINGS[1:])
def test_a_row_joins_when_nothing_is_found_any_more(held_for: str) -> None:
    assert decide(Facts(held_for=held_for, finding=None)).joins


@pytest.mark.parametrize("finding", FINDINGS)
@pytest.mark.parametrize("held_for", FINDINGS[1:])
def test_a_row_stays_held_while_anything_is_found(held_for: str, finding: str) -> None:
    assert not decide(Facts(held_for=held_for, finding=finding)).joins


@pytest.mark.parametrize("finding", [None, *FINDINGS])
def test_failed_conditions_are_not_lifted_by_identity(finding: str | None) -> None:
    assert not decide(Facts(held_for=NOT_COMPLIANT, finding=finding)).joins
