"""What holds a pupil whose identity is in doubt: the first finding counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhai.registry.rules.identity import PREDICATES, Facts, decide
from takhai.registry.types import Finding, Form

SOUND = Facts(
    form=Form.CITIZEN,
    clash=False,
    schools=1,
    found=True,
    alive=True,
    first_ok=True,
    last_ok=True,
    birth_ok=True,
    sex_ok=True,
)
facts = st.builds(
    Facts,
    form=st.sampled_from(Form),
    clash=st.booleans(),
    schools=st.integers(1, 3),
    found=st.booleans(),
    alive=st.booleans(),
    first_ok=st.booleans(),
    last_ok=st.booleans(),
    birth_ok=st.booleans(),
    sex_ok=st.booleans(),
)


def test_a_pupil_whom_the_registry_knows_alive_by_these_values_is_not_in_doubt() -> None:
    assert decide(SOUND).reason is None


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"alive": False}, Finding.DEAD),
        ({"form": Form.WRONG_CHECK, "found": False}, Finding.WRONG_NUMBER),
        ({"clash": True}, Finding.IDENTIFIER_CLASH),
        ({"schools": 2}, Finding.TWO_SCHOOLS),
        ({"found": False}, Finding.NOT_IN_REGISTRY),
        ({"first_ok": False}, Finding.NAME_DIFFERS),
        ({"last_ok": False}, Finding.NAME_DIFFERS),
        ({"birth_ok": False}, Finding.BIRTH_DIFFERS),
        ({"sex_ok": False}, Finding.SEX_DIFFERS),
    ],
)
def test_each_doubt_alone_is_found(changes: dict[str, object], finding: Finding) -> None:
    assert decide(replace(SOUND, **changes)).reason is finding  # type: ignore[arg-type]


def test_findings_count_in_their_order() -> None:
    everything = replace(
        SOUND,
        alive=False,
        clash=True,
        schools=2,
        first_ok=False,
        last_ok=False,
        birth_ok=False,
        sex_ok=False,
    )
    mends = [
        {"alive": True},
        {"clash": False},
        {"schools": 1},
        {"first_ok": True, "last_ok": True},
        {"birth_ok": True},
        {"sex_ok": True},
    ]
    found = [decide(everything).reason]
    for mend in mends:
        everything = replace(everything, **mend)  # type: ignore[arg-type]
        found.append(decide(everything).reason)
    assert found == [
        Finding.DEAD,
        Finding.IDENTIFIER_CLASH,
        Finding.TWO_SCHOOLS,
        Finding.NAME_DIFFERS,
        Finding.BIRTH_DIFFERS,
        Finding.SEX_DIFFERS,
        None,
    ]


@given(facts)
def test_a_g_code_is_never_compared(given_facts: Facts) -> None:
    found = decide(replace(given_facts, form=Form.GCODE)).reason
    assert found in {None, Finding.IDENTIFIER_CLASH, Finding.TWO_SCHOOLS}


@given(facts)
def test_a_number_beginning_with_0_that_the_registry_lacks_holds_nothing_of_its_own(
    given_facts: Facts,
) -> None:
    found = decide(replace(given_facts, form=Form.ZERO, found=False)).reason
    assert found in {None, Finding.IDENTIFIER_CLASH, Finding.TWO_SCHOOLS}


@given(facts)
def test_a_number_beginning_with_0_that_the_registry_has_is_compared_like_any_other(
    given_facts: Facts,
) -> None:
    zero = decide(replace(given_facts, form=Form.ZERO, found=True))
    assert zero == decide(replace(given_facts, form=Form.CITIZEN, found=True))


@given(facts)
def test_only_a_number_that_was_found_can_be_that_of_a_dead_person(given_facts: Facts) -> None:
    if decide(given_facts).reason is Finding.DEAD:
        assert given_facts.found
        assert not given_facts.alive


@given(facts)
def test_no_earlier_predicate_holds_than_the_one_that_is_the_finding(given_facts: Facts) -> None:
    holding = [finding for finding, holds in PREDICATES if holds(given_facts)]
    assert decide(given_facts).reason == (holding[0] if holding else None)


def test_the_predicates_are_all_findings_in_their_order() -> None:
    assert tuple(finding for finding, _ in PREDICATES) == tuple(Finding)
