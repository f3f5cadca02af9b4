"""Random pupils and a random civil registry: what the sets find is what the rule says of each."""

from dataclasses import dataclass
from datetime import date
from itertools import count as numbering

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhai.access.scope import system_scope
from takhai.platform.sets import fetch
from takhai.registry import queries
from takhai.registry.rules.identity import Facts, decide
from takhai.registry.services import identity, intake
from takhai.registry.types import Finding, Form
from takhai.thai.calendar import Term
from tests.registry.world import (
    EXTRACT_COLUMNS,
    FIELD,
    TOWN,
    World,
    citizen,
    citizen_of,
    gcode,
    pupil,
    undone,
    wrong_check,
)

pytestmark = pytest.mark.django_db

ROUND = Term(2563, 2)
DAY = date(2020, 12, 28)
MAKERS = {
    Form.CITIZEN: citizen,
    Form.ZERO: lambda n: citizen(n, kind=0),
    Form.WRONG_CHECK: wrong_check,
    Form.GCODE: gcode,
}


@dataclass(frozen=True)
class Case:
    """A pupil, and what the civil registry says of the number."""

    form: Form
    second_school: bool
    clash: bool
    found: bool
    alive: bool
    first_ok: bool
    last_ok: bool
    birth_ok: bool
    sex_ok: bool

    def rows(self, number: int) -> list[dict[str, str]]:
        own = pupil(number, identifier=MAKERS[self.form](number), school_code=TOWN)
        rows = [own]
        if self.second_school:
            rows.append(own | {"school_code": FIELD})
        if self.clash:
            rows.append(own | {"first_name": "คนอื่น", "birth_date": "01/01/2550"})
        return rows

    def said(self, number: int) -> tuple[str, ...]:
        """The registry's row."""
        row = self.rows(number)[0]
        changes = {
            "alive": "yes" if self.alive else "no",
            **({} if self.first_ok else {"first_name": "ต่างไป"}),
            **({} if self.last_ok else {"last_name": "ต่างไป"}),
            **({} if self.birth_ok else {"birth_date": "2010-01-01"}),
            **({} if self.sex_ok else {"sex": "ญ"}),
        }
        return citizen_of(row, **changes)

    @property
    def in_extract(self) -> bool:
        """The registry has neither G-codes nor numbers that are none."""
        return self.found and self.form in {Form.CITIZEN, Form.ZERO}

    @property
    def finding(self) -> Finding | None:
        return decide(
            Facts(
                form=self.form,
                clash=self.clash,
                schools=2 if self.second_school else 1,
                found=self.in_extract,
                alive=self.alive,
                first_ok=self.first_ok,
                last_ok=self.last_ok,
                birth_ok=self.birth_ok,
                sex_ok=self.sex_ok,
            )
        ).reason


likely = st.sampled_from([True, True, True, False])
cases = st.builds(
    Case,
    form=st.sampled_from([Form.CITIZEN, Form.CITIZEN, Form.CITIZEN, *Form]),
    second_school=likely.map(lambda yes: not yes),
    clash=likely.map(lambda yes: not yes),
    found=likely,
    alive=likely,
    first_ok=likely,
    last_ok=likely,
    birth_ok=likely,
    sex_ok=likely,
)
salt = numbering(1)


def check(world: World, pupils: list[Case]) -> None:
    folder = f"{next(salt)}"
    rows = [row for number, case in enumerate(pupils, start=1) for row in case.rows(number)]
    intake.commit(
        path=world.register(*rows, name=f"{folder}/a.csv"), round=ROUND, received_on=date(2020, 12, 9)
    )
    said = [case.said(number) for number, case in enumerate(pupils, start=1) if case.in_extract]
    stranger = citizen_of(pupil(900))
    extract = world.write(f"{folder}/extract.csv", EXTRACT_COLUMNS, [stranger, *said])
    identity.compare(path=extract, round=ROUND, on=DAY)
    flow = identity.check(round=ROUND, province="81", as_of=DAY)
    assert (flow.in_, flow.out, flow.broken()) == (len(pupils), len(pupils), ())
    found = fetch(
        "SELECT p.last_name, f.reason FROM findings f JOIN pupils p ON p.person = f.person",
        queries.findings(as_of=DAY, scope=system_scope(reason="test"), round=ROUND),
        queries.pupils(scope=system_scope(reason="test")),
    )
    expected = {
        pupil(number)["last_name"]: case.finding.value
        for number, case in enumerate(pupils, start=1)
        if case.finding is not None
    }
    assert {str(name): str(reason) for name, reason in found} == expected


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(cases, min_size=1, max_size=12))
def test_what_is_found_of_a_set_is_what_the_rule_says_of_each(world: World, pupils: list[Case]) -> None:
    with undone():
        check(world, pupils)


def test_every_finding_is_met_once(world: World) -> None:
    sound = Case(Form.CITIZEN, False, False, True, True, True, True, True, True)
    pupils = [
        sound,
        Case(Form.CITIZEN, False, False, True, False, True, True, True, True),
        Case(Form.WRONG_CHECK, False, False, False, True, True, True, True, True),
        Case(Form.CITIZEN, False, True, True, True, True, True, True, True),
        Case(Form.CITIZEN, True, False, True, True, True, True, True, True),
        Case(Form.CITIZEN, False, False, False, True, True, True, True, True),
        Case(Form.CITIZEN, False, False, True, True, False, True, True, True),
        Case(Form.CITIZEN, False, False, True, True, True, True, False, True),
        Case(Form.CITIZEN, False, False, True, True, True, True, True, False),
    ]
    assert [case.finding for case in pupils] == [None, *Finding]
    check(world, pupils)
