"""The next round reads what we judged ourselves; else it takes the last list's word."""

from dataclasses import replace
from datetime import date

import pytest

from takhai.benefits import queries as benefits
from takhai.platform.flow import Flow
from takhai.platform.sets import fetch
from takhai.policy import for_round
from tests.benefits.records import POLICY, came, comply
from tests.benefits.town import LATER, SCOPE, Town, one

pytestmark = pytest.mark.django_db

NEXT = date(2021, 7, 1)


def entitled(column: str) -> dict[object, object]:
    return {row[0]: row[1] for row in fetch(f"SELECT person_id, {column} FROM entitlement")}


def test_the_next_round_holds_whom_we_judged_not_compliant_ourselves(town: Town) -> None:
    good, bad, silent = town.list(count=3, compliant=None)
    comply(town, came([good, bad], 90, 60))
    flow = town.entitle(round=LATER, as_of=NEXT)
    assert (flow.out, flow.held) == (2, {"not_compliant": 1})
    rows = entitled("standing")
    assert (rows[good], rows[bad], rows[silent]) == ("granted", "held", "granted")
    assert entitled("compliant") == {
        good: True,
        bad: False,
        silent: None,
    }


def test_a_round_that_only_warns_pays_and_remembers(town: Town) -> None:
    (bad,) = town.list(compliant=None)
    comply(town, came([bad], 60))
    warned = replace(for_round(LATER), not_compliant="warn")
    flow = town.entitle(round=LATER, as_of=NEXT, policy=warned)
    assert (flow.out, one("SELECT compliant FROM entitlement")) == (1, False)


def test_our_own_verdict_counts_before_the_lists_word(town: Town) -> None:
    says_no, says_yes = *town.list(compliant=False), *town.list(compliant=True)
    comply(town, came([says_no, says_yes], 90, 60))
    town.entitle(round=LATER, as_of=NEXT)
    rows = entitled("standing")
    assert (rows[says_no], rows[says_yes]) == ("granted", "held")


def test_whom_we_could_not_judge_the_list_still_speaks_for(town: Town) -> None:
    (person,) = town.list(compliant=False)
    comply(town)
    assert town.entitle(round=LATER, as_of=NEXT).held == {"not_compliant": 1}
    assert one("SELECT compliant FROM entitlement WHERE person_id = %(p)s", p=person) is False


def test_a_round_does_not_read_its_own_conditions_nor_those_before_the_last(town: Town) -> None:
    (person,) = town.list(compliant=None)
    comply(town, came([person], 60))
    assert town.entitle(policy=replace(POLICY, not_compliant="hold")).out == 1
    after = LATER.next()
    assert town.entitle(
        round=after, as_of=date(2022, 1, 5), policy=replace(for_round(after), not_compliant="hold")
    ).out


def test_who_was_held_for_it_is_explained_and_not_lifted_by_the_register(town: Town) -> None:
    (person,) = town.list(compliant=None)
    comply(town, came([person], 60))
    town.entitle(round=LATER, as_of=NEXT)
    found = benefits.explain(round=LATER, person=person, scope=SCOPE)
    assert found is not None
    assert found.agrees
    town.clear()
    assert town.entitle(round=LATER, group="new", as_of=date(2021, 8, 1)) == Flow()
