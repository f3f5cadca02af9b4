"""Who depends on the others: the edges of the ages."""

import pytest

from takhai.screening.rules.dependency import elderly, unemployed


@pytest.mark.parametrize(("age", "old"), [(0, False), (59, False), (60, True), (120, True)])
def test_the_elderly_are_sixty_and_above(age: int, old: bool) -> None:
    assert elderly(age=age) is old


@pytest.mark.parametrize(("age", "idle"), [(14, False), (15, True), (65, True), (66, False)])
def test_the_unemployed_are_fifteen_to_sixty_five(age: int, idle: bool) -> None:
    assert unemployed(age=age, studies=False, works=False) is idle


@pytest.mark.parametrize(("studies", "works"), [(True, False), (False, True), (True, True)])
def test_who_studies_or_works_is_not_unemployed(studies: bool, works: bool) -> None:
    assert not unemployed(age=30, studies=studies, works=works)
