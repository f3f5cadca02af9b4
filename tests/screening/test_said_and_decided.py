"""What committees said and what was decided are told apart, by pupil, within a scope."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from takhai.access.types import Scope
from takhai.screening.queries.standing import Committee, Decided, Met, committees, decisions
from takhai.thai.calendar import Term
from tests.benefits.town import ROUND, SCOPE
from tests.screening.cases import BARE
from tests.screening.hall import MET, POLICY, SIGNED, Hall, quota

pytestmark = pytest.mark.django_db


def test_before_anybody_is_assessed_there_is_nothing(hall: Hall) -> None:
    hall.pupil()
    assert committees(round=ROUND, scope=SCOPE) == decisions(round=ROUND, scope=SCOPE) == {}


def test_a_pupil_without_a_form_is_decided_and_no_committee_speaks_of_him(hall: Hall) -> None:
    person = hall.pupil(None)
    hall.fix()
    hall.assess()
    assert committees(round=ROUND, scope=SCOPE) == {}
    decided = Decided("new", 0, "no_form", POLICY.sha256, False, None)
    assert decisions(round=ROUND, scope=SCOPE) == {person: decided}


def test_a_committee_is_told_with_its_meeting_and_its_word(hall: Hall) -> None:
    said, silent = hall.list_of(BARE, BARE)
    hall.take_meetings(hall.meeting())
    hall.take_results([hall.word(said, "refused", "ย้ายออกแล้ว")])
    met = Met(members=5, present=4, met_on=MET, signed_on=SIGNED)
    assert committees(round=ROUND, scope=SCOPE) == {
        said: Committee("refused", "ย้ายออกแล้ว", met),
        silent: Committee(None, "", met),
    }
    assert committees(round=ROUND, scope=SCOPE, person=silent) == {silent: Committee(None, "", met)}


def test_a_school_that_never_met_has_no_meeting(hall: Hall) -> None:
    (person,) = hall.list_of(BARE)
    assert committees(round=ROUND, scope=SCOPE) == {person: Committee(None, "", None)}


def test_what_certify_decided_is_told_once_it_is_closed(hall: Hall) -> None:
    good, bad = hall.list_of(BARE, BARE)
    before = decisions(round=ROUND, scope=SCOPE)
    assert {(each.closed, each.certify_reason) for each in before.values()} == {(False, None)}
    hall.take_meetings(hall.meeting())
    hall.take_results([hall.word(good), hall.word(bad, "refused", "ย้ายออกแล้ว")])
    hall.close()
    after = decisions(round=ROUND, scope=SCOPE)
    assert (after[good].closed, after[good].certify_reason) == (True, None)
    assert (after[bad].closed, after[bad].certify_reason) == (True, "committee_refused")


def test_a_scope_and_a_round_see_their_own_in_one_query_each(hall: Hall) -> None:
    hall.pupil()
    hall.fix(quota(100))
    hall.assess(policy=quota(100))
    nobody = Scope(by="nobody")
    for ask in (committees, decisions):
        with CaptureQueriesContext(connection) as asked:
            assert len(ask(round=ROUND, scope=SCOPE)) == 1
        assert len(asked) == 1
        assert ask(round=ROUND, scope=nobody) == ask(round=Term(2564, 1), scope=SCOPE) == {}
