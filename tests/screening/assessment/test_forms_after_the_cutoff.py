"""A form that is sent while a stopped run waits to go on comes too late: the last place is given already."""

from pathlib import Path

import pytest

from takhai.platform import secrets
from takhai.policy import for_round
from takhai.screening.services.assessment import fix_cutoff
from tests.benefits.town import one
from tests.screening.forms.office import GROUP, ROUND, Office, families


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    secrets.establish(allow_create=True, by="test")
    return Office(root=tmp_path)


def test_it_is_counted_as_late_and_the_cutoff_stays(office: Office) -> None:
    in_time, late = office.form(office.pupil()), office.form(office.pupil())
    office.take([in_time], families([in_time]))
    fixed = fix_cutoff(round=ROUND, group=GROUP, policy=for_round(ROUND), by="test")
    outcome = office.take([late], families([late]), name="more")
    assert (outcome.done, dict(outcome.refused)) == (0, {"form_after_signing": 1})
    assert office.reasons() == {"form_after_signing": 1}
    assert one("SELECT count(*) FROM form") == 1
    assert fix_cutoff(round=ROUND, group=GROUP, policy=for_round(ROUND), by="test") == fixed


def test_the_file_that_was_taken_in_time_stays_so(office: Office) -> None:
    form = office.form(office.pupil())
    files = office.files([form], families([form]))
    office.take_files(*files)
    fix_cutoff(round=ROUND, group=GROUP, policy=for_round(ROUND), by="test")
    assert office.take_files(*files).same == 1
    assert office.reasons() == {}
