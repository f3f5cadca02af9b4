"""The words follow ``STEPS``: whatever a step is called, gives as a reason or waits for can be said."""

from takhai.reporting import words
from takhai.semester.steps import STEPS

KNOWN = words.load(words.OWN)


def test_every_step_of_the_semester_has_a_name_and_a_sentence() -> None:
    names = {step.name for step in STEPS}
    assert names <= KNOWN["step"].keys()
    assert KNOWN["step"].keys() == KNOWN["about"].keys()


def test_every_reason_of_the_steps_has_words() -> None:
    names = {name for step in STEPS for name in (*step.drops, *step.holds)}
    assert names <= KNOWN["reason"].keys()


def test_no_word_is_kept_for_a_reason_that_no_step_gives() -> None:
    names = {name for step in STEPS for name in (*step.drops, *step.holds)}
    assert KNOWN["reason"].keys() == names


def test_every_wait_of_a_step_has_words_and_so_has_a_day_that_has_not_come() -> None:
    waits = {step.waits_for.lower() for step in STEPS if step.waits_for}
    assert KNOWN["wait"].keys() == waits | {"date"} == KNOWN["wait_about"].keys()
